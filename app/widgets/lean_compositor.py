"""Puts a frame together from what changed alone, however many widgets stand beside it, and in whole characters."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class WholeCompositor(Compositor):
    """Paints whole lines where a widget came, went or grew over others.

    Its edge may take half of a wide character; a terminal then blanks the other half, and some without its ground.
    """

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """As Textual's, with all that stands beside what changed."""
        before = set(self._dirty_regions)
        result = super().reflow(parent, size)
        changed = self._dirty_regions - before
        self._dirty_regions.update({Region(0, region.y, size.width, region.height) for region in changed})
        return result


class LeanCompositor(Compositor):
    """Textual's asks every widget in sight for all its lines, even when one cell of one of them is painted."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: tuple[Region, ...] = ()
        """What is painted now; nothing = the whole screen."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """The spans that changed."""
        self._wanted = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._wanted = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Front to back, each widget's lines in which something of it is seen and wanted.

        A widget behind others is left out where one of those covers all that is wanted of it.
        """
        wanted = self._wanted or (crop or self.size.region,)
        given: list[Region] = []
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            seen = [part for part in map(shown.intersection, wanted) if part]
            seen = [part for part in seen if not any(before.contains_region(part) for before in given)]
            if seen:
                top = min(part.y for part in seen)
                lines = Region(shown.x, top, shown.width, max(part.bottom for part in seen) - top)
                given.append(lines)
                yield lines, clip, widget.render_lines(lines.translate(-region.offset))

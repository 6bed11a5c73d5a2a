"""Puts a frame together from what changed alone, however many widgets stand beside it."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


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

"""Title lines of panes; lines of a list with the frame beside them, kept while the same line is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.css.styles import StylesBase
from textual.geometry import Size, Spacing
from textual.strip import Strip

MOST_KEPT = 600


class TitledEdge(StylesCache):
    """The line above a pane begins with its title, set where the text below begins: no dash before it."""

    def render_line(self, styles: StylesBase, y: int, *more: Any) -> Strip:
        """One line; the first cell of a border with a title is blank."""
        line = super().render_line(styles, y, *more)
        if y or not styles.border_top[0] or styles.border_left[0]:
            return line
        first = next(iter(line), None)
        if first is None or line.text.strip(first.text[:1]) == "":  # a rule without a title
            return line
        rest = line.crop(1)
        return Strip([Segment(" ", first.style), *rest], line.cell_length)


class FramedLines(TitledEdge):
    """Textual's keeps what stands in each line of the screen; this keeps what each line of the content looks like."""

    def __init__(self) -> None:
        super().__init__()
        self._framed: dict[int, tuple[Strip, Strip]] = {}
        """Identity of a line of content → that line, and the same with the frame."""

    def clear(self) -> None:
        """Styles or size changed."""
        super().clear()
        self._framed.clear()

    def render_line(
        self, styles: StylesBase, y: int, size: Size, content_size: Size, padding: Spacing, base_background: Any,
        background: Any, render_content_line: Callable[[int], Strip], *more: Any,
    ) -> Strip:  # fmt: skip
        """One line with its frame."""
        gutter = styles.gutter

        def framed(line_of: Callable[[int], Strip]) -> Strip:
            return super(FramedLines, self).render_line(
                styles, y, size, content_size, padding, base_background, background, line_of, *more
            )

        if not gutter.top <= y < size.height - gutter.bottom:
            return framed(render_content_line)
        line = render_content_line(y - gutter.top)
        kept = self._framed.get(id(line))
        if kept is None or kept[0] is not line:
            if len(self._framed) >= MOST_KEPT:
                self._framed.clear()
            kept = self._framed[id(line)] = line, framed(lambda _: line)
        return kept[1]

"""Lines of a list with the frame beside them, kept as long as the same line is shown: scrolling only moves them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual._styles_cache import StylesCache
from textual.css.styles import StylesBase
from textual.geometry import Size, Spacing
from textual.strip import Strip

MOST_KEPT = 600


class FramedLines(StylesCache):
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

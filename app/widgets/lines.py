"""A few lines of toned text, repainted line by line: header, hints, filter chips, the facts of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from app.render.paint import ELLIPSIS
from app.render.rows import Cell, Tone
from app.widgets.cells import set_cells
from app.widgets.titles import Titled
from app.widgets.tones import style_of


class Lines(Titled):
    """Shows one cell of pieces per line, cut to the width. A click says which piece was hit."""

    DEFAULT_CSS = "Lines { height: auto; }"

    class Hit(Message):
        """A piece was clicked: its number in the line."""

        def __init__(self, lines: Lines, line: int, piece: int) -> None:
            super().__init__()
            self.lines = lines
            self.line = line
            self.piece = piece

        @property
        def control(self) -> Lines:
            """The widget that was clicked."""
            return self.lines

    def __init__(self, lines: Sequence[Cell] = ((),), **arguments: Any) -> None:
        super().__init__(**arguments)
        self._lines: tuple[Cell, ...] = tuple(lines)
        self._styles: dict[Tone | None, Style] = {}

    def show(self, lines: Sequence[Cell]) -> None:
        """Show these lines; only those that changed are painted."""
        before, self._lines = self._lines, tuple(lines)
        if len(before) != len(self._lines):
            self.refresh(layout=True)
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def pieces_in_view(self) -> list[tuple[int, int]]:
        """Number and first cell of every piece of the first line that is more than a gap."""
        found, x = [], 0
        for number, (text, _) in enumerate(self._lines[0] if self._lines else ()):
            if text.strip() and x < self.size.width:
                found.append((number, x))
            x += cell_len(text)
        return found

    def get_content_height(self, _container: Any, _viewport: Any, _width: int) -> int:
        """As many lines as there are."""
        return max(1, len(self._lines))

    def notify_style_update(self) -> None:
        """Theme changed: look the colours up again."""
        super().notify_style_update()
        self._styles.clear()

    def on_click(self, event: events.Click) -> None:
        """Find the piece under the pointer."""
        where = event.get_content_offset(self)
        if where is None or where.y >= len(self._lines):
            return
        x = 0
        for number, (text, _) in enumerate(self._lines[where.y]):
            x += cell_len(text)
            if where.x < x:
                self.post_message(self.Hit(self, where.y, number))
                return

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        if y >= len(self._lines):
            return Strip([Segment(" " * width, self._style(None))], width)
        parts = set_cells(self._lines[y], width, ellipsis=self._ellipsis)
        return Strip([Segment(text, self._style(tone)) for text, tone in parts]).adjust_cell_length(
            width, self._style(None)
        )

    @property
    def _ellipsis(self) -> str:
        return getattr(self.app, "ellipsis", ELLIPSIS)

    def _style(self, tone: Tone | None) -> Style:
        found = self._styles.get(tone)
        if found is None:
            found = self._styles[tone] = style_of(self, *([tone] if tone else []))
        return found

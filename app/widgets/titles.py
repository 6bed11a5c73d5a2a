"""Titles in border lines: pieces with tones, painted, never a bare string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.content import Content
from textual.widget import Widget

from app.render.paint import paint
from app.render.rows import Cell, Piece, Tone, whole_parts
from app.widgets.framed_lines import TitledEdge

EDGES = 3
"""Cells of a border line that its title does not get: one before, two behind."""

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "$quiet",
    Tone.ACCENT: "$accent",
    Tone.GOOD: "$success",
    Tone.SOON: "$warning",
    Tone.DANGER: "bold $error",
    Tone.CHIP: "reverse",
}


def painted(cell: Cell) -> Content:
    """Pieces as content, in the colours of the theme."""
    return Content("").join(paint(text, _STYLES[tone]) for text, tone in cell)


def key_line(named: Iterable[tuple[str, str]]) -> Content:
    """Keys and what they do, side by side."""
    return Content("  ").join(Content.assemble((key, "bold"), " ", paint(word)) for key, word in named)


class Titled(Widget):
    """A widget whose border line is a title; it is painted again only when it says something else."""

    _title: Cell = ()
    _titled: Cell = ()
    """What of the title finds room and is painted."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._styles_cache = TitledEdge()

    def set_title(self, cell: Cell) -> None:
        """Put pieces into the border line."""
        if cell != self._title:
            self._title = cell
            self._fit_title()

    def on_resize(self) -> None:
        """Parts of the title come and go with the room."""
        self._fit_title()

    def _fit_title(self) -> None:
        room = self.outer_size.width - EDGES
        shown = whole_parts(self._title, room) if room > 0 else self._title
        if shown != self._titled:
            self._titled = shown
            self.border_title = painted((*shown, Piece(" "))) if shown else ""

"""Titles in border lines: pieces with tones, painted, never a bare string."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from app.render.paint import paint
from app.render.rows import Cell, Tone

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


class Titled(Widget):
    """A widget whose border line is a title; it is painted again only when it says something else."""

    _title: Cell = ()

    def set_title(self, cell: Cell) -> None:
        """Put pieces into the border line."""
        if cell != self._title:
            self._title = cell
            self.border_title = painted(cell)

"""ASCII for terminals that draw signs wide or not at all: every line is translated just before it is sent."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    "…": "~", "·": ".", "•": ".", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "×": "x",
    "←": "<", "→": ">", "↑": "^", "↓": "v", "▸": ">", "▶": ">", "►": ">", "◂": "<", "◀": "<", "▲": "*", "▼": "v",
    "●": "*", "○": "o", "✓": "+", "✔": "+", "✗": "x", "✘": "x", "≥": ">", "≤": "<", "±": "~", "°": "'",
    "│": "|", "┃": "|", "║": "|", "╎": "|", "┆": "|", "┊": "|",
}  # fmt: skip
_LINES = {chr(code): "-" if chr(code) in "─━═╌┄┈╴╶╸╺" else "+" for code in range(0x2500, 0x2580)}
_BLOCKS = {chr(code): "#" for code in range(0x2580, 0x25A0)}
_DOTS = {chr(code): "*" if code > 0x2800 else " " for code in range(0x2800, 0x2900)}
_TABLE = str.maketrans({**_LINES, **_BLOCKS, **_DOTS, **_SIGNS})


@lru_cache(maxsize=4096)
def in_ascii(text: str) -> str:
    """The same cells with every sign of the screen as ASCII; letters of any script stay."""
    if text.isascii():
        return text
    plain = text.translate(_TABLE)
    return plain if cell_len(plain) == cell_len(text) else text


class AsciiSigns(LineFilter):
    """Borders, bars, marks, arrows and dots, also those that the screen library draws itself."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments with their signs translated."""
        return [Segment(in_ascii(text), style, control) for text, style, control in segments]

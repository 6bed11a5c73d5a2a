"""The one glyph set, each a single cell, with an ASCII alternative for terminals that draw them wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.grid_status import GridWord

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_BRAILLE = tuple(
    tuple(sum(bit for row, bit in enumerate(bits) if mask >> row & 1) for mask in range(16))
    for bits in ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
)
"""What each mask of rows adds to a Braille pattern, left and right; bit 0 of a mask is the lowest row."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Marks of the screen; status is always glyph, word and colour together."""

    ascii: bool = False

    def status(self, word: GridWord) -> str:
        """The mark of a grid's status (domain 2.9)."""
        return {
            GridWord.ALARM: self.alarm,
            GridWord.ATTENTION: self.attention,
            GridWord.NORMAL: self.normal,
            GridWord.NOBODY: self.nobody,
            GridWord.NO_DATA: self.nobody,
        }[word]

    @property
    def alarm(self) -> str:
        """告警"""
        return "!"

    @property
    def attention(self) -> str:
        """关注"""
        return "*" if self.ascii else "▲"

    @property
    def normal(self) -> str:
        """正常; also the dot between the parts of a line."""
        return "." if self.ascii else "·"

    @property
    def nobody(self) -> str:
        """无人, 无数据"""
        return "?" if self.ascii else "○"

    @property
    def done(self) -> str:
        """Done, reported in, acknowledged."""
        return "+" if self.ascii else "✓"

    @property
    def failed(self) -> str:
        """Refused, failed, did not come."""
        return "x" if self.ascii else "✗"

    @property
    def marked(self) -> str:
        """A row marked by the person."""
        return "*" if self.ascii else "●"

    @property
    def pulse(self) -> str:
        """The clock is alive."""
        return "*" if self.ascii else "●"

    @property
    def pointer(self) -> str:
        """The row or choice the cursor is on."""
        return ">" if self.ascii else "▸"

    @property
    def into(self) -> str:
        """From … to."""
        return ">" if self.ascii else "→"

    @property
    def up(self) -> str:
        """Rising, or raised a level."""
        return "^" if self.ascii else "↑"

    @property
    def down(self) -> str:
        """Falling, or handed down."""
        return "v" if self.ascii else "↓"

    @property
    def landmark(self) -> str:
        """A bridge or another place on the map."""
        return "=" if self.ascii else "╪"

    @property
    def ellipsis(self) -> str:
        """Text was cut here."""
        return "~" if self.ascii else "…"

    @property
    def dash(self) -> str:
        """Nothing to show in this cell."""
        return "-" if self.ascii else "–"

    @property
    def steady(self) -> str:
        """Neither rising nor falling."""
        return "=" if self.ascii else "→"

    @property
    def axis(self) -> str:
        """Where a chart begins."""
        return "|" if self.ascii else "│"

    @property
    def tick(self) -> str:
        """The same at a height that is written beside it."""
        return "+" if self.ascii else "┤"

    @property
    def dashed(self) -> str:
        """A level across a chart."""
        return "-" if self.ascii else "╌"

    @property
    def latest(self) -> str:
        """Where the line of a chart has come to."""
        return "o" if self.ascii else "●"

    def dots(self) -> tuple[int, int]:
        """Columns and rows of dots in one cell of a chart's line."""
        return (1, 1) if self.ascii else (2, 4)

    def dotted(self, columns: Sequence[int]) -> str:
        """A cell of a chart's line: for each column of dots a mask of its rows, the lowest is bit 0."""
        if self.ascii:
            return "*" if any(columns) else " "
        left, right = columns
        return chr(0x2800 + _BRAILLE[0][left] + _BRAILLE[1][right]) if left or right else " "

    def bar(self, share: float, width: int) -> str:
        """``share`` (0.0–1.0, beyond is full) of ``width`` cells in eighths of a cell, exactly ``width`` cells long.

        Something is never drawn as nothing, and not quite all never as all.
        """
        if width <= 0:
            return ""
        steps = 1 if self.ascii else 8
        whole = width * steps
        filled = whole if share >= 1 else 0 if not share > 0 else min(max(round(share * whole), 1), max(whole - 1, 1))
        full, part = divmod(filled, steps)
        if self.ascii:
            return "#" * full + "." * (width - full)
        return "█" * full + (_EIGHTHS[part] if part else "") + " " * (width - full - bool(part))

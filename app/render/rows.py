"""Rows of a list as pure values: pieces of text with a tone, columns with a priority, and how columns share a width."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len


class Tone(StrEnum):
    """How a piece of text is meant; the theme gives each tone its colour, never the code."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    """Secondary, or nothing to act on."""
    ACCENT = "accent"
    GOOD = "good"
    SOON = "soon"
    """Amber: a limit is near."""
    DANGER = "danger"
    """Red: a person may be hurt, or a limit is broken."""
    LINE = "line"
    """A line that only parts one thing from another."""
    WATER = "water"
    CHIP = "chip"
    """A word that must never be overlooked or is switched on: 演练, the chosen filter."""


class Piece(NamedTuple):
    """A run of text in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


Cell = tuple[Piece, ...]
"""The pieces of one cell, left to right."""

WHOLE = ""
"""Column id of a cell that takes the whole width: community headings, continued lines."""


class Row(NamedTuple):
    """One line of a list. ``cells`` by column id; a row with a ``WHOLE`` cell ignores the columns."""

    key: Hashable
    cells: Mapping[str, Cell]
    still: bool = False
    """Not selectable: a heading or the continuation of the row above."""


class Column(NamedTuple):
    """One column. Widths are terminal cells; 1 is the lowest ``rank`` to go when there is no room."""

    id: str
    title: str
    width: int
    rank: int = 9
    most: int = 0
    """Widest it may grow; 0 = it does not grow."""
    right: bool = False
    least: int = 0
    """Narrowest it may get before a column of a high rank goes; 0 = ``width``."""


GAP = 1
"""Blank cells between two columns."""


FIRST = 8
"""Columns of this rank or a higher one grow one after the other; the rest share what they leave."""


def fit(columns: Sequence[Column], width: int) -> tuple[tuple[Column, int], ...]:
    """The columns that fit into ``width`` cells with the width each gets; higher ranks stay, growers share the rest.

    The last column standing is cut to the width, so that a list is never empty for lack of room.
    """
    shown = list(columns)
    while len(shown) > 1 and _least(shown) > width:
        last = min(shown, key=lambda column: column.rank)
        if last.rank >= FIRST and (narrower := _squeezed(shown, _least(shown) - width)):
            shown = narrower
        else:
            shown.remove(last)
    widths = {column.id: min(column.width, max(width, 1)) for column in shown}
    spare = width - sum(widths.values()) - GAP * (len(shown) - 1)
    growers = sorted((column for column in shown if column.most), key=lambda column: -column.rank)
    wanted = sum(column.most - column.width for column in growers if column.rank < FIRST)
    for column in growers:
        wish = max(0, column.most - widths[column.id])
        more = min(spare, wish) if column.rank >= FIRST else min(spare * wish // max(wanted, 1), wish)
        wanted -= wish if column.rank < FIRST else 0
        widths[column.id] += more
        spare -= more
    if growers and spare > 0:
        widths[max(growers, key=lambda column: column.most).id] += spare
    return tuple((column, widths[column.id]) for column in shown)


def _squeezed(columns: Sequence[Column], by: int) -> list[Column]:
    """The same columns, one of which gives away so many cells; none when none can."""
    for place, column in enumerate(columns):
        if column.least and column.width - by >= column.least:
            return [*columns[:place], column._replace(width=column.width - by), *columns[place + 1 :]]
    return []


def _least(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + GAP * (len(columns) - 1)


def plain(cell: Cell) -> str:
    """The text of a cell without its tones."""
    return "".join(piece.text for piece in cell)


def one(text: str, tone: Tone = Tone.PLAIN) -> Cell:
    """A cell of a single piece."""
    return (Piece(text, tone),)


def whole_parts(cell: Cell, width: int) -> Cell:
    """The parts between the dots that fit whole, from the first on; the first is there whatever its length."""
    ends = [place for place, piece in enumerate(cell) if piece.text.strip() == "·"] + [len(cell)]
    fitting = [end for end in ends if sum(cell_len(piece.text) for piece in cell[:end]) <= width]
    return cell[: max(fitting, default=ends[0])]

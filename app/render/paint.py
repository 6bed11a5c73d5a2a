"""The only road of text to the screen: cleaned again, never markup, cut to terminal cells (reliability 7)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len

from app.domain.text import NOTE_CAP, visible

if TYPE_CHECKING:
    from textual.content import Content

ELLIPSIS = "…"
_CHARACTERS_PER_CELL = 8
"""A visible character with its six marks takes a cell at least; the rest of a longer text cannot show."""
_LEAST_LOOKED_AT = 512


def paint(text: str, style: str = "") -> Content:
    """Any text, a person's above all, as content a widget may show; ``[brackets]`` stay brackets.

    Line breaks are kept. Text longer than the longest note is cut first, so that no paste holds up a frame.
    """
    # Imported here because tables on the command line are padded without loading the screen library.
    from textual.content import Content

    return Content.styled(paint_text(text), style)


def paint_text(text: str) -> str:
    """The same as a plain string of several lines, for the command line."""
    if len(text) > NOTE_CAP:
        return visible(text[:NOTE_CAP]) + ELLIPSIS
    return visible(text)


def paint_cells(text: str, width: int | None = None, *, pad: bool = False, ellipsis: str = ELLIPSIS) -> str:
    """One line of at most ``width`` terminal cells, cut with an ellipsis; None = as wide as it is.

    Chinese counts two cells and is never split. ``pad`` fills up with spaces to exactly ``width``.
    """
    if width is None:
        return _flat(text) if len(text) <= NOTE_CAP else _flat(text[:NOTE_CAP]) + ellipsis
    if width <= 0:
        return ""
    looked_at = max(_LEAST_LOOKED_AT, width * _CHARACTERS_PER_CELL)
    shown = _flat(text[:looked_at])
    if len(text) > looked_at or cell_len(shown) > width:
        mark = ellipsis if cell_len(ellipsis) <= width else ""
        shown = _first_cells(shown, width - cell_len(mark)) + mark
    return shown + " " * (width - cell_len(shown)) if pad else shown


def pad(text: str, width: int, align: Literal["left", "right", "center"] = "left") -> str:
    """Exactly ``width`` cells: cut when longer, else spaces on the side that ``align`` leaves free."""
    shown = paint_cells(text, width)
    room = max(0, width - cell_len(shown))
    before = {"left": 0, "right": room, "center": room // 2}[align]
    return " " * before + shown + " " * (room - before)


def _flat(text: str) -> str:
    """The visible characters on one line; the layout's own blanks are kept."""
    return _flat_short(text) if len(text) <= _LEAST_LOOKED_AT else visible(text).replace("\n", " ")


@lru_cache(maxsize=4096)
def _flat_short(text: str) -> str:
    """Remembered, because a board shows the same few hundred cells again and again."""
    return visible(text).replace("\n", " ")


def _first_cells(text: str, width: int) -> str:
    """As many whole characters, with their marks, as fit into ``width`` cells."""
    used = 0
    for position, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return text[:position]
    return text

"""Pieces set into an exact number of terminal cells: Chinese counts two, what is cut ends in an ellipsis."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from app.render.paint import ELLIPSIS, paint_cells
from app.render.rows import Cell, Tone


def set_cells(cell: Cell, width: int, right: bool = False, ellipsis: str = ELLIPSIS) -> list[tuple[str, Tone | None]]:
    """The pieces cut and padded to exactly ``width`` cells; padding has no tone."""
    pieces = [(paint_cells(text), tone) for text, tone in cell if text]
    total = sum(cell_len(text) for text, _ in pieces)
    if total > width:
        return list(_cut(pieces, width, ellipsis))
    padding: list[tuple[str, Tone | None]] = [(" " * (width - total), None)] if width > total else []
    return [*padding, *pieces] if right else [*pieces, *padding]


def _cut(pieces: Iterable[tuple[str, Tone]], width: int, ellipsis: str) -> Iterable[tuple[str, Tone | None]]:
    room = width
    for text, tone in pieces:
        cells = cell_len(text)
        if cells < room:
            room -= cells
            yield text, tone
            continue
        yield paint_cells(text + " " * 2 * room, room, pad=True, ellipsis=ellipsis), tone
        return

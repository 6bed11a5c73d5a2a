"""Where names stand on a map: in the roomiest part of each grid, over no border, and the same place at every status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from app.render.map_raster import TALL, Raster
from app.render.paint import paint_cells

LEAST = 4
"""Cells of a name that is cut: its beginning, the sign that it is cut, its end."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Cells of one grid that its name may use: ``lines`` lines of ``width``."""

    x: int
    y: int
    width: int
    lines: int


@dataclass(frozen=True, slots=True)
class Written:
    """The name of a river, where it runs; the cell before and the one behind are blank."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Plan:
    """Where everything is written; None for a grid that has no cell of its own."""

    slots: Mapping[str, Slot | None]
    waters: tuple[Written, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every grid of the map is to be seen."""
        return all(self.slots.values())


def plan_names(picture: Raster, names: Mapping[str, str], rivers: Sequence[str], below: Sequence[int]) -> Plan:
    """Places for the names of the grids (code → name) and of the rivers, in the order of the map.

    ``below``: cells that the status below a name may take, what is best first.
    """
    cells: dict[str, set[tuple[int, int]]] = {grid: set() for grid in picture.grids}
    for y, row in enumerate(picture.owners):
        for x, owner in enumerate(row):
            if owner >= 0 and (x, y) not in picture.edges:
                cells[picture.grids[owner]].add((x, y))
    slots = {grid: _slot(own, picture, paint_cells(names.get(grid, "")), below) for grid, own in cells.items()}
    taken = {(slot.x + x, slot.y + y) for slot in slots.values() if slot
             for x in range(-1, slot.width + 1) for y in range(slot.lines)}  # fmt: skip
    open_cells = {cell: grid for grid, own in cells.items() for cell in own - taken - picture.marks.keys()}
    waters = (_on_water(course, open_cells, name) for course, name in zip(picture.courses, rivers, strict=True))
    return Plan(slots, tuple(one for one in waters if one is not None))


def _slot(own: set[tuple[int, int]], picture: Raster, name: str, below: Sequence[int]) -> Slot | None:
    """The best place for a name: whole with its status below, whole in one line, cut."""
    dry = {cell for cell in own if cell not in picture.water and cell not in picture.marks}
    long = cell_len(name)
    beside = long + 1 + below[-1]
    most = {2: max(long, below[0]), 1: beside + 1}
    wanted = [*((max(long, status), 2) for status in below), (beside, 1), (long + 2, 1)]
    for cells in (dry, own):
        for width, lines in wanted:
            found = _place(cells, width, lines, most[lines])
            if found is not None:
                return found
        for lines in (2, 1):
            width = _widest(cells, lines)
            if width >= LEAST + (2 - lines):
                return _place(cells, width, lines, width)
    width = _widest(own, 1)
    return _place(own, width, 1, width) if width else None


def _place(cells: set[tuple[int, int]], width: int, lines: int, most: int) -> Slot | None:
    """Where so many cells have the most room around them; as many as there are there, up to ``most``."""
    found: list[tuple[float, float, int, int, int]] = []
    for y in sorted({y for _, y in cells}):
        for begin, end in _runs(cells, y, lines):
            if end - begin >= width:
                x = begin + (end - begin - width) // 2
                above, below = (_free(cells, x, y, width, step) for step in (-1, lines))
                aside = (end - begin - width) / 2
                found.append((min(above, below) * TALL + min(aside, TALL), aside, -y, begin, end))
    if not found:
        return None
    _, _, y, begin, end = max(found)
    width = min(end - begin, max(width, most))
    return Slot(begin + (end - begin - width) // 2, -y, width, lines)


def _free(cells: set[tuple[int, int]], x: int, y: int, width: int, step: int) -> int:
    """How many lines above (-1) or from so many below are free for the same width."""
    lines, row = 0, y + step
    while all((column, row) in cells for column in range(x, x + width)):
        lines, row = lines + 1, row + (1 if step > 0 else -1)
    return lines


def _runs(cells: set[tuple[int, int]], y: int, lines: int) -> Iterator[tuple[int, int]]:
    """Stretches that are free in so many lines from one on."""
    columns = sorted(x for x, row in cells if row == y and all((x, y + more) in cells for more in range(1, lines)))
    begin = 0
    for place, x in enumerate(columns):
        if place + 1 == len(columns) or columns[place + 1] != x + 1:
            yield columns[begin], x + 1
            begin = place + 1


def _widest(cells: set[tuple[int, int]], lines: int) -> int:
    rows = {y for _, y in cells}
    return max((end - begin for y in rows for begin, end in _runs(cells, y, lines)), default=0)


def _on_water(
    course: Mapping[tuple[int, int], int], open_cells: Mapping[tuple[int, int], str], name: str
) -> Written | None:
    """Where the name of a river lies on the most water, within one grid; None where it would hide anything else."""
    long = cell_len(name)
    found: list[tuple[int, int, int]] = []
    for x, y in course:
        grids = {open_cells.get((column, y), "") for column in range(x - 1, x + long + 1)}
        wet = sum((column, y) in course for column in range(x - 1, x + long + 1))
        if len(grids) == 1 and "" not in grids and 2 * wet >= long:
            found.append((wet, -x, y))
    if not found:
        return None
    _, x, y = max(found)
    return Written(-x, y, name)


def fitted(name: str, width: int, ellipsis: str) -> str:
    """A name in so many cells; of a longer one the number at its end stays: ``Guniu… 2``, ``牯…二``."""
    if cell_len(name) <= width:
        return name
    head, space, tail = name.rpartition(" ")
    tail = space + tail if space else name[-1:]
    room = width - cell_len(tail)
    if room <= cell_len(ellipsis) or not (head or not space):
        return paint_cells(tail.strip(), width, ellipsis="")
    return paint_cells(head or name[:-1], room, ellipsis=ellipsis) + tail

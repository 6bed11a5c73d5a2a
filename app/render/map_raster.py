"""A street's map in terminal cells: whose each cell is, where borders and water run. Depends on map and size alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from app.domain.street_map import Landmark, Point, StreetMap, ring_edges

TALL = 2.0
"""A terminal's cell is so many times as high as it is wide."""
STRETCH = {True: 2.2, False: 1.05}
"""How much one direction may be drawn out: a schematic map fills its pane, a surveyed one is true."""
SPECK = 2
"""So few dots that reach over into the next line are a bend of the pen."""
NOBODY = -1
"""Owner of a cell that lies in no grid."""

Owners = list[list[int]]
"""Rows of numbers of areas, in the order of the map; ``NOBODY`` where there is none."""

_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of a braille character by column and line of its dots."""

Side = tuple[int, int, int, int]
"""Owners north-west, north-east, south-west, south-east of a cell's middle."""


@dataclass(frozen=True)
class Raster:
    """``owners`` by the middles of the cells; ``edges``: cells in which borders run, with the owners at their corners.

    The corners are those of the neighbouring cells too, so that border lines always join.
    """

    width: int
    height: int
    grids: tuple[str, ...]
    owners: Owners
    edges: Mapping[tuple[int, int], Side]
    courses: tuple[Mapping[tuple[int, int], int], ...]
    """Of each river its cells: the bits of a braille character."""
    water: Mapping[tuple[int, int], int]
    """The same of all rivers together."""
    marks: Mapping[tuple[int, int], Landmark]

    def at(self, x: int, y: int) -> str:
        """The grid to which a cell belongs; empty for none."""
        inside = 0 <= y < self.height and 0 <= x < self.width
        owner = self.owners[y][x] if inside else NOBODY
        return self.grids[owner] if owner != NOBODY else ""


def raster(street_map: StreetMap, width: int, height: int) -> Raster:
    """The map as large as fits into so many cells, in the middle of them."""
    place = _Placing(street_map, width, height)
    sides = [
        [(place(a), place(b)) for ring in area.rings for a, b in ring_edges(ring)] for area in street_map.areas
    ]  # fmt: skip
    corners = _fill(sides, width + 1, height + 1, 0.0)
    courses = tuple(
        _course([[place(point) for point in line] for line in river.lines], width, height)
        for river in street_map.rivers
    )
    water: dict[tuple[int, int], int] = {}
    for course in courses:
        for cell, bits in course.items():
            water[cell] = water.get(cell, 0) | bits
    marks = {(floor(x), floor(y)): one for one in street_map.landmarks for x, y in [place(one.at)]}
    return Raster(
        width, height, tuple(area.grid for area in street_map.areas), _fill(sides, width, height, 0.5),
        dict(_edges(corners)), courses, water,
        {(x, y): one for (x, y), one in marks.items() if 0 <= x < width and 0 <= y < height},
    )  # fmt: skip


class _Placing:
    """From metres to cells, half a cell of room all around."""

    def __init__(self, street_map: StreetMap, width: int, height: int) -> None:
        wide, high = (max(side, 1e-9) for side in street_map.size)
        across, down = max(width - 1, 1) / wide, max(height - 1, 1) * TALL / high
        most = min(across, down) * STRETCH[street_map.schematic]
        self._x, self._y = min(across, most), min(down, most) / TALL
        self._left, self._top = (width - wide * self._x) / 2, (height - high * self._y) / 2

    def __call__(self, point: Point) -> Point:
        return self._left + point[0] * self._x, self._top + point[1] * self._y


def _fill(areas: Sequence[Iterable[tuple[Point, Point]]], width: int, height: int, offset: float) -> Owners:
    """Whose each sample is: samples lie ``offset`` from the corner of each cell; the first of several areas has it.

    Scan lines with the even-odd rule: a sample is inside when an odd number of sides lie to its left.
    """
    owners = [[NOBODY] * width for _ in range(height)]
    for number, sides in enumerate(areas):
        crossings: list[list[float]] = [[] for _ in range(height)]
        for one, other in sides:
            (x1, y1), (x2, y2) = (one, other) if one[1] <= other[1] else (other, one)
            slope = (x2 - x1) / (y2 - y1) if y2 > y1 else 0.0
            for row in range(max(0, ceil(y1 - offset)), min(height, ceil(y2 - offset))):
                crossings[row].append(x1 + (row + offset - y1) * slope)
        for row, found in enumerate(crossings):
            found.sort()
            line = owners[row]
            for begin, end in zip(found[::2], found[1::2], strict=False):
                for x in range(max(0, ceil(begin - offset)), min(width, ceil(end - offset))):
                    if line[x] == NOBODY:
                        line[x] = number
    return owners


def _edges(corners: Owners) -> Iterator[tuple[tuple[int, int], Side]]:
    """The cells whose corners do not all lie in one grid."""
    for y, (upper, lower) in enumerate(pairwise(corners)):
        for x in range(len(upper) - 1):
            nw, ne, sw, se = upper[x], upper[x + 1], lower[x], lower[x + 1]
            if not nw == ne == sw == se:
                yield (x, y), (nw, ne, sw, se)


def _course(lines: Iterable[Sequence[Point]], width: int, height: int) -> dict[tuple[int, int], int]:
    """A river, two dots wide."""
    found: dict[tuple[int, int], int] = {}
    for line in lines:
        for begin, end in pairwise(line):
            part = _clipped(begin, end, width, height)
            for x, y in _dots(*part) if part else ():
                for low in (y, y + 1):
                    if 0 <= x < 2 * width and 0 <= low < 4 * height:
                        cell = x // 2, low // 4
                        found[cell] = found.get(cell, 0) | _DOTS[x % 2][low % 4]
    return {cell: bits for cell, bits in found.items() if not _is_speck(cell, found)}


def _is_speck(cell: tuple[int, int], course: Mapping[tuple[int, int], int]) -> bool:
    """Whether a cell has but a dot or two of a bend, and the line above or below it goes on without it."""
    x, y = cell
    alone = (x - 1, y) not in course and (x + 1, y) not in course
    return (
        alone
        and course[cell].bit_count() <= SPECK
        and any(all((column, row) in course for column in (x - 1, x, x + 1)) for row in (y - 1, y + 1))
    )


def _dots(begin: Point, end: Point) -> Iterator[tuple[int, int]]:
    """The dots from one point to another, no gap between them."""
    (x1, y1), (x2, y2) = ((x * 2, y * 4) for x, y in (begin, end))
    steps = max(1, ceil(max(abs(x2 - x1), abs(y2 - y1))))
    for step in range(steps + 1):
        yield floor(x1 + (x2 - x1) * step / steps), floor(y1 + (y2 - y1) * step / steps)


def _clipped(begin: Point, end: Point, width: float, height: float) -> tuple[Point, Point] | None:
    """The part of a line that lies within the cells, None when none does (Liang and Barsky)."""
    first, last = 0.0, 1.0
    for start, stop, most in ((begin[0], end[0], width), (begin[1], end[1], height)):
        long = stop - start
        for way, room in ((-long, start), (long, most - start)):
            if way == 0:
                if room < 0:
                    return None
            elif way < 0:
                first = max(first, room / way)
            else:
                last = min(last, room / way)
    if first > last:
        return None

    def at(share: float) -> Point:
        return begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share

    return at(first), at(last)

"""A street's map as a value: areas of its grids, rivers and landmarks on a plane, x to the east and y to the south."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.message import Name

Point = tuple[float, float]
"""Metres from the map's north-western corner: x to the east, y to the south."""

Ring = tuple[Point, ...]
"""A closed line; the first point is not repeated at the end."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where one grid lies. ``rings`` of all its parts together: a point is inside when an odd number are around it."""

    grid: str
    rings: tuple[Ring, ...]

    @property
    def centre(self) -> Point:
        """The middle of its largest ring, weighed by area; inside it unless it is bent."""
        return _middle(max(self.rings, key=lambda ring: abs(ring_area(ring))))


@dataclass(frozen=True, slots=True)
class River:
    """A line of water."""

    name: Name
    lines: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that helps to find one's way, such as a bridge."""

    name: Name
    kind: str
    at: Point


@dataclass(frozen=True)
class StreetMap:
    """A map as it was loaded. ``digest`` (SHA-256 of its file, hex) tells one from another."""

    areas: tuple[Area, ...]
    """One each grid, in the order of the file."""
    rivers: tuple[River, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    schematic: bool = False
    """Drawn to show who is beside whom, not surveyed: it may be stretched, and it says so wherever it is shown."""
    digest: str = ""
    version: int = 0
    """Its number in the database; 0 = not loaded."""
    left_aside: int = field(default=0, compare=False)
    """Features of the file that are neither area, river nor landmark."""

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height in metres of what the areas cover; it begins at (0, 0)."""
        points = [point for area in self.areas for ring in area.rings for point in ring]
        return max(x for x, _ in points), max(y for _, y in points)

    def missing(self, grids: Collection[str]) -> tuple[str, ...]:
        """The codes of these grids that have no area, in their order."""
        drawn = {area.grid for area in self.areas}
        return tuple(code for code in grids if code not in drawn)


def ring_area(ring: Ring) -> float:
    """Square metres inside a ring; negative when it runs the other way round."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in ring_edges(ring)) / 2


def ring_edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """Its sides."""
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _middle(ring: Ring) -> Point:
    """The centre of gravity; measured from the first point, so that nothing is lost far from the corner."""
    left, top = ring[0]
    moved = tuple((x - left, y - top) for x, y in ring)
    area = ring_area(moved)
    if not area:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    sides = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in ring_edges(moved)]
    x = sum((a[0] + b[0]) * cross for a, b, cross in sides) / (6 * area)
    y = sum((a[1] + b[1]) * cross for a, b, cross in sides) / (6 * area)
    return left + x, top + y

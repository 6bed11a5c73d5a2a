"""Where an arrow key leads on a map: to the neighbour on that side, and from every grid to every other."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from math import inf
from typing import Any

from app.domain.street_map import Point

ASIDE = 2.0
"""A step to the side counts this much more than a step ahead."""
STEEPEST = 1.5
"""What lies more than so many times as far aside as ahead lies on another side."""


class Side(StrEnum):
    """The four arrow keys."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


Moves = Mapping[str, Mapping[Side, str]]
"""From which grid on which side lies which; a side that is missing is an edge of the map."""


def map_moves(centres: Mapping[str, Point]) -> Moves:
    """Neighbours by where the middles of the grids lie (x to the east, y to the south).

    The nearest on a side is its neighbour, one straight ahead before one aside; one that is more aside than ahead is
    none. Where some grid is not reached from every other so, those aside count too, and a grid that still no arrow
    leads to is put between two others that an arrow joins: then every grid is reached from every other, for whoever
    keeps walking to one side comes to the outermost grid there, wherever the walk began.
    """
    orders = {side: _order(side, centres) for side in Side}
    moves = _all_moves(centres, orders, STEEPEST)
    if not _is_joined(moves):
        moves = _all_moves(centres, orders, inf)
        start = max(centres, key=lambda grid: orders[Side.LEFT][grid])
        while left := centres.keys() - _from(start, moves):
            _join(moves, centres, orders, left)
    return moves


Order = Mapping[str, int]
"""How far out on a side each grid lies: no two are equal, and the other side's is the same turned round."""


def _order(side: Side, centres: Mapping[str, Point]) -> Order:
    across = side in (Side.LEFT, Side.RIGHT)
    named = sorted(centres, key=lambda grid: (centres[grid] if across else centres[grid][::-1], grid))
    return {grid: n if side in (Side.RIGHT, Side.DOWN) else -n for n, grid in enumerate(named)}


def _all_moves(
    centres: Mapping[str, Point], orders: Mapping[Side, Order], steepest: float
) -> dict[str, dict[Side, str]]:
    return {
        grid: {side: found for side in Side if (found := _nearest(grid, side, centres, orders[side], steepest))}
        for grid in centres
    }


def _nearest(grid: str, side: Side, centres: Mapping[str, Point], order: Order, steepest: float) -> str:
    """The grid that lies nearest on a side, at most so many times as far aside as ahead; empty when there is none."""
    found = [(_cost(grid, other, side, centres), order[other], other) for other in centres
             if order[other] > order[grid] and _is_ahead(grid, other, side, centres, steepest)]  # fmt: skip
    return min(found)[2] if found else ""


def _is_ahead(grid: str, other: str, side: Side, centres: Mapping[str, Point], steepest: float) -> bool:
    ahead, aside = _apart(grid, other, side, centres)
    return steepest == inf or aside <= steepest * ahead


def _apart(grid: str, other: str, side: Side, centres: Mapping[str, Point]) -> tuple[float, float]:
    """How far ahead and how far aside another grid lies."""
    (x1, y1), (x2, y2) = centres[grid], centres[other]
    dx, dy = abs(x2 - x1), abs(y2 - y1)
    return (dx, dy) if side in (Side.LEFT, Side.RIGHT) else (dy, dx)


def _cost(grid: str, other: str, side: Side, centres: Mapping[str, Point]) -> float:
    ahead, aside = _apart(grid, other, side, centres)
    return ahead + ASIDE * aside


def _is_joined(moves: Moves) -> bool:
    """Whether every grid is reached from every other: one reaches all, and all reach that one."""
    start = next(iter(moves), "")
    back: dict[str, dict[str, str]] = {grid: {} for grid in moves}
    for grid, sides in moves.items():
        for other in sides.values():
            back[other][grid] = grid
    return not moves or len(_from(start, moves)) == len(_from(start, back)) == len(moves)


def _from(start: str, moves: Mapping[str, Mapping[Any, str]]) -> set[str]:
    """What is reached from a grid."""
    reached: set[str] = set()
    coming = [start]
    while coming:
        grid = coming.pop()
        if grid not in reached:
            reached.add(grid)
            coming.extend(moves[grid].values())
    return reached


def _join(
    moves: dict[str, dict[Side, str]], centres: Mapping[str, Point], orders: Mapping[Side, Order], left: set[str]
) -> None:
    """Put one of those left between two grids that an arrow joins, where it costs least: both are still reached."""
    places = [
        (_cost(grid, lost, side, centres), lost, grid, side)
        for grid in centres.keys() - left
        for side, then in moves[grid].items()
        for lost in left
        if orders[side][grid] < orders[side][lost] < orders[side][then]
    ]
    _, lost, grid, side = min(places)
    moves[lost][side], moves[grid][side] = moves[grid][side], lost

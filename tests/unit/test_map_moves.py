"""Arrow keys on a map: the neighbour on that side, and from every grid to every other, whatever the map looks like."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.map_moves import Moves, Side, map_moves
from app.domain.street_map import Point
from tests.unit.maps import SHIPPED

COORDINATES = st.integers(0, 6).map(float) | st.floats(0, 5_000)


def reached(start: str, moves: Moves) -> set[str]:
    """All grids that arrows lead to from one."""
    found, coming = set(), [start]
    while coming:
        grid = coming.pop()
        if grid not in found:
            found.add(grid)
            coming += moves[grid].values()
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=30))
def test_every_grid_is_reached_from_every_other(points: list[Point]) -> None:
    """Also where grids lie on top of one another; and each arrow leads to its own side."""
    centres = {f"G{number}": point for number, point in enumerate(points)}
    moves = map_moves(centres)
    for grid in centres:
        assert reached(grid, moves) == set(centres)
    for grid, sides in moves.items():
        for side, other in sides.items():
            (x1, y1), (x2, y2) = centres[grid], centres[other]
            assert other != grid
            assert {Side.LEFT: x2 <= x1, Side.RIGHT: x2 >= x1, Side.UP: y2 <= y1, Side.DOWN: y2 >= y1}[side]


def test_on_a_chequered_map_arrows_go_straight() -> None:
    """Right of the middle lies what is right of it, and nothing lies beyond the edge."""
    centres = {f"{x}{y}": (float(x), float(y)) for x in range(4) for y in range(3)}
    moves = map_moves(centres)
    assert moves["11"] == {Side.LEFT: "01", Side.RIGHT: "21", Side.UP: "10", Side.DOWN: "12"}
    assert moves["00"] == {Side.RIGHT: "10", Side.DOWN: "01"}


def test_a_grid_between_two_others_is_not_passed_over() -> None:
    """Two far to the sides and a third just off the line: it is reached, though no nearest one leads to it."""
    centres = {"a": (0.0, 0.0), "b": (10.0, 0.0), "c": (10.0, 1.0), "d": (20.0, 0.0), "e": (10.0, 90.0)}
    moves = map_moves(centres)
    assert all(reached(grid, moves) == set(centres) for grid in centres)


def test_neighbours_of_the_shipped_map_are_those_that_are_seen() -> None:
    """Along the river and up to the quarter above it."""
    moves = map_moves({one.grid: one.centre for one in SHIPPED.areas})
    walk = ["JF-SH-G01"]
    for side in (Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.UP, Side.LEFT):
        walk.append(moves[walk[-1]][side])
    assert walk == ["JF-SH-G01", "JF-SH-G02", "JF-SH-G03", "JF-SH-G04", "JF-WX-G02", "JF-WX-G01"]
    assert Side.LEFT not in moves["JF-SH-G01"]
    assert map_moves({}) == {}

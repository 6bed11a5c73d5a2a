"""The map in cells: each belongs to the grid at its middle and to no other, borders join, rivers run where they do."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.message import Name
from app.domain.street_map import Area, Point, River, StreetMap
from app.render.map_raster import NOBODY, Raster, raster
from app.services.street_map_file import read_street_map
from tests.unit.maps import SHIPPED, Box, area, boxes, ring, written


def letters(picture: Raster) -> list[str]:
    """The owners by the first letter of their code, nobody as a dot."""
    return ["".join("." if owner == NOBODY else picture.grids[owner][0] for owner in row) for row in picture.owners]


def test_two_boxes_side_by_side() -> None:
    """Cells are twice as high as wide; a border's corners are those of the next cell too."""
    picture = raster(boxes({"A": (0, 0, 40, 40), "B": (40, 0, 80, 20)}), 17, 5)
    assert letters(picture) == [
        "AAAAAAAA.........",
        "AAAAAAAA.........",
        "AAAAAAAABBBBBBBB.",
        "AAAAAAAABBBBBBBB.",
        ".................",
    ]
    assert (picture.at(1, 1), picture.at(9, 2), picture.at(9, 0)) == ("A", "B", "")
    assert picture.at(-1, 0) == picture.at(0, 9) == ""
    assert picture.edges[0, 0] == (NOBODY, NOBODY, NOBODY, 0)
    assert picture.edges[8, 2] == (0, NOBODY, 0, 1)
    assert picture.edges[8, 3] == (0, 1, 0, 1)
    assert (3, 2) not in picture.edges


def test_holes_and_parts_are_left_out_and_taken_in() -> None:
    """Even-odd: what lies in a hole is nobody's, an island in it is its own."""
    outer, hole, island = ring((0, 0, 90, 90)), ring((20, 20, 70, 70)), ring((40, 40, 50, 50))
    found = read_street_map(written([area("A", outer, hole), area("B", island)]))
    assert letters(raster(found, 19, 10))[1:6] == [
        "AAAAAAAAAAAAAAAAAA.",
        "AAAA..........AAAA.",
        "AAAA..........AAAA.",
        "AAAA....BB....AAAA.",
        "AAAA..........AAAA.",
    ]


def test_a_surveyed_map_keeps_its_aspect_and_a_schematic_one_may_be_stretched() -> None:
    """A square in a wide pane: twice as many columns as lines; drawn out where it is a schematic one."""
    square: dict[str, Box] = {"A": (0, 0, 100, 100)}

    def wide(picture: Raster) -> int:
        return max(sum(owner != NOBODY for owner in row) for row in picture.owners)

    assert wide(raster(boxes(square), 80, 11)) == pytest.approx(21, abs=2)
    assert wide(raster(boxes(square, schematic=True), 80, 11)) == pytest.approx(44, abs=2)


@st.composite
def _cut(draw: st.DrawFn) -> list[Box]:
    """Boxes that do not overlap: a rectangle cut in two again and again."""
    found = [(0.0, 0.0, draw(st.floats(40, 400)), draw(st.floats(40, 400)))]
    for _ in range(draw(st.integers(0, 12))):
        west, south, east, north = found.pop(draw(st.integers(0, len(found) - 1)))
        share = draw(st.floats(0.1, 0.9))
        if draw(st.booleans()):
            middle = west + (east - west) * share
            found += [(west, south, middle, north), (middle, south, east, north)]
        else:
            middle = south + (north - south) * share
            found += [(west, south, east, middle), (west, middle, east, north)]
    assume(all((east - west) * (north - south) >= 1 for west, south, east, north in found))
    return found


@settings(max_examples=120, deadline=None)
@given(_cut(), st.integers(8, 70), st.integers(4, 30))
def test_a_box_larger_than_a_cell_has_one_and_each_cell_one_owner(found: list[Box], width: int, height: int) -> None:
    """Every cell whose middle lies in a box is that box's; border signs stand where corners differ."""
    street_map = boxes({f"G{number}": box for number, box in enumerate(found)})
    picture = raster(street_map, width, height)
    assert [len(row) for row in picture.owners] == [width] * height
    owned = {owner for row in picture.owners for owner in row}
    whole_width = max((sum(owner != NOBODY for owner in row) for row in picture.owners), default=0)
    cell = street_map.size[0] / max(whole_width - 1, 1)
    for number, (west, south, east, north) in enumerate(found):
        if east - west > 1.2 * cell and north - south > 2.4 * 1.1 * cell:
            assert number in owned
    for (x, y), corners in picture.edges.items():
        assert 0 <= x < width
        assert 0 <= y < height
        assert len(set(corners)) > 1


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)), min_size=3, max_size=9), min_size=1,
                max_size=6))  # fmt: skip
def test_any_polygons_crossing_or_not_are_drawn(rings: list[list[Point]]) -> None:
    """Polygons that cross themselves and one another: each cell has at most one owner, and a size it never leaves."""
    areas = tuple(Area(f"G{number}", (tuple(points),)) for number, points in enumerate(rings))
    picture = raster(StreetMap(areas), 31, 12)
    assert all(NOBODY <= owner < len(areas) for row in picture.owners for owner in row)
    assert {(x, y) for y in range(12) for x in range(31)} >= picture.edges.keys()


def test_a_river_is_drawn_without_a_gap_and_only_within_the_map() -> None:
    """From one side to the other in every column; a river from far outside costs nothing."""
    areas = (Area("A", (((0, 0), (100, 0), (100, 100), (0, 100)),)),)
    across = River(Name("江"), (((-1e7, 50), (1e7, 50)),))
    far = River(Name("远"), (((-1e7, -1e7), (1e7, -1e6)),))
    began = time.perf_counter()
    picture = raster(StreetMap(areas, (across, far)), 41, 20)
    assert time.perf_counter() - began < 1
    course, nowhere = picture.courses
    assert {x for x, _ in course} == set(range(41))
    assert len({y for _, y in course}) <= 2
    assert not nowhere
    assert picture.water == course


def test_the_shipped_map_is_whole_and_nothing_overlaps() -> None:
    """All 22 grids; at a fine scale every point lies in at most one; the river runs through all of Shuanghe."""
    assert (len(SHIPPED.areas), SHIPPED.schematic) == (22, True)
    fine = StreetMap(SHIPPED.areas, SHIPPED.rivers)
    picture = raster(fine, 400, 200)
    backwards = raster(StreetMap(SHIPPED.areas[::-1], SHIPPED.rivers), 400, 200)
    for row, other in zip(picture.owners, backwards.owners, strict=True):
        for owner, mirrored in zip(row, other, strict=True):
            assert (owner == NOBODY) == (mirrored == NOBODY)
            if owner != NOBODY:  # the first of several has a cell: where two overlapped, the order would tell
                assert picture.grids[owner] == backwards.grids[mirrored]
    wet = {picture.at(x, y) for x, y in picture.courses[0]}
    assert {f"JF-SH-G0{n}" for n in (1, 2, 3, 4)} <= wet
    inside = [row for row in picture.owners if any(owner != NOBODY for owner in row)]
    for row in inside:  # no hole between two grids
        first = next(n for n, owner in enumerate(row) if owner != NOBODY)
        last = len(row) - next(n for n, owner in enumerate(reversed(row)) if owner != NOBODY)
        assert NOBODY not in row[first:last]


def test_a_bend_of_a_river_leaves_no_specks() -> None:
    """No cell of a dot or two stands below or above a line of water that goes on without it."""
    for width in range(40, 110):
        course = raster(SHIPPED, width, 26).courses[0]
        for (x, y), bits in course.items():
            if bits.bit_count() <= 2 and (x - 1, y) not in course and (x + 1, y) not in course:
                assert not all((column, y - 1) in course for column in (x - 1, x, x + 1))

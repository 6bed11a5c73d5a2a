"""Maps as files: what is good is read whole, whatever is wrong is named in sentences; never a traceback."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.message import Message, Name
from app.render.words import words_for
from app.services.geojson import LARGEST, MOST_POSITIONS
from app.services.problems import KEPT
from app.services.street_map_file import MapProblems, digest_of, read_street_map
from tests.unit.maps import area, boxes, feature, ring, written

ONE = area("A", ring((0, 0, 10, 20)))


def said(text: str, **how: Any) -> list[str]:
    """The sentences about a text that is no map."""
    with pytest.raises(BadInput) as caught:
        read_street_map(text, "my.geojson", **how)
    words = words_for("en")
    found = caught.value
    return [words.say(one) for one in found.problems] if isinstance(found, MapProblems) else [words.say(found.message)]


def test_a_map_has_areas_with_holes_and_parts_rivers_and_places() -> None:
    """Polygon, MultiPolygon, a grid in two features, lines, points; what is none of it is counted."""
    outer, hole = ring((0, 0, 30, 30)), ring((10, 10, 20, 20))
    brook = {"kind": "river", "name": "溪", "name_en": "Brook"}
    found = read_street_map(written([
        area("A", outer, hole),
        feature({"grid": "B"}, "MultiPolygon", [[ring((40, 0, 50, 30))], [ring((60, 0, 70, 30))]]),
        area("A", ring((12, 12, 14, 14))),
        feature(brook, "MultiLineString", [[[0, 5], [9, 5]], [[9, 6], [70, 6]]]),
        feature({"kind": "bridge", "name": "桥"}, "Point", [3, 5, 112.5]),
        feature({"kind": "road", "name": "路"}, "LineString", [[0, 0], [1, 1]]),
        feature(None, "Point", [1, 1]),
    ], schematic=True))  # fmt: skip
    assert [(one.grid, len(one.rings)) for one in found.areas] == [("A", 3), ("B", 2)]
    assert found.size == (70, 30)
    assert found.areas[0].rings[0] == ((0, 30), (30, 30), (30, 0), (0, 0)), "y goes to the south"
    (river,) = found.rivers
    assert (river.name, len(river.lines), river.lines[0]) == (Name("溪", "Brook"), 2, ((0, 25), (9, 25)))
    assert [(one.name.zh, one.kind, one.at) for one in found.landmarks] == [("桥", "bridge", (3, 25))]
    assert (found.schematic, found.left_aside) == (True, 2)


def test_degrees_become_metres_with_the_right_aspect() -> None:
    """At 60° north a degree of longitude is half as long as one of latitude."""
    text = json.dumps({"type": "FeatureCollection", "features": [area("A", ring((100, 59.99, 100.02, 60.01)))]})
    found = read_street_map(text)
    assert found.size[1] == pytest.approx(0.02 * 111_195, rel=1e-6)
    assert found.size[0] / found.size[1] == pytest.approx(math.cos(math.radians(60)), rel=1e-6)
    assert not found.schematic


def test_a_byte_order_mark_is_no_fault_and_the_digest_tells_maps_apart() -> None:
    """The same text has the same digest, another one another."""
    text = written([ONE])
    assert read_street_map("\ufeff" + text).areas == read_street_map(text).areas
    assert read_street_map(text).digest == digest_of(text)
    assert read_street_map(text).digest != read_street_map(text + " ").digest


def test_grids_that_are_missing_are_told_and_others_refused() -> None:
    """A map of some grids is a map; a grid that the street does not have is a fault."""
    found = boxes({"A": (0, 0, 9, 9), "C": (9, 0, 18, 9)})
    assert found.missing(("A", "B", "C", "D")) == ("B", "D")
    text = written([area("A", ring((0, 0, 9, 9))), area("Z", ring((9, 0, 18, 9)))])
    assert said(text, grids=("A", "B")) == ["feature 2: there is no grid Z"]


@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        ([area("A", [[0, 0], [9, 0], [9, 9], [0, 9]])], "a ring is not closed: it begins at [0.0, 0.0]"),
        ([area("A", [[0, 0], [9, 9], [0, 0]])], "three different positions"),
        ([area("A", [[0, 0], [5, 0], [9, 0], [0, 0]])], "its area is empty"),
        ([area("A", [[0, 0], ["9", 0], [9, 9], [0, 0]])], "is no position of two numbers"),
        ([area("A", [[0, 0], [True, 0], [9, 9], [0, 0]])], "is no position of two numbers"),
        ([area("A", [[0, 0], [9], [9, 9], [0, 0]])], "is no position of two numbers"),
        ([area("A", [[0, 0], [float("nan"), 0], [9, 9], [0, 0]])], "lies outside"),
        ([area("A", [[0, 0], [float("inf"), 0], [9, 9], [0, 0]])], "lies outside"),
        ([area("A", [[0, 0], [10**400, 0], [9, 9], [0, 0]])], "lies outside"),
        ([area("A")], "it has no coordinates"),
        ([feature({"grid": "A"}, "Polygon", "everywhere")], "its coordinates must be lists"),
        ([feature({"grid": "A"}, "Polygon", [[[[0, 0]]]])], "is no position of two numbers"),
        ([feature({"grid": "A"}, "Circle", [])], "its geometry is none of Polygon"),
        ([feature({"grid": "A"}, None, [])], "its geometry is none of"),
        ([feature({"grid": "A"}, ["Polygon"], [])], "its geometry is none of"),
        ([feature(["A"], "Polygon", [ring((0, 0, 9, 9))])], "properties must be a table"),
        ([area(7, ring((0, 0, 9, 9)))], "an area must name its grid"),
        ([area("  ", ring((0, 0, 9, 9)))], "an area must name its grid"),
        ([ONE, {"type": "Feature", "properties": {}, "geometry": None}], "feature 2: it has no geometry"),
        ([ONE, {"type": "Polygon"}], "feature 2: it is no Feature"),
        ([ONE, None], "feature 2: it is no Feature"),
        ([ONE, feature({"kind": "river"}, "LineString", [[0, 0], [9, 9]])], "it needs a name of 1 to 60"),
        ([ONE, feature({"kind": "river", "name": "长" * 61}, "LineString", [[0, 0], [9, 9]])], "it needs a name"),
        ([ONE, feature({"kind": "river", "name": "溪"}, "LineString", [[0, 0]])], "a line needs two positions"),
        ([], "it has no area of a grid"),
        ([feature({}, "Point", [0, 0])], "it has no area of a grid"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(features: list[object], sentence: str) -> None:
    """One sentence each, with the number of the feature."""
    found = said(written(features))
    assert len(found) == 1
    assert sentence in found[0], found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1, column 1 cannot be read"),
        ('{"type": "FeatureCollection",\n "features": [}', "line 2"),
        ("[]", "no GeoJSON FeatureCollection"),
        ('{"type": "Feature"}', "no GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection"}', "features must be a list"),
        ('{"type": "FeatureCollection", "features": {}}', "features must be a list"),
        ("[" * 200_000, "nested too deep"),
        ('{"type": ' * 200_000, "nested too deep"),
        ('{"n": ' + "9" * 6_000 + "}", "a number in it is too long"),
        (" " * (LARGEST + 1), "too large"),
        ("\x00", "cannot be read"),
        (written([ONE], schematic="yes"), "wangge.schematic is true or false"),
        (written([ONE], units="miles"), "wangge.units is one of degrees, metres"),
        (written([ONE], units=["metres"]), "wangge.units is one of"),
        ('{"type": "FeatureCollection", "wangge": 1, "features": []}', "wangge must be a table"),
        (written([area("A", ring((0, 0, 300, 20)))], units="degrees"), "lies outside of what is read, ±180.0, ±90.0"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_one_clear_sentence(text: str, sentence: str) -> None:
    """Not JSON, no collection, too deep, too large, marks that are none."""
    assert any(sentence in one for one in said(text)), said(text)


def test_every_problem_is_named_at_once_and_bombs_are_counted() -> None:
    """Many faults in one file: the first ones in words, all in number; a file of too many positions is not read on."""
    bad = [area("Z", [[0, 0], ["x", 0], [9, 9], [1, 1]]) for _ in range(50)]
    with pytest.raises(MapProblems) as caught:
        read_street_map(written(bad, schematic=3), grids=("A",))
    assert (len(caught.value.problems), caught.value.total) == (KEPT, 51)
    many = [[n % 100, n % 7] for n in range(MOST_POSITIONS // 2 + 1)]
    lines = [feature({"kind": "river", "name": "溪"}, "LineString", many) for _ in range(4)]
    assert [one for one in said(written([ONE, *lines])) if "more than" in one] == [
        f"feature 3: the file has more than {MOST_POSITIONS} positions"
    ]


def test_text_of_people_is_cleaned_and_stays_text() -> None:
    """Escape sequences and directions are dropped from names, brackets stay."""
    river = feature({"kind": "river", "name": "\x1b[31m[/红]\u202e江 \n 一"}, "LineString", [[0, 0], [9, 9]])
    (found,) = read_street_map(written([ONE, river])).rivers
    assert found.name.zh == "[31m[/红]江 一"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["Polygon", "MultiPolygon", "LineString", "Point", "Feature", "A", "river"]),
    lambda inner: st.lists(inner, max_size=5)
    | st.dictionaries(st.sampled_from(["type", "properties", "geometry", "coordinates", "grid", "kind", "name"]), inner,
                      max_size=5),
    max_leaves=25,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(JSON | st.builds(feature, JSON, st.sampled_from(["Polygon", "LineString", "Point"]), JSON), max_size=5),
       JSON)  # fmt: skip
def test_nothing_but_a_sentence_comes_of_any_json(features: list[object], ours: object) -> None:
    """Whatever stands in the file: a map, or BadInput that can be said in both languages."""
    text = json.dumps({"type": "FeatureCollection", "wangge": ours, "features": [*features, ONE]})
    said: list[Message] = []
    drawn: set[str] = set()
    try:
        drawn = {one.grid for one in read_street_map(text, grids=("A",)).areas}
    except MapProblems as error:
        said += error.problems
    except BadInput as error:
        said.append(error.message)
    assert "A" in drawn or said
    assert all(words_for(language).say(one) for one in said for language in ("zh", "en"))

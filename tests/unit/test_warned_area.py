"""Which warnings are for the street: names, region codes, polygons, circles (CAP 1.2, 3.2.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.posture import Colour
from app.domain.warned_area import Here, concerns
from app.domain.warning import Area, Info

HERE = Here(("吉首",), ("433101",), (28.31, 109.74))
SQUARE = ((28.0, 109.0), (28.0, 110.0), (29.0, 110.0), (29.0, 109.0), (28.0, 109.0))


@pytest.mark.parametrize(
    ("area", "meant"),
    [
        (Area("吉首市、凤凰县"), True),
        (Area("永顺县"), False),
        (Area("", geocodes=(("region", "433101000000"),)), True),
        (Area("", geocodes=(("region", "433100"),)), True),
        (Area("", geocodes=(("region", "430000"),)), True),
        (Area("", geocodes=(("region", "433127"),)), False),
        (Area("", geocodes=(("FIPS6", "ABC"),)), False),
        (Area("", polygons=(SQUARE,)), True),
        (Area("", polygons=(tuple((lat + 2, lon) for lat, lon in SQUARE),)), False),
        (Area("", circles=((28.4, 109.7, 15.0),)), True),
        (Area("", circles=((28.4, 109.7, 5.0),)), False),
    ],
)
def test_an_area_is_ours_by_name_code_or_place(area: Area, meant: bool) -> None:
    """A level above is for us too; a neighbour is not."""
    assert concerns(Info(colour=Colour.RED, areas=(area,)), HERE) is meant
    assert concerns(Info(areas=(Area("别处"), area)), HERE) is meant


def test_without_areas_or_without_a_rule_every_warning_is_ours() -> None:
    """Nobody misses a warning because nothing was entered."""
    assert concerns(Info(), HERE)
    assert concerns(Info(areas=(Area("永顺县"),)), Here())


@given(st.floats(-89, 88), st.floats(-179, 178), st.floats(0.01, 1), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_point_in_a_box_is_in_it_and_no_point_outside_is(
    south: float, west: float, size: float, up: float, right: float
) -> None:
    """Whatever the box; closed rings and open ones."""
    box = ((south, west), (south, west + size), (south + size, west + size), (south + size, west))
    inside = Here(at=(south + size * up, west + size * right))
    outside = Here(at=(south + size * up, west + size * (1.01 + right)))
    for ring in (box, (*box, box[0])):
        assert concerns(Info(areas=(Area("", polygons=(ring,)),)), inside)
        assert not concerns(Info(areas=(Area("", polygons=(ring,)),)), outside)

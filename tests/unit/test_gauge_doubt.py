"""Which readings are asked about before they are believed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from app.domain.gauge import Spot
from app.domain.gauge_doubt import doubt
from app.domain.message import Name
from app.domain.route import Gauge
from tests.unit.cases import at

NOW = at("2020-07-02 23:30")
GAUGE = Gauge("bridge", Name("双河大桥水尺"), guard=Decimal("200.6"))


def spot(minutes: int, metres: str, now: datetime = NOW) -> Spot:
    """So many minutes before."""
    return Spot(now - timedelta(minutes=minutes), Decimal(metres))


@pytest.mark.parametrize(
    ("metres", "near", "doubted"),
    [
        ("1999.42", [spot(60, "199.40")], True),
        ("19.42", [spot(60, "199.40")], True),
        ("201.90", [spot(60, "199.40")], False),
        ("202.50", [spot(20, "199.40")], True),
        ("205.00", [spot(120, "199.40")], False),
        ("205.50", [spot(120, "199.40")], True),
        ("1999.42", [spot(60 * 24 * 5, "199.40")], True),
        ("199.44", [spot(10, "1999.42"), spot(70, "199.40")], False),
        ("199.44", [spot(10, "1999.42"), spot(70, "1999.40")], True),
        ("1999.42", [spot(-60, "199.40")], True),
        ("1999.42", [], True),
        ("196.10", [], False),
    ],
)
def test_what_the_water_cannot_do_is_asked_about(metres: str, near: list[Spot], doubted: bool) -> None:
    """Against any of the last readings, by how long ago they were; a first one against the levels entered."""
    assert (doubt(GAUGE, Spot(NOW, Decimal(metres)), near) is not None) is doubted


def test_the_street_says_how_fast_its_water_is() -> None:
    """A brook that rises by five metres an hour; a gauge without levels believes its first reading."""
    brook = Gauge("brook", Name("山溪水尺"), jump=Decimal(5))
    assert doubt(brook, spot(0, "6.2"), [spot(50, "1.4")]) is None
    assert doubt(brook, spot(0, "6.5"), [spot(50, "1.4")]) is not None
    assert doubt(brook, spot(0, "1999.42"), []) is None

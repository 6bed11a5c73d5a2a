"""What the desk shows of the water: every gauge as it stands, and the line of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.gauge import GaugeNow, Reading, Spot
from app.domain.local_time import AHEAD
from app.domain.route import Gauge

if TYPE_CHECKING:
    from app.services.house import House


@dataclass(frozen=True, slots=True)
class WaterView:
    """The gauges of the street, and the readings of the one that is shown."""

    gauges: tuple[GaugeNow, ...]
    shown: GaugeNow | None
    """None = the street has no gauge."""
    spots: Sequence[Spot]
    since: datetime
    until: datetime

    @property
    def hours(self) -> int:
        """How much of the past the line shows."""
        return (self.until - self.since) // timedelta(hours=1)


def water_view(house: House, wanted: str, hours: int) -> WaterView:
    """The gauge with the id ``wanted``; without it the one with the highest level, else the one last read."""
    now = house.clock.now()
    gauges = house.gauges.all()
    shown = next((one for one in gauges if one.gauge.id == wanted), None) or _foremost(gauges)
    since = now - timedelta(hours=hours)
    spots = house.gauges.curve(shown.gauge, since, now) if shown is not None and shown.latest is not None else ()
    return WaterView(gauges, shown, spots, since, now)


MOST_LATE = 500
"""Readings that are listed."""
LATELY = timedelta(hours=72)
"""So far back a reading is looked for that may be a slip."""


def late_readings(house: House) -> tuple[tuple[Gauge, Reading], ...]:
    """The readings of the last days at every gauge, the latest first."""
    now = house.clock.now()
    found = [(gauge, one) for gauge in house.patrol_rules.current().gauges.values()
             for one in house.gauges.readings(gauge, now - LATELY, now + AHEAD)[:MOST_LATE]]  # fmt: skip
    return tuple(sorted(found, key=lambda pair: pair[1].at, reverse=True)[:MOST_LATE])


def _foremost(gauges: tuple[GaugeNow, ...]) -> GaugeNow | None:
    order = ("", "guard", "warning", "guarantee")

    def pressing(one: GaugeNow) -> tuple[int, bool, float]:
        level = order.index(one.level.value) if one.level is not None else 0
        return level, one.latest is not None, one.latest.at.timestamp() if one.latest is not None else 0.0

    return max(gauges, key=pressing, default=None)

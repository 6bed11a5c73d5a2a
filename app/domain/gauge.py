"""What the water does at a gauge: readings, trend, rate of rise, and the level it stands at (domain 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from app.domain.checklist import Trend
from app.domain.posture import WaterLevel
from app.domain.route import Gauge

TYPED, CSV = "typed", "csv"
"""Sources of a reading that is from no round."""

MILLIMETRE, CENTIMETRE = Decimal("0.001"), Decimal("0.01")
DEAD_BAND = Decimal("0.02")
"""Metres that a reading by eye is unsure of: what changes less is steady."""
RATE_OVER = timedelta(hours=1)
"""The rate of rise is that of the last hour, where it was read often enough."""
RATE_WITHIN = timedelta(hours=9)
"""Rounds read every few hours: the last readings within this say how fast, or nobody knows."""
ENOUGH = 3
"""Readings within the last hour that make a rate; else as many of the latest ones."""
MOST_HELD = 40
"""Readings that a rate is taken from: pairs grow with the square."""
HOUR = Decimal(3600)


class Spot(NamedTuple):
    """The water at an instant."""

    at: datetime
    metres: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: at a gauge there is one for each instant, to the second."""

    gauge: str
    at: datetime
    """Aware UTC, whole seconds."""
    metres: Decimal
    """Above the gauge's datum, whole millimetres."""
    trend: Trend | None
    """As whoever read it said; None = said nothing."""
    source: str
    """``R-20200702-01/1/gauge`` of a round's answer, ``csv`` or ``typed``."""
    recorded_at: datetime

    @property
    def spot(self) -> Spot:
        """When and how high, nothing else."""
        return Spot(self.at, self.metres)


@dataclass(frozen=True, slots=True)
class GaugeNow:
    """How the water stands at a gauge, as lists and screens know it."""

    gauge: Gauge
    latest: Reading | None = None
    fresh: bool = False
    """Whether the latest reading still says how high the water is."""
    trend: Trend | None = None
    """From the last readings; where they are too few, as whoever read it said."""
    rate: Decimal | None = None
    """Metres an hour; None when the readings are too few or too old."""
    level: WaterLevel | None = None
    """The highest level that holds."""


def whole_seconds(at: datetime) -> datetime:
    """An instant as readings are kept."""
    return at.replace(microsecond=0)


def tidy(metres: Decimal) -> Decimal:
    """A level as readings are kept: whole millimetres, written with two decimals where that is all of it."""
    whole = metres.quantize(MILLIMETRE)
    short = whole.quantize(CENTIMETRE)
    return short if short == whole else whole


def levels_of(gauge: Gauge) -> tuple[tuple[WaterLevel, Decimal], ...]:
    """The levels that the street has entered, the lowest first."""
    found = ((WaterLevel.GUARD, gauge.guard), (WaterLevel.WARNING, gauge.warning),
             (WaterLevel.GUARANTEE, gauge.guarantee))  # fmt: skip
    return tuple((level, metres) for level, metres in found if metres is not None)


def reached(gauge: Gauge, metres: Decimal) -> WaterLevel | None:
    """The highest level that the water is at or above."""
    return next((level for level, at in reversed(levels_of(gauge)) if metres >= at), None)


def holding(gauge: Gauge, metres: Decimal, told: Collection[WaterLevel]) -> WaterLevel | None:
    """The highest level that still holds: one that was told of holds until the water is below it by the margin."""
    held = (level for level, at in reversed(levels_of(gauge))
            if metres >= at or (level in told and metres >= at - gauge.margin))  # fmt: skip
    return next(held, None)


def is_fresh(gauge: Gauge, at: datetime, now: datetime) -> bool:
    """Whether a reading still says how high the water is."""
    return now - at <= gauge.stale


def rate_of_rise(spots: Sequence[Spot], now: datetime, stale: timedelta) -> Decimal | None:
    """Metres an hour, to the centimetre, negative while it falls; ``spots`` by time.

    The middle of the slopes between every two readings (Theil–Sen): one slip of the pen does not move it. None when
    there are fewer than two within ``RATE_WITHIN``, or the last is older than ``stale``.
    """
    held = _lately(spots, now, stale)
    return None if len(held) < 2 else round(_slope(held), 2)


def trend_of(spots: Sequence[Spot], now: datetime, stale: timedelta, *, dead_band: Decimal = DEAD_BAND) -> Trend | None:
    """Whether it rises or falls: what the rate makes of the span that was read, steady within the dead band."""
    held = _lately(spots, now, stale)
    if len(held) < 2:
        return None
    change = _slope(held) * _seconds(held[-1].at - held[0].at) / HOUR
    if abs(change) < dead_band:
        return Trend.STEADY
    return Trend.RISING if change > 0 else Trend.FALLING


def _lately(spots: Sequence[Spot], now: datetime, stale: timedelta) -> Sequence[Spot]:
    """The readings of the last hour, thinned; the last few where an hour has fewer than enough."""
    if not spots or now - spots[-1].at > stale:
        return ()
    last = spots[-1].at
    hour = [one for one in spots if last - one.at <= RATE_OVER]
    if len(hour) < ENOUGH:
        hour = [one for one in spots[-ENOUGH:] if last - one.at <= RATE_WITHIN]
    step = -(-len(hour) // MOST_HELD)
    return hour[::-1][::step][::-1] if step > 1 else hour


def _slope(held: Sequence[Spot]) -> Decimal:
    """Metres an hour; ``held`` has two instants at least."""
    slopes = [
        (later.metres - earlier.metres) * HOUR / _seconds(later.at - earlier.at)
        for n, earlier in enumerate(held) for later in held[n + 1 :]
    ]  # fmt: skip
    return Decimal(median(slopes))


def _seconds(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(seconds=1))

"""What the water does at a gauge: trend, rate, levels crossed once each way, falling water once a wave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checklist import Trend
from app.domain.gauge import Spot, holding, rate_of_rise, reached, tidy, trend_of
from app.domain.gauge_turns import Crossing, Matter, Told, Turn, news_of
from app.domain.message import Name
from app.domain.posture import WaterLevel
from app.domain.route import Gauge

START = datetime(2021, 6, 9, 3, 0, tzinfo=UTC)
BARE = Gauge("g", Name("桥下水尺"))
MARKED = replace(BARE, guard=Decimal("31.40"), warning=Decimal("32.10"), guarantee=Decimal("33.00"))
STALE = BARE.stale


def spots(*levels: str, every: float = 60, start: datetime = START) -> list[Spot]:
    """Readings every so many minutes."""
    return [Spot(start + timedelta(minutes=every * n), Decimal(level)) for n, level in enumerate(levels)]


class Station:
    """Tells a gauge's readings one by one, as the program does, and remembers what was news."""

    def __init__(self, gauge: Gauge) -> None:
        self.gauge = gauge
        self.spots: dict[datetime, Spot] = {}
        self.told: dict[Matter, Told] = {}
        self.news: list[Crossing] = []

    def hear(self, *fresh: Spot, now: datetime | None = None) -> list[tuple[str, str]]:
        """Record readings in one go; what is news, as matter and turn."""
        known = max(self.spots, default=None)
        self.spots |= {one.at: one for one in fresh}
        tail = [self.spots[at] for at in sorted(self.spots)]
        found = news_of(self.gauge, tail, known, self.told, now or tail[-1].at)
        for one in found:
            self.told[one.matter] = Told(one.turn is not Turn.DOWN, one.spot.at)
        self.news += found
        return [(one.matter.value, one.turn.value) for one in found]

    def hear_each(self, some: Iterable[Spot]) -> list[tuple[str, str]]:
        """One after the other."""
        return [news for one in some for news in self.hear(one)]


@pytest.mark.parametrize(
    ("levels", "every", "trend", "rate"),
    [
        (("31.00", "31.12", "31.25", "31.38"), 20, Trend.RISING, "0.38"),
        (("31.40", "31.10", "30.80"), 240, Trend.FALLING, "-0.08"),
        (("31.00", "31.01", "31.00", "31.01"), 15, Trend.STEADY, "0.01"),
        (("31.00", "31.10", "41.20", "31.30", "31.40"), 15, Trend.RISING, "0.40"),
        (("31.00",), 60, None, None),
        (("31.00", "31.50"), 600, None, None),
    ],
)
def test_trend_and_rate_come_from_the_last_readings(
    levels: Sequence[str], every: float, trend: Trend | None, rate: str | None
) -> None:
    """The last hour where it was read often, else the last few; a slip moves neither; too few say nothing."""
    found = spots(*levels, every=every)
    now = found[-1].at + timedelta(minutes=2)
    assert trend_of(found, now, STALE) == trend
    assert rate_of_rise(found, now, STALE) == (None if rate is None else Decimal(rate))
    assert trend_of(found, now + STALE, STALE) is None
    assert rate_of_rise(found, now + STALE, STALE) is None


def test_a_reading_each_second_costs_no_more_than_forty() -> None:
    """Pairs are of a thinned hour, the last reading among them."""
    found = [Spot(START + timedelta(seconds=n), Decimal(31) + Decimal(n) / 10_000) for n in range(20_000)]
    assert rate_of_rise(found, found[-1].at, STALE) == Decimal("0.36")


def test_levels_hold_until_the_water_is_below_by_the_margin() -> None:
    """Only those that were told of; a level that is not entered is never reached."""
    assert [reached(MARKED, Decimal(one)) for one in ("31.39", "31.40", "32.5", "40")] == [
        None, WaterLevel.GUARD, WaterLevel.WARNING, WaterLevel.GUARANTEE]  # fmt: skip
    assert reached(BARE, Decimal(99)) is None
    assert holding(MARKED, Decimal("32.06"), {WaterLevel.WARNING}) is WaterLevel.WARNING
    assert holding(MARKED, Decimal("32.06"), ()) is WaterLevel.GUARD
    assert holding(MARKED, Decimal("32.04"), {WaterLevel.WARNING}) is WaterLevel.GUARD


def test_a_level_is_news_once_each_way() -> None:
    """Ripples within the margin are none; the highest of several is told with the lower ones."""
    station = Station(MARKED)
    assert station.hear_each(spots("31.30", "31.36", "31.39")) == []
    assert station.hear_each(spots("31.41", "31.36", "31.42", "31.35", start=START + timedelta(hours=3))) == [
        ("guard", "up")]  # fmt: skip
    assert station.hear_each(spots("31.34", "31.30", "31.39", start=START + timedelta(hours=7))) == [("guard", "down")]
    assert station.hear_each(spots("33.20", start=START + timedelta(hours=10))) == [
        ("guard", "up"), ("warning", "up"), ("guarantee", "up")]  # fmt: skip


def test_the_first_reading_above_is_news_and_below_is_none() -> None:
    """Whoever enters levels in the middle of a flood hears of it at the next reading."""
    assert Station(MARKED).hear(*spots("31.10")) == []
    station = Station(BARE)
    station.hear_each(spots("31.50", "31.60"))
    station.gauge = MARKED
    assert station.hear_each(spots("31.60", start=START + timedelta(hours=2))) == [("guard", "up")]


def test_a_late_reading_tells_only_what_still_holds() -> None:
    """A level that was left since is no alarm, one that still holds is; that the water falls since is true."""
    station = Station(MARKED)
    station.hear_each(spots("31.00", "31.00", every=120))
    assert station.hear(Spot(START + timedelta(hours=1), Decimal("31.70"))) == [("falling", "falling")]
    station = Station(MARKED)
    station.hear_each(spots("31.00", "31.38", every=120))
    assert station.hear(Spot(START + timedelta(hours=1), Decimal("31.55"))) == [("guard", "up")]
    station = Station(MARKED)
    station.hear_each(spots("31.50", "31.55", every=120))
    assert station.hear(Spot(START + timedelta(hours=1), Decimal("31.00"))) == []


def test_a_reading_that_is_corrected_takes_its_alarm_back() -> None:
    """The slip is no reading any more: the level is told to be free."""
    station = Station(MARKED)
    station.hear_each(spots("31.10", "34.14"))
    assert len(station.news) == 3
    found = station.hear(Spot(START + timedelta(hours=1), Decimal("31.14")))
    assert found == [("guard", "down"), ("warning", "down"), ("guarantee", "down")]
    assert {one.spot.metres for one in station.news[3:]} == {Decimal("31.14")}


def test_a_file_of_old_readings_alarms_nobody() -> None:
    """What is too old to act upon is history; after a long silence the level is news again."""
    station = Station(MARKED)
    old = spots("31.00", "31.90")
    assert station.hear(*old, now=old[-1].at + STALE + timedelta(minutes=1)) == []
    assert station.hear(Spot(START + timedelta(days=40), Decimal("31.80"))) == [("guard", "up")]
    assert station.hear(Spot(START + timedelta(days=43), Decimal("31.80"))) == [("guard", "up")]


def test_many_readings_at_once_are_news_once() -> None:
    """Down and up again within one file: the last crossing is told, the ones before it are overtaken."""
    station = Station(MARKED)
    station.hear_each(spots("31.50"))
    assert station.hear(*spots("31.10", "31.60", "31.20", "31.70", start=START + timedelta(hours=1))) == [
        ("guard", "up")]  # fmt: skip
    assert station.news[-1].spot.at == START + timedelta(hours=4)


@pytest.mark.parametrize(
    ("gauge", "levels", "falls"),
    [
        (MARKED, ("31.20", "31.50", "31.45", "31.29", "31.20", "31.00"), ["31.50"]),
        (MARKED, ("31.60", "31.55", "31.45", "31.39"), ["31.60"]),
        (MARKED, ("31.00", "31.30", "31.00"), []),
        (MARKED, ("31.50", "31.20", "31.45", "31.20", "31.80", "31.55"), ["31.50", "31.80"]),
        (BARE, ("31.00", "31.40", "31.10", "31.00"), []),
        (BARE, ("31.00", "31.30", "31.55", "31.50", "31.30", "31.10"), ["31.55"]),
        (BARE, ("31.00", "31.60", "31.30", "31.50", "31.20", "31.75", "31.50"), ["31.60", "31.75"]),
        (BARE, ("31.60", "31.30", "31.00"), []),
    ],
)
def test_falling_water_is_news_once_a_wave(gauge: Gauge, levels: Sequence[str], falls: list[str]) -> None:
    """From a peak at the lowest level, or after a real rise where none is entered; the next wave rises again."""
    station = Station(gauge)
    station.hear_each(spots(*levels))
    found = [one for one in station.news if one.matter is Matter.FALLING]
    assert [str(one.peak.metres) for one in found if one.peak] == falls


def test_a_fall_that_is_over_is_no_news() -> None:
    """Late readings and files tell of it only while the water has not risen since."""
    station = Station(BARE)
    assert station.hear(*spots("31.00", "31.60", "31.30", "31.90")) == []
    assert station.hear(*spots("31.60", start=START + timedelta(hours=4))) == [("falling", "falling")]


STEPS = st.lists(st.integers(-12, 12), min_size=1, max_size=120)


@given(STEPS)
def test_one_alarm_for_each_excursion_beyond_the_margin(steps: list[int]) -> None:
    """A random walk around a level: up, down, up … each only after the water was on the other side of the band."""
    gauge = replace(BARE, guard=Decimal("31.40"))
    metres, walk = Decimal("31.35"), []
    for n, step in enumerate(steps):
        metres += Decimal(step) / 100
        walk.append(Spot(START + timedelta(minutes=10 * n), metres))
    station = Station(gauge)
    turns = [turn for matter, turn in station.hear_each(walk) if matter == "guard"]
    expected, up = [], False
    for one in walk:
        if not up and one.metres >= Decimal("31.40"):
            expected.append("up")
            up = True
        elif up and one.metres < Decimal("31.35"):
            expected.append("down")
            up = False
    assert turns == expected


@given(STEPS, st.randoms(use_true_random=False))
def test_in_whatever_order_readings_come_the_last_word_is_the_same(steps: list[int], random: object) -> None:
    """What was told last agrees with how the water stands, and no turn is told twice in a row."""
    gauge = replace(BARE, guard=Decimal("31.40"))
    metres, walk = Decimal("31.35"), []
    for n, step in enumerate(steps):
        metres += Decimal(step) / 100
        walk.append(Spot(START + timedelta(minutes=n), metres))
    in_order, shuffled = Station(gauge), Station(gauge)
    in_order.hear_each(walk)
    mixed = list(walk)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    shuffled.hear_each(mixed)
    shuffled.hear(walk[-1])
    was_up = in_order.told.get(Matter.GUARD, Told(False, START)).up
    now_up = shuffled.told.get(Matter.GUARD, Told(False, START)).up
    assert now_up == was_up


@given(st.integers(-99_999_999, 99_999_999))
def test_levels_are_kept_exactly(millimetres: int) -> None:
    """Whole millimetres, whatever zeros are written behind them."""
    metres = Decimal(millimetres).scaleb(-3)
    assert tidy(metres) == metres
    assert str(tidy(metres)).partition(".")[2] in {str(tidy(metres))[-3:], str(tidy(metres))[-2:]}

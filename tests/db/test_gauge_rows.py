"""Gauge readings as rows: exact, one for each instant, found by an index however many there are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.checklist import Trend
from app.domain.gauge import CSV, TYPED, Reading
from app.domain.gauge_turns import Matter, Told
from app.services.gauge_ports import SLOT
from db.unit_of_work import SqlStore
from tests.db.raw import by_hand, statements

UNTIL = datetime(2021, 6, 9, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Shanghai")


def reading(minutes: float, metres: str, gauge: str = "weir", source: str = CSV) -> Reading:
    """A reading so many minutes before the end."""
    at = (UNTIL - timedelta(minutes=minutes)).replace(microsecond=0)
    return Reading(gauge, at, Decimal(metres), Trend.RISING, source, UNTIL)


def test_readings_come_back_as_they_were(store: SqlStore) -> None:
    """To the millimetre, below the datum too; the latest first, each gauge for itself."""
    held = [reading(90, "-0.205"), reading(60, "88.15"), reading(30, "88.00"), reading(0, "99999.999")]
    store.write(lambda writes: writes.gauges.add([*held, reading(10, "7.10", "ferry", TYPED)]))
    with store.read() as reads:
        assert list(reads.gauges.readings("weir", UNTIL - DAY, UNTIL)) == held[::-1]
        assert [str(one.metres) for one in reads.gauges.spots("weir", UNTIL - DAY, UNTIL)] == [
            "-0.205", "88.15", "88.00", "99999.999"]  # fmt: skip
        assert reads.gauges.latest("ferry") == reading(10, "7.10", "ferry", TYPED)
        assert reads.gauges.reading("weir", held[1].at) == held[1]
        assert (reads.gauges.latest("none"), reads.gauges.told("weir")) == (None, {})


def test_an_instant_has_one_reading(store: SqlStore) -> None:
    """A second row is refused by the table; another takes its place only when that is asked for."""
    first, other = reading(5, "1.00"), reading(5, "2.00", source="R-20210609-01/1/gauge")
    store.write(lambda writes: writes.gauges.add([first]))
    with pytest.raises(IntegrityError):
        store.write(lambda writes: writes.gauges.add([other]))
    store.write(lambda writes: writes.gauges.replace([other]))
    with store.read() as reads:
        assert reads.gauges.readings("weir", UNTIL - DAY, UNTIL) == (other,)
        assert reads.gauges.of_source("R-20210609-01/1/gauge") == other
        assert reads.gauges.of_source(CSV) is None
    store.write(lambda writes: writes.gauges.remove("weir", other.at))
    with store.read() as reads:
        assert reads.gauges.latest("weir") is None


def test_what_was_told_is_remembered_once_for_each_matter(store: SqlStore) -> None:
    """The last word stands."""
    for up in (True, False):
        store.write(lambda writes, up=up: writes.gauges.tell("weir", Matter.GUARD, Told(up, UNTIL)))  # type: ignore[misc]
    store.write(lambda writes: writes.gauges.tell("weir", Matter.FALLING, Told(True, UNTIL)))
    with store.read() as reads:
        assert reads.gauges.told("weir") == {Matter.GUARD: Told(False, UNTIL), Matter.FALLING: Told(True, UNTIL)}
        assert reads.gauges.told("ferry") == {}


def test_a_curve_keeps_every_peak_and_is_short(store: SqlStore) -> None:
    """The lowest and highest of each slot at their own instants, within the span, by time; others' are not seen."""
    held = [reading(n / 2, "5.00") for n in range(6_000)]
    held[777] = reading(777 / 2, "9.99")
    held[4_321] = reading(4_321 / 2, "0.01")
    store.write(lambda writes: writes.gauges.add([*held, reading(3, "77", "ferry")]))
    with store.read() as reads:
        curve = reads.gauges.curve("weir", UNTIL - 2 * DAY, UNTIL)
        short = reads.gauges.curve("weir", UNTIL - timedelta(hours=1), UNTIL)
    assert len(curve) <= 2 * (2 * DAY / SLOT + 1) + 1
    assert list(curve) == sorted(curve)
    assert {held[777].spot, held[4_321].spot, held[0].spot} <= set(curve)
    assert all(UNTIL - timedelta(hours=1) <= one.at <= UNTIL for one in short)


def test_no_statement_of_gauges_scans_their_readings(store: SqlStore, database: Path) -> None:
    """Plans search by an index that has more than the gauge, or take the first by time."""
    with statements() as seen:
        store.write(lambda writes: writes.gauges.add([reading(1, "1")]))
        store.write(lambda writes: writes.gauges.replace([reading(1, "2")]))
        with store.read() as reads:
            reads.gauges.latest("weir"), reads.gauges.reading("weir", UNTIL), reads.gauges.of_source("R-1")
            reads.gauges.readings("weir", UNTIL - DAY, UNTIL), reads.gauges.spots("weir", UNTIL - DAY, UNTIL)
            reads.gauges.curve("weir", UNTIL - DAY, UNTIL)
        store.write(lambda writes: writes.gauges.remove("weir", UNTIL))
    looked_at = [one for one in seen if "gauge_reading" in one and one.split()[0] != "INSERT"]
    assert len(looked_at) >= 8
    with by_hand(database) as connection:
        for statement in looked_at:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")).fetchall()
            steps = [row[3] for row in plan]
            assert not [step for step in steps if re.search(r"SCAN gauge_reading", step)], statement
            narrow = [step for step in steps if step.endswith("(gauge=?)")]
            assert not narrow or "LIMIT" in statement, (statement, steps)

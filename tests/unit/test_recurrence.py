"""Reminders that repeat: no occurrence lost, none twice, whatever the calendar and the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.policy import WorkCalendar
from app.domain.recurrence import LAST_DAY, Days, Occurrence, Recurrence, missed, next_occurrence, occurrences

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE, off=frozenset({date(2020, 10, 1), date(2020, 10, 2)}), on=frozenset({date(2020, 9, 27)}))
BERLIN = WorkCalendar(ZoneInfo("Europe/Berlin"))


def at(text: str, calendar: WorkCalendar = CALENDAR) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


def shown(rule: Recurrence, after: str, count: int, calendar: WorkCalendar = CALENDAR) -> list[str]:
    """The first ``count`` occurrences as local times."""
    found = islice(occurrences(rule, at(after, calendar), calendar), count)
    return [f"{one.at.astimezone(calendar.zone):%m-%d %H:%M}" for one in found]


def test_working_days_follow_the_holiday_plan() -> None:
    rule = Recurrence((time(16),), days=Days.WORKING)
    assert shown(rule, "2020-09-25 16:00", 5) == [
        "09-27 16:00",  # a Sunday worked instead
        "09-28 16:00",
        "09-29 16:00",
        "09-30 16:00",
        "10-05 16:00",
    ]
    assert shown(Recurrence((time(9),), days=Days.OFF), "2020-09-26 09:00", 3) == [
        "10-01 09:00",
        "10-02 09:00",
        "10-03 09:00",
    ]


def test_a_window_over_midnight_belongs_to_the_day_it_opens_on() -> None:
    rule = Recurrence((time(22),), time(6), step=timedelta(hours=2), weekdays=frozenset({4}))
    friday = list(islice(occurrences(rule, at("2020-07-03 12:00"), CALENDAR), 5))
    assert [one.key for one in friday] == [
        "2020-07-03T2200",
        "2020-07-03T0000",
        "2020-07-03T0200",
        "2020-07-03T0400",
        "2020-07-10T2200",
    ]
    assert {one.until for one in friday[:4]} == {at("2020-07-04 06:00")}
    assert next_occurrence(rule, at("2020-07-04 01:00"), CALENDAR) == friday[2]


def test_days_of_the_month() -> None:
    assert shown(Recurrence((time(9),), month_days=frozenset({31})), "2020-07-31 09:00", 2) == [
        "08-31 09:00",
        "10-31 09:00",
    ]
    assert shown(Recurrence((time(9),), month_days=frozenset({LAST_DAY})), "2020-01-31 09:00", 2) == [
        "02-29 09:00",
        "03-31 09:00",
    ]


def test_nothing_after_its_end_and_nothing_that_never_is() -> None:
    rule = Recurrence((time(9),), until=at("2020-07-04 09:00"))
    assert shown(rule, "2020-07-02 12:00", 9) == ["07-03 09:00", "07-04 09:00"]
    never = Recurrence((time(9),), weekdays=frozenset({0}), days=Days.OFF, month_days=frozenset({31}))
    assert next_occurrence(never, at("2020-07-02 12:00"), WorkCalendar(ZONE)) is None


def test_a_repeated_hour_rings_once_and_a_skipped_one_is_not_lost() -> None:
    """01:30 and 02:30 of the nights on which Berlin's clocks change (reliability 6)."""
    half_past_two = Recurrence((time(2, 30),))
    autumn = list(islice(occurrences(half_past_two, at("2020-10-24 12:00", BERLIN), BERLIN), 2))
    assert [one.key for one in autumn] == ["2020-10-25T0230", "2020-10-26T0230"]
    assert autumn[1].at - autumn[0].at == timedelta(hours=25)
    spring = list(islice(occurrences(half_past_two, at("2021-03-27 12:00", BERLIN), BERLIN), 2))
    assert spring[0].at == datetime(2021, 3, 28, 1, 0, tzinfo=UTC)  # the instant of the change
    assert spring[1].key == "2021-03-29T0230"


def test_two_slots_of_a_skipped_hour_come_once() -> None:
    rule = Recurrence((time(2, 15), time(2, 45)))
    assert shown(rule, "2021-03-28 00:00", 3, BERLIN) == ["03-28 03:00", "03-29 02:15", "03-29 02:45"]


def test_what_was_slept_through_is_counted() -> None:
    rule = Recurrence((time(8), time(16)))
    assert missed(rule, at("2020-07-01 08:00"), at("2020-07-03 08:00"), CALENDAR) == 4
    assert missed(rule, at("2020-07-01 08:00"), at("2020-07-01 15:59"), CALENDAR) == 0
    assert missed(rule, at("2015-07-01 08:00"), at("2020-07-01 15:59"), CALENDAR, at_most=10) == 10


@pytest.mark.parametrize("step", [timedelta(minutes=1), timedelta(days=2), timedelta(0), timedelta(hours=-1)])
def test_steps_out_of_bounds_are_refused(step: timedelta) -> None:
    with pytest.raises(BadInput):
        Recurrence((time(8),), step=step)


_TIMES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
_RULES = st.builds(
    Recurrence,
    st.lists(_TIMES, min_size=1, max_size=4).map(tuple),
    ends=st.none() | _TIMES,
    step=st.none() | st.integers(5, 1440).map(lambda minutes: timedelta(minutes=minutes)),
    days=st.sampled_from(Days),
    weekdays=st.frozensets(st.integers(0, 6), max_size=3),
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(_RULES, st.integers(0, 1_000_000), st.sampled_from([CALENDAR, BERLIN]))
def test_one_after_the_other_finds_the_same_as_all_at_once(
    rule: Recurrence, minutes: int, calendar: WorkCalendar
) -> None:
    """However the engine wakes, it meets each occurrence exactly once and in order."""
    after = at("2020-01-01 00:00") + timedelta(minutes=minutes)
    together = list(islice(occurrences(rule, after, calendar), 40))
    single: list[Occurrence] = []
    while len(single) < len(together):
        found = next_occurrence(rule, after, calendar)
        assert found is not None
        single.append(found)
        after = found.at
    assert [one.at for one in single] == [one.at for one in together]
    assert len({one.at for one in together}) == len(together)

"""The clocks of the trade: working hours and days, pauses, reminders, holidays, time changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clocks import (
    HORIZON,
    Pause,
    due_at,
    elapsed_share,
    is_working_day,
    next_opening,
    plan_known,
    reminder_at,
    working_time,
)
from app.domain.errors import BadInput
from app.domain.policy import Limit, LimitUnit, WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
PLAIN = WorkCalendar()
"""Monday to Friday, 8:00–18:00, Asia/Shanghai. 2 July 2020 is a Thursday."""


def at(text: str, zone: ZoneInfo = ZONE) -> datetime:
    """``07-02 23:52`` of 2020 in the zone."""
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=zone)


def minutes(n: int) -> Limit:
    return Limit(n, LimitUnit.WORK_MINUTE)


@pytest.mark.parametrize(("limit", "due"), [(60, "10:30"), (120, "11:30"), (180, "12:30")])
def test_working_minutes_within_one_day(limit: int, due: str) -> None:
    """Created Thursday 09:30 with 60, 120 and 180 minutes (behaviours 13)."""
    assert due_at(at("07-02 09:30"), minutes(limit), PLAIN) == at(f"07-02 {due}")


def test_working_minutes_over_a_weekend_and_a_holiday() -> None:
    """Created Friday 17:30 with 60 minutes and Monday a holiday: Tuesday 08:30 (behaviours 13)."""
    calendar = WorkCalendar(off=frozenset({date(2020, 7, 6)}))
    assert due_at(at("07-03 17:30"), minutes(60), calendar) == at("07-07 08:30")


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("07-02 23:56", Limit(5, LimitUnit.MINUTE), "07-03 00:01"),
        ("07-02 23:56", Limit(6, LimitUnit.HOUR), "07-03 05:56"),
        ("07-03 12:00", Limit(3, LimitUnit.DAY), "07-06 12:00"),
        ("07-03 17:00", Limit(2, LimitUnit.WORK_HOUR), "07-06 09:00"),
        ("07-03 17:00", Limit(1, LimitUnit.WORK_HOUR), "07-03 18:00"),
        ("07-03 18:00", Limit(1, LimitUnit.WORK_HOUR), "07-06 09:00"),
        ("07-04 12:00", Limit(25, LimitUnit.WORK_HOUR), "07-08 13:00"),
        ("07-02 09:30", Limit(1, LimitUnit.WORK_DAY), "07-03 09:30"),
        ("07-02 09:30", Limit(3, LimitUnit.WORK_DAY), "07-07 09:30"),
        ("07-02 20:00", Limit(1, LimitUnit.WORK_DAY), "07-06 08:00"),
        ("07-02 06:00", Limit(1, LimitUnit.WORK_DAY), "07-03 08:00"),
        ("07-04 06:00", Limit(5, LimitUnit.WORK_DAY), "07-13 08:00"),
        ("07-02 09:30", Limit(0, LimitUnit.SAME_DAY), "07-02 18:00"),
        ("07-02 07:00", Limit(0, LimitUnit.SAME_DAY), "07-02 18:00"),
        ("07-03 18:00", Limit(0, LimitUnit.SAME_DAY), "07-06 18:00"),
    ],
)
def test_each_unit_counts_as_the_trade_counts_it(start: str, limit: Limit, due: str) -> None:
    """Round the clock, working hours, working days and the same day (decisions 18)."""
    assert due_at(at(start), limit, PLAIN) == at(due)


def test_a_worked_weekend_day_counts() -> None:
    """调休: the Sunday worked before a holiday is a working day, the holiday is none."""
    calendar = WorkCalendar(on=frozenset({date(2020, 9, 27)}), off=frozenset({date(2020, 10, 1), date(2020, 10, 2)}))
    assert is_working_day(date(2020, 9, 27), calendar)
    assert not is_working_day(date(2020, 10, 1), calendar)
    assert due_at(at("09-26 12:00"), Limit(1, LimitUnit.WORK_DAY), calendar) == at("09-28 08:00")
    assert due_at(at("09-30 17:00"), Limit(2, LimitUnit.WORK_HOUR), calendar) == at("10-05 09:00")


def test_only_published_years_are_known() -> None:
    """A year whose plan is not published follows the weekday rule, and the screen can say so."""
    calendar = WorkCalendar(published=frozenset({2020}))
    assert plan_known(2020, calendar)
    assert not plan_known(2021, calendar)


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("07-02 07:59", "07-02 08:00"),
        ("07-02 08:00", "07-02 08:00"),
        ("07-02 17:59", "07-02 17:59"),
        ("07-02 18:00", "07-03 08:00"),
        ("07-04 12:00", "07-06 08:00"),
    ],
)
def test_next_opening(instant: str, opening: str) -> None:
    """Within working hours it is now; closing time is outside."""
    assert next_opening(at(instant), PLAIN) == at(opening)


@pytest.mark.parametrize(
    ("limit", "pause", "due"),
    [
        (Limit(2, LimitUnit.WORK_HOUR), ("07-02 10:00", "07-02 15:00"), "07-02 16:00"),
        (Limit(2, LimitUnit.WORK_HOUR), ("07-02 10:00", "07-05 12:00"), "07-06 09:00"),
        (Limit(2, LimitUnit.WORK_HOUR), ("07-02 11:00", "07-02 15:00"), "07-02 11:00"),
        (Limit(1, LimitUnit.WORK_DAY), ("07-02 10:00", "07-02 13:00"), "07-03 12:00"),
        (Limit(1, LimitUnit.WORK_DAY), ("07-02 19:00", "07-03 07:00"), "07-03 09:00"),
        (Limit(1, LimitUnit.WORK_DAY), ("07-02 16:00", "07-03 17:00"), "07-06 10:00"),
        (Limit(0, LimitUnit.SAME_DAY), ("07-02 17:00", "07-03 08:00"), "07-03 09:00"),
        (Limit(6, LimitUnit.HOUR), ("07-02 10:00", "07-03 10:00"), "07-03 15:00"),
        (Limit(1, LimitUnit.HOUR), ("07-01 10:00", "07-02 09:30"), "07-02 10:30"),
        (Limit(1, LimitUnit.HOUR), ("07-02 11:00", "07-02 12:00"), "07-02 10:00"),
    ],
)
def test_a_pause_moves_the_due_time(limit: Limit, pause: tuple[str, str], due: str) -> None:
    """Started Thursday 09:00: working limits grow by paused working time, others by paused time."""
    assert due_at(at("07-02 09:00"), limit, PLAIN, [Pause(at(pause[0]), at(pause[1]))]) == at(due)


def test_overlapping_and_empty_pauses_count_once() -> None:
    """Two pauses over the same hour stop the clock for one hour; an empty one for none."""
    pauses = [
        Pause(at("07-02 11:00"), at("07-02 12:00")),
        Pause(at("07-02 10:00"), at("07-02 12:00")),
        Pause(at("07-02 09:30"), at("07-02 09:30")),
        Pause(at("07-02 13:00"), at("07-02 12:30")),
    ]
    assert due_at(at("07-02 09:00"), Limit(2, LimitUnit.WORK_HOUR), PLAIN, pauses) == at("07-02 13:00")
    assert due_at(at("07-02 09:00"), Limit(2, LimitUnit.HOUR), PLAIN, pauses) == at("07-02 13:00")


@pytest.mark.parametrize(
    ("start", "limit", "percent", "reminder"),
    [
        ("07-02 09:00", Limit(2, LimitUnit.WORK_HOUR), 50, "07-02 10:00"),
        ("07-03 17:30", Limit(2, LimitUnit.WORK_HOUR), 50, "07-06 08:30"),
        ("07-03 00:08", Limit(30, LimitUnit.MINUTE), 50, "07-03 00:23"),
        ("07-02 09:00", Limit(1, LimitUnit.WORK_DAY), 50, "07-02 14:00"),
        ("07-02 09:00", Limit(3, LimitUnit.WORK_DAY), 50, "07-03 14:00"),
        ("07-02 20:00", Limit(0, LimitUnit.SAME_DAY), 50, "07-03 13:00"),
        ("07-02 09:00", Limit(10, LimitUnit.WORK_HOUR), 80, "07-02 17:00"),
        ("07-02 20:00", Limit(1, LimitUnit.WORK_DAY), 100, "07-06 08:00"),
    ],
)
def test_reminder_at_a_share_of_the_limit(start: str, limit: Limit, percent: int, reminder: str) -> None:
    """Half of two working hours is one; half of n working days is half the working time until due."""
    assert reminder_at(at(start), limit, percent, PLAIN) == at(reminder)


def test_a_pause_moves_the_reminder_too() -> None:
    """The reminder comes when half of the counted time is used."""
    pause = Pause(at("07-02 09:30"), at("07-02 13:00"))
    assert reminder_at(at("07-02 09:00"), Limit(2, LimitUnit.WORK_HOUR), 50, PLAIN, [pause]) == at("07-02 13:30")


def test_elapsed_share_follows_the_counted_time() -> None:
    """A bar stands still at night, is full when due and more than full after."""
    start, limit = at("07-02 17:00"), Limit(2, LimitUnit.WORK_HOUR)
    assert elapsed_share(start, start, limit, PLAIN) == 0.0
    assert elapsed_share(start, at("07-02 17:30"), limit, PLAIN) == 0.25
    assert elapsed_share(start, at("07-03 03:00"), limit, PLAIN) == 0.5
    assert elapsed_share(start, at("07-03 09:00"), limit, PLAIN) == 1.0
    assert elapsed_share(start, at("07-03 11:00"), limit, PLAIN) == 2.0
    pause = Pause(at("07-02 17:30"), at("07-03 08:30"))
    assert elapsed_share(start, at("07-03 08:00"), limit, PLAIN, [pause]) == 0.25


@pytest.mark.parametrize(
    ("calendar", "limit"),
    [
        (WorkCalendar(off=frozenset(date(2020, 1, 1) + timedelta(days=n) for n in range(2000))), minutes(1)),
        (PLAIN, Limit(10**12, LimitUnit.WORK_DAY)),
        (PLAIN, Limit(10**12, LimitUnit.DAY)),
        (PLAIN, Limit(900, LimitUnit.WORK_DAY)),
        (PLAIN, Limit(20_000, LimitUnit.WORK_HOUR)),
        (PLAIN, Limit(0, LimitUnit.HOUR)),
        (PLAIN, Limit(-1, LimitUnit.WORK_DAY)),
        (WorkCalendar(opens=time(18), closes=time(8)), minutes(1)),
    ],
)
def test_what_can_never_be_due_is_refused(calendar: WorkCalendar, limit: Limit) -> None:
    """No endless search: without working days, or further off than three years, it is bad input."""
    with pytest.raises(BadInput):
        due_at(at("07-02 09:00"), limit, calendar)


def test_a_pause_of_many_years_is_refused() -> None:
    """Nothing is due further off than the horizon."""
    with pytest.raises(BadInput):
        due_at(
            at("07-02 09:00"),
            Limit(1, LimitUnit.HOUR),
            PLAIN,
            [Pause(at("07-01 00:00"), at("07-02 00:00") + 2 * HORIZON)],
        )


def test_a_naive_instant_is_a_slip() -> None:
    """Instants are aware; a naive one is refused instead of being taken for the machine's time."""
    with pytest.raises(ValueError, match="naive"):
        due_at(datetime(2020, 7, 2), minutes(1), PLAIN)  # noqa: DTZ001


NEW_YORK = WorkCalendar(
    zone=ZoneInfo("America/New_York"),
    opens=time(0),
    closes=time(0),
    on=frozenset({date(2020, 3, 8), date(2020, 11, 1)}),
)


def test_working_hours_are_elapsed_hours_when_the_clocks_change() -> None:
    """A round-the-clock working day has 23 hours in March and 25 in November."""
    for day, hours in (("03-08", 23), ("11-01", 25)):
        start = at(f"{day} 00:00", NEW_YORK.zone)
        assert working_time(start, start.astimezone(UTC) + timedelta(hours=30), NEW_YORK) >= timedelta(hours=hours)
        due = due_at(start, Limit(0, LimitUnit.SAME_DAY), NEW_YORK)
        assert due - start.astimezone(UTC) == timedelta(hours=hours)
        assert due_at(start, Limit(5, LimitUnit.WORK_HOUR), NEW_YORK) - start.astimezone(UTC) == timedelta(hours=5)


def test_a_working_day_that_ends_in_the_skipped_hour_ends_when_the_clocks_change() -> None:
    """02:30 does not exist on 8 March; the limit from 02:30 the day before is due at the change."""
    calendar = WorkCalendar(
        zone=NEW_YORK.zone, opens=time(0), closes=time(0), on=frozenset(date(2020, 3, d) for d in (7, 8))
    )
    due = due_at(at("03-07 02:30", NEW_YORK.zone), Limit(1, LimitUnit.WORK_DAY), calendar)
    assert due == datetime(2020, 3, 8, 7, 0, tzinfo=UTC)


INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2021, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
HOLIDAYS = st.frozensets(st.dates(date(2020, 1, 1), date(2021, 12, 31)), max_size=8)
CALENDARS = st.builds(
    lambda off, on, hours: WorkCalendar(opens=hours[0], closes=hours[1], off=off, on=on),
    HOLIDAYS,
    HOLIDAYS,
    st.sampled_from([(time(8), time(18)), (time(9, 30), time(17, 15)), (time(0), time(0))]),
)
ZONES = st.sampled_from([ZoneInfo(name) for name in ("America/New_York", "Australia/Lord_Howe", "Asia/Shanghai")])
LENGTHS = st.one_of(
    st.builds(Limit, st.integers(1, 3000), st.just(LimitUnit.WORK_MINUTE)),
    st.builds(Limit, st.integers(1, 60), st.just(LimitUnit.WORK_HOUR)),
    st.builds(Limit, st.integers(1, 20), st.just(LimitUnit.WORK_DAY)),
)
WORK_LIMITS = st.one_of(LENGTHS, st.just(Limit(0, LimitUnit.SAME_DAY)))
ROUND_THE_CLOCK = st.builds(Limit, st.integers(1, 3000), st.sampled_from([LimitUnit.MINUTE, LimitUnit.HOUR]))
LIMITS = st.one_of(WORK_LIMITS, ROUND_THE_CLOCK)
PAUSES = st.lists(
    st.builds(
        lambda from_, length: Pause(from_, from_ + length),
        INSTANTS,
        st.timedeltas(timedelta(0), timedelta(days=40)),
    ),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=9)), LENGTHS | ROUND_THE_CLOCK, CALENDARS, PAUSES)
def test_a_later_start_is_never_due_earlier(
    start: datetime, later: timedelta, limit: Limit, calendar: WorkCalendar, pauses: list[Pause]
) -> None:
    """Due times keep the order of their starts, whatever the holidays and pauses.

    The same day alone is left out: its length depends on its start, so a pause may count for one start only.
    """
    assert due_at(start, limit, calendar, pauses) <= due_at(start + later, limit, calendar, pauses)


@settings(max_examples=100, deadline=None)
@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=2)), WORK_LIMITS, ZONES)
def test_order_holds_over_time_changes(start: datetime, later: timedelta, limit: Limit, zone: ZoneInfo) -> None:
    """The same in zones whose clocks change, by half an hour too, with hours that span the change."""
    calendar = WorkCalendar(zone=zone, opens=time(0, 30), closes=time(23, 45))
    assert due_at(start, limit, calendar) <= due_at(start + later, limit, calendar)


@settings(max_examples=100, deadline=None)
@given(INSTANTS, LIMITS, st.integers(1, 500), CALENDARS)
def test_a_longer_limit_is_never_due_earlier(start: datetime, limit: Limit, more: int, calendar: WorkCalendar) -> None:
    """More of the same unit is never due before less of it, and never before the start."""
    longer = Limit(limit.n + (more if limit.n else 0), limit.unit)
    assert start <= due_at(start, limit, calendar) <= due_at(start, longer, calendar)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, WORK_LIMITS, CALENDARS, PAUSES)
def test_working_limits_are_due_in_working_hours(
    start: datetime, limit: Limit, calendar: WorkCalendar, pauses: list[Pause]
) -> None:
    """Never due at night, on a weekend or on a holiday; closing time is the latest."""
    due = due_at(start, limit, calendar, pauses)
    moment_before = due - timedelta(microseconds=1)
    assert due == next_opening(due, calendar) or moment_before == next_opening(moment_before, calendar)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, WORK_LIMITS, CALENDARS, PAUSES)
def test_a_pause_adds_exactly_its_working_time(
    start: datetime, limit: Limit, calendar: WorkCalendar, pauses: list[Pause]
) -> None:
    """What the limit counts is the same working time with and without pauses."""
    plain, paused = due_at(start, limit, calendar), due_at(start, limit, calendar, pauses)
    assert working_time(start, plain, calendar) == working_time(start, paused, calendar, pauses)
    inside = [pause for pause in pauses if pause.from_ < plain and pause.until > start]
    assert (paused == plain) is (working_time(start, plain, calendar) == working_time(start, plain, calendar, inside))


@settings(max_examples=100, deadline=None)
@given(INSTANTS, st.integers(1, 4000), PAUSES)
def test_a_pause_adds_exactly_its_time_round_the_clock(start: datetime, n: int, pauses: list[Pause]) -> None:
    """Minutes outside every pause until due are the minutes of the limit."""
    due = due_at(start, Limit(n, LimitUnit.MINUTE), PLAIN, pauses)
    always = WorkCalendar(opens=time(0), closes=time(0), on=frozenset(_days(start, due)))
    assert working_time(start, due, always, pauses) == timedelta(minutes=n)


@settings(max_examples=80, deadline=None)
@given(INSTANTS, LIMITS, CALENDARS, PAUSES, st.integers(1, 99))
def test_the_reminder_lies_between_start_and_due(
    start: datetime, limit: Limit, calendar: WorkCalendar, pauses: list[Pause], percent: int
) -> None:
    """Reminders come in the order of their shares and never after the limit."""
    reminder = reminder_at(start, limit, percent, calendar, pauses)
    assert start <= reminder <= reminder_at(start, limit, percent + 1, calendar, pauses)
    assert reminder_at(start, limit, 100, calendar, pauses) == due_at(start, limit, calendar, pauses)
    share = elapsed_share(start, reminder, limit, calendar, pauses)
    assert share == pytest.approx(percent / 100, abs=1e-6)


def _days(start: datetime, end: datetime) -> list[date]:
    """Every local day the two instants span."""
    first = start.astimezone(ZONE).date()
    return [first + timedelta(days=n) for n in range((end - start).days + 2)]

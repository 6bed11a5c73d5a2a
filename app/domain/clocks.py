"""When a limit runs out: working hours, working days, pauses and reminders, counted in real elapsed time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.domain.errors import BadInput
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.policy import Limit, LimitUnit, WorkCalendar

HORIZON = timedelta(days=3 * 366)
"""No limit of the trade is longer; a calendar that needs more has no working days or a slip in it."""

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
_UNIT_LENGTH = {
    LimitUnit.MINUTE: timedelta(minutes=1),
    LimitUnit.HOUR: timedelta(hours=1),
    LimitUnit.DAY: _DAY,
    LimitUnit.WORK_MINUTE: timedelta(minutes=1),
    LimitUnit.WORK_HOUR: timedelta(hours=1),
}

Stretch = tuple[datetime, datetime]
"""From and until, in UTC, of time that counts."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A closed interval during which the clock stood still (挂账), derived from the history (behaviours 14)."""

    from_: datetime
    until: datetime


def due_at(start: datetime, limit: Limit, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> datetime:
    """The instant, in UTC, at which ``limit`` counted from ``start`` is used up (decisions 18, behaviours 13).

    Round-the-clock limits count all time but the pauses, working limits only working hours outside the pauses.
    n working days end at the same local time n working days on, counted from the next opening when ``start`` is
    outside working hours, and later by the working time that was paused. A limit that runs out with the working
    day is due at closing time. BadInput when that is more than three years away.
    """
    start = _utc(start)
    if limit.unit in (LimitUnit.WORK_DAY, LimitUnit.SAME_DAY):
        opening = next_opening(start, calendar)
        due = _days_on(opening, limit, calendar)
        if not pauses:
            return due
        paused = working_time(opening, due, calendar) - working_time(opening, due, calendar, pauses)
        return _after(due, paused, _working_stretches(due, calendar, pauses))
    if limit.n < 1 or limit.n > HORIZON / _UNIT_LENGTH[limit.unit]:
        raise _out_of_reach()
    return _after(start, limit.n * _UNIT_LENGTH[limit.unit], _counted(start, limit, calendar, pauses))


def reminder_at(
    start: datetime, limit: Limit, percent: int, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> datetime:
    """The instant, in UTC, at which ``percent`` (1–100) of the limit is used (decisions 19).

    Half of two working hours is one working hour; half of n working days is half the working time until due.
    """
    due = due_at(start, limit, calendar, pauses)
    if percent >= 100:
        return due
    start = _utc(start)
    total = _length(_counted(start, limit, calendar, pauses), due)
    return _after(start, total * max(percent, 0) / 100, _counted(start, limit, calendar, pauses))


def elapsed_share(
    start: datetime,
    now: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
) -> float:
    """How much of the limit is used at ``now``: 0.0 at the start, 1.0 when due, more when it is past."""
    due = due_at(start, limit, calendar, pauses)
    start, now = _utc(start), _utc(now)
    total = _length(_counted(start, limit, calendar, pauses), due)
    if total <= _NOTHING:
        return 1.0 if now >= due else 0.0
    used = _length(_counted(start, limit, calendar, pauses), now) / total
    return max(used, 1.0) if now >= due else used


def working_time(start: datetime, end: datetime, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> timedelta:
    """Working time between two instants outside every pause; zero when ``end`` is not after ``start``."""
    return _length(_working_stretches(_utc(start), calendar, pauses, _utc(end)), _utc(end))


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Monday to Friday without the days off, and the weekend days worked instead (调休)."""
    return day in calendar.on or (day.weekday() < 5 and day not in calendar.off)


def plan_known(year: int, calendar: WorkCalendar) -> bool:
    """Whether the holiday plan of the year is published; if not, the weekday rule is a guess to be shown."""
    return year in calendar.published


def next_opening(instant: datetime, calendar: WorkCalendar) -> datetime:
    """The instant itself within working hours, else when working hours begin next. In UTC; closing is outside."""
    instant = _utc(instant)
    for opens, closes in _windows(instant, calendar, instant + HORIZON):
        if instant < closes:
            return max(instant, opens)
    raise _out_of_reach()


def _days_on(opening: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """From an instant within working hours: the same local time n working days on, or the closing of its day."""
    local = opening.astimezone(calendar.zone)
    day = local.date()
    if limit.unit is LimitUnit.SAME_DAY:
        window = _window(day, calendar)
        return window[1] if window else opening
    if limit.n < 1 or limit.n > HORIZON / _DAY:
        raise _out_of_reach()
    last = day + HORIZON
    left = limit.n
    while left:
        day += _DAY
        left -= is_working_day(day, calendar)
        if day > last:
            raise _out_of_reach()
    return at_local(day, local.time(), calendar.zone)


def _counted(start: datetime, limit: Limit, calendar: WorkCalendar, pauses: Sequence[Pause]) -> Iterator[Stretch]:
    """The stretches of time from ``start`` that use up the limit."""
    if limit.round_the_clock:
        return _without(((start, start + HORIZON),), pauses)
    return _working_stretches(start, calendar, pauses)


def _working_stretches(
    start: datetime, calendar: WorkCalendar, pauses: Sequence[Pause], end: datetime | None = None
) -> Iterator[Stretch]:
    """Working hours from ``start`` on, outside the pauses, up to ``end`` or the horizon."""
    windows = _windows(start, calendar, end or start + HORIZON)
    return _without(((max(opens, start), closes) for opens, closes in windows if closes > start), pauses)


def _windows(start: datetime, calendar: WorkCalendar, end: datetime) -> Iterator[Stretch]:
    """Working hours of each working day from the local day of ``start`` to that of ``end``."""
    day = start.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    while day <= last:
        if window := _window(day, calendar):
            yield window
        day += _DAY


def _window(day: date, calendar: WorkCalendar) -> Stretch | None:
    """Working hours of one day in UTC, None when there are none; closing at 00:00 means the end of the day."""
    if not is_working_day(day, calendar):
        return None
    to_midnight = calendar.closes == time(0)
    if not to_midnight and calendar.opens >= calendar.closes:
        raise BadInput(
            Message(
                "Working hours must open before they close; {opens}–{closes} do not.",
                {"opens": f"{calendar.opens:%H:%M}", "closes": f"{calendar.closes:%H:%M}"},
            )
        )
    opens = at_local(day, calendar.opens, calendar.zone)
    closes = at_local(day + _DAY if to_midnight else day, calendar.closes, calendar.zone)
    return (opens, closes) if opens < closes else None


def _without(stretches: Iterable[Stretch], pauses: Sequence[Pause]) -> Iterator[Stretch]:
    """The stretches (in order) with every pause cut out."""
    gaps = sorted((_utc(pause.from_), _utc(pause.until)) for pause in pauses)
    for begins, ends in stretches:
        for stops, resumes in gaps:
            if stops >= ends:
                break
            if resumes <= begins or resumes <= stops:
                continue
            if stops > begins:
                yield begins, stops
            begins = resumes
            if begins >= ends:
                break
        if begins < ends:
            yield begins, ends


def _after(start: datetime, length: timedelta, stretches: Iterator[Stretch]) -> datetime:
    """The instant at which ``length`` of counted time has passed; ``start`` itself when there is none to count."""
    if length <= _NOTHING:
        return start
    for begins, ends in stretches:
        if ends - begins >= length:
            return begins + length
        length -= ends - begins
    raise _out_of_reach()


def _length(stretches: Iterator[Stretch], end: datetime) -> timedelta:
    """Counted time until ``end``."""
    total = _NOTHING
    for begins, ends in stretches:
        if begins >= end:
            break
        total += min(ends, end) - begins
    return total


def _utc(instant: datetime) -> datetime:
    """The instant in UTC; a naive one is a slip of the program."""
    if instant.tzinfo is None:
        raise ValueError(f"naive instant: {instant!r}")
    return instant.astimezone(UTC)


def _out_of_reach() -> BadInput:
    return BadInput(
        Message("This limit is not reached within three years; check the limit, the pauses and the calendar.")
    )

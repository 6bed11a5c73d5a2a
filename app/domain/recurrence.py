"""When a reminder that repeats comes due: local times on the days that fit, told apart by date and slot.

Occurrences are counted in the street's local time, so a change of the clocks neither moves nor doubles one
(reliability 6: 24-hour intervals drift over such a change, a plain 01:30 rings twice).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice, takewhile

from app.domain.clocks import HORIZON, is_working_day
from app.domain.errors import BadInput
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.policy import WorkCalendar

SHORTEST_STEP = timedelta(minutes=5)
"""A reminder that rings more often is noise; nobody answers it any more."""
LAST_DAY = -1
"""Among ``month_days``: the last day of the month, whatever its number."""

_DAY = timedelta(days=1)


class Days(StrEnum):
    """Which days of the calendar count: all, the working days (调休 included), or the others."""

    ANY = "any"
    WORKING = "working"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a reminder comes due. ``key`` is the same however often it is computed."""

    key: str
    """Local date on which its window opens and local time of the slot: ``2020-07-03T0700``."""
    at: datetime
    """UTC."""
    until: datetime | None = None
    """When its window closes: who has not answered by then has missed it. UTC; None = it waits for an answer."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Times of day, or a step within a window, on the days that fit. BadInput when it could never be.

    ``starts`` are the slots; with ``step`` the first one opens a stretch that is cut into steps up to ``ends``
    (exclusive). A window whose end is not later than its start ends on the next day; without ``ends`` a stretch lasts
    until its start on the next day. A day must fit ``days``, and ``weekdays`` (Monday 0) and ``month_days`` (1–31,
    ``LAST_DAY``) where they are given. Nothing is due after ``until``.
    """

    starts: tuple[time, ...]
    ends: time | None = None
    step: timedelta | None = None
    days: Days = Days.ANY
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    until: datetime | None = None

    def __post_init__(self) -> None:
        if not self.starts or any(start.tzinfo for start in self.starts):
            raise ValueError("a recurrence needs local times of day")
        if self.step is not None and not SHORTEST_STEP <= self.step <= _DAY:
            raise BadInput(
                Message(
                    "A reminder repeats every {shortest} at the most often and every {longest} at the least.",
                    {"shortest": SHORTEST_STEP, "longest": _DAY},
                )
            )

    def falls_on(self, day: date, calendar: WorkCalendar) -> bool:
        """Whether its slots come on this local day."""
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        if self.month_days and not self.month_days & _numbers(day):
            return False
        return self.days is Days.ANY or is_working_day(day, calendar) is (self.days is Days.WORKING)


def occurrences(rule: Recurrence, after: datetime, calendar: WorkCalendar) -> Iterator[Occurrence]:
    """Every occurrence later than ``after``, soonest first, up to ``until`` or three years on."""
    day = after.astimezone(calendar.zone).date() - _DAY
    last = day + HORIZON
    latest = after.astimezone(UTC)
    while day <= last:
        if rule.falls_on(day, calendar):
            for occurrence in _of_day(rule, day, calendar):
                if rule.until is not None and occurrence.at > rule.until:
                    return
                if occurrence.at > latest:
                    latest = occurrence.at  # two slots within a skipped hour come once
                    yield occurrence
        day += _DAY


def next_occurrence(rule: Recurrence, after: datetime, calendar: WorkCalendar) -> Occurrence | None:
    """The first occurrence later than ``after``; None when there is none within three years."""
    return next(occurrences(rule, after, calendar), None)


def missed(rule: Recurrence, after: datetime, now: datetime, calendar: WorkCalendar, at_most: int = 1000) -> int:
    """How many occurrences came due after one instant and up to another: what was slept through (behaviours 20)."""
    due = takewhile(lambda occurrence: occurrence.at <= now, occurrences(rule, after, calendar))
    return sum(1 for _ in islice(due, at_most))


def _of_day(rule: Recurrence, day: date, calendar: WorkCalendar) -> Iterator[Occurrence]:
    """The occurrences of the window or the slots that begin on this day, in order."""
    for start in sorted(rule.starts):
        opens = datetime.combine(day, start)
        closes = _closing(opens, rule.ends)
        until = None if closes is None else at_local(closes.date(), closes.time(), calendar.zone)
        for local in _slots(opens, closes, rule.step):
            at = at_local(local.date(), local.time(), calendar.zone)
            yield Occurrence(f"{day.isoformat()}T{local:%H%M}", at, until)


def _closing(opens: datetime, ends: time | None) -> datetime | None:
    if ends is None:
        return None
    closes = datetime.combine(opens.date(), ends)
    return closes if closes > opens else closes + _DAY


def _slots(opens: datetime, closes: datetime | None, step: timedelta | None) -> Iterator[datetime]:
    """Local instants from the opening on, a step apart, before the closing."""
    if step is None:
        return iter((opens,))
    end = closes or opens + _DAY
    return takewhile(lambda local: local < end, (opens + n * step for n in count()))


def _numbers(day: date) -> frozenset[int]:
    """What a day of the month may be called: its number, and the last when the next day begins another month."""
    return frozenset({day.day, LAST_DAY} if (day + _DAY).day == 1 else {day.day})

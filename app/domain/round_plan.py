"""Plans of rounds: on which days, in which windows, how often under a posture (domain 4.2, 5; behaviours 16, 19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

from app.domain.local_time import at_local
from app.domain.message import Name
from app.domain.org import Role
from app.domain.patrol_night import NightRule
from app.domain.policy import WorkCalendar
from app.domain.posture import Posture
from app.domain.recurrence import Days, Recurrence

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
EVER = datetime.min.replace(tzinfo=UTC)
"""Since then nothing is in force."""
WALKERS = (Role.GRID_MEMBER, Role.GRID_LEADER)
"""Whose rounds plans may be."""


@dataclass(frozen=True, slots=True)
class Window:
    """Local times between which a round is walked; an end that is not later lies on the next day."""

    opens: time
    closes: time

    def on(self, day: date, calendar: WorkCalendar) -> tuple[datetime, datetime]:
        """Its instants on a local day, UTC."""
        last = day if self.closes > self.opens else day + _DAY
        return at_local(day, self.opens, calendar.zone), at_local(last, self.closes, calendar.zone)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the year, both included, that may pass the turn of the year: the flood season."""

    first: tuple[int, int]
    """Month and day."""
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class Every:
    """How often while a posture holds, round the clock: by day and by night."""

    day: timedelta
    night: timedelta

    def at(self, local: datetime, night: NightRule) -> timedelta:
        """The interval that holds at a local instant."""
        return self.night if night.holds(local) else self.day


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """When rounds of a kind are due. It stands in the street's rules, or somebody set it (then it has ``set_by``)."""

    id: str
    name: Name
    template: str
    grid: str
    route: str = ""
    windows: tuple[Window, ...] = ()
    days: Days = Days.ANY
    weekdays: frozenset[int] = frozenset()
    """Monday 0; empty = every day that fits ``days``."""
    season: Span | None = None
    """Days of the year on which its windows hold; a posture that asks for rounds holds on every day."""
    every: Mapping[Posture, Every] = field(default_factory=dict)
    """By posture the interval that takes the place of the windows; a stricter posture without one keeps the last."""
    team: Mapping[Posture, int] = field(default_factory=dict)
    """How many walk together under a posture and stricter ones; the night rule may ask for more."""
    role: Role = Role.GRID_MEMBER
    """Who is reminded of it: members of the grid, or its leader."""
    soon: timedelta | None = None
    """How long before it is reminded; None = as the rules say. School hours: the time to be there early."""
    place: str = ""
    """Code of the vending zone that timed trade rests on (domain 1, row 50)."""
    permit: str = ""
    """The permit it rests on, as it is named on paper."""
    whistle: str = ""
    """Number of the open case that it ends with (domain 1, row 48)."""
    until: datetime | None = None
    """After it nothing is due."""
    set_by: str = ""
    """Member code; empty for a plan of the rules."""

    def interval(self, posture: Posture) -> Every | None:
        """The interval under a posture; None where its windows hold."""
        found = None
        for one in Posture:
            if one.rank > posture.rank:
                break
            found = self.every.get(one, found)
        return found

    def together(self, posture: Posture) -> int:
        """How many walk together by day under a posture."""
        found = 1
        for one in Posture:
            if one.rank > posture.rank:
                break
            found = self.team.get(one, found)
        return found


@dataclass(frozen=True, slots=True)
class Slot:
    """One round that is due: from when to when (UTC). ``key`` is the same whoever computes it."""

    key: str
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Guard:
    """The posture that holds, and since when: rounds of an interval count from there."""

    posture: Posture = Posture.SEASON
    since: datetime = EVER


def slots(
    plan: RoundPlan, guard: Guard, after: datetime, until: datetime, calendar: WorkCalendar, night: NightRule
) -> Iterator[Slot]:  # fmt: skip
    """Rounds of a plan whose window closes after one instant and opens before another, soonest first."""
    every = plan.interval(guard.posture)
    end = until if plan.until is None else min(until, plan.until)
    found = _by_windows(plan, after, calendar) if every is None else _by_interval(every, guard.since, calendar, night)
    for slot in takewhile(lambda one: one.opens < end, found):
        if slot.closes > after:
            yield slot


def _by_windows(plan: RoundPlan, after: datetime, calendar: WorkCalendar) -> Iterator[Slot]:
    rule = Recurrence((time(),), days=plan.days, weekdays=plan.weekdays)
    day = after.astimezone(calendar.zone).date() - _DAY
    while plan.windows and day < date.max - _DAY:
        if rule.falls_on(day, calendar) and (plan.season is None or plan.season.holds(day)):
            for window in sorted(plan.windows, key=lambda one: (one.opens, one.closes)):
                opens, closes = window.on(day, calendar)
                yield Slot(f"{day.isoformat()}T{window.opens:%H%M}-{window.closes:%H%M}", opens, closes)
        day += _DAY


def _by_interval(every: Every, since: datetime, calendar: WorkCalendar, night: NightRule) -> Iterator[Slot]:
    """A round in each interval, the first from the next even time after the posture began."""
    opens = aligned(since, every.at(since.astimezone(calendar.zone), night), calendar)
    while True:
        step = every.at(opens.astimezone(calendar.zone), night)
        yield Slot(f"{opens:%Y%m%dT%H%MZ}+{step // timedelta(minutes=1)}", opens, opens + step)
        opens += step


def aligned(at: datetime, step: timedelta, calendar: WorkCalendar) -> datetime:
    """The next full half hour for intervals of two hours and more, quarter for an hour, else five minutes; UTC."""
    even = timedelta(minutes=30 if step >= 2 * _HOUR else 15 if step >= _HOUR else 5)
    local = at.astimezone(calendar.zone)
    past = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (at + (-past) % even).astimezone(UTC)

"""What the duty clock does by an instant: one pure function for the tick, the drill and the look ahead (design 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from uuid import UUID

from app.domain.dues import Due
from app.domain.notice import Notice, NoticeState
from app.domain.planned_round import PlannedRound
from app.domain.policy import WorkCalendar
from app.domain.recurrence import occurrences
from app.domain.reminder import Reminder
from app.domain.round_file import RoundLine


class Step(StrEnum):
    """What can happen, in the order in which a tick does it."""

    FIRE = "fire"
    """A due row of a case fires."""
    ESCALATE = "escalate"
    """Nobody answered: the next ones are told."""
    WAKE = "wake"
    """A snooze is over."""
    LAPSE = "lapse"
    """Its window has closed unanswered."""
    RING = "ring"
    """A reminder comes."""
    SAY = "say"
    """Something is said of a planned round."""
    LISTEN = "listen"
    """Nobody has heard from a team at night."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing that happens at an instant of street time; exactly one of the sources is set."""

    step: Step
    at: datetime
    whistle_id: UUID | None = None
    number: str = ""
    due: Due | None = None
    notice: Notice | None = None
    reminder: Reminder | None = None
    planned: PlannedRound | None = None
    walking: RoundLine | None = None


@dataclass(frozen=True, slots=True)
class DutyState:
    """What is pending up to a horizon, as read in one snapshot."""

    dues: tuple[tuple[UUID, str, Due], ...] = ()
    """Case, its number, row."""
    notices: tuple[Notice, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    planned: tuple[PlannedRound, ...] = ()
    walking: tuple[RoundLine, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)


def plan(state: DutyState, now: datetime) -> tuple[Planned, ...]:
    """Everything that is to be done up to ``now``: case rows, escalation, reminders, rounds; each by its instant.

    The state is not changed and what follows from an action is not guessed: after acting, ask again.
    """
    return (*_fires(state, now), *_steps(state, now), *_rings(state, now), *_rounds(state, now))


def ahead(state: DutyState, now: datetime, until: datetime) -> tuple[Planned, ...]:
    """What will happen after ``now`` and up to ``until`` if nobody does anything, soonest first."""
    rings = (one for reminder in state.reminders for one in _series(reminder, state.calendar, now, until))
    found = [*_fires(state, until), *_steps(state, until), *rings, *_rounds(state, until)]
    return tuple(sorted((one for one in found if one.at > now), key=lambda one: (one.at, one.step, one.number)))


def _fires(state: DutyState, now: datetime) -> Iterator[Planned]:
    for whistle_id, number, due in sorted(state.dues, key=lambda row: (row[2].at, row[1])):
        if due.at <= now:
            yield Planned(Step.FIRE, due.at, whistle_id, number, due=due)


def _steps(state: DutyState, now: datetime) -> Iterator[Planned]:
    for notice in sorted(state.notices, key=lambda one: (wakes_at(one) or now, str(one.id))):
        at = wakes_at(notice)
        if at is not None and at <= now:
            yield Planned(_next_step(notice), at, notice.whistle_id, notice=notice)


def _next_step(notice: Notice) -> Step:
    if notice.until is not None and (notice.step_at is None or notice.until <= notice.step_at):
        return Step.LAPSE
    return Step.WAKE if notice.state is NoticeState.SNOOZED else Step.ESCALATE


def _rings(state: DutyState, now: datetime) -> Iterator[Planned]:
    """Each reminder once, however often it came due while nobody was there (behaviours 20)."""
    for reminder in sorted(state.reminders, key=lambda one: (one.next_at or now, str(one.id))):
        if reminder.next_at is not None and reminder.next_at <= now:
            yield Planned(Step.RING, reminder.next_at, reminder.whistle_id, reminder=reminder)


def _rounds(state: DutyState, now: datetime) -> Iterator[Planned]:
    for planned in sorted(state.planned, key=lambda one: (one.next_at or now, str(one.id))):
        if planned.next_at is not None and planned.next_at <= now:
            yield Planned(Step.SAY, planned.next_at, planned=planned)
    for line in sorted(state.walking, key=lambda one: (one.check_in_at or now, one.number)):
        if line.check_in_at is not None and line.check_in_at <= now:
            yield Planned(Step.LISTEN, line.check_in_at, number=line.number, walking=line)


def _series(reminder: Reminder, calendar: WorkCalendar, now: datetime, until: datetime) -> Iterator[Planned]:
    if reminder.next_at is None:
        return
    if reminder.next_at <= until:
        yield Planned(Step.RING, reminder.next_at, reminder.whistle_id, reminder=reminder)
    if reminder.recurrence is not None:
        later = occurrences(reminder.recurrence, max(reminder.next_at, now), calendar)
        for occurrence in takewhile(lambda one: one.at <= until, later):
            yield Planned(Step.RING, occurrence.at, reminder.whistle_id, reminder=reminder)


def wakes_at(notice: Notice) -> datetime | None:
    """When something happens to a notice by itself; None when it is over or waits for a person alone."""
    if not notice.live:
        return None
    return min((at for at in (notice.step_at, notice.until) if at is not None), default=None)

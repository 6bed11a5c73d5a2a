"""A notice: one thing that somebody must hear of, until a person has answered for it (behaviours 6, 20–23)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from app.domain.clocks import due_at
from app.domain.policy import Limit, WorkCalendar
from app.domain.topics import Audience, Rung


class NoticeState(StrEnum):
    """waiting ⇄ snoozed, until answered; or lapsed (nobody had to answer), or withdrawn (it is no longer true)."""

    WAITING = "waiting"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


LIVE = frozenset({NoticeState.WAITING, NoticeState.SNOOZED})
"""Somebody still has to answer."""

MOST_PATIENCE = 3
"""How often the waits between two calls double."""
SUBJECTS = UUID("3a4b1f0c-7c51-4f9a-9d0e-6f2f6a1c8e77")
"""Ids of notices that belong to no case and no reminder are derived from here, by their subject."""
OF_REMINDERS = "reminder"
"""The topic of a notice that comes from a reminder; others carry the kind of their due row."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. It comes from a due row of a case, or from an occurrence of a reminder; its id is made of that."""

    id: UUID
    topic: str
    """A ``DueKind``, or ``reminder``."""
    state: NoticeState
    urgent: bool
    due_at: datetime
    """When what it says came due, street time."""
    fired_at: datetime
    """When it was told first: much later than ``due_at`` where everything was off (behaviours 20)."""
    version: int
    step: int
    """Which step of its plan was told last, from 1; counts on when the plan begins anew."""
    told: tuple[str, ...]
    """Members told at that step; empty when nobody could be."""
    step_at: datetime | None
    """When the next step comes, or the end of its snooze; None when nothing more happens by itself."""
    whistle_id: UUID | None = None
    assignment_id: UUID | None = None
    department: str = ""
    nth: int = 1
    reminder_id: UUID | None = None
    until: datetime | None = None
    """When its window closes: unanswered by then it has lapsed."""
    answered_by: str = ""
    ended_at: datetime | None = None
    escalates: bool = False
    """Whether others are called while nobody answers."""
    subject: str = ""
    """What it is about where that is no case and no reminder: ``planned/<hex>``, ``round/<hex>``, ``gauge/<id>``."""
    grid: str = ""
    """The grid it concerns, where it has no case."""
    detail: str = ""
    """What its sentence names, as JSON of codes and numbers."""

    @property
    def live(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class Told:
    """The outcome of going one step on."""

    step: int
    people: tuple[str, ...]
    skipped: tuple[Audience, ...]
    """Steps passed over because nobody is on duty there."""
    next_at: datetime | None
    more: bool
    """Whether the plan has further steps."""


def notice_id(source: UUID, key: str) -> UUID:
    """The same for every engine that fires the same row: derived from the case or reminder and the row's key."""
    return uuid5(source, key)


def go_on(
    plan: Sequence[Rung],
    step: int,
    people_of: Callable[[Audience], tuple[str, ...]],
    now: datetime,
    calendar: WorkCalendar,
    *,
    urgent: bool,
) -> Told:
    """Tell the people of a step, or, when there is nobody, of the next one in the same cycle (behaviours 6).

    ``step`` counts from 1. When nobody answers the last one, an urgent plan begins anew, until somebody does; else it
    waits on the screen, and the case brings it up again. A plan of one step is told once. With nobody anywhere the
    next try comes after the wait of the following step.
    """
    skipped: list[Audience] = []
    for tried in range(step, step + len(plan)):
        rung = plan[(tried - 1) % len(plan)]
        found = tuple(dict.fromkeys(code for audience in rung.tell for code in people_of(audience)))
        if found:
            return Told(
                tried, found, tuple(skipped), next_step_at(plan, tried, now, calendar, urgent=urgent), len(plan) > 1
            )
        skipped += rung.tell
    return Told(step, (), tuple(skipped), next_step_at(plan, step, now, calendar, urgent=urgent), len(plan) > 1)


def next_step_at(
    plan: Sequence[Rung], step: int, now: datetime, calendar: WorkCalendar, *, urgent: bool
) -> datetime | None:  # fmt: skip
    """When the step after this one comes; None when nobody else is called by itself.

    From the second round of a plan on the waits double, up to eightfold: whoever did not answer twice is elsewhere.
    """
    if len(plan) < 2 or (step % len(plan) == 0 and not urgent):
        return None
    wait = plan[step % len(plan)].after or plan[-1].after
    if wait is None:
        return None
    patience = 2 ** min((step - 1) // len(plan), MOST_PATIENCE)
    return due_at(now, Limit(wait.n * patience, wait.unit), calendar)


def anew(plan: Sequence[Rung], step: int) -> int:
    """The number of the step with which a plan begins again after ``step``."""
    return ((step - 1) // len(plan) + 1) * len(plan) + 1

"""Reminders: what a person set, and what stands in the policy; when each comes next (domain 6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.policy import WorkCalendar
from app.domain.recurrence import Occurrence, Recurrence, next_occurrence
from app.domain.topics import Audience

ONCE = "once"
"""The occurrence key of a reminder that comes once."""


class ReminderState(StrEnum):
    """active until it has come for the last time (done), or somebody took it away (removed)."""

    ACTIVE = "active"
    DONE = "done"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder. What was typed lies in words; a standing one is named by its code."""

    id: UUID
    state: ReminderState
    version: int
    tell: Audience
    member: str
    set_by: str
    created_at: datetime
    urgent: bool
    next_at: datetime | None
    next_key: str
    next_until: datetime | None = None
    recurrence: Recurrence | None = None
    code: str = ""
    words_id: UUID | None = None
    whistle_id: UUID | None = None
    until_closed: bool = False
    policy_version: int = 0


def following(reminder: Reminder, now: datetime, calendar: WorkCalendar) -> Occurrence | None:
    """The occurrence after all that have come up to ``now``: what was slept through comes once (behaviours 20)."""
    if reminder.recurrence is None or reminder.next_at is None:
        return None
    return next_occurrence(reminder.recurrence, max(now, reminder.next_at), calendar)

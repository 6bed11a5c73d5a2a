"""When briefings are held and what each covers; when the day's own is near (domain 6.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.clocks import is_working_day
from app.domain.due_phrases import find_due
from app.domain.errors import BadInput
from app.domain.local_time import at_local
from app.domain.policy import Policy, WorkCalendar

PREPARE = "briefing_prepare"
"""The standing reminder to prepare it."""
LEAD = timedelta(minutes=10)
"""So long before its planned start it is prepared where the policy has no such reminder (07:50 for 08:00)."""


DAY = timedelta(days=1)


def next_stretch(held_until: datetime | None, now: datetime, calendar: WorkCalendar) -> tuple[datetime, datetime]:
    """[since, until) of the next briefing: from the end of the last one to the opening of the day it is held on.

    It is held on working days, as its reminders come (domain 6.4): the one of a Monday covers the days off before it.
    After closing time, and once the day's own is held, it is that of the next working day.
    """
    local = now.astimezone(calendar.zone)
    day = _working(local.date() + (DAY if local.time() >= calendar.closes else timedelta()), DAY, calendar)
    until = at_local(day, calendar.opens, calendar.zone)
    while held_until is not None and until <= held_until:
        day = _working(day + DAY, DAY, calendar)
        until = at_local(day, calendar.opens, calendar.zone)
    if held_until is not None:
        return held_until, until
    return at_local(_working(day - DAY, -DAY, calendar), calendar.opens, calendar.zone), until


def _working(day: date, step: timedelta, calendar: WorkCalendar) -> date:
    """The first working day from this one on, or back."""
    while not is_working_day(day, calendar):
        day += step
    return day


def briefing_due(policy: Policy, now: datetime) -> datetime | None:
    """Planned start of the briefing that is being prepared or held at ``now``; None when none is.

    On a day without the reminder, such as a Sunday, none is prepared.
    """
    calendar = policy.calendar
    local = now.astimezone(calendar.zone)
    start = at_local(local.date(), calendar.opens, calendar.zone)
    if local.time() >= calendar.closes:
        return None
    prepared = _prepared(policy, start)
    return start if prepared is not None and prepared <= now else None


def _prepared(policy: Policy, start: datetime) -> datetime | None:
    """When the reminder for this briefing comes; None when it does not come that day."""
    reminder = policy.reminder(PREPARE)
    if reminder is None:
        return start - LEAD
    try:
        found = find_due(reminder.at, start - timedelta(hours=8), policy.calendar)
    except BadInput:
        return start - LEAD
    return found[0].at if found is not None and found[0].at <= start else None

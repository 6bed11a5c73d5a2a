"""When the day's briefing is near: from the reminder to prepare it until closing time (domain 6.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.due_phrases import find_due
from app.domain.errors import BadInput
from app.domain.local_time import at_local
from app.domain.policy import Policy

PREPARE = "briefing_prepare"
"""The standing reminder to prepare it."""
LEAD = timedelta(minutes=10)
"""So long before its planned start it is prepared where the policy has no such reminder (07:50 for 08:00)."""


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

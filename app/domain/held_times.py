"""Times of documents, as they are typed: from when and until when something holds; either may have passed or lie ahead.

One reading for the forms and the command line: a bare time of a *from* is the last one that was (one that is about to
come, where that is nearer), of an *until* the next that will be; a full date is what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from app.domain.due_phrases import parse_due
from app.domain.errors import BadInput
from app.domain.instants import parse_clock
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.policy import WorkCalendar
from app.domain.text import NAME_CAP, normalise_width

_Read = Callable[[str, datetime, WorkCalendar], datetime | None]


def holds_from(text: str, now: datetime, calendar: WorkCalendar, field: str) -> datetime:
    """From when it holds, aware UTC: 18:00 typed at 18:05 is today's; 明早8点 and 20:00 typed at 18:05 lie ahead.

    BadInput on ``field`` when the text is no time.
    """
    return _said(text, now, calendar, field, (_written_out, _past, _coming))


def holds_until(text: str, now: datetime, calendar: WorkCalendar, field: str) -> datetime:
    """Until when it holds, aware UTC: 06:00 is the next one, 6小时后, 明早6点, 07-03 08:00. BadInput as above."""
    return _said(text, now, calendar, field, (_written_out, _coming, _past))


def _said(text: str, now: datetime, calendar: WorkCalendar, field: str, readers: tuple[_Read, ...]) -> datetime:
    for read in readers:
        try:
            at = read(text, now, calendar)
        except BadInput:
            continue
        if at is not None:
            return at
    raise BadInput(
        Message(
            "“{text}” is no time; type it like 18:00, 07-03 08:00, tomorrow 8:00 or in 6 hours.",
            {"text": text[:NAME_CAP]},
        ),
        field,
    )


def _written_out(text: str, _now: datetime, calendar: WorkCalendar) -> datetime | None:
    """A full date of ISO 8601, without an offset the street's time; a date alone is its midnight."""
    try:
        at = datetime.fromisoformat(normalise_width(text).strip().upper())
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at_local(at.date(), at.time(), calendar.zone)


def _past(text: str, now: datetime, calendar: WorkCalendar) -> datetime | None:
    moment = parse_clock(text, now, calendar.zone)
    return moment.at if moment else None


def _coming(text: str, now: datetime, calendar: WorkCalendar) -> datetime | None:
    due = parse_due(text, now, calendar)
    return due.at if due is not None and due.recurrence is None else None

"""Times as they are typed on the command line: what has been, and deadlines that lie ahead."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.domain.errors import BadInput
from app.domain.held_times import holds_from, holds_until
from app.domain.instants import Moment, parse_clock
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.text import normalise_width

if TYPE_CHECKING:
    from app.cli.session import Session

_BARE = re.compile("([0-9]{1,2}):([0-9]{2})")
_DAY_LATER = timedelta(days=1)


def past_moment(text: str, now: datetime, zone: ZoneInfo, field: str) -> Moment:
    """When something happened: ISO with an offset, or the street's time (23:52, 7月2日 23:52, 10分钟前)."""
    moment = parse_clock(text, now, zone)
    if moment is None:
        raise BadInput(Message("{text} is no time: write it like 23:52 or 2020-07-02 23:52.", {"text": text}), field)
    return moment


def coming_instant(text: str, now: datetime, zone: ZoneInfo, field: str) -> datetime:
    """A deadline: ISO with an offset, the street's date and time, or a bare time: the next one after now."""
    flat = normalise_width(text).strip()
    bare = _BARE.fullmatch(flat)
    try:
        if bare:
            return _next(time(int(bare[1]), int(bare[2])), now, zone)
        at = datetime.fromisoformat(flat)
    except ValueError as error:
        raise BadInput(
            Message("{text} is no time: write it like 18:00 or 2020-07-05 18:00.", {"text": text}), field
        ) from error
    return at.astimezone(UTC) if at.tzinfo else at_local(at.date(), at.time(), zone)


def held_from(session: Session, text: str, field: str) -> datetime | None:
    """From when something holds, which may lie ahead; None where nothing was typed."""
    return holds_from(text, session.now, session.policy.calendar, field) if text else None


def held_until(session: Session, text: str, field: str) -> datetime | None:
    """Until when it holds; None where nothing was typed."""
    return holds_until(text, session.now, session.policy.calendar, field) if text else None


def _next(clock: time, now: datetime, zone: ZoneInfo) -> datetime:
    today = now.astimezone(zone).date()
    first = at_local(today, clock, zone)
    return first if first > now else at_local(today + _DAY_LATER, clock, zone)

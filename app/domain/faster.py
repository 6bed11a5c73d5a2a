"""Somebody else wrote first: the one refusal that names who, when and what (behaviours 12)."""

from __future__ import annotations

from app.domain.errors import Conflict
from app.domain.events import Event
from app.domain.labels import EVENTS
from app.domain.message import Message
from app.domain.street_index import StreetIndex


def faster(event: Event, street: StreetIndex) -> Conflict:
    """The refusal that an entry is the reason for; the department that it is about is named too."""
    what, department = Message(EVENTS[event.kind]), event.payload.get("department")
    if isinstance(department, str) and department:
        what = Message("{department} {what}", {"department": street.label(department), "what": what})
    return Conflict(
        Message("{who} was faster: {what} at {at}. Nothing was written; look again.",
                {"who": street.label(event.actor), "what": what, "at": event.recorded_at})
    )  # fmt: skip

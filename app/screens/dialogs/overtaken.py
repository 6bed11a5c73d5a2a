"""Somebody else was faster: who, when and what, and whether what was typed can still be sent (behaviours 12)."""

from __future__ import annotations

from typing import Any

from app.domain.events import Event
from app.domain.message import Message
from app.domain.text import clean
from app.render.labels import LABELS
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.services.whistles import CaseFile
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField

TOLD = 3
"""Newest entries that are named."""

TIMES = frozenset({"occurred_at", "raised_at", "channel", "on_behalf_of"})
"""Fields whose text says nothing by itself."""


def newer(before: CaseFile, after: CaseFile) -> tuple[Event, ...]:
    """Entries that were written since the person looked, the newest last."""
    known = {event.id for event in before.events}
    return tuple(event for event in after.events if event.id not in known)


def by_whom(events: tuple[Event, ...], context: DialogContext) -> Message:
    """``甲 at 00:26: public utilities reported in``, one after the other."""
    entries = tuple(_told(event, context) for event in events[-TOLD:])
    if len(events) > TOLD:
        return Message("Meanwhile {entries}, and {n} more before that.",
                       {"entries": entries, "n": len(events) - TOLD})  # fmt: skip
    return Message("Meanwhile {entries}.", {"entries": entries})


def _told(event: Event, context: DialogContext) -> Message:
    department = event.payload.get("department")
    what: Message = Message(LABELS[type(event.kind)][event.kind])
    if isinstance(department, str) and department:
        what = Message("{department} {what}", {"department": context.street.label(department), "what": what})
    who = context.street.label(event.actor)
    return Message("{who} recorded at {at}: {what}", {"who": who, "at": event.recorded_at, "what": what})


def typed_words(form: Box[Any]) -> str:
    """Everything that the person typed as words, for a note; what stood there before is known already."""
    lines = []
    for name, row in form.rows.items():
        field = row.content_field
        if name in TIMES or row.hidden or field.untouched:
            continue
        if isinstance(field, LookupField) and field.free:
            field = field.line
        if isinstance(field, LineField):
            lines.append(clean(field.typed, one_line=True).strip())
    return "；".join(line for line in lines if line)

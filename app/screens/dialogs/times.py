"""Instants of documents in a form: they may have passed or lie ahead; what was understood stands beside the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.domain.due_phrases import parse_due
from app.domain.errors import BadInput
from app.domain.instants import parse_clock
from app.domain.message import Message
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.widgets.fields.line import LineField

Read = Callable[[DialogContext, str, str], datetime | None]
"""Reads what stands in a field; None for an empty one, BadInput for what is no time."""


def time_field(field: str, placeholder: str) -> LineField:
    """A short line for a time; the placeholder says what an empty one means."""
    return LineField(field, half_width=True, classes="-short", placeholder=placeholder, cap=40)


def since(context: DialogContext, text: str, field: str) -> datetime | None:
    """From when something holds: a bare time is that of today, 18:00; 明早8点 and the like lie ahead."""
    return _said(context, text, field, (_past, _coming))


def until(context: DialogContext, text: str, field: str) -> datetime | None:
    """Until when it holds: a bare time is the next one, 06:00; 6小时后, 明早6点, 07-03 08:00."""
    return _said(context, text, field, (_coming, _past))


def _said(
    context: DialogContext, text: str, field: str,
    readers: tuple[Callable[[DialogContext, str], datetime | None], ...],
) -> datetime | None:  # fmt: skip
    if not text:
        return None
    for read in readers:
        try:
            at = read(context, text)
        except BadInput:
            continue
        if at is not None:
            return at
    raise BadInput(Message("This is no time; type it like 18:00, 07-03 08:00, tomorrow 8:00 or in 6 hours."), field)


def _past(context: DialogContext, text: str) -> datetime | None:
    moment = parse_clock(text, context.house.clock.now(), context.words.zone)
    return moment.at if moment else None


def _coming(context: DialogContext, text: str) -> datetime | None:
    due = parse_due(text, context.house.clock.now(), context.policy.calendar)
    return due.at if due is not None and due.recurrence is None else None


def say_instant(form: Box[Any], field: str, read: Read, empty: str) -> None:
    """What was understood beside the field; ``empty`` = what an empty one means."""
    row = form.rows.get(field)
    if row is None or row.hidden:
        return
    try:
        at = read(form.context, form.text(field), field)
    except BadInput:
        row.say_aside(form.words.t("not a time yet"))
        return
    row.say_aside(form.words.when(at) if at is not None else empty)

"""Instants of documents in a form: they may have passed or lie ahead; what was understood stands beside the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.domain.errors import BadInput
from app.domain.held_times import holds_from, holds_until
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.widgets.fields.line import LineField

Read = Callable[[DialogContext, str, str], datetime | None]
"""Reads what stands in a field; None for an empty one, BadInput for what is no time."""


def time_field(field: str, placeholder: str) -> LineField:
    """A short line for a time; the placeholder says what an empty one means."""
    return LineField(field, half_width=True, classes="-short", placeholder=placeholder, cap=40)


def since(context: DialogContext, text: str, field: str) -> datetime | None:
    """From when something holds: a bare time is the last one that was, 18:00; 明早8点 and the like lie ahead."""
    return holds_from(text, context.house.clock.now(), context.policy.calendar, field) if text else None


def until(context: DialogContext, text: str, field: str) -> datetime | None:
    """Until when it holds: a bare time is the next one, 06:00; 6小时后, 明早6点, 07-03 08:00."""
    return holds_until(text, context.house.clock.now(), context.policy.calendar, field) if text else None


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

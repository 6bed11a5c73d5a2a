"""What every entry of a briefing and of its action items shares: who may make it, its event, what it must not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.errors import BadInput
from app.domain.events import Event, EventKind, Json
from app.domain.message import Message
from app.domain.org import Role
from app.domain.text import looks_personal

SPEAKS = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN, Role.GRID_LEADER, Role.GRID_MEMBER)
"""Who takes the notes of a briefing."""


def entry(
    id_: UUID, actor: Actor, role: Role, kind: EventKind, stream: str, version: int, payload: Mapping[str, Json],
    words: Mapping[str, str], now: datetime,
) -> Event:  # fmt: skip
    """An entry at this instant, with its words."""
    return Event(id_, stream, version, kind, payload, actor.member, role, now, now, words=words,
                 words_id=uuid5(id_, "words") if words else None, station=actor.station)  # fmt: skip


def no_personal_number(text: str, field: str) -> None:
    """BadInput for a text that would show such a number to everybody."""
    if looks_personal(text):
        raise BadInput(Message("This looks like an identity or phone number; leave it out of the text."), field)

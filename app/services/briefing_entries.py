"""What every entry of a briefing and of its action items shares: who may make it, its event, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.briefing import Sheet
from app.domain.briefing_privacy import refuse_personal_numbers
from app.domain.briefing_record import EARLIEST, SIGNS
from app.domain.errors import BadInput, IllegalMove
from app.domain.events import Event, EventKind, Json
from app.domain.message import Message
from app.domain.org import Role
from app.domain.street_index import StreetIndex
from app.domain.text import looks_personal
from app.services.flood_entries import role_of

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


def may_sign(actor: Actor, street: StreetIndex, sheet: Sheet, until: datetime, now: datetime) -> Role:
    """The role under which the actor signs the briefing planned for ``until``.

    NotPermitted says who may, IllegalMove from when on, BadInput names the place of a text that looks like an identity
    or phone number.
    """
    role = role_of(actor, SIGNS, street)
    if now < until - EARLIEST:
        raise IllegalMove(Message(
            "It is the briefing of {at}: it can be signed from {early} on.", {"at": until, "early": until - EARLIEST}
        ))  # fmt: skip
    refuse_personal_numbers(sheet)
    return role

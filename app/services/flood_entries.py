"""What every entry of the flood shares: who may make it, its event, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput, NotFound, NotPermitted
from app.domain.events import Event, EventKind, Json
from app.domain.flood import FloodView, Response, Signal
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.org import Role
from app.domain.permissions import DESK, ROLE_LABELS
from app.domain.posture import Posture
from app.domain.street_index import StreetIndex
from app.domain.text import TITLE_CAP, accept

RECORDS = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN)
"""Who records warnings and response levels: the desk (domain 2.10)."""
LOWERS = (Role.DUTY_LEADER, Role.STREET_ADMIN)
"""Who lowers the posture."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one entry came to. ``known``: the same message was there already, and nothing was written."""

    flood: FloodView
    before: Posture
    signal: Signal | None = None
    response: Response | None = None
    known: bool = False
    ended: tuple[Signal, ...] = ()
    """Signals that a message ended or replaced."""
    taken_back: Message | None = None
    """By name, what an undo took back."""
    told: tuple[Message, ...] = ()
    """What the desk should know of it, such as that it ended nothing."""


def role_of(actor: Actor, roles: Sequence[Role], street: StreetIndex) -> Role:
    """The role under which the actor makes an entry; NotPermitted says who may."""
    found = next((role for role in (*roles, Role.SYSTEM) if role in actor.roles()), None)
    if found is None:
        raise NotPermitted(Message(
            "{who} may not do this: it is for {roles}.",
            {"who": street.label(actor.member), "roles": tuple(ROLE_LABELS[role] for role in roles)},
        ))  # fmt: skip
    return found


def relayed(actor: Actor, by: str, channel: Channel, street: StreetIndex) -> Role:
    """The desk records what somebody decided who may."""
    role = role_of(actor, tuple(role for role in RECORDS if role in DESK), street)
    member = street.members.get(by)
    if member is None:
        raise NotFound(Message("There is no member {code}.", {"code": by}))
    if not any(member.holds(one) for one in LOWERS):
        raise NotPermitted(Message(
            "{who} may not do this: it is for {roles}.",
            {"who": member.name, "roles": tuple(ROLE_LABELS[one] for one in LOWERS)},
        ))  # fmt: skip
    if channel is Channel.TERMINAL:
        raise BadInput(Message("Say how you were told: by phone, by radio, on site, at a meeting."), "channel")
    return role


def entry(
    id_: UUID, actor: Actor, role: Role, kind: EventKind, stream: str, version: int, payload: Mapping[str, Json],
    texts: Mapping[str, str], at: datetime, now: datetime,
) -> Event:  # fmt: skip
    """An entry of the flood; ``at`` is when it was true, ``now`` when it is written down."""
    return Event(
        id=id_, stream=stream, stream_version=version, kind=kind, payload=payload, actor=actor.member, role=role,
        words=texts, words_id=uuid5(id_, "words") if texts else None, occurred_at=min(at, now), recorded_at=now,
        station=actor.station,
    )  # fmt: skip


def words_of(event: Event) -> UUID:
    """Where the texts of an entry lie."""
    return event.words_id or uuid5(event.id, "words")


def typed(**given: str) -> Mapping[str, str]:
    """Texts as they are kept, one line each; empty ones are left out. BadInput for one that is too long."""
    texts = {name: accept(text, TITLE_CAP, name, one_line=True) for name, text in given.items()}
    return {name: text for name, text in texts.items() if text}


def not_ahead(at: datetime, now: datetime, field: str) -> None:
    """BadInput for an instant that has not come yet."""
    if at > now + AHEAD:
        raise BadInput(Message("{at} has not come yet; it is {now}.", {"at": at, "now": now}), field)

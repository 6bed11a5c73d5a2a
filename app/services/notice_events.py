"""Entries about notices: who was told, called, answered (叫应); each on the notice's own stream."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Actor, Channel
from app.domain.events import NO_WORDS, Event, EventKind, Json
from app.domain.notice import Notice
from app.domain.org import Role

SPEAKS_AS = (
    Role.DUTY_OFFICER,
    Role.DUTY_LEADER,
    Role.STREET_ADMIN,
    Role.ZONE_PLATFORM,
    Role.GRID_LEADER,
    Role.GRID_MEMBER,
    Role.DEPT_LIAISON,
    Role.SYSTEM,
)
"""The role under which somebody of several answers, the likeliest first."""


def notice_event(
    notice: Notice,
    kind: EventKind,
    at: datetime,
    payload: Mapping[str, Json],
    *,
    actor: Actor = SYSTEM_ACTOR,
    event_id: UUID | None = None,
    on_behalf_of: str = "",
    channel: Channel = Channel.SYSTEM,
    words: Mapping[str, str] = NO_WORDS,
) -> Event:
    """The entry that makes a notice what ``notice`` says; its version is that of the entry.

    What the clock writes has an id of its own making: two engines that do the same thing write the same entry.
    """
    role = next((role for role in SPEAKS_AS if role in actor.roles()), Role.VIEWER)
    identity = event_id or uuid5(notice.id, f"{kind}/{notice.version}")
    return Event(
        id=identity, stream=f"notice/{notice.id.hex}", stream_version=notice.version, kind=kind,
        payload={"notice": notice.id.hex, "topic": notice.topic, "department": notice.department, **payload},
        actor=actor.member, role=role, on_behalf_of="" if on_behalf_of == actor.member else on_behalf_of,
        channel=channel, words=words, words_id=uuid5(identity, "words") if words else None, occurred_at=at,
        recorded_at=at, whistle_id=notice.whistle_id, station=actor.station,
    )  # fmt: skip

"""A request number answers for one thing: the same call again is known, anything else is refused (reliability 4)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from app.domain.actor import Actor
from app.domain.errors import Conflict
from app.domain.events import Event, EventKind
from app.domain.message import Message
from app.services.ports import Reads


def earlier(reads: Reads, request_id: UUID, actor: Actor, kinds: Collection[EventKind]) -> Event | None:
    """What an earlier call with this number wrote, None when there was none.

    Conflict when the number was used by somebody else or for something that is none of ``kinds``.
    """
    event = reads.event(request_id)
    if event is not None and (event.actor != actor.member or event.kind not in kinds):
        raise Conflict(Message("This request number was used for something else."))
    return event

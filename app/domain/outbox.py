"""What leaves the building: one message to one member, and how far it is (decisions 22, behaviours 21)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from app.domain.message import Message


class OutboxState(StrEnum):
    """pending → sending → sent | failed | in_doubt; ``withheld`` in a drill, which never sends anything."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    """Its sender was killed between the start and the end of sending; not urgent, so not sent again."""
    WITHHELD = "withheld"
    DROPPED = "dropped"
    """It was no longer true before it was sent."""


class MessageKind(StrEnum):
    """A notice, or the word that a sent one no longer holds (behaviours 30)."""

    NOTICE = "notice"
    CORRECTION = "correction"


RETRIES = (timedelta(0), timedelta(seconds=15), timedelta(seconds=30))
"""Waits before each try (behaviours 21); after the last one it has failed and stands red on the board."""

LEASE = timedelta(seconds=30)
"""How long a sender may hold a message, machine time: longer than any channel takes to give up."""

BUNDLE_FROM = 5
"""So many unanswered messages to one member within ``BUNDLE_WITHIN`` go as one."""
BUNDLE_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row of the outbox."""

    id: UUID
    notice_id: UUID
    step: int
    member: str
    kind: MessageKind
    urgent: bool
    rank: int
    state: OutboxState
    attempts: int
    created_at: datetime
    next_try_at: datetime | None = None
    owner: str = ""
    lease_until: datetime | None = None
    channel: str = ""
    bundle: UUID | None = None
    sent_at: datetime | None = None
    reason: str = ""
    topic: str = ""
    """What its notice is about: a kind of due row, or ``reminder``."""


@dataclass(frozen=True, slots=True)
class Route:
    """One channel by which a member is reached; tried in the order of ``position``."""

    member: str
    channel: str
    position: int = 1
    urgent_only: bool = False
    topics: str = ""
    """Topics it is kept for, with a space between; empty = all."""

    def takes(self, topic: str, *, urgent: bool) -> bool:
        """Whether a notice of this topic goes out by it."""
        return (urgent or not self.urgent_only) and (not self.topics or topic in self.topics.split())


def parcel_id(notice_id: UUID, step: int, member: str, kind: MessageKind = MessageKind.NOTICE) -> UUID:
    """The stable id of a message: the same for everybody who sends it, so that a receiver folds repetitions."""
    return uuid5(notice_id, f"{kind}/{step}/{member}")


def after_failure(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when it has failed for good."""
    return now + RETRIES[attempts] if attempts < len(RETRIES) else None


def reason_of(stored: str) -> Message | None:
    """Why a message was not sent, as the outbox keeps it; None when it says nothing."""
    if not stored:
        return None
    kept = json.loads(stored)
    return Message(str(kept["msgid"]), kept.get("params", {}))


def routes_for(routes: Sequence[Route], member: str, topics: Collection[str], *, urgent: bool) -> tuple[str, ...]:
    """Names of a member's channels in their order, as far as they take any of the topics."""
    mine = [
        route
        for route in routes
        if route.member == member and any(route.takes(topic, urgent=urgent) for topic in topics)
    ]
    return tuple(route.channel for route in sorted(mine, key=lambda route: (route.position, route.channel)))

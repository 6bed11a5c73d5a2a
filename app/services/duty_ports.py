"""What the duty clock needs from a store beside the ports of every use case; reached by ``Reads.duty``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.due_history import DueKey
from app.domain.notice import Notice
from app.domain.outbox import Parcel, Route
from app.domain.reminder import Reminder

MOST = 1000
"""Rows that one list holds; beyond it is said that there are more."""


@dataclass(frozen=True, slots=True)
class NextInstants:
    """The soonest instant of each thing that the duty clock waits for; None where there is none."""

    due: datetime | None
    notice: datetime | None
    reminder: datetime | None
    send: datetime | None
    """Machine time: the next try of a message, or the end of a lease; the others are street time."""
    planned: datetime | None = None
    """When something is said of a planned round."""
    check_in: datetime | None = None
    """When a team under way at night must have been heard from."""

    @property
    def street(self) -> datetime | None:
        """The soonest instant of street time."""
        instants = (self.due, self.notice, self.reminder, self.planned, self.check_in)
        return min((at for at in instants if at is not None), default=None)


@dataclass(frozen=True, slots=True)
class EngineRun:
    """A program that runs the duty clock; machine times."""

    owner: str
    role: str
    """``desk``, ``watch`` or ``tick``."""
    host: str
    pid: int
    started_at: datetime
    ticked_at: datetime


@dataclass(frozen=True, slots=True)
class ModuleRun:
    """When a part of the duty clock last ran anywhere; ``trouble`` names the error of its last run, or is empty."""

    module: str
    ran_at: datetime
    owner: str
    trouble: str = ""


class DutyReads(Protocol):
    """Reads of notices, reminders, the outbox and the engines."""

    def next_instants(self) -> NextInstants: ...
    def cases_due(self, until: datetime, limit: int = MOST) -> tuple[UUID, ...]:
        """Cases with a pending due row up to an instant, the longest due first, each once."""

    def pending_of(self, whistle_id: UUID, until: datetime) -> tuple[DueKey, ...]:
        """Keys of a case's pending rows up to an instant, soonest first."""

    def notice(self, notice_id: UUID) -> Notice | None: ...
    def notices_waking(self, until: datetime, limit: int = MOST) -> tuple[Notice, ...]:
        """Live notices whose next step or end of snooze has come, soonest first."""

    def live_notices(self, limit: int = MOST) -> tuple[Notice, ...]:
        """Everything somebody still has to answer: the longest due first."""

    def ended_notices(self, since: datetime, limit: int = MOST) -> tuple[Notice, ...]:
        """Answered, lapsed and withdrawn ones since an instant, the latest first."""

    def notices_of(self, whistle_id: UUID, *, live: bool = False) -> tuple[Notice, ...]: ...
    def live_of_reminder(self, reminder_id: UUID) -> tuple[Notice, ...]: ...
    def live_of_subject(self, subject: str) -> tuple[Notice, ...]:
        """Of a planned round, a round, a gauge or the posture."""

    def reminder(self, reminder_id: UUID) -> Reminder | None: ...
    def reminder_texts(self, reminder_ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """What was typed, by reminder; standing ones and emptied words are left out."""

    def reminders_due(self, until: datetime, limit: int = MOST) -> tuple[Reminder, ...]: ...
    def active_reminders(self, limit: int = MOST) -> tuple[Reminder, ...]:
        """Soonest first."""

    def standing_reminders(self) -> tuple[Reminder, ...]:
        """The active ones that stand in a policy, by code."""

    def parcels_of(self, notice_ids: Sequence[UUID]) -> tuple[Parcel, ...]: ...
    def unsent(self, limit: int = MOST) -> tuple[Parcel, ...]:
        """Messages that failed for good or are in doubt, the newest first."""

    def parcels_since(self, since: datetime, limit: int = MOST) -> tuple[Parcel, ...]:
        """Every message made since a machine instant, oldest first."""

    def unanswered_to(self, member: str, since: datetime) -> int:
        """Messages to a member made since a machine instant whose notices nobody answered yet."""

    def storm(self, member: str, community: str, since: datetime) -> int:
        """Messages about one community to a member since a machine instant: what came before goes behind others."""

    def to_send(self, members: Sequence[str], now: datetime) -> bool:
        """Whether anything is to be sent to these members at a machine instant."""

    def unheld(self, now: datetime) -> bool:
        """Whether a sender has let its lease run out."""

    def routes(self) -> tuple[Route, ...]: ...
    def engines(self, since: datetime) -> tuple[EngineRun, ...]:
        """Programs that ticked since a machine instant, the latest first."""

    def module_runs(self) -> tuple[ModuleRun, ...]: ...
    def without_next_instant(self, overdue: datetime) -> tuple[UUID, ...]:
        """The audit: active cases whose next instant, or a pending row, is long past (decisions 23)."""


class DutyWrites(DutyReads, Protocol):
    """Changes of the same."""

    def fire(self, whistle_id: UUID, key: DueKey) -> bool:
        """Mark a pending due row as fired; False when another engine was faster or the case moved on."""

    def save_notice(self, notice: Notice) -> None: ...
    def save_reminder(self, reminder: Reminder) -> None: ...
    def post(self, parcels: Sequence[Parcel]) -> None:
        """Put messages into the outbox; one that is there already stays as it is."""

    def drop_unsent(self, notice_id: UUID) -> None:
        """Messages of a notice that is over and that nobody has begun to send are not sent."""

    def claim(self, owner: str, members: Sequence[str], now: datetime, lease_until: datetime, limit: int) -> tuple[
        Parcel, ...
    ]:  # fmt: skip
        """Take pending messages to these members, urgent ones and first words of a community first."""

    def bundle(self, parcels: Sequence[UUID], bundle: UUID) -> None:
        """Claimed messages to one member go as one; they stay together when they have to be sent again."""

    def prolong(self, owner: str, parcels: Sequence[UUID], until: datetime) -> bool:
        """Hold messages longer; False when one of them is held no more."""

    def expire(self, now: datetime) -> int:
        """Messages whose sender let its lease run out: urgent ones are pending again, others in doubt."""

    def forget(self, before: datetime, reason: str) -> int:
        """Messages that should have been sent before an instant and that nobody took have failed; how many."""

    def settle(self, parcel: Parcel) -> bool:
        """Store the outcome of a message this owner holds; False when it no longer holds it."""

    def save_routes(self, routes: Sequence[Route]) -> None:
        """Replace all routes."""

    def ticked(self, run: EngineRun) -> None: ...
    def module_ran(self, runs: Sequence[ModuleRun]) -> None: ...
    def left(self, owner: str) -> None:
        """A program stopped running the clock."""

"""What handovers need from a store beside the ports of every use case; reached by ``Reads.handovers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from app.domain.handover import HandoverRecord
from app.domain.handover_entry import GearCheck, HandoverEntry


class HandoverReads(Protocol):
    """Reads of handovers."""

    def handover(self, handover_id: UUID) -> HandoverRecord | None: ...
    def under_way(self) -> HandoverRecord | None:
        """The one that the incoming shift has not signed."""

    def taken(self, limit: int = 30) -> tuple[HandoverRecord, ...]:
        """Those that both have signed, the latest first."""

    def frozen(self, handover_id: UUID) -> str:
        """A handover as it was signed; empty before, and when retention has emptied it."""

    def entries(self, handover_id: UUID) -> tuple[HandoverEntry, ...]:
        """What was written down, in commit order."""

    def gear(self, handover_id: UUID) -> tuple[GearCheck, ...]: ...
    def last_steps(self, whistle_ids: Sequence[UUID]) -> Mapping[UUID, int]:
        """Commit number of the newest entry of each case, reminders and changes of its owner apart."""


class HandoverWrites(HandoverReads, Protocol):
    """Changes of the same."""

    def save(self, record: HandoverRecord, words_id: UUID | None = None) -> bool:
        """Write a handover as the next of its versions; False when somebody else was faster."""

    def add_entry(self, handover_id: UUID, entry: HandoverEntry, words_id: UUID | None) -> None: ...
    def set_gear(self, handover_id: UUID, check: GearCheck, words_id: UUID | None) -> None:
        """Whether a piece is there, in the place of what was said before."""

    def own(self, whistle_ids: Sequence[UUID], owner: str) -> int:
        """These cases have another owner; how many there were."""

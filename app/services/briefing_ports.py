"""What briefings need from a store beside the ports of every use case; reached by ``Reads.briefings``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.action_item import ActionItem
from app.domain.briefing import NoteLine, Present
from app.domain.briefing_record import BriefingRecord


class BriefingReads(Protocol):
    """Reads of briefings and of what came of them."""

    def briefing(self, briefing_id: UUID) -> BriefingRecord | None: ...
    def latest(self, unit: str, limit: int = 30) -> tuple[BriefingRecord, ...]:
        """Those of a unit, the latest first."""

    def frozen(self, briefing_id: UUID) -> str:
        """A signed briefing as it was signed; empty for a draft, and when retention has emptied it."""

    def notes(self, briefing_id: UUID) -> tuple[NoteLine, ...]:
        """What was said, the earliest first."""

    def present(self, briefing_id: UUID) -> tuple[Present, ...]: ...
    def item(self, item_id: UUID) -> ActionItem | None: ...
    def item_numbered(self, number: int) -> ActionItem | None: ...
    def items_open(self, units: Sequence[str], limit: int = 500) -> tuple[ActionItem, ...]:
        """Items of these units that are not done, the soonest due first."""

    def items_ended(self, units: Sequence[str], since: datetime, until: datetime) -> tuple[ActionItem, ...]:
        """Items that were done or dropped in [since, until)."""


class BriefingWrites(BriefingReads, Protocol):
    """Changes of the same."""

    def save_briefing(self, record: BriefingRecord, words_id: UUID | None = None) -> bool:
        """Write a briefing as the next of its versions; False when somebody else was faster."""

    def add_note(self, briefing_id: UUID, note: NoteLine, words_id: UUID) -> None: ...
    def set_present(self, briefing_id: UUID, present: Sequence[Present], words: dict[str, UUID]) -> None:
        """Who is there, in the place of what was recorded before; ``words`` hold why a member is not."""

    def next_item(self) -> int: ...
    def save_item(self, item: ActionItem, words_id: UUID, done_words_id: UUID | None = None) -> bool:
        """Write an item as the next of its versions; False when somebody else was faster."""

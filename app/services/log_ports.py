"""What the shift log needs from a store beside the ports of every use case; reached by ``Reads.log``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.events import Event, EventKind
from app.domain.shift_log import LogEntry

MOST = 5_000
"""Lines of one stretch of time at most."""


class LogReads(Protocol):
    """Reads of the log and of what flows into it."""

    def events_in(
        self, since: datetime, until: datetime, kinds: Collection[EventKind], limit: int = MOST
    ) -> tuple[Event, ...]:
        """Whole entries of these kinds that happened in [since, until), the earliest first; the latest ``limit``."""

    def written_late(
        self, before: datetime, after_seq: int, kinds: Collection[EventKind], limit: int = MOST
    ) -> tuple[Event, ...]:
        """Entries of these kinds after a commit number that happened before an instant, in commit order."""

    def corrections_of(self, ids: Collection[UUID]) -> tuple[Event, ...]:
        """Entries that correct or take back these ones, in commit order."""

    def events_by_id(self, ids: Collection[UUID]) -> tuple[Event, ...]:
        """Entries by id, in commit order; unknown ids are left out."""

    def about(self, whistle_id: UUID, since: datetime, until: datetime | None) -> tuple[Event, ...]:
        """Whole entries of the log from ``since`` to ``until`` (None = now) that name a case, in commit order.

        Entries that put one of them right are among them, whether they name the case or not, and what an open one was
        closed with.
        """

    def entry(self, entry_id: UUID) -> LogEntry | None: ...
    def numbered(self, number: int) -> LogEntry | None: ...
    def entries(self, ids: Collection[UUID]) -> tuple[LogEntry, ...]:
        """Entries by id, by number."""

    def open_entries(self) -> tuple[LogEntry, ...]:
        """What somebody must still see to, the oldest first."""


class LogWrites(LogReads, Protocol):
    """Changes of the same."""

    def next_number(self) -> int:
        """The number of the next entry."""

    def add_entry(self, entry: LogEntry, words_id: UUID) -> None:
        """Store an entry; what it corrects counts no more."""

    def close_entry(self, entry: LogEntry, words_id: UUID | None) -> None:
        """Write that it was closed."""

"""The shift log: entries of its own, and the events of a stretch of time that stand in it (domain 6.2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, text, update

from app.domain.events import Event, EventKind
from app.domain.shift_log import LogEntry
from app.services.log_ports import MOST
from db.repositories.cases import RECORDED
from db.repositories.events import EVENT, EVENTS, event_of
from db.repositories.rows import AnyRow, Rows, values_of
from db.repositories.words import WORDS, texts_of
from db.tables.base import table
from db.tables.shift_log import UNDONE, LogEntryRow

LOG = table(LogEntryRow)
_L, _E = LOG.c, EVENT.c
_CLOSING = WORDS.alias("closing_words")
_TEXTS = frozenset({"texts", "closing"})
_FIELDS = [field.name for field in fields(LogEntry) if field.name not in _TEXTS]
_EMPTY = ("shift", "grid", "place")
"""References that are NULL where the value is empty."""

_ENTRIES = (
    select(
        *(func.coalesce(_L[name], "").label(name) if name in _EMPTY else _L[name] for name in _FIELDS),
        WORDS.c.body, _CLOSING.c.body,
    )
    .outerjoin_from(LOG, WORDS, WORDS.c.id == _L.words_id)
    .outerjoin(_CLOSING, _CLOSING.c.id == _L.closing_words_id)
    .order_by(_L.number)
)  # fmt: skip
_IN = (
    EVENTS.where(_E.occurred_at >= bindparam("since"), _E.occurred_at < bindparam("until"))
    .where(_E.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(_E.occurred_at.desc(), _E.seq.desc())
    .limit(bindparam("at_most"))
)
_LATE = (
    EVENTS.where(_E.seq > bindparam("after"), _E.occurred_at < bindparam("before"))
    .where(_E.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(_E.seq)
    .limit(bindparam("at_most"))
)
_CORRECTING = EVENTS.where(_E.corrects.in_(bindparam("ids", expanding=True))).order_by(_E.seq)
_BY_ID = EVENTS.where(_E.id.in_(bindparam("ids", expanding=True))).order_by(_E.seq)
_NAMING = select(_L.id).where(_L.at >= bindparam("since"), _L.at < bindparam("until"),
                              _L.whistle_id == bindparam("whistle"))  # fmt: skip
_CLOSINGS = EVENTS.where(_E.stream.in_(bindparam("ids", expanding=True)), _E.kind == EventKind.LOG_CLOSED)
_NUMBER = select(func.max(_L.number))
EVER = datetime.max.replace(tzinfo=UTC)
"""No end."""
_AT_ONCE = 500
"""Ids of one statement."""


class LogReading(Rows):
    """``app.services.log_ports.LogReads`` over one transaction."""

    def events_in(
        self, since: datetime, until: datetime, kinds: Collection[EventKind], limit: int = MOST
    ) -> tuple[Event, ...]:
        """Whole entries of these kinds that happened in [since, until), the earliest first; the latest ``limit``."""
        values = {"since": since, "until": until, "kinds": sorted(kinds), "at_most": limit}
        return tuple(reversed(self._all(_IN, event_of, values)))

    def written_late(
        self, before: datetime, after_seq: int, kinds: Collection[EventKind], limit: int = MOST
    ) -> tuple[Event, ...]:
        """Entries of these kinds after a commit number that happened before an instant, in commit order."""
        values = {"before": before, "after": after_seq, "kinds": sorted(kinds), "at_most": limit}
        return tuple(self._all(_LATE, event_of, values))

    def corrections_of(self, ids: Collection[UUID]) -> tuple[Event, ...]:
        """Entries that correct or take back these ones, in commit order."""
        return self._by_ids(_CORRECTING, ids)

    def events_by_id(self, ids: Collection[UUID]) -> tuple[Event, ...]:
        """Entries by id, in commit order."""
        return self._by_ids(_BY_ID, ids)

    def about(self, whistle_id: UUID, since: datetime, until: datetime | None) -> tuple[Event, ...]:
        """Entries of the log that name a case, those that put them right, and what they were closed with.

        In commit order.

        The index is the one on time: a case knows how long it has been running.
        """
        values = {"since": since, "until": until or EVER, "whistle": whistle_id}
        found: set[UUID] = set()
        wanted = set(self._all(_NAMING, lambda row: row[0], values))
        while wanted:
            found |= wanted
            wanted = {e.id for e in self.corrections_of(wanted) if e.kind is EventKind.LOGGED} - found
        closings = self._by_ids(_CLOSINGS, {f"log/{id_.hex}" for id_ in found})
        return tuple(sorted((*self.events_by_id(found), *closings), key=lambda event: event.seq))

    def _by_ids(self, statement: Any, ids: Collection[UUID] | Collection[str]) -> tuple[Event, ...]:
        wanted, found = sorted(ids), []
        for start in range(0, len(wanted), _AT_ONCE):
            found += self._all(statement, event_of, {"ids": wanted[start : start + _AT_ONCE]})
        return tuple(sorted(found, key=lambda event: event.seq))

    def entry(self, entry_id: UUID) -> LogEntry | None:
        """One entry."""
        return self._one(_ENTRIES.where(_L.id == bindparam("entry")), _entry, {"entry": entry_id})

    def numbered(self, number: int) -> LogEntry | None:
        """One entry by its number."""
        return self._one(_ENTRIES.where(_L.number == bindparam("number")), _entry, {"number": number})

    def entries(self, ids: Collection[UUID]) -> tuple[LogEntry, ...]:
        """Entries by id, by number."""
        wanted, found = sorted(ids), []
        statement = _ENTRIES.where(_L.id.in_(bindparam("ids", expanding=True)))
        for start in range(0, len(wanted), _AT_ONCE):
            found += self._all(statement, _entry, {"ids": wanted[start : start + _AT_ONCE]})
        return tuple(sorted(found, key=lambda entry: entry.number))

    def open_entries(self) -> tuple[LogEntry, ...]:
        """What somebody must still see to, the oldest first."""
        return tuple(self._all(_ENTRIES.where(text(f"log_entry.{UNDONE}")), _entry))


class LogWriting(LogReading):
    """``app.services.log_ports.LogWrites`` over one transaction."""

    def next_number(self) -> int:
        """The number of the next entry."""
        return (self._connection.scalar(_NUMBER) or 0) + 1

    def add_entry(self, entry: LogEntry, words_id: UUID) -> None:
        """Store an entry; what it corrects counts no more, and its grid remembers that something was recorded."""
        row = {name: value for name, value in values_of(entry, empty=_EMPTY).items() if name not in _TEXTS}
        self._connection.execute(insert(LOG), row | {"words_id": words_id})
        if entry.corrects is not None:
            changed = update(LOG).where(_L.id == entry.corrects).values(corrected_by=entry.id, version=_L.version + 1)
            self._connection.execute(changed)
        if entry.grid:
            self._connection.execute(RECORDED, {"grid": entry.grid, "at": entry.recorded_at})

    def close_entry(self, entry: LogEntry, words_id: UUID | None) -> None:
        """Write that it was closed."""
        row = {"state": entry.state, "version": entry.version, "closed_at": entry.closed_at,
               "closed_by": entry.closed_by, "closing_words_id": words_id}  # fmt: skip
        self._connection.execute(update(LOG).where(_L.id == entry.id).values(**row))


def _entry(row: AnyRow) -> LogEntry:
    *plain, body, closing = row
    return LogEntry(*(*plain, texts_of(body), texts_of(closing)))

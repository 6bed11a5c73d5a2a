"""The events: appended once, read by case and by commit order (decisions 2)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.domain.events import Event
from app.domain.org import Role
from app.services.ports import Change, Raced
from db.repositories.rows import AnyRow, Rows, canonical, portions
from db.repositories.words import WORDS, WordsWriting, texts_of
from db.sqlite.trouble import is_duplicate
from db.tables.base import table
from db.tables.events import EventRow

EVENT = table(EventRow)
_E = EVENT.c

EVENTS = select(
    _E.id, _E.stream, _E.stream_version, _E.kind, _E.payload, _E.actor, _E.role, _E.occurred_at, _E.recorded_at,
    _E.on_behalf_of, _E.channel, WORDS.c.body, _E.words_id, _E.occurred_precision, _E.corrects, _E.whistle_id,
    _E.station, _E.schema, _E.seq,
).outerjoin_from(EVENT, WORDS, WORDS.c.id == _E.words_id)  # fmt: skip
"""Whole entries with their words; read them with ``event_of``."""
_OF_CASE = EVENTS.where(_E.whistle_id == bindparam("whistle")).order_by(_E.seq)
_OF_CASES = EVENTS.where(_E.whistle_id.in_(bindparam("ids", expanding=True))).order_by(_E.whistle_id, _E.seq)
_BY_ID = EVENTS.where(_E.id == bindparam("event"))
_LAST_SEQ = select(func.max(_E.seq))
_LAST_OCCURRED = select(func.max(_E.occurred_at))
_STREAM_VERSION = select(func.max(_E.stream_version)).where(_E.stream == bindparam("stream"))
_SINCE = (
    select(_E.seq, _E.kind, _E.whistle_id)
    .where(_E.seq > bindparam("after"))
    .order_by(_E.seq)
    .limit(bindparam("at_most"))
)
_WHOLE_SINCE = EVENTS.where(_E.seq > bindparam("after")).order_by(_E.seq).limit(bindparam("at_most"))
_INSERT = insert(EVENT)


def event_of(row: AnyRow) -> Event:
    """One row of ``EVENTS``."""
    (
        id_, stream, version, kind, payload, actor, role, occurred_at, recorded_at, on_behalf_of, channel, body,
        words_id, precision, corrects, whistle_id, station, schema, seq,
    ) = row  # fmt: skip
    return Event(
        id_, stream, version, kind, json.loads(payload), actor, role, occurred_at, recorded_at, on_behalf_of, channel,
        texts_of(body), words_id, precision, corrects, whistle_id, station, schema, seq,
    )  # fmt: skip


class EventReading(Rows):
    """Reads of the event table."""

    def events_of(self, whistle_id: UUID) -> tuple[Event, ...]:
        """All events of a case with their words, in commit order."""
        return tuple(self._all(_OF_CASE, event_of, {"whistle": whistle_id}))

    def events_of_all(self, whistle_ids: Collection[UUID]) -> dict[UUID, tuple[Event, ...]]:
        """All events of these cases, each in commit order; cases without any are left out."""
        found: dict[UUID, list[Event]] = {}
        for ids in portions(whistle_ids):
            for event in self._all(_OF_CASES, event_of, {"ids": ids}):
                if event.whistle_id is not None:
                    found.setdefault(event.whistle_id, []).append(event)
        return {id_: tuple(events) for id_, events in found.items()}

    def event(self, event_id: UUID) -> Event | None:
        """One event by its client-made id."""
        return self._one(_BY_ID, event_of, {"event": event_id})

    def last_seq(self) -> int:
        """The newest commit number, 0 when nothing ever happened."""
        return self._connection.scalar(_LAST_SEQ) or 0

    def last_occurred_at(self) -> datetime | None:
        """The latest instant any event is of."""
        latest: datetime | None = self._connection.scalar(_LAST_OCCURRED)
        return latest

    def changes_since(self, seq: int, limit: int = 1000) -> tuple[Change, ...]:
        """What was touched after a commit number, oldest first."""
        values = {"after": seq, "at_most": limit}
        return tuple(self._all(_SINCE, lambda row: Change(*row), values))

    def events_since(self, seq: int, limit: int = 200) -> tuple[Event, ...]:
        """Whole entries after a commit number, oldest first."""
        return tuple(self._all(_WHOLE_SINCE, event_of, {"after": seq, "at_most": limit}))

    def stream_version(self, stream: str) -> int:
        """The newest version of a stream, 0 when it has none."""
        return self._connection.scalar(_STREAM_VERSION, {"stream": stream}) or 0

    def org_version(self) -> int:
        """How often an organisation was loaded or a shift opened."""
        return self.stream_version("org")


class EventWriting(EventReading, WordsWriting):
    """Appending, the only change events know."""

    def append(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Store events and their words; returned with ``seq`` and ``words_id``. Raises Raced, see the port."""
        try:
            return tuple(self._append(event) for event in events)
        except IntegrityError as error:
            if is_duplicate(error):
                raise Raced(str(error.orig)) from error
            raise

    def _append(self, event: Event) -> Event:
        words_id, digest = event.words_id, None
        if event.words:
            words_id = words_id or uuid5(event.id, "words")
            digest = self._keep_words(words_id, event.words)
        elif words_id is not None:
            digest = self._digest(words_id)
        values = {
            "id": event.id, "stream": event.stream, "stream_version": event.stream_version, "kind": event.kind,
            "schema": event.schema, "payload": canonical(event.payload), "corrects": event.corrects,
            "actor": event.actor, "role": event.role, "on_behalf_of": event.on_behalf_of, "channel": event.channel,
            "words_id": words_id, "words_digest": digest, "occurred_at": event.occurred_at,
            "occurred_precision": event.occurred_precision, "recorded_at": event.recorded_at,
            "station": event.station, "whistle_id": event.whistle_id,
        }  # fmt: skip
        (seq,) = self._connection.execute(_INSERT, values).inserted_primary_key or (0,)
        if event.whistle_id is not None and event.role is not Role.SYSTEM:
            self._note_record(event.whistle_id, event.recorded_at)
        return replace(event, words_id=words_id, seq=seq)

    def _note_record(self, whistle_id: UUID, at: datetime) -> None:
        """A person recorded something for this case at ``at``: the grid learns of it when the case is saved."""

"""Handovers between shifts, and the owner of each open case (domain 6.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, text, update

from app.domain.events import BESIDE, FROZEN
from app.domain.handover import HandoverRecord
from app.domain.handover_entry import GearCheck, HandoverEntry
from db.repositories.cases import WHISTLE
from db.repositories.events import EVENT
from db.repositories.holding import HANDOVER
from db.repositories.rows import AnyRow, Rows, columns_of, portions, values_of
from db.repositories.words import WORDS, texts_of
from db.tables.base import table
from db.tables.handover import UNDER_WAY, HandoverEntryRow, HandoverGearRow

ENTRY, GEAR = table(HandoverEntryRow), table(HandoverGearRow)
_H, _E, _G = HANDOVER.c, ENTRY.c, GEAR.c
_EMPTY = ("incoming",)

_HANDOVERS = select(*columns_of(HANDOVER, HandoverRecord, empty=_EMPTY))
_BODY = select(WORDS.c.body).join_from(HANDOVER, WORDS, WORDS.c.id == _H.words_id).where(_H.id == bindparam("id"))
_ENTRIES = (
    select(_E.id, _E.sort, _E.item, _E.mark, _E.by, _E.at, WORDS.c.body)
    .outerjoin_from(ENTRY, WORDS, WORDS.c.id == _E.words_id)
    .join(EVENT, EVENT.c.id == _E.id)
    .where(_E.handover_id == bindparam("id"))
    .order_by(EVENT.c.seq)
)
_GEAR = (
    select(_G.code, _G.ok, _G.by, _G.at, WORDS.c.body)
    .outerjoin_from(GEAR, WORDS, WORDS.c.id == _G.words_id)
    .where(_G.handover_id == bindparam("id"))
    .order_by(_G.code)
)
_LAST_STEPS = (
    select(EVENT.c.whistle_id, func.max(EVENT.c.seq))
    .where(EVENT.c.whistle_id.in_(bindparam("ids", expanding=True)))
    .where(EVENT.c.kind.not_in(sorted(BESIDE)))
    .group_by(EVENT.c.whistle_id)
)


class HandoverReading(Rows):
    """``app.services.handover_ports.HandoverReads`` over one transaction."""

    def handover(self, handover_id: UUID) -> HandoverRecord | None:
        """One handover."""
        return self._one(_HANDOVERS.where(_H.id == bindparam("id")), _record, {"id": handover_id})

    def under_way(self) -> HandoverRecord | None:
        """The one that the incoming shift has not signed."""
        statement = _HANDOVERS.where(text(f"handover.{UNDER_WAY}")).order_by(_H.opened_at.desc()).limit(1)
        return self._one(statement, _record)

    def taken(self, limit: int = 30) -> tuple[HandoverRecord, ...]:
        """Those that both have signed, the latest first."""
        statement = _HANDOVERS.where(_H.taken_at.is_not(None)).order_by(_H.taken_at.desc()).limit(limit)
        return tuple(self._all(statement, _record))

    def frozen(self, handover_id: UUID) -> str:
        """A handover as it was signed."""
        return texts_of(self._connection.scalar(_BODY, {"id": handover_id})).get(FROZEN, "")

    def entries(self, handover_id: UUID) -> tuple[HandoverEntry, ...]:
        """What was written down, in commit order."""
        return tuple(self._all(_ENTRIES, _entry, {"id": handover_id}))

    def gear(self, handover_id: UUID) -> tuple[GearCheck, ...]:
        """What was said of the equipment."""
        return tuple(self._all(_GEAR, _gear, {"id": handover_id}))

    def last_steps(self, whistle_ids: Sequence[UUID]) -> Mapping[UUID, int]:
        """Commit number of the newest entry of each case, reminders and changes of its owner apart."""
        found: dict[UUID, int] = {}
        for ids in portions(list(whistle_ids)):
            found.update(self._all(_LAST_STEPS, lambda row: (row[0], row[1]), {"ids": ids}))
        return found


class HandoverWriting(HandoverReading):
    """``app.services.handover_ports.HandoverWrites`` over one transaction."""

    def save(self, record: HandoverRecord, words_id: UUID | None = None) -> bool:
        """Write a handover as the next of its versions; False when somebody else was faster."""
        row = values_of(record, empty=_EMPTY) | ({"words_id": words_id} if words_id is not None else {})
        if record.version == 1:
            self._insert(HANDOVER, row)
            return True
        changed = update(HANDOVER).where(_H.id == record.id, _H.version == record.version - 1).values(**row)
        return self._connection.execute(changed).rowcount == 1

    def add_entry(self, handover_id: UUID, entry: HandoverEntry, words_id: UUID | None) -> None:
        """What was written down."""
        row = {name: value for name, value in values_of(entry).items() if name != "text"}
        self._insert(ENTRY, row | {"handover_id": handover_id, "words_id": words_id})

    def set_gear(self, handover_id: UUID, check: GearCheck, words_id: UUID | None) -> None:
        """Whether a piece is there, in the place of what was said before."""
        self._connection.execute(delete(GEAR).where(_G.handover_id == handover_id, _G.code == check.code))
        row = {name: value for name, value in values_of(check).items() if name != "remark"}
        self._insert(GEAR, row | {"handover_id": handover_id, "words_id": words_id})

    def own(self, whistle_ids: Sequence[UUID], owner: str) -> int:
        """These cases have another owner; how many there were."""
        changed = update(WHISTLE).where(WHISTLE.c.id.in_(bindparam("ids", expanding=True))).values(owner=owner)
        return sum(self._connection.execute(changed, {"ids": ids}).rowcount for ids in portions(list(whistle_ids)))


def _record(row: AnyRow) -> HandoverRecord:
    return HandoverRecord(*row)


def _entry(row: AnyRow) -> HandoverEntry:
    *plain, body = row
    return HandoverEntry(*(*plain, texts_of(body).get("text", "")))


def _gear(row: AnyRow) -> GearCheck:
    *plain, body = row
    return GearCheck(*(*plain, texts_of(body).get("text", "")))

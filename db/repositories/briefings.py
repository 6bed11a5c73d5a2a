"""Briefings, notes, who was there, and action items (domain 6.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, text, update

from app.domain.action_item import ActionItem
from app.domain.briefing import NoteLine, Present
from app.domain.briefing_record import BriefingRecord
from app.domain.events import FROZEN
from db.repositories.events import EVENT
from db.repositories.rows import AnyRow, Rows, columns_of, values_of
from db.repositories.words import WORDS, texts_of
from db.tables.base import table
from db.tables.briefing import TO_DO, ActionItemRow, BriefingNoteRow, BriefingPresentRow, BriefingRow

BRIEFING, NOTE = table(BriefingRow), table(BriefingNoteRow)
PRESENT, ITEM = table(BriefingPresentRow), table(ActionItemRow)
_B, _N, _P, _I = BRIEFING.c, NOTE.c, PRESENT.c, ITEM.c
_ENDING = WORDS.alias("ending_words")

_BRIEFINGS = select(*columns_of(BRIEFING, BriefingRecord))
_BODY = select(WORDS.c.body).join_from(BRIEFING, WORDS, WORDS.c.id == _B.words_id).where(_B.id == bindparam("id"))
_NOTES = (
    select(_N.id, _N.section, WORDS.c.body, _N.by, _N.at, _N.six_role, _N.corrects, _N.after)
    .outerjoin_from(NOTE, WORDS, WORDS.c.id == _N.words_id)
    .join(EVENT, EVENT.c.id == _N.id)
    .where(_N.briefing_id == bindparam("id"))
    .order_by(EVENT.c.seq)
)
_PRESENT = (
    select(_P.member, _P.here, WORDS.c.body)
    .outerjoin_from(PRESENT, WORDS, WORDS.c.id == _P.words_id)
    .where(_P.briefing_id == bindparam("id"))
    .order_by(_P.member)
)
_ITEM_FIELDS = [field.name for field in fields(ActionItem) if field.name not in ("texts", "ending")]
_ITEMS = (
    select(
        *(func.coalesce(_I[name], "").label(name) if name == "grid" else _I[name] for name in _ITEM_FIELDS),
        WORDS.c.body, _ENDING.c.body,
    )
    .outerjoin_from(ITEM, WORDS, WORDS.c.id == _I.words_id)
    .outerjoin(_ENDING, _ENDING.c.id == _I.done_words_id)
)  # fmt: skip
_OF_UNITS = _I.unit.in_(bindparam("units", expanding=True))


class BriefingReading(Rows):
    """``app.services.briefing_ports.BriefingReads`` over one transaction."""

    def briefing(self, briefing_id: UUID) -> BriefingRecord | None:
        """One briefing."""
        return self._one(_BRIEFINGS.where(_B.id == bindparam("id")), _briefing, {"id": briefing_id})

    def latest(self, unit: str, limit: int = 30) -> tuple[BriefingRecord, ...]:
        """Those of a unit, the latest first."""
        statement = _BRIEFINGS.where(_B.unit == bindparam("of_unit")).order_by(_B.until_at.desc()).limit(limit)
        return tuple(self._all(statement, _briefing, {"of_unit": unit}))

    def frozen(self, briefing_id: UUID) -> str:
        """A signed briefing as it was signed."""
        return texts_of(self._connection.scalar(_BODY, {"id": briefing_id})).get(FROZEN, "")

    def notes(self, briefing_id: UUID) -> tuple[NoteLine, ...]:
        """What was said, the earliest first."""
        return tuple(self._all(_NOTES, _note, {"id": briefing_id}))

    def present(self, briefing_id: UUID) -> tuple[Present, ...]:
        """Who was there."""
        return tuple(self._all(_PRESENT, _present, {"id": briefing_id}))

    def item(self, item_id: UUID) -> ActionItem | None:
        """One item."""
        return self._one(_ITEMS.where(_I.id == bindparam("id")), _item, {"id": item_id})

    def item_numbered(self, number: int) -> ActionItem | None:
        """One item by its number."""
        return self._one(_ITEMS.where(_I.number == bindparam("of_number")), _item, {"of_number": number})

    def items_open(self, units: Sequence[str], limit: int = 500) -> tuple[ActionItem, ...]:
        """Items of these units that are not done, the soonest due first."""
        statement = _ITEMS.where(text(f"action_item.{TO_DO}"), _OF_UNITS).order_by(_I.due_at, _I.number).limit(limit)
        return tuple(self._all(statement, _item, {"units": list(units)}))

    def items_ended(self, units: Sequence[str], since: datetime, until: datetime) -> tuple[ActionItem, ...]:
        """Items that were done or dropped in [since, until)."""
        ended = _ITEMS.where(_OF_UNITS, _I.done_at >= bindparam("since"), _I.done_at < bindparam("until"))
        values = {"units": list(units), "since": since, "until": until}
        return tuple(self._all(ended.order_by(_I.done_at, _I.number), _item, values))


class BriefingWriting(BriefingReading):
    """``app.services.briefing_ports.BriefingWrites`` over one transaction."""

    def save_briefing(self, record: BriefingRecord, words_id: UUID | None = None) -> bool:
        """Write a briefing as the next of its versions; False when somebody else was faster."""
        row = values_of(record) | ({"words_id": words_id} if words_id is not None else {})
        if record.version == 1:
            self._insert(BRIEFING, row)
            return True
        changed = update(BRIEFING).where(_B.id == record.id, _B.version == record.version - 1).values(**row)
        return self._connection.execute(changed).rowcount == 1

    def add_note(self, briefing_id: UUID, note: NoteLine, words_id: UUID) -> None:
        """What was said."""
        row = {name: getattr(note, name) for name in ("id", "section", "six_role", "by", "at", "corrects", "after")}
        self._insert(NOTE, row | {"briefing_id": briefing_id, "words_id": words_id})

    def set_present(self, briefing_id: UUID, present: Sequence[Present], words: dict[str, UUID]) -> None:
        """Who is there, in the place of what was recorded before."""
        self._connection.execute(delete(PRESENT).where(_P.briefing_id == briefing_id))
        for one in present:
            self._insert(PRESENT, {"briefing_id": briefing_id, "member": one.member, "here": one.here,
                                   "words_id": words.get(one.member)})  # fmt: skip

    def next_item(self) -> int:
        """The number of the next item."""
        return (self._connection.scalar(select(func.max(_I.number))) or 0) + 1

    def save_item(self, item: ActionItem, words_id: UUID, done_words_id: UUID | None = None) -> bool:
        """Write an item as the next of its versions; False when somebody else was faster."""
        row: dict[str, Any] = {name: getattr(item, name) for name in _ITEM_FIELDS}
        row["grid"] = item.grid or None
        if item.version == 1:
            self._insert(ITEM, row | {"words_id": words_id})
            return True
        if done_words_id is not None:
            row["done_words_id"] = done_words_id
        changed = update(ITEM).where(_I.id == item.id, _I.version == item.version - 1).values(**row)
        return self._connection.execute(changed).rowcount == 1


def _briefing(row: AnyRow) -> BriefingRecord:
    return BriefingRecord(*row)


def _note(row: AnyRow) -> NoteLine:
    id_, section, body, by, at, six_role, corrects, after = row
    return NoteLine(id_, section, texts_of(body).get("text", ""), by, at, six_role, corrects, after)


def _present(row: AnyRow) -> Present:
    member, here, body = row
    return Present(member, here, texts_of(body).get("why", ""))


def _item(row: AnyRow) -> ActionItem:
    *plain, body, ending = row
    return ActionItem(*(*plain, texts_of(body), texts_of(ending)))

"""Handovers between shifts: what was said of each item, who accepted it, the equipment, who signed (domain 6.2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.handover import HandoverState
from app.domain.handover_entry import EntrySort
from db.tables.base import Row, check, coded, partial, refers, same

UNDER_WAY = "state <> 'taken'"
"""Handovers that the incoming shift has not signed."""


class HandoverRow(Row, table=True):
    """One handover of a shift. Taken, it is frozen: ``words_id`` holds it as it was signed."""

    __table_args__ = (
        refers("id", "event.id"),
        refers("outgoing", "shift.code", later=True),
        refers("incoming", "shift.code", later=True),
        refers("words_id", "words.id"),
        check("version", "version >= 1"),
        check("handed", same("handed_at IS NOT NULL", "state <> 'draft'")),
        check("taken", same("taken_at IS NOT NULL", "state = 'taken'")),
        check("relieved", same("incoming IS NOT NULL", "state = 'taken'")),
        check("frozen", same("words_id IS NOT NULL", "state = 'taken'")),
        Index(None, "taken_at"),
        partial("ix_handover_under_way", "state", where=UNDER_WAY),
    )

    id: UUID = Field(primary_key=True)
    version: int
    state: HandoverState = Field(sa_type=coded(HandoverState, "state"))
    outgoing: str
    opened_at: datetime
    opened_by: str
    incoming: str | None = None
    handed_at: datetime | None = None
    handed_by: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""
    words_id: UUID | None = None


class HandoverEntryRow(Row, table=True):
    """A line on an item, its acceptance, or a note for the relief; of an item the latest of each sort counts."""

    __table_args__ = (
        refers("id", "event.id"),
        refers("handover_id", "handover.id"),
        refers("words_id", "words.id"),
        check("item", same("item <> ''", "sort IN ('accepted', 'told')")),
        Index(None, "handover_id", "at"),
    )

    id: UUID = Field(primary_key=True)
    handover_id: UUID
    sort: EntrySort = Field(sa_type=coded(EntrySort, "sort"))
    item: str = ""
    mark: str = ""
    """How the item stood."""
    by: str
    at: datetime
    words_id: UUID | None = None


class HandoverGearRow(Row, table=True):
    """Whether a piece of the equipment is there."""

    __table_args__ = (refers("handover_id", "handover.id"), refers("words_id", "words.id"))

    handover_id: UUID = Field(primary_key=True)
    code: str = Field(primary_key=True)
    ok: bool
    by: str
    at: datetime
    words_id: UUID | None = None

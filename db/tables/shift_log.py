"""The shift log: entries that somebody made; what else stands in it is read from the events (domain 6.2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.shift_log import LogSource, LogState
from app.domain.whistle import Precision
from db.tables.base import Row, check, coded, partial, refers, same

UNDONE = "state = 'open' AND corrected_by IS NULL"
"""Entries that somebody must still see to."""


class LogEntryRow(Row, table=True):
    """One entry; what was typed lies in words. Only its state and what corrects it ever change."""

    __table_args__ = (
        refers("id", "event.id"),
        refers("shift", "shift.code"),
        refers("grid", "unit.code"),
        refers("place", "place.code"),
        refers("whistle_id", "whistle.id"),
        refers("corrects", "log_entry.id"),
        refers("corrected_by", "log_entry.id", later=True),
        refers("words_id", "words.id"),
        refers("closing_words_id", "words.id"),
        check("counts", "version >= 1 AND number >= 1"),
        check("closed", same("closed_at IS NOT NULL", "state = 'closed'")),
        Index(None, "at"),
        partial("ix_log_entry_open", "number", where=UNDONE),
    )

    id: UUID = Field(primary_key=True)
    number: int = Field(unique=True)
    version: int
    source: LogSource = Field(sa_type=coded(LogSource, "source"))
    state: LogState = Field(sa_type=coded(LogState, "state"))
    at: datetime
    precision: Precision = Field(sa_type=coded(Precision, "precision"))
    recorded_at: datetime
    by: str
    shift: str | None = None
    grid: str | None = None
    place: str | None = None
    whistle_id: UUID | None = None
    corrects: UUID | None = None
    corrected_by: UUID | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    words_id: UUID
    closing_words_id: UUID | None = None

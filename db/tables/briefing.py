"""Briefings, what was said in them, who was there, and the action items that came of them (domain 6.1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.domain.action_item import ItemState
from app.domain.briefing import Section
from app.domain.briefing_record import BriefingState
from app.domain.org import SixRole
from db.tables.base import Row, check, coded, partial, refers, same

TO_DO = "state = 'open'"
"""Items that are not done."""


class BriefingRow(Row, table=True):
    """One briefing of a unit, [since_at, until_at). Signed, it is frozen: ``words_id`` holds it as it was signed."""

    __table_args__ = (
        refers("id", "event.id"),
        refers("unit", "unit.code"),
        refers("words_id", "words.id"),
        UniqueConstraint("unit", "until_at"),
        check("version", "version >= 1"),
        check("span", "until_at > since_at"),
        check("signed", same("signed_at IS NOT NULL", "state = 'signed'")),
        check("frozen", same("words_id IS NOT NULL", "state = 'signed'")),
    )

    id: UUID = Field(primary_key=True)
    version: int
    unit: str
    state: BriefingState = Field(sa_type=coded(BriefingState, "state"))
    since_at: datetime
    until_at: datetime
    opened_at: datetime
    opened_by: str
    chair: str = ""
    recorder: str = ""
    signed_at: datetime | None = None
    signed_by: str = ""
    through_seq: int = 0
    """The newest entry that it knew when it was signed."""
    words_id: UUID | None = None


class BriefingNoteRow(Row, table=True):
    """What was said in a briefing; ``after`` it was signed."""

    __table_args__ = (
        refers("id", "event.id"),
        refers("briefing_id", "briefing.id"),
        refers("corrects", "briefing_note.id"),
        refers("words_id", "words.id"),
        Index(None, "briefing_id", "at"),
    )

    id: UUID = Field(primary_key=True)
    briefing_id: UUID
    section: Section = Field(sa_type=coded(Section, "section"))
    six_role: SixRole | None = Field(default=None, sa_type=coded(SixRole, "six_role"))
    by: str
    at: datetime
    corrects: UUID | None = None
    after: bool
    words_id: UUID


class BriefingPresentRow(Row, table=True):
    """Whether a member was there."""

    __table_args__ = (refers("briefing_id", "briefing.id"), refers("words_id", "words.id"))

    briefing_id: UUID = Field(primary_key=True)
    member: str = Field(primary_key=True)
    here: bool
    words_id: UUID | None = None


class ActionItemRow(Row, table=True):
    """Something that somebody is to do by a time; it stands in every briefing of its unit until it is done."""

    __table_args__ = (
        refers("id", "event.id"),
        refers("unit", "unit.code"),
        refers("briefing_id", "briefing.id"),
        refers("grid", "unit.code"),
        refers("whistle_id", "whistle.id"),
        refers("reminder_id", "reminder.id"),
        refers("words_id", "words.id"),
        refers("done_words_id", "words.id"),
        check("counts", "version >= 1 AND number >= 1"),
        check("done", same("done_at IS NOT NULL", "state <> 'open'")),
        partial("ix_action_item_open", "unit", "due_at", where=TO_DO),
    )

    id: UUID = Field(primary_key=True)
    number: int = Field(unique=True)
    version: int
    unit: str
    briefing_id: UUID | None = None
    state: ItemState = Field(sa_type=coded(ItemState, "state"))
    owner: str
    due_at: datetime
    grid: str | None = None
    whistle_id: UUID | None = None
    set_by: str
    set_at: datetime
    reminder_id: UUID | None = None
    done_at: datetime | None = None
    done_by: str = ""
    words_id: UUID
    done_words_id: UUID | None = None

"""Signals, response levels, the posture in force, and who is to leave (domain 4.1, 4.2, 4.4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.flood import Ending, HouseholdState, SignalSource
from app.domain.hazard import Hazard
from app.domain.posture import Colour, Posture, ResponseLevel
from app.domain.warning import CapStatus, MsgType
from db.tables.base import Row, check, coded, partial, refers, same, unless

COUNTS = "counts"
"""Condition of a partial index; a query must repeat it to the letter."""
STANDS = "ended_as IS NULL OR ended_as <> 'undone'"
AWAY = "state <> 'returned'"


class WarningRow(Row, table=True):
    """One warning message; columns are the fields of ``app.domain.flood.Signal``, its texts lie in words."""

    __table_args__ = (
        refers("words_id", "words.id"),
        refers("end_words_id", "words.id"),
        refers("file", "warning_file.digest"),
        check("version", "version >= 1"),
        check("identifier", "identifier <> ''"),
        check("ended", same("ended_at IS NULL", "ended_as IS NULL")),
        check("closes_at", unless("expires_at IS NULL", "closes_at <= expires_at")),
        partial("uq_warning_message", "identifier", "sender", "sent", where=STANDS, unique=True),
        partial("ix_warning_open", "closes_at", where=COUNTS),
        Index("ix_warning_recorded", "recorded_at"),
        Index("ix_warning_ended_by", "ended_by"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    identifier: str
    sender: str
    sent: datetime
    status: CapStatus = Field(sa_type=coded(CapStatus, "status"))
    msg_type: MsgType = Field(sa_type=coded(MsgType, "msg_type"))
    source: SignalSource = Field(sa_type=coded(SignalSource, "source"))
    colour: Colour | None = Field(default=None, sa_type=coded(Colour, "colour"))
    hazard: Hazard = Field(sa_type=coded(Hazard, "hazard", checked=False))
    type_code: str = ""
    counts: bool
    begins_at: datetime
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    ended_as: Ending | None = Field(default=None, sa_type=coded(Ending, "ended_as"))
    ended_by: UUID | None = None
    closes_at: datetime
    """The sooner of the two ends; far off where neither is known."""
    recorded_at: datetime
    recorded_by: str
    words_id: UUID
    end_words_id: UUID | None = None
    file: str | None = None
    """Digest of the file it was imported from."""


class WarningReferenceRow(Row, table=True):
    """An earlier message that a message updates or cancels: also one that has not come in yet."""

    __table_args__ = (
        refers("warning_id", "warning.id"),
        check("nth", "nth >= 1"),
        Index("ix_warning_reference", "identifier"),
    )

    warning_id: UUID = Field(primary_key=True)
    nth: int = Field(primary_key=True)
    identifier: str
    sender: str = ""
    sent: datetime | None = None


class WarningFileRow(Row, table=True):
    """A file as it was imported, to the byte: every message in it, every language, the signature."""

    digest: str = Field(primary_key=True)
    """SHA-256 of ``body``, hex."""
    body: bytes


class ResponseLevelRow(Row, table=True):
    """A response level with the document it rests on; issuer and number lie in words."""

    __table_args__ = (
        refers("words_id", "words.id"),
        refers("end_words_id", "words.id"),
        check("version", "version >= 1"),
        check("ended", same("ended_at IS NULL", "ended_as IS NULL")),
        check("until", unless("until_at IS NULL", "until_at > begins_at")),
        Index("ix_response_level_open", "closes_at"),
        Index("ix_response_level_recorded", "recorded_at"),
        Index("ix_response_level_ended_by", "ended_by"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    level: ResponseLevel = Field(sa_type=coded(ResponseLevel, "level"))
    begins_at: datetime
    until_at: datetime | None = None
    ended_at: datetime | None = None
    ended_as: Ending | None = Field(default=None, sa_type=coded(Ending, "ended_as"))
    ended_by: UUID | None = None
    closes_at: datetime
    recorded_at: datetime
    recorded_by: str
    words_id: UUID
    end_words_id: UUID | None = None


class PostureRow(Row, table=True):
    """The posture in force, one row; none = it never changed."""

    __table_args__ = (refers("by_event", "event.id"), check("id", "id = 1"), check("version", "version >= 1"))

    id: int = Field(primary_key=True)
    posture: Posture = Field(sa_type=coded(Posture, "posture"))
    since: datetime
    version: int
    by_event: UUID


class HouseholdRow(Row, table=True):
    """A household that is to leave or has left; name, address and where to lie in words."""

    __table_args__ = (
        refers("grid", "unit.code"),
        refers("round_id", "round.id"),
        refers("words_id", "words.id"),
        refers("left_words_id", "words.id"),
        check("counts", "version >= 1 AND number >= 1 AND people >= 0 AND calls >= 0"),
        check("answered", unless("state <> 'answered'", "answered_at IS NOT NULL")),
        check("left", unless("state NOT IN ('left', 'returned')", "left_at IS NOT NULL")),
        check("returned", same("returned_at IS NOT NULL", "state = 'returned'")),
        partial("ix_household_away", "number", where=AWAY),
    )

    id: UUID = Field(primary_key=True)
    number: int = Field(unique=True)
    version: int
    grid: str
    people: int
    state: HouseholdState = Field(sa_type=coded(HouseholdState, "state"))
    calls: int
    added_at: datetime
    called_at: datetime | None = None
    called_by: str = ""
    answered_at: datetime | None = None
    left_at: datetime | None = None
    moved_by: str = ""
    returned_at: datetime | None = None
    round_id: UUID | None = None
    words_id: UUID
    left_words_id: UUID | None = None

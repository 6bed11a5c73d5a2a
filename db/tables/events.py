"""What happened and what was typed: append-only facts, their words, and what was solved on the spot (decisions 1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.domain.actor import Channel
from app.domain.events import EventKind
from app.domain.org import Role
from app.domain.whistle import Precision
from db.tables.base import Row, check, coded, partial, refers, same


class EventRow(Row, table=True):
    """One fact. ``seq`` is the commit order; triggers refuse every change.

    The table is never rebuilt, so the vocabularies that grow with the product (kind, role, channel) are
    refused by the program instead of by a CHECK.
    """

    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("stream", "stream_version"),
        refers("words_id", "words.id"),
        refers("corrects", "event.id"),
        refers("whistle_id", "whistle.id", later=True),
        check("stream_version", "stream_version >= 1"),
        check("schema", "schema >= 1"),
        check("kind", "kind <> ''"),
        check("words", same("words_id IS NULL", "words_digest IS NULL")),
        Index(None, "whistle_id", "seq"),
        Index(None, "occurred_at"),
        partial("ix_event_corrects", "corrects", where="corrects IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(default=None, primary_key=True)
    id: UUID
    stream: str
    stream_version: int
    kind: EventKind = Field(sa_type=coded(EventKind, "kind", checked=False))
    schema_: int = Field(sa_column_kwargs={"name": "schema"})
    payload: str
    """Canonical JSON: codes, ids, numbers and times."""
    corrects: UUID | None = None
    actor: str
    role: Role = Field(sa_type=coded(Role, "role", checked=False))
    on_behalf_of: str = ""
    channel: Channel = Field(sa_type=coded(Channel, "channel", checked=False))
    words_id: UUID | None = None
    words_digest: str | None = None
    """The digest of the words when they were written: stays when retention empties them."""
    occurred_at: datetime
    occurred_precision: Precision = Field(sa_type=coded(Precision, "occurred_precision"))
    recorded_at: datetime
    station: str = ""
    whistle_id: UUID | None = None


class WordsRow(Row, table=True):
    """What a person typed, by field. Retention empties body and salt together; the digest stays."""

    __table_args__ = (check("emptied_whole", same("body IS NULL", "salt IS NULL")),)

    id: UUID = Field(primary_key=True)
    digest: str
    """SHA-256 of salt and body, hex."""
    salt: str | None
    body: str | None
    """Canonical JSON object of texts."""


class SpotRow(Row, table=True):
    """A service, visit or finding solved on the spot, without a whistle (domain 2.8)."""

    __table_args__ = (
        refers("grid", "unit.code"),
        refers("place", "place.code"),
        refers("words_id", "words.id"),
        check("kind", "kind IN ('finding', 'service', 'visit')"),
        Index(None, "occurred_at"),
    )

    id: UUID = Field(primary_key=True)
    kind: str
    grid: str
    place: str | None = None
    matter: str = ""
    recorded_by: str
    occurred_at: datetime
    recorded_at: datetime
    words_id: UUID | None = None

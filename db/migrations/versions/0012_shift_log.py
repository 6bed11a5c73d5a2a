"""The shift log: entries that somebody made, with what is still open of them (issue 6).

Revision ID: 0012

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of entries."""
    op.create_table(
        "log_entry",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.Integer(), "number", "version"),
        _code("source", "phone radio platform visit patrol superior desk"),
        _code("state", "noted open closed"),
        *_columns(_INSTANT, "at"),
        _code("precision", "exact approx"),
        *_columns(_INSTANT, "recorded_at"),
        *_columns(sa.String(), "by"),
        *_columns(sa.String(), "shift", "grid", "place", null=True),
        *_columns(sa.Uuid(), "whistle_id", "corrects", "corrected_by", null=True),
        *_columns(_INSTANT, "closed_at", null=True),
        *_columns(sa.String(), "closed_by"),
        *_columns(sa.Uuid(), "words_id"),
        *_columns(sa.Uuid(), "closing_words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.ForeignKeyConstraint(["id"], ["event.id"]),
        sa.ForeignKeyConstraint(["shift"], ["shift.code"]),
        sa.ForeignKeyConstraint(["grid"], ["unit.code"]),
        sa.ForeignKeyConstraint(["place"], ["place.code"]),
        sa.ForeignKeyConstraint(["whistle_id"], ["whistle.id"]),
        sa.ForeignKeyConstraint(["corrects"], ["log_entry.id"]),
        sa.ForeignKeyConstraint(["corrected_by"], ["log_entry.id"], deferrable=True, initially="DEFERRED"),
        sa.ForeignKeyConstraint(["words_id"], ["words.id"]),
        sa.ForeignKeyConstraint(["closing_words_id"], ["words.id"]),
        _check("counts", "version >= 1 AND number >= 1"),
        _check("closed", "(closed_at IS NOT NULL) = (state = 'closed')"),
    )
    op.create_index("ix_log_entry_at", "log_entry", ["at"])
    op.create_index(
        "ix_log_entry_open", "log_entry", ["number"],
        sqlite_where=sa.text("state = 'open' AND corrected_by IS NULL"),
    )  # fmt: skip


_INSTANT = sa.DateTime(timezone=True)


def _columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _code(name: str, codes: str) -> sa.Column[Any]:
    kind = sa.Enum(*codes.split(), name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)

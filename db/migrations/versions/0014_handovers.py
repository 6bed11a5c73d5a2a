"""Handovers between shifts (issue 6).

Revision ID: 0014

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of handovers."""
    _handover()
    _entries()


def _handover() -> None:
    op.create_table(
        "handover",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.Integer(), "version"),
        _code("state", "draft handed taken"),
        *_columns(sa.String(), "outgoing"),
        *_columns(_INSTANT, "opened_at"),
        *_columns(sa.String(), "opened_by"),
        *_columns(sa.String(), "incoming", null=True),
        *_columns(_INSTANT, "handed_at", null=True),
        *_columns(sa.String(), "handed_by"),
        *_columns(_INSTANT, "taken_at", null=True),
        *_columns(sa.String(), "taken_by"),
        *_columns(sa.Uuid(), "words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        *_refers(id="event.id", words_id="words.id"),
        *_refers_later(outgoing="shift.code", incoming="shift.code"),
        _check("version", "version >= 1"),
        _check("handed", "(handed_at IS NOT NULL) = (state <> 'draft')"),
        _check("taken", "(taken_at IS NOT NULL) = (state = 'taken')"),
        _check("relieved", "(incoming IS NOT NULL) = (state = 'taken')"),
        _check("frozen", "(words_id IS NOT NULL) = (state = 'taken')"),
    )
    op.create_index("ix_handover_taken_at", "handover", ["taken_at"])
    op.create_index("ix_handover_under_way", "handover", ["state"], sqlite_where=sa.text("state <> 'taken'"))


def _entries() -> None:
    op.create_table(
        "handover_entry",
        *_columns(sa.Uuid(), "id", "handover_id"),
        _code("sort", "told accepted note addition"),
        *_columns(sa.String(), "item", "mark", "by"),
        *_columns(_INSTANT, "at"),
        *_columns(sa.Uuid(), "words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        *_refers(id="event.id", handover_id="handover.id", words_id="words.id"),
        _check("item", "(item <> '') = (sort IN ('accepted', 'told'))"),
    )
    op.create_index("ix_handover_entry_handover_id_at", "handover_entry", ["handover_id", "at"])
    op.create_table(
        "handover_gear",
        *_columns(sa.Uuid(), "handover_id"),
        *_columns(sa.String(), "code"),
        *_columns(sa.Boolean(), "ok"),
        *_columns(sa.String(), "by"),
        *_columns(_INSTANT, "at"),
        *_columns(sa.Uuid(), "words_id", null=True),
        sa.PrimaryKeyConstraint("handover_id", "code"),
        *_refers(handover_id="handover.id", words_id="words.id"),
    )


_INSTANT = sa.DateTime(timezone=True)


def _columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _refers(**targets: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([name], [target]) for name, target in targets.items()]


def _refers_later(**targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [target], deferrable=True, initially="DEFERRED")
        for name, target in targets.items()
    ]


def _code(name: str, codes: str, *, null: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*codes.split(), name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=null)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)

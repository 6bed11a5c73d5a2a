"""Briefings, what was said in them, who was there, and action items (issue 6).

Revision ID: 0013

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of briefings."""
    _briefing()
    _said()
    _action_item()


def _briefing() -> None:
    op.create_table(
        "briefing",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.Integer(), "version"),
        *_columns(sa.String(), "unit"),
        _code("state", "draft signed"),
        *_columns(_INSTANT, "since_at", "until_at", "opened_at"),
        *_columns(sa.String(), "opened_by", "chair", "recorder"),
        *_columns(_INSTANT, "signed_at", null=True),
        *_columns(sa.String(), "signed_by"),
        *_columns(sa.Integer(), "through_seq"),
        *_columns(sa.Uuid(), "words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "until_at"),
        *_refers(id="event.id", unit="unit.code", words_id="words.id"),
        _check("version", "version >= 1"),
        _check("span", "until_at > since_at"),
        _check("signed", "(signed_at IS NOT NULL) = (state = 'signed')"),
        _check("frozen", "(words_id IS NOT NULL) = (state = 'signed')"),
    )


def _said() -> None:
    sections = "night warnings open rounds six_roles today coordination review safety"
    roles = (
        "opinion_surveyor dispute_mediator urban_enforcer policy_publicist service_helper democracy_supervisor"
    )  # fmt: skip
    op.create_table(
        "briefing_note",
        *_columns(sa.Uuid(), "id", "briefing_id"),
        _code("section", sections),
        _code("six_role", roles, null=True),
        *_columns(sa.String(), "by"),
        *_columns(_INSTANT, "at"),
        *_columns(sa.Uuid(), "corrects", null=True),
        *_columns(sa.Boolean(), "after"),
        *_columns(sa.Uuid(), "words_id"),
        sa.PrimaryKeyConstraint("id"),
        *_refers(id="event.id", briefing_id="briefing.id", corrects="briefing_note.id", words_id="words.id"),
    )
    op.create_index("ix_briefing_note_briefing_id_at", "briefing_note", ["briefing_id", "at"])
    op.create_table(
        "briefing_present",
        *_columns(sa.Uuid(), "briefing_id"),
        *_columns(sa.String(), "member"),
        *_columns(sa.Boolean(), "here"),
        *_columns(sa.Uuid(), "words_id", null=True),
        sa.PrimaryKeyConstraint("briefing_id", "member"),
        *_refers(briefing_id="briefing.id", words_id="words.id"),
    )


def _action_item() -> None:
    op.create_table(
        "action_item",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.Integer(), "number", "version"),
        *_columns(sa.String(), "unit"),
        *_columns(sa.Uuid(), "briefing_id", null=True),
        _code("state", "open done dropped"),
        *_columns(sa.String(), "owner"),
        *_columns(_INSTANT, "due_at"),
        *_columns(sa.String(), "grid", null=True),
        *_columns(sa.Uuid(), "whistle_id", null=True),
        *_columns(sa.String(), "set_by"),
        *_columns(_INSTANT, "set_at"),
        *_columns(sa.Uuid(), "reminder_id", null=True),
        *_columns(_INSTANT, "done_at", null=True),
        *_columns(sa.String(), "done_by"),
        *_columns(sa.Uuid(), "words_id"),
        *_columns(sa.Uuid(), "done_words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        *_refers(
            id="event.id", unit="unit.code", briefing_id="briefing.id", grid="unit.code", whistle_id="whistle.id",
            reminder_id="reminder.id", words_id="words.id", done_words_id="words.id",
        ),
        _check("counts", "version >= 1 AND number >= 1"),
        _check("done", "(done_at IS NOT NULL) = (state <> 'open')"),
    )  # fmt: skip
    op.create_index("ix_action_item_open", "action_item", ["unit", "due_at"], sqlite_where=sa.text("state = 'open'"))


_INSTANT = sa.DateTime(timezone=True)


def _columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _refers(**targets: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([name], [target]) for name, target in targets.items()]


def _code(name: str, codes: str, *, null: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*codes.split(), name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=null)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)

"""The flood: warnings, response levels, the posture in force, and who is to leave.

Revision ID: 0010

Everything is written out as it was at this revision; nothing here may import the tables or the domain. The kinds of
weather grow with the product and are refused by the program, without a CHECK.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the flood."""
    _warning()
    _response_level()
    op.create_table(
        "posture",
        *_columns(sa.Integer(), "id"),
        _code("posture", "season blue yellow orange red"),
        *_columns(_INSTANT, "since"),
        *_columns(sa.Integer(), "version"),
        *_columns(sa.Uuid(), "by_event"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["by_event"], ["event.id"]),
        _check("id", "id = 1"),
        _check("version", "version >= 1"),
    )
    _household()


def _warning() -> None:
    op.create_table(
        "warning_file",
        *_columns(sa.String(), "digest"),
        *_columns(sa.LargeBinary(), "body"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "warning",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.Integer(), "version"),
        *_columns(sa.String(), "identifier", "sender"),
        *_columns(_INSTANT, "sent"),
        _code("status", "actual exercise system test draft"),
        _code("msg_type", "alert update cancel ack error"),
        _code("source", "typed cap"),
        _code("colour", "blue yellow orange red", null=True),
        *_columns(sa.String(40), "hazard"),
        *_columns(sa.String(), "type_code"),
        *_columns(sa.Boolean(), "counts"),
        *_columns(_INSTANT, "begins_at"),
        *_columns(_INSTANT, "expires_at", "ended_at", null=True),
        _code("ended_as", "cancelled superseded ended undone", null=True),
        *_columns(sa.Uuid(), "ended_by", null=True),
        *_columns(_INSTANT, "closes_at", "recorded_at"),
        *_columns(sa.String(), "recorded_by"),
        *_columns(sa.Uuid(), "words_id"),
        *_columns(sa.Uuid(), "end_words_id", null=True),
        *_columns(sa.String(), "file", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["words_id"], ["words.id"]),
        sa.ForeignKeyConstraint(["end_words_id"], ["words.id"]),
        sa.ForeignKeyConstraint(["file"], ["warning_file.digest"]),
        _check("version", "version >= 1"),
        _check("identifier", "identifier <> ''"),
        _check("ended", "(ended_at IS NULL) = (ended_as IS NULL)"),
        _check("closes_at", "expires_at IS NULL OR closes_at <= expires_at"),
    )
    op.create_index(
        "uq_warning_message", "warning", ["identifier", "sender", "sent"], unique=True,
        sqlite_where=sa.text("ended_as IS NULL OR ended_as <> 'undone'"),
    )  # fmt: skip
    op.create_index("ix_warning_open", "warning", ["closes_at"], sqlite_where=sa.text("counts"))
    op.create_index("ix_warning_recorded", "warning", ["recorded_at"])
    op.create_index("ix_warning_ended_by", "warning", ["ended_by"])
    op.create_table(
        "warning_reference",
        *_columns(sa.Uuid(), "warning_id"),
        *_columns(sa.Integer(), "nth"),
        *_columns(sa.String(), "identifier", "sender"),
        *_columns(_INSTANT, "sent", null=True),
        sa.PrimaryKeyConstraint("warning_id", "nth"),
        sa.ForeignKeyConstraint(["warning_id"], ["warning.id"]),
        _check("nth", "nth >= 1"),
    )
    op.create_index("ix_warning_reference", "warning_reference", ["identifier"])


def _response_level() -> None:
    op.create_table(
        "response_level",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.Integer(), "version"),
        _code("level", "IV III II I"),
        *_columns(_INSTANT, "begins_at"),
        *_columns(_INSTANT, "until_at", "ended_at", null=True),
        _code("ended_as", "cancelled superseded ended undone", null=True),
        *_columns(sa.Uuid(), "ended_by", null=True),
        *_columns(_INSTANT, "closes_at", "recorded_at"),
        *_columns(sa.String(), "recorded_by"),
        *_columns(sa.Uuid(), "words_id"),
        *_columns(sa.Uuid(), "end_words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["words_id"], ["words.id"]),
        sa.ForeignKeyConstraint(["end_words_id"], ["words.id"]),
        _check("version", "version >= 1"),
        _check("ended", "(ended_at IS NULL) = (ended_as IS NULL)"),
        _check("until", "until_at IS NULL OR until_at > begins_at"),
    )
    op.create_index("ix_response_level_open", "response_level", ["closes_at"])
    op.create_index("ix_response_level_recorded", "response_level", ["recorded_at"])
    op.create_index("ix_response_level_ended_by", "response_level", ["ended_by"])


def _household() -> None:
    op.create_table(
        "household",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.Integer(), "number", "version"),
        *_columns(sa.String(), "grid"),
        *_columns(sa.Integer(), "people"),
        _code("state", "to_call no_answer answered left returned"),
        *_columns(sa.Integer(), "calls"),
        *_columns(_INSTANT, "added_at"),
        *_columns(_INSTANT, "called_at", null=True),
        *_columns(sa.String(), "called_by"),
        *_columns(_INSTANT, "answered_at", "left_at", null=True),
        *_columns(sa.String(), "moved_by"),
        *_columns(_INSTANT, "returned_at", null=True),
        *_columns(sa.Uuid(), "round_id", null=True),
        *_columns(sa.Uuid(), "words_id"),
        *_columns(sa.Uuid(), "left_words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.ForeignKeyConstraint(["grid"], ["unit.code"]),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.ForeignKeyConstraint(["words_id"], ["words.id"]),
        sa.ForeignKeyConstraint(["left_words_id"], ["words.id"]),
        _check("counts", "version >= 1 AND number >= 1 AND people >= 0 AND calls >= 0"),
        _check("answered", "state <> 'answered' OR answered_at IS NOT NULL"),
        _check("left", "state NOT IN ('left', 'returned') OR left_at IS NOT NULL"),
        _check("returned", "(returned_at IS NOT NULL) = (state = 'returned')"),
    )
    op.create_index("ix_household_away", "household", ["number"], sqlite_where=sa.text("state <> 'returned'"))


_INSTANT = sa.DateTime(timezone=True)


def _columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _code(name: str, codes: str, *, null: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*codes.split(), name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=null)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)

"""Rounds: the rules they go by, and where each one stands.

Revision ID: 0006

Everything is written out as it was at this revision; nothing here may import the tables or the domain. The states of a
round grow with the product and are refused by the program, without a CHECK.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RULES_STAY = (
    "CREATE TRIGGER patrol_rules_no_{verb} BEFORE {VERB} ON patrol_rules "
    "BEGIN SELECT RAISE(ABORT, 'a version of the rules is never {done}'); END"
)


def upgrade() -> None:
    """Make the tables of rounds."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "patrol_rules",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("loaded_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("version"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint("body <> ''", name="body"),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("grid", sa.String(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("started_at", instant, nullable=False),
        sa.Column("ended_at", instant, nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.ForeignKeyConstraint(["grid"], ["unit.code"]),
        sa.ForeignKeyConstraint(["rules_version"], ["patrol_rules.version"]),
        sa.CheckConstraint("version >= 1 AND asked >= 0 AND answered >= 0 AND problems >= 0", name="counts"),
        sa.CheckConstraint("(ended_at IS NULL) = (state = 'under_way')", name="ended_at"),
        sa.CheckConstraint("team <> ''", name="team"),
    )
    op.create_index(
        "ix_round_under_way", "round", ["started_at", "id"], sqlite_where=sa.text("state = 'under_way'")
    )  # fmt: skip
    op.create_index("ix_round_started", "round", ["started_at"])
    op.create_index("ix_round_grid", "round", ["grid", "started_at"])
    op.create_table(
        "round_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
        sa.CheckConstraint("last >= 1", name="last"),
    )
    for verb, done in (("update", "changed"), ("delete", "deleted")):
        op.execute(RULES_STAY.format(verb=verb, VERB=verb.upper(), done=done))

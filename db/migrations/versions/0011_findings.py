"""Problems of rounds as rows of their own: what was found where, and whether it is the same again.

Revision ID: 0011

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of problems."""
    op.create_table(
        "finding",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("grid", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("handled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "point", "question"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.CheckConstraint("severity IN ('normal', 'urgent', 'critical')", name="severity"),
        sa.CheckConstraint("point >= 1", name="point"),
    )
    op.create_index("ix_finding_grid", "finding", ["grid", "kind", "place", "at"])
    op.create_index("ix_finding_at", "finding", ["at"])

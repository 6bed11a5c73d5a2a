"""Gauges: their readings, and what was told of them.

Revision ID: 0008

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of gauges."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "gauge_reading",
        sa.Column("gauge", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("millimetres", sa.Integer(), nullable=False),
        sa.Column("trend", sa.String(40), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("gauge", "at"),
        sa.CheckConstraint("gauge <> ''", name="gauge"),
        sa.CheckConstraint("source <> ''", name="source"),
    )
    op.create_index("ix_gauge_reading_slot", "gauge_reading", ["gauge", "slot", "millimetres", "at"])
    op.create_index(
        "ix_gauge_reading_source", "gauge_reading", ["source"], sqlite_where=sa.text("source NOT IN ('csv', 'typed')")
    )
    op.create_table(
        "gauge_told",
        sa.Column("gauge", sa.String(), nullable=False),
        sa.Column("matter", sa.String(40), nullable=False),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.PrimaryKeyConstraint("gauge", "matter"),
    )

"""Who corrects whom is found by an index: a log of one night asks it of a street's year of entries (decisions 31).

Revision ID: 0015

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index, over the few entries that correct another."""
    op.create_index("ix_event_corrects", "event", ["corrects"], sqlite_where=sa.text("corrects IS NOT NULL"))

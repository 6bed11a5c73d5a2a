"""The street's map as numbered versions.

Revision ID: 0009

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MAP_STAYS = (
    "CREATE TRIGGER street_map_no_{verb} BEFORE {VERB} ON street_map "
    "BEGIN SELECT RAISE(ABORT, 'a version of the map is never {done}'); END"
)


def upgrade() -> None:
    """Make the table of maps."""
    op.create_table(
        "street_map",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint("body <> ''", name="body"),
    )
    for verb, done in (("update", "changed"), ("delete", "deleted")):
        op.execute(MAP_STAYS.format(verb=verb, VERB=verb.upper(), done=done))

"""Who stands where, in full: own initials, contact points, party branches, workplaces, vending zones (domain 1).

Revision ID: 0002

Everything is written out as it was at this revision; nothing here may import the tables or the domain. What is added
may be empty: rows written before say nothing of it. The kinds of a place are checked by its table, so that one is made
anew; nothing is lost, and what refers to it by name still does.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COPIED = """
INSERT INTO place (code, name_zh, name_en, grid, kind, aliases, hazard, pinyin, position, retired_at)
SELECT code, name_zh, name_en, grid, kind, aliases, hazard, pinyin, position, retired_at FROM place_before
"""


def upgrade() -> None:
    """Add the columns, then make the table of places anew with its wider kinds."""
    _added("unit", "party_branch", sa.String(40))
    _added("department", "workplace", sa.String())
    _added("member", "managed_by", sa.String())
    _added("committee_member", "department", sa.String())
    _added("committee_member", "unit_type", sa.String(40))
    _added("contact", "unit", sa.String())
    op.execute("CREATE TABLE place_before AS SELECT * FROM place")
    op.drop_table("place")
    _place()
    op.execute(COPIED)
    op.drop_table("place_before")


def _added(table: str, name: str, kind: sa.String) -> None:
    op.add_column(table, sa.Column(name, kind, nullable=True))


def _place() -> None:
    kinds = "estate firm market building school bridge river road walkway service_center vending_zone other"
    op.create_table(
        "place",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("code", "name_zh", "name_en", "grid")),
        sa.Column("kind", sa.Enum(*kinds.split(), name="kind", native_enum=False, create_constraint=True, length=40),
                  nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("aliases", "hazard", "pinyin")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_pinyin", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
        sa.ForeignKeyConstraint(["grid"], ["unit.code"], deferrable=True, initially="DEFERRED"),
        sa.CheckConstraint("code <> ''", name="code"),
        sa.CheckConstraint("name_zh <> ''", name="name"),
    )  # fmt: skip

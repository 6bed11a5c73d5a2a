"""Finding: what is searched of each case, the index over it, and when a case left the board.

Revision ID: 0003

Everything is written out as it was at this revision; nothing here may import the tables or the domain. The rows of
``search`` are derived: the program fills them after the last revision (``db.migrations.run``), as it makes them then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = ("heading", "texts", "initials", "codes")

LEFT_AT = """
UPDATE whistle SET left_at = coalesce(closed_at, ended_at)
WHERE state IN ('closed', 'merged', 'rated', 'rejected', 'withdrawn')
"""

_ADD = """
INSERT INTO search_index(rowid, heading, texts, initials, codes)
VALUES (NEW.id, NEW.heading, NEW.texts, NEW.initials, NEW.codes);
"""
_DROP = """
INSERT INTO search_index(search_index, rowid, heading, texts, initials, codes)
VALUES ('delete', OLD.id, OLD.heading, OLD.texts, OLD.initials, OLD.codes);
"""
FULL_TEXT = (
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        heading, texts, initials, codes, content='search', content_rowid='id',
        prefix='2', columnsize=0, tokenize='unicode61 remove_diacritics 2')
    """,
    f"CREATE TRIGGER search_added AFTER INSERT ON search BEGIN {_ADD} END",
    f"CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN {_DROP} {_ADD} END",
    f"CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN {_DROP} END",
)


def upgrade() -> None:
    """Keep when a case left the board, then make the table of search and its index."""
    op.add_column("whistle", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(LEFT_AT)
    left = sa.text("left_at IS NOT NULL")
    op.create_index("ix_whistle_left", "whistle", ["state", "left_at", "id"], sqlite_where=left)
    op.create_index("ix_whistle_left_grid", "whistle", ["grid", "state", "left_at", "id"], sqlite_where=left)
    op.create_table(
        "search",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("whistle_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in COLUMNS),
        sa.ForeignKeyConstraint(["whistle_id"], ["whistle.id"]),
        sa.UniqueConstraint("whistle_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _full_text()


def _full_text() -> None:
    for statement in FULL_TEXT:
        op.execute(statement)

"""Finding by owner: the code of the member who owns a case stands among its codes of search.

Revision ID: 0004

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWNER = """
UPDATE search SET codes = codes || ' qxm' || lower(hex(
    (SELECT owner FROM whistle WHERE whistle.id = search.whistle_id)))
WHERE (SELECT owner <> '' AND owner <> blower FROM whistle WHERE whistle.id = search.whistle_id)
"""
"""Last among the codes, as the program writes them; the triggers bring the index in line."""


def upgrade() -> None:
    """Add the owner where it is not who blew the case: that member is found already."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(OWNER)

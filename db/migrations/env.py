"""Alembic's entry: runs revisions on the connection that was handed over, inside its transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import MetaData

from db.tables.base import NAMES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MetaData(naming_convention=NAMES),
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()

"""What SQLite needs around a migration: references off before it begins, checked before it commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


@contextmanager
def references_off(connection: Connection) -> Iterator[None]:
    """Foreign keys off while tables are rebuilt: with them on, dropping the old table empties its children.

    The setting only works outside a transaction, so it goes to the driver's connection directly.
    """
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def broken_references(connection: Connection) -> int:
    """How many rows name a row that is not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())

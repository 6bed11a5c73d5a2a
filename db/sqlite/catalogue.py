"""The texts SQLite keeps of what no inspector tells: triggers, partial indexes, counted keys."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection


def catalogue(connection: Connection) -> Iterator[tuple[str, str]]:
    """Name and text of every trigger, index and full-text index, and which tables never use a number twice."""
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    for kind, name, sql in rows:
        if kind in ("trigger", "index") or sql.lstrip().startswith("CREATE VIRTUAL TABLE"):
            yield f"{kind} {name}", " ".join(sql.split())
        elif name not in ("sqlite_sequence", "alembic_version"):
            yield f"autoincrement {name}", str("AUTOINCREMENT" in sql)

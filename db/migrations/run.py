"""Bring a database to the newest revision: under one lock, in one transaction, counted, with a backup before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, inspect, select, table

from app.domain.errors import StoreTrouble, Trouble
from app.domain.message import Message
from db.sqlite.engine import WRITE
from db.sqlite.migrating import broken_references, references_off
from db.sqlite.search import is_of_index

FOLDER = Path(__file__).resolve().parent


def configuration(versions: Path | None = None) -> Config:
    """Alembic's settings; ``versions`` is another folder of revisions, for tests."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    if versions is not None:
        config.set_main_option("version_locations", str(versions).replace("%", "%%"))
        config.set_main_option("path_separator", "newline")
    return config


def is_known(schema: str, versions: Path | None = None) -> bool:
    """Whether this program has the revision in its history: otherwise a newer program wrote the database."""
    script = ScriptDirectory.from_config(configuration(versions))
    return any(revision.revision == schema for revision in script.walk_revisions())


def migrate(
    engine: Engine, path: Path, *, before: Callable[[], object] = lambda: None, versions: Path | None = None
) -> None:
    """Run all due revisions. Several programs may call it at once: one works, the others find it done.

    ``before`` runs under the lock when there is something to do (the backup). Raises StoreTrouble when rows
    were lost or references broken on the way; then nothing has changed.
    """
    config = configuration(versions)
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect().execution_options(**WRITE) as connection, references_off(connection), connection.begin():
        if schema_version(connection) == newest:
            return
        before()
        counted = row_counts(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _derive(connection)
        now = row_counts(connection)
        if any(now.get(name) != count for name, count in counted.items()) or broken_references(connection):
            raise StoreTrouble(
                Message("{path} could not be brought to the new version; it stays as it was.", {"path": str(path)}),
                Trouble.DAMAGED,
            )


def _derive(connection: Connection) -> None:
    """Make the rows of search where a revision left some out: they are written as this program writes them."""
    from db.repositories.search_rows import SEARCH, WHISTLE, fill_search

    if inspect(connection).has_table(SEARCH.name):
        searched, cases = (connection.scalar(select(func.count()).select_from(rows)) or 0 for rows in (SEARCH, WHISTLE))
        if searched != cases:
            fill_search(connection)


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows per table, without alembic's own and what is derived."""
    names = [
        name
        for name in inspect(connection).get_table_names()
        if name not in ("alembic_version", "search") and not is_of_index(name)
    ]
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def schema_version(connection: Connection) -> str | None:
    """The revision the database is at; None while it has no tables."""
    return MigrationContext.configure(connection).get_current_revision()

"""Do the migrations make what the tables say? ``python -m db.check`` prints every difference and exits 1."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from db.migrations import HEAD
from db.migrations.run import configuration, migrate
from db.sqlite.birth import empty_file
from db.sqlite.catalogue import catalogue
from db.sqlite.engine import WRITE, open_engine
from db.sqlite.search import FULL_TEXT, is_of_index
from db.sqlite.triggers import TRIGGERS
from db.tables.every import METADATA


def differences() -> list[str]:
    """One line for each thing in which a migrated database differs from the tables; empty when there is none.

    Alembic compares tables, columns, types, keys and indexes; CHECKs, triggers and deferrals, which it does
    not see, are compared by their text in a database made by each.
    """
    found = _heads()
    with tempfile.TemporaryDirectory() as folder:
        migrated, modelled = _migrated(Path(folder) / "migrated.db"), _modelled(Path(folder) / "modelled.db")
        try:
            with migrated.connect() as left, modelled.connect() as right:
                options = {"compare_type": True, "compare_server_default": True, "include_name": _is_modelled}
                context = MigrationContext.configure(left, opts=options)
                found += [f"alembic: {change}" for change in compare_metadata(context, METADATA)]
                found += _compared(_structure(left), _structure(right))
        finally:
            migrated.dispose()
            modelled.dispose()
    return found


def _heads() -> list[str]:
    heads = ScriptDirectory.from_config(configuration()).get_heads()
    return [] if heads == [HEAD] else [f"heads: the newest revisions are {heads}, the program says {HEAD}"]


def _migrated(path: Path) -> Engine:
    empty_file(path)
    engine = open_engine(path)
    migrate(engine, path)
    return engine


def _modelled(path: Path) -> Engine:
    empty_file(path)
    engine = open_engine(path)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        METADATA.create_all(connection)
        for statement in (*FULL_TEXT.values(), *TRIGGERS.values()):
            connection.exec_driver_sql(statement)
    return engine


def _is_modelled(name: str | None, kind: str, _: Mapping[str, Any]) -> bool:
    """The full-text index is SQLite's own way; it is compared by its text alone."""
    return kind != "table" or not is_of_index(name or "")


def _structure(connection: Connection) -> dict[str, str]:
    """What the database is made of: name of each part → its text."""
    inspector = inspect(connection)
    parts: dict[str, str] = dict(catalogue(connection))
    for name in inspector.get_table_names():
        if name == "alembic_version" or is_of_index(name):
            continue
        for column in inspector.get_columns(name):
            parts[f"column {name}.{column['name']}"] = f"{column['type']!r} null={column['nullable']}"
        for check in inspector.get_check_constraints(name):
            parts[f"check {check['name']}"] = check["sqltext"]
        for key in inspector.get_foreign_keys(name):
            parts[f"reference {key['name']}"] = _sorted(key)
        for unique in inspector.get_unique_constraints(name):
            parts[f"unique {unique['name']}"] = _sorted(unique)
        parts[f"primary key {name}"] = _sorted(inspector.get_pk_constraint(name))
    return parts


def _sorted(parts: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={parts[key]}" for key in sorted(parts))


def _compared(migrated: Mapping[str, str], modelled: Mapping[str, str]) -> Iterable[str]:
    for name in sorted(migrated.keys() | modelled.keys()):
        left, right = migrated.get(name, "nothing"), modelled.get(name, "nothing")
        if left != right:
            yield f"{name}: migrations make {left}; the tables say {right}"


def main() -> int:
    """Print the differences; 0 when there is none."""
    found = differences()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

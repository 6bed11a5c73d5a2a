"""The database by hand: what a careless or hostile user of the file could do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from db.sqlite.driver import connect


@contextmanager
def by_hand(path: Path) -> Iterator[Any]:
    """A plain connection with the product's settings, closed afterwards."""
    connection = connect(path)
    try:
        yield connection
    finally:
        connection.close()


def poison(path: Path, *statements: str) -> None:
    """Run statements that no CHECK may stop."""
    with by_hand(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            connection.execute(statement)


@contextmanager
def statements() -> Iterator[set[str]]:
    """Collect the text of every statement while the block runs."""
    seen: set[str] = set()

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.add(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)

"""What every repository stands on: one connection inside one transaction, and rows that become values."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, CursorResult, Executable, Row, Table, func, insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.domain.errors import StoreTrouble, Trouble
from app.domain.events import Json
from app.domain.message import Message
from app.services.ports import Raced
from db.sqlite.trouble import is_duplicate

V = TypeVar("V")
AnyRow: TypeAlias = Row[*tuple[Any, ...]]

_AT_ONCE = 500
"""Values of one statement."""


def portions(values: Collection[V]) -> Iterator[list[V]]:
    """Ids in lists short enough for one statement."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)
"""What a row raises that holds something the program does not know (a code, an instant, a JSON text)."""


class Rows:
    """A transaction's connection; ``path`` is only for sentences."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def _all(
        self, statement: Executable, build: Callable[[AnyRow], V], values: Mapping[str, object] | None = None
    ) -> list[V]:
        """Every row as a value; StoreTrouble (damaged) when one cannot be read."""
        result = self._rows(statement, values)
        try:
            return [build(row) for row in result]
        except UNREADABLE as error:
            result.close()
            raise self._damaged() from error
        except DBAPIError as error:
            if not self._spare_bytes(error):
                raise
            return self._all(statement, build, values)

    def _one(
        self, statement: Executable, build: Callable[[AnyRow], V], values: Mapping[str, object] | None = None
    ) -> V | None:
        """The first row as a value, None when there is none; StoreTrouble (damaged) when it cannot be read."""
        found = self._all(statement, build, values)
        return found[0] if found else None

    def _readable(
        self, statement: Executable, build: Callable[[AnyRow], V], values: Mapping[str, object] | None = None
    ) -> list[V | None]:
        """Every row as a value, None in the place of one that cannot be read."""
        found: list[V | None] = []
        result = self._rows(statement, values)
        while True:
            try:
                row = result.fetchone()
                if row is None:
                    return found
                found.append(build(row))
            except UNREADABLE:
                found.append(None)
            except DBAPIError as error:
                if not self._spare_bytes(error):
                    raise
                return self._readable(statement, build, values)

    def _rows(self, statement: Executable, values: Mapping[str, object] | None) -> CursorResult[*tuple[Any, ...]]:
        """The rows to be fetched; the driver reads the first one here already."""
        try:
            return self._connection.execute(statement, values or {})
        except DBAPIError as error:
            if not self._spare_bytes(error):
                raise
            return self._connection.execute(statement, values or {})

    def _insert(self, into: Table, row: Mapping[str, Any]) -> None:
        """A new row; one that another desk has just made is a race: look again."""
        try:
            self._connection.execute(insert(into), dict(row))
        except IntegrityError as error:
            if is_duplicate(error):
                raise Raced(str(error.orig)) from error
            raise

    def _damaged(self) -> StoreTrouble:
        return StoreTrouble(
            Message("An entry in {path} cannot be read.", {"path": str(self._path)}), Trouble.DAMAGED
        )  # fmt: skip

    def _spare_bytes(self, error: DBAPIError) -> bool:
        """After a text that is no UTF-8: True when this connection now reads such texts with stand-ins."""
        plain = self._connection.connection.dbapi_connection
        if plain is None or "decode to UTF-8" not in str(error.orig) or plain.text_factory is _with_stand_ins:
            return False
        plain.text_factory = _with_stand_ins
        return True


def _with_stand_ins(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def columns_of(table: Table, value: type[Any], *, empty: Sequence[str] = ()) -> list[ColumnElement[Any]]:
    """The columns of a dataclass's fields in their order; NULL reads as ``""`` where ``empty`` names the field."""
    return [
        func.coalesce(table.c[field.name], "").label(field.name) if field.name in empty else table.c[field.name]
        for field in fields(value)
    ]


def values_of(value: Any, *, empty: Sequence[str] = ()) -> dict[str, Any]:
    """A dataclass as a row; ``""`` is written as NULL where ``empty`` names the field (a reference to nothing)."""
    row = {name: getattr(value, name) for name in value.__dataclass_fields__}
    for name in empty:
        row[name] = row[name] or None
    return row


def canonical(value: Json | Mapping[str, Json] | Mapping[str, str]) -> str:
    """JSON text that is the same for equal values: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def primary_key(table: Table) -> list[Column[Any]]:
    """The columns that name a row."""
    return list(table.primary_key.columns)


def hex_or_none(value: UUID | None) -> str | None:
    """A UUID as 32 hex digits."""
    return value.hex if value else None

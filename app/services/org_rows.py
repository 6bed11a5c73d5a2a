"""The rows of an organisation file: read against the table description, checked, and built into a Street."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from app.domain.message import Message, Name
from app.services.org_cells import BadCell, read_cell
from app.services.org_tables import TABLES, Table, Value
from app.services.problems import ProblemList

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file holds it: ``number`` is what the person sees, cells by column key."""

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as the file holds it, with the file's own words for it and its columns (for the sentences)."""

    table: Table
    label: str
    headers: Mapping[str, str]
    rows: Sequence[RawRow]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was understood; columns in ``bad`` were not and hold their empty value."""

    table: Table
    number: int
    values: Mapping[str, Value]
    bad: frozenset[str]
    label: str | Name
    headers: Mapping[str, str]
    standing: bool = False
    """It is not from the file but from the organisation as it stands."""

    def problem(self, key: str, reason: Message) -> Message:
        """A sentence that names table, row, column and reason."""
        code = self.values.get("code")
        return Message(
            "{table}, row {row}, {column}: {reason}",
            {
                "table": self.label,
                "row": f"{self.number} ({code})" if code else str(self.number),
                "column": self.headers.get(key) or self.table.column(key).label,
                "reason": reason,
            },
        )

    def text(self, key: str) -> str:
        """The text of a column of text, codes or phones."""
        value = self.values[key]
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The entries of a list column."""
        value = self.values[key]
        return tuple(str(part) for part in value) if isinstance(value, tuple) else ()

    def number_of(self, key: str) -> int:
        """The number of a number column."""
        value = self.values[key]
        return value if isinstance(value, int) else 0

    def flag(self, key: str) -> bool:
        """The truth value of a yes/no column."""
        return self.values[key] is True

    def name(self, prefix: str = "") -> Name:
        """The name in both languages; ``prefix`` is ``short_`` for the short one."""
        return Name(self.text(f"{prefix}zh"), self.text(f"{prefix}en"))

    def optional(self, enum: type[E], key: str) -> E | None:
        """The value of an enum column, or None when the cell is empty."""
        value = self.values[key]
        return value if isinstance(value, enum) else None

    def chosen(self, enum: type[E], key: str) -> E:
        """The value of an enum column that is never empty."""
        value = self.optional(enum, key)
        if value is None:
            raise LookupError(key)
        return value

    def all_chosen(self, enum: type[E], key: str) -> tuple[E, ...]:
        """The values of an enum list column."""
        value = self.values[key]
        return tuple(part for part in value if isinstance(part, enum)) if isinstance(value, tuple) else ()

    def instant(self, key: str) -> datetime:
        """The instant of a time column that is never empty, aware UTC."""
        value = self.values[key]
        if not isinstance(value, datetime):
            raise LookupError(key)
        return value


Rows: TypeAlias = Mapping[str, Sequence[Row]]
"""Rows by the key of their table; every table is present."""


def read_rows(tables: Sequence[RawTable], zone: ZoneInfo, problems: ProblemList) -> Rows:
    """Understand every cell; what cannot be understood goes to ``problems``, its row stays for the checks."""
    rows: dict[str, list[Row]] = {table.key: [] for table in TABLES}
    for raw in tables:
        rows[raw.table.key] += [_read_row(raw, row, zone, problems) for row in raw.rows]
    return rows


_DUTY = next(table for table in TABLES if table.key == "grid_duty")
PARTS_OF = {"posts": ("member", "members"), "grid_duty": ("shift", "shifts")}
"""Tables whose rows belong to a row of another: which column names it, in which table."""


def with_standing(rows: Rows, said: Collection[str], standing: Mapping[str, Sequence[Mapping[str, Value]]]) -> Rows:
    """The rows with those of ``standing`` for every table of which the file says nothing.

    What belongs to a member or shift that the file no longer has goes with it. Duties without shifts are those
    of the shifts they name; the others keep theirs.
    """
    whole = {
        table.key: rows[table.key] if table.key in said else _standing(table, standing[table.key]) for table in TABLES
    }
    for key, (column, parent) in PARTS_OF.items():
        if key not in said:
            there = {row.text("code") for row in whole[parent]}
            whole[key] = [row for row in whole[key] if row.text(column) in there]
    if "grid_duty" in said and "shifts" not in said:
        named = {row.text("shift") for row in whole["grid_duty"]}
        others = _standing(_DUTY, [row for row in standing["grid_duty"] if row["shift"] not in named])
        whole["grid_duty"] = [*whole["grid_duty"], *others]
    return whole


def _standing(table: Table, rows: Sequence[Mapping[str, Value]]) -> list[Row]:
    return [
        Row(table, number, values, frozenset(), table.label, {}, standing=True)
        for number, values in enumerate(rows, start=1)
    ]


def _read_row(raw: RawTable, raw_row: RawRow, zone: ZoneInfo, problems: ProblemList) -> Row:
    values: dict[str, Value] = {}
    reasons: dict[str, Message] = {}
    for column in raw.table.columns:
        try:
            values[column.key] = read_cell(column, raw_row.cells.get(column.key), zone)
        except BadCell as bad:
            values[column.key] = column.empty
            reasons[column.key] = bad.reason
    row = Row(raw.table, raw_row.number, values, frozenset(reasons), raw.label, raw.headers)
    for key, reason in reasons.items():
        problems.add(row.problem(key, reason))
    return row

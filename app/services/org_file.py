"""Reads the organisation of a street from a commented TOML file (decisions 5; domain 1)."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from app.domain.message import Message
from app.domain.org import Street, UnitLevel
from app.services.org_checks import check_rows
from app.services.org_rows import RawRow, RawTable, Rows, read_rows, with_standing
from app.services.org_street import rows_of, street_from
from app.services.org_tables import TABLES, UNITS, Table
from app.services.problems import ProblemList, Problems
from app.services.toml_text import read_toml

__all__ = ["STREET_ZONE", "OrgProblems", "load_tables", "read_org_toml"]

STREET_ZONE = ZoneInfo("Asia/Shanghai")
"""Zone of the local times in a file, unless the policy in force names another."""

EMPTY = Street()


class OrgProblems(Problems):
    """The organisation file was refused whole; ``problems`` names table, row, column and reason of each."""


def read_org_toml(text: str, name: str, *, zone: ZoneInfo = STREET_ZONE, standing: Street = EMPTY) -> Street:
    """The street that a TOML text describes: one array of tables per table of ``org_tables``.

    A table that does not stand in the file stays as it is in ``standing``; one that is there and empty is emptied.
    ``name`` is what sentences call the file. Local times are of ``zone``. Raises OrgProblems (what cannot be
    understood or does not fit together) or BadInput (no TOML at all); nothing is loaded then.
    """
    document = read_toml(text, name)
    problems = ProblemList(name)
    known = {table.key: table for table in TABLES}
    tables = []
    for key, content in document.items():
        table = known.get(key)
        if table is None:
            allowed = ", ".join(known)
            problems.add(
                Message('there is no table "{table}"; known are: {allowed}', {"table": key, "allowed": allowed})
            )
        else:
            tables.append(_raw_table(table, content, problems))
    return load_tables(tables, zone, problems, standing)


def load_tables(tables: Sequence[RawTable], zone: ZoneInfo, problems: ProblemList, standing: Street = EMPTY) -> Street:
    """Read, check and build; raises OrgProblems with everything found, the reader's own finds included.

    Tables that are not among ``tables`` are taken from ``standing``.
    """
    rows = with_standing(read_rows(tables, zone, problems), {raw.table.key for raw in tables}, rows_of(standing))
    check_rows(rows, problems)
    if not _has_street(rows) and any(unit.level is UnitLevel.STREET for unit in standing.units):
        problems.add(Message("{table}: the street itself is missing", {"table": UNITS.label}))
    problems.refuse(OrgProblems)
    return street_from(rows)


def _has_street(rows: Rows) -> bool:
    return any(row.values["level"] is UnitLevel.STREET for row in rows["units"])


def _raw_table(table: Table, content: object, problems: ProblemList) -> RawTable:
    """The entries of one array of tables, counted from 1; anything else in its place is a problem."""
    keys = {column.key: column.key for column in table.columns}
    rows: list[RawRow] = []
    entries = content if isinstance(content, list) else [content]
    for number, entry in enumerate(entries, start=1):
        if not isinstance(content, list) or not isinstance(entry, dict):
            problems.add(Message('"{table}" must be written as [[{table}]], one for each row', {"table": table.key}))
            break
        for key in entry:
            if key not in keys:
                problems.add(
                    Message(
                        '{table}, row {row}: there is no column "{column}"',
                        {"table": table.key, "row": str(number), "column": key},
                    )
                )
        rows.append(RawRow(number, entry))
    return RawTable(table, table.key, keys, rows)

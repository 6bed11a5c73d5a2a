"""What must hold between rows of an organisation file: codes, references, levels, shifts (domain 1, 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.domain.message import Message
from app.domain.org import Role, ShiftKind, UnitLevel
from app.services.org_labels import LABELS
from app.services.org_rows import Row, Rows
from app.services.org_tables import TABLES, Column
from app.services.problems import ProblemList

PARENT_LEVEL: Mapping[UnitLevel, UnitLevel] = {
    UnitLevel.STREET: UnitLevel.ZONE,
    UnitLevel.COMMUNITY: UnitLevel.STREET,
    UnitLevel.GRID: UnitLevel.COMMUNITY,
}
"""The operational line: whose child a unit is (domain 1, rows 1–9)."""

ROLE_LEVELS: Mapping[Role, tuple[UnitLevel, ...]] = {
    Role.GRID_MEMBER: (UnitLevel.GRID, UnitLevel.COMMUNITY),
    Role.GRID_LEADER: (UnitLevel.GRID, UnitLevel.COMMUNITY),
    Role.DUTY_OFFICER: (UnitLevel.STREET,),
    Role.DUTY_LEADER: (UnitLevel.STREET,),
    Role.STREET_ADMIN: (UnitLevel.STREET,),
    Role.ZONE_PLATFORM: (UnitLevel.ZONE,),
    Role.VIEWER: tuple(UnitLevel),
}
"""Where a role may be held; a department liaison is held at a department instead (domain 2.10)."""

ONLY_ONE = (UnitLevel.ZONE, UnitLevel.STREET)
"""One file is one street in one zone."""

RESERVED = "system"
"""The member code of the program itself."""

ROSTER = ("shifts", "grid_duty")
"""What stands of these is history in part: it may name who is no longer there."""


def check_rows(rows: Rows, problems: ProblemList) -> None:
    """Add to ``problems`` whatever does not hold between the rows; cells not understood are passed over."""
    levels = {row.text("code"): row.optional(UnitLevel, "level") for row in rows["units"]}
    codes = {key: frozenset(row.text("code") for row in rows[key]) for key in ("departments", "members", "shifts")}
    codes["units"] = frozenset(levels)
    for table in TABLES:
        _check_unique(table.unique, rows[table.key], problems)
        for column in table.columns:
            if column.refers:
                _check_references(column, rows[table.key], codes[column.refers], levels, problems)
    _check_units(rows["units"], levels, problems)
    for row in rows["members"]:
        if row.text("code") == RESERVED:
            problems.add(row.problem("code", Message('"{code}" is the program itself', {"code": RESERVED})))
    _check_told_apart(rows, problems)
    for row in rows["posts"]:
        _check_post(row, codes["departments"], levels, problems)
    _check_shifts(rows["shifts"], problems)


def _check_unique(keys: Sequence[str], rows: Sequence[Row], problems: ProblemList) -> None:
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        if row.bad.intersection(keys):
            continue
        values = tuple(row.values[key] for key in keys)
        earlier = first.setdefault(values, row)
        if earlier is not row:
            problems.add(row.problem(keys[0], Message("the same stands in row {row}", {"row": earlier.number})))


def _check_told_apart(rows: Rows, problems: ProblemList) -> None:
    """Names are how lines, boards and ``--as`` speak: grids differ in what a row shows, members within their unit."""
    grids = [row for row in rows["units"] if row.optional(UnitLevel, "level") is UnitLevel.GRID]
    for language in ("zh", "en"):
        short = [
            (row, (row.text(column),), column)
            for row in grids
            for column in [f"short_{language}" if row.text(f"short_{language}") else language]
        ]
        people = [
            (row, (row.text(language), row.text("home_unit"), row.text("home_department"), row.text("grid")), language)
            for row in rows["members"]
            if row.flag("active")
        ]
        for named in (short, people):
            _check_names(named, problems)


def _check_names(named: Sequence[tuple[Row, tuple[str, ...], str]], problems: ProblemList) -> None:
    """Each row with what must differ, its first part the name; empty names do not count."""
    first: dict[tuple[str, ...], Row] = {}
    for row, key, column in named:
        if not key[0] or column in row.bad:
            continue
        earlier = first.setdefault(tuple(part.casefold() for part in key), row)
        if earlier is not row:
            said = Message(
                '"{name}" stands in row {row} as well; nobody could tell the two apart',
                {"name": key[0], "row": f"{earlier.number} ({earlier.text('code')})"},
            )
            problems.add(row.problem(column, said))


def _check_references(
    column: Column,
    rows: Sequence[Row],
    known: frozenset[str],
    levels: Mapping[str, UnitLevel | None],
    problems: ProblemList,
) -> None:
    """Every code a column names must exist, and a unit must be of a level the column allows."""
    for row in rows:
        if column.key in row.bad or (row.standing and row.table.key in ROSTER):
            continue
        value = row.values[column.key]
        named = row.texts(column.key) if isinstance(value, tuple) else (row.text(column.key),)
        for code in named:
            if code and code not in known:
                problems.add(row.problem(column.key, Message('there is no "{code}"', {"code": code})))
            elif code and column.levels:
                level = levels.get(code)
                if level is not None and level not in column.levels:
                    problems.add(row.problem(column.key, _wrong_level(code, level, column.levels)))


def _check_units(rows: Sequence[Row], levels: Mapping[str, UnitLevel | None], problems: ProblemList) -> None:
    """A unit hangs under the level above it; a street may stand alone: it also answers to its city."""
    for level in ONLY_ONE:
        for row in [row for row in rows if row.optional(UnitLevel, "level") is level][1:]:
            problems.add(row.problem("level", Message('there is more than one "{level}"', {"level": LABELS[level]})))
    for row in rows:
        level_here = row.optional(UnitLevel, "level")
        if level_here is None or "parent" in row.bad:
            continue
        wanted = PARENT_LEVEL.get(level_here)
        parent = row.text("parent")
        if wanted is None:
            if parent:
                problems.add(row.problem("parent", Message("the zone has nothing above it")))
        elif not parent:
            if level_here is not UnitLevel.STREET:
                problems.add(row.problem("parent", Message("must not be empty")))
        else:
            found = levels.get(parent)
            if found is not None and found is not wanted:
                problems.add(row.problem("parent", _wrong_level(parent, found, (wanted,))))


def _check_post(
    row: Row, departments: frozenset[str], levels: Mapping[str, UnitLevel | None], problems: ProblemList
) -> None:
    role = row.optional(Role, "role")
    at = row.text("at")
    if role is None or not at:
        return
    if role is Role.DEPT_LIAISON:
        if at not in departments:
            problems.add(row.problem("at", Message('there is no department "{code}"', {"code": at})))
    elif at not in levels:
        problems.add(row.problem("at", Message('there is no unit "{code}"', {"code": at})))
    else:
        level = levels[at]
        if level is not None and level not in ROLE_LEVELS[role]:
            problems.add(row.problem("at", _wrong_level(at, level, ROLE_LEVELS[role])))


def _check_shifts(rows: Sequence[Row], problems: ProblemList) -> None:
    """A shift ends after it starts, and two of the same kind never overlap."""
    timed = [row for row in rows if not row.bad.intersection(("kind", "starts_at", "ends_at"))]
    for row in timed:
        if row.instant("ends_at") <= row.instant("starts_at"):
            problems.add(row.problem("ends_at", Message("must be after the start")))
    for kind in ShiftKind:
        same = sorted((row for row in timed if row.values["kind"] is kind), key=lambda row: row.instant("starts_at"))
        for earlier, later in pairwise(same):
            if later.instant("starts_at") < earlier.instant("ends_at"):
                reason = Message(
                    "overlaps row {row} of the same kind",
                    {"row": f"{earlier.number} ({earlier.text('code')})"},
                )
                problems.add(later.problem("starts_at", reason))


def _wrong_level(code: str, found: UnitLevel, wanted: Sequence[UnitLevel]) -> Message:
    return Message(
        '"{code}" is of level "{found}", not: {wanted}',
        {"code": code, "found": LABELS[found], "wanted": tuple(LABELS[level] for level in wanted)},
    )

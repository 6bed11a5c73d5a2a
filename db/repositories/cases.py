"""Cases as they stand: whistle, assignments and requests, written whole from the fold (design 2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, text, update

from app.domain.dues import Due
from app.domain.whistle import Assignment, Case, Request, Whistle, left_board_at
from db.repositories.dues import DueWriting
from db.repositories.events import EventWriting
from db.repositories.numbers import short_number
from db.repositories.rows import Rows, columns_of, portions, values_of
from db.repositories.search_rows import SearchWriting
from db.tables.base import table
from db.tables.cases import FROM_OUTSIDE, AssignmentRow, RequestRow, WhistleRow
from db.tables.org import UnitRow
from db.tables.station import NumberDayRow

WHISTLE = table(WhistleRow)
ASSIGNMENT = table(AssignmentRow)
REQUEST = table(RequestRow)
_UNIT = table(UnitRow)
_NUMBER = table(NumberDayRow)

UNKNOWN = ("grid", "community", "place")
"""Codes of a whistle that may be empty; a reference to nothing is NULL."""

END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
"""Sort key of cases without a limit."""

WHISTLE_COLUMNS = columns_of(WHISTLE, Whistle, empty=UNKNOWN)

_WHISTLE = select(*WHISTLE_COLUMNS).where(WHISTLE.c.id == bindparam("whistle"))
_ASSIGNMENTS = (
    select(*columns_of(ASSIGNMENT, Assignment))
    .where(ASSIGNMENT.c.whistle_id == bindparam("whistle"))
    .order_by(ASSIGNMENT.c.position)
)
_REQUESTS = (
    select(*columns_of(REQUEST, Request))
    .where(REQUEST.c.whistle_id == bindparam("whistle"))
    .order_by(REQUEST.c.position)
)
_WHISTLES = select(*WHISTLE_COLUMNS).where(WHISTLE.c.id.in_(bindparam("ids", expanding=True)))
_ALL_ASSIGNMENTS = (
    select(*columns_of(ASSIGNMENT, Assignment))
    .where(ASSIGNMENT.c.whistle_id.in_(bindparam("ids", expanding=True)))
    .order_by(ASSIGNMENT.c.whistle_id, ASSIGNMENT.c.position)
)
_ALL_REQUESTS = (
    select(*columns_of(REQUEST, Request))
    .where(REQUEST.c.whistle_id.in_(bindparam("ids", expanding=True)))
    .order_by(REQUEST.c.whistle_id, REQUEST.c.position)
)
_BY_SOURCE = (
    select(*WHISTLE_COLUMNS)
    .where(WHISTLE.c.source_number == bindparam("source"), text(f"whistle.{FROM_OUTSIDE}"))
    .order_by(WHISTLE.c.created_at.desc())
)

_UPDATE_WHISTLE = update(WHISTLE).where(WHISTLE.c.id == bindparam("whistle"))
_INSERT_WHISTLE = insert(WHISTLE)
_DROP_ASSIGNMENTS = delete(ASSIGNMENT).where(ASSIGNMENT.c.whistle_id == bindparam("whistle"))
_INSERT_ASSIGNMENT = insert(ASSIGNMENT)
_DROP_REQUESTS = delete(REQUEST).where(REQUEST.c.whistle_id == bindparam("whistle"))
_INSERT_REQUEST = insert(REQUEST)
RECORDED = (
    update(_UNIT)
    .where(
        _UNIT.c.code == bindparam("grid"),
        or_(_UNIT.c.last_record_at.is_(None), _UNIT.c.last_record_at < bindparam("at")),
    )
    .values(last_record_at=bindparam("at"))
)
"""Remember that something was recorded in a ``grid`` ``at`` an instant; the newest stays."""
_NEXT_NUMBER = (
    update(_NUMBER)
    .where(_NUMBER.c.day == bindparam("of_day"))
    .values(last=_NUMBER.c.last + 1)
    .returning(_NUMBER.c.last)
)
_FIRST_NUMBER = insert(_NUMBER)


class CaseReading(Rows):
    """Reads of one case."""

    def case(self, whistle_id: UUID) -> Case | None:
        """The case as it was last saved."""
        values = {"whistle": whistle_id}
        whistle = self._one(_WHISTLE, lambda row: Whistle(*row), values)
        if whistle is None:
            return None
        assignments = self._all(_ASSIGNMENTS, lambda row: Assignment(*row), values)
        requests = self._all(_REQUESTS, lambda row: Request(*row), values)
        return Case(whistle, tuple(assignments), tuple(requests))

    def cases(self, whistle_ids: Collection[UUID]) -> dict[UUID, Case]:
        """Many cases as they were last saved; missing ones are left out."""
        found: dict[UUID, Case] = {}
        for ids in portions(whistle_ids):
            values = {"ids": ids}
            assignments: dict[UUID, list[Assignment]] = {}
            for assignment in self._all(_ALL_ASSIGNMENTS, lambda row: Assignment(*row), values):
                assignments.setdefault(assignment.whistle_id, []).append(assignment)
            requests: dict[UUID, list[Request]] = {}
            for request in self._all(_ALL_REQUESTS, lambda row: Request(*row), values):
                requests.setdefault(request.whistle_id, []).append(request)
            for whistle in self._all(_WHISTLES, lambda row: Whistle(*row), values):
                theirs, asked = assignments.get(whistle.id, ()), requests.get(whistle.id, ())
                found[whistle.id] = Case(whistle, tuple(theirs), tuple(asked))
        return found

    def by_source_number(self, source_number: str) -> tuple[Whistle, ...]:
        """Cases that carry the number of another office's record, newest first; none for an empty one."""
        return tuple(self._all(_BY_SOURCE, lambda row: Whistle(*row), {"source": source_number}))


class CaseWriting(CaseReading, DueWriting, EventWriting, SearchWriting):
    """Saving cases."""

    def __init__(self, connection: Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._recorded: dict[UUID, datetime] = {}

    def _note_record(self, whistle_id: UUID, at: datetime) -> None:
        self._recorded[whistle_id] = max(at, self._recorded.get(whistle_id, at))

    def save_case(self, case: Case, dues: Sequence[Due]) -> None:
        """Write the case as it stands now, and what becomes due in it.

        Assignments and requests are replaced whole: an undo may have taken one away, and no order of
        updates could keep "one lead" true at every step.
        """
        whistle = case.whistle
        self._save_whistle(whistle)
        self._replace(_DROP_ASSIGNMENTS, _INSERT_ASSIGNMENT, whistle.id, case.assignments)
        self._replace(_DROP_REQUESTS, _INSERT_REQUEST, whistle.id, case.requests)
        self._save_dues(whistle.id, dues, {a.id for a in case.assignments})
        self._search_case(case)
        recorded = self._recorded.pop(whistle.id, None)
        if recorded is not None:
            self._grid_recorded(whistle.grid, recorded)

    def _save_whistle(self, whistle: Whistle) -> None:
        row = values_of(whistle, empty=UNKNOWN)
        row["short_number"] = short_number(whistle.number)
        row["board_at"] = whistle.deadline_at or END_OF_TIME
        row["left_at"] = left_board_at(whistle)
        if not self._connection.execute(_UPDATE_WHISTLE, {**row, "whistle": whistle.id}).rowcount:
            self._connection.execute(_INSERT_WHISTLE, row)

    def _replace(self, drop: Any, add: Any, whistle_id: UUID, rows: Sequence[Assignment | Request]) -> None:
        self._connection.execute(drop, {"whistle": whistle_id})
        if rows:
            numbered = [{**values_of(row), "position": n} for n, row in enumerate(rows)]
            self._connection.execute(add, numbered)

    def _grid_recorded(self, grid: str, at: datetime) -> None:
        """Remember that something was recorded in a grid; the newest instant stays."""
        self._connection.execute(RECORDED, {"grid": grid, "at": at})

    def next_number(self, day: date) -> str:
        """The next ``W-YYYYMMDD-NN`` of a street day (decisions 6)."""
        last = self._connection.scalar(_NEXT_NUMBER, {"of_day": day})
        if last is None:
            last = 1
            self._connection.execute(_FIRST_NUMBER, {"day": day, "last": last})
        return f"W-{day:%Y%m%d}-{last:02d}"

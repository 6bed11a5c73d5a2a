"""The board: open cases page by page in the order of danger, with their texts, and the counters (domain 2.9)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, case, func, literal, or_, select, text, tuple_

from app.domain.policy import WhistleKind
from app.domain.whistle import (
    ON_SITE,
    WORKING_STATES,
    AssignmentState,
    Request,
    RequestState,
    Waiting,
    Whistle,
    WhistleState,
)
from app.services.ports import MANY, BoardCounts, BoardPage, BoardQuery, BoardRow, GridCount
from db.repositories.cases import ASSIGNMENT, END_OF_TIME, REQUEST, WHISTLE, WHISTLE_COLUMNS
from db.repositories.rows import AnyRow, Rows, columns_of, portions
from db.repositories.words import WORDS
from db.tables.cases import ON_BOARD, TO_RATE, UNFINISHED

_W = WHISTLE.c
_A = ASSIGNMENT.c
V = TypeVar("V")

_OPEN = text(f"whistle.{ON_BOARD}")
"""Written as in the partial indexes, or they would not be used."""


_ROW = select(*WHISTLE_COLUMNS, WORDS.c.body).outerjoin_from(WHISTLE, WORDS, WORDS.c.id == _W.words_id)
_BY_IDS = _ROW.where(_W.id.in_(bindparam("ids", expanding=True)))
_OUTSTANDING = (
    select(_A.whistle_id, _A.department, _A.state)
    .where(_A.whistle_id.in_(bindparam("ids", expanding=True)), text(f"assignment.{UNFINISHED}"))
    .order_by(_A.whistle_id, _A.position)
)
_PENDING = (
    select(*columns_of(REQUEST, Request))
    .where(REQUEST.c.whistle_id.in_(bindparam("ids", expanding=True)), REQUEST.c.state == RequestState.PENDING)
    .order_by(REQUEST.c.whistle_id, REQUEST.c.position)
)
_OPEN_COUNT = select(func.count()).select_from(WHISTLE).where(_OPEN)
_OVERDUE = _W.deadline_at < bindparam("now")
_DRAFT = _W.state == WhistleState.DRAFT
_BLOWN = _W.state != WhistleState.DRAFT
_GRID_COUNTS = (
    select(
        func.coalesce(_W.grid, ""),
        _W.kind,
        func.count(case((_BLOWN, 1))),
        func.count(case((_OVERDUE, 1))),
        func.count(case((_OVERDUE & (_W.waiting == Waiting.REPORT_IN), 1))),
        func.count(case((_DRAFT, 1))),
    )
    .where(_OPEN)
    .group_by(_W.grid, _W.kind)
)
_TO_RATE = select(func.count()).select_from(
    select(literal(1)).select_from(WHISTLE).where(text(f"whistle.{TO_RATE}")).limit(bindparam("most")).subquery()
)
"""Of all that were ever closed: counted no further than anybody reads."""
_FEEDBACK_DUE = (
    select(func.count())
    .select_from(ASSIGNMENT)
    .where(
        _A.whistle_id == _W.id,
        _W.state.in_(sorted(WORKING_STATES)),
        text(f"assignment.{UNFINISHED}"),
        _A.state.in_(sorted(ON_SITE)),
        _A.feedback_due <= bindparam("now"),
    )
    .correlate(WHISTLE)
)
"""Of one open case: asked case by case, so that only the live assignments of open cases are looked up."""
_COUNTS = select(
    func.count(case((_BLOWN, 1))),
    func.count(case((_BLOWN & (_W.kind == WhistleKind.EMERGENCY), 1))),
    func.count(case((_OVERDUE, 1))),
    func.count(case((_W.deadline_at.between(bindparam("now"), bindparam("day_ends")), 1))),
    func.coalesce(func.sum(_W.assigned - _W.reported_in), 0),
    _TO_RATE.scalar_subquery(),
    func.coalesce(func.sum(_FEEDBACK_DUE.scalar_subquery()), 0),
    func.count(case((_DRAFT, 1))),
).where(_OPEN)

_STAGE = {
    Waiting.ACKNOWLEDGE: frozenset({AssignmentState.NOTIFIED}),
    Waiting.REPORT_IN: frozenset(AssignmentState) - ON_SITE,
    Waiting.WORK: frozenset(AssignmentState),
}
"""Which of the outstanding departments the case waits for in each stage."""


class BoardReading(Rows):
    """Reads of lists and counters."""

    def board(self, query: BoardQuery) -> BoardPage:
        """One page of open cases; those that cannot be read are counted (reliability, "poison row")."""
        take = query.limit + 1
        while True:
            found = self._readable(_page(query, take), _board_row)
            readable = [row for row in found if row is not None]
            if len(readable) > query.limit or len(found) < take:
                break
            take += len(found) - len(readable)
        more = len(readable) > query.limit
        if more:
            last = found.index(readable[query.limit - 1])
            found, readable = found[: last + 1], readable[: query.limit]
        return BoardPage(self._with_departments(readable), found.count(None), more)

    def row(self, whistle_id: UUID) -> BoardRow | None:
        """One case as lists show it, whatever its state."""
        found = self.rows([whistle_id])
        return found[0] if found else None

    def rows(self, whistle_ids: Sequence[UUID]) -> tuple[BoardRow, ...]:
        """Rows of these cases in the order given; missing and unreadable ones are left out."""
        found: dict[UUID, BoardRow] = {}
        for ids in portions(whistle_ids):
            for row in self._readable(_BY_IDS, _board_row, {"ids": ids}):
                if row is not None:
                    found[row.whistle.id] = row
        return self._with_departments([found[id_] for id_ in whistle_ids if id_ in found])

    def pending_requests(self, whistle_ids: Sequence[UUID]) -> tuple[Request, ...]:
        """Requests of these cases that nobody has decided yet."""
        found: list[Request] = []
        for ids in portions(whistle_ids):
            found += self._all(_PENDING, lambda row: Request(*row), {"ids": ids})
        return tuple(found)

    def look_alikes(self, grid: str, matter: str, place: str, since: datetime) -> tuple[BoardRow, ...]:
        """Open cases of the grid that may be the same matter, newest first (decisions 17).

        The same matter when one is given; the same place when both have one; happened or recorded since.
        """
        statement = _ROW.where(_OPEN, _W.grid == grid, or_(_W.occurred_at >= since, _W.created_at >= since))
        if matter:
            statement = statement.where(_W.matter == matter)
        if place:
            statement = statement.where(or_(_W.place.is_(None), _W.place == place))
        found = self._readable(statement.order_by(_W.created_at.desc()), _board_row)
        return self._with_departments([row for row in found if row is not None])

    def open_count(self) -> int:
        """How many cases are on the board."""
        return self._connection.scalar(_OPEN_COUNT) or 0

    def grid_counts(self, now: datetime) -> tuple[GridCount, ...]:
        """Open cases per grid and kind; only open cases are looked at."""
        found = self._readable(_GRID_COUNTS, lambda row: GridCount(*row), {"now": now})
        return tuple(count for count in found if count is not None)

    def board_counts(self, now: datetime, day_ends: datetime) -> BoardCounts:
        """The header's counters in one statement."""
        counts = self._one(_COUNTS, lambda row: BoardCounts(*row), {"now": now, "day_ends": day_ends, "most": MANY + 1})
        return counts or BoardCounts(0, 0, 0, 0, 0, 0)

    def _with_departments(self, rows: Sequence[BoardRow]) -> tuple[BoardRow, ...]:
        """The rows with the departments each is waited for, in one query for all."""
        waiting = {row.whistle.id: _STAGE[row.whistle.waiting] for row in rows if row.whistle.waiting in _STAGE}
        departments: dict[UUID, list[str]] = {}
        for ids in portions(waiting):
            for entry in self._readable(_OUTSTANDING, tuple, {"ids": ids}):
                if entry is not None and entry[2] in waiting[entry[0]]:
                    departments.setdefault(entry[0], []).append(entry[1])
        return tuple(
            BoardRow(row.whistle, row.title, row.place_text, tuple(departments.get(row.whistle.id, ()))) for row in rows
        )


def _page(query: BoardQuery, take: int) -> Select[Any]:
    statement = _ROW.where(_OPEN).order_by(_W.danger, _W.board_at, _W.id).limit(take)
    if query.grids:
        statement = statement.where(_W.grid.in_(sorted(query.grids)))
    if query.states:
        statement = statement.where(_W.state.in_(sorted(query.states)))
    if query.after is not None:
        key = (query.after.danger, query.after.deadline_at or END_OF_TIME, query.after.id)
        statement = statement.where(tuple_(_W.danger, _W.board_at, _W.id) > key)
    return statement


def _board_row(row: AnyRow) -> BoardRow:
    texts = json.loads(row[-1]) if row[-1] else {}
    return BoardRow(Whistle(*row[:-1]), str(texts.get("title", "")), str(texts.get("place_text", "")))

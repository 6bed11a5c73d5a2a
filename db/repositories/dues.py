"""What becomes due and when: rows of each case kept in line with its fold (decisions 3, 19, 23)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, text, update

from app.domain.dues import Due, DueKind
from app.services.ports import DueRow
from db.repositories.rows import Rows
from db.tables.base import table
from db.tables.cases import PENDING, DueState, WhistleRow
from db.tables.cases import DueRow as DueTable

DUE = table(DueTable)
_D = DUE.c
_WHISTLE = table(WhistleRow)

_OF_CASE = (
    select(_D.id, _D.kind, _D.at, _D.nth, _D.assignment_id, _D.state)
    .where(_D.whistle_id == bindparam("whistle"))
    .order_by(_D.at, _D.id)
)
_PENDING = (
    select(_D.whistle_id, _WHISTLE.c.number, _D.kind, _D.at, _D.nth, _D.assignment_id)
    .join_from(DUE, _WHISTLE, _WHISTLE.c.id == _D.whistle_id)
    .where(text(f"due.{PENDING}"), _D.at > bindparam("after"), _D.at <= bindparam("until"),
           _D.kind.not_in(bindparam("without", expanding=True)))
    .order_by(_D.at, _D.id)
    .limit(bindparam("at_most"))
)  # fmt: skip
_EVER = datetime.min.replace(tzinfo=UTC)
_INSERT = insert(DUE)
_MOVE = update(DUE).where(_D.id == bindparam("due")).values(at=bindparam("to"), state=DueState.PENDING)
_DROP = delete(DUE).where(_D.id == bindparam("due"))
_CANCEL = update(DUE).where(_D.id == bindparam("due")).values(state=DueState.CANCELLED)

_Key = tuple[DueKind, UUID | None, int]


class DueReading(Rows):
    """Reads of due rows."""

    def pending_dues(
        self, until: datetime, limit: int = 200, *, after: datetime | None = None, without: Iterable[DueKind] = ()
    ) -> tuple[DueRow, ...]:
        """Pending due rows later than ``after`` and up to an instant, soonest first; ``without`` some kinds."""
        values = {"after": after or _EVER, "until": until, "at_most": limit, "without": list(without)}
        return tuple(self._all(_PENDING, lambda r: DueRow(r[0], r[1], Due(r[2], r[3], r[4], r[5])), values))

    def dues_of(self, whistle_id: UUID) -> tuple[tuple[Due, str], ...]:
        """All due rows of a case with their state (pending, fired, cancelled), soonest first."""
        values = {"whistle": whistle_id}
        return tuple(self._all(_OF_CASE, lambda r: (Due(r[1], r[2], r[3], r[4]), str(r[5])), values))


class DueWriting(DueReading):
    """Bringing due rows in line."""

    def _save_dues(self, whistle_id: UUID, dues: Sequence[Due], assignments: Container[UUID]) -> None:
        """New ones are added, moved ones moved, those no longer named cancelled; fired ones stay as they are.

        Those of an assignment that was undone go with it.
        """
        wanted: dict[_Key, Due] = {(due.kind, due.assignment_id, due.nth): due for due in dues}
        moved, cancelled, gone = [], [], []
        for id_, kind, at, nth, assignment_id, state in self._connection.execute(_OF_CASE, {"whistle": whistle_id}):
            due = wanted.pop((kind, assignment_id, nth), None)
            if assignment_id is not None and assignment_id not in assignments:
                gone.append({"due": id_})
            elif state is DueState.FIRED:
                continue
            elif due is None:
                if state is DueState.PENDING:
                    cancelled.append({"due": id_})
            elif due.at != at or state is not DueState.PENDING:
                moved.append({"due": id_, "to": due.at})
        if gone:
            self._connection.execute(_DROP, gone)
        if cancelled:
            self._connection.execute(_CANCEL, cancelled)
        if moved:
            self._connection.execute(_MOVE, moved)
        if wanted:
            self._connection.execute(_INSERT, [_row(whistle_id, due) for due in wanted.values()])


def _row(whistle_id: UUID, due: Due) -> dict[str, object]:
    return {
        "whistle_id": whistle_id,
        "assignment_id": due.assignment_id,
        "kind": due.kind,
        "nth": due.nth,
        "at": due.at,
        "state": DueState.PENDING,
    }

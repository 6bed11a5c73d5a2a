"""What is searched of a case, read from its rows and words and written with them (decisions 1, 31)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, text, update

from app.domain.initials import initials_key
from app.domain.search_text import case_texts, code_word, folded, plain
from app.domain.whistle import Assignment, Case, Whistle
from db.repositories.rows import AnyRow, Rows
from db.sqlite.search import REBUILD
from db.tables.base import table
from db.tables.cases import AssignmentRow, WhistleRow
from db.tables.events import EventRow, WordsRow
from db.tables.search import SearchRow

SEARCH = table(SearchRow)
WHISTLE = table(WhistleRow)
_W = WHISTLE.c
_A = table(AssignmentRow).c
_E = table(EventRow).c
_WORDS = table(WordsRow).c
_S = SEARCH.c

HEADING = ("title", "place_text")
"""Facts that stand in the heading; the others and the notes are texts."""

_AT_ONCE = 500
"""Cases looked at in one go."""

_FACTS = (_W.id, _W.number, _W.source_number, _W.words_id, _W.grid, _W.community, _W.place, _W.blower, _W.owner,
          _W.kind, _W.matter, _W.state)  # fmt: skip
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_CASES = select(*_FACTS).where(_W.id.in_(_IDS))
_DEPARTMENTS = select(_A.whistle_id, _A.department).where(_A.whistle_id.in_(_IDS)).order_by(_A.whistle_id, _A.position)
_SAYS = select(_E.whistle_id, _E.words_id, _WORDS.body).join_from(
    table(EventRow), table(WordsRow), _WORDS.id == _E.words_id
)
_SAID = _SAYS.where(_E.whistle_id.in_(_IDS)).order_by(_E.whistle_id, _E.seq)
_SAID_OF_ONE = _SAYS.where(_E.whistle_id == bindparam("whistle")).order_by(_E.seq)
_ROWS = select(_S.id, _S.whistle_id, _S.heading, _S.texts, _S.initials, _S.codes)
_KEPT = _ROWS.where(_S.whistle_id.in_(_IDS))
_KEPT_OF_ONE = _ROWS.where(_S.whistle_id == bindparam("whistle"))
_INSERT = insert(SEARCH)
_UPDATE = update(SEARCH).where(_S.id == bindparam("row"))
_ALL = select(_W.id).order_by(_W.created_at, _W.id)

_Row = dict[str, Any]


class SearchWriting(Rows):
    """Keeps what is searched in line with the cases."""

    def _search_case(self, case: Case) -> None:
        """Bring the row of a case that was just saved in line with it; as ``search_anew``, with less to read."""
        values = {"whistle": case.whistle.id}
        there = self._connection.execute(_KEPT_OF_ONE, values).one_or_none()
        said = self._connection.execute(_SAID_OF_ONE, values).all()
        _write(self._connection, [(_row(case.whistle, said, case.assignments, there), there)])

    def search_anew(self, whistle_ids: Sequence[UUID]) -> None:
        """Bring these cases' rows of search in line with their rows and words."""
        for start in range(0, len(whistle_ids), _AT_ONCE):
            _in_line(self._connection, whistle_ids[start : start + _AT_ONCE])

    def rebuild_search(self) -> None:
        """The same for every case, and the index made anew."""
        rebuild_search(self._connection)


def rebuild_search(connection: Connection) -> None:
    """Bring every case's row of search in line, and make the index anew from the rows."""
    fill_search(connection)
    connection.execute(text(REBUILD))


def fill_search(connection: Connection) -> None:
    """Bring every case's row of search in line, the oldest case first."""
    ids = connection.scalars(_ALL).all()
    for start in range(0, len(ids), _AT_ONCE):
        _in_line(connection, ids[start : start + _AT_ONCE])


def _in_line(connection: Connection, ids: Sequence[UUID]) -> None:
    """Write the rows that differ from what they should say."""
    kept = {row.whistle_id: row for row in connection.execute(_KEPT, {"ids": ids})}
    _write(connection, [(row, kept.get(row["whistle_id"])) for row in _rows(connection, ids, kept)])


def _write(connection: Connection, rows: Sequence[tuple[_Row, AnyRow | None]]) -> None:
    """Write each row that differs from the one that is there."""
    new = [row for row, there in rows if there is None]
    changed = [
        {**row, "row": there.id}
        for row, there in rows
        if there is not None and any(getattr(there, name) != value for name, value in row.items())
    ]
    if new:
        connection.execute(_INSERT, new)
    if changed:
        connection.execute(_UPDATE, changed)


def _rows(connection: Connection, ids: Sequence[UUID], kept: Mapping[UUID, AnyRow]) -> Iterator[_Row]:
    """What the rows should say, in the order of ``ids``."""
    values = {"ids": ids}
    cases = {row.id: row for row in connection.execute(_CASES, values)}
    departments = _grouped(connection.execute(_DEPARTMENTS, values))
    said = _grouped(connection.execute(_SAID, values))
    for id_ in ids:
        if id_ in cases:
            yield _row(cases[id_], said.get(id_, []), departments.get(id_, []), kept.get(id_))


def _row(
    case: AnyRow | Whistle, said: Sequence[AnyRow], departments: Sequence[AnyRow | Assignment], there: AnyRow | None
) -> _Row:
    """What the row of a case should say; initials are worked out only when the heading is another than ``there``."""
    words = {row.words_id: _texts(row.body) for row in said}
    facts = words.pop(case.words_id, {})
    heading = " ".join(filter(None, (folded(facts.get(name, "")) for name in HEADING)))
    known = there is not None and there.heading == heading
    others = [case.source_number, *(text for name, text in facts.items() if name not in HEADING)]
    notes = [text for body in reversed(words.values()) for text in body.values()]
    return {
        "whistle_id": case.id,
        "heading": heading,
        "texts": case_texts(case.number, filter(None, others), filter(None, notes)),
        "initials": there.initials if there is not None and known else _initials(facts),
        "codes": " ".join(_codes(case, dict.fromkeys(row.department for row in departments))),
    }


def _initials(facts: Mapping[str, str]) -> str:
    return initials_key(" / ".join(plain(facts.get(name, "")) for name in HEADING))


def _codes(case: AnyRow | Whistle, departments: Iterable[str]) -> Iterator[str]:
    for sort, code in (
        ("unit", case.grid), ("unit", case.community), ("place", case.place), ("member", case.blower),
        ("kind", case.kind), ("matter", case.matter), ("state", case.state),
    ):  # fmt: skip
        if code:
            yield code_word(sort, code)
    for department in departments:
        yield code_word("department", department)
    if case.owner and case.owner != case.blower:
        yield code_word("member", case.owner)


def _texts(body: str | None) -> dict[str, str]:
    return {str(name): str(text) for name, text in json.loads(body).items()} if body else {}


def _grouped(rows: Iterable[AnyRow]) -> dict[UUID, list[AnyRow]]:
    found: dict[UUID, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.whistle_id, []).append(row)
    return found

"""The archive: cases that left the board, page by page both ways along an index, never scanned (decisions 31)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import TextClause, Uuid, bindparam, column, select, text

from app.domain.whistle import ENDED_STATES, WhistleState
from app.services.ports import MANY, ArchiveKey, ArchivePage, ArchiveQuery, SearchQuery, archive_key
from db.repositories.cases import WHISTLE
from db.repositories.search import BEYOND, SearchReading
from db.repositories.search_rows import SEARCH
from db.sqlite.search import MATCHING_AFTER, match_of
from db.tables.cases import LEFT

_W = WHISTLE.c
_MATCHING_AFTER = text(MATCHING_AFTER).columns(column("whistle_id", Uuid()))
_PLACE = select(SEARCH.c.id).where(SEARCH.c.whistle_id == bindparam("whistle"))

_LANES = 200
"""Lanes in one statement: each is one state, or one state of one grid, read from its index in order."""


class ArchiveReading(SearchReading):
    """Reads of closed and ended cases."""

    def archive(self, query: ArchiveQuery) -> ArchivePage:
        """One page after or before a key, or around it; the first one without a key."""
        top = query.around is None and query.before is None and query.after is None
        if query.around is not None:
            above = self._later(query, query.around, query.limit // 2)
            keys = [*above, *self._earlier(query, query.around, query.limit - len(above), at=True)]
        elif query.before is not None:
            keys = self._later(query, query.before, query.limit)
        else:
            keys = self._earlier(query, query.after, query.limit)
        if not keys:
            return ArchivePage((), None, None, earlier=False, later=False)
        rows = self.rows([key.id for key in keys])
        return ArchivePage(
            rows,
            keys[0],
            keys[-1],
            earlier=bool(self._earlier(query, keys[-1], 1)),
            later=not top and bool(self._later(query, keys[0], 1)),
            unreadable=len(keys) - len(rows),
        )

    def archive_count(self, query: ArchiveQuery) -> int:
        """Cases that the filters leave, up to ``MANY`` + 1."""
        if query.words:
            match = _match(query)
            return self._count(match) if match else 0
        count = 0
        for lanes in _portions(query):
            statement = _counting(len(lanes), _shape(query))
            count += self._connection.scalar(statement, _values(query, lanes, None, MANY + 1)) or 0
        return min(count, MANY + 1)

    def archive_counts(self) -> Mapping[WhistleState, int]:
        """Cases by state, each up to ``MANY`` + 1."""
        return {state: self.archive_count(ArchiveQuery(frozenset({state}))) for state in sorted(ENDED_STATES)}

    # -- how ---------------------------------------------------------------------------------
    def _earlier(
        self, query: ArchiveQuery, key: ArchiveKey | None, at_most: int, *, at: bool = False
    ) -> list[ArchiveKey]:
        """Keys below one, the latest first; ``at`` = the key itself too."""
        if query.words:
            match = _match(query)
            place = self._place(key) + at if key else BEYOND
            return self._keys_of(self._matching(match, place, at_most)) if match else []
        return self._walked(query, key, at_most, downwards=True, at=at)

    def _later(self, query: ArchiveQuery, key: ArchiveKey, at_most: int) -> list[ArchiveKey]:
        """The keys just above one, the latest first."""
        if query.words:
            values = {"match": _match(query), "after": self._place(key), "at_most": at_most}
            if not values["match"]:
                return []
            found = self._keys_of(list(self._connection.scalars(_MATCHING_AFTER, values)))
        else:
            found = self._walked(query, key, at_most, downwards=False)
        return found[::-1]

    def _walked(
        self, query: ArchiveQuery, key: ArchiveKey | None, at_most: int, *, downwards: bool, at: bool = False
    ) -> list[ArchiveKey]:
        """The nearest keys of all lanes together, in the order walked."""
        found: list[ArchiveKey] = []
        beyond = "" if key is None else (("<=" if at else "<") if downwards else ">")
        for lanes in _portions(query):
            statement = _walking(len(lanes), _shape(query), "DESC" if downwards else "ASC", beyond)
            read = self._readable(statement, lambda row: ArchiveKey(*row), _values(query, lanes, key, at_most))
            found += [one for one in read if one is not None]
        found.sort(key=lambda one: (one.left_at, one.id.hex), reverse=downwards)
        return found[:at_most]

    def _keys_of(self, ids: Sequence[Any]) -> list[ArchiveKey]:
        return [archive_key(row.whistle) for row in self.rows(ids)]

    def _place(self, key: ArchiveKey) -> int:
        """Where a case stands in the order they were recorded in; below all when it is not there."""
        return self._connection.scalar(_PLACE, {"whistle": key.id}) or 0


def _states(query: ArchiveQuery) -> frozenset[WhistleState]:
    return query.states & ENDED_STATES if query.states else ENDED_STATES


def _match(query: ArchiveQuery) -> str:
    states = _states(query)
    return match_of(SearchQuery(query.words, states, query.grids)) if states else ""


def _portions(query: ArchiveQuery) -> Iterator[list[tuple[WhistleState, str]]]:
    """State and grid of each lane, some at a time; no grid is ``""``."""
    lanes = [(state, grid) for grid in sorted(query.grids) or ("",) for state in sorted(_states(query))]
    for start in range(0, len(lanes), _LANES):
        yield lanes[start : start + _LANES]


def _shape(query: ArchiveQuery) -> tuple[bool, bool]:
    """Whether the lanes are narrowed by grid and by time."""
    return bool(query.grids), query.since is not None


def _values(
    query: ArchiveQuery, lanes: Sequence[tuple[WhistleState, str]], key: ArchiveKey | None, at_most: int
) -> dict[str, Any]:
    values: dict[str, Any] = {"at_most": at_most}
    if query.since is not None:
        values["since"] = query.since
    if key is not None:
        values |= {"at": key.left_at, "id": key.id}
    for n, (state, grid) in enumerate(lanes):
        values |= {f"s{n}": state.value, **({f"g{n}": grid} if grid else {})}
    return values


def _lane(n: int, shape: tuple[bool, bool]) -> str:
    grid, since = f" AND grid = :g{n}" if shape[0] else "", " AND left_at >= :since" if shape[1] else ""
    return f"FROM whistle WHERE {LEFT}{grid} AND state = :s{n}{since}"


@cache
def _walking(lanes: int, shape: tuple[bool, bool], order: str, beyond: str) -> TextClause:
    """Some keys of each lane in order, from beyond a key when a sign is given; as text, for it may be very long."""
    key = f" AND (left_at, id) {beyond} (:at, :id)" if beyond else ""
    end = f"{key} ORDER BY left_at {order}, id {order} LIMIT :at_most"
    walked = " UNION ALL ".join(
        f"SELECT * FROM (SELECT left_at, id {_lane(n, shape)}{end})"  # noqa: S608  nothing typed is in it
        for n in range(lanes)
    )
    walked += f" ORDER BY 1 {order}, 2 {order} LIMIT :at_most"
    typed = [bindparam("since", type_=_W.left_at.type)] if shape[1] else []
    typed += [bindparam("at", type_=_W.left_at.type), bindparam("id", type_=_W.id.type)] if beyond else []
    return text(walked).bindparams(*typed).columns(_W.left_at, _W.id)  # type: ignore[return-value]


@cache
def _counting(lanes: int, shape: tuple[bool, bool]) -> TextClause:
    """How many keys the lanes have together, as far as is counted."""
    counted = " UNION ALL ".join(
        f"SELECT * FROM (SELECT 1 {_lane(n, shape)} LIMIT :at_most)"  # noqa: S608  nothing typed is in it
        for n in range(lanes)
    )
    statement = text(f"SELECT count(*) FROM (SELECT * FROM ({counted}) LIMIT :at_most)")  # noqa: S608
    return statement.bindparams(bindparam("since", type_=_W.left_at.type)) if shape[1] else statement

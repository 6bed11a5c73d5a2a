"""Search: the newest cases that fit every word, and how many there are (decisions 31)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Uuid, column, text

from app.services.ports import MANY, SearchQuery, SearchResult
from db.repositories.board import BoardReading
from db.sqlite.search import COUNT, MATCHING, match_of

_MATCHING = text(MATCHING).columns(column("whistle_id", Uuid()))
_COUNT = text(COUNT)

BEYOND = 2**62
"""A row number that none has."""


class SearchReading(BoardReading):
    """Reads of the full-text index."""

    def search(self, query: SearchQuery) -> SearchResult:
        """The newest cases that fit; nothing when no word is looked for."""
        match = match_of(query)
        if not match:
            return SearchResult((), 0)
        ids = self._matching(match, BEYOND, query.limit)
        count = len(ids) if len(ids) < query.limit else self._count(match)
        return SearchResult(self.rows(ids), min(count, MANY), count > MANY)

    def search_ids(self, query: SearchQuery) -> tuple[UUID, ...]:
        """Only the ids of the newest cases that fit."""
        match = match_of(query)
        return tuple(self._matching(match, BEYOND, query.limit)) if match else ()

    def _matching(self, match: str, before: int, at_most: int) -> list[UUID]:
        values = {"match": match, "before": before, "at_most": at_most}
        return list(self._connection.scalars(_MATCHING, values))

    def _count(self, match: str) -> int:
        return self._connection.scalar(_COUNT, {"match": match, "at_most": MANY + 1}) or 0

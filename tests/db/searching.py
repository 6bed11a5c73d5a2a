"""Asking the search of a store the way the service does, without a street's names."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from app.domain.search_text import search_words
from app.domain.whistle import WhistleState
from app.services.ports import Named, SearchQuery, SearchResult, SearchWord
from db.unit_of_work import SqlStore
from tests.db.raw import by_hand

ROWS = "SELECT whistle_id, heading, texts, initials, codes FROM search ORDER BY id"
WHOLE = "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"
"""FTS5's own check: raises when the index says anything else than the rows."""


def search(
    store: SqlStore, typed: str, *named: Named, limit: int = 50, states: frozenset[WhistleState] = frozenset()
) -> SearchResult:
    """What is found; ``named`` are codes that the last word means as well."""
    words = [SearchWord(word) for word in search_words(typed)]
    if named:
        words[-1] = SearchWord(words[-1].text, named)
    with store.read() as reads:
        return reads.search(SearchQuery(tuple(words), states, limit=limit))


def found(store: SqlStore, typed: str, *named: Named) -> list[UUID]:
    """Ids of what is found, the newest first."""
    return [row.whistle.id for row in search(store, typed, *named).rows]


def kept(path: Path) -> list[tuple[str, ...]]:
    """The rows of search as they are; fails when the index does not say the same."""
    with by_hand(path) as connection:
        connection.execute(WHOLE)
        return [tuple(row) for row in connection.execute(ROWS)]


def remade(store: SqlStore) -> list[tuple[str, ...]]:
    """The rows as they would be made anew from the cases."""
    with by_hand(store.path) as connection:
        connection.execute("DELETE FROM search")
    store.write(lambda writes: writes.rebuild_search())
    return kept(store.path)

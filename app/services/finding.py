"""Finding cases among all that ever were: search by words, and the archive page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.domain.case_filter import EVERY_CASE, CaseFilter
from app.domain.goals import beginnings_meant, numbers_meant
from app.domain.search_names import StreetNames
from app.domain.search_text import search_words
from app.domain.whistle import BOARD_STATES, WhistleState
from app.services.policies import Policies
from app.services.ports import (
    ArchivePage,
    ArchiveQuery,
    BoardRow,
    Named,
    Reads,
    SearchQuery,
    SearchResult,
    SearchWord,
    Store,
)
from app.services.streets import Streets

MOST_ON_BOARD = 20_000
"""Cases on the board that a search looks for; as many as a desk lists."""

MOST_MEANT = 30
"""Cases given for a number as typed so far, and as many for words."""

_SORTS = {"kinds": "kind", "units": "unit", "departments": "department", "people": "member"}
"""Fields of a filter, and what the index calls their codes."""


class Finding:
    """Reads over closed and open cases alike; writes nothing, scans nothing."""

    def __init__(self, store: Store, policies: Policies, streets: Streets) -> None:
        self._store = store
        self._policies = policies
        self._streets = streets
        self._names: StreetNames | None = None

    def search(
        self,
        typed: str,
        *,
        limit: int = 50,
        states: frozenset[WhistleState] = frozenset(),
        grids: frozenset[str] = frozenset(),
    ) -> SearchResult:
        """The newest cases in which every word is found; nothing for text without a letter or digit.

        A word is found in title, place, facts, notes, number, by pinyin initials of title and place, or when the
        name of the case's grid, community, place, department, blower, owner, kind or matter has
        it, in either language.
        """
        with self._store.read() as reads:
            return reads.search(SearchQuery(self.words(typed, reads), states, grids, limit))

    def on_board(self, typed: str) -> frozenset[UUID]:
        """Ids of the cases on the board in which every word is found, at most ``MOST_ON_BOARD``."""
        with self._store.read() as reads:
            query = SearchQuery(self.words(typed, reads), BOARD_STATES, limit=MOST_ON_BOARD)
            return frozenset(reads.search_ids(query))

    def archive(self, query: ArchiveQuery, typed: str = "", only: CaseFilter = EVERY_CASE) -> ArchivePage:
        """A page of closed and ended cases; ``typed`` and ``only`` narrow it down, and marks alone find nothing.

        None of these cases is overdue any more.
        """
        with self._store.read() as reads:
            narrowed = self._narrowed(query, typed, only, reads)
            return reads.archive(narrowed) if narrowed else ArchivePage((), None, None, earlier=False, later=False)

    def archive_count(self, query: ArchiveQuery, typed: str = "", only: CaseFilter = EVERY_CASE) -> int:
        """How many cases such a query has, up to ``MANY`` + 1."""
        with self._store.read() as reads:
            narrowed = self._narrowed(query, typed, only, reads)
            return reads.archive_count(narrowed) if narrowed else 0

    def _narrowed(self, query: ArchiveQuery, typed: str, only: CaseFilter, reads: Reads) -> ArchiveQuery | None:
        """The query with its conditions; None when nothing can fulfil them."""
        words = self.words(typed, reads)
        if only.overdue or (typed.strip() and not words):
            return None
        return replace(query, words=(*query.words, *words, *_conditions(only)))

    def meant(self, typed: str, today: date) -> tuple[tuple[BoardRow, ...], tuple[BoardRow, ...]]:
        """Cases of that number or of one that begins so, then those that have the words; whatever their state.

        The number itself comes first, then the newest; of those with the words the ones on the board come first.
        """
        with self._store.read() as reads:
            exact = [found for number in numbers_meant(typed, today) if (found := reads.find(number)) is not None]
            numbered = dict.fromkeys((*exact, *reads.begun_by(beginnings_meant(typed, today), MOST_MEANT)))
            words = self.words(typed, reads)
            wanted = [SearchQuery(words, states, limit=MOST_MEANT) for states in (BOARD_STATES, frozenset())]
            worded = dict.fromkeys(found for query in wanted for found in reads.search_ids(query))
            others = [found for found in worded if found not in numbered]
            return reads.rows(tuple(numbered)), reads.rows(others[:MOST_MEANT])

    def row(self, whistle_id: UUID) -> BoardRow | None:
        """One case as lists show it, whatever its state; None when there is none."""
        with self._store.read() as reads:
            return reads.row(whistle_id)

    def archive_counts(self) -> Mapping[WhistleState, int]:
        """Cases off the board by state, each up to ``MANY`` + 1."""
        with self._store.read() as reads:
            return reads.archive_counts()

    def words(self, typed: str, reads: Reads) -> tuple[SearchWord, ...]:
        """What was typed as words with the codes that they name in the street as it stands."""
        words = search_words(typed)
        if not words:
            return ()
        street, types = self._streets.index(reads), self._policies.version(reads.current_policy_version()).types
        names = self._names
        if names is None or names.street is not street or names.types is not types:
            names = self._names = StreetNames(street, types)
        return tuple(SearchWord(word, tuple(Named(*code) for code in names.meant_by(word))) for word in words)


def _conditions(narrowed: CaseFilter) -> Iterator[SearchWord]:
    """Each set of a filter as a word that any of its codes fulfils."""
    for field, sort in _SORTS.items():
        codes = sorted(getattr(narrowed, field))
        if codes:
            yield SearchWord("", tuple(Named(sort, str(code)) for code in codes))

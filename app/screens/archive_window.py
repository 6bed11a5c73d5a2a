"""The part of the archive that a list holds: a few pages around the cursor, fetched by key as it nears their edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from app.domain.case_filter import EVERY_CASE, CaseFilter
from app.domain.whistle import WhistleState
from app.services.ports import ArchiveKey, ArchivePage, ArchiveQuery, BoardRow, archive_key

PAGE = 200
"""Cases read at once."""
MOST = 3 * PAGE
"""Cases held at once: what lies further away is let go and read again when the cursor comes back."""

BEGINNING = ArchiveKey(datetime.min.replace(tzinfo=UTC), UUID(int=0))
"""Below every case."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the archive is narrowed to; another frame is another list."""

    states: frozenset[WhistleState] = frozenset()
    narrowed: CaseFilter = EVERY_CASE
    needle: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveWish:
    """A page somebody waits for."""

    frame: Frame
    query: ArchiveQuery


@dataclass(frozen=True, slots=True)
class ArchiveAnswer:
    """The page, and how many cases there are by state, each up to ``MANY`` + 1."""

    wish: ArchiveWish
    page: ArchivePage
    counts: Mapping[WhistleState, int]


class ArchiveWindow:
    """Pages in their order, the latest case first. Empty until the first answer."""

    def __init__(self) -> None:
        self.frame = Frame()
        self.rows: tuple[BoardRow, ...] = ()
        self.counts: Mapping[WhistleState, int] = {}
        self.later = False
        """There are later cases above the first row."""
        self.earlier = False
        """There are earlier cases below the last row."""
        self._next: ArchiveQuery | None = None

    @property
    def at_top(self) -> bool:
        """Whether the first row is the first of all."""
        return not self.later

    def show(self, frame: Frame) -> None:
        """Another list, from its first page; the rows of the last one stay until it comes."""
        if frame != self.frame:
            self.frame, self._next = frame, ArchiveQuery(frame.states, limit=PAGE)

    def go_on(self, step: int) -> bool:
        """The page below (1) or above (-1); whether there is one to wait for."""
        if step > 0 and self.earlier and self.rows:
            self._next = ArchiveQuery(self.frame.states, after=archive_key(self.rows[-1].whistle), limit=PAGE)
        elif step < 0 and self.later and self.rows:
            self._next = ArchiveQuery(self.frame.states, before=archive_key(self.rows[0].whistle), limit=PAGE)
        else:
            return False
        return True

    def go_to_edge(self, step: int) -> bool:
        """The very last page (1) or the first (-1); whether it is not here already."""
        if not (self.earlier if step > 0 else self.later):
            return False
        self._next = ArchiveQuery(self.frame.states, before=BEGINNING if step > 0 else None, limit=PAGE)
        return True

    def go_around(self, key: ArchiveKey) -> None:
        """The page in whose middle a case stands."""
        self._next = ArchiveQuery(self.frame.states, around=key, limit=PAGE)

    def wish(self, cursor: UUID | None = None) -> ArchiveWish:
        """What must be read next: a page that is waited for, else what is here again, the cursor's case in it."""
        return ArchiveWish(self.frame, self._next or self._again(cursor))

    def take(self, answer: ArchiveAnswer) -> bool:
        """Put a page in its place; False when it is no longer waited for."""
        query, page = answer.wish.query, answer.page
        if answer.wish.frame != self.frame or (self._next is not None and query != self._next):
            return False
        self.counts, self._next = answer.counts, None
        if query.after is not None:
            self._below(page)
        elif query.before is not None and query.before != BEGINNING:
            self._above(page)
        else:
            self.rows, self.later, self.earlier = page.rows, page.later, page.earlier
        return True

    def _below(self, page: ArchivePage) -> None:
        rows = (*self.rows, *page.rows)
        self.rows, self.earlier = rows[-MOST:], page.earlier
        self.later = self.later or len(rows) > MOST

    def _above(self, page: ArchivePage) -> None:
        rows = (*page.rows, *self.rows)
        self.rows, self.later = rows[:MOST], page.later
        self.earlier = self.earlier or len(rows) > MOST

    def _again(self, cursor: UUID | None) -> ArchiveQuery:
        query = ArchiveQuery(self.frame.states, limit=max(PAGE, len(self.rows)))
        if self.at_top:
            return query
        there = next((row for row in self.rows if row.whistle.id == cursor), self.rows[len(self.rows) // 2])
        return replace(query, around=archive_key(there.whistle))

"""What happened since the last look, each thing once and none left out: entries by number, limits by instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from app.domain.dues import TIDINGS, Due, DueKind
from app.domain.errors import StoreTrouble, Trouble
from app.domain.events import Event
from app.domain.fold import rebuild
from app.domain.ran_out import ran_out, ran_out_by
from app.domain.whistle import Case
from app.services.house import House
from app.services.ports import BoardRow, DueRow, Reads

PAGE = 200
"""Entries, and limits, read at one look."""

REMEMBERED = timedelta(days=1)
"""How long it is known that a limit was told."""

FAR = timedelta(days=400)
"""No limit that matters lies further ahead."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry, with the case as the entry left it; both None where none is concerned or it cannot be read."""

    event: Event
    row: BoardRow | None
    case: Case | None
    about: Event | None = None
    """The entry that an undo takes back or a correction puts right."""


@dataclass(frozen=True, slots=True)
class RanOut:
    """A limit that ran out; ``departments`` (codes) share it, none when it is the case's own."""

    at: datetime
    kind: DueKind
    row: BoardRow
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry that is there and cannot be read."""

    seq: int


News: TypeAlias = Happened | RanOut | Unreadable


class Following:
    """Remembers up to where everything was told: the entry's number, and the instant limits were looked at."""

    def __init__(self, house: House, seq: int, since: datetime) -> None:
        self._house = house
        self.seq = seq
        self.since = since
        self._said: set[tuple[UUID, Due]] = set()
        """Limits told lately: an entry that is taken back brings none of them up again."""
        self._saying: set[tuple[UUID, Due]] = set()

    def look(self) -> tuple[News, ...]:
        """What is new, in the order in which it became so; empty when nothing is left to tell.

        StoreTrouble leaves everything for the next look. At most one page: look again until it is empty.
        """
        self._house.clock.refresh()
        now = self._house.clock.now()
        self._saying = set()
        with self._house.store.read() as reads:
            entries = list(_entries(reads, self.seq))
            whole = len(entries) < PAGE
            until = now if whole else max(self.since, min(now, _recorded(entries[-1], now)))
            news = [*self._happened(reads, entries), *self._silent(reads, until)]
        self.seq = max([self.seq, *(entry.seq for entry in entries)])
        self.since = until
        self._said = {one for one in self._said if one[1].at > until - REMEMBERED} | self._saying
        return tuple(_in_order(news))

    def next_limit(self) -> datetime | None:
        """The street's instant at which the next limit runs out, or at which it is worth asking again."""
        with self._house.store.read() as reads:
            rows = reads.pending_dues(self.since + FAR, PAGE, after=self.since)
        return next((row.due.at for row in rows if row.due.kind not in TIDINGS or row is rows[-1]), None)

    def _happened(self, reads: Reads, entries: Sequence[Event | Unreadable]) -> Iterator[News]:
        """The entries, and with each the limits that it ended too late or set in the past."""
        histories: dict[UUID, tuple[Event, ...]] = {}
        for event in entries:
            if isinstance(event, Unreadable):
                yield event
                continue
            id_ = event.whistle_id
            if id_ is None:
                yield Happened(event, None, None)
                continue
            if id_ not in histories:
                histories[id_] = _history(reads, id_)
            row = _row(reads, id_)
            before, after = self._folded(histories[id_], event.seq - 1), self._folded(histories[id_], event.seq)
            if row is not None and after is not None:
                news = ran_out_by(before[1] if before else (), after[1], self.since, event.occurred_at)
                yield from _together(row, after[0], self._fresh(id_, news))
            about = next((one for one in histories[id_] if one.id == event.corrects), None)
            yield Happened(event, row, after[0] if after else None, about)

    def _folded(self, events: Sequence[Event], seq: int) -> tuple[Case, tuple[Due, ...]] | None:
        known = [event for event in events if event.seq <= seq]
        return rebuild(known, self._house.policies.version) if known else None

    def _silent(self, reads: Reads, until: datetime) -> Iterator[News]:
        """Limits that ran out with nobody doing anything."""
        cases: dict[UUID, list[Due]] = {}
        for found in self._pending(reads, until):
            cases.setdefault(found.whistle_id, []).append(found.due)
        for id_, dues in cases.items():
            row = _row(reads, id_)
            case = reads.case(id_) if row is not None else None
            if row is not None and case is not None:
                yield from _together(row, case, self._fresh(id_, ran_out(dues, self.since, until)))

    def _fresh(self, id_: UUID, dues: Iterable[Due]) -> list[Due]:
        """Those that were not told yet."""
        fresh = [due for due in dues if (id_, due) not in self._said and (id_, due) not in self._saying]
        self._saying.update((id_, due) for due in fresh)
        return fresh

    def _pending(self, reads: Reads, until: datetime) -> Iterator[DueRow]:
        """All of them, a page at a time; the rows of one instant are never parted."""
        after, limit = self.since, PAGE
        while True:
            rows = reads.pending_dues(until, limit, after=after)
            last = rows[-1].due.at if len(rows) == limit else None
            whole = [row for row in rows if last is None or row.due.at < last]
            yield from whole
            if last is None:
                return
            if whole:
                after, limit = whole[-1].due.at, PAGE
            else:
                limit *= 2


def _entries(reads: Reads, seq: int) -> Iterator[Event | Unreadable]:
    """The next page of entries; one that cannot be read keeps none of the others back."""
    try:
        yield from reads.events_since(seq, PAGE)
        return
    except StoreTrouble as error:
        if error.trouble is not Trouble.DAMAGED:
            raise
    for change in reads.changes_since(seq, PAGE):
        try:
            yield from reads.events_since(change.seq - 1, 1)
        except StoreTrouble as error:
            if error.trouble is not Trouble.DAMAGED:
                raise
            yield Unreadable(change.seq)


def _history(reads: Reads, id_: UUID) -> tuple[Event, ...]:
    try:
        return reads.events_of(id_)
    except StoreTrouble as error:
        if error.trouble is not Trouble.DAMAGED:
            raise
        return ()


def _row(reads: Reads, id_: UUID) -> BoardRow | None:
    try:
        return reads.row(id_)
    except StoreTrouble as error:
        if error.trouble is not Trouble.DAMAGED:
            raise
        return None


def _together(row: BoardRow, case: Case, dues: Iterable[Due]) -> Iterator[RanOut]:
    """One piece of news for all departments that share a limit."""
    names = {assignment.id: assignment.department for assignment in case.assignments}
    shared: dict[tuple[datetime, DueKind], list[str]] = {}
    for due in dues:
        mine = shared.setdefault((due.at, due.kind), [])
        if due.assignment_id in names:
            mine.append(names[due.assignment_id])
    for (at, kind), departments in shared.items():
        yield RanOut(at, kind, row, tuple(dict.fromkeys(departments)))


def _recorded(entry: Event | Unreadable, now: datetime) -> datetime:
    return entry.recorded_at if isinstance(entry, Event) else now


def _in_order(news: Sequence[News]) -> list[News]:
    """Entries in their own order; a limit before the first entry that was written down after it."""
    limits = sorted((one for one in news if isinstance(one, RanOut)), key=lambda one: one.at)
    told: list[News] = []
    for one in news:
        if isinstance(one, RanOut):
            continue
        while isinstance(one, Happened) and limits and limits[0].at <= one.event.recorded_at:
            told.append(limits.pop(0))
        told.append(one)
    return [*told, *limits]

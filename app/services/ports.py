"""What the use cases need from a store and a clock; ``db`` implements it, tests may too (decisions 25)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID

from app.domain.dues import Due, DueKind
from app.domain.events import Event, EventKind
from app.domain.org import Member, Shift, Street
from app.domain.policy import WhistleKind
from app.domain.posture import Standing
from app.domain.whistle import Case, Request, Whistle, WhistleState, left_board_at

if TYPE_CHECKING:
    from app.services.briefing_ports import BriefingReads, BriefingWrites
    from app.services.duty_ports import DutyReads, DutyWrites
    from app.services.flood_ports import FloodReads, FloodWrites
    from app.services.gauge_ports import GaugeReads, GaugeWrites
    from app.services.handover_ports import HandoverReads, HandoverWrites
    from app.services.log_ports import LogReads, LogWrites
    from app.services.map_ports import MapReads, MapWrites
    from app.services.round_ports import RoundReads, RoundWrites

T = TypeVar("T")


class Clock(Protocol):
    """Gives the street's time: the wall clock, or the drill's (decisions 20)."""

    def now(self) -> datetime:
        """The street's instant, aware UTC."""

    def wall(self) -> datetime:
        """The machine's instant, aware UTC: for leases, time-outs and ages."""


@dataclass(frozen=True, slots=True)
class DrillClock:
    """A drill's clock as one row: drill instant, the real instant it was set at, speed (decisions 20)."""

    drill_at: datetime
    real_at: datetime
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Station:
    """The meta row of a database: identity, drill mark, schema, street code, clock."""

    uuid: UUID
    drill: bool
    schema: str
    street: str
    clock: DrillClock | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One case as lists show it: state plus the texts a row needs."""

    whistle: Whistle
    title: str
    place_text: str
    departments: tuple[str, ...] = ()
    """Departments still waited for in the current stage, codes."""


@dataclass(frozen=True, slots=True)
class BoardKey:
    """Where a page of the board ended: danger, deadline, id (paging by key)."""

    danger: int
    deadline_at: datetime | None
    id: UUID


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """Which open cases, in board order: danger, then what is left (no limit last), then id."""

    grids: frozenset[str] = frozenset()
    """Empty = all."""
    states: frozenset[WhistleState] = frozenset()
    after: BoardKey | None = None
    limit: int = 200


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A page of the board; rows that cannot be read are counted, never fatal."""

    rows: tuple[BoardRow, ...]
    unreadable: int
    more: bool


MANY = 1000
"""Counts of what is found go this far; beyond it is said that there are more."""


@dataclass(frozen=True, slots=True)
class Named:
    """A code of the street or the policy that a word of a search means by its name."""

    sort: str
    """``unit``, ``place``, ``department``, ``member``, ``kind``, ``matter`` or ``state``."""
    code: str


@dataclass(frozen=True, slots=True)
class SearchWord:
    """One word that must be found: in the case's texts, by pinyin initials, or by one of the codes it names."""

    text: str
    """As ``app.domain.search_text.search_words`` gives it."""
    named: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Cases that fit every word, whatever their state, the newest first."""

    words: tuple[SearchWord, ...]
    states: frozenset[WhistleState] = frozenset()
    """Empty = all."""
    grids: frozenset[str] = frozenset()
    limit: int = 50


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The newest cases found; ``count`` of all that fit goes up to ``MANY``, ``many`` = there are more."""

    rows: tuple[BoardRow, ...]
    count: int
    many: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveKey:
    """A place in the archive: when a case left the board, and its id."""

    left_at: datetime
    id: UUID


def archive_key(whistle: Whistle) -> ArchiveKey:
    """The place of a case in the archive; of one on the board, where it would stand were it recorded then."""
    return ArchiveKey(left_board_at(whistle) or whistle.created_at, whistle.id)


@dataclass(frozen=True, slots=True)
class ArchiveQuery:
    """Which cases that left the board, the latest first; one page after or before a key, or around it.

    With ``words`` the order is that in which the cases were recorded, the newest first; the keys stay the same.
    """

    states: frozenset[WhistleState] = frozenset()
    """Empty = all that are off the board; others find nothing."""
    grids: frozenset[str] = frozenset()
    words: tuple[SearchWord, ...] = ()
    since: datetime | None = None
    """Only cases that left the board at this instant or later; not looked at with ``words``."""
    after: ArchiveKey | None = None
    """The page that follows this key: older cases."""
    before: ArchiveKey | None = None
    """The page that ends before this key: later cases. Still given the latest first."""
    around: ArchiveKey | None = None
    """The page in whose middle the key stands, so that a cursor finds its case again."""
    limit: int = 200


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A page of the archive; rows that cannot be read are counted, never fatal."""

    rows: tuple[BoardRow, ...]
    first: ArchiveKey | None
    """Where the page begins: the next later page is ``before`` it. None when the page is empty."""
    last: ArchiveKey | None
    """Where the page ends: the next earlier page is ``after`` it."""
    earlier: bool
    """There are older cases below this page."""
    later: bool
    """There are later cases above this page."""
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class GridCount:
    """Open cases of one grid and kind, drafts apart, and how many of them are past their deadline at ``now``."""

    grid: str
    kind: WhistleKind
    open: int
    overdue: int
    report_in_overdue: int
    """Of the overdue ones, how many wait for a department to report in on site."""
    draft: int = 0
    """Saved and not blown yet."""


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """The header's counters over all open cases (domain 2.9); a draft is not blown and counts apart."""

    open: int
    emergency: int
    overdue: int
    due_today: int
    """Deadline later than ``now`` and not later than the end of the local day; overdue ones not counted again."""
    reporting: int
    """Departments whistled for and not yet on site, over all open cases."""
    to_rate: int
    """Closed cases that wait for their rating, counted up to ``MANY`` + 1."""
    feedback_due: int = 0
    """Departments on site whose next word is due or overdue (待续报)."""
    draft: int = 0
    """Saved and not blown yet."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One pending due row of a case."""

    whistle_id: UUID
    number: str
    due: Due


@dataclass(frozen=True, slots=True)
class Change:
    """What one event touched, for reloading only that."""

    seq: int
    kind: EventKind
    whistle_id: UUID | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A small service, visit or finding solved on the spot, without a whistle (domain 1 row 43, 2.8)."""

    id: UUID
    kind: str
    """``service``, ``visit`` or ``finding``."""
    grid: str
    place: str
    matter: str
    by: str
    occurred_at: datetime
    recorded_at: datetime
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading an organisation changed: codes by table."""

    added: Mapping[str, tuple[str, ...]]
    updated: Mapping[str, tuple[str, ...]]
    retired: Mapping[str, tuple[str, ...]]
    """Codes no longer in the file: kept for history, no longer offered."""


class Reads(Protocol):
    """Everything a use case may read, in one consistent snapshot. All values are immutable."""

    @property
    def duty(self) -> DutyReads:
        """Notices, reminders, the outbox and the engines."""

    @property
    def rounds(self) -> RoundReads:
        """Rounds and the rules they go by."""

    @property
    def flood(self) -> FloodReads:
        """Signals, response levels, the posture in force, who is to leave."""

    @property
    def gauges(self) -> GaugeReads:
        """Gauge readings and what was told of them."""

    @property
    def maps(self) -> MapReads:
        """The street's map."""

    @property
    def log(self) -> LogReads:
        """The shift log."""

    @property
    def briefings(self) -> BriefingReads:
        """Briefings and the action items that came of them."""

    @property
    def handovers(self) -> HandoverReads:
        """Handovers between shifts."""

    def station(self) -> Station: ...
    def events_of(self, whistle_id: UUID) -> tuple[Event, ...]: ...
    def events_of_all(self, whistle_ids: Collection[UUID]) -> dict[UUID, tuple[Event, ...]]:
        """All events of these cases, each in commit order; cases without any are left out."""

    def event(self, event_id: UUID) -> Event | None: ...
    def last_seq(self) -> int: ...
    def last_occurred_at(self) -> datetime | None: ...
    def changes_since(self, seq: int, limit: int = 1000) -> tuple[Change, ...]: ...
    def events_since(self, seq: int, limit: int = 200) -> tuple[Event, ...]:
        """Whole entries after a commit number, oldest first."""

    def case(self, whistle_id: UUID) -> Case | None: ...
    def cases(self, whistle_ids: Collection[UUID]) -> dict[UUID, Case]:
        """Many cases as they were last saved; missing ones are left out."""

    def find(self, number: str) -> UUID | None:
        """By full number ``W-20200702-01``, board number ``0702-01`` (newest such) or id prefix (≥ 8 hex)."""

    def begun_by(self, beginnings: Sequence[str], limit: int) -> tuple[UUID, ...]:
        """Cases whose full number begins so, the newest number first; one beginning after the other, by key."""

    def by_source_number(self, source_number: str) -> tuple[Whistle, ...]: ...
    def look_alikes(self, grid: str, matter: str, place: str, since: datetime) -> tuple[BoardRow, ...]: ...
    def board(self, query: BoardQuery) -> BoardPage: ...
    def row(self, whistle_id: UUID) -> BoardRow | None: ...
    def rows(self, whistle_ids: Sequence[UUID]) -> tuple[BoardRow, ...]:
        """Rows of these cases whatever their state, in the order given; missing ones are left out."""

    def pending_requests(self, whistle_ids: Sequence[UUID]) -> tuple[Request, ...]:
        """Requests of these cases that nobody has decided yet."""

    def search(self, query: SearchQuery) -> SearchResult: ...
    def search_ids(self, query: SearchQuery) -> tuple[UUID, ...]:
        """Only the ids of the newest cases that fit, at most ``limit``."""

    def archive(self, query: ArchiveQuery) -> ArchivePage: ...
    def archive_count(self, query: ArchiveQuery) -> int:
        """How many cases the query's filters leave, its keys apart; counted up to ``MANY`` + 1."""

    def archive_counts(self) -> Mapping[WhistleState, int]:
        """Cases off the board by state, each counted up to ``MANY`` + 1."""

    def open_count(self) -> int: ...
    def grid_counts(self, now: datetime) -> tuple[GridCount, ...]: ...
    def board_counts(self, now: datetime, day_ends: datetime) -> BoardCounts: ...
    def last_record_by_grid(self) -> Mapping[str, datetime]:
        """Grid code → when anything was last recorded there (case or spot), from a column kept with the grid."""

    def pending_dues(
        self, until: datetime, limit: int = 200, *, after: datetime | None = None, without: Iterable[DueKind] = ()
    ) -> tuple[DueRow, ...]: ...
    def dues_of(self, whistle_id: UUID) -> tuple[tuple[Due, str], ...]:
        """All due rows of a case with their state (pending, fired, cancelled)."""

    def spots(self, since: datetime, limit: int = 200) -> tuple[Spot, ...]: ...
    def street(self) -> Street:
        """The organisation as it stands: active rows only, in sort order."""

    def retired(self) -> Street:
        """Units, departments, members and places that are no longer in the organisation: history names them."""

    def open_cases_on(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Table → code → numbers of the cases on the board that stand on it (units, departments, members, places)."""

    def stream_version(self, stream: str) -> int:
        """The newest ``stream_version`` of a stream, 0 when it has none."""

    def org_version(self) -> int:
        """``stream_version("org")``: how often an organisation was loaded or a shift opened."""

    def member(self, code: str) -> Member | None:
        """Retired members too: history names them."""

    def posture(self) -> Standing:
        """The flood posture in force; one row, or none yet."""

    def begins_after(self, after: datetime, now: datetime) -> datetime | None:
        """When the first signal or response level begins after an instant, of those that have not run out by now."""

    def shift_at(self, instant: datetime) -> Shift | None: ...
    def shift(self, code: str) -> Shift | None:
        """A shift by its code, one that is over or no longer in the roster too."""

    def shifts_in(self, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """Shifts of the roster that run at any time in [since, until), the earliest first."""

    def shift_before(self, instant: datetime) -> Shift | None:
        """The shift of the roster that had ended by an instant, the last of them."""

    def desk_handed(self) -> tuple[str, str]:
        """Codes of the shift whose handover is under way, and of the one that took over last; empty for none."""

    def first_recorded_at(self) -> datetime | None:
        """When the first entry was made."""

    def policy_json(self, version: int) -> str | None: ...
    def current_policy_version(self) -> int: ...


class Writes(Reads, Protocol):
    """Reads plus changes, inside one write transaction that the store may run again from its start."""

    @property
    def duty(self) -> DutyWrites:
        """Changes of notices, reminders, the outbox and the engines."""

    @property
    def rounds(self) -> RoundWrites:
        """Changes of rounds and their rules."""

    @property
    def flood(self) -> FloodWrites:
        """Changes of the same."""

    @property
    def gauges(self) -> GaugeWrites:
        """Changes of gauge readings."""

    @property
    def maps(self) -> MapWrites:
        """Changes of the street's map."""

    @property
    def log(self) -> LogWrites:
        """Changes of the shift log."""

    @property
    def briefings(self) -> BriefingWrites:
        """Changes of briefings and action items."""

    @property
    def handovers(self) -> HandoverWrites:
        """Changes of handovers."""

    def append(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Store events with their words; returns them with ``seq``. A known id or stream version raises ``Raced``."""

    def save_case(self, case: Case, dues: Sequence[Due]) -> None:
        """Upsert the case's rows and bring its due rows in line: new, moved, cancelled; fired ones stay."""

    def search_anew(self, whistle_ids: Sequence[UUID]) -> None:
        """Bring what is searched of these cases in line with their rows and words: after words were emptied."""

    def rebuild_search(self) -> None:
        """The same for every case, and the index made anew; takes minutes at a million."""

    def next_number(self, day: date) -> str:
        """The next ``W-YYYYMMDD-NN`` of a street day; gives no number twice (decisions 6)."""

    def add_policy(self, body: str, at: datetime) -> int: ...
    def save_street(self, street: Street, at: datetime) -> LoadReport: ...
    def save_shift(self, shift: Shift) -> None: ...
    def add_spot(self, spot: Spot, event: Event) -> None: ...
    def set_clock(self, clock: DrillClock | None) -> None: ...
    def set_street(self, code: str) -> None: ...


class Raced(Exception):
    """An event id or stream version was already there: look again and decide (same request, or a conflict)."""


class Store(Protocol):
    """One database. Safe to share between threads; every call is one transaction of its own."""

    def read(self) -> AbstractContextManager[Reads]: ...

    def write(self, work: Callable[[Writes], T]) -> T:
        """Run ``work`` in one write transaction and commit. Retries busy and races from the start, bounded.

        Raises StoreTrouble (locked, full, read-only …) with nothing written; passes WanggeError through.
        """

    def close(self) -> None: ...

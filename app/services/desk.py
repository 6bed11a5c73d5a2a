"""What the duty desk shows, read in one snapshot: board, counters, grids, shift (design 4, domain 2.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.grid_rounds import NO_ROUNDS, GridRounds
from app.domain.grid_status import GridFigures, GridStatus, grid_status
from app.domain.holding import Holding
from app.domain.org import Shift, SixRole, Unit
from app.domain.policy import Policy, WhistleKind
from app.domain.posture import Colour, Posture, ResponseLevel, Standing, WaterLevel
from app.domain.street_index import StreetIndex
from app.domain.whistle import BOARD_STATES, Request, Whistle, left_board_at
from app.services.holding import holding_beside
from app.services.policies import Policies
from app.services.ports import (
    BoardCounts,
    BoardPage,
    BoardQuery,
    BoardRow,
    Clock,
    GridCount,
    Reads,
    Station,
    Store,
)
from app.services.streets import Streets

if TYPE_CHECKING:
    from app.domain.coming import NextHour
    from app.domain.due_round import DueRound
    from app.domain.flood import FloodView
    from app.domain.planned_round import PlannedRound


IN_SEASON = Standing()


@dataclass(frozen=True, slots=True)
class DeskView:
    """One consistent picture of the street. ``seq`` is the newest event it knows."""

    now: datetime
    seq: int
    station: Station
    street: StreetIndex
    policy: Policy
    shift: Shift | None
    board: BoardPage
    counts: BoardCounts
    grids: tuple[GridStatus, ...]
    plan_missing: int | None
    """Year whose working-day plan is not published yet, when it will soon be needed."""
    holding: Holding | None = None
    """The shift that holds the desk: until the next one has signed for it."""
    flood: FloodView | None = None
    """The flood posture in force and what holds it up; None in season, and in a desk's first picture."""
    standing: Standing = IN_SEASON
    """The posture alone."""


MISSED_COUNTS = timedelta(hours=24)
"""So long a round that was missed keeps its grid from being normal, unless another was begun there."""
SOON = 99
"""How many limits of the next hour are read: later ones are only said to be there."""

_NEVER = datetime.max.replace(tzinfo=UTC)

MOST_CHANGES = 500
"""Events since a known picture after which its board is read anew."""


def flood_view_of(reads: Reads, now: datetime) -> FloodView:
    """What is recorded alone: of a desk that nobody has told of gauges and plans."""
    from app.services.flood_view import flood_view

    return flood_view(reads, now)


class Desk:
    """Reads for the screens and for ``status``; writes nothing."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self.flood: Callable[[Reads, datetime], FloodView] = flood_view_of
        """What is in force, the water and the plans of rounds included."""

    def view(
        self, query: BoardQuery | None = None, known: DeskView | None = None, *, first: bool = False
    ) -> DeskView:  # fmt: skip
        """The street as it stands now. With a picture that is already known, only cases that changed are read.

        The ``first`` picture of a desk does without what no first row shows: where rounds stand, and what holds the
        flood posture up.
        """
        now = self._clock.now()
        policy = self._policies.current()
        with self._store.read() as reads:
            street = self._streets.index(reads)
            shift = reads.shift_at(now)
            standing = reads.posture()
            flood = None if first or standing.posture is Posture.SEASON else self.flood(reads, now)
            weather = _weather(standing, flood, now)
            return DeskView(
                now=now,
                seq=reads.last_seq(),
                station=reads.station(),
                street=street,
                policy=policy,
                shift=shift,
                board=_renewed(reads, known) or reads.board(query or BoardQuery()),
                counts=reads.board_counts(now, day_end(now, policy)),
                grids=_grids(reads, street, shift, policy, now, weather, {} if first else _rounds(reads, now)),
                plan_missing=self._policies.plan_is_missing(reads),
                holding=holding_beside(reads, shift, now),
                flood=flood,
                standing=standing,
            )

    def pending_requests(self, rows: Sequence[BoardRow]) -> tuple[Request, ...]:
        """What was asked for in these cases and waits for a decision."""
        with self._store.read() as reads:
            return reads.pending_requests([row.whistle.id for row in rows])

    def upcoming(
        self, within: timedelta = timedelta(hours=1),
        named: Callable[[Reads, Sequence[PlannedRound]], Sequence[DueRound]] = lambda _reads, _found: (),
    ) -> NextHour:  # fmt: skip
        """What the duty clock will do within a span if nobody does anything; ``named`` tells planned rounds by name."""
        from app.domain.coming import HALVES, NextHour, coming  # no first row needs it
        from app.domain.plan import DutyState
        from app.services.notices import files_of
        from app.services.reminders import reminder_files

        now = self._clock.now()
        until = now + within
        with self._store.read() as reads:
            policy = self._policies.version(reads.current_policy_version())
            dues = reads.pending_dues(until, SOON + 1, after=now, without=HALVES)
            more = len(dues) > SOON
            if more:
                dues = dues[:SOON]
                until = dues[-1].due.at
            notices = reads.duty.notices_waking(until)
            reminders = reads.duty.reminders_due(until)
            rounds = reads.rounds.planned_due(until)
            silent = reads.rounds.check_ins_due(until)
            state = DutyState(
                tuple((row.whistle_id, row.number, row.due) for row in dues), notices, reminders, rounds, silent,
                calendar=policy.calendar,
            )  # fmt: skip
            walks = named(reads, rounds)
            files, texts = files_of(reads, notices, policy), reminder_files(reads, reminders, policy)
        return NextHour(coming(state, files, texts, now, until, walks), more)

    def seq(self) -> int:
        """The newest event's number: has anything changed?"""
        with self._store.read() as reads:
            return reads.last_seq()


def _renewed(reads: Reads, known: DeskView | None) -> BoardPage | None:
    """A known board with the cases that changed since; None when it has to be read anew.

    The whole board must be known, and every changed case readable.
    """
    if known is None or known.board.more or known.board.unreadable or known.station.uuid != reads.station().uuid:
        return None
    if known.seq > reads.last_seq():  # somebody put an older file in its place
        return None
    changes = reads.changes_since(known.seq, MOST_CHANGES + 1)
    ids = tuple(dict.fromkeys(change.whistle_id for change in changes if change.whistle_id))
    rows = reads.rows(ids)
    if len(changes) > MOST_CHANGES or len(rows) < len(ids):
        return None
    return BoardPage(in_board_order(known.board.rows, rows), 0, more=False) if rows else known.board


def in_board_order(known: Sequence[BoardRow], changed: Sequence[BoardRow]) -> tuple[BoardRow, ...]:
    """The known rows with the changed ones in their places; cases that left the board are gone."""
    ids = {row.whistle.id for row in changed}
    rows = [row for row in known if row.whistle.id not in ids]
    rows += [row for row in changed if row.whistle.state in BOARD_STATES]
    return tuple(sorted(rows, key=_board_key))


def _board_key(row: BoardRow) -> tuple[int, bool, datetime, UUID]:
    """Danger, then the deadline (none last), then the id: the order of ``BoardQuery``."""
    whistle = row.whistle
    return whistle.danger, whistle.deadline_at is None, whistle.deadline_at or _NEVER, whistle.id


def left_at(whistle: Whistle) -> datetime:
    """When a case left the board: closed, rejected, withdrawn or joined; its beginning while it is on it."""
    return left_board_at(whistle) or whistle.created_at


def day_end(now: datetime, policy: Policy) -> datetime:
    """The end of the street's local day that ``now`` lies in, aware."""
    zone = policy.calendar.zone
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)


def _rounds(reads: Reads, now: datetime) -> Mapping[str, GridRounds]:
    return reads.rounds.by_grid(now, now - MISSED_COUNTS)


def _grids(
    reads: Reads, street: StreetIndex, shift: Shift | None, policy: Policy, now: datetime, weather: _Weather,
    rounds: Mapping[str, GridRounds],
) -> tuple[GridStatus, ...]:  # fmt: skip
    counts: dict[str, list[GridCount]] = {}
    for count in reads.grid_counts(now):
        counts.setdefault(count.grid, []).append(count)
    last = reads.last_record_by_grid()
    duty: dict[str, list[str]] = {}
    for entry in shift.grid_duty if shift else ():
        duty.setdefault(entry.grid, []).append(entry.member)
    filled: dict[str, set[SixRole]] = {}
    for member in street.street.members:
        filled.setdefault(member.grid, set()).update(member.six_roles)
    statuses = []
    for grid in _shown(street, counts):
        mine = counts.get(grid.code, [])
        retired = grid.code not in street.units
        figures = GridFigures(
            open={kind: sum(c.open for c in mine if c.kind is kind) for kind in WhistleKind},
            overdue=sum(c.overdue for c in mine),
            report_in_overdue=sum(c.report_in_overdue for c in mine),
            on_duty=tuple(duty.get(grid.code, ())),
            vacancies=() if retired else tuple(role for role in SixRole if role not in filled.get(grid.code, set())),
            last_record_at=last.get(grid.code),
            retired=retired,
            drafts=sum(c.draft for c in mine),
            warning=weather.warning,
            response=weather.response,
            water=weather.water,
            posture=weather.posture,
            rounds=rounds.get(grid.code, NO_ROUNDS),
        )
        statuses.append(grid_status(grid, figures, policy, now))
    return tuple(statuses)


@dataclass(frozen=True, slots=True)
class _Weather:
    """What holds for every grid of the street: the posture, and the strictest of each that asks for it."""

    posture: Posture
    warning: Colour | None = None
    response: ResponseLevel | None = None
    water: WaterLevel | None = None


def _weather(standing: Standing, flood: FloodView | None, now: datetime) -> _Weather:
    if flood is None:
        return _Weather(standing.posture)
    response = flood.response_at(now)
    colour = next((one.colour for one in flood.signals_at(now) if one.posture is not Posture.SEASON), None)
    return _Weather(standing.posture, colour, response.level if response else None, flood.water)


def _shown(street: StreetIndex, counts: Mapping[str, object]) -> list[Unit]:
    """The street's grids, and below each community those that are retired and still have open cases."""
    shown = list(street.grids)
    for grid in street.retired_grids:
        if grid.code in counts:
            beside = [n for n, other in enumerate(shown) if other.parent == grid.parent]
            shown.insert(beside[-1] + 1 if beside else len(shown), grid)
    return shown

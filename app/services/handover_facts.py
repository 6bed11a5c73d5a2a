"""What is open at a handover, read in one snapshot: nobody types it, nothing can be left out (behaviours 26)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.action_item import ActionItem
from app.domain.dues import Due, DueKind
from app.domain.fold import rebuild
from app.domain.handover import SOON, Item, ItemKind, Why, in_order, mark_of
from app.domain.message import Name
from app.domain.planned_round import PlannedRound, PlannedState
from app.domain.policy import Policy, WhistleKind
from app.domain.round_file import RoundLine
from app.domain.street_index import StreetIndex
from app.domain.text import mask_phone
from app.domain.whistle import Severity, WhistleState
from app.services.patrol_rules import PatrolRules
from app.services.ports import ArchiveQuery, BoardQuery, BoardRow, Reads

REPORTS = frozenset(
    {DueKind.REPORT_PHONE, DueKind.REPORT_WRITTEN, DueKind.REPORT_FOLLOW_UP, DueKind.REPORT_FINAL}
)  # fmt: skip
CALLS = frozenset({DueKind.RATE_HALF, DueKind.RATE})
MOST_CASES = 1_000_000
MOST_CLOSED = 500
"""Closed cases that are looked through for return calls and final reports, the latest first."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What it takes to see what is open at an instant; reports and return calls count that come due until ``until``."""

    reads: Reads
    rules: PatrolRules
    street: StreetIndex
    policy_of: Callable[[int], Policy]
    now: datetime
    until: datetime


def open_items(looking: Looking) -> tuple[Item, ...]:
    """Everything that is open, critical ones first."""
    reads = looking.reads
    board = reads.board(BoardQuery(limit=MOST_CASES)).rows
    closed = reads.archive(ArchiveQuery(states=frozenset({WhistleState.CLOSED}), limit=MOST_CLOSED)).rows
    found = [
        *_cases(looking, board),
        *_reports(looking, [row for row in (*board, *closed) if row.whistle.kind is WhistleKind.EMERGENCY]),
        *(item for row in closed for item in _calls(looking, row)),
        *(_round(looking, line) for line in reads.rounds.under_way()),
        *(_planned(looking, one) for one in reads.rounds.waited_for()
          if one.state is PlannedState.PLANNED and one.opens <= looking.now),
        *_log(looking),
        *_tasks(looking),
    ]  # fmt: skip
    return tuple(in_order(found))


# -- cases ---------------------------------------------------------------------------------------
def _cases(looking: Looking, board: tuple[BoardRow, ...]) -> Iterator[Item]:
    steps = looking.reads.handovers.last_steps([row.whistle.id for row in board])
    for row in board:
        whistle = row.whistle
        why = tuple(_why(row, looking.now))
        yield Item(
            ItemKind.CASE, str(whistle.id), whistle.number, mask_phone(row.title),
            mark_of(steps.get(whistle.id, 0), whistle.version, whistle.waiting, whistle.deadline_at, why),
            grid=whistle.grid, due_at=whistle.deadline_at, why=why, whistle_id=whistle.id, state=whistle.state,
            waiting=whistle.waiting, departments=row.departments,
        )  # fmt: skip


def _why(row: BoardRow, now: datetime) -> Iterator[Why]:
    whistle = row.whistle
    if whistle.kind is WhistleKind.EMERGENCY:
        yield Why.EMERGENCY
    if whistle.severity is not Severity.NORMAL:
        yield Why.SEVERE
    if whistle.deadline_at is not None and whistle.deadline_at < now:
        yield Why.OVERDUE


def _reports(looking: Looking, emergencies: Sequence[BoardRow]) -> Iterator[Item]:
    """Reports up the line that are due or overdue."""
    histories = looking.reads.events_of_all([row.whistle.id for row in emergencies])
    for row in emergencies:
        yield from _reports_of(looking, row, rebuild(histories[row.whistle.id], looking.policy_of)[1])


def _reports_of(looking: Looking, row: BoardRow, rows: Sequence[Due]) -> Iterator[Item]:
    """The next report of each kind."""
    whistle, now = row.whistle, looking.now
    for kind in sorted({due.kind for due in rows} & REPORTS):
        at = min(due.at for due in rows if due.kind is kind)
        if at > looking.until:
            continue
        why = (Why.OVERDUE,) if at < now else (Why.SOON,) if at < now + SOON else ()
        yield Item(
            ItemKind.REPORT, str(whistle.id), whistle.number, mask_phone(row.title), mark_of(kind, at, why),
            grid=whistle.grid, due_at=at, why=why, whistle_id=whistle.id, state=whistle.state, part=kind.value,
        )  # fmt: skip


def _calls(looking: Looking, row: BoardRow) -> Iterator[Item]:
    """The return call of a closed case."""
    whistle, now = row.whistle, looking.now
    at = min((due.at for due, state in looking.reads.dues_of(whistle.id)
              if due.kind in CALLS and state != "cancelled"), default=None)  # fmt: skip
    if at is None or at > looking.until:
        return
    late = whistle.deadline_at is not None and whistle.deadline_at < now
    why = (Why.OVERDUE,) if late else ()
    yield Item(
        ItemKind.RETURN_CALL, str(whistle.id), whistle.number, mask_phone(row.title), mark_of(at, why),
        grid=whistle.grid, due_at=at, why=why, whistle_id=whistle.id, state=whistle.state,
    )  # fmt: skip


# -- rounds --------------------------------------------------------------------------------------
def _name(looking: Looking, version: int, template: str, route: str) -> Name:
    book = looking.rules.version(looking.reads, version)
    way, asked = book.routes.get(route), book.templates.get(template)
    return way.name if way else asked.name if asked else Name(template)


def _round(looking: Looking, line: RoundLine) -> Item:
    """A team that is out: each problem it finds makes it another one, its answers do not."""
    silent = line.silent or (line.check_in_at is not None and line.check_in_at < looking.now)
    why = (Why.OVERDUE, Why.OUTSIDE) if silent else (Why.OUTSIDE,)
    return Item(
        ItemKind.ROUND, str(line.id), line.number, "", mark_of(line.state, line.progress.problems, why),
        _name(looking, line.rules_version, line.template, line.route), line.grid, line.closes, why, who=line.team,
    )  # fmt: skip


def _planned(looking: Looking, one: PlannedRound) -> Item:
    why = (Why.OVERDUE,) if one.start_by < looking.now else ()
    name = _name(looking, looking.reads.rounds.rules_version(), one.template, one.route)
    return Item(ItemKind.PLANNED, str(one.id), "", "", mark_of(one.state, why), name, one.grid, one.closes, why)


# -- the rest ------------------------------------------------------------------------------------
def _log(looking: Looking) -> Iterator[Item]:
    for entry in looking.reads.log.open_entries():
        yield Item(
            ItemKind.LOG, str(entry.number), f"#{entry.number}", entry.texts.get("content", ""),
            mark_of(entry.version), grid=entry.grid, whistle_id=entry.whistle_id,
        )  # fmt: skip


def _tasks(looking: Looking) -> Iterator[Item]:
    """Every action item that is not done, also one that is due later: nobody else remembers it."""
    units = [unit.code for unit in looking.street.street.units]
    return (_task(looking, one) for one in looking.reads.briefings.items_open(units))


def _task(looking: Looking, one: ActionItem) -> Item:
    why = (Why.OVERDUE,) if one.due_at < looking.now else ()
    return Item(
        ItemKind.TASK, str(one.number), f"#{one.number}", one.texts.get("what", ""), mark_of(one.version, why),
        grid=one.grid, due_at=one.due_at, why=why, whistle_id=one.whistle_id, who=(one.owner,),
    )  # fmt: skip

"""Reads what a briefing is composed of, in one snapshot: the log of its stretch, and how things stand (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.action_item import ActionItem
from app.domain.actor import Channel
from app.domain.briefing import NoteLine, Present, ProblemLine, Ref, RefKind, SpotLine, TaskLine, WalkLine
from app.domain.briefing_parts import Below
from app.domain.compose import CaseFact, Facts
from app.domain.events import EventKind
from app.domain.flood import Response, Signal
from app.domain.local_time import at_local
from app.domain.message import Name
from app.domain.org import Shift, ShiftKind, UnitLevel
from app.domain.planned_round import PlannedRound, PlannedState
from app.domain.policy import Policy, WhistleKind, WorkCalendar
from app.domain.reminder import Reminder
from app.domain.repeats import FoundProblem, nth_times
from app.domain.round import Round, RoundState, fold_round
from app.domain.round_file import RoundLine
from app.domain.shift_log import LogLine
from app.domain.street_index import StreetIndex
from app.services.desk import day_end
from app.services.finding_links import whistle_of
from app.services.log_lines import lines_in
from app.services.patrol_rules import PatrolRules
from app.services.ports import BoardQuery, Reads

LONGEST_WINDOW = timedelta(days=1)
"""No round is due for longer than this before it is missed."""
DAY = timedelta(days=1)
MOST_SPOTS = 10_000
BY_TELEPHONE = frozenset({Channel.PHONE, Channel.PLATFORM})
"""How what others bring reaches the desk; the rest its own people saw and did."""
EVERYBODYS = frozenset({"warning", "response", "posture", "gauge", "org"})
"""Streams that concern every unit: the weather, the water, the roster."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a briefing covers: of which unit, from when until when; ``after_seq`` = what its forerunner knew."""

    unit: str
    since: datetime
    until: datetime
    after_seq: int | None = None
    """None = there is no signed one before it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What people added to it."""

    notes: tuple[NoteLine, ...] = ()
    present: tuple[Present, ...] = ()
    items: tuple[ActionItem, ...] = ()
    """Of the unit, not done."""


def gather(
    reads: Reads, rules: PatrolRules, street: StreetIndex, policy: Policy, stretch: Stretch, said: Said, now: datetime
) -> Facts:
    """The facts of a stretch as they stand at ``now``."""
    whole = street.units[stretch.unit].level is UnitLevel.STREET
    grids = frozenset(unit.code for unit in street.grids if street.covers(stretch.unit, unit.code))
    lines = [
        line for line in lines_in(reads, rules, stretch.since, stretch.until, after_seq=stretch.after_seq)
        if whole or line.grid in grids or (not line.grid and _of_everybody(line))
    ]  # fmt: skip
    shifts = reads.shifts_in(stretch.since, stretch.until)
    late = sum(line.at < stretch.since for line in lines)
    walks = [one for one in reads.rounds.since(stretch.since) if one.started_at < stretch.until and one.grid in grids]
    book = _Book(reads, rules, policy.repeat_within)
    return Facts(
        stretch.unit, stretch.since, stretch.until, now, day_end(stretch.until, policy), reads.posture().posture,
        shifts, _night_from(shifts, stretch, policy.calendar), lines, _cases(reads, lines, grids, whole),
        _signals(reads, stretch), _responses(reads, stretch),
        [*(book.walk(one) for one in reversed(walks)), *_missed(reads, stretch, grids, book)],
        [book.problem(reads, one) for one in reversed(reads.rounds.problems_since(stretch.since))
         if one.at < stretch.until and one.grid in grids],
        _spots(reads, lines), _tasks(reads, stretch, said, grids, book, day_end(stretch.until, policy), now),
        said.notes, [_with_roles(one, street) for one in said.present],
        any(line.event.kind is EventKind.GAUGE_READ for line in lines), late, _below(street, stretch.unit),
    )  # fmt: skip


def _night_from(shifts: Sequence[Shift], stretch: Stretch, calendar: WorkCalendar) -> datetime:
    """When the night before the briefing began: with its shift, else at closing time (decisions 37)."""
    nights = [one.starts_at for one in shifts if one.kind is ShiftKind.NIGHT and one.ends_at >= stretch.until]
    evening = (stretch.until - DAY).astimezone(calendar.zone).date()
    return max(stretch.since, min(nights, default=at_local(evening, calendar.closes, calendar.zone)))


def _spots(reads: Reads, lines: Sequence[LogLine]) -> list[SpotLine]:
    """What was solved on the spot, by the entries that tell of it, the earliest first."""
    told = {UUID(line.event.stream.partition("/")[2]): line for line in lines
            if line.event.kind is EventKind.SPOT_RECORDED and not line.undone}  # fmt: skip
    if not told:
        return []
    known = {spot.id: spot for spot in reads.spots(min(line.at for line in told.values()), MOST_SPOTS)}
    return [
        SpotLine(Ref(RefKind.SPOT, str(id_)), line.at, spot.grid, spot.texts.get("title", ""), spot.by,
                 line.event.channel in BY_TELEPHONE)
        for id_, line in told.items() if (spot := known.get(id_)) is not None
    ]  # fmt: skip


def _below(street: StreetIndex, unit: str) -> list[Below]:
    """The units right below that have grids."""
    found = [
        Below(one.code, frozenset(grid.code for grid in street.grids if street.covers(one.code, grid.code)))
        for one in street.street.units if one.parent == unit
    ]  # fmt: skip
    return [one for one in found if one.grids]


def _with_roles(one: Present, street: StreetIndex) -> Present:
    """With the six roles of the member, so that it is known for whom nobody speaks."""
    member = street.members.get(one.member)
    return replace(one, six_roles=member.six_roles) if member is not None else one


def _of_everybody(line: LogLine) -> bool:
    return line.event.stream.partition("/")[0] in EVERYBODYS


# -- cases ---------------------------------------------------------------------------------------
def _cases(reads: Reads, lines: Sequence[LogLine], grids: frozenset[str], whole: bool) -> dict[UUID, CaseFact]:
    """Those on the board, and those that the log of the stretch names."""
    board = reads.board(BoardQuery(limit=20_000, grids=frozenset() if whole else grids)).rows
    known = {row.whistle.id for row in board}
    named = {line.event.whistle_id for line in lines if line.event.whistle_id is not None} - known
    rows = (*board, *reads.rows(sorted(named)))
    cases = reads.cases([row.whistle.id for row in rows])
    histories = reads.events_of_all([row.whistle.id for row in rows if row.whistle.kind is WhistleKind.EMERGENCY])
    return {
        id_: CaseFact(cases[id_], row.title, row.place_text, row.departments, histories.get(id_, ()))
        for row in rows for id_ in (row.whistle.id,)
    }  # fmt: skip


# -- weather -------------------------------------------------------------------------------------
def _signals(reads: Reads, stretch: Stretch) -> list[Signal]:
    found = {
        one.id: one for one in (*reads.flood.signals_open(stretch.since), *reads.flood.signals_closed(stretch.since))
    }
    mine = [one for one in found.values() if one.counts and one.begins_at < stretch.until]
    return sorted(mine, key=lambda one: (one.begins_at, one.id))


def _responses(reads: Reads, stretch: Stretch) -> list[Response]:
    both = (*reads.flood.responses_open(stretch.since), *reads.flood.responses_closed(stretch.since))
    mine = [one for one in {one.id: one for one in both}.values() if one.begins_at < stretch.until]
    return sorted(mine, key=lambda one: (one.begins_at, one.id))


# -- rounds --------------------------------------------------------------------------------------
class _Book:
    """What rounds and their questions are called."""

    def __init__(self, reads: Reads, rules: PatrolRules, within: timedelta) -> None:
        self._reads = reads
        self._rules = rules
        self._within = within
        self._rounds: dict[UUID, Round] = {}

    def name(self, version: int, template: str, route: str) -> Name:
        """Of the way, else of the checklist."""
        book = self._rules.version(self._reads, version)
        way, asked = book.routes.get(route), book.templates.get(template)
        return way.name if way else asked.name if asked else Name(template)

    def current(self, template: str, route: str) -> Name:
        """By the rules in force: of a round that nobody began."""
        return self.name(self._reads.rounds.rules_version(), template, route)

    def walk(self, one: RoundLine) -> WalkLine:
        """A round that was begun."""
        return WalkLine(
            str(one.id), one.number, self.name(one.rules_version, one.template, one.route), one.grid, one.started_at,
            one.ended_at, one.progress.answered, one.progress.asked, one.progress.problems,
            one.state is RoundState.FINISHED,
        )  # fmt: skip

    def problem(self, reads: Reads, one: FoundProblem) -> ProblemLine:
        """A problem with the name of its question, and how often it was there."""
        line = reads.rounds.line(one.round_id)
        template = self._rules.version(reads, line.rules_version).templates.get(line.template) if line else None
        names = {question.id: question.name for question in template.questions} if template else {}
        ref = Ref(RefKind.PROBLEM, f"{one.number}/{one.point}", one.question)
        return ProblemLine(
            ref, one.number, names.get(one.question, Name(one.question)), one.place, one.grid, one.at, one.severity,
            one.handled, self._times(one), self._became(one),
        )  # fmt: skip

    def _became(self, one: FoundProblem) -> str:
        """Number of the case that it became; empty while it is none."""
        if one.round_id not in self._rounds:
            self._rounds[one.round_id] = fold_round(self._reads.rounds.events(one.round_id))
        whistle = whistle_of(self._reads, self._rounds[one.round_id], one.item)
        return whistle.number if whistle is not None else ""

    def _times(self, one: FoundProblem) -> int:
        """The how many-th time it is there, within what the policy calls a repeat."""
        alike = self._reads.rounds.problems_alike(one, one.at - self._within)
        return nth_times([one], alike, self._within).get(one.item, 1)


def _missed(reads: Reads, stretch: Stretch, grids: frozenset[str], book: _Book) -> Iterator[WalkLine]:
    for one in reads.rounds.planned_between(stretch.since - LONGEST_WINDOW, stretch.until):
        over = stretch.since <= one.closes < stretch.until
        if one.state is PlannedState.MISSED and over and one.grid in grids:
            name = book.current(one.template, one.route)
            yield WalkLine(str(one.id), "", name, one.grid, one.opens, None, 0, 0, 0, complete=False, missed=True)


# -- what is to be done --------------------------------------------------------------------------
def _tasks(
    reads: Reads, stretch: Stretch, said: Said, grids: frozenset[str], book: _Book, until: datetime, now: datetime
) -> list[TaskLine]:
    """Items that are not done, what people are reminded of today, and rounds that are due today."""
    tasks = [item_task(one, now) for one in said.items]
    theirs = {one.reminder_id for one in said.items}
    tasks += [
        _reminder_task(reads, reminder) for reminder in reads.duty.active_reminders()
        if reminder.id not in theirs and not reminder.code and _today(reminder, stretch, until)
    ]  # fmt: skip
    tasks += [
        _round_task(planned, book) for planned in reads.rounds.planned_between(stretch.until, until)
        if planned.state is PlannedState.PLANNED and planned.grid in grids
    ]  # fmt: skip
    return sorted(tasks, key=lambda task: (task.at is None, task.at or until, task.ref))


def _today(reminder: Reminder, stretch: Stretch, until: datetime) -> bool:
    return reminder.next_at is not None and stretch.until <= reminder.next_at <= until


def item_task(one: ActionItem, now: datetime) -> TaskLine:
    """An action item as a briefing lists it."""
    texts = one.texts
    return TaskLine(Ref(RefKind.ITEM, str(one.number)), one.due_at, texts.get("what", ""), None, one.owner,
                    texts.get("place", ""), one.grid, late=one.due_at < now)  # fmt: skip


def _reminder_task(reads: Reads, one: Reminder) -> TaskLine:
    text = reads.duty.reminder_texts([one.id]).get(one.id, "")
    return TaskLine(Ref(RefKind.REMINDER, str(one.id)), one.next_at, text, None, one.member)


def _round_task(one: PlannedRound, book: _Book) -> TaskLine:
    return TaskLine(Ref(RefKind.PLANNED, str(one.id)), one.opens, "", book.current(one.template, one.route), "", "",
                    one.grid)  # fmt: skip

"""Composes a briefing by rules: what happened in its stretch, and how things stand (domain 6.1; decisions 36, 37)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.briefing import (
    NO_ATTENDANCE,
    NO_GAUGE,
    NO_ROUND,
    NO_SHIFT,
    SILENT,
    CaseLine,
    Count,
    Figure,
    LogNote,
    NoteLine,
    Present,
    ProblemLine,
    Ref,
    RefKind,
    ResponseLine,
    Section,
    Sheet,
    ShiftLine,
    SignalLine,
    SpotLine,
    Story,
    TaskLine,
    WalkLine,
)
from app.domain.briefing_parts import Below, GridOf, grid_finder, shared
from app.domain.effective import effective
from app.domain.events import Event, EventKind
from app.domain.flood import Response, Signal
from app.domain.org import Shift, SixRole
from app.domain.policy import WhistleKind
from app.domain.posture import Posture
from app.domain.shift_log import LogLine, LogState
from app.domain.whistle import BOARD_STATES, Assignment, AssignmentState, Case, WhistleState

REPEATED = 3
"""The how many-th time within thirty days makes a problem one that came back (domain 2.8: 复发)."""
UNMADE = frozenset({WhistleState.DRAFT, WhistleState.MERGED})
"""A draft is not blown yet; a case that was joined counts as the one it was joined to."""


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A case with what its rows say beside the rules' own state."""

    case: Case
    title: str
    place: str
    departments: tuple[str, ...]
    """Those still waited for."""
    history: tuple[Event, ...] = ()
    """All its entries, of an emergency of the stretch."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a briefing of a unit is composed of, read in one snapshot."""

    unit: str
    since: datetime
    until: datetime
    now: datetime
    day_ends: datetime
    """The end of the local day on which the briefing is held."""
    posture: Posture
    shifts: Sequence[Shift]
    night_from: datetime
    """When the night shift of the stretch began: the night section is the shift 18:00–08:00 (decisions 37)."""
    lines: Sequence[LogLine]
    """The log of the stretch, as far as it concerns the unit."""
    cases: Mapping[UUID, CaseFact]
    """Every case on the board, and every one that the log names, as far as they concern the unit."""
    signals: Sequence[Signal] = ()
    responses: Sequence[Response] = ()
    walks: Sequence[WalkLine] = ()
    problems: Sequence[ProblemLine] = ()
    spots: Sequence[SpotLine] = ()
    tasks: Sequence[TaskLine] = ()
    notes: Sequence[NoteLine] = ()
    present: Sequence[Present] = ()
    gauges: bool = False
    """Whether a gauge was read in the stretch."""
    late: int = 0
    below: Sequence[Below] = ()
    """The units among which the numbers are shared."""


def compose(facts: Facts) -> Sheet:
    """The briefing: sections of facts, and each number with the list that it counts."""
    board = [one for one in facts.cases.values() if one.case.whistle.state in BOARD_STATES - UNMADE]
    board.sort(key=_board_order)
    received = _received(facts)
    notes = tuple(_log_notes(facts.lines))
    due = list(_report_ins(facts))
    opened = tuple(_case_line(one, facts) for one in board)
    taken_in = tuple(_case_line(one, facts) for one, _at in received)
    review = tuple(line for (one, _at), line in zip(received, taken_in, strict=True) if one.case.whistle.review_flag)
    brought = list(_brought(received, notes, facts.spots))
    night = [one for one in brought if not facts.since <= one.at < facts.night_from]
    refs: dict[Count, Iterable[Ref]] = {
        Count.RECEIVED: [one.ref for one in night],
        Count.HANDLED: [one.ref for one in night if one.became is Count.HANDLED],
        Count.HANDED_ON: [one.ref for one in night if one.became is Count.HANDED_ON],
        Count.UNSETTLED: [one.ref for one in night if one.became is Count.UNSETTLED],
        Count.RECEIVED_BY_DAY: [one.ref for one in brought if facts.since <= one.at < facts.night_from],
        Count.OPEN: _refs(opened),
        Count.EMERGENCY: _refs(line for line in opened if line.kind is WhistleKind.EMERGENCY),
        Count.OVERDUE: _refs(line for line in opened if line.overdue),
        Count.DUE_TODAY: _refs(line for line in opened if line.due_today),
        Count.REPORT_IN_DUE: [_assignment_ref(one) for one in due],
        Count.REPORT_IN_ON_TIME: [_assignment_ref(one) for one in due if _on_time(one)],
        Count.LATE_ACKNOWLEDGED: [_assignment_ref(one) for one in _late_acknowledged(facts)],
        Count.ROUNDS_WALKED: [Ref(RefKind.ROUND, walk.id) for walk in facts.walks if not walk.missed],
        Count.ROUNDS_MISSED: [Ref(RefKind.PLANNED, walk.id) for walk in facts.walks if walk.missed],
        Count.PROBLEMS: [problem.ref for problem in facts.problems],
        Count.SOLVED: [problem.ref for problem in facts.problems if problem.handled],
        Count.SPOTS: [spot.ref for spot in facts.spots],
        Count.REPEATED: [problem.ref for problem in facts.problems if problem.times >= REPEATED],
        Count.TO_REVIEW: _refs(review),
        Count.TASKS: [task.ref for task in facts.tasks],
        Count.UNDONE: [task.ref for task in facts.tasks if task.late],
    }
    figures = tuple(Figure(count, tuple(found)) for count, found in refs.items())
    return Sheet(
        facts.unit, facts.since, facts.until, facts.posture, figures,
        shifts=tuple(ShiftLine(one.kind, one.starts_at, one.ends_at, one.leader, one.officers) for one in facts.shifts),
        stories=tuple(_story(one) for one, _at in received if one.case.whistle.kind is WhistleKind.EMERGENCY),
        received=taken_in, spots=tuple(facts.spots), night_from=facts.night_from, log=notes,
        signals=tuple(_signal(one) for one in facts.signals),
        responses=tuple(_response(one) for one in facts.responses),
        open=opened, walks=tuple(facts.walks), problems=tuple(facts.problems), review=review,
        tasks=tuple(facts.tasks), notes=tuple(facts.notes), present=tuple(facts.present), late=facts.late,
        unknown=tuple(_unknown(facts)), parts=shared(figures, facts.below, _grid_of(facts, notes)),
    )  # fmt: skip


def _grid_of(facts: Facts, notes: Iterable[LogNote]) -> GridOf:
    """Where everything that is counted belongs."""
    listed = [
        *((_log_ref(note), note.grid) for note in notes),
        *((Ref(RefKind.PLANNED if walk.missed else RefKind.ROUND, walk.id), walk.grid) for walk in facts.walks),
        *((one.ref, one.grid) for one in facts.problems),
        *((one.ref, one.grid) for one in facts.spots),
        *((one.ref, one.grid) for one in facts.tasks),
    ]  # fmt: skip
    return grid_finder(listed, {str(id_): one.case.whistle.grid for id_, one in facts.cases.items()})


# -- what others brought -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Brought:
    """One thing that was received: when, and what became of it."""

    ref: Ref
    at: datetime
    became: Count


def _received(facts: Facts) -> list[tuple[CaseFact, datetime]]:
    """Cases blown within the stretch and when, the earliest first."""
    blown = {line.event.whistle_id: line.at for line in facts.lines
             if line.event.kind is EventKind.BLOWN and not line.undone}  # fmt: skip
    found = [(one, blown[id_]) for id_, one in facts.cases.items()
             if id_ in blown and one.case.whistle.state not in UNMADE]  # fmt: skip
    return sorted(found, key=lambda pair: (pair[1], pair[0].case.whistle.number))


def _brought(
    received: Iterable[tuple[CaseFact, datetime]], notes: Iterable[LogNote], spots: Iterable[SpotLine]
) -> Iterator[_Brought]:  # fmt: skip
    """Cases, entries of the log, and what was phoned about and solved on the spot."""
    for one, at in received:
        whistle = one.case.whistle
        standing = Count.UNSETTLED if whistle.state in BOARD_STATES else Count.HANDLED
        became = Count.HANDED_ON if one.case.assignments else standing
        yield _Brought(Ref(RefKind.CASE, str(whistle.id)), at, became)
    for note in notes:
        if note.received:
            yield _Brought(_log_ref(note), note.at, Count.UNSETTLED if note.open else Count.HANDLED)
    yield from (_Brought(spot.ref, spot.at, Count.HANDLED) for spot in spots if spot.brought)


# -- cases ---------------------------------------------------------------------------------------
def _board_order(one: CaseFact) -> tuple[int, bool, datetime, str]:
    whistle = one.case.whistle
    return whistle.danger, whistle.deadline_at is None, whistle.deadline_at or whistle.created_at, whistle.number


def _case_line(one: CaseFact, facts: Facts) -> CaseLine:
    whistle = one.case.whistle
    limit = whistle.deadline_at if whistle.state in BOARD_STATES else None
    overdue = limit is not None and limit < facts.now
    return CaseLine(
        whistle.id, whistle.number, one.title, whistle.grid, whistle.kind, whistle.severity, whistle.state,
        whistle.waiting, one.departments, limit, overdue,
        due_today=limit is not None and facts.now <= limit <= facts.day_ends,
    )  # fmt: skip


def _refs(lines: Iterable[CaseLine]) -> list[Ref]:
    return [Ref(RefKind.CASE, str(line.id)) for line in lines]


# -- departments ---------------------------------------------------------------------------------
def _assignments(facts: Facts) -> Iterator[Assignment]:
    for one in facts.cases.values():
        if one.case.whistle.state is not WhistleState.MERGED:
            yield from one.case.assignments


def _report_ins(facts: Facts) -> Iterator[Assignment]:
    """Departments that came, or whose limit ran out, within the stretch; released ones apart (decisions 36)."""
    for one in _assignments(facts):
        if one.state is AssignmentState.RELEASED:
            continue
        came = one.reported_in_at
        at = came if came is not None and came <= one.report_in_due else one.report_in_due
        if facts.since <= at < facts.until and at <= facts.now:
            yield one


def _on_time(one: Assignment) -> bool:
    return one.reported_in_at is not None and one.reported_in_at <= one.report_in_due


def _late_acknowledged(facts: Facts) -> Iterator[Assignment]:
    for one in _assignments(facts):
        released = one.state is AssignmentState.RELEASED and one.acknowledged_at is None
        late = (one.acknowledged_at or facts.now) > one.acknowledge_due
        if late and not released and facts.since <= one.acknowledge_due < facts.until:
            yield one


def _assignment_ref(one: Assignment) -> Ref:
    return Ref(RefKind.ASSIGNMENT, str(one.whistle_id), one.department)


def _story(one: CaseFact) -> Story:
    """The times of an emergency, as its entries count now."""
    whistle, events = one.case.whistle, effective(one.history)
    mine = [a for a in one.case.assignments if a.state is not AssignmentState.RELEASED]
    acknowledged = sorted(a.acknowledged_at for a in mine if a.acknowledged_at is not None)
    came = sorted(a.reported_in_at for a in mine if a.reported_in_at is not None)
    spans = [a.reported_in_at - a.notified_at for a in mine if a.reported_in_at is not None]
    done = [a.done_at for a in mine if a.done_at is not None]
    checks = [event for event in events if event.kind is EventKind.CHECKED]
    return Story(
        whistle.number, one.title, whistle.grid, one.place, whistle.occurred_at, _first(events, EventKind.BLOWN),
        _first(events, EventKind.DISPATCHED), len(mine), len(acknowledged),
        acknowledged[0] if acknowledged else None, acknowledged[-1] if acknowledged else None,
        sum(a.acknowledged_at is not None and a.acknowledged_at > a.acknowledge_due for a in mine),
        len(came), came[0] if came else None, came[-1] if came else None, max(spans, default=None),
        _first(events, EventKind.MADE_SAFE), max(done) if done and len(done) == len(mine) else None,
        checks[-1].occurred_at if checks else None, checks[-1].payload.get("passed") is True if checks else None,
        whistle.state,
        tuple((str(event.payload["report"]), event.occurred_at) for event in events if "report" in event.payload),
    )  # fmt: skip


def _first(events: Iterable[Event], kind: EventKind) -> datetime | None:
    return next((event.occurred_at for event in events if event.kind is kind), None)


# -- the rest ------------------------------------------------------------------------------------
def _log_notes(lines: Iterable[LogLine]) -> Iterator[LogNote]:
    for line in lines:
        entry = line.entry
        if entry is not None and entry.counts and (entry.received or entry.state is LogState.OPEN):
            yield LogNote(entry.id, entry.number, line.at, entry.grid, entry.texts.get("content", ""),
                          entry.state is LogState.OPEN, entry.received)  # fmt: skip


def _log_ref(note: LogNote) -> Ref:
    return Ref(RefKind.LOG, str(note.number))


def _signal(one: Signal) -> SignalLine:
    return SignalLine(one.event, one.colour, one.issuer, one.begins_at, one.ended_at or one.expires_at)


def _response(one: Response) -> ResponseLine:
    return ResponseLine(one.level, one.issuer, one.number, one.begins_at, one.ended_at or one.until_at)


def _unknown(facts: Facts) -> Iterator[str]:
    if not facts.shifts:
        yield NO_SHIFT
    if not facts.present:
        yield NO_ATTENDANCE
    if facts.posture is not Posture.SEASON and not facts.gauges:
        yield NO_GAUGE
    if not any(not walk.missed for walk in facts.walks):
        yield NO_ROUND
    if silent_roles(facts.notes):
        yield SILENT


def silent_roles(notes: Iterable[NoteLine]) -> tuple[SixRole, ...]:
    """The six roles of which nothing is noted yet, in their order."""
    spoken = {note.six_role for note in notes if note.section is Section.SIX_ROLES}
    return tuple(role for role in SixRole if role not in spoken)

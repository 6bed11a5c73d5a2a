"""A case rebuilt from its events: the only place where state comes from (design 2, decisions 2, 11–16)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain import fold_case, fold_departments, fold_requests
from app.domain.due_history import history
from app.domain.due_rows import due_rows
from app.domain.dues import Due, deadline, waiting_for
from app.domain.effective import effective, last_effective
from app.domain.events import Event, EventKind, assignment_stream, whistle_stream
from app.domain.folding import Folding, PolicyOf
from app.domain.policy import WhistleKind
from app.domain.whistle import FINISHED, Assignment, AssignmentState, Case, Severity, Whistle, WhistleState

__all__ = ["PolicyOf", "apply", "effective", "last_effective", "rebuild"]

HANDLERS: dict[EventKind, Callable[[Folding, Event], None]] = {
    EventKind.DRAFTED: fold_case.drafted,
    EventKind.REVISED: fold_case.revised,
    EventKind.BLOWN: fold_case.blown,
    EventKind.APPROVED: fold_case.approved,
    EventKind.REJECTED: fold_case.ended,
    EventKind.WITHDRAWN: fold_case.ended,
    EventKind.JOINED: fold_case.ended,
    EventKind.LEVELLED_UP: fold_case.levelled,
    EventKind.LEVEL_SKIPPED: fold_case.levelled,
    EventKind.MADE_SAFE: fold_case.made_safe,
    EventKind.CHECKED: fold_case.checked,
    EventKind.RATED: fold_case.rated,
    EventKind.COUNTERSIGNED: fold_case.countersigned,
    EventKind.REOPENED: fold_case.reopened,
    EventKind.SUSPENDED: fold_case.suspended,
    EventKind.RESUMED: fold_case.resumed,
    EventKind.CONSULTATION_STARTED: fold_case.consulting,
    EventKind.CONSULTATION_CONCLUDED: fold_case.concluded,
    EventKind.DUPLICATE_REPORTED: fold_case.duplicated,
    EventKind.PLAN_APPLIED: fold_case.plan_applied,
    EventKind.HANDED_OVER: fold_case.handed_over,
    EventKind.DISPATCHED: fold_departments.dispatched,
    EventKind.ACKNOWLEDGED: fold_departments.acknowledged,
    EventKind.EN_ROUTE: fold_departments.en_route,
    EventKind.REPORTED_IN: fold_departments.reported_in,
    EventKind.WORK_NOTED: fold_departments.work_noted,
    EventKind.DONE: fold_departments.done,
    EventKind.RELEASED: fold_departments.released,
    EventKind.NO_SHOW: fold_departments.no_show,
    EventKind.WENT_QUIET: fold_departments.went_quiet,
    EventKind.RETURN_REQUESTED: fold_requests.requested,
    EventKind.EXTENSION_REQUESTED: fold_requests.requested,
    EventKind.SUSPENSION_REQUESTED: fold_requests.requested,
    EventKind.RETURN_DECIDED: fold_requests.decided,
    EventKind.EXTENSION_DECIDED: fold_requests.decided,
    EventKind.SUSPENSION_DECIDED: fold_requests.decided,
}
"""What each event does to a case; kinds that are not here leave it as it is."""


def rebuild(events: Sequence[Event], policy_of: PolicyOf) -> tuple[Case, tuple[Due, ...]]:
    """Fold a case's events (both its own and its assignments' streams, in commit order).

    Returns the case as it stands and its due rows, those that have fired and are still true among them.
    Versions count every event ever written to a stream, so that an undo is a change like any other.
    Raises ValueError when there are no events.
    """
    counted = effective(events)
    if not counted:
        raise ValueError("no events")
    folding = Folding(policy_of)
    for event in counted:
        apply(folding, event)
    folding.set_limits()
    return _settled(folding, events)


def apply(folding: Folding, event: Event) -> None:
    """Let one event that counts change the case; kinds without a handler leave it as it is."""
    handler = HANDLERS.get(event.kind)
    if handler is not None:
        handler(folding, event)
        _derive(folding)
        fold_requests.lapse(folding, event)
        fold_requests.mark_ping_pong(folding)


def _derive(f: Folding) -> None:
    """The states that follow from the assignments: open, awaiting_check (decisions 11)."""
    state = f.whistle.state
    if state not in (WhistleState.OPEN, WhistleState.REOPENED, WhistleState.AWAITING_CHECK):
        return
    mine = f.case().episode_assignments()
    if not mine:
        return
    all_in = all(a.state in FINISHED for a in mine) and any(a.state is AssignmentState.DONE for a in mine)
    if all_in:
        f.change(state=WhistleState.AWAITING_CHECK, awaiting_check_at=_all_in_since(f, mine))
    elif state is not WhistleState.OPEN:
        f.change(state=WhistleState.OPEN, awaiting_check_at=None)


def _all_in_since(f: Folding, mine: Sequence[Assignment]) -> datetime:
    """When the check began to be waited for: nothing outstanding, not paused, no consultation under way."""
    finished = [at for a in mine for at in (a.done_at, a.released_at)]
    ends = [pause.until for pause in f.pauses[-1:]]
    return max(at for at in (*finished, *ends, f.whistle.consulted_at) if at is not None)


def _settled(f: Folding, events: Sequence[Event]) -> tuple[Case, tuple[Due, ...]]:
    """The final case with versions, counts, waiting word, deadline and dues filled in."""
    versions: dict[str, int] = {}
    for event in events:
        versions[event.stream] = max(versions.get(event.stream, 0), event.stream_version)
    whistle = f.whistle
    for a in list(f.assignments.values()):
        f.change_assignment(a.id, version=versions.get(assignment_stream(whistle.id, a.department, a.nth), 0))
    case = f.case()
    past = history(events)
    rows = due_rows(case, f.policy, f.pauses, past)
    unsaid = [due.at for due in rows if not past.has_fired(due)]
    waiting = waiting_for(case)
    live = [a for a in case.episode_assignments() if a.state is not AssignmentState.RELEASED]
    settled = replace(
        whistle,
        version=versions.get(whistle_stream(whistle.id), 0),
        waiting=waiting,
        deadline_at=deadline(waiting, rows),
        next_due_at=min(unsaid, default=None),
        assigned=len(live),
        acknowledged=sum(a.acknowledged_at is not None for a in live),
        reported_in=sum(a.reported_in_at is not None for a in live),
        done=sum(a.state is AssignmentState.DONE for a in live),
        danger=_danger(whistle),
    )
    return replace(case, whistle=settled), rows


def _danger(whistle: Whistle) -> int:
    """Sort rank: 0 people may be hurt, 1 urgent or made safe, 2 the rest."""
    urgent = whistle.kind is WhistleKind.EMERGENCY or whistle.severity is Severity.CRITICAL
    if urgent:
        return 0 if whistle.made_safe_at is None else 1
    return 1 if whistle.severity is Severity.URGENT else 2

"""What the state alone does not say about a move, known before anything is typed; and what must come before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from app.domain.message import Message
from app.domain.moves import Action
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.whistle import Assignment, Case, RequestKind, Whistle


def open_gate(_case: Case) -> Message | None:
    """The gate of a move that the state alone allows."""
    return None


def _gate_level_up(case: Case) -> Message | None:
    if case.whistle.level is UnitLevel.ZONE:
        return Message("It is already with the zone platform.")
    return None


def _gate_skip(case: Case) -> Message | None:
    if case.whistle.kind is not WhistleKind.EMERGENCY:
        return Message("Only an emergency may skip a level.")
    return _gate_level_up(case)


def _gate_dispatch(case: Case) -> Message | None:
    if case.whistle.level is not UnitLevel.ZONE:
        return Message("Departments are whistled for by the zone platform: raise the case to it first.")
    return None


def _gate_withdraw(case: Case) -> Message | None:
    if any(a.reported_in_at for a in case.episode_assignments()):
        return Message("A department has already reported in; it can no longer be taken back.")
    return None


def _gate_join(case: Case) -> Message | None:
    """Joined, a case waits for nobody any more: who was whistled for would be left standing."""
    if case.outstanding():
        return Message("Departments are whistled for already: release them first, or go on with this case.")
    return _gate_withdraw(case)


def _gate_countersign(case: Case) -> Message | None:
    return Message("It is already countersigned.") if case.whistle.countersigned_by else None


def _gate_pending(kind: RequestKind) -> Callable[[Case], Message | None]:
    def gate(case: Case) -> Message | None:
        return None if case.pending(kind) else Message("There is no request to decide.")

    return gate


GATES: dict[Action, Callable[[Case], Message | None]] = {
    Action.LEVEL_UP: _gate_level_up,
    Action.SKIP_LEVEL: _gate_skip,
    Action.DISPATCH: _gate_dispatch,
    Action.WITHDRAW: _gate_withdraw,
    Action.JOIN: _gate_join,
    Action.COUNTERSIGN: _gate_countersign,
    Action.DECIDE_RETURN: _gate_pending(RequestKind.RETURN),
    Action.DECIDE_EXTENSION: _gate_pending(RequestKind.EXTENSION),
    Action.DECIDE_SUSPENSION: _gate_pending(RequestKind.SUSPENSION),
}


_FOLLOWS: dict[Action, Callable[[Whistle], datetime | None]] = {
    Action.APPROVE: lambda w: w.submitted_at,
    Action.REJECT: lambda w: w.submitted_at,
    Action.LEVEL_UP: lambda w: w.opened_at,
    Action.SKIP_LEVEL: lambda w: w.opened_at,
    Action.DISPATCH: lambda w: w.opened_at,
    Action.CONSULT: lambda w: w.opened_at,
    Action.CONCLUDE: lambda w: w.consulting_at,
    Action.SUSPEND: lambda w: w.opened_at,
    Action.DECIDE_SUSPENSION: lambda w: w.opened_at,
    Action.RESUME: lambda w: w.suspended_at,
    Action.CHECK: lambda w: w.awaiting_check_at,
    Action.RATE: lambda w: w.closed_at,
    Action.COUNTERSIGN: lambda w: w.rated_at,
    Action.REOPEN: lambda w: w.closed_at,
}


def not_before(action: Action, case: Case, assignment: Assignment | None) -> datetime | None:
    """The instant that a move cannot be earlier than, to the minute; None when there is none.

    People tell times to the minute: what is recorded as 00:08 may follow what happened at 00:08:40.
    """
    if action is Action.DONE and assignment is not None:
        since = assignment.reported_in_at
    elif assignment is not None:
        since = assignment.notified_at
    else:
        since = _FOLLOWS[action](case.whistle) if action in _FOLLOWS else None
    return since.replace(second=0, microsecond=0) if since else None


def out_of_order(case: Case) -> tuple[datetime, datetime] | None:
    """Two times of a case that cannot both be true: (what comes first, what follows but is earlier)."""
    w = case.whistle
    chains: list[tuple[datetime | None, ...]] = [
        (w.submitted_at, w.opened_at) if w.episode == 1 else (),
        (w.awaiting_check_at, w.closed_at, w.rated_at),
    ]
    for a in case.episode_assignments():
        chains.append((w.opened_at, a.notified_at, a.acknowledged_at))
        chains.append((a.notified_at, a.reported_in_at, a.done_at))
        chains.append((a.notified_at, a.released_at))
    for chain in chains:
        known = [at for at in chain if at is not None]
        for before, after in pairwise(known):
            if after < before.replace(second=0, microsecond=0):
                return before, after
    return None

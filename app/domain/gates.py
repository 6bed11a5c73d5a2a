"""What the state alone does not say about a move, known before anything is typed."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.message import Message
from app.domain.moves import Action
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.whistle import Case, RequestKind


def open_gate(case: Case) -> Message | None:
    return None


def _gate_level_up(case: Case) -> Message | None:
    if case.whistle.level is UnitLevel.ZONE:
        return Message("It is already with the zone platform.")
    return None


def _gate_skip(case: Case) -> Message | None:
    if case.whistle.kind is not WhistleKind.EMERGENCY:
        return Message("Only an emergency may skip a level.")
    if case.whistle.level in (UnitLevel.STREET, UnitLevel.ZONE):
        return Message("There is no level left to skip; raise it one level.")
    return None


def _gate_dispatch(case: Case) -> Message | None:
    if case.whistle.level is not UnitLevel.ZONE:
        return Message("Departments are whistled for by the zone platform: raise the case to it first.")
    return None


def _gate_withdraw(case: Case) -> Message | None:
    if any(a.reported_in_at for a in case.episode_assignments()):
        return Message("A department has already reported in; it can no longer be withdrawn.")
    return None


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
    Action.COUNTERSIGN: _gate_countersign,
    Action.DECIDE_RETURN: _gate_pending(RequestKind.RETURN),
    Action.DECIDE_EXTENSION: _gate_pending(RequestKind.EXTENSION),
    Action.DECIDE_SUSPENSION: _gate_pending(RequestKind.SUSPENSION),
}

"""The one most likely next step of a case, and why any other move is not possible now (domain 2.7)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.actor import Actor
from app.domain.gates import GATES, open_gate
from app.domain.labels import ASSIGNMENT_STATES, WHISTLE_STATES
from app.domain.message import N_, Message
from app.domain.moves import BY_ACTION, Action, Move, Row
from app.domain.org import Role
from app.domain.permissions import roles_of
from app.domain.policy import WhistleKind
from app.domain.whistle import ON_SITE, AssignmentState, Case, RequestKind, Waiting

STEP_NAMES: dict[Action, str] = {
    Action.BLOW: N_("blow it"),
    Action.APPROVE: N_("approve"),
    Action.LEVEL_UP: N_("level up"),
    Action.DISPATCH: N_("dispatch"),
    Action.ACKNOWLEDGE: N_("note: acked"),
    Action.REPORT_IN: N_("note: on site"),
    Action.MADE_SAFE: N_("note: safe"),
    Action.DONE: N_("note: done"),
    Action.CONCLUDE: N_("conclude"),
    Action.RESUME: N_("resume"),
    Action.CHECK: N_("check"),
    Action.RATE: N_("rate"),
    Action.COUNTERSIGN: N_("countersign"),
    Action.DECIDE_RETURN: N_("decide return"),
    Action.DECIDE_EXTENSION: N_("decide extension"),
    Action.DECIDE_SUSPENSION: N_("decide suspension"),
}
"""Short words for the hint line, at most a few cells; msgids."""

_DECISIONS = {
    RequestKind.RETURN: Action.DECIDE_RETURN,
    RequestKind.EXTENSION: Action.DECIDE_EXTENSION,
    RequestKind.SUSPENSION: Action.DECIDE_SUSPENSION,
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the desk most likely does next; ``departments`` are those it is about, ``why`` is told to the person."""

    action: Action
    why: Message
    departments: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Short word for the hint line, a msgid."""
        return STEP_NAMES[self.action]


def next_step(case: Case) -> NextStep | None:
    """The step that moves the case on from where it waits; None when nobody has to act any more.

    An undecided request comes first: whoever asked waits for an answer (domain 2.5).
    """
    decision = _decision(case)
    if decision is not None:
        return decision
    step = _STEPS.get(case.whistle.waiting)
    if step is not None:
        return NextStep(*step)
    return {Waiting.ACKNOWLEDGE: _acknowledge, Waiting.REPORT_IN: _report_in, Waiting.WORK: _work}.get(
        case.whistle.waiting, _afterwards
    )(case)


_STEPS: dict[Waiting, tuple[Action, Message]] = {
    Waiting.SUBMIT: (Action.BLOW, Message("a draft: not blown yet")),
    Waiting.APPROVAL: (Action.APPROVE, Message("waits for approval")),
    Waiting.LEVEL_UP: (Action.LEVEL_UP, Message("raise it to the zone platform, which whistles for departments")),
    Waiting.DISPATCH: (Action.DISPATCH, Message("with the zone platform: whistle for departments")),
    Waiting.CONSULTATION: (Action.CONCLUDE, Message("in consultation: record what was decided")),
    Waiting.REVIEW: (Action.RESUME, Message("suspended: resume it when the matter can go on")),
    Waiting.CHECK: (Action.CHECK, Message("all departments are done: check on the spot")),
    Waiting.RATING: (Action.RATE, Message("closed: waits for its rating")),
}


def _decision(case: Case) -> NextStep | None:
    for kind, action in _DECISIONS.items():
        request = case.pending(kind)
        if request is None or case.whistle.state not in BY_ACTION[action].states:
            continue
        mine = tuple(a.department for a in case.assignments if a.id == request.assignment_id)
        return NextStep(action, Message("a request waits for a decision"), mine)
    return None


def _acknowledge(case: Case) -> NextStep:
    quiet = tuple(a.department for a in case.outstanding() if a.state is AssignmentState.NOTIFIED)
    return NextStep(Action.ACKNOWLEDGE, Message("departments yet to acknowledge: {n}", {"n": len(quiet)}), quiet)


def _report_in(case: Case) -> NextStep:
    away = tuple(a.department for a in case.outstanding() if a.state not in ON_SITE)
    return NextStep(Action.REPORT_IN, Message("departments yet to report in: {n}", {"n": len(away)}), away)


def _work(case: Case) -> NextStep:
    if case.whistle.kind is WhistleKind.EMERGENCY and case.whistle.made_safe_at is None:
        return NextStep(Action.MADE_SAFE, Message("an emergency: record when nobody can be hurt any more"))
    busy = tuple(a.department for a in case.outstanding())
    return NextStep(Action.DONE, Message("departments at work: {n}", {"n": len(busy)}), busy)


def _afterwards(case: Case) -> NextStep | None:
    move = BY_ACTION[Action.COUNTERSIGN]
    if case.whistle.state in move.states and not case.whistle.countersigned_by:
        return NextStep(Action.COUNTERSIGN, Message("rated: the community countersigns"))
    return None


def why_not(case: Case, move: Move) -> Message | None:
    """Why the case's state does not allow a move; None when it does (the same guards as ``lifecycle.possible``)."""
    whistle = case.whistle
    if whistle.state not in move.states:
        return Message("not while the case is {state}", {"state": Message(WHISTLE_STATES[whistle.state])})
    if move.row is Row.ASSIGNMENT and not any(a.state in move.assignment_states for a in case.episode_assignments()):
        states = [state for state in AssignmentState if state in move.assignment_states]
        wanted = tuple(Message(ASSIGNMENT_STATES[state]) for state in states)
        return Message("no department is: {states}", {"states": wanted})
    return GATES.get(move.action, open_gate)(case)


def out_of_reach(move: Move, actor: Actor) -> Message | None:
    """Why the acting member can never make a move; the desk may make any on somebody's behalf (domain 2.10)."""
    roles = actor.roles()
    if roles & (move.roles | {Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.SYSTEM}):
        return None
    return Message("for {roles}", {"roles": roles_of(move)})

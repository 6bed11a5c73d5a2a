"""The life cycle as one table of data: every move, from which states, by whom, with what (domain 2.7, 2.10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.events import EventKind
from app.domain.facts import REPORT_TEXTS
from app.domain.message import N_
from app.domain.org import Role
from app.domain.whistle import WORKING_STATES, AssignmentState, WhistleState

A = AssignmentState
W = WhistleState


class Action(StrEnum):
    """What a person can do to a case; the same word on the command line."""

    DRAFT = "draft"
    BLOW = "blow"
    REVISE = "revise"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    LEVEL_UP = "level_up"
    SKIP_LEVEL = "skip_level"
    DISPATCH = "dispatch"
    ACKNOWLEDGE = "acknowledge"
    EN_ROUTE = "en_route"
    REPORT_IN = "report_in"
    MADE_SAFE = "made_safe"
    NOTE = "note"
    REPORT = "report"
    WORK_NOTE = "work_note"
    DONE = "done"
    RELEASE = "release"
    CHECK = "check"
    RATE = "rate"
    COUNTERSIGN = "countersign"
    REOPEN = "reopen"
    SUSPEND = "suspend"
    RESUME = "resume"
    CONSULT = "consult"
    CONCLUDE = "conclude"
    JOIN = "join"
    DUPLICATE = "duplicate"
    REQUEST_RETURN = "request_return"
    DECIDE_RETURN = "decide_return"
    REQUEST_EXTENSION = "request_extension"
    DECIDE_EXTENSION = "decide_extension"
    REQUEST_SUSPENSION = "request_suspension"
    DECIDE_SUSPENSION = "decide_suspension"
    APPLY_PLAN = "apply_plan"
    CORRECT = "correct"
    UNDO = "undo"


class Row(StrEnum):
    """Which row a move changes, and so whose version it checks (decisions 4)."""

    WHISTLE = "whistle"
    ASSIGNMENT = "assignment"


class ArgType(StrEnum):
    """What kind of value an argument takes; forms and the command line are built from it."""

    TEXT = "text"
    """Typed by a person: goes to words, never into the payload."""
    DEPARTMENT = "department"
    DEPARTMENTS = "departments"
    INSTANT = "instant"
    SCORE = "score"
    FLAG = "flag"
    """Yes or no."""
    CASE = "case"
    EVENT = "event"
    FACTS = "facts"
    """The call's ask-list (domain 2.8); see ``app.domain.facts``."""


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of a move; ``label`` is a msgid."""

    name: str
    type: ArgType
    label: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the life cycle. ``roles`` may do it in their own name; a duty officer on behalf of any of them."""

    action: Action
    event: EventKind
    label: str
    row: Row
    roles: frozenset[Role]
    states: frozenset[WhistleState]
    """States of the whistle in which it is legal; empty = only where no case exists yet."""
    assignment_states: frozenset[AssignmentState] = frozenset()
    args: tuple[Arg, ...] = ()
    additive: bool = False
    """Adds a fact without changing what others saw: the seen version is not checked."""
    undoable: bool = True
    words_on_behalf: bool = False
    """On behalf of somebody it needs a channel other than the terminal and the words that were said."""


_GRID = frozenset({Role.GRID_MEMBER, Role.GRID_LEADER})
_DESK = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER})
_STREET = frozenset({Role.DUTY_LEADER, Role.STREET_ADMIN})
_ANYONE = _GRID | _DESK | frozenset({Role.STREET_ADMIN, Role.ZONE_PLATFORM, Role.DEPT_LIAISON})
_DEPT = frozenset({Role.DEPT_LIAISON})
_ZONE = frozenset({Role.ZONE_PLATFORM})

_BEFORE_END = frozenset(
    {W.PENDING_APPROVAL, W.OPEN, W.REOPENED, W.CONSULTING, W.SUSPENDED, W.AWAITING_CHECK, W.CLOSED, W.RATED}
)
_RUNNING = frozenset({W.OPEN, W.REOPENED, W.CONSULTING, W.SUSPENDED, W.AWAITING_CHECK})

_REASON = Arg("reason", ArgType.TEXT, N_("Reason"))
_SAID = Arg("said", ArgType.TEXT, N_("What was said"), required=False)
_DEPARTMENT = Arg("department", ArgType.DEPARTMENT, N_("Department"))
_NOTE = Arg("note", ArgType.TEXT, N_("Note"))
_GRANTED = Arg("granted", ArgType.FLAG, N_("Granted"))


def _move(
    action: Action,
    event: EventKind,
    label: str,
    roles: Iterable[Role],
    states: Iterable[WhistleState],
    *args: Arg,
    additive: bool = False,
    undoable: bool = True,
) -> Move:
    return Move(action, event, label, Row.WHISTLE, frozenset(roles), frozenset(states), args=args,
                additive=additive, undoable=undoable)  # fmt: skip


def _department_move(
    action: Action,
    event: EventKind,
    label: str,
    roles: Iterable[Role],
    states: Iterable[AssignmentState],
    *args: Arg,
    whistle_states: Iterable[WhistleState] = WORKING_STATES,
    additive: bool = False,
    words_on_behalf: bool = False,
) -> Move:
    return Move(action, event, label, Row.ASSIGNMENT, frozenset(roles), frozenset(whistle_states), frozenset(states),
                args=(_DEPARTMENT, *args), additive=additive, words_on_behalf=words_on_behalf)  # fmt: skip


MOVES: tuple[Move, ...] = (
    _move(Action.DRAFT, EventKind.DRAFTED, N_("Save a draft"), _GRID | _DESK, (),
          Arg("facts", ArgType.FACTS, N_("The matter")), undoable=False),
    _move(Action.REVISE, EventKind.REVISED, N_("Change the facts"), _GRID | _DESK,
          (W.DRAFT, W.REJECTED, W.PENDING_APPROVAL, W.OPEN, W.REOPENED),
          Arg("facts", ArgType.FACTS, N_("The matter"))),
    _move(Action.BLOW, EventKind.BLOWN, N_("Blow the whistle"), _GRID | _DESK, (W.DRAFT, W.REJECTED),
          Arg("facts", ArgType.FACTS, N_("The matter"), required=False)),
    _move(Action.APPROVE, EventKind.APPROVED, N_("Approve"), (Role.GRID_LEADER, Role.DUTY_LEADER),
          (W.PENDING_APPROVAL,), _SAID),
    _move(Action.REJECT, EventKind.REJECTED, N_("Reject"), (Role.GRID_LEADER, Role.DUTY_LEADER),
          (W.PENDING_APPROVAL,), _REASON),
    _move(Action.LEVEL_UP, EventKind.LEVELLED_UP, N_("Raise one level"),
          (Role.GRID_LEADER, Role.DUTY_OFFICER, Role.DUTY_LEADER), WORKING_STATES, _SAID),
    _move(Action.SKIP_LEVEL, EventKind.LEVEL_SKIPPED, N_("Skip a level"),
          _GRID | _DESK, WORKING_STATES, _REASON),
    _move(Action.DISPATCH, EventKind.DISPATCHED, N_("Dispatch departments"), _ZONE, WORKING_STATES,
          Arg("lead", ArgType.DEPARTMENT, N_("Lead"), required=False),
          Arg("assists", ArgType.DEPARTMENTS, N_("Assists"), required=False), _SAID),
    _department_move(Action.ACKNOWLEDGE, EventKind.ACKNOWLEDGED, N_("Acknowledge"), _DEPT, (A.NOTIFIED,), _SAID),
    _department_move(Action.EN_ROUTE, EventKind.EN_ROUTE, N_("On the way"), _DEPT,
                     (A.NOTIFIED, A.ACKNOWLEDGED), _SAID),
    _department_move(Action.REPORT_IN, EventKind.REPORTED_IN, N_("Report in on site"), _GRID | _DEPT,
                     (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE),
                     Arg("person", ArgType.TEXT, N_("Person on site")), _SAID, words_on_behalf=True),
    _department_move(Action.WORK_NOTE, EventKind.WORK_NOTED, N_("Work note"), _GRID | _DESK | _DEPT | _ZONE,
                     (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE, A.REPORTED_IN, A.WORKING, A.DONE), _NOTE,
                     whistle_states=_RUNNING, additive=True),
    _department_move(Action.DONE, EventKind.DONE, N_("Department done"), _DEPT, (A.REPORTED_IN, A.WORKING),
                     Arg("note", ArgType.TEXT, N_("What was done"), required=False)),
    _department_move(Action.RELEASE, EventKind.RELEASED, N_("Release a department"), _ZONE,
                     (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE, A.REPORTED_IN, A.WORKING), _REASON),
    _move(Action.MADE_SAFE, EventKind.MADE_SAFE, N_("Made safe"), _ANYONE, _RUNNING,
          Arg("note", ArgType.TEXT, N_("How it was made safe")), additive=True),
    _move(Action.NOTE, EventKind.NOTED, N_("Note"), _ANYONE, _BEFORE_END | {W.DRAFT}, _NOTE, additive=True),
    _move(Action.REPORT, EventKind.REPORTED_UP, N_("Report up the line"), _DESK | {Role.STREET_ADMIN},
          _RUNNING | {W.CLOSED, W.RATED}, Arg("said", ArgType.TEXT, N_("What was reported")),
          *(Arg(name, ArgType.TEXT, label, required=False) for name, label in REPORT_TEXTS.items()), additive=True),
    _move(Action.CHECK, EventKind.CHECKED, N_("Check on the spot"), _GRID, (W.AWAITING_CHECK,),
          Arg("passed", ArgType.FLAG, N_("Passed")),
          Arg("remark", ArgType.TEXT, N_("What was seen")),
          Arg("departments", ArgType.DEPARTMENTS, N_("Who must come back"), required=False)),
    _move(Action.RATE, EventKind.RATED, N_("Rate"), _GRID | _DESK, (W.CLOSED,),
          Arg("score", ArgType.SCORE, N_("Score 1–5")),
          Arg("remark", ArgType.TEXT, N_("Remark"), required=False)),
    _move(Action.COUNTERSIGN, EventKind.COUNTERSIGNED, N_("Countersign the rating"), (Role.GRID_LEADER,),
          (W.RATED,), _SAID),
    _move(Action.REOPEN, EventKind.REOPENED, N_("Reopen"), _DESK | {Role.STREET_ADMIN}, (W.CLOSED, W.RATED), _REASON),
    _move(Action.WITHDRAW, EventKind.WITHDRAWN, N_("Withdraw"), _GRID | _DESK,
          (W.DRAFT, W.PENDING_APPROVAL, W.OPEN), _REASON),
    _move(Action.CONSULT, EventKind.CONSULTATION_STARTED, N_("Start a consultation"), _ZONE | _STREET,
          (W.OPEN, W.REOPENED), _REASON),
    _move(Action.CONCLUDE, EventKind.CONSULTATION_CONCLUDED, N_("Record the consultation"), _ZONE | _STREET,
          (W.CONSULTING,), Arg("present", ArgType.TEXT, N_("Who took part")),
          Arg("decision", ArgType.TEXT, N_("Decision")),
          Arg("lead", ArgType.DEPARTMENT, N_("Lead department"), required=False),
          Arg("until", ArgType.INSTANT, N_("Deadline"), required=False)),
    _move(Action.SUSPEND, EventKind.SUSPENDED, N_("Suspend"), (Role.STREET_ADMIN,),
          (W.OPEN, W.REOPENED, W.CONSULTING), _REASON, Arg("until", ArgType.INSTANT, N_("Review date"))),
    _move(Action.RESUME, EventKind.RESUMED, N_("Resume"), _STREET, (W.SUSPENDED,), _SAID),
    _department_move(Action.REQUEST_RETURN, EventKind.RETURN_REQUESTED, N_("Ask to return"), _DEPT,
                     (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE), _REASON),
    _department_move(Action.DECIDE_RETURN, EventKind.RETURN_DECIDED, N_("Decide a return"), _ZONE,
                     (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE), _GRANTED, _REASON,
                     Arg("to", ArgType.DEPARTMENT, N_("Send instead"), required=False)),
    _department_move(Action.REQUEST_EXTENSION, EventKind.EXTENSION_REQUESTED, N_("Ask for more time"), _DEPT,
                     (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE, A.REPORTED_IN, A.WORKING), _REASON,
                     Arg("until", ArgType.INSTANT, N_("Until"))),
    _department_move(Action.DECIDE_EXTENSION, EventKind.EXTENSION_DECIDED, N_("Decide more time"),
                     {Role.DUTY_LEADER} | _ZONE,
                     (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE, A.REPORTED_IN, A.WORKING), _GRANTED, _REASON),
    _move(Action.REQUEST_SUSPENSION, EventKind.SUSPENSION_REQUESTED, N_("Ask to suspend"), _ANYONE,
          (W.OPEN, W.REOPENED, W.CONSULTING), _REASON, Arg("until", ArgType.INSTANT, N_("Review date"))),
    _move(Action.DECIDE_SUSPENSION, EventKind.SUSPENSION_DECIDED, N_("Decide a suspension"), (Role.STREET_ADMIN,),
          (W.OPEN, W.REOPENED, W.CONSULTING), _GRANTED, _REASON),
    _move(Action.JOIN, EventKind.JOINED, N_("Join as a duplicate"), _GRID | _DESK,
          (W.DRAFT, W.PENDING_APPROVAL, W.OPEN), Arg("into", ArgType.CASE, N_("Into case")), undoable=False),
    _move(Action.DUPLICATE, EventKind.DUPLICATE_REPORTED, N_("Record the same report again"), _GRID | _DESK,
          frozenset(_RUNNING | {W.DRAFT, W.PENDING_APPROVAL}), _SAID, additive=True),
    _move(Action.APPLY_PLAN, EventKind.PLAN_APPLIED, N_("Apply the new plan"), _STREET, _RUNNING, _REASON),
    _move(Action.CORRECT, EventKind.CORRECTED, N_("Correct an entry"), _ANYONE, _BEFORE_END | {W.DRAFT},
          Arg("entry", ArgType.EVENT, N_("Entry")), _REASON, additive=True, undoable=False),
    _move(Action.UNDO, EventKind.UNDONE, N_("Undo"), _ANYONE, frozenset(W), undoable=False,),
)  # fmt: skip

BY_ACTION = {move.action: move for move in MOVES}
BY_EVENT = {move.event: move for move in MOVES}

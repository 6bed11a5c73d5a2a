"""The life cycle as data: every move from every state, legal or refused with what is possible instead (domain 2.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

import pytest

from app.domain.dues import DueKind
from app.domain.errors import BadInput, IllegalMove
from app.domain.events import OF_NOTICES, EventKind
from app.domain.fold import HANDLERS
from app.domain.labels import (
    ASSIGNMENT_ROLES,
    ASSIGNMENT_STATES,
    DUES,
    EVENTS,
    PRECISIONS,
    REQUEST_KINDS,
    REQUEST_STATES,
    SEVERITIES,
    SOURCES,
    WAITING,
    WHISTLE_STATES,
)
from app.domain.lifecycle import possible
from app.domain.moves import BY_ACTION, BY_EVENT, MOVES, Action, Row
from app.domain.org import Role
from app.domain.permissions import ROLE_LABELS
from app.domain.policy import WhistleKind
from app.domain.whistle import (
    AssignmentRole,
    AssignmentState,
    Precision,
    RequestKind,
    RequestState,
    Severity,
    Source,
    Waiting,
    WhistleState,
)
from tests.unit.cases import (
    ADMIN,
    BEAUTY,
    DEPUTY,
    GRID,
    LEADER,
    LIAISONS,
    MEMBER,
    MEMBER_B,
    OFFICER,
    PLATFORM,
    SPACE,
    UTILITIES,
    CaseBook,
    facts,
    refused,
)

W, A, E = WhistleState, AssignmentState, EventKind
LIAISON = LIAISONS[UTILITIES]

RUNNING = (W.OPEN, W.REOPENED, W.CONSULTING, W.SUSPENDED, W.AWAITING_CHECK)
ALIVE = (W.PENDING_APPROVAL, *RUNNING, W.CLOSED, W.RATED)


def stays(*states: WhistleState) -> dict[WhistleState, WhistleState]:
    """The move leaves the state of the whistle as it is."""
    return {state: state for state in states}


TABLE: dict[Action, tuple[EventKind, dict[WhistleState, WhistleState]]] = {
    Action.DRAFT: (E.DRAFTED, {}),
    Action.REVISE: (E.REVISED, stays(W.DRAFT, W.PENDING_APPROVAL, W.OPEN, W.REOPENED) | {W.REJECTED: W.DRAFT}),
    Action.BLOW: (E.BLOWN, {W.DRAFT: W.PENDING_APPROVAL, W.REJECTED: W.PENDING_APPROVAL}),
    Action.APPROVE: (E.APPROVED, {W.PENDING_APPROVAL: W.OPEN}),
    Action.REJECT: (E.REJECTED, {W.PENDING_APPROVAL: W.REJECTED}),
    Action.LEVEL_UP: (E.LEVELLED_UP, stays(W.OPEN, W.CONSULTING)),
    Action.DISPATCH: (E.DISPATCHED, stays(W.OPEN, W.CONSULTING) | {W.REOPENED: W.OPEN}),
    Action.MADE_SAFE: (E.MADE_SAFE, stays(*RUNNING)),
    Action.NOTE: (E.NOTED, stays(W.DRAFT, *ALIVE)),
    Action.REPORT: (E.REPORTED_UP, stays(*RUNNING, W.CLOSED, W.RATED)),
    Action.CHECK: (E.CHECKED, {W.AWAITING_CHECK: W.CLOSED}),
    Action.RATE: (E.RATED, {W.CLOSED: W.RATED}),
    Action.COUNTERSIGN: (E.COUNTERSIGNED, stays(W.RATED)),
    Action.REOPEN: (E.REOPENED, {W.CLOSED: W.REOPENED, W.RATED: W.REOPENED}),
    Action.WITHDRAW: (
        E.WITHDRAWN, {W.DRAFT: W.WITHDRAWN, W.PENDING_APPROVAL: W.WITHDRAWN, W.OPEN: W.WITHDRAWN},
    ),
    Action.CONSULT: (E.CONSULTATION_STARTED, {W.OPEN: W.CONSULTING, W.REOPENED: W.CONSULTING}),
    Action.CONCLUDE: (E.CONSULTATION_CONCLUDED, {W.CONSULTING: W.OPEN}),
    Action.SUSPEND: (
        E.SUSPENDED, {W.OPEN: W.SUSPENDED, W.REOPENED: W.SUSPENDED, W.CONSULTING: W.SUSPENDED},
    ),
    Action.RESUME: (E.RESUMED, {W.SUSPENDED: W.OPEN}),
    Action.REQUEST_SUSPENSION: (E.SUSPENSION_REQUESTED, stays(W.OPEN, W.REOPENED, W.CONSULTING)),
    Action.JOIN: (E.JOINED, {W.DRAFT: W.MERGED, W.PENDING_APPROVAL: W.MERGED, W.OPEN: W.MERGED}),
    Action.DUPLICATE: (E.DUPLICATE_REPORTED, stays(W.DRAFT, W.PENDING_APPROVAL, *RUNNING)),
    Action.APPLY_PLAN: (E.PLAN_APPLIED, stays(*RUNNING)),
    Action.CORRECT: (E.CORRECTED, stays(W.DRAFT, *ALIVE)),
}  # fmt: skip
"""Moves of the case as a whole: their event, and from which state to which."""

DEPARTMENT_TABLE: dict[Action, tuple[EventKind, dict[AssignmentState, AssignmentState]]] = {
    Action.ACKNOWLEDGE: (E.ACKNOWLEDGED, {A.NOTIFIED: A.ACKNOWLEDGED}),
    Action.EN_ROUTE: (E.EN_ROUTE, {A.NOTIFIED: A.EN_ROUTE, A.ACKNOWLEDGED: A.EN_ROUTE}),
    Action.REPORT_IN: (
        E.REPORTED_IN,
        {A.NOTIFIED: A.REPORTED_IN, A.ACKNOWLEDGED: A.REPORTED_IN, A.EN_ROUTE: A.REPORTED_IN},
    ),
    Action.WORK_NOTE: (
        E.WORK_NOTED,
        {
            A.NOTIFIED: A.NOTIFIED, A.ACKNOWLEDGED: A.ACKNOWLEDGED, A.EN_ROUTE: A.EN_ROUTE,
            A.REPORTED_IN: A.WORKING, A.WORKING: A.WORKING, A.DONE: A.DONE,
        },
    ),
    Action.DONE: (E.DONE, {A.REPORTED_IN: A.DONE, A.WORKING: A.DONE}),
    Action.RELEASE: (
        E.RELEASED,
        dict.fromkeys((A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE, A.REPORTED_IN, A.WORKING), A.RELEASED),
    ),
    Action.REQUEST_RETURN: (
        E.RETURN_REQUESTED, {state: state for state in (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE)},
    ),
    Action.REQUEST_EXTENSION: (
        E.EXTENSION_REQUESTED,
        {state: state for state in (A.NOTIFIED, A.ACKNOWLEDGED, A.EN_ROUTE, A.REPORTED_IN, A.WORKING)},
    ),
}  # fmt: skip
"""Moves of one department's assignment."""

DECISIONS = {
    Action.DECIDE_RETURN: (E.RETURN_DECIDED, RequestKind.RETURN, PLATFORM),
    Action.DECIDE_EXTENSION: (E.EXTENSION_DECIDED, RequestKind.EXTENSION, LEADER),
    Action.DECIDE_SUSPENSION: (E.SUSPENSION_DECIDED, RequestKind.SUSPENSION, ADMIN),
}


def attempt(book: CaseBook, action: Action) -> Callable[[], object]:
    """The action with complete arguments, by somebody who may do it."""
    later = book.now + timedelta(days=30)
    routine = facts(WhistleKind.ROUTINE)
    by_member = {"by": MEMBER}
    ways: dict[Action, dict[str, object]] = {
        Action.DRAFT: by_member | {"facts": routine},
        Action.REVISE: by_member | {"facts": facts(book.whistle.kind)},
        Action.BLOW: by_member,
        Action.APPROVE: {"by": DEPUTY},
        Action.REJECT: {"by": DEPUTY, "reason": "不属公共事务"},
        Action.LEVEL_UP: {"by": OFFICER},
        Action.SKIP_LEVEL: {"by": OFFICER, "reason": "水势太快"},
        Action.DISPATCH: {"by": PLATFORM, "lead": BEAUTY},
        Action.MADE_SAFE: by_member | {"note": "已围挡"},
        Action.NOTE: by_member | {"note": "雨停了"},
        Action.REPORT: {"by": OFFICER, "said": "水位回落，无人受伤"},
        Action.CHECK: {"by": MEMBER_B, "passed": True, "remark": "盖好了"},
        Action.RATE: by_member | {"score": 5},
        Action.COUNTERSIGN: {"by": DEPUTY},
        Action.REOPEN: {"by": LEADER, "reason": "又坏了"},
        Action.WITHDRAW: by_member | {"reason": "已自行处理"},
        Action.CONSULT: {"by": PLATFORM, "reason": "职责不清"},
        Action.CONCLUDE: {"by": PLATFORM, "present": "平台、公共", "decision": "由公共事业中心主办"},
        Action.SUSPEND: {"by": ADMIN, "reason": "等枯水期", "until": later},
        Action.RESUME: {"by": LEADER},
        Action.REQUEST_SUSPENSION: by_member | {"reason": "等枯水期", "until": later},
        Action.JOIN: {"by": OFFICER, "into": uuid5(SPACE, "another")},
        Action.DUPLICATE: {"by": OFFICER},
        Action.APPLY_PLAN: {"by": ADMIN, "reason": "新规则更合适"},
        Action.CORRECT: {"by": OFFICER, "entry": book.events[0].id, "reason": "记错了", "occurred": "23:56"},
        Action.ACKNOWLEDGE: {"by": LIAISON, "on": UTILITIES},
        Action.EN_ROUTE: {"by": LIAISON, "on": UTILITIES},
        Action.REPORT_IN: {"by": LIAISON, "on": UTILITIES, "person": "现场负责人"},
        Action.WORK_NOTE: {"by": LIAISON, "on": UTILITIES, "note": "正在抽水"},
        Action.DONE: {"by": LIAISON, "on": UTILITIES},
        Action.RELEASE: {"by": PLATFORM, "on": UTILITIES, "reason": "不需要了"},
        Action.REQUEST_RETURN: {"by": LIAISON, "on": UTILITIES, "reason": "权属不符"},
        Action.REQUEST_EXTENSION: {"by": LIAISON, "on": UTILITIES, "reason": "等配件", "until": later},
        Action.DECIDE_RETURN: {"by": PLATFORM, "on": UTILITIES, "granted": False, "reason": "是你们的井"},
        Action.DECIDE_EXTENSION: {"by": LEADER, "on": UTILITIES, "granted": False, "reason": "来得及"},
        Action.DECIDE_SUSPENSION: {"by": ADMIN, "granted": False, "reason": "不必等"},
    }
    return lambda: book.do(action, **ways[action])  # type: ignore[arg-type]


def standing_in(state: WhistleState, action: Action) -> CaseBook:
    """A case in a state, such that only the state can be why the action is refused."""
    book = CaseBook()
    if action in (Action.LEVEL_UP, Action.SKIP_LEVEL, Action.JOIN) and state is W.OPEN:
        book.opened()
    elif action is Action.LEVEL_UP and state is W.CONSULTING:
        book.opened().do(Action.CONSULT, PLATFORM, reason="职责不清")
    else:
        book.in_state(state)
    book.policies[2] = replace(book.policies[1], version=2)
    return book


def with_request(kind: RequestKind) -> CaseBook:
    """A case at work with one request waiting."""
    return CaseBook().in_state(W.OPEN).asked(kind)


@pytest.mark.parametrize("state", WhistleState)
@pytest.mark.parametrize("action", TABLE)
def test_every_move_of_the_case_from_every_state(action: Action, state: WhistleState) -> None:
    """A legal move makes exactly its event and its state; an illegal one is refused and says what is possible."""
    kind, legal = TABLE[action]
    book = standing_in(state, action)
    before = len(book.events)
    if state in legal:
        attempt(book, action)()
        assert [event.kind for event in book.events[before:]] == [kind]
        assert book.state is legal[state]
    else:
        with pytest.raises(IllegalMove) as caught:
            attempt(book, action)()
        assert action.value not in caught.value.possible
        assert caught.value.possible == tuple(move.action.value for move in possible(book.case))
        named = caught.value.message.params.get("moves", ())
        assert isinstance(named, tuple)
        assert len(named) == min(3, len(caught.value.possible))  # nobody reads a dozen
        assert caught.value.message.params.get("n", 0) == len(caught.value.possible) - len(named)
        assert len(book.events) == before


@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("action", DEPARTMENT_TABLE)
def test_every_move_of_a_department_from_every_state(action: Action, state: AssignmentState) -> None:
    """A department's move makes exactly its event and state, on its own stream; else it is refused."""
    kind, legal = DEPARTMENT_TABLE[action]
    book = CaseBook().dispatched(BEAUTY, UTILITIES).brought_to(UTILITIES, state)
    version, beauty = book.whistle.version, book.of(BEAUTY)
    if state in legal:
        event = attempt(book, action)()
        assert book.events[-1] is event
        assert book.events[-1].kind is kind
        assert book.of(UTILITIES).state is legal[state]
        assert book.whistle.version == version
        assert book.of(BEAUTY) == beauty
    else:
        with pytest.raises(IllegalMove) as caught:
            attempt(book, action)()
        assert "department" in str(caught.value.message.params)


def heard(action: Action, state: WhistleState) -> bool:
    """Whether a department that was only notified is heard in a state of the case."""
    if action is Action.WORK_NOTE:
        return state in (W.OPEN, W.CONSULTING, W.SUSPENDED, W.AWAITING_CHECK)
    return state in (W.OPEN, W.CONSULTING) and action is not Action.DONE


@pytest.mark.parametrize("state", WhistleState)
@pytest.mark.parametrize("action", DEPARTMENT_TABLE)
def test_departments_act_only_while_the_case_runs(action: Action, state: WhistleState) -> None:
    """No department reports anything to a case that waits, is paused or is over; notes it may add till the check."""
    book = CaseBook().in_state(state)
    if heard(action, state):
        attempt(book, action)()
    else:
        with pytest.raises(IllegalMove):
            attempt(book, action)()


@pytest.mark.parametrize("action", DECISIONS)
def test_a_decision_needs_a_request(action: Action) -> None:
    """Nothing is decided that nobody asked for, and nothing is decided twice."""
    kind, about, _ = DECISIONS[action]
    bare = CaseBook().in_state(W.OPEN)
    with pytest.raises(IllegalMove):
        attempt(bare, action)()
    book = with_request(about)
    attempt(book, action)()
    assert book.events[-1].kind is kind
    assert [request.state for request in book.case.requests] == [RequestState.REFUSED]
    with pytest.raises(IllegalMove):
        attempt(book, action)()


def test_a_level_is_skipped_only_in_an_emergency_and_only_where_one_is_left() -> None:
    """In an emergency grid or community may go straight to the zone, with the reason; nothing else may."""
    rules = CaseBook().policies[1]
    kinds = dict(rules.kinds)
    kinds[WhistleKind.EMERGENCY] = replace(kinds[WhistleKind.EMERGENCY], needs_approval=True)
    book = CaseBook(rules=replace(rules, kinds=kinds)).opened()
    assert book.whistle.level.value == "community"
    attempt(book, Action.SKIP_LEVEL)()
    assert book.whistle.level.value == "zone"
    assert book.whistle.skipped_level
    assert book.events[-1].payload == {"from": "community", "to": "zone"}
    for other in (CaseBook().opened(), CaseBook().opened(WhistleKind.ROUTINE), book):
        with pytest.raises(IllegalMove):
            attempt(other, Action.SKIP_LEVEL)()
    past_the_street = CaseBook().opened()
    skipped = past_the_street.do(Action.SKIP_LEVEL, told=MEMBER, reason="街道电话不通")
    assert skipped.payload == {"from": "street", "to": "zone"}
    assert past_the_street.whistle.skipped_level


def test_a_case_that_departments_work_on_joins_nothing() -> None:
    """It would leave them standing; released, they no longer hold it."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY)
    for department in (UTILITIES, BEAUTY):
        with refused(IllegalMove, "whistled for already"):
            attempt(book, Action.JOIN)()
        book.do(Action.RELEASE, PLATFORM, on=department, reason="同一件事")
    attempt(book, Action.JOIN)()
    assert book.events[-1].payload["into_number"] == "W-20200702-09"


def test_only_an_open_case_is_joined() -> None:
    """What is over is no longer anybody's to work on."""
    book = CaseBook().opened()
    book.other_state = W.CLOSED
    with refused(IllegalMove, "no longer open"):
        attempt(book, Action.JOIN)()


def test_the_new_plan_is_offered_only_where_there_is_one() -> None:
    """What cannot be done does not stand among the possible moves."""
    book = CaseBook().opened()
    offered = {current: {move.action for move in possible(book.case, current)} for current in (1, 2)}
    assert Action.APPLY_PLAN not in offered[1]
    assert Action.APPLY_PLAN in offered[2]


def test_the_table_is_complete() -> None:
    """Every action is one move, every move one event of its own, and every argument name occurs once in it."""
    assert set(BY_ACTION) == set(Action)
    assert len(BY_EVENT) == len(MOVES)
    assert set(TABLE) | set(DEPARTMENT_TABLE) | set(DECISIONS) | {Action.UNDO, Action.SKIP_LEVEL} == set(Action)
    for move in MOVES:
        names = [arg.name for arg in move.args]
        assert len(names) == len(set(names))
        assert bool(move.assignment_states) is (move.row is Row.ASSIGNMENT)


def test_every_event_of_a_case_is_folded_or_only_told() -> None:
    """No event kind is forgotten: it changes the case, stands on its timeline only, or belongs to no case."""
    only_told = {E.NOTED, E.REPORTED_UP}
    of_the_history = {E.CORRECTED, E.UNDONE}
    of_no_case = {E.SPOT_RECORDED, E.SHIFT_OPENED, E.ORG_LOADED, E.POLICY_LOADED, E.STATION_CREATED, E.CLOCK_SET,
                  E.REMINDER_SET, E.REMINDER_ENDED, E.ROUTES_SET, E.PATROLS_LOADED, E.ROUND_STARTED, E.ROUND_ANSWERED,
                  E.ROUND_ENDED, E.WARNING_RECORDED, E.WARNING_CANCELLED, E.RESPONSE_RECORDED, E.RESPONSE_ENDED,
                  E.POSTURE_CHANGED, E.EVACUATION_LISTED, E.EVACUATION_CALLED, E.EVACUATION_ANSWERED, E.EVACUATED,
                  E.EVACUATION_RETURNED, E.ROUND_CHECKED_IN, E.ROUND_MISSED, E.ROUNDS_PLANNED, E.PLAN_SET,
                  E.PLAN_ENDED, E.GAUGE_READ, E.GAUGES_IMPORTED, E.GAUGE_DROPPED, E.LEVEL_CROSSED, E.MAP_LOADED,
                  E.FINDING_SETTLED, E.FINDING_LINKED, E.LOGGED, E.LOG_CLOSED,
                  E.BRIEFING_OPENED, E.BRIEFING_NOTED, E.BRIEFING_ATTENDED, E.BRIEFING_SIGNED, E.ITEM_SET,
                  E.ITEM_ENDED,
                  E.HANDOVER_OPENED, E.HANDOVER_NOTED, E.HANDOVER_CHECKED, E.HANDOVER_ACCEPTED, E.SIGNED_OUT,
                  E.SIGNED_IN}  # fmt: skip
    no_move = {E.NO_SHOW, E.WENT_QUIET, E.HANDED_OVER}
    assert set(HANDLERS) == set(EventKind) - only_told - of_the_history - of_no_case - OF_NOTICES
    assert set(BY_EVENT) == set(EventKind) - of_no_case - no_move - OF_NOTICES


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (WHISTLE_STATES, WhistleState), (ASSIGNMENT_STATES, AssignmentState), (ASSIGNMENT_ROLES, AssignmentRole),
        (SEVERITIES, Severity), (SOURCES, Source), (PRECISIONS, Precision), (REQUEST_KINDS, RequestKind),
        (REQUEST_STATES, RequestState), (WAITING, Waiting), (DUES, DueKind), (EVENTS, EventKind), (ROLE_LABELS, Role),
    ],
)  # fmt: skip
def test_everything_shown_has_a_word(labels: dict[object, object], values: type) -> None:
    """Each state, kind and role has its label, and no two of one list read the same."""
    assert set(labels) == set(values)
    assert len({str(label) for label in labels.values()}) == len(labels)


def test_an_unfinished_form_is_refused_field_by_field() -> None:
    """Every required argument is asked for by name, blanks count as missing, and nothing else is demanded."""
    book = CaseBook().in_state(W.AWAITING_CHECK)
    for args, field in (
        ({}, "passed"),
        ({"passed": True}, "remark"),
        ({"passed": True, "remark": " \u200b"}, "remark"),
    ):
        with pytest.raises(BadInput) as caught:
            book.do(Action.CHECK, MEMBER_B, **args)  # type: ignore[arg-type]
        assert caught.value.field == field
    with pytest.raises(BadInput, match="yes or no"):
        book.do(Action.CHECK, MEMBER_B, passed="yes", remark="盖好了")
    book.do(Action.CHECK, MEMBER_B, passed=True, remark="盖好了")
    for wrong in (0, 6, True, "5"):
        with pytest.raises(BadInput):
            book.do(Action.RATE, MEMBER, score=wrong)
    assert book.whistle.grid == GRID

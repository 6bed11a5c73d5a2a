"""What becomes due and when, row by row: behaviours 1, 13, 15, decisions 11, 18, 19, 23."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.dues import LIMITS, DueKind, deadline
from app.domain.moves import Action
from app.domain.policy import KindPolicy, Limit, LimitUnit, Policy, WhistleKind
from app.domain.whistle import DUE_STATES, AssignmentState, Waiting, WhistleState
from tests.unit.cases import (
    ADMIN,
    BEAUTY,
    BRIGADE,
    DEPUTY,
    EMERGENCY,
    LEADER,
    LIAISONS,
    MEMBER,
    MEMBER_B,
    PLATFORM,
    SOCIAL,
    UTILITIES,
    CaseBook,
    at,
    policy,
)

W, A, K = WhistleState, AssignmentState, DueKind


def rules(kind: WhistleKind, **changes: object) -> Policy:
    """The default policy with some limits of one kind changed."""
    kinds = dict(policy().kinds)
    changed: KindPolicy = replace(kinds[kind], **changes)  # type: ignore[arg-type]
    kinds[kind] = changed
    return replace(policy(), kinds=kinds)


def minutes(n: int) -> Limit:
    return Limit(n, LimitUnit.MINUTE)


@pytest.mark.parametrize("state", WhistleState)
def test_every_case_somebody_must_act_on_has_a_next_instant(state: WhistleState) -> None:
    """No active case without a due instant, no due instant where nobody has to act any more (decisions 23)."""
    book = CaseBook().in_state(state)
    assert bool(book.dues) is (state in DUE_STATES)
    assert book.whistle.next_due_at == (min(due.at for due in book.dues) if book.dues else None)
    keys = [(due.kind, due.nth, due.assignment_id) for due in book.dues]
    assert len(keys) == len(set(keys))
    assert list(book.dues) == sorted(book.dues, key=lambda due: due.at)


@pytest.mark.parametrize("limit", [30, 45])
@pytest.mark.parametrize("departments", [(UTILITIES, BEAUTY, BRIGADE), (UTILITIES, BEAUTY, BRIGADE, EMERGENCY, SOCIAL)])
def test_only_who_is_still_out_is_reminded(departments: tuple[str, ...], limit: int) -> None:
    """All but the last report in early: half-time and limit remain for the last one alone, the case reads n-1/n."""
    book = CaseBook("2020-07-03 00:08", rules=rules(WhistleKind.EMERGENCY, report_in=minutes(limit)))
    book.dispatched(*departments)
    halves = [due for due in book.dues if due.kind is K.REPORT_IN_HALF]
    assert {due.at for due in halves} == {at("2020-07-03 00:08") + timedelta(minutes=limit / 2)}
    assert len(halves) == len(departments)
    *came, last = departments
    for n, department in enumerate(came):
        book.later(minutes=1 + n).brought_to(department, A.REPORTED_IN)
    out = [due for due in book.dues if due.kind in (K.REPORT_IN_HALF, K.REPORT_IN, K.ZONE_PLATFORM)]
    assert {due.assignment_id for due in out} == {book.of(last).id}
    assert book.due(K.REPORT_IN, last).at == at("2020-07-03 00:08") + timedelta(minutes=limit)
    assert book.due(K.ZONE_PLATFORM, last).at == at("2020-07-03 00:08") + timedelta(minutes=limit + 15)
    assert (book.whistle.reported_in, book.whistle.assigned) == (len(came), len(departments))


def test_acknowledging_is_limited_and_not_reminded_at_half() -> None:
    """Five minutes, no reminder before; over as soon as they answer (decisions 19)."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    assert book.due(K.ACKNOWLEDGE, UTILITIES).at == at("2020-07-03 00:13")
    book.brought_to(UTILITIES, A.ACKNOWLEDGED)
    assert K.ACKNOWLEDGE not in book.due_kinds()
    assert not {due.value for due in DueKind} & {"acknowledge_half", "feedback_half"}


def test_the_clock_counts_from_dispatch_and_the_case_s_from_open() -> None:
    """Recorded late, both count from when it happened; what is already past is due at once (decisions 18)."""
    book = CaseBook("2020-07-03 01:00")
    book.opened()
    for action, by, occurred, args in (
        (Action.LEVEL_UP, LEADER, "01:00", {}),
        (Action.DISPATCH, PLATFORM, "01:00", {"lead": UTILITIES}),
    ):
        book.do(action, by, clock="02:00", occurred=occurred, **args)  # type: ignore[arg-type]
    assert book.due(K.REPORT_IN, UTILITIES).at == at("2020-07-03 01:30") < book.now
    assert book.whistle.made_safe_due == at("2020-07-03 07:00")
    assert book.whistle.close_due == at("2020-07-04 01:00")


@pytest.mark.parametrize(
    ("opened", "limit", "due"),
    [
        ("2020-07-02 09:30", Limit(60, LimitUnit.WORK_MINUTE), "2020-07-02 10:30"),
        ("2020-07-02 09:30", Limit(120, LimitUnit.WORK_MINUTE), "2020-07-02 11:30"),
        ("2020-07-02 09:30", Limit(180, LimitUnit.WORK_MINUTE), "2020-07-02 12:30"),
        ("2020-06-24 17:30", Limit(60, LimitUnit.WORK_MINUTE), "2020-06-28 08:30"),
        ("2020-07-03 17:30", Limit(60, LimitUnit.WORK_MINUTE), "2020-07-06 08:30"),
        ("2020-07-04 03:00", Limit(2, LimitUnit.WORK_HOUR), "2020-07-06 10:00"),
        ("2020-09-30 16:00", Limit(1, LimitUnit.WORK_DAY), "2020-10-09 16:00"),
    ],
)
def test_a_routine_limit_counts_working_hours(opened: str, limit: Limit, due: str) -> None:
    """8–18 on working days; the Dragon Boat days, the Sunday worked for them, weekends and Golden Week as they were."""
    book = CaseBook(opened, rules=rules(WhistleKind.ROUTINE, acknowledge=limit))
    book.dispatched(UTILITIES, kind=WhistleKind.ROUTINE)
    assert book.due(K.ACKNOWLEDGE, UTILITIES).at == at(due)


def test_half_of_the_time_to_close_is_reminded_once_and_the_limit_shown() -> None:
    """At 50 % and at 100 %; an extension moves the limit and not the reminder that was."""
    book = CaseBook("2020-07-03 00:08").opened()
    assert book.due(K.CLOSE_HALF).at == at("2020-07-03 12:08")
    assert book.due(K.CLOSE).at == at("2020-07-04 00:08")
    quarter = CaseBook("2020-07-03 00:08", rules=replace(policy(), remind_at_percent=25)).opened()
    assert quarter.due(K.CLOSE_HALF).at == at("2020-07-03 06:08")


def test_waiting_for_a_department_is_limited_each_time() -> None:
    """From the opening, and again from when the last one was taken back, as a due of its own (decisions 11)."""
    book = CaseBook("2020-07-03 00:00").opened()
    first = book.due(K.DISPATCH)
    assert first.at == at("2020-07-03 00:10")
    book.dispatched(UTILITIES)
    assert K.DISPATCH not in book.due_kinds()
    book.later(hours=1).brought_to(UTILITIES, A.RELEASED)
    again = book.due(K.DISPATCH)
    assert again.at == at("2020-07-03 01:10")
    assert again.nth != first.nth


def test_feedback_is_due_and_due_again() -> None:
    """First after dispatch, then after each word from them; sent back, it counts from the check."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES).brought_to(UTILITIES, A.REPORTED_IN)
    seen = [book.due(K.FEEDBACK, UTILITIES)]
    assert seen[0].at == at("2020-07-03 00:38")
    for clock in ("00:30", "01:20"):
        book.do(Action.WORK_NOTE, LIAISONS[UTILITIES], on=UTILITIES, clock=clock, note="抽水")
        seen.append(book.due(K.FEEDBACK, UTILITIES))
        assert seen[-1].at == at(f"2020-07-03 {clock}") + timedelta(minutes=60)
    book.do(Action.DONE, LIAISONS[UTILITIES], on=UTILITIES)
    assert K.FEEDBACK not in book.due_kinds()
    book.do(Action.CHECK, MEMBER_B, clock="02:00", passed=False, remark="不行")
    seen.append(book.due(K.FEEDBACK, UTILITIES))
    assert seen[-1].at == at("2020-07-03 03:00")
    assert len({due.nth for due in seen}) == len(seen)


def test_each_check_and_each_review_is_due_in_its_own_right() -> None:
    """After rework the check is waited for anew; a second suspension has a second review date."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    checks, reviews = [], []
    for _ in range(2):
        book.do(Action.SUSPEND, ADMIN, reason="等枯水期", until=book.now + timedelta(days=2))
        reviews.append(book.due(K.REVIEW))
        book.later(hours=5).do(Action.RESUME, LEADER)
        book.brought_to(UTILITIES, A.DONE).later(minutes=1)
        checks.append(book.due(K.CHECK))
        book.do(Action.CHECK, MEMBER_B, passed=False, remark="不行")
    assert len({due.nth for due in checks}) == len({due.nth for due in reviews}) == 2


def test_a_tough_case_is_consulted_in_time_in_every_episode() -> None:
    """Three working days to the consultation; after a reopening there is a new one to hold."""
    book = CaseBook("2020-09-14 09:00").opened(WhistleKind.TOUGH)
    first = book.due(K.CONSULT)
    assert first.at == at("2020-09-17 09:00")
    book.do(Action.CONSULT, LEADER, reason="政策不允许而群众确需")
    assert K.CONSULT in book.due_kinds()
    book.do(Action.CONCLUDE, LEADER, present="街道", decision="照办")
    assert K.CONSULT not in book.due_kinds()
    book.dispatched(BEAUTY).brought_to(BEAUTY, A.DONE).do(Action.CHECK, MEMBER_B, passed=True, remark="好了")
    book.do(Action.REOPEN, LEADER, reason="又来了")
    assert book.due(K.CONSULT).nth != first.nth


def test_an_approval_and_a_rating_are_waited_for() -> None:
    """Two working hours to approve a routine whistle; three days to rate a closed case."""
    book = CaseBook("2020-07-03 17:00").blown(WhistleKind.ROUTINE)
    assert book.due(K.APPROVAL).at == at("2020-07-06 09:00")
    closed = CaseBook("2020-07-03 00:08").in_state(W.CLOSED)
    assert closed.due(K.RATE).at == at("2020-07-06 00:08")


@pytest.mark.parametrize(
    ("state", "waiting"),
    [
        (W.DRAFT, Waiting.SUBMIT), (W.PENDING_APPROVAL, Waiting.APPROVAL), (W.OPEN, Waiting.ACKNOWLEDGE),
        (W.CONSULTING, Waiting.CONSULTATION), (W.SUSPENDED, Waiting.REVIEW), (W.AWAITING_CHECK, Waiting.CHECK),
        (W.REOPENED, Waiting.DISPATCH), (W.CLOSED, Waiting.RATING), (W.RATED, Waiting.NOTHING),
        (W.REJECTED, Waiting.NOTHING), (W.WITHDRAWN, Waiting.NOTHING), (W.MERGED, Waiting.NOTHING),
    ],
)  # fmt: skip
def test_whom_a_case_waits_for(state: WhistleState, waiting: Waiting) -> None:
    """One word for the board, and the nearest limit of just that."""
    book = CaseBook().in_state(state)
    assert book.whistle.waiting is waiting
    wanted = [due.at for due in book.dues if due.kind in LIMITS.get(waiting, ())]
    assert book.whistle.deadline_at == (min(wanted) if wanted else None) == deadline(waiting, book.dues)


def test_whom_an_open_case_waits_for_step_by_step() -> None:
    """Raise, dispatch, acknowledge, report in, handle: the slowest department decides."""
    book = CaseBook("2020-07-03 00:08").opened()
    words = [book.whistle.waiting]
    book.do(Action.LEVEL_UP)
    words.append(book.whistle.waiting)
    book.dispatched(UTILITIES, BEAUTY).brought_to(UTILITIES, A.REPORTED_IN)
    words.append(book.whistle.waiting)
    assert book.whistle.deadline_at == book.due(K.ACKNOWLEDGE, BEAUTY).at
    book.brought_to(BEAUTY, A.ACKNOWLEDGED)
    words.append(book.whistle.waiting)
    assert book.whistle.deadline_at == at("2020-07-03 00:38")
    book.brought_to(BEAUTY, A.REPORTED_IN)
    words.append(book.whistle.waiting)
    assert book.whistle.deadline_at == book.whistle.made_safe_due
    book.do(Action.MADE_SAFE, MEMBER, note="已围挡")
    assert book.whistle.deadline_at == book.whistle.close_due
    assert words == [Waiting.LEVEL_UP, Waiting.DISPATCH, Waiting.ACKNOWLEDGE, Waiting.REPORT_IN, Waiting.WORK]


def test_a_draft_left_lying_is_due_to_be_looked_at() -> None:
    """A day after it was saved, or whatever the street sets."""
    book = CaseBook("2020-07-02 23:53", rules=replace(policy(), draft_stale_after=timedelta(hours=5)))
    book.in_state(W.DRAFT)
    assert book.due(K.DRAFT_STALE).at == at("2020-07-03 04:53")
    book.do(Action.BLOW, MEMBER)
    book.do(Action.APPROVE, DEPUTY)
    assert K.DRAFT_STALE not in book.due_kinds()

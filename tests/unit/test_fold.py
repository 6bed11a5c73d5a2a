"""What follows from a history: derived states, undo, correction, pauses, ping-pong, episodes (decisions 11, 16, 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clocks import Pause
from app.domain.dues import TIDINGS, DueKind
from app.domain.effective import effective, last_effective, pauses
from app.domain.errors import BadInput, Conflict, IllegalMove, NotPermitted
from app.domain.events import Event, EventKind
from app.domain.fold import rebuild
from app.domain.moves import Action
from app.domain.policy import Limit, LimitUnit, WhistleKind
from app.domain.whistle import (
    AssignmentState,
    Case,
    RequestKind,
    Severity,
    WhistleState,
    late_acknowledge,
    no_show,
)
from tests.unit.cases import (
    ADMIN,
    BEAUTY,
    BRIGADE,
    EMERGENCY,
    LEADER,
    LIAISONS,
    MEMBER,
    MEMBER_B,
    OFFICER,
    OFFICER_B,
    PLATFORM,
    SAFETY,
    SOCIAL,
    UTILITIES,
    CaseBook,
    at,
    facts,
    policy,
    refused,
)

W, A = WhistleState, AssignmentState


def unversioned(case: Case) -> Case:
    """A case without its versions: an undo is a change like any other, so they go on counting."""
    return Case(replace(case.whistle, version=0), tuple(replace(a, version=0) for a in case.assignments), case.requests)


# -- derived states -----------------------------------------------------------------------------


@pytest.mark.parametrize("last", [UTILITIES, BEAUTY, BRIGADE])
def test_the_check_is_waited_for_when_nobody_is_outstanding(last: str) -> None:
    """Open while anybody is out; whoever finishes last, the case then waits for its check (decisions 11)."""
    departments = [d for d in (UTILITIES, BEAUTY, BRIGADE) if d != last]
    book = CaseBook().dispatched(UTILITIES, BEAUTY, BRIGADE)
    for department in departments:
        book.brought_to(department, A.DONE if department == departments[0] else A.RELEASED)
        assert book.state is W.OPEN
    book.later(minutes=90).brought_to(last, A.DONE)
    assert (book.state, book.whistle.awaiting_check_at) == (W.AWAITING_CHECK, book.now)


def test_a_case_whose_departments_are_all_released_waits_for_dispatch() -> None:
    """Released alone is not done: somebody must be sent again."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).brought_to(UTILITIES, A.RELEASED)
    book.brought_to(BEAUTY, A.RELEASED)
    assert (book.state, book.whistle.waiting.value) == (W.OPEN, "dispatch")


def test_recorded_late_the_check_waits_since_the_last_was_done() -> None:
    """Who was done first may be recorded last: the wait began with the later of the two times."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES, BEAUTY)
    for department in (UTILITIES, BEAUTY):
        book.do(Action.REPORT_IN, LIAISONS[department], on=department, clock="00:30", person="组长")
    book.do(Action.DONE, LIAISONS[UTILITIES], on=UTILITIES, clock="05:00")
    book.do(Action.DONE, told=BEAUTY, on=BEAUTY, clock="05:10", occurred="04:40")
    assert book.whistle.awaiting_check_at == at("2020-07-03 05:00")


def test_finished_during_a_consultation_the_check_waits_since_its_end() -> None:
    """The consultation is concluded first; only then somebody goes to look."""
    book = CaseBook().dispatched(UTILITIES)
    book.do(Action.CONSULT, PLATFORM, reason="职责不清")
    book.brought_to(UTILITIES, A.DONE)
    assert book.state is W.CONSULTING
    book.later(hours=2).do(Action.CONCLUDE, PLATFORM, present="平台", decision="照办")
    assert (book.state, book.whistle.awaiting_check_at) == (W.AWAITING_CHECK, book.now)


def test_the_counts_leave_out_who_was_released() -> None:
    """The board reads "2/3" of those still asked (behaviours 1)."""
    book = CaseBook().dispatched(UTILITIES, EMERGENCY, SAFETY, SOCIAL).brought_to(SOCIAL, A.RELEASED)
    for department in (UTILITIES, EMERGENCY):
        book.brought_to(department, A.REPORTED_IN)
    book.brought_to(UTILITIES, A.DONE)
    whistle = book.whistle
    assert (whistle.assigned, whistle.acknowledged, whistle.reported_in, whistle.done) == (3, 2, 2, 1)


@pytest.mark.parametrize(
    ("kind", "severity", "safe", "danger"),
    [
        (WhistleKind.EMERGENCY, Severity.NORMAL, False, 0), (WhistleKind.EMERGENCY, Severity.NORMAL, True, 1),
        (WhistleKind.ROUTINE, Severity.CRITICAL, False, 0), (WhistleKind.ROUTINE, Severity.URGENT, False, 1),
        (WhistleKind.ROUTINE, Severity.NORMAL, False, 2),
    ],
)  # fmt: skip
def test_danger_ranks_before_the_clock(kind: WhistleKind, severity: Severity, safe: bool, danger: int) -> None:
    """People who may be hurt come first, until somebody says that it is safe (decisions 14)."""
    book = CaseBook().opened(kind) if kind is WhistleKind.EMERGENCY else CaseBook().blown(kind, severity=severity)
    if safe:
        book.do(Action.MADE_SAFE, MEMBER, note="已围挡，派人看守")
    assert book.whistle.danger == danger


def test_made_safe_is_the_first_time_anybody_said_so() -> None:
    """By anyone on the scene, told in any order; it stops its own clock and nothing else (decisions 14)."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    assert DueKind.MADE_SAFE in book.due_kinds()
    book.do(Action.MADE_SAFE, LIAISONS[UTILITIES], clock="00:50", note="水已控制")
    book.do(Action.MADE_SAFE, told=MEMBER, clock="00:55", occurred="00:42", note="已围挡")
    assert book.whistle.made_safe_at == at("2020-07-03 00:42")
    assert DueKind.MADE_SAFE not in book.due_kinds()
    assert DueKind.CLOSE in book.due_kinds()


# -- no-show and lateness: derived ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "came", "missed"), [(30, 29, False), (30, 30, False), (30, 31, True), (45, 31, False)]
)
def test_a_no_show_is_derived_from_limit_and_arrival(limit: int, came: int, missed: bool) -> None:
    """Overdue is overdue even if they come later; the assignment's state says nothing about it (decisions 13)."""
    kinds = dict(policy().kinds)
    kinds[WhistleKind.EMERGENCY] = replace(
        kinds[WhistleKind.EMERGENCY], report_in=Limit(limit, LimitUnit.MINUTE), acknowledge=Limit(7, LimitUnit.MINUTE)
    )
    book = CaseBook("2020-07-03 00:08", rules=replace(policy(), kinds=kinds)).dispatched(UTILITIES)
    assert not no_show(book.of(UTILITIES), book.now + timedelta(minutes=limit))
    assert no_show(book.of(UTILITIES), book.now + timedelta(minutes=limit, seconds=1))
    assert not late_acknowledge(book.of(UTILITIES), book.now + timedelta(minutes=7))
    assert late_acknowledge(book.of(UTILITIES), book.now + timedelta(minutes=8))
    book.later(minutes=came).brought_to(UTILITIES, A.REPORTED_IN)
    assert no_show(book.of(UTILITIES), book.now + timedelta(days=1)) is missed


def test_who_was_released_missed_nothing() -> None:
    """A department taken back in time is no no-show."""
    book = CaseBook().dispatched(UTILITIES).brought_to(UTILITIES, A.RELEASED)
    assert not no_show(book.of(UTILITIES), book.now + timedelta(days=2))
    assert not late_acknowledge(book.of(UTILITIES), book.now + timedelta(days=2))


def by_the_clock(book: CaseBook, kind: EventKind, department: str) -> Event:
    """An entry that the duty clock writes about an assignment."""
    of = book.of(department)
    stream = f"whistle/{book.id.hex}/{department}/{of.nth}"
    event = replace(
        book.events[-1], id=uuid4(), stream=stream, stream_version=of.version + 1, kind=kind, actor="system",
        payload={"department": department, "nth": of.nth}, occurred_at=book.now, recorded_at=book.now, words={},
        words_id=None, seq=len(book.events) + 1,
    )  # fmt: skip
    book.events.append(event)
    return event


def test_the_clock_s_entries_mark_and_change_no_state() -> None:
    """No-show and quiet are marks on the assignment; word from the department takes the quiet mark off."""
    book = CaseBook().dispatched(UTILITIES).brought_to(UTILITIES, A.ACKNOWLEDGED).later(minutes=65)
    by_the_clock(book, EventKind.NO_SHOW, UTILITIES)
    by_the_clock(book, EventKind.WENT_QUIET, UTILITIES)
    mine = book.of(UTILITIES)
    assert (mine.state, mine.no_show_at, mine.needs_attention) == (A.ACKNOWLEDGED, book.now, True)
    book.do(Action.WORK_NOTE, LIAISONS[UTILITIES], on=UTILITIES, note="在路上")
    assert (book.of(UTILITIES).needs_attention, book.of(UTILITIES).no_show_at) == (False, mine.no_show_at)


# -- undo -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [
        W.PENDING_APPROVAL,
        W.OPEN,
        W.CONSULTING,
        W.SUSPENDED,
        W.AWAITING_CHECK,
        W.CLOSED,
        W.RATED,
        W.REJECTED,
        W.REOPENED,
    ],
)
def test_undo_restores_the_earlier_state_and_keeps_both_entries(state: WhistleState) -> None:
    """The case is as before but for its versions; action and undo both stay on the timeline (decisions 16)."""
    book = CaseBook().in_state(state)
    last = book.events[-1]
    if len(book.events) == 1:
        with refused(IllegalMove, "cannot be undone"):
            book.do(Action.UNDO, last.actor)
        return
    earlier = rebuild(book.events[:-1], book.policies.__getitem__)
    event = book.do(Action.UNDO, last.actor)
    assert unversioned(book.case) == unversioned(earlier[0])
    assert book.dues == earlier[1]
    assert (event.corrects, event.stream, event.stream_version) == (last.id, last.stream, last.stream_version + 1)
    assert len(book.events) >= 3
    with refused(IllegalMove, "nothing to undo"):
        book.do(Action.UNDO, last.actor)


def test_an_undone_request_was_never_asked() -> None:
    """The row is gone with its event."""
    book = CaseBook().in_state(W.OPEN).asked(RequestKind.RETURN)
    book.do(Action.UNDO, LIAISONS[UTILITIES])
    assert book.case.requests == ()


def test_only_the_desk_s_own_last_and_fresh_action_is_undone() -> None:
    """Somebody else's, another desk's, an older one or one that something followed is refused, and says why."""
    book = CaseBook().dispatched(UTILITIES)
    book.do(Action.ACKNOWLEDGE, told=UTILITIES, on=UTILITIES)
    with refused(IllegalMove, "only who made it"):
        book.decide(Action.UNDO, OFFICER_B)
    with refused(IllegalMove, "only who made it"):
        book.decide(Action.UNDO, OFFICER, station="desk-2")
    book.later(minutes=10).decide(Action.UNDO, OFFICER)
    with refused(IllegalMove, "older than"):
        book.later(seconds=1).decide(Action.UNDO, OFFICER)


def test_an_undo_takes_back_what_was_agreed_to_and_nothing_newer() -> None:
    """The person agreed to one entry; whatever came after it, even by themselves, makes it a conflict that names it."""
    book = CaseBook().dispatched(UTILITIES, BRIGADE)
    agreed = book.do(Action.ACKNOWLEDGE, told=UTILITIES, on=UTILITIES)
    book.do(Action.ACKNOWLEDGE, told=BRIGADE, on=BRIGADE)
    with refused(Conflict, "was faster"):
        book.decide(Action.UNDO, entry=agreed.id)
    assert book.decide(Action.UNDO, entry=book.events[-1].id).corrects == book.events[-1].id


@pytest.mark.parametrize("minutes", [3, 25])
def test_how_long_a_slip_can_be_undone_is_the_policy_s(minutes: int) -> None:
    """Ten minutes by default, else what the street says."""
    book = CaseBook(rules=replace(policy(), undo_within=timedelta(minutes=minutes))).opened()
    book.do(Action.LEVEL_UP)
    book.later(minutes=minutes).decide(Action.UNDO)
    with refused(IllegalMove, "older than"):
        book.later(seconds=1).decide(Action.UNDO)


def test_a_correction_names_whoever_corrected_the_same_entry_first() -> None:
    """What the person saw was another time: nothing is written; of an entry taken back nothing is corrected."""
    book = CaseBook("2020-07-03 00:08").opened()
    entry = book.events[0]
    book.do(Action.CORRECT, OFFICER_B, entry=entry.id, reason="看错表", clock="00:12", occurred="00:05")
    with refused(Conflict, "was faster"):
        book.decide(Action.CORRECT, entry=entry.id, reason="记错了", occurred="00:06", was=entry.occurred_at)
    seen = book.events[-1].occurred_at
    book.decide(Action.CORRECT, entry=entry.id, reason="记错了", occurred="00:06", was=seen)
    noted = book.do(Action.NOTE, note="来电询问")
    book.do(Action.UNDO)
    with refused(IllegalMove, "taken back"):
        book.decide(Action.CORRECT, entry=noted.id, reason="记错了", occurred="00:12")


def test_what_makes_or_ends_a_case_is_not_undone() -> None:
    """A draft is withdrawn, a join stays; a correction is corrected again."""
    draft = CaseBook().in_state(W.DRAFT)
    with refused(IllegalMove, "cannot be undone"):
        draft.do(Action.UNDO)
    joined = CaseBook().in_state(W.MERGED)
    with refused(IllegalMove, "cannot be undone"):
        joined.do(Action.UNDO)
    corrected = CaseBook("2020-07-03 00:08").opened()
    corrected.do(Action.CORRECT, entry=corrected.events[0].id, reason="记错了", clock="00:12", occurred="00:05")
    with refused(IllegalMove, "corrects a time"):
        corrected.do(Action.UNDO)


def test_a_case_has_one_number_however_often_it_is_blown() -> None:
    """Blown, taken back and blown again: the number that was told on the phone stays its number (decisions 6)."""
    book = CaseBook().in_state(W.DRAFT)
    book.do(Action.BLOW, MEMBER)
    given = book.whistle.number
    book.do(Action.UNDO, MEMBER)
    book.next_number = "W-20200702-02"
    book.do(Action.BLOW, MEMBER)
    assert book.whistle.number == given == "W-20200702-01"


# -- correction -------------------------------------------------------------------------------------


def test_a_corrected_time_moves_what_hangs_on_it() -> None:
    """The later of two corrections counts; the entry itself keeps what was first recorded (behaviours 14)."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    dispatched = book.events[-1]
    book.do(Action.CORRECT, entry=dispatched.id, reason="看错表", clock="00:20", occurred="00:18")
    second = book.do(Action.CORRECT, entry=dispatched.id, reason="再核对录音", occurred="00:10")
    assert book.of(UTILITIES).notified_at == at("2020-07-03 00:10")
    assert book.due(DueKind.REPORT_IN, UTILITIES).at == at("2020-07-03 00:40")
    assert second.payload == {"was": at("2020-07-03 00:18").isoformat()}
    assert book.events[2].occurred_at == at("2020-07-03 00:08")


def test_a_corrected_history_must_be_possible() -> None:
    """Nobody comes before they were sent, and nobody is sent after they came."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    dispatched = book.events[-1]
    came = book.do(Action.REPORT_IN, LIAISONS[UTILITIES], on=UTILITIES, clock="00:26", person="组长")
    for entry, clock in ((came, "00:05"), (dispatched, "00:27"), (dispatched, "00:03")):
        with refused(BadInput, "before the step"):
            book.do(Action.CORRECT, entry=entry.id, reason="记错了", clock="00:30", occurred=clock)
    with refused(BadInput, field="occurred_at"):
        book.do(Action.CORRECT, entry=came.id, reason="记错了")
    with refused(BadInput, field="entry"):
        book.do(Action.CORRECT, entry=uuid4(), reason="记错了", occurred="00:20")
    book.do(Action.CORRECT, entry=came.id, reason="记错了", occurred="00:21")
    assert book.of(UTILITIES).reported_in_at == at("2020-07-03 00:21")


def test_a_department_does_not_correct_what_others_recorded() -> None:
    """Its own entries it may put right, or the desk does; never somebody else's (domain 2.10)."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES, BEAUTY)
    heard = book.do(Action.ACKNOWLEDGE, LIAISONS[UTILITIES], on=UTILITIES, clock="00:20")
    change = {"entry": heard.id, "reason": "记错了", "occurred": "00:12"}
    for by in (LIAISONS[BEAUTY], MEMBER, LIAISONS[SAFETY]):
        with refused(NotPermitted):
            book.decide(Action.CORRECT, by, **change)  # type: ignore[arg-type]
    for by in (LIAISONS[UTILITIES], OFFICER, PLATFORM):
        book.decide(Action.CORRECT, by, **change)  # type: ignore[arg-type]


# -- pauses -----------------------------------------------------------------------------------------


def suspended_for(book: CaseBook, **span: float) -> CaseBook:
    """Suspended now and resumed after a while."""
    book.do(Action.SUSPEND, ADMIN, reason="等枯水期", until=book.now + timedelta(days=60))
    book.later(**span).do(Action.RESUME, LEADER)
    return book


def test_while_suspended_nothing_is_due_but_the_review() -> None:
    """No due time is shown, nothing but the review date will be looked at (behaviours 14)."""
    book = CaseBook().in_state(W.SUSPENDED)
    whistle = book.whistle
    assert (whistle.deadline_at, whistle.close_due, whistle.made_safe_due) == (None, None, None)
    assert book.due_kinds() == {DueKind.REVIEW}
    assert whistle.next_due_at == whistle.review_at


@pytest.mark.parametrize("hours", [1, 5, 49])
def test_a_pause_moves_every_limit_by_its_length(hours: int) -> None:
    """Round-the-clock limits run on after the pause as if it had not been."""
    book = CaseBook().dispatched(UTILITIES).brought_to(UTILITIES, A.ACKNOWLEDGED)
    before = {due.kind: due.at for due in book.dues if due.kind not in TIDINGS}
    suspended_for(book.later(minutes=1), hours=hours)
    assert {due.kind: due.at for due in book.dues if due.kind not in TIDINGS} == {
        kind: at + timedelta(hours=hours) for kind, at in before.items()
    }
    assert pauses(book.events) == (Pause(book.now - timedelta(hours=hours), book.now),)


def test_correcting_when_it_was_resumed_corrects_the_due_time() -> None:
    """Pauses are derived, never stored: put the history right and the limit is right (behaviours 14)."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    close_due = book.whistle.close_due
    assert close_due is not None
    suspended_for(book, hours=6)
    resumed = book.events[-1]
    assert book.whistle.close_due == close_due + timedelta(hours=6)
    book.do(Action.CORRECT, entry=resumed.id, reason="早上四点就恢复了", occurred="04:08")
    assert book.whistle.close_due == close_due + timedelta(hours=4)


def test_what_was_granted_until_an_instant_moves_with_a_later_pause() -> None:
    """An extension is worth the same time whether or not the case was put aside in between."""
    book = CaseBook().dispatched(UTILITIES).asked(RequestKind.EXTENSION)
    book.do(Action.DECIDE_EXTENSION, LEADER, on=UTILITIES, granted=True, reason="同意")
    until = book.whistle.extended_until
    assert until is not None
    suspended_for(book, days=3)
    assert book.whistle.close_due == book.whistle.extended_until == until + timedelta(days=3)
    assert book.of(UTILITIES).extended_until == until + timedelta(days=3)


# -- ping-pong --------------------------------------------------------------------------------------


def test_bounced_by_two_departments_a_case_is_marked() -> None:
    """Both refusals stand side by side; one alone marks nothing (behaviours 11)."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).asked(RequestKind.RETURN)
    assert not book.whistle.ping_pong
    book.asked(RequestKind.RETURN, BEAUTY)
    assert book.whistle.ping_pong
    assert {r.assignment_id for r in book.case.requests} == {book.of(UTILITIES).id, book.of(BEAUTY).id}


@pytest.mark.parametrize("by_dispatch", [True, False])
def test_back_to_who_returned_it_is_marked(by_dispatch: bool) -> None:
    """A→B→A, whether the last step is a decision or a dispatch of its own."""
    book = CaseBook().dispatched(UTILITIES).asked(RequestKind.RETURN)
    book.do(Action.DECIDE_RETURN, PLATFORM, on=UTILITIES, granted=True, reason="同意", to=BEAUTY)
    assert not book.whistle.ping_pong
    if by_dispatch:
        book.do(Action.RELEASE, PLATFORM, on=BEAUTY, reason="还是公共的事")
        book.do(Action.DISPATCH, PLATFORM, lead=UTILITIES)
    else:
        book.asked(RequestKind.RETURN, BEAUTY)
        book.do(Action.DECIDE_RETURN, PLATFORM, on=BEAUTY, granted=True, reason="同意", to=UTILITIES)
    assert book.whistle.ping_pong


def test_a_new_episode_bounces_from_nought() -> None:
    """The department of the last time, sent again after a reopening, has not been bounced."""
    book = CaseBook().in_state(W.REOPENED)
    book.do(Action.DISPATCH, PLATFORM, lead=BEAUTY, assists=(UTILITIES,))
    assert book.of(UTILITIES).nth == 2
    book.asked(RequestKind.RETURN, BEAUTY)
    book.do(Action.DECIDE_RETURN, PLATFORM, on=BEAUTY, granted=True, reason="同意")
    assert not book.whistle.ping_pong


# -- episodes ---------------------------------------------------------------------------------------


def test_reopening_leaves_the_old_assignments_as_they_were() -> None:
    """A new episode with fresh clocks; what the old one shows, pauses included, does not move (behaviours 4)."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).brought_to(BEAUTY, A.RELEASED)
    suspended_for(book.later(minutes=3), hours=2)
    book.brought_to(UTILITIES, A.DONE).do(Action.CHECK, MEMBER_B, passed=True, remark="好了")
    book.do(Action.RATE, MEMBER, score=5)
    old = book.case.assignments
    book.later(days=3).do(Action.REOPEN, LEADER, reason="又坏了")
    assert book.case.assignments == old
    whistle = book.whistle
    assert (whistle.closed_at, whistle.score, whistle.made_safe_at, whistle.dispatched_at) == (None,) * 4
    assert (whistle.episode, whistle.number, whistle.assigned) == (2, "W-20200702-01", 0)
    book.do(Action.DISPATCH, PLATFORM, lead=UTILITIES)
    book.do(Action.SUSPEND, ADMIN, reason="等枯水期", until=book.now + timedelta(days=9))
    book.later(days=1).do(Action.RESUME, LEADER)
    assert book.case.assignments[:2] == old
    assert [(a.nth, a.episode) for a in book.case.assignments if a.department == UTILITIES] == [(1, 1), (2, 2)]
    assert whistle.close_due is not None
    assert book.whistle.close_due == whistle.close_due + timedelta(days=1)


def test_a_case_keeps_its_rules_until_the_new_plan_is_applied() -> None:
    """Policy versions are frozen into a case; "apply new plan" is an entry of its own (behaviours 7)."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    kinds = dict(policy().kinds)
    kinds[WhistleKind.EMERGENCY] = replace(kinds[WhistleKind.EMERGENCY], report_in=Limit(45, LimitUnit.MINUTE))
    book.policies[2] = replace(policy(), version=2, kinds=kinds)
    book.do(Action.NOTE, note="新规则已载入")
    assert book.of(UTILITIES).report_in_due == at("2020-07-03 00:38")
    book.do(Action.APPLY_PLAN, ADMIN, reason="新规则更合适")
    assert (book.whistle.policy_version, book.of(UTILITIES).report_in_due) == (2, at("2020-07-03 00:53"))
    with refused(IllegalMove, "already runs"):
        book.do(Action.APPLY_PLAN, ADMIN, reason="再来一次")


# -- events as such ---------------------------------------------------------------------------------


def test_a_history_without_facts_is_no_case() -> None:
    """Nothing, or only what takes itself back, cannot be folded."""
    with pytest.raises(ValueError, match="no events"):
        rebuild([], {1: policy()}.__getitem__)
    stray = CaseBook().dispatched(UTILITIES).events[1:]
    with pytest.raises(ValueError, match="first event"):
        rebuild(stray, {1: policy()}.__getitem__)


SCRIPT = (
    (Action.LEVEL_UP, OFFICER, {}),
    (Action.DISPATCH, PLATFORM, {"lead": UTILITIES, "assists": (BEAUTY,)}),
    (Action.ACKNOWLEDGE, LIAISONS[UTILITIES], {"on": UTILITIES}),
    (Action.REPORT_IN, LIAISONS[UTILITIES], {"on": UTILITIES, "person": "组长"}),
    (Action.WORK_NOTE, LIAISONS[UTILITIES], {"on": UTILITIES, "note": "抽水"}),
    (Action.MADE_SAFE, MEMBER, {"note": "已围挡"}),
    (Action.RELEASE, PLATFORM, {"on": BEAUTY, "reason": "不需要了"}),
    (Action.DONE, LIAISONS[UTILITIES], {"on": UTILITIES}),
    (Action.CHECK, MEMBER_B, {"passed": True, "remark": "好了"}),
    (Action.RATE, MEMBER, {"score": 5}),
)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 50)), min_size=len(SCRIPT), max_size=len(SCRIPT)))
def test_slips_that_were_undone_leave_no_trace_in_the_state(slips: list[tuple[bool, int]]) -> None:
    """Whichever steps are made, undone and made again, the end is that of the straight road, versions apart."""
    straight, winding = CaseBook().opened(), CaseBook().opened()
    for (slip, minutes), (action, by, args) in zip(slips, SCRIPT, strict=True):
        for book in (straight, winding):
            book.later(minutes=minutes).do(action, by, **args)  # type: ignore[arg-type]
        if slip:
            winding.do(Action.UNDO, by)
            winding.do(action, by, **args)  # type: ignore[arg-type]

    def comparable(book: CaseBook) -> tuple[object, ...]:
        case = unversioned(book.case)
        plain = [replace(a, report_in_words_id=None) for a in case.assignments]
        return replace(case.whistle, words_id=None), plain, case.requests, book.dues

    assert comparable(straight) == comparable(winding)
    assert [e.kind for e in effective(winding.events)] == [e.kind for e in straight.events]
    last = last_effective(winding.events)
    assert last is not None
    assert last.kind is EventKind.RATED
    assert winding.whistle.version >= straight.whistle.version


def test_facts_of_a_case_are_never_typed_text() -> None:
    """Payloads hold codes, ids, numbers and times; what was typed lies in words alone (decisions 1)."""
    book = CaseBook().in_state(W.RATED)
    for event in book.events:
        for value in event.payload.values():
            assert not any("\u4e00" <= character <= "\u9fff" for character in str(value)), event.kind
    assert facts().texts["title"] in book.events[0].words.values()

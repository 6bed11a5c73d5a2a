"""What a move records, and when somebody may not make it: behaviours 2–5, 9, 12, decisions 10–18."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.actor import Channel
from app.domain.dues import TIDINGS, Due
from app.domain.errors import BadInput, Conflict, IllegalMove, NotPermitted
from app.domain.events import EventKind
from app.domain.facts import still_to_ask
from app.domain.moves import Action
from app.domain.org import Role, UnitLevel
from app.domain.policy import Limit, LimitUnit, WhistleKind
from app.domain.text import NOTE_CAP, TITLE_CAP
from app.domain.whistle import AssignmentRole, AssignmentState, Precision, RequestKind, RequestState, WhistleState
from tests.unit.cases import (
    ADMIN,
    BEAUTY,
    BRIGADE,
    DEPUTY,
    EMERGENCY,
    GRID,
    LEADER,
    LEADER_B,
    LIAISONS,
    MEMBER,
    MEMBER_B,
    OFFICER,
    OFFICER_B,
    PLATFORM,
    SECRETARY,
    SOCIAL,
    UTILITIES,
    WHY,
    CaseBook,
    at,
    facts,
    policy,
    refused,
    said,
)

W, A = WhistleState, AssignmentState


# -- blowing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WhistleKind)
def test_an_emergency_starts_at_once_and_the_rest_wait_for_approval(kind: WhistleKind) -> None:
    """Community and street are both told of an emergency; the others go nowhere before they are approved."""
    book = CaseBook().blown(kind)
    payload = book.events[0].payload
    if kind is WhistleKind.EMERGENCY:
        assert book.state is W.OPEN
        assert payload["told"] == ["JF-SH", "JF"]
        assert book.whistle.review_flag
        assert book.whistle.level is UnitLevel.STREET
        assert book.whistle.opened_at == book.now
    else:
        assert book.state is W.PENDING_APPROVAL
        assert payload["told"] == []
        assert book.whistle.opened_at is None
        assert book.whistle.level is UnitLevel.GRID


def test_which_kinds_wait_is_the_policy_of_the_street() -> None:
    """A street that lets routine whistles go and holds emergencies gets just that."""
    kinds = {kind: replace(rules, needs_approval=kind is WhistleKind.EMERGENCY)
             for kind, rules in policy().kinds.items()}  # fmt: skip
    rules = replace(policy(), kinds=kinds)
    assert CaseBook(rules=rules).blown(WhistleKind.ROUTINE).state is W.OPEN
    assert CaseBook(rules=rules).blown(WhistleKind.EMERGENCY).state is W.PENDING_APPROVAL


def test_phoned_first_and_written_down_after() -> None:
    """What was found at about 23:52 and blown at 23:56 may be recorded at 00:03, each time kept apart."""
    book = CaseBook("2020-07-03 00:03")
    found = facts(occurred_at=at("2020-07-02 23:52"), precision=Precision.APPROX)
    event = book.do(Action.BLOW, told=MEMBER, occurred="23:56", facts=found)
    assert (event.occurred_at, event.recorded_at) == (at("2020-07-02 23:56"), at("2020-07-03 00:03"))
    assert (book.whistle.occurred_at, book.whistle.occurred_precision) == (at("2020-07-02 23:52"), Precision.APPROX)
    assert book.whistle.opened_at == at("2020-07-02 23:56")
    assert book.whistle.blower == MEMBER
    assert (event.actor, event.on_behalf_of, event.channel) == (OFFICER, MEMBER, Channel.PHONE)


def test_nothing_is_recorded_from_the_future() -> None:
    """Five minutes ahead are a watch that runs fast; more is a slip, for the event and for the matter itself."""
    book = CaseBook("2020-07-02 23:50")
    with pytest.raises(BadInput):
        book.decide(Action.BLOW, told=MEMBER, occurred="23:56", facts=facts())
    with pytest.raises(BadInput):
        book.decide(Action.BLOW, told=MEMBER, facts=facts(occurred_at=at("2020-07-02 23:56")))
    book.do(Action.BLOW, told=MEMBER, occurred="23:55", facts=facts())


def test_the_number_is_given_on_leaving_draft_and_kept_for_good() -> None:
    """A draft has no number; a rejected case that is blown again keeps the one it had (decisions 6)."""
    book = CaseBook().in_state(W.DRAFT)
    assert book.whistle.number == ""
    book.do(Action.BLOW, MEMBER)
    number = book.whistle.number
    book.do(Action.REJECT, DEPUTY, reason="说不清")
    book.do(Action.REVISE, MEMBER, facts=facts(WhistleKind.ROUTINE))
    assert book.state is W.DRAFT
    assert "number" in book.do(Action.BLOW, MEMBER).payload
    assert book.whistle.number == number == "W-20200702-01"
    assert book.whistle.ended_at is None


@pytest.mark.parametrize(
    ("kind", "texts", "gap"),
    [
        (WhistleKind.EMERGENCY, {}, "title"),
        (WhistleKind.EMERGENCY, {"title": " "}, "title"),
        (WhistleKind.ROUTINE, {"title": "路灯不亮"}, "place_text"),
        (WhistleKind.ROUTINE, {"title": "路灯不亮", "place_text": "桥头"}, "exposed"),
        (WhistleKind.ROUTINE, {"title": "路灯不亮", "place_text": "桥头", "exposed": "行人"}, "why"),
    ],
)
def test_a_whistle_says_what_and_why(kind: WhistleKind, texts: dict[str, str], gap: str) -> None:
    """What happened is always needed; where, who is affected and why others must come, where somebody approves."""
    with refused(BadInput, field=gap):
        CaseBook().do(Action.BLOW, told=MEMBER, facts=facts(kind, texts=texts))


def test_a_registered_place_says_where() -> None:
    """Who named a place of the register need not describe it."""
    texts = {"title": "路灯不亮", "exposed": "行人", "why": WHY}
    CaseBook().do(Action.BLOW, told=MEMBER, facts=facts(WhistleKind.ROUTINE, texts=texts, place="shuanghe_bridge"))


def test_what_a_caller_was_not_asked_is_named_in_order() -> None:
    """The ask-list holds nothing up; it only says what is still open (domain 2.8)."""
    assert still_to_ask({"title": "冒水", "told": "社区", "exposed": " "}, place="shuanghe_bridge") == (
        "exposed", "spreading", "on_scene", "done_already", "callback",
    )  # fmt: skip


def test_a_draft_may_be_bare_but_is_completed_before_it_is_blown() -> None:
    """Saving costs nothing but the grid; blowing asks for the rest, which may be typed then."""
    book = CaseBook()
    book.do(Action.DRAFT, MEMBER, facts=facts(WhistleKind.ROUTINE, texts={"title": "路灯不亮"}))
    with refused(BadInput, field="place_text"):
        book.do(Action.BLOW, MEMBER)
    complete = facts(WhistleKind.ROUTINE, texts=facts().texts | {"title": "路灯不亮"})
    book.do(Action.BLOW, MEMBER, facts=complete)
    assert book.events[-1].words["why"] == WHY
    with pytest.raises(BadInput):
        CaseBook().do(Action.DRAFT, MEMBER, facts=facts(grid=""))


@pytest.mark.parametrize(("field", "value"), [("grid", "JF-SH-G99"), ("place", "nowhere")])
def test_unknown_codes_are_refused_by_name(field: str, value: str) -> None:
    """A grid or place that the street does not have is no grid or place."""
    with refused(BadInput, value, field):
        CaseBook().do(Action.BLOW, OFFICER, facts=facts(**{field: value}))


def test_text_is_cleaned_and_never_cut() -> None:
    """What nobody can see is dropped, what is too long is refused whole (decisions 8)."""
    book = CaseBook()
    event = book.do(
        Action.BLOW, told=MEMBER, facts=facts(texts={"title": "井盖\u202e被冲走\u200b", "place_text": "桥\n下"})
    )
    assert event.words == {"title": "井盖被冲走", "place_text": "桥 下"}
    assert not any("井盖" in str(value) for value in event.payload.values())
    with pytest.raises(BadInput):
        book.do(Action.NOTE, note="水" * (NOTE_CAP + 1))
    with pytest.raises(BadInput):
        CaseBook().do(Action.BLOW, told=MEMBER, facts=facts(texts={"title": "井" * (TITLE_CAP + 1)}))
    assert book.do(Action.NOTE, note="水" * NOTE_CAP).words["note"] == "水" * NOTE_CAP


# -- revising -----------------------------------------------------------------------------------


def test_revising_without_a_time_keeps_when_it_happened() -> None:
    """New facts typed at midnight do not move the finding to midnight."""
    book = CaseBook()
    book.do(Action.BLOW, told=MEMBER, facts=facts(occurred_at=at("2020-07-02 23:52"), precision=Precision.APPROX))
    book.later(minutes=9).do(Action.REVISE, MEMBER, facts=facts(place="jifeng_walkway"))
    assert book.whistle.occurred_at == at("2020-07-02 23:52")
    assert book.whistle.occurred_precision is Precision.APPROX
    assert book.whistle.place == "jifeng_walkway"
    assert book.whistle.opened_at == at("2020-07-02 23:56")


def test_what_waits_for_approval_and_turns_out_an_emergency_waits_no_longer() -> None:
    """Changed to an emergency while pending, a case opens at once and both levels are told."""
    book = CaseBook().blown(WhistleKind.ROUTINE).later(minutes=20)
    event = book.do(Action.REVISE, MEMBER, facts=facts(WhistleKind.EMERGENCY))
    assert event.payload["told"] == ["JF-SH", "JF"]
    assert (book.state, book.whistle.opened_at, book.whistle.review_flag) == (W.OPEN, book.now, True)


def test_an_open_emergency_cannot_be_turned_into_what_needed_approval() -> None:
    """Blowing an emergency and calling it routine afterwards would go round the approval."""
    book = CaseBook().opened()
    with refused(IllegalMove, "needs approval"):
        book.do(Action.REVISE, MEMBER, facts=facts(WhistleKind.ROUTINE))
    with pytest.raises(BadInput):
        book.do(Action.REVISE, MEMBER, facts=facts(texts={"place_text": "桥下"}))


# -- approving ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("by", "level"), [(DEPUTY, "community"), (LEADER, "street")])
def test_an_approved_whistle_stands_where_it_was_approved(by: str, level: str) -> None:
    """The community's secretary opens it for the community, the duty leader for the street; clocks start here."""
    book = CaseBook().blown(WhistleKind.TOUGH).later(minutes=30)
    book.do(Action.APPROVE, by)
    assert (book.whistle.level.value, book.whistle.opened_at) == (level, book.now)


@pytest.mark.parametrize("action", [Action.APPROVE, Action.REJECT])
def test_nobody_approves_their_own_whistle(action: Action) -> None:
    """Neither who blew it nor who recorded it decides, not even in somebody else's name (decisions 10)."""
    args = {"reason": "不清楚"} if action is Action.REJECT else {}
    book = CaseBook()
    book.do(Action.BLOW, SECRETARY, facts=facts(WhistleKind.ROUTINE))
    with refused(NotPermitted, "Somebody else"):
        book.do(action, SECRETARY, **args)
    with refused(NotPermitted, "Only the desk"):
        book.do(action, SECRETARY, told=DEPUTY, **args)
    book.do(action, DEPUTY, **args)

    by_leader = CaseBook()
    by_leader.do(Action.BLOW, LEADER, told=MEMBER, facts=facts(WhistleKind.ROUTINE))
    with refused(NotPermitted, "Somebody else"):
        by_leader.do(action, LEADER, **args)
    by_leader.do(action, LEADER_B, **args)


def test_an_approval_by_phone_needs_the_name_of_a_person() -> None:
    """The officer writes down whose decision it was: a member's, never an office's."""
    book = CaseBook().blown(WhistleKind.ROUTINE)
    with refused(NotPermitted, "name of the person"):
        book.do(Action.APPROVE, told="JF-SH")
    event = book.do(Action.APPROVE, told=DEPUTY)
    assert (event.actor, event.on_behalf_of, event.role) == (OFFICER, DEPUTY, Role.DUTY_OFFICER)
    assert book.whistle.level is UnitLevel.COMMUNITY


# -- the way up and out ---------------------------------------------------------------------------


def test_the_way_up_is_one_level_at_a_time() -> None:
    """Community to street to zone, each step with its time; to the zone only by the duty leader's word."""
    book = CaseBook("2020-07-06 09:00").opened(WhistleKind.ROUTINE)
    first = book.later(minutes=5).do(Action.LEVEL_UP, DEPUTY)
    assert first.payload == {"from": "community", "to": "street"}
    with refused(NotPermitted, "it is for"):
        book.do(Action.LEVEL_UP, DEPUTY)
    with refused(NotPermitted, "on whose behalf"):
        book.do(Action.LEVEL_UP, OFFICER)
    second = book.later(minutes=5).do(Action.LEVEL_UP, OFFICER, told=LEADER)
    assert second.payload == {"from": "street", "to": "zone"}
    assert second.occurred_at - first.occurred_at == timedelta(minutes=5)
    with refused(IllegalMove, "already with the zone"):
        book.do(Action.LEVEL_UP, OFFICER)


def test_in_an_emergency_the_officer_raises_it_at_once() -> None:
    """Nobody has to be asked first (domain 2.10, emergency escalation)."""
    book = CaseBook().opened()
    assert book.do(Action.LEVEL_UP, OFFICER).payload == {"from": "street", "to": "zone"}


def test_departments_are_whistled_for_by_the_zone_platform_only() -> None:
    """Before it stands with the zone nobody is sent; then by the platform, or by phone in its name."""
    book = CaseBook().opened()
    with refused(IllegalMove, "raise the case"):
        book.do(Action.DISPATCH, PLATFORM, lead=UTILITIES)
    book.do(Action.LEVEL_UP)
    for by in (OFFICER, MEMBER, LIAISONS[UTILITIES]):
        with pytest.raises(NotPermitted):
            book.do(Action.DISPATCH, by, lead=UTILITIES)
    book.do(Action.DISPATCH, told=PLATFORM, lead=UTILITIES, assists=(BEAUTY,))
    assert [(a.department, a.role.value) for a in book.case.assignments] == [(UTILITIES, "lead"), (BEAUTY, "assist")]


def test_a_dispatch_names_one_lead_and_nobody_twice() -> None:
    """One lead, any number of assists; who is already out is not whistled for again."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY)
    with refused(BadInput, "twice"):
        book.do(Action.DISPATCH, PLATFORM, lead=BRIGADE, assists=(BRIGADE,))
    with refused(IllegalMove, "Already whistled for"):
        book.do(Action.DISPATCH, PLATFORM, assists=(BEAUTY,))
    with pytest.raises(BadInput):
        book.do(Action.DISPATCH, PLATFORM)
    with refused(BadInput, "no department"):
        book.do(Action.DISPATCH, PLATFORM, lead="JF-SH")
    with refused(BadInput, "Name one lead"):
        CaseBook().in_state(W.REOPENED).do(Action.DISPATCH, PLATFORM, assists=(BEAUTY,))
    book.do(Action.DISPATCH, PLATFORM, assists=(SOCIAL,))
    book.do(Action.DISPATCH, PLATFORM, lead=BRIGADE)
    assert {a.department for a in book.case.assignments if a.role is AssignmentRole.LEAD} == {BRIGADE}


def test_an_assist_may_follow_a_lead_that_is_done() -> None:
    """A lead that has finished is still the lead: calling one more assist needs no new one."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).brought_to(UTILITIES, A.DONE)
    book.do(Action.DISPATCH, PLATFORM, assists=(SOCIAL,))
    assert book.of(UTILITIES).role is AssignmentRole.LEAD
    book.do(Action.RELEASE, PLATFORM, on=SOCIAL, reason="不需要了")
    assert book.of(UTILITIES).role is AssignmentRole.LEAD


# -- on site ------------------------------------------------------------------------------------


def test_four_facts_with_four_times() -> None:
    """签收, 报到, 办结, 结案 are different facts; the case waits for the check when the last department is done."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES, EMERGENCY)
    for clock, action, department, args in (
        ("00:09", Action.ACKNOWLEDGE, UTILITIES, {}),
        ("00:11", Action.ACKNOWLEDGE, EMERGENCY, {}),
        ("00:26", Action.REPORT_IN, UTILITIES, {"person": "值班组长"}),
        ("00:31", Action.REPORT_IN, EMERGENCY, {"person": "带队干部"}),
        ("04:58", Action.DONE, EMERGENCY, {}),
        ("05:25", Action.DONE, UTILITIES, {}),
    ):
        assert book.state is W.OPEN
        book.do(action, LIAISONS[department], on=department, clock=clock, **args)
    assert book.state is W.AWAITING_CHECK
    assert book.whistle.awaiting_check_at == at("2020-07-03 05:25")
    book.do(Action.CHECK, MEMBER, clock="05:30", passed=True, remark="盖好了")
    mine = book.of(UTILITIES)
    times = (mine.notified_at, mine.acknowledged_at, mine.reported_in_at, mine.done_at, book.whistle.closed_at)
    assert times == tuple(at(f"2020-07-03 {clock}") for clock in ("00:08", "00:09", "00:26", "05:25", "05:30"))
    words_id = mine.report_in_words_id
    assert [e.words["person"] for e in book.events if e.words_id == words_id] == ["值班组长"]


def test_reporting_in_for_a_department_needs_the_channel_and_the_words() -> None:
    """On behalf, the log names both the department and the recorder, how they were told and what was said."""
    book = CaseBook().dispatched(UTILITIES)
    for told, channel, words, field in (
        (UTILITIES, Channel.TERMINAL, "到了", "channel"),
        (UTILITIES, Channel.PHONE, "", "said"),
        (UTILITIES, Channel.PHONE, "  ", "said"),
    ):
        with refused(BadInput, field=field):
            book.do(Action.REPORT_IN, told=told, channel=channel, on=UTILITIES, person="值班组长", said=words)
    with pytest.raises(BadInput):
        book.do(Action.REPORT_IN, told=UTILITIES, on=UTILITIES, said="到了")
    event = book.do(
        Action.REPORT_IN, told=UTILITIES, channel=Channel.RADIO, on=UTILITIES, person="值班组长", said="已到，在抽水"
    )
    assert (event.actor, event.on_behalf_of, event.channel) == (OFFICER, UTILITIES, Channel.RADIO)
    assert event.payload["department"] == UTILITIES
    assert event.words == {"person": "值班组长", "said": "已到，在抽水"}


def test_who_stands_on_the_spot_reports_a_department_in() -> None:
    """A member of the grid sees them come and says so; of another grid nobody does."""
    book = CaseBook().dispatched(UTILITIES)
    with pytest.raises(NotPermitted):
        book.do(Action.REPORT_IN, "LF-G03-A", on=UTILITIES, person="值班组长")
    book.do(Action.REPORT_IN, MEMBER, told=UTILITIES, channel=Channel.ON_SITE, on=UTILITIES, person="组长", said="到了")
    assert book.of(UTILITIES).state is A.REPORTED_IN


def test_a_late_record_counts_by_when_it_happened() -> None:
    """Minutes are told by phone and typed later, but never earlier than the step they follow (decisions 18)."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    book.do(Action.ACKNOWLEDGE, told=UTILITIES, on=UTILITIES, clock="00:40", occurred="00:12")
    book.do(Action.REPORT_IN, told=UTILITIES, on=UTILITIES, occurred="00:30", person="组长", said="到了")
    mine = book.of(UTILITIES)
    assert (mine.acknowledged_at, mine.reported_in_at) == (at("2020-07-03 00:12"), at("2020-07-03 00:30"))
    with refused(BadInput, "before the step"):
        book.do(Action.DONE, told=UTILITIES, on=UTILITIES, occurred="00:29")
    with refused(BadInput, "before the step"):
        book.do(Action.RELEASE, PLATFORM, on=UTILITIES, occurred="00:07", reason="不需要了")


def test_people_tell_the_minute_not_the_second() -> None:
    """Dispatched at 00:08:40 and acknowledged "at 00:08" is no contradiction."""
    book = CaseBook("2020-07-03 00:08:40").dispatched(UTILITIES)
    book.do(Action.ACKNOWLEDGE, told=UTILITIES, on=UTILITIES, clock="00:09", occurred="00:08")
    assert book.of(UTILITIES).acknowledged_at == at("2020-07-03 00:08")


def test_a_note_told_late_from_before_they_came_starts_no_work() -> None:
    """Feedback from the road, typed after the report-in, is feedback and nothing more."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES)
    book.do(Action.REPORT_IN, LIAISONS[UTILITIES], on=UTILITIES, clock="00:26", person="组长")
    book.do(Action.WORK_NOTE, on=UTILITIES, clock="00:40", occurred="00:20", note="路上，十分钟到")
    assert (book.of(UTILITIES).state, book.of(UTILITIES).feedback_count) == (A.REPORTED_IN, 1)
    book.do(Action.WORK_NOTE, on=UTILITIES, note="开始抽水")
    assert (book.of(UTILITIES).state, book.of(UTILITIES).working_at) == (A.WORKING, at("2020-07-03 00:40"))
    assert book.of(UTILITIES).last_feedback_at == at("2020-07-03 00:40")


# -- returns ------------------------------------------------------------------------------------


def limits(book: CaseBook) -> list[Due]:
    """The pending limits: what is only told comes and goes with requests."""
    return [due for due in book.dues if due.kind not in TIDINGS]


def test_a_return_is_argued_while_the_clock_runs() -> None:
    """Refused: the department is where it was, with the clock from dispatch untouched (behaviours 3)."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).later(minutes=3)
    before, dues = book.of(BEAUTY), limits(book)
    asked = book.do(Action.REQUEST_RETURN, LIAISONS[BEAUTY], on=BEAUTY, reason="属地不符")
    assert replace(book.of(BEAUTY), version=before.version) == before
    assert limits(book) == dues
    book.later(minutes=7).do(Action.DECIDE_RETURN, PLATFORM, on=BEAUTY, granted=False, reason="是你们的井")
    assert replace(book.of(BEAUTY), version=before.version) == before
    (request,) = book.case.requests
    assert (request.state, request.requested_by, request.decided_by) == (RequestState.REFUSED, "MLB-1", PLATFORM)
    assert request.words_id == asked.words_id


def test_an_upheld_return_releases_and_sends_somebody_else() -> None:
    """The next department takes over the same part, with a clock of its own from the decision."""
    book = CaseBook("2020-07-03 00:08").dispatched(UTILITIES, BEAUTY).asked(RequestKind.RETURN)
    book.do(Action.DECIDE_RETURN, PLATFORM, on=UTILITIES, clock="00:20", granted=True, reason="确非其责", to=EMERGENCY)
    assert (book.of(UTILITIES).state, book.of(UTILITIES).released_at) == (A.RELEASED, at("2020-07-03 00:20"))
    sent = book.of(EMERGENCY)
    assert (sent.state, sent.role, sent.notified_at) == (A.NOTIFIED, AssignmentRole.LEAD, at("2020-07-03 00:20"))
    assert sent.report_in_due == at("2020-07-03 00:50")
    assert book.of(BEAUTY).role is AssignmentRole.ASSIST
    with refused(IllegalMove, "released"):
        book.do(Action.ACKNOWLEDGE, LIAISONS[UTILITIES], on=UTILITIES)


def test_an_upheld_return_without_a_successor_waits_for_dispatch() -> None:
    """None left at all: the case is open and waits for the zone platform again (decisions 11)."""
    book = CaseBook().dispatched(UTILITIES).asked(RequestKind.RETURN)
    with refused(IllegalMove, "Already whistled for"):
        book.do(Action.DECIDE_RETURN, PLATFORM, on=UTILITIES, granted=True, reason="确非其责", to=UTILITIES)
    book.do(Action.DECIDE_RETURN, PLATFORM, on=UTILITIES, granted=True, reason="确非其责")
    assert (book.state, book.whistle.waiting.value, book.whistle.assigned) == (W.OPEN, "dispatch", 0)
    book.do(Action.DISPATCH, PLATFORM, lead=UTILITIES)
    assert (book.of(UTILITIES).nth, book.of(UTILITIES).state) == (2, A.NOTIFIED)


def test_a_return_is_decided_by_somebody_else() -> None:
    """Not by the department, not by who recorded the request; a reason is needed both ways."""
    rules = replace(policy(), return_adjudicator=Role.DUTY_LEADER)
    book = CaseBook(rules=rules).dispatched(UTILITIES)
    book.do(Action.REQUEST_RETURN, LEADER, told=UTILITIES, on=UTILITIES, reason="权属不符")
    decision = {"granted": False, "reason": "是你们的井"}
    with pytest.raises(NotPermitted):
        book.do(Action.DECIDE_RETURN, LIAISONS[UTILITIES], on=UTILITIES, **decision)
    with refused(NotPermitted, "Somebody else"):
        book.do(Action.DECIDE_RETURN, LEADER, on=UTILITIES, **decision)
    with pytest.raises(BadInput):
        book.do(Action.DECIDE_RETURN, LEADER_B, on=UTILITIES, granted=False)
    book.do(Action.DECIDE_RETURN, LEADER_B, on=UTILITIES, **decision)


@pytest.mark.parametrize(
    ("adjudicator", "may", "may_not"),
    [(Role.ZONE_PLATFORM, PLATFORM, LEADER_B), (Role.STREET_ADMIN, ADMIN, PLATFORM), (Role.DUTY_LEADER, LEADER, ADMIN)],
)
def test_who_adjudicates_returns_is_the_policy_of_the_street(adjudicator: Role, may: str, may_not: str) -> None:
    """The zone platform by default, or the street, as the policy says (decisions 13)."""
    book = CaseBook(rules=replace(policy(), return_adjudicator=adjudicator)).dispatched(UTILITIES)
    book.asked(RequestKind.RETURN)
    with pytest.raises(NotPermitted):
        book.do(Action.DECIDE_RETURN, may_not, on=UTILITIES, granted=False, reason="不同意")
    book.do(Action.DECIDE_RETURN, may, on=UTILITIES, granted=False, reason="不同意")


def test_coming_on_site_gives_up_the_return() -> None:
    """Who reports in can no longer ask, and what was asked before is settled by it: nothing is left undecided."""
    book = CaseBook().dispatched(UTILITIES).asked(RequestKind.RETURN)
    book.do(Action.REPORT_IN, LIAISONS[UTILITIES], on=UTILITIES, person="组长")
    assert [r.state for r in book.case.requests] == [RequestState.REFUSED]
    with pytest.raises(IllegalMove):
        book.do(Action.REQUEST_RETURN, LIAISONS[UTILITIES], on=UTILITIES, reason="权属不符")
    with refused(IllegalMove, "no request"):
        book.do(Action.DECIDE_RETURN, PLATFORM, on=UTILITIES, granted=True, reason="同意")


def test_the_same_request_waits_once() -> None:
    """A second request of the kind is refused while the first waits; another department may ask its own."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).asked(RequestKind.RETURN)
    with refused(IllegalMove, "already waiting"):
        book.asked(RequestKind.RETURN)
    book.asked(RequestKind.RETURN, BEAUTY)
    assert [r.state for r in book.case.requests] == [RequestState.PENDING] * 2


# -- extensions and suspensions -------------------------------------------------------------------


def test_the_first_extension_is_the_duty_leaders_the_second_the_zone_platforms() -> None:
    """Each moves the close limit; a further one needs the zone platform (domain 2.5, 2.10)."""
    book = CaseBook().dispatched(UTILITIES)
    close_due = book.whistle.close_due
    assert close_due is not None
    for by, hours in ((LEADER, 30), (PLATFORM, 40)):
        until = book.now + timedelta(hours=hours)
        book.do(Action.REQUEST_EXTENSION, LIAISONS[UTILITIES], on=UTILITIES, reason="等配件", until=until)
        if by is PLATFORM:
            with refused(NotPermitted, "second extension"):
                book.do(Action.DECIDE_EXTENSION, LEADER, on=UTILITIES, granted=True, reason="同意")
        book.do(Action.DECIDE_EXTENSION, by, on=UTILITIES, granted=True, reason="同意")
        assert book.whistle.close_due == book.whistle.extended_until == until > close_due


def test_a_refused_extension_moves_nothing_and_counts_for_nothing() -> None:
    """The limit stands, and the next one granted is still the first."""
    book = CaseBook().dispatched(UTILITIES)
    before = book.whistle.close_due
    book.asked(RequestKind.EXTENSION).do(Action.DECIDE_EXTENSION, LEADER, on=UTILITIES, granted=False, reason="来得及")
    assert (book.whistle.close_due, book.whistle.extended_until) == (before, None)
    book.asked(RequestKind.EXTENSION).do(Action.DECIDE_EXTENSION, LEADER, on=UTILITIES, granted=True, reason="同意")


@pytest.mark.parametrize(("cap", "days", "allowed"), [(7, 6, True), (7, 8, False), (3, 4, False), (10, 9, True)])
def test_no_extension_goes_past_the_cap_of_the_kind(cap: int, days: int, allowed: bool) -> None:
    """How far extensions may go is counted from the opening, whatever the street set it to."""
    kinds = dict(policy().kinds)
    kinds[WhistleKind.ROUTINE] = replace(kinds[WhistleKind.ROUTINE], close_at_most=Limit(cap, LimitUnit.DAY))
    book = CaseBook("2020-07-06 09:00", rules=replace(policy(), kinds=kinds))
    book.dispatched(UTILITIES, kind=WhistleKind.ROUTINE)
    until = book.now + timedelta(days=days)
    book.do(Action.REQUEST_EXTENSION, LIAISONS[UTILITIES], on=UTILITIES, reason="等配件", until=until)
    if allowed:
        book.do(Action.DECIDE_EXTENSION, LEADER, on=UTILITIES, granted=True, reason="同意")
        assert book.whistle.close_due == until
    else:
        with refused(IllegalMove, "No extension beyond"):
            book.do(Action.DECIDE_EXTENSION, LEADER, on=UTILITIES, granted=True, reason="同意")


def test_time_that_was_paused_does_not_use_up_the_cap() -> None:
    """A case that waited five days for low water may be extended five days further."""
    book = CaseBook("2020-07-06 09:00").dispatched(UTILITIES, kind=WhistleKind.ROUTINE)
    book.do(Action.SUSPEND, ADMIN, reason="等枯水期", until=book.now + timedelta(days=9))
    book.later(days=5).do(Action.RESUME, LEADER)
    until = at("2020-07-18 08:00")
    book.do(Action.REQUEST_EXTENSION, LIAISONS[UTILITIES], on=UTILITIES, reason="等配件", until=until)
    book.do(Action.DECIDE_EXTENSION, LEADER, on=UTILITIES, granted=True, reason="同意")
    assert book.whistle.close_due == until


def test_requests_fall_with_what_they_were_about() -> None:
    """A department that is done wants no more time, and a case that is over waits for no decision."""
    book = CaseBook().dispatched(UTILITIES).asked(RequestKind.EXTENSION).asked(RequestKind.SUSPENSION)
    book.brought_to(UTILITIES, A.DONE)
    assert [r.state for r in book.case.requests] == [RequestState.REFUSED, RequestState.PENDING]
    book.do(Action.CHECK, MEMBER_B, passed=True, remark="好了")
    assert {r.state for r in book.case.requests} == {RequestState.REFUSED}
    assert all(r.decided_by and r.decided_at for r in book.case.requests)


def test_a_suspension_needs_a_date_to_look_again() -> None:
    """Without a review date, or with one that has passed, nothing is put aside."""
    book = CaseBook().in_state(W.OPEN)
    with pytest.raises(BadInput):
        book.do(Action.SUSPEND, ADMIN, reason="等枯水期")
    with refused(BadInput, "must lie ahead"):
        book.do(Action.SUSPEND, ADMIN, reason="等枯水期", until=book.now)
    with pytest.raises(NotPermitted):
        book.do(Action.SUSPEND, LEADER, reason="等枯水期", until=book.now + timedelta(days=1))
    book.asked(RequestKind.SUSPENSION).do(Action.DECIDE_SUSPENSION, ADMIN, granted=True, reason="同意")
    assert (book.state, book.whistle.review_at) == (W.SUSPENDED, book.now + timedelta(hours=30))


def test_a_deadline_told_late_lies_ahead_of_when_it_was_set() -> None:
    """A consultation of the 18th with a deadline on the 25th may be written down on the 28th."""
    book = CaseBook("2020-09-18 09:00").opened(WhistleKind.TOUGH)
    book.do(Action.CONSULT, LEADER, reason="政策不允许而群众确需")
    book.do(
        Action.CONCLUDE, LEADER, clock="2020-09-28 09:00", occurred="2020-09-18 16:00", present="街道、美丽办",
        decision="报州里", until=at("2020-09-25 18:00"),
    )  # fmt: skip
    assert book.whistle.consulted_at == at("2020-09-18 16:00")


def test_a_consultation_settles_who_leads() -> None:
    """The record names lead and deadline: a department already sent takes the lead, the others assist."""
    book = CaseBook("2020-09-18 09:00").dispatched(BRIGADE, BEAUTY, kind=WhistleKind.TOUGH)
    book.do(Action.CONSULT, PLATFORM, reason="政策不允许而群众确需")
    until = at("2020-12-01 18:00")
    event = book.do(
        Action.CONCLUDE, PLATFORM, present="平台、执法、美丽办", decision="报州里特许时段", lead=BEAUTY, until=until
    )
    assert (book.of(BEAUTY).role, book.of(BRIGADE).role) == (AssignmentRole.LEAD, AssignmentRole.ASSIST)
    assert (book.state, book.whistle.close_due) == (W.OPEN, until)
    assert event.words == {"present": "平台、执法、美丽办", "decision": "报州里特许时段"}


# -- check, rework, rating, reopening ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (LIAISONS[BRIGADE], ""),
        ("SH-G01-ZF", ""),
        (OFFICER, "SH-G01-ZF"),
        (OFFICER, BRIGADE),
        (OFFICER, LIAISONS[BRIGADE]),
    ],
)
def test_a_department_cannot_close_its_whistle(by: str, told: str) -> None:
    """Neither its liaison nor its officer in the grid checks, in person or by phone (behaviours 4)."""
    book = CaseBook().dispatched(BRIGADE).brought_to(BRIGADE, A.DONE)
    with pytest.raises(NotPermitted):
        book.do(Action.CHECK, by, told=told, passed=True, remark="好了")
    book.do(Action.CHECK, "SH-G01-LW", passed=True, remark="好了")


def test_the_check_by_phone_is_made_by_somebody_on_the_spot() -> None:
    """The officer alone cannot check; in the blower's name, by phone, it closes the case."""
    book = CaseBook().in_state(W.AWAITING_CHECK)
    with refused(NotPermitted, "on whose behalf"):
        book.do(Action.CHECK, passed=True, remark="好了")
    event = book.do(Action.CHECK, told=MEMBER, passed=True, remark="好了")
    assert (event.on_behalf_of, event.channel, book.state) == (MEMBER, Channel.PHONE, W.CLOSED)
    late = CaseBook().in_state(W.AWAITING_CHECK).later(hours=1)
    with refused(BadInput, "before the step"):
        late.do(Action.CHECK, told=MEMBER, occurred="23:55", passed=True, remark="好了")


@pytest.mark.parametrize(
    ("named", "back"), [((), {UTILITIES}), ((BEAUTY,), {BEAUTY}), ((UTILITIES, BEAUTY), {UTILITIES, BEAUTY})]
)
def test_a_failed_check_is_rework(named: tuple[str, ...], back: set[str]) -> None:
    """The lead, or whoever is named, works on; the count rises and the reason is kept (behaviours 4)."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY)
    book.brought_to(UTILITIES, A.DONE).brought_to(BEAUTY, A.DONE).later(minutes=5)
    event = book.do(Action.CHECK, MEMBER_B, passed=False, remark="盖子没盖严", departments=named)
    assert {a.department for a in book.case.outstanding()} == back
    assert (book.state, book.whistle.rework_count, book.whistle.awaiting_check_at) == (W.OPEN, 1, None)
    assert event.words == {"remark": "盖子没盖严"}
    for department in back:
        mine = book.of(department)
        assert (mine.state, mine.rework_count, mine.done_at) == (A.WORKING, 1, None)
    for department in back:
        book.do(Action.DONE, LIAISONS[department], on=department)
    book.do(Action.CHECK, MEMBER_B, passed=True, remark="好了")
    assert book.state is W.CLOSED


def test_only_who_was_done_can_be_sent_back() -> None:
    """A department that was released, or never came, has nothing to do again."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).brought_to(BEAUTY, A.RELEASED).brought_to(UTILITIES, A.DONE)
    for wrong in (BEAUTY, SOCIAL):
        with refused(BadInput, "nothing to do again"):
            book.do(Action.CHECK, MEMBER_B, passed=False, remark="不行", departments=(wrong,))


def test_a_department_sent_twice_goes_back_once() -> None:
    """Done, sent again and done again: a failed check wakes the later assignment only."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY).brought_to(UTILITIES, A.DONE)
    book.do(Action.DISPATCH, PLATFORM, lead=UTILITIES)
    book.brought_to(UTILITIES, A.DONE).brought_to(BEAUTY, A.DONE)
    book.do(Action.CHECK, MEMBER_B, passed=False, remark="不行")
    assert [(a.nth, a.state) for a in book.case.assignments if a.department == UTILITIES] == [
        (1, A.DONE),
        (2, A.WORKING),
    ]


def test_the_blower_rates_and_the_community_countersigns() -> None:
    """Nobody rates for the blower, neither desk nor neighbour nor department; somebody else countersigns."""
    book = CaseBook().in_state(W.CLOSED)
    for by, told in ((OFFICER, ""), (MEMBER_B, ""), (OFFICER, MEMBER_B), (SECRETARY, "")):
        with refused(NotPermitted, "blew it and rates it"):
            book.do(Action.RATE, by, told=told, score=5)
    event = book.do(Action.RATE, told=MEMBER, score=4, remark="来得快")
    assert (book.whistle.score, book.whistle.score_by_default, event.payload["default"]) == (4, False, False)
    with pytest.raises(NotPermitted):
        book.do(Action.COUNTERSIGN, MEMBER)
    book.do(Action.COUNTERSIGN, DEPUTY)
    assert book.whistle.countersigned_by == DEPUTY
    with refused(IllegalMove, "already countersigned"):
        book.do(Action.COUNTERSIGN, SECRETARY)


def test_a_caller_s_whistle_is_rated_by_who_took_the_call() -> None:
    """Blown by the officer in their own name: it is theirs to rate and to withdraw."""
    book = CaseBook()
    book.do(Action.BLOW, facts=facts(WhistleKind.ROUTINE))
    assert book.whistle.blower == OFFICER
    with refused(NotPermitted, "who blew it"):
        book.decide(Action.WITHDRAW, OFFICER_B, reason="误报")
    book.decide(Action.WITHDRAW, reason="误报")


def test_the_secretary_does_not_countersign_their_own_rating() -> None:
    """Who rated stands behind it already; somebody else must."""
    book = CaseBook()
    book.do(Action.BLOW, SECRETARY, facts=facts())
    book.dispatched(UTILITIES).brought_to(UTILITIES, A.DONE)
    book.do(Action.CHECK, MEMBER_B, passed=True, remark="盖好了")
    book.do(Action.RATE, SECRETARY, score=5)
    with refused(NotPermitted, "Somebody else"):
        book.do(Action.COUNTERSIGN, SECRETARY)


def test_a_rating_by_default_is_flagged() -> None:
    """Nobody rated in time: the program writes the default, and says that it was the default."""
    book = CaseBook().in_state(W.CLOSED)
    book.do(Action.RATE, "system", score=5)
    assert (book.whistle.score, book.whistle.score_by_default) == (5, True)


@pytest.mark.parametrize(
    ("within", "days", "allowed"), [(30, 29, True), (30, 30, True), (30, 31, False), (7, 8, False)]
)
def test_the_same_problem_reopens_within_the_policy_s_days(within: int, days: int, allowed: bool) -> None:
    """Thirty days by default: a new episode; after that, a new whistle."""
    book = CaseBook(rules=replace(policy(), reopen_within=timedelta(days=within))).in_state(W.CLOSED).later(days=days)
    if allowed:
        book.do(Action.REOPEN, LEADER, reason="又坏了")
        assert (book.state, book.whistle.episode, book.whistle.opened_at) == (W.REOPENED, 2, book.now)
    else:
        with refused(IllegalMove, "new whistle"):
            book.do(Action.REOPEN, LEADER, reason="又坏了")


def test_withdrawing_is_the_blower_s_until_somebody_is_on_site() -> None:
    """By the blower, or by phone in their name; never once a department has reported in."""
    book = CaseBook().dispatched(UTILITIES)
    for by, told in ((OFFICER, ""), (MEMBER_B, ""), (OFFICER, MEMBER_B)):
        with pytest.raises(NotPermitted):
            book.decide(Action.WITHDRAW, by, told=told, reason="误报")
    book.decide(Action.WITHDRAW, told=MEMBER, reason="误报")
    book.brought_to(UTILITIES, A.REPORTED_IN)
    with refused(IllegalMove, "already reported in"):
        book.do(Action.WITHDRAW, MEMBER, reason="误报")


def test_a_case_does_not_join_itself() -> None:
    """Joining names another case."""
    book = CaseBook().blown()
    with refused(BadInput, "itself"):
        book.do(Action.JOIN, into=book.id)
    with pytest.raises(BadInput):
        book.do(Action.JOIN, into="0702-01")
    other = uuid4()
    book.do(Action.JOIN, into=other)
    assert (book.state, book.whistle.merged_into) == (W.MERGED, other)


# -- versions -----------------------------------------------------------------------------------


def test_who_was_faster_is_named_with_what_they_did() -> None:
    """Nothing is written over what the person had not seen (behaviours 12)."""
    book = CaseBook().opened()
    seen = book.whistle.version
    book.do(Action.LEVEL_UP, OFFICER_B)
    with pytest.raises(Conflict) as caught:
        book.do(Action.REVISE, MEMBER, seen=seen, facts=facts())
    told = said(caught.value.message)
    assert "街道·值班员乙" in told
    assert "raised" in told
    book.do(Action.REVISE, MEMBER, seen=book.whistle.version, facts=facts())


def test_the_program_s_own_entries_have_names_too() -> None:
    """A conflict with what the duty clock wrote reads like any other."""
    book = CaseBook().dispatched(UTILITIES)
    seen = book.of(UTILITIES).version
    acknowledged = book.do(Action.ACKNOWLEDGE, LIAISONS[UTILITIES], on=UTILITIES)
    quiet = replace(acknowledged, id=uuid4(), kind=EventKind.WENT_QUIET, stream_version=2, actor="system", seq=99)
    book.events.append(quiet)
    with pytest.raises(Conflict) as caught:
        book.do(Action.EN_ROUTE, LIAISONS[UTILITIES], on=UTILITIES, seen=seen)
    assert "no word for too long" in said(caught.value.message)


def test_departments_do_not_conflict_with_one_another() -> None:
    """Each assignment has its own version, and none of them is the whistle's (decisions 4)."""
    book = CaseBook().dispatched(UTILITIES, BEAUTY, BRIGADE)
    whistle = book.whistle.version
    for department in (UTILITIES, BEAUTY, BRIGADE):
        book.do(Action.ACKNOWLEDGE, LIAISONS[department], on=department, seen=0)
        assert book.of(department).version == 1
    assert book.whistle.version == whistle
    with pytest.raises(Conflict):
        book.do(Action.EN_ROUTE, LIAISONS[BEAUTY], on=BEAUTY, seen=0)
    book.do(Action.WORK_NOTE, LIAISONS[BEAUTY], on=BEAUTY, seen=0, note="只添一笔，不与谁相争")


def test_a_version_nobody_wrote_is_refused() -> None:
    """A screen that saw something else must look again."""
    book = CaseBook().opened()
    with refused(Conflict, "look again"):
        book.do(Action.LEVEL_UP, seen=7)
    assert book.whistle.grid == GRID

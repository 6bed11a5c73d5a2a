"""Use cases of whistles over a real file: once, together, and never half (behaviours 5, 8, 12, decisions 17)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.domain.dues import Due
from app.domain.errors import BadInput, Conflict, DuplicateFound, IllegalMove, NotFound, NotPermitted, WanggeError
from app.domain.events import EventKind
from app.domain.intent import Value
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import AssignmentState, Source, WhistleState
from app.samples.script import local
from app.services.whistles import LookAlike, Outcome, new_case_id
from tests.services.room import Room, new_request
from tests.unit.cases import (
    BEAUTY,
    DEPUTY,
    LEADER,
    LIAISONS,
    MEMBER,
    MEMBER_B,
    OFFICER,
    OFFICER_B,
    PLATFORM,
    UTILITIES,
    WHY,
    facts,
    refused,
)

W = WhistleState
HOTLINE = facts(source=Source.HOTLINE_12345, source_number="12345-0702-088")


def dispatched(room: Room, *assists: str) -> Outcome:
    """An emergency with the utilities center in the lead."""
    blown = room.blow()
    room.act(blown, Action.LEVEL_UP)
    return room.act(blown, Action.DISPATCH, PLATFORM, lead=UTILITIES, assists=assists)


# -- once ---------------------------------------------------------------------------------------


def test_the_same_request_twice_changes_nothing(room: Room) -> None:
    """A repeated id finds what the first came to, and writes nothing, however the clock has moved on."""
    request = new_request()
    first = room.blow(request_id=request)
    seq = room.seq()
    again = room.later(minutes=3).blow(request_id=request)
    assert (again.already_known, again.event, again.case) == (True, first.event, first.case)
    assert room.seq() == seq
    level = new_request()
    raised = room.act(first, Action.LEVEL_UP, request_id=level)
    repeated = room.act(first, Action.LEVEL_UP, request_id=level)
    assert (repeated.already_known, repeated.event) == (True, raised.event)
    assert room.stored(first.case.whistle.id).whistle.level.value == "zone"


def test_the_outcome_is_what_was_stored(room: Room) -> None:
    """The event comes back with its commit number and the name of its words."""
    outcome = room.blow()
    assert outcome.event == room.events(outcome.case.whistle.id)[-1]
    assert outcome.event.seq == room.seq()
    assert outcome.event.words_id is not None
    assert outcome.case == room.stored(outcome.case.whistle.id)
    assert outcome.case.whistle.id == new_case_id(outcome.event.id)


def test_a_request_number_belongs_to_one_person_and_one_case(room: Room) -> None:
    """Used for something else, it is refused instead of answering with a stranger's outcome."""
    blown, other = room.blow(), room.blow(facts(grid="JF-SH-G02"), told="SH-G02-A")
    raised = room.act(blown, Action.LEVEL_UP)
    for by, case in ((OFFICER_B, blown), (OFFICER, other)):
        with refused(Conflict, "used for something else"):
            room.act(case, Action.LEVEL_UP, by, request_id=raised.event.id)


def test_a_second_acknowledgement_is_recorded_once_and_is_no_error(room: Room) -> None:
    """By whom and how often it is told: the first counts, whatever the department has done since."""
    case = dispatched(room, BEAUTY)
    first = room.later(minutes=2).act(case, Action.ACKNOWLEDGE, told=UTILITIES, department=UTILITIES)
    assert not first.already_known
    seq = room.seq()
    for by, told in ((OFFICER, UTILITIES), (LIAISONS[UTILITIES], "")):
        again = room.later(minutes=1).act(case, Action.ACKNOWLEDGE, by, told=told, department=UTILITIES)
        assert (again.already_known, again.event) == (True, first.event)
    room.act(case, Action.REPORT_IN, LIAISONS[UTILITIES], department=UTILITIES, person="组长")
    assert room.act(case, Action.ACKNOWLEDGE, told=UTILITIES, department=UTILITIES).event == first.event
    assert room.seq() == seq + 1
    assert room.stored(case.case.whistle.id).current(UTILITIES).acknowledged_at == first.event.occurred_at  # type: ignore[union-attr]


def test_who_came_without_a_word_has_acknowledged_by_coming(room: Room) -> None:
    """The late "received" is answered with the report-in, and adds nothing."""
    case = dispatched(room)
    came = room.act(case, Action.REPORT_IN, LIAISONS[UTILITIES], department=UTILITIES, person="组长")
    late = room.act(case, Action.ACKNOWLEDGE, told=UTILITIES, department=UTILITIES)
    assert (late.already_known, late.event) == (True, came.event)


# -- the same report ------------------------------------------------------------------------------


def test_the_same_report_joins_by_itself_while_the_case_is_open(room: Room) -> None:
    """Three times in a minute: one case, two entries "same report again"; once closed, a new case (behaviours 8)."""
    first = room.blow(HOTLINE)
    for spelt in ("12345-0702-088", " 12345-0702-088\u200b "):
        again = room.later(seconds=20).blow(replace(HOTLINE, source_number=spelt))
        assert again.case.whistle.id == first.case.whistle.id
        assert again.event.kind is EventKind.DUPLICATE_REPORTED
    kinds = [event.kind for event in room.events(first.case.whistle.id)]
    assert kinds == [EventKind.BLOWN, EventKind.DUPLICATE_REPORTED, EventKind.DUPLICATE_REPORTED]
    assert room.stored(first.case.whistle.id).whistle.duplicate_count == 2
    room.act(first, Action.WITHDRAW, told=MEMBER, reason="误报")
    fresh = room.blow(HOTLINE)
    assert fresh.case.whistle.id != first.case.whistle.id
    room.check(first.case.whistle.id)


def test_what_looks_like_an_open_case_is_asked_about(room: Room) -> None:
    """Same grid and type within a day: refused with the candidates, until somebody says join or new (decisions 17)."""
    first = room.blow()
    seq = room.seq()
    with pytest.raises(DuplicateFound) as caught:
        room.blow()
    assert caught.value.candidates == (first.case.whistle.number,)
    assert [row.whistle.id for row in room.house.whistles.look_alikes(facts())] == [first.case.whistle.id]
    assert room.seq() == seq
    joined = room.blow(look_alike=LookAlike(into=first.case.whistle.id))
    assert joined.case.whistle.duplicate_count == 1
    fresh = room.blow(look_alike=LookAlike(is_new=True))
    assert fresh.case.whistle.id != first.case.whistle.id


def test_a_draft_is_compared_with_the_open_cases_when_it_is_blown(room: Room) -> None:
    """Saved without a question, it is asked about like a new whistle, never about itself (decisions 17)."""
    draft = room.blow(action=Action.DRAFT)
    first = room.blow(look_alike=LookAlike(is_new=True))
    seq = room.seq()
    with pytest.raises(DuplicateFound) as caught:
        room.act(draft, Action.BLOW, told=MEMBER)
    assert caught.value.candidates == (first.case.whistle.number,)
    assert room.seq() == seq
    intent = room.intent(Action.BLOW, told=MEMBER)
    into = LookAlike(into=first.case.whistle.id)
    joined = room.house.whistles.act(draft.case.whistle.id, intent, into)
    assert (joined.case.whistle.state, joined.case.whistle.merged_into) == (W.MERGED, first.case.whistle.id)
    assert room.house.whistles.act(draft.case.whistle.id, intent, into).already_known
    for case in (draft, first):
        room.check(case.case.whistle.id)


def test_a_draft_without_a_look_alike_is_blown_as_it_is(room: Room) -> None:
    """It does not look like itself."""
    draft = room.blow(action=Action.DRAFT)
    assert room.act(draft, Action.BLOW, told=MEMBER).case.whistle.number


def test_joining_needs_a_say_in_both_cases(room: Room) -> None:
    """A grid member joins what is in their own grid; into another's the desk does."""
    mine, other = room.blow(), room.blow(facts(grid="JF-SH-G02"), told="SH-G02-A")
    seq = room.seq()
    with pytest.raises(NotPermitted):
        room.act(mine, Action.JOIN, MEMBER, into=other.case.whistle.id)
    assert room.seq() == seq
    room.act(mine, Action.JOIN, into=other.case.whistle.id)


def test_a_stranger_does_not_acknowledge_not_even_again(room: Room) -> None:
    """The second acknowledgement is no error for those who may give one, and a refusal for the rest."""
    case = dispatched(room)
    room.act(case, Action.ACKNOWLEDGE, told=UTILITIES, department=UTILITIES)
    with pytest.raises(NotPermitted):
        room.act(case, Action.ACKNOWLEDGE, MEMBER, department=UTILITIES)


@pytest.mark.parametrize("change", [{"grid": "JF-SH-G02"}, {"matter": "street_lamp"}, {"place": "jifeng_walkway"}])
def test_another_grid_type_or_landmark_is_another_matter(room: Room, change: dict[str, str]) -> None:
    """Only what agrees in all three looks alike."""
    room.blow(facts(place="shuanghe_bridge"))
    room.blow(replace(facts(place="shuanghe_bridge"), **change), told="SH-SEC")  # type: ignore[arg-type]


def test_after_a_day_it_is_another_matter(room: Room) -> None:
    """The span is the policy's, 24 hours by default."""
    room.blow()
    with pytest.raises(DuplicateFound):
        room.later(hours=23, minutes=59).blow()
    room.later(minutes=2).blow()


def test_joining_leaves_an_entry_on_both_timelines(room: Room) -> None:
    """The joined case ends and names the other; the other counts it, and nobody can undo half of that."""
    first, second = room.blow(), room.blow(facts(WhistleKind.ROUTINE, grid="JF-SH-G02"), told="SH-G02-A")
    first_id, second_id = first.case.whistle.id, second.case.whistle.id
    joined = room.act(second, Action.JOIN, into=first_id)
    assert (joined.case.whistle.state, joined.case.whistle.merged_into) == (W.MERGED, first_id)
    assert joined.event.payload == {"into": first_id.hex, "into_number": first.case.whistle.number}
    number = second.case.whistle.number
    assert room.events(first_id)[-1].payload == {"from": second_id.hex, "from_number": number}
    assert room.stored(first_id).whistle.duplicate_count == 1
    for case in (first, second):
        with refused(IllegalMove, "cannot be undone"):
            room.act(case, Action.UNDO)
        room.check(case.case.whistle.id)


def test_joining_what_is_over_or_unknown_writes_nothing(room: Room) -> None:
    """Both sides change or neither does."""
    over, second = room.blow(), room.blow(facts(grid="JF-SH-G02"), told="SH-G02-A")
    room.act(over, Action.WITHDRAW, told=MEMBER, reason="误报")
    seq = room.seq()
    for into, kind in ((over.case.whistle.id, IllegalMove), (uuid4(), NotFound)):
        with pytest.raises(kind):
            room.act(second, Action.JOIN, into=into)
    assert room.seq() == seq
    room.check(second.case.whistle.id)


# -- numbers and finding ---------------------------------------------------------------------------


def test_numbers_count_up_by_the_street_s_day(room: Room) -> None:
    """Local midnight begins a new count; a draft has none yet, and finding takes every way people write it."""
    numbers = []
    for minutes, grid in ((0, "JF-SH-G01"), (5, "JF-SH-G02"), (6, "JF-SH-G03")):
        numbers.append(room.later(minutes=minutes).blow(facts(grid=grid), told="SH-SEC").case.whistle.number)
    assert numbers == ["W-20200702-01", "W-20200702-02", "W-20200703-01"]
    draft = room.blow(facts(grid="JF-SH-G04"), action=Action.DRAFT, told="SH-SEC")
    assert draft.case.whistle.number == ""
    whistles = room.house.whistles
    found = whistles.find("W-20200702-02")
    assert found == whistles.find(" 0702-02 ") == whistles.find(found.hex[:8])
    with refused(NotFound, "0702-09"):
        whistles.find("0702-09")


def test_a_case_file_holds_everything_in_one_look(room: Room) -> None:
    """Case, row, timeline and words; what is possible comes with it."""
    case = dispatched(room, BEAUTY)
    file = room.house.whistles.file(case.case.whistle.id)
    assert file.case == case.case
    assert file.row.title == facts().texts["title"]
    assert [event.kind for event in file.events] == [EventKind.BLOWN, EventKind.LEVELLED_UP, EventKind.DISPATCHED]
    assert file.case.whistle.words_id is not None
    assert file.words[file.case.whistle.words_id]["why"] == WHY
    assert Action.ACKNOWLEDGE in {move.action for move in file.possible}
    with pytest.raises(NotFound):
        room.house.whistles.file(uuid4())


# -- refused: nothing is written ---------------------------------------------------------------------


def test_a_refusal_writes_nothing(room: Room) -> None:
    """Wrong state, wrong role, incomplete, unknown case, seen too long ago: the newest event stays the newest."""
    case = dispatched(room, BEAUTY)
    seq, dues = room.seq(), room.stored(case.case.whistle.id)
    attempts: list[tuple[type[WanggeError], Action, str, dict[str, object]]] = [
        (IllegalMove, Action.CHECK, MEMBER_B, {"passed": True, "remark": "好了"}),
        (IllegalMove, Action.DONE, LIAISONS[UTILITIES], {"department": UTILITIES}),
        (NotPermitted, Action.RELEASE, MEMBER, {"department": UTILITIES, "reason": "不需要了"}),
        (BadInput, Action.NOTE, OFFICER, {}),
        (Conflict, Action.REVISE, MEMBER, {"facts": facts(), "seen": 1}),
        (Conflict, Action.ACKNOWLEDGE, LIAISONS[BEAUTY], {"department": BEAUTY, "seen": 5}),
    ]
    for kind, action, by, how in attempts:
        with pytest.raises(kind):
            room.act(case, action, by, **how)
    with pytest.raises(NotFound):
        room.act(uuid4(), Action.NOTE, note="雨停了")
    assert room.seq() == seq
    assert room.stored(case.case.whistle.id) == dues
    room.check(case.case.whistle.id)


def test_a_refused_whistle_uses_no_number(room: Room) -> None:
    """The number is given in the transaction that leaves draft, or not at all."""
    with pytest.raises(BadInput):
        room.blow(facts(texts={}))
    assert room.blow().case.whistle.number == "W-20200702-01"


def test_undoing_a_dispatch_takes_the_departments_away_again(room: Room) -> None:
    """Rows, dues and counts are as before; the departments can be whistled for anew."""
    case = dispatched(room, BEAUTY)
    whistle_id = case.case.whistle.id
    room.act(case, Action.UNDO, PLATFORM)
    stored = room.stored(whistle_id)
    assert stored.assignments == ()
    assert stored.whistle.waiting.value == "dispatch"
    room.check(whistle_id)
    room.act(case, Action.DISPATCH, PLATFORM, lead=BEAUTY, assists=(UTILITIES,))
    assert [a.nth for a in room.stored(whistle_id).assignments] == [1, 1]
    room.check(whistle_id)


def test_an_undo_cancels_what_is_pending_and_brings_back_what_was_pending_before(room: Room) -> None:
    """Step by step from the blown whistle to the check: after each undo exactly the limits of before can fire."""
    case = room.blow()
    whistle_id = case.case.whistle.id
    liaison = LIAISONS[UTILITIES]
    steps: list[tuple[Action, str, dict[str, Value]]] = [
        (Action.LEVEL_UP, OFFICER, {}),
        (Action.DISPATCH, PLATFORM, {"lead": UTILITIES, "assists": (BEAUTY,)}),
        (Action.ACKNOWLEDGE, liaison, {"department": UTILITIES}),
        (Action.REPORT_IN, liaison, {"department": UTILITIES, "person": "组长"}),
        (Action.MADE_SAFE, MEMBER, {"note": "围挡到位"}),
        (Action.DONE, liaison, {"department": UTILITIES, "note": "好了"}),
    ]
    changed = 0
    for action, by, args in steps:
        before, counted = pending(room, whistle_id), room.stored(whistle_id).whistle.next_due_at
        room.later(minutes=1).act(case, action, by, **args)
        after = pending(room, whistle_id)
        made = after - before
        changed += after != before
        room.later(minutes=2).act(case, Action.UNDO, by)
        room.check(whistle_id)
        assert pending(room, whistle_id) == before, action
        assert room.stored(whistle_id).whistle.next_due_at == counted
        with room.house.store.read() as reads:
            fires = {row.due for row in reads.pending_dues(local("2020-08-02 00:00"))}
        assert not made & fires, action
        room.act(case, action, by, **args)
    assert changed >= 4
    assert [e.kind for e in room.events(whistle_id)].count(EventKind.UNDONE) == len(steps)


def pending(room: Room, whistle_id: UUID) -> set[Due]:
    """The limits of a case that can still fire."""
    with room.house.store.read() as reads:
        return {due for due, state in reads.dues_of(whistle_id) if state == "pending"}


def test_a_failed_check_and_its_undo_leave_true_rows(room: Room) -> None:
    """Leads, live assignments and dues stay unique at every step of done, back, undone and done again."""
    case = dispatched(room, BEAUTY)
    whistle_id = case.case.whistle.id
    for department in (UTILITIES, BEAUTY):
        room.act(case, Action.REPORT_IN, LIAISONS[department], department=department, person="组长")
        room.act(case, Action.DONE, LIAISONS[department], department=department)
    room.act(case, Action.CHECK, MEMBER_B, passed=False, remark="不行", departments=(UTILITIES, BEAUTY))
    room.act(case, Action.UNDO, MEMBER_B)
    room.check(whistle_id)
    assert room.stored(whistle_id).whistle.state is W.AWAITING_CHECK
    room.act(case, Action.CHECK, MEMBER_B, passed=True, remark="好了")
    room.act(case, Action.REOPEN, LEADER, reason="又坏了")
    room.act(case, Action.DISPATCH, PLATFORM, lead=BEAUTY)
    room.check(whistle_id)
    states = {(a.department, a.nth): a.state for a in room.stored(whistle_id).assignments}
    assert states[BEAUTY, 2] is AssignmentState.NOTIFIED


# -- together -----------------------------------------------------------------------------------------


def test_two_desks_and_one_case(database: Path) -> None:
    """Whoever is second is told who was first and with what; nothing of theirs is written (behaviours 12)."""
    one, two = Room.open(database, station="desk-1"), Room.open(database, station="desk-2")
    blown = one.blow(facts(WhistleKind.ROUTINE))
    seen = blown.case.whistle.version
    one.act(blown, Action.APPROVE, DEPUTY, seen=seen)
    seq = two.seq()
    with refused(IllegalMove, "Possible now"):
        two.act(blown, Action.REJECT, LEADER, seen=seen, reason="不清楚")
    with refused(Conflict, "双河·支部副书记"):
        two.act(blown, Action.LEVEL_UP, OFFICER_B, seen=seen)
    assert two.seq() == seq
    one.house.close()
    two.house.close()


def test_six_departments_at_once_do_not_conflict(room: Room) -> None:
    """All acknowledge at the same moment with what they saw: six entries, no conflict (decisions 4)."""
    case = dispatched(room, *list(LIAISONS)[1:])
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(
            pool.map(lambda d: room.act(case, Action.ACKNOWLEDGE, LIAISONS[d], department=d, seen=0), LIAISONS)
        )
    assert not any(outcome.already_known for outcome in outcomes)
    assert room.stored(case.case.whistle.id).whistle.acknowledged == 6
    room.check(case.case.whistle.id)


def test_the_desk_reads_what_was_written(room: Room) -> None:
    """The board, its counters and the grid's word follow every change."""
    case = dispatched(room, BEAUTY)
    view = room.house.desk.view()
    assert [row.whistle.id for row in view.board.rows] == [case.case.whistle.id]
    assert (view.counts.open, view.counts.emergency, view.counts.reporting, view.seq) == (1, 1, 2, room.seq())
    grid = next(status for status in view.grids if status.grid.code == "JF-SH-G01")
    assert (grid.word.value, grid.open, grid.figures.last_record_at) == ("alarm", 1, room.clock.at)
    room.later(minutes=6)
    assert room.house.desk.view().counts.overdue == 1
    assert view.now == local("2020-07-02 23:50")

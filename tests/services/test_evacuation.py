"""Who is to leave, who was reached, who has left (叫应, domain 4.4)."""

from __future__ import annotations

import pytest

from app.domain.actor import Channel
from app.domain.checklist import Answer, Verdict
from app.domain.errors import BadInput, Conflict, IllegalMove, NotPermitted
from app.domain.events import EventKind
from app.domain.flood import EvacuationCount, HouseholdState
from app.services.evacuation import counts
from app.services.rounds import Told
from tests.services.room import Room, new_request
from tests.unit.cases import GRID, MEMBER, OFFICER, refused

ROUTE = "wanrong_shuanghe"
ELSEWHERE = "JF-GNP-G02"


def test_a_household_is_called_until_it_answers_and_then_leaves(room: Room) -> None:
    """Each attempt is an entry; who called, who saw them out, where to, and when stay apart."""
    who, house = room.actor(OFFICER), room.house.evacuation
    one = house.add(who, new_request(), GRID, "河边路17号 张家", 3)
    assert (one.number, one.state, one.calls) == (1, HouseholdState.TO_CALL, 0)
    for _ in range(2):
        room.later(minutes=2)
        one = house.call(who, new_request(), one.id, answered=False)
    assert (one.state, one.calls) == (HouseholdState.NO_ANSWER, 2)
    room.later(minutes=3)
    one = house.call(who, new_request(), one.id, answered=True, said="马上走", by=MEMBER)
    assert (one.state, one.calls, one.called_by, one.answered_at) == (HouseholdState.ANSWERED, 3, MEMBER, room.clock.at)
    room.later(minutes=6)
    one = house.left(who, new_request(), one.id, "社区活动中心", by=MEMBER)
    assert (one.state, one.to, one.moved_by, one.left_at) == (
        HouseholdState.LEFT,
        "社区活动中心",
        MEMBER,
        room.clock.at,
    )
    with refused(IllegalMove, "has left already"):
        house.call(who, new_request(), one.id, answered=True)
    room.later(hours=9)
    house.returned(who, new_request(), one.id)
    assert house.households() == ()
    assert [one.state for one in house.households(returned=True)] == [HouseholdState.RETURNED]
    with room.house.store.read() as reads:
        kinds = [event.kind for event in reads.flood.events_on(f"household/{one.id.hex}")]
    assert kinds == [
        EventKind.EVACUATION_LISTED, EventKind.EVACUATION_CALLED, EventKind.EVACUATION_CALLED,
        EventKind.EVACUATION_ANSWERED, EventKind.EVACUATED, EventKind.EVACUATION_RETURNED,
    ]  # fmt: skip


def test_the_list_counts_by_grid(room: Room) -> None:
    """Households, people, called, answered, left, unreachable."""
    who, house = room.actor(OFFICER), room.house.evacuation
    made = [house.add(who, new_request(), grid, f"{n}号", 2) for n, grid in enumerate((GRID, GRID, GRID, ELSEWHERE))]
    house.call(who, new_request(), made[0].id, answered=True)
    house.left(who, new_request(), made[0].id, "学校")
    house.call(who, new_request(), made[1].id, answered=False)
    order = [unit.code for unit in room.house.streets.current().grids]
    assert counts(house.households(), order) == (
        EvacuationCount(GRID, 3, 6, 2, 1, 1, 1), EvacuationCount(ELSEWHERE, 1, 2, 0, 0, 0, 0),
    )  # fmt: skip
    assert len(house.households(ELSEWHERE)) == 1


def test_the_same_words_in_a_grid_are_one_household(room: Room) -> None:
    """Two people list it: one row; the same request again changes nothing."""
    who, house, request = room.actor(OFFICER), room.house.evacuation, new_request()
    first = house.add(who, request, GRID, "老码头 2 栋")
    seq = room.seq()
    assert house.add(who, request, GRID, "老码头 2 栋") == first
    assert house.add(who, new_request(), GRID, " 老码头 2 栋 ") == first
    assert room.seq() == seq
    call = new_request()
    house.call(who, call, first.id, answered=False)
    assert house.call(who, call, first.id, answered=False).calls == 1


def test_what_a_round_named_is_taken_over_once(room: Room) -> None:
    """The names of the list become households of the round's grid; a second time adds only what is new."""
    rounds, house, who = room.house.rounds, room.house.evacuation, room.actor(OFFICER)
    told = Told(who, new_request(), MEMBER, Channel.RADIO)
    file = rounds.start(told, "river_flood", GRID, [MEMBER, "SH-G01-B"], route=ROUTE)
    with refused(IllegalMove, "names no household"):
        house.take_over(who, new_request(), file.round.id)
    (point,) = [point.number for point, one in file.walk.items() if one.id == "households"][:1]
    named = Answer(Verdict.PROBLEM, entries=("低洼3户", "独居老人李某"))
    rounds.answer(Told(who, new_request(), MEMBER, Channel.RADIO), file.round.id, {(point, "households"): named})
    house.add(who, new_request(), GRID, "低洼3户", 5)
    new = house.take_over(who, new_request(), file.round.id)
    assert [(one.text, one.round_id) for one in new] == [("独居老人李某", file.round.id)]
    assert house.take_over(who, new_request(), file.round.id) == ()
    assert [one.number for one in house.households()] == [1, 2]


def test_what_cannot_be_is_refused(room: Room) -> None:
    """No words, no such grid, too many people, another grid's member."""
    who, house = room.actor(OFFICER), room.house.evacuation
    with refused(BadInput, "is missing", "text"):
        house.add(who, new_request(), GRID, "  ")
    with refused(BadInput, "There is no grid", "grid"):
        house.add(who, new_request(), "X", "1号")
    with refused(BadInput, "people", "people"):
        house.add(who, new_request(), GRID, "1号", 50_000)
    with pytest.raises(NotPermitted):
        house.add(room.actor(MEMBER), new_request(), ELSEWHERE, "1号")
    one = house.add(who, new_request(), GRID, "1号")
    with refused(BadInput, "is missing", "to"):
        house.left(who, new_request(), one.id, " ")
    with refused(IllegalMove, "has not left"):
        house.returned(who, new_request(), one.id)


def test_who_saw_an_older_state_writes_nothing_and_is_told_who_was_faster(room: Room) -> None:
    """With the version seen it is checked; the same call with the state as it is goes through (behaviours 12)."""
    who, house = room.actor(OFFICER), room.house.evacuation
    seen = house.add(who, new_request(), GRID, "桥头巷5号 两位老人", 2)
    room.later(minutes=1)
    now = house.call(room.actor(MEMBER), new_request(), seen.id, answered=False, seen=seen.version)
    for late in (
        lambda: house.call(who, new_request(), seen.id, answered=True, seen=seen.version),
        lambda: house.left(who, new_request(), seen.id, "文化站", seen=seen.version),
        lambda: house.returned(who, new_request(), seen.id, seen=seen.version),
    ):
        with refused(Conflict, "meanwhile: {state} by {who}"):
            late()
    assert house.households()[0] == now
    assert house.call(who, new_request(), seen.id, answered=True, seen=now.version).calls == 2

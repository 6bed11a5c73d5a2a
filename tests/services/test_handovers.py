"""The handover: items listed by the system, accepted one by one, signed by both; nothing is lost (behaviours 26)."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound, NotPermitted, WanggeError
from app.domain.events import EventKind
from app.domain.handover import HandoverFile, HandoverState, ItemKind, Step, Why, next_step
from app.domain.moves import Action
from app.domain.org import ShiftKind
from app.domain.policy import WhistleKind
from app.domain.shift_log import LogState
from app.domain.whistle import BOARD_STATES, Severity
from app.samples.script import local
from app.services.ports import BoardQuery
from app.services.shift_log import Told
from tests.services.room import Room, new_request
from tests.unit.cases import ADMIN, GRID, OFFICER, OFFICER_B, facts, said

DAY_OFFICER, DAY_OTHER = "JF-ZB3", "JF-ZB4"


def to(room: Room, at: str) -> Room:
    """The clock to a local time."""
    room.clock.at = local(at)
    room.house.clock.refresh()
    return room


def denied(kind: type[WanggeError], call: Callable[[], object]) -> str:
    """What a refusal says."""
    with pytest.raises(kind) as caught:
        call()
    return said(caught.value.message)


def case_key(file: HandoverFile, number: str) -> str:
    """The key of a case."""
    return next(line.item.key for line in file.sheet.of(ItemKind.CASE) if line.item.number == number)


def tell_all(room: Room, by: str = OFFICER) -> HandoverFile:
    """A line on each critical item, and the equipment."""
    desk = room.house.handovers
    for line in desk.current().sheet.silent:
        desk.tell(room.actor(by), new_request(), line.item.key, "盯住到场，半小时问一次")
    codes = [one.code for one in desk.current().sheet.unlooked]
    return desk.equipment(room.actor(by), new_request(), dict.fromkeys(codes, "")) if codes else desk.current()


def sign_out(room: Room, by: str = OFFICER) -> HandoverFile:
    """Ready and signed by the outgoing shift."""
    return room.house.handovers.sign_out(room.actor(by), new_request(), tell_all(room, by).digest)


def accept_all(room: Room, by: str = DAY_OFFICER) -> HandoverFile:
    """Each item, critical ones read back."""
    desk = room.house.handovers
    for line in desk.current().sheet.unaccepted:
        back = "半小时问一次" if line.item.critical else ""
        desk.accept(room.actor(by), new_request(), line.item.key, back, line.item.mark)
    return desk.current()


def sign_in(room: Room, by: str = DAY_OFFICER) -> HandoverFile:
    """Signed by the incoming shift."""
    return room.house.handovers.sign_in(room.actor(by), new_request(), room.house.handovers.current().digest)


def owners(room: Room) -> dict[str, str]:
    """Who owns each open case, by number, as the rows say; the entries say the same."""
    with room.house.store.read() as reads:
        rows = reads.board(BoardQuery(limit=10_000)).rows
    for row in rows:
        room.check(row.whistle.id)
    return {row.whistle.number: row.whistle.owner for row in rows}


def test_the_system_lists_what_is_open(room: Room) -> None:
    """Cases, reports, the log: nobody types it; what is critical is a rule and comes first."""
    routine = room.blow(facts(kind=WhistleKind.ROUTINE, severity=Severity.NORMAL)).case.whistle
    grave = room.later(minutes=2).blow(facts(kind=WhistleKind.EMERGENCY, place="", matter="fire")).case.whistle
    room.house.log.add(room.actor(OFFICER), new_request(), Told({"content": "待回电"}, state=LogState.OPEN, grid=GRID))
    items = [line.item for line in to(room, "2020-07-03 07:40").house.handovers.current().sheet.items]
    assert {(item.kind, item.number) for item in items} >= {
        (ItemKind.CASE, grave.number), (ItemKind.CASE, routine.number), (ItemKind.LOG, "#1"),
        (ItemKind.REPORT, grave.number),
    }  # fmt: skip
    first = items[0]
    assert (first.number, first.critical) == (grave.number, True)
    assert Why.EMERGENCY in first.why
    assert [item.critical for item in items] == sorted((item.critical for item in items), reverse=True)
    assert not next(item for item in items if item.kind is ItemKind.LOG).critical


def test_an_action_item_that_is_due_later_is_handed_over_too(room: Room) -> None:
    """Tomorrow or next week: it is listed until it is done."""
    to(room, "2020-07-03 07:50")
    items, who = room.house.action_items, room.actor(OFFICER)
    dues = ("2020-07-03 10:00", "2020-07-04 17:00", "2020-07-10 09:00")
    added = [items.add(who, new_request(), GRID, "复查井盖", OFFICER, local(due), grid=GRID) for due in dues]

    def listed() -> list[str]:
        return [line.item.id for line in room.house.handovers.current().sheet.of(ItemKind.TASK)]

    assert listed() == [str(item.number) for item in added]
    items.end(who, new_request(), added[1].id, "已复查")
    assert listed() == [str(added[0].number), str(added[2].number)]


def test_a_whole_handover(room: Room) -> None:
    """Lines, equipment, both signatures: the desk and every open case go over, and the night is frozen."""
    room.blow()
    room.later(minutes=5).blow(facts(kind=WhistleKind.ROUTINE, severity=Severity.NORMAL, matter="noise"))
    to(room, "2020-07-03 07:50")
    desk = room.house.handovers
    assert next_step(desk.current()) is Step.LINES
    file = tell_all(room)
    assert next_step(file) is Step.SIGN_OUT
    desk.note(room.actor(OFFICER), new_request(), "大桥下的护栏有人看")
    assert next_step(sign_out(room)) is Step.ACCEPT
    assert desk.current().state is HandoverState.HANDED
    to(room, "2020-07-03 08:12")
    holder = desk.holding()
    assert holder is not None
    assert (holder.shift.code, holder.recorded) == ("N20200702", True)
    assert holder.late(room.house.clock.now()) is not None
    assert next_step(accept_all(room)) is Step.SIGN_IN
    signed = sign_in(room)
    assert signed.state is HandoverState.TAKEN
    assert set(owners(room).values()) == {DAY_OFFICER}
    holder = desk.holding()
    assert holder is not None
    assert (holder.shift.code, holder.late(room.house.clock.now())) == ("D20200703", None)
    room.blow(facts(kind=WhistleKind.EMERGENCY, place="", matter="gas"), by=DAY_OFFICER)
    again = desk.file(desk.taken()[0].id)
    assert again.sheet == signed.sheet
    assert [one.text for one in again.sheet.notes] == ["大桥下的护栏有人看"]


def test_what_stands_in_the_way_is_said(room: Room) -> None:
    """Each refusal names what is missing, and changes nothing."""
    room.blow()
    to(room, "2020-07-03 07:55")
    desk = room.house.handovers
    night, day = room.actor(OFFICER), room.actor(DAY_OFFICER)
    key = desk.current().sheet.items[0].item.key
    assert "is critical" in denied(IllegalMove, lambda: desk.sign_out(night, new_request(), desk.current().digest))
    assert "has not signed" in denied(IllegalMove, lambda: desk.sign_in(day, new_request(), ""))
    assert "is critical" in denied(IllegalMove, lambda: desk.accept(day, new_request(), key, "知道"))
    assert "hands over" in denied(NotPermitted, lambda: desk.tell(day, new_request(), key, "白班来写"))
    for line in desk.current().sheet.silent:
        desk.tell(night, new_request(), line.item.key, "等清淤队")
    assert "equipment" in denied(IllegalMove, lambda: desk.sign_out(night, new_request(), desk.current().digest))
    assert "not on duty" in denied(IllegalMove, lambda: desk.accept(night, new_request(), key, "等清淤队"))
    assert "read back" in denied(BadInput, lambda: desk.accept(day, new_request(), key))
    assert "phone number" in denied(BadInput, lambda: desk.accept(day, new_request(), key, "打 13812345678"))
    sign_out(room)
    assert "already" in denied(IllegalMove, lambda: desk.sign_out(night, new_request(), desk.current().digest))
    assert "Not accepted yet" in denied(IllegalMove, lambda: sign_in(room))
    accept_all(room)
    with pytest.raises(Conflict):
        desk.sign_in(day, new_request(), "0" * 64)
    sign_in(room)
    assert "hands over" in denied(NotPermitted, lambda: desk.tell(night, new_request(), key, "再说一句"))


def test_what_changes_is_accepted_again(room: Room) -> None:
    """A note on a case, a new case, a limit that passes: who has accepted looks once more; nobody is told twice."""
    case = room.blow(facts(kind=WhistleKind.ROUTINE, severity=Severity.NORMAL))
    to(room, "2020-07-03 07:55")
    sign_out(room)
    accept_all(room)
    desk, day = room.house.handovers, room.actor(DAY_OFFICER)
    mark = desk.current().sheet.items[0].item.mark
    room.act(case, Action.NOTE, note="居民又来电")
    line = desk.current().sheet.line(case_key(desk.current(), case.case.whistle.number))
    assert line is not None
    assert (line.is_accepted, line.changed) == (False, True)
    assert "changed since" in denied(IllegalMove, lambda: sign_in(room))
    assert "changed since" in denied(Conflict, lambda: desk.accept(day, new_request(), line.item.key, "", mark))
    accept_all(room)
    room.blow(facts(kind=WhistleKind.ROUTINE, severity=Severity.NORMAL, place="", matter="noise"))
    assert "Not accepted yet" in denied(IllegalMove, lambda: sign_in(room))
    accept_all(room)
    sign_in(room)
    assert set(owners(room).values()) == {DAY_OFFICER}


def test_the_same_person_cannot_do_both(room: Room) -> None:
    """Who stands in both shifts and signed out does not sign in."""
    to(room, "2020-07-03 07:50")
    sign_out(room)
    street = room.house.streets.current().street
    shifts = tuple(
        replace(one, officers=(*one.officers, OFFICER)) if one.code == "D20200703" else one for one in street.shifts
    )
    with_both = replace(street, shifts=shifts)
    room.house.streets.load(with_both, room.actor(ADMIN), new_request())
    accept_all(room, OFFICER)
    assert "somebody else takes over" in denied(IllegalMove, lambda: sign_in(room, OFFICER))
    sign_in(room)


def test_nobody_leaves_before_relief(room: Room) -> None:
    """The end of the shift passes: it goes on holding the desk; who is not on the roster opens the next shift."""
    to(room, "2020-07-03 07:50")
    sign_out(room)
    accept_all(room)
    sign_in(room)
    to(room, "2020-07-03 19:30")
    desk = room.house.handovers
    assert room.house.duty.shift() is None
    holder = desk.holding()
    assert holder is not None
    assert holder.shift.code == "D20200703"
    sign_out(room, DAY_OFFICER)
    assert next_step(desk.current()) is Step.ROSTER
    assert "no shift that follows" in denied(IllegalMove, lambda: sign_in(room, OFFICER))
    room.house.duty.open_shift(
        room.actor(OFFICER), ShiftKind.NIGHT, local("2020-07-04 08:00"), "JF-DB", (OFFICER, OFFICER_B), new_request()
    )
    holder = desk.holding()
    assert holder is not None
    assert holder.shift.code == "D20200703"
    accept_all(room, OFFICER)
    sign_in(room, OFFICER)
    holder = desk.holding()
    assert holder is not None
    assert holder.shift.officers == (OFFICER, OFFICER_B)


def test_the_same_request_is_one_step(room: Room) -> None:
    """Sent again it writes nothing; used for something else it is refused."""
    room.blow(facts(kind=WhistleKind.ROUTINE, severity=Severity.NORMAL))
    to(room, "2020-07-03 07:55")
    sign_out(room)
    file = accept_all(room)
    request, day = new_request(), room.actor(DAY_OFFICER)
    signed = room.house.handovers.sign_in(day, request, file.digest)
    before = room.seq()
    assert room.house.handovers.sign_in(day, request, file.digest).sheet == signed.sheet
    assert room.seq() == before
    with pytest.raises(Conflict):
        room.house.handovers.note(day, request, "别的")


def test_both_shifts_add_to_a_signed_one(room: Room) -> None:
    """It is frozen: what is added carries its author and time."""
    to(room, "2020-07-03 07:50")
    sign_out(room)
    accept_all(room)
    signed = sign_in(room)
    assert signed.record is not None
    later = to(room, "2020-07-03 09:00").house.handovers
    file = later.note(room.actor(OFFICER), new_request(), "仓库钥匙在二楼", signed.record.id)
    assert [(one.text, one.by, one.after) for one in file.additions] == [("仓库钥匙在二楼", OFFICER, True)]
    assert file.sheet == signed.sheet
    with pytest.raises(NotPermitted):
        later.note(room.actor("ZP-1"), new_request(), "别人", signed.record.id)


def test_a_handover_is_no_step_of_a_case(room: Room) -> None:
    """Its version stays, what was asked of it before still is; the last step can still be undone by who made it."""
    case = room.blow()
    to(room, "2020-07-03 07:50")
    noted = room.act(case, Action.MADE_SAFE, note="围挡到位")
    sign_out(room)
    accept_all(room)
    sign_in(room)
    stored = room.stored(case.case.whistle.id)
    assert (stored.whistle.version, stored.whistle.owner) == (noted.case.whistle.version, DAY_OFFICER)
    assert room.events(case.case.whistle.id)[-1].kind is EventKind.HANDED_OVER
    undone = room.act(case, Action.UNDO)
    assert undone.case.whistle.made_safe_at is None
    room.check(case.case.whistle.id)


@pytest.mark.parametrize("seed", range(8))
def test_none_is_lost_and_none_twice(room: Room, seed: int) -> None:
    """Random cases and entries, changes between every two steps: afterwards every open case has the new owner, once."""
    chance = random.Random(seed)
    made = []

    def something() -> None:
        room.later(minutes=chance.randrange(1, 4))
        if chance.random() < 0.6 or not made:
            kind = chance.choice([WhistleKind.EMERGENCY, WhistleKind.ROUTINE, WhistleKind.TOUGH])
            place, matter = "", f"m{len(made)}"
            made.append(room.blow(facts(kind=kind, place=place, matter=matter), by=OFFICER))
        elif chance.random() < 0.5:
            room.act(chance.choice(made), Action.NOTE, note=f"又有消息 {chance.random()}")
        else:
            room.house.log.add(room.actor(OFFICER), new_request(), Told({"content": "未了"}, state=LogState.OPEN))

    to(room, "2020-07-03 06:30")
    for _ in range(chance.randrange(6)):
        something()
    to(room, "2020-07-03 07:40")
    sign_out(room)
    for _ in range(20):
        accept_all(room)
        if chance.random() < 0.5:
            something()
        try:
            sign_in(room)
        except IllegalMove:
            tell_all(room)
            continue
        break
    else:
        tell_all(room)
        accept_all(room)
        sign_in(room)
    found = owners(room)
    assert set(found.values()) <= {DAY_OFFICER}
    assert len(found) == len({one.case.whistle.id for one in made})
    for one in made:
        kinds = [event.kind for event in room.events(one.case.whistle.id)]
        assert kinds.count(EventKind.HANDED_OVER) == 1
        assert room.stored(one.case.whistle.id).whistle.state in BOARD_STATES


def test_two_desks_sign_at_once(database: Path) -> None:
    """One takes over, the other hears who did; each case has one entry of it."""
    first = Room.open(database)
    cases = [first.blow(facts(kind=WhistleKind.ROUTINE, place="", matter=f"m{n}")) for n in range(5)]
    to(first, "2020-07-03 07:55")
    second = Room.open(database, first.clock, "desk-2")
    sign_out(first)
    digest = accept_all(first).digest
    came: list[str] = []
    start = threading.Barrier(2)

    def take(room: Room, by: str) -> None:
        start.wait()
        try:
            room.house.handovers.sign_in(room.actor(by), new_request(), digest)
            came.append(by)
        except WanggeError as error:
            came.append(error.message.msgid)

    threads = [threading.Thread(target=take, args=pair) for pair in ((first, DAY_OFFICER), (second, DAY_OTHER))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = [one for one in came if one.startswith("JF-")]
    assert len(winner) == 1
    assert "Nothing is being handed over; {who} took over at {at}." in came
    assert set(owners(first).values()) == set(winner)
    for case in cases:
        kinds = [event.kind for event in first.events(case.case.whistle.id)]
        assert kinds.count(EventKind.HANDED_OVER) == 1
    first.house.close()
    second.house.close()


def test_without_any_handover_the_roster_says_who_holds_the_desk(room: Room) -> None:
    """The shift before holds on while the next one has only just begun; what nobody signed is no handover."""
    desk = room.house.handovers
    for at, code in (
        ("2020-07-02 23:50", "N20200702"), ("2020-07-03 08:12", "N20200702"), ("2020-07-03 10:30", "D20200703"),
        ("2020-07-03 19:00", "D20200703"),
    ):  # fmt: skip
        holder = to(room, at).house.handovers.holding()
        assert holder is not None
        assert (holder.shift.code, holder.recorded) == (code, False)
    to(room, "2020-07-05 19:00")
    assert desk.holding() is None
    with pytest.raises(NotFound):
        desk.current()

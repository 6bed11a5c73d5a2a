"""Signals and response levels raise the posture at once; nothing but a person lowers it (behaviours 19, 22, 30)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.actor import Channel
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound, NotPermitted
from app.domain.events import EventKind
from app.domain.flood import Ending
from app.domain.grid_status import GridWord
from app.domain.message import Message
from app.domain.org import Role
from app.domain.posture import Colour, Posture, ResponseLevel, WaterLevel
from app.render.glyphs import Glyphs
from app.render.news import event_sentence
from app.render.sight import Sight
from app.render.words import Words
from app.samples.script import ZONE, local
from app.services.flood import Flood
from app.services.flood_entries import Recorded
from app.services.flood_view import Postures
from app.services.following import Following, Happened
from app.services.ports import Reads, Writes
from tests.services.room import Room, new_request
from tests.services.warned import COMMAND, OFFICE, events_on, find_row, level, signal
from tests.unit.cases import GRID, MEMBER, OFFICER, refused

LEADER = "JF-DB"


class Plans:
    """Stands for the re-planning of rounds: remembers what it was told, in which transaction."""

    def __init__(self) -> None:
        self.told: list[tuple[Posture, Posture]] = []
        self.breaks = False

    def __call__(self, writes: Writes, before: Posture, after: Posture, at: object) -> None:
        if self.breaks:
            raise IllegalMove(Message("The planning refuses."))
        assert writes.posture().posture is after, "it is called within the transaction, once the row stands"
        self.told.append((before, after))


def flood_of(room: Room, plans: Plans | None = None, water: WaterLevel | None = None) -> Flood:
    """The service with a planning that remembers, and gauges that stand somewhere."""

    def level(_reads: Reads, _at: object) -> WaterLevel | None:
        return water

    house = room.house
    return Flood(house.store, room.clock, house.policies, house.streets, Postures(level, plans or Plans()))


def test_the_strictest_of_signals_levels_and_gauges_is_in_force(room: Room) -> None:
    """Each raises at once, in the transaction of its record; what asks for less changes nothing."""
    plans = Plans()
    flood = flood_of(room, plans)
    who = room.actor(OFFICER)
    done = flood.warnings.add(who, new_request(), Colour.BLUE, "暴雨", OFFICE)
    assert (done.before, done.flood.posture) == (Posture.SEASON, Posture.BLUE)
    done = flood.add_level(who, new_request(), ResponseLevel.III, COMMAND, "永汛〔2021〕7号")
    assert (done.before, done.flood.posture) == (Posture.BLUE, Posture.YELLOW)
    done = flood.add_level(who, new_request(), ResponseLevel.IV, "别的指挥部", "2号")
    assert (done.before, done.flood.posture) == (Posture.YELLOW, Posture.YELLOW)
    high = flood_of(room, plans, WaterLevel.GUARANTEE)
    assert high.take_effect()
    assert high.show().posture is Posture.RED
    assert plans.told == [(Posture.SEASON, Posture.BLUE), (Posture.BLUE, Posture.YELLOW), (Posture.YELLOW, Posture.RED)]
    kinds = [event.kind for event in events_on(room, "posture")]
    assert kinds == [EventKind.POSTURE_CHANGED] * 3
    assert not high.take_effect()


def test_heat_is_recorded_and_makes_no_river_round(room: Room) -> None:
    """It is a signal in force; the posture is about water."""
    done = signal(room, Colour.RED, "高温")
    assert done.flood.posture is Posture.SEASON
    assert [one.event.zh for one in done.flood.signals_at(room.clock.at)] == ["高温"]


def test_what_the_planning_refuses_leaves_nothing_behind(room: Room) -> None:
    """The record, the posture and the planning stand or fall together."""
    plans = Plans()
    plans.breaks = True
    flood = flood_of(room, plans)
    before = room.seq()
    with pytest.raises(IllegalMove):
        flood.warnings.add(room.actor(OFFICER), new_request(), Colour.RED, "暴雨", OFFICE)
    assert room.seq() == before
    assert flood.show().posture is Posture.SEASON
    assert flood.warnings.since() == ()


def test_the_same_request_writes_once_and_another_person_is_refused(room: Room) -> None:
    """A request number answers for one thing (reliability 4)."""
    request, flood = new_request(), room.house.flood
    first = flood.add_level(room.actor(OFFICER), request, ResponseLevel.IV, COMMAND, "9号")
    seq = room.seq()
    again = flood.add_level(room.actor(OFFICER), request, ResponseLevel.IV, COMMAND, "9号")
    assert (again.response, again.known, room.seq()) == (first.response, True, seq)
    with pytest.raises(Conflict):
        flood.add_level(room.actor(LEADER), request, ResponseLevel.IV, COMMAND, "9号")


@pytest.mark.parametrize(("issuer", "number", "field"), [("", "7号", "issuer"), ("县防指", " ", "number")])
def test_a_level_without_issuer_or_number_is_refused(room: Room, issuer: str, number: str, field: str) -> None:
    """It is recorded from its document, never computed."""
    with refused(BadInput, "is missing", field):
        room.house.flood.add_level(room.actor(OFFICER), new_request(), ResponseLevel.II, issuer, number)
    assert room.house.flood.show().posture is Posture.SEASON


def test_who_is_not_at_the_desk_records_neither(room: Room) -> None:
    """Grid members walk the river; the desk records documents (domain 2.10)."""
    with pytest.raises(NotPermitted):
        room.house.flood.warnings.add(room.actor(MEMBER), new_request(), Colour.RED, "暴雨", OFFICE)
    with pytest.raises(NotPermitted):
        room.house.flood.add_level(room.actor(MEMBER), new_request(), ResponseLevel.I, COMMAND, "1号")


def test_what_is_over_asks_to_be_lowered_and_does_not_lower(room: Room) -> None:
    """It runs out at 02:20: the posture stays, the view says to what it may go and why; the leader lowers it."""
    room.clock.at = local("2020-07-02 23:20")
    signal(room, Colour.ORANGE, until=room.clock.at + timedelta(hours=3))
    level(room, ResponseLevel.IV, "11号")
    flood = room.house.flood
    assert flood.show().lower_to(room.clock.at) is None
    room.later(hours=3)
    assert not flood.take_effect()
    view = flood.show()
    assert (view.posture, view.lower_to(room.clock.at)) == (Posture.ORANGE, Posture.BLUE)
    assert [reason.msgid for reason in view.over] == ["{what} ran out at {at}"]
    with pytest.raises(NotPermitted):
        flood.lower(room.actor(OFFICER), new_request(), Posture.BLUE)
    with refused(IllegalMove, "cannot be lowered"):
        flood.lower(room.actor(LEADER), new_request(), Posture.SEASON)
    with refused(IllegalMove, "no lower"):
        flood.lower(room.actor(LEADER), new_request(), Posture.RED)
    request = new_request()
    done = flood.lower(room.actor(LEADER), request, Posture.BLUE, reason="雨停")
    assert (done.before, done.flood.posture) == (Posture.ORANGE, Posture.BLUE)
    assert events_on(room, "posture")[-1].words == {"reason": "雨停"}
    seq = room.seq()
    assert flood.lower(room.actor(LEADER), request, Posture.BLUE).flood.posture is Posture.BLUE
    assert room.seq() == seq
    with refused(IllegalMove, "Nothing is to be lowered"):
        flood.lower(room.actor(LEADER), new_request())


def test_the_desk_lowers_for_the_leader_who_phoned(room: Room) -> None:
    """Named, by which way; who may not decide is not named in vain."""
    done = signal(room, Colour.YELLOW)
    assert done.signal is not None
    flood, officer = room.house.flood, room.actor(OFFICER)
    room.later(minutes=40)
    flood.warnings.cancel(officer, new_request(), done.signal.id, reason="12379 短信解除")
    with refused(BadInput, "how you were told", "channel"):
        flood.lower(officer, new_request(), by=LEADER)
    with pytest.raises(NotPermitted):
        flood.lower(officer, new_request(), by=MEMBER, channel=Channel.PHONE)
    assert flood.lower(officer, new_request(), by=LEADER, channel=Channel.PHONE).flood.posture is Posture.SEASON
    event = events_on(room, "posture")[-1]
    assert (event.actor, event.on_behalf_of, event.channel) == (OFFICER, LEADER, Channel.PHONE)


def test_a_later_document_of_the_issuer_takes_the_place_of_the_earlier(room: Room) -> None:
    """Ⅱ after Ⅲ raises; Ⅳ after Ⅱ ends it and leaves the posture to be lowered."""
    level(room, ResponseLevel.III, "1号")
    room.later(hours=1)
    assert level(room, ResponseLevel.II, "2号").flood.posture is Posture.ORANGE
    room.later(hours=5)
    done = level(room, ResponseLevel.IV, "3号")
    now = room.clock.at
    assert (done.flood.posture, done.flood.lower_to(now)) == (Posture.ORANGE, Posture.BLUE)
    response = done.flood.response_at(now)
    assert response is not None
    assert (response.level, response.number) == (ResponseLevel.IV, "3号")
    assert [one.ended_as for one in room.house.flood.levels()] == [None, Ending.SUPERSEDED, Ending.SUPERSEDED]
    with refused(IllegalMove, "recorded already"):
        level(room, ResponseLevel.IV, "3号")
    room.later(hours=1)
    ended = room.house.flood.end_level(room.actor(OFFICER), new_request(), reason="4号")
    assert ended.response is not None
    assert (ended.response.ended_as, ended.response.reason) == (Ending.ENDED, "4号")
    with refused(IllegalMove, "No response level"):
        room.house.flood.end_level(room.actor(OFFICER), new_request())


def test_what_begins_later_raises_when_its_time_comes_exactly_once(room: Room, database: Path) -> None:
    """Two engines over one file, both at once: one entry, one planning, whoever was first."""
    begins = room.clock.at + timedelta(minutes=40)
    level(room, ResponseLevel.II, "21号", begins_at=begins)
    other = Room.open(database, room.clock, "desk-2")
    plans = (Plans(), Plans())
    engines = (flood_of(room, plans[0]), flood_of(other, plans[1]))
    assert [engine.next_instant() for engine in engines] == [begins, begins]
    assert not any(engine.take_effect() for engine in engines)
    room.later(minutes=40)
    assert engines[0].show().posture is Posture.SEASON
    both = threading.Barrier(2)
    did: list[bool] = []

    def run(engine: Flood) -> None:
        both.wait()
        did.append(engine.take_effect())

    threads = [threading.Thread(target=run, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(did) == [False, True]
    assert plans[0].told + plans[1].told == [(Posture.SEASON, Posture.ORANGE)]
    (event,) = events_on(room, "posture")
    assert (event.actor, event.role) == ("system", Role.SYSTEM)
    assert engines[1].next_instant() is None
    other.house.close()


def test_undo_takes_back_record_posture_and_planning_together(room: Room) -> None:
    """The earlier state comes back: posture and since when, the signal that had given way; by entries of its own."""
    room.clock.at = local("2020-07-02 21:15")
    first = signal(room, Colour.YELLOW)
    since = first.flood.standing.since
    room.later(minutes=30)
    plans = Plans()
    flood = flood_of(room, plans)
    wrong = flood.warnings.add(room.actor(OFFICER), new_request(), Colour.RED, "暴雨", OFFICE, number="88")
    assert wrong.flood.posture is Posture.RED
    room.later(minutes=4)
    request = new_request()
    back = flood.undo(room.actor(OFFICER), request)
    assert (back.before, back.flood.posture, back.flood.standing.since) == (Posture.RED, Posture.YELLOW, since)
    assert [(one.colour, one.in_force(room.clock.at)) for one in back.flood.signals] == [(Colour.YELLOW, True)]
    assert plans.told == [(Posture.YELLOW, Posture.RED), (Posture.RED, Posture.YELLOW)]
    last = events_on(room, "posture")[-1]
    assert (last.kind, last.id) == (EventKind.UNDONE, request)
    assert wrong.signal is not None
    gone = events_on(room, f"warning/{wrong.signal.id.hex}")
    assert [event.kind for event in gone] == [EventKind.WARNING_RECORDED, EventKind.UNDONE]
    seq = room.seq()
    assert flood.undo(room.actor(OFFICER), request).flood.posture is Posture.YELLOW
    assert room.seq() == seq
    with refused(IllegalMove, "no change of the posture"):
        flood.undo(room.actor(OFFICER), new_request())
    right = flood.warnings.add(room.actor(OFFICER), new_request(), Colour.ORANGE, "暴雨", OFFICE, number="88")
    assert right.flood.posture is Posture.ORANGE, "the number is free again"


def test_undo_of_lowering_puts_the_posture_back(room: Room) -> None:
    """Lowered too soon: one step back."""
    done = signal(room, Colour.ORANGE)
    assert done.signal is not None
    room.later(minutes=1)
    flood = room.house.flood
    flood.warnings.cancel(room.actor(OFFICER), new_request(), done.signal.id)
    flood.lower(room.actor(LEADER), new_request())
    assert flood.undo(room.actor(LEADER), new_request()).flood.posture is Posture.ORANGE


def test_undo_is_for_what_is_fresh_own_and_last(room: Room, database: Path) -> None:
    """Not after ten minutes, not another desk's, not what was changed since, not what came by the clock."""
    flood = room.house.flood
    with refused(IllegalMove, "no change of the posture"):
        flood.undo(room.actor(OFFICER), new_request())
    done = signal(room, Colour.BLUE)
    other = Room.open(database, room.clock, "desk-2")
    with refused(IllegalMove, "Another desk"):
        other.house.flood.undo(other.actor(OFFICER), new_request())
    other.house.close()
    room.later(minutes=10, seconds=1)
    with refused(IllegalMove, "longer than"):
        flood.undo(room.actor(OFFICER), new_request())
    done = signal(room, Colour.YELLOW)
    assert done.signal is not None
    signals = flood.warnings
    signals.cancel(room.actor(OFFICER), new_request(), done.signal.id)
    assert "recorded" in flood.to_undo(room.actor(OFFICER)).what.msgid
    seen = flood.to_undo(room.actor(OFFICER)).event.id
    signal(room, Colour.BLUE, "山洪灾害")
    with refused(Conflict, "recorded meanwhile"):
        flood.undo(room.actor(OFFICER), new_request(), seen=seen)
    level(room, ResponseLevel.I, "5号", begins_at=room.clock.at + timedelta(minutes=1))
    room.later(minutes=2)
    assert flood.take_effect()
    with refused(IllegalMove, "as its time came"):
        flood.undo(room.actor(OFFICER), new_request())


def said(recorded: Recorded) -> str:
    """What was taken back, in Chinese."""
    assert recorded.taken_back is not None
    return Words("zh").in_zone(ZONE).say(recorded.taken_back)


def test_undo_takes_back_the_newest_entry_alone_and_names_it(room: Room) -> None:
    """A yellow signal after the orange one that raised the posture: the yellow one goes, the orange one stays."""
    flood, officer = room.house.flood, room.actor(OFFICER)
    signal(room, Colour.ORANGE)
    room.later(minutes=1)
    slip = level(room, ResponseLevel.IV, "31号")
    assert slip.flood.posture is Posture.ORANGE
    back = flood.undo(officer, new_request())
    assert said(back) == "07-02 23:51 录入的永顺县防汛抗旱指挥部Ⅳ级响应"
    assert (back.flood.posture, back.flood.responses) == (Posture.ORANGE, ())
    assert [one.colour for one in back.flood.signals] == [Colour.ORANGE]
    with refused(IllegalMove, "no change of the posture"):
        flood.undo(officer, new_request())
    assert level(room, ResponseLevel.IV, "31号").response is not None, "the number is free again"


def test_undo_brings_back_what_was_ended_by_mistake(room: Room) -> None:
    """The wrong signal was cancelled, the level ended an hour ago: it is in force again, under its own time."""
    flood, officer = room.house.flood, room.actor(OFFICER)
    room.clock.at -= timedelta(hours=2)
    first, second = signal(room, Colour.ORANGE), level(room, ResponseLevel.III, "32号")
    assert first.signal is not None
    assert second.response is not None
    room.later(hours=2)
    flood.warnings.cancel(officer, new_request(), first.signal.id)
    back = flood.undo(officer, new_request())
    assert "解除" in said(back)
    assert [(one.id, one.in_force(room.clock.at)) for one in back.flood.signals] == [(first.signal.id, True)]
    room.later(minutes=1)
    flood.end_level(officer, new_request(), at=room.clock.at - timedelta(hours=1))
    assert flood.undo(officer, new_request()).flood.response_at(room.clock.at) is not None
    room.later(minutes=1)
    flood.warnings.cancel(officer, new_request(), first.signal.id)
    flood.lower(room.actor(LEADER), new_request())
    assert flood.undo(room.actor(LEADER), new_request()).flood.posture is Posture.ORANGE


def test_undo_never_goes_below_what_is_asked_now(room: Room) -> None:
    """Another signal has begun meanwhile: the posture goes back to that one's."""
    signal(room, Colour.ORANGE, begins_at=room.clock.at + timedelta(minutes=1))
    level(room, ResponseLevel.I, "6号")
    room.later(minutes=2)
    assert room.house.flood.undo(room.actor(OFFICER), new_request()).flood.posture is Posture.ORANGE


def test_a_typed_signal_gives_way_to_the_next_of_its_issuer(room: Room) -> None:
    """Yellow becomes orange: one signal in force; another issuer's stays."""
    signal(room, Colour.YELLOW)
    room.house.flood.warnings.add(room.actor(OFFICER), new_request(), Colour.YELLOW, "暴雨", "州气象台")
    room.later(minutes=50)
    view = signal(room, Colour.ORANGE).flood
    shown = view.signals_at(room.clock.at)
    assert [(one.colour, one.issuer.zh) for one in shown] == [(Colour.ORANGE, OFFICE), (Colour.YELLOW, "州气象台")]


def test_different_matters_of_a_broad_kind_stand_side_by_side(room: Room) -> None:
    """A gas leak is not over because the power fails; neither raises the posture."""
    signal(room, Colour.RED, "燃气泄漏")
    view = signal(room, Colour.ORANGE, "大面积停电").flood
    assert {one.event.zh for one in view.signals_at(room.clock.at)} == {"燃气泄漏", "大面积停电"}
    assert view.posture is Posture.SEASON


def test_a_signal_typed_twice_is_one_and_another_colour_is_a_question(room: Room) -> None:
    """The same number, issuer and time: known; with another colour it is refused, and says how it stands."""
    at = room.clock.at
    signal(room, Colour.BLUE, issued_at=at, number="3")
    assert signal(room, Colour.BLUE, issued_at=at, number="3").known
    with refused(IllegalMove, "recorded already, as"):
        signal(room, Colour.RED, issued_at=at, number="3")


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"issued_at": timedelta(hours=1)}, "issued_at"),
        ({"until": timedelta(hours=-1)}, "until"),
    ],
)
def test_times_that_cannot_be_are_refused(room: Room, how: dict[str, timedelta], field: str) -> None:
    """Nothing is issued in the future; nothing ends before it begins."""
    with refused(BadInput, "", field):
        signal(room, Colour.BLUE, **{name: room.clock.at + span for name, span in how.items()})
    assert room.house.flood.warnings.since() == ()


def test_every_grid_shows_the_signal_and_yellow_asks_for_attention(room: Room) -> None:
    """Blue is a colour of its own and no attention; yellow and Ⅲ are (domain 2.9)."""
    signal(room, Colour.BLUE)
    view = room.house.desk.view()
    assert {status.figures.warning for status in view.grids} == {Colour.BLUE}
    calm = {status.grid.code: status.word for status in view.grids}
    level(room, ResponseLevel.III, "8号")
    view = room.house.desk.view()
    assert view.flood is not None
    status = next(one for one in view.grids if one.grid.code == GRID)
    assert any(reason.msgid == "response {level}" for reason in status.reasons)
    assert all(one.word in (GridWord.ATTENTION, GridWord.ALARM) for one in view.grids)
    assert calm[GRID] is not GridWord.ALARM


def test_a_street_in_season_reads_one_row(room: Room) -> None:
    """Nothing of the flood is looked at while no posture is in force."""
    assert room.house.desk.view().flood is None


def test_the_rows_say_what_the_entries_say(room: Room) -> None:
    """Each stream's version is its row's, and every text typed lies in words alone."""
    one = signal(room, Colour.YELLOW, number="77", area="灵溪镇").signal
    assert one is not None
    (event,) = events_on(room, f"warning/{one.id.hex}")
    assert dict(event.words) == {"event": "暴雨", "issuer": OFFICE, "number": "77", "area": "灵溪镇"}
    assert not any(text in str(event.payload) for text in ("暴雨", OFFICE, "灵溪"))
    again = find_row(room, one.id)
    assert (again.version, again.number, again.issuer.zh) == (1, "77", OFFICE)


def test_unknown_ones_are_said_to_be_unknown(room: Room) -> None:
    """A sentence, nothing else."""
    with pytest.raises(NotFound):
        room.house.flood.warnings.find("abcdef")
    finders: list[Callable[[], object]] = [
        lambda: room.house.flood.warnings.cancel(room.actor(OFFICER), new_request(), UUID(int=5)),
        lambda: room.house.evacuation.find("户9"),
    ]
    for find in finders:
        with pytest.raises(NotFound):
            find()


def test_the_news_say_what_became_of_the_posture(room: Room) -> None:
    """One line for the signal, one for the posture, one for each that was taken back, and who was told of it."""
    following = Following(room.house, room.seq(), room.clock.at)
    signal(room, Colour.RED)
    room.house.flood.undo(room.actor(OFFICER), new_request())
    room.later(seconds=1)
    happened = [one for one in following.look() if isinstance(one, Happened)]
    words = Words("zh")
    sight = Sight(words, Glyphs(), room.house.streets.current(), ZONE, room.clock.at)
    said = [event_sentence(one.event, None, "", sight, one.about) for one in happened]
    expected = ("记录预警", "将防汛戒备改为红色", "已提醒", "预警记录", "戒备变动", "已提醒")
    assert len(said) == len(expected)
    assert all(part in line for part, line in zip(expected, said, strict=True))


def test_the_level_that_is_named_ends_and_no_other(room: Room) -> None:
    """With two in force the one under the cursor; a second time it is over already."""
    kept = level(room, ResponseLevel.II, "31号").response
    room.later(minutes=3)
    weaker = room.house.flood.add_level(
        room.actor(OFFICER), new_request(), ResponseLevel.IV, "另一个防指", "32号"
    ).response
    assert kept is not None
    assert weaker is not None
    room.later(minutes=3)
    room.house.flood.end_level(room.actor(OFFICER), new_request(), level_id=weaker.id)
    standing = room.house.flood.show().response_at(room.clock.at)
    assert standing is not None
    assert standing.id == kept.id
    with refused(IllegalMove, "over already"):
        room.house.flood.end_level(room.actor(OFFICER), new_request(), level_id=weaker.id)

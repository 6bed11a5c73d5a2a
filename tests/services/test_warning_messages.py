"""What messages do to one another: updates, cancellations, lifts, several hazards, other places (domain 4.5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.flood import Aside, Ending, Part
from app.domain.hazard import Hazard
from app.domain.posture import Colour, Posture
from app.render.words import Words
from tests.services.room import Room, new_request
from tests.services.warned import cap, find_row, imported
from tests.unit.cap_files import SENT, alert, info, utf8


def test_a_message_comes_twice_and_is_written_once(room: Room) -> None:
    """By its identifier, sender and time; from whichever desk."""
    content = cap(room, minutes=20)
    (first,) = imported(room, content)
    assert (first.known, first.flood.posture) == (False, Posture.YELLOW)
    seq = room.seq()
    (again,) = imported(room, content)
    assert (again.known, room.seq()) == (True, seq)
    assert first.signal is not None
    message = room.house.flood.warnings.message(first.signal.id)
    assert message is not None
    assert message.infos[0].headline == "永顺县气象台发布暴雨预警"


@pytest.mark.parametrize("swapped", [False, True])
def test_an_update_takes_the_place_of_what_it_names_in_either_order(room: Room, swapped: bool) -> None:
    """Also when it comes in first."""
    sent = (room.clock.at - timedelta(minutes=50)).isoformat()
    first = cap(room, minutes=50, identifier="one", severity="Orange")
    update = cap(room, minutes=5, identifier="two", msgType="Update", references=f"ys@example.test,one,{sent}")
    for content in (update, first) if swapped else (first, update):
        imported(room, content)
    view = room.house.flood.show()
    assert [one.identifier for one in view.signals_at(room.clock.at)] == ["two"]
    one = room.house.flood.warnings.find("one")
    assert (one.ended_as, one.over(room.clock.at)) == (Ending.SUPERSEDED, True)
    assert view.posture is (Posture.YELLOW if swapped else Posture.ORANGE)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_cancellation_ends_what_it_names_in_either_order(room: Room, swapped: bool) -> None:
    """Nothing is in force after it; the posture that was raised waits to be lowered."""
    first = cap(room, minutes=50, identifier="one")
    cancel = cap(room, minutes=5, identifier="three", msgType="Cancel", references="ys@example.test,one,garbled")
    for content in (cancel, first) if swapped else (first, cancel):
        imported(room, content)
    view = room.house.flood.show()
    assert view.signals_at(room.clock.at) == ()
    assert room.house.flood.warnings.find("one").ended_as is Ending.CANCELLED
    assert view.lower_to(room.clock.at) == (None if swapped else Posture.SEASON)


def test_a_test_never_ends_what_is_in_force(room: Room) -> None:
    """Nor does it raise anything; it is kept all the same."""
    imported(room, cap(room, minutes=50, identifier="one"))
    imported(room, cap(room, minutes=5, identifier="t", status="Test", msgType="Cancel", references="one"))
    imported(room, cap(room, minutes=4, identifier="u", status="Test", severity="Red"))
    view = room.house.flood.show()
    assert [one.identifier for one in view.signals_at(room.clock.at)] == ["one"]
    assert view.posture is Posture.YELLOW
    assert {one.identifier for one in room.house.flood.warnings.since()} == {"one", "t", "u"}


def test_a_warning_for_another_place_is_kept_and_raises_nothing(room: Room) -> None:
    """Once the street has said where it is; without that every warning counts."""
    sent = "2020-07-02T23:40:00+08:00"
    rules = room.house.patrol_rules.text().replace("[here]\n", '[here]\nnames = ["吉首"]\n', 1)
    room.house.patrol_rules.load(rules, room.actor("JF-GL"), new_request())
    elsewhere = utf8(
        alert(info(severity="Red", more="<area><areaDesc>永顺县</areaDesc></area>"), identifier="far", sent=sent)
    )
    (recorded,) = imported(room, elsewhere)
    assert recorded.signal is not None
    assert not recorded.signal.counts
    assert room.house.flood.show().posture is Posture.SEASON
    near = utf8(
        alert(info(severity="Red", more="<area><areaDesc>湘西州吉首市</areaDesc></area>"), identifier="near", sent=sent)
    )
    (ours,) = imported(room, near)
    assert ours.signal is not None
    assert ours.signal.counts
    assert room.house.flood.show().posture is Posture.RED


def test_every_hazard_of_a_message_is_kept(room: Room) -> None:
    """The row is of what asks for the most; the others are read back with their colours, as is why one is aside."""
    gale = info(event="大风", severity="Blue", headline="大风蓝色预警") + info(severity="Yellow")
    (done,) = imported(room, utf8(alert(gale, sent=room.clock.at.isoformat())))
    assert done.signal is not None
    assert (done.signal.hazard, done.signal.colour, done.signal.event.zh) == (Hazard.RAINSTORM, Colour.YELLOW, "暴雨")
    assert done.signal.also == (Part(Hazard.GALE, Colour.BLUE),)
    assert done.flood.posture is Posture.YELLOW
    lifted = alert(info(headline="解除暴雨预警"), identifier="l", sent=room.clock.at.isoformat())
    (over,) = imported(room, utf8(lifted))
    assert over.signal is not None
    assert (over.signal.aside, over.signal.posture) == (Aside.LIFTED, Posture.SEASON)


def test_a_lift_ends_what_it_refers_to_whatever_its_type(room: Room) -> None:
    """解除 with a reference is a cancellation, also in a message of type Alert."""
    (first,) = imported(room, cap(room, minutes=9, identifier="first"))
    over = alert(info(headline="解除暴雨黄色预警"), identifier="l", references=f"ys@example.test,first,{SENT}")
    (done,) = imported(room, utf8(over.replace(SENT + "</sent>", room.clock.at.isoformat() + "</sent>")))
    assert first.signal is not None
    assert [one.id for one in done.ended] == [first.signal.id]
    assert find_row(room, first.signal.id).ended_as is Ending.CANCELLED
    assert done.told == ()


def test_what_should_end_something_and_ends_nothing_says_so(room: Room) -> None:
    """Without a reference, or with one to a message that is not recorded; what still holds is named."""
    imported(room, cap(room, minutes=9, identifier="first"))
    words = Words("en")
    for n, (texts, said) in enumerate([
        ({"msgType": "Cancel"}, "refers to no message"),
        ({"msgType": "Cancel", "references": f"ys@example.test,missing,{SENT}"}, "missing, not recorded"),
    ]):  # fmt: skip
        (done,) = imported(room, cap(room, minutes=5 - n, identifier=f"c{n}", **texts))
        told = [words.say(one) for one in done.told]
        assert said in told[0]
        assert "still in force" in told[1]
        assert "暴雨" in told[1]
    assert room.house.flood.show().posture is Posture.YELLOW

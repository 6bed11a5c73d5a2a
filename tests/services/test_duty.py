"""Who holds the desk, shifts, and what was solved on the spot (decisions 10, domain 2.8, 6.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import BadInput, NotFound, NotPermitted
from app.domain.org import Role, ShiftKind
from app.samples.script import local
from tests.services.room import Room, new_request
from tests.unit.cases import BEAUTY, GRID, LEADER, LIAISONS, MEMBER, OFFICER, OFFICER_B, refused


def test_the_acting_member_carries_posts_and_station(room: Room) -> None:
    """Chosen by code, with this desk's name; nobody else sits down."""
    actor = room.actor(OFFICER)
    assert (actor.member, actor.station, actor.roles()) == (OFFICER, "desk-1", {Role.DUTY_OFFICER})
    assert actor.host
    with refused(NotFound, "JF-ZB9"):
        room.actor("JF-ZB9")


def test_those_on_shift_are_offered_first(room: Room) -> None:
    """Officers, then the leader of the running shift; everybody offered can act."""
    offered = [member.code for member in room.house.duty.candidates()]
    assert offered[:3] == [OFFICER, OFFICER_B, LEADER]
    assert len(offered) == len(set(offered))
    assert all(member.posts for member in room.house.duty.candidates())


@pytest.mark.parametrize(
    ("clock", "code"),
    [("2020-07-02 17:59", "D20200702"), ("2020-07-02 18:00", "N20200702"), ("2020-07-03 07:59", "N20200702"),
     ("2020-07-03 08:00", "D20200703"), ("2020-07-05 12:00", "")],
)  # fmt: skip
def test_the_running_shift_is_the_roster_s(room: Room, clock: str, code: str) -> None:
    """From its start up to, and not including, its end."""
    room.clock.at = local(clock)
    shift = room.house.duty.shift()
    assert (shift.code if shift else "") == code


def test_a_shift_is_opened_where_the_roster_has_none(room: Room) -> None:
    """Once for a request; not beside another, not backwards, not by who has no part in the desk."""
    room.clock.at = local("2020-07-05 18:00")
    duty, officer, ends = room.house.duty, room.actor(OFFICER), local("2020-07-06 08:00")
    request = new_request()
    with pytest.raises(NotPermitted):
        duty.open_shift(room.actor(MEMBER), ShiftKind.NIGHT, ends, LEADER, (OFFICER,), request)
    with refused(BadInput, "must lie ahead", "ends_at"):
        duty.open_shift(officer, ShiftKind.NIGHT, room.clock.at, LEADER, (OFFICER,), request)
    with refused(NotFound, "JF-ZB9"):
        duty.open_shift(officer, ShiftKind.NIGHT, ends, LEADER, ("JF-ZB9",), request)
    opened = duty.open_shift(officer, ShiftKind.NIGHT, ends, LEADER, (OFFICER, OFFICER_B), request)
    seq = room.seq()
    assert duty.open_shift(officer, ShiftKind.NIGHT, ends, LEADER, (OFFICER, OFFICER_B), request) == opened
    assert room.seq() == seq
    assert duty.shift() == opened
    with refused(BadInput, "already running"):
        duty.open_shift(officer, ShiftKind.NIGHT, ends, LEADER, (OFFICER,), new_request())
    assert room.house.desk.view().shift == opened


def test_a_small_service_needs_no_whistle(room: Room) -> None:
    """Recorded with who did it, kept once, seen by the grid's status; no case comes of it."""
    duty, request = room.house.duty, new_request()
    texts = {"title": "帮居民修好进户电线\u200b 1 户", "note": " "}
    for _ in range(2):
        spot = duty.record_spot(
            room.actor(OFFICER), "service", GRID, texts, request, place="jifeng_garden", by="SH-G01-SQ",
        )  # fmt: skip
    seq = room.seq()
    assert duty.spots(room.clock.at - timedelta(hours=1)) == (spot,)
    assert (spot.by, spot.texts, spot.occurred_at) == ("SH-G01-SQ", {"title": "帮居民修好进户电线 1 户"}, room.clock.at)
    with room.house.store.read() as reads:
        event = reads.event(request)
        assert reads.open_count() == 0
        assert reads.last_record_by_grid()[GRID] == room.clock.at
    assert event is not None
    assert (event.actor, event.on_behalf_of, event.role, event.seq) == (OFFICER, "SH-G01-SQ", Role.DUTY_OFFICER, seq)


def test_the_grid_s_own_people_and_the_desk_record_in_it(room: Room) -> None:
    """A member elsewhere, a department's liaison or a viewer does not."""

    def record(by: str) -> None:
        room.house.duty.record_spot(room.actor(by), "visit", GRID, {"title": "走访 2 户"}, new_request())

    for by in (MEMBER, "SH-DEP", OFFICER, LEADER):
        record(by)
    for by in ("LF-G03-A", "LF-SEC", LIAISONS[BEAUTY], "JF-DP"):
        with refused(NotPermitted, "may not record"):
            record(by)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"kind": "party"}, "kind"), ({"grid": "JF-SH"}, "grid"), ({"place": "nowhere"}, "place"),
     ({"texts": {"title": "\u200b"}}, "title"), ({"texts": {"title": "长" * 201}}, "title"),
     ({"ahead": 6}, "occurred_at")],
)  # fmt: skip
def test_an_incomplete_spot_is_refused_by_field(room: Room, change: dict[str, object], field: str) -> None:
    """Nothing is written, and the sentence is about the field that is wrong."""
    given: dict[str, object] = {"kind": "visit", "grid": GRID, "texts": {"title": "走访"}, "place": "", "ahead": 0}
    given |= change
    seq = room.seq()
    with refused(BadInput, field=field):
        room.house.duty.record_spot(
            room.actor(MEMBER), str(given["kind"]), str(given["grid"]), given["texts"], new_request(),  # type: ignore[arg-type]
            place=str(given["place"]), occurred_at=room.clock.at + timedelta(minutes=int(str(given["ahead"]))),
        )  # fmt: skip
    assert room.seq() == seq


def test_who_is_named_as_having_done_it_must_be_known(room: Room) -> None:
    """A code nobody has is a slip."""
    with refused(NotFound, "SH-G01-X"):
        room.house.duty.record_spot(room.actor(OFFICER), "visit", GRID, {"title": "走访"}, new_request(), by="SH-G01-X")


def test_a_retired_member_no_longer_acts_and_is_still_named(room: Room) -> None:
    """Left out of a new load: not offered, not spoken for; the past keeps their name."""
    street = room.house.streets.current().street
    rest = tuple(member for member in street.members if member.code != OFFICER_B)
    shifts = tuple(replace(s, officers=tuple(o for o in s.officers if o != OFFICER_B)) for s in street.shifts)
    room.house.streets.load(replace(street, members=rest, shifts=shifts), room.actor("JF-GL"), new_request())
    with pytest.raises(NotFound):
        room.actor(OFFICER_B)
    with room.house.store.read() as reads:
        member = reads.member(OFFICER_B)
    assert member is not None
    assert member.name.zh == "街道·值班员乙"

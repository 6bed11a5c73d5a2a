"""A request number answers for one thing only: whatever else it is used for is refused, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from app.domain.errors import Conflict
from app.domain.moves import Action
from app.domain.org import ShiftKind
from app.samples import POLICY, STREET, sample_text
from app.services.org_file import read_org_toml
from tests.services.room import Room
from tests.unit.cases import ADMIN, GRID, LEADER, MEMBER, OFFICER, refused


def load_policy(room: Room, request: UUID) -> object:
    changed = sample_text(POLICY).replace("24", "23", 1)
    return room.house.policies.load(changed, room.actor(ADMIN), request)


def load_street(room: Room, request: UUID) -> object:
    return room.house.streets.load(read_org_toml(sample_text(STREET), STREET), room.actor(ADMIN), request)


def open_shift(room: Room, request: UUID) -> object:
    room.clock.at += timedelta(days=3)
    ends = room.clock.at + timedelta(hours=8)
    return room.house.duty.open_shift(room.actor(OFFICER), ShiftKind.NIGHT, ends, LEADER, (OFFICER,), request)


def record_spot(room: Room, request: UUID) -> object:
    return room.house.duty.record_spot(room.actor(OFFICER), "visit", GRID, {"title": "送药"}, request)


@pytest.mark.parametrize("use", [load_policy, load_street, open_shift, record_spot])
def test_a_number_that_blew_a_whistle_does_nothing_else(room: Room, use: Callable[[Room, UUID], object]) -> None:
    """Neither a traceback nor a success that wrote nothing."""
    blown = room.blow()
    seq = room.seq()
    with refused(Conflict, "used for something else"):
        use(room, blown.event.id)
    assert room.seq() == seq


def test_a_number_is_good_for_one_move_of_a_case(room: Room) -> None:
    """The same case, the same person, another move: refused; the same move again: known."""
    blown = room.blow()
    noted = room.act(blown, Action.NOTE, note="雨停了")
    for number in (blown.event.id, noted.event.id):
        with refused(Conflict, "used for something else"):
            room.act(blown, Action.LEVEL_UP, request_id=number)
    assert room.act(blown, Action.NOTE, note="雨停了", request_id=noted.event.id).already_known


def test_a_number_that_saved_a_draft_does_not_blow_a_second_case(room: Room) -> None:
    """The answer to saving was lost and the person blows instead: one report, one case."""
    saved = room.blow(action=Action.DRAFT)
    again = room.blow(request_id=saved.event.id)
    assert (again.already_known, again.case.whistle.id) == (True, saved.case.whistle.id)
    assert room.act(saved, Action.BLOW, told=MEMBER).case.whistle.number

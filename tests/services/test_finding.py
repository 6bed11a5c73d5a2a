"""Finding cases: names of the street as it stands, renames, both languages, the desk's list of ended cases."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from app.domain.case_filter import CaseFilter
from app.domain.message import Name
from app.domain.moves import Action
from app.domain.whistle import WhistleState
from app.services.ports import ArchiveQuery
from tests.services.room import Room
from tests.unit.cases import MEMBER, OFFICER, PLATFORM, facts


def found(room: Room, typed: str) -> int:
    """How many cases fit."""
    return room.house.finding.search(typed).count


def dispatched(room: Room) -> None:
    """One case at the bridge, raised to the zone, with two departments sent."""
    case = room.blow(facts())
    room.act(case, Action.LEVEL_UP)
    room.act(case, Action.DISPATCH, told=PLATFORM, lead="utilities_center", assists=("emergency_bureau",))


def test_names_in_both_languages_codes_and_initials_find(room: Room) -> None:
    """Department, grid, community, place, members, kind and matter: by part of the name, beginning of code or word."""
    dispatched(room)
    for typed in (
        "公共事业", "公共", "应急局", "utilities_center", "emergency_b", "ggsy", "双河一", "双河", "SH-G01",
        "jf-sh-g01", "双河大桥", "shdq", "应急哨", "emergency", MEMBER, OFFICER, "值班员甲", "公共 双河一 井盖",
    ):  # fmt: skip
        assert found(room, typed) == 1, typed
    for typed in ("美丽办", "牯牛坪", "日常哨", "公共 牯牛坪", "u"):
        assert found(room, typed) == 0, typed


def test_a_renamed_department_is_found_by_its_new_name_at_once(room: Room) -> None:
    """With no case written anew; its former name finds it no more."""
    dispatched(room)
    street = room.house.streets.current().street
    renamed = [
        replace(one, name=Name("市政服务中心", "Municipal services"), short=Name("市政", "Municipal"))
        if one.code == "utilities_center"
        else one
        for one in street.departments
    ]
    admin = next(m.code for m in street.members if any(p.role == "street_admin" for p in m.posts))
    room.house.streets.load(replace(street, departments=tuple(renamed)), room.actor(admin), uuid4())
    assert (found(room, "市政"), found(room, "municipal"), found(room, "公共事业中心")) == (1, 1, 0)


def test_a_search_is_narrowed_by_state_and_grid(room: Room) -> None:
    """Only cases in these states, only of these grids."""
    case = room.blow(facts())
    finding = room.house.finding
    assert finding.search("井盖", states=frozenset({WhistleState.OPEN})).count == 1
    assert finding.search("井盖", grids=frozenset({case.case.whistle.grid})).count == 1
    assert finding.search("井盖", grids=frozenset({"JF-SH-G02"})).count == 0
    assert finding.search("井盖", states=frozenset({WhistleState.CLOSED})).count == 0


def test_the_archive_goes_back_for_ever(room: Room) -> None:
    """What ended is listed however long ago it was, or since an instant; narrowed by words when there are some."""
    first = room.blow(facts())
    room.act(first, Action.WITHDRAW, told=MEMBER, reason="误报")
    room.later(days=8)
    finding, everything = room.house.finding, ArchiveQuery()
    assert finding.archive(ArchiveQuery(since=room.house.clock.now())).rows == ()
    assert [row.whistle.id for row in finding.archive(everything).rows] == [first.case.whistle.id]
    assert len(finding.archive(everything, "井盖 误报").rows) == finding.archive_count(everything, "误报") == 1
    assert len(finding.archive(everything, "路灯").rows) == finding.archive_count(everything, "*") == 0
    assert finding.archive_counts()[WhistleState.WITHDRAWN] == 1
    for member, rows in ((OFFICER, 1), (MEMBER, 1), (PLATFORM, 0)):  # who recorded it, who blew it, neither
        only = CaseFilter(people=frozenset({member}))
        assert len(finding.archive(everything, only=only).rows) == finding.archive_count(everything, only=only) == rows

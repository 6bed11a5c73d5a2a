"""Policy versions, organisation loads and the drill's clock, as all processes see them (decisions 7, 20)."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.bootstrap import found_house
from app.domain.actor import SYSTEM_ACTOR
from app.domain.errors import BadInput, NotFound, Refused
from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.whistle import AssignmentState
from app.samples import POLICY, sample_text
from app.samples.script import ScriptClock, local
from app.services.clocks import set_drill_clock
from tests.services.room import Room, new_request, settings_at
from tests.unit.cases import LIAISONS, PLATFORM, UTILITIES, refused, street

PLAIN = sample_text(POLICY)
SLOWER = PLAIN.replace('report_in = "30 min"', 'report_in = "45 min"')


def test_a_new_policy_is_the_next_version_and_running_cases_keep_theirs(room: Room) -> None:
    """Loaded once however often it is sent; what says nothing new makes no version; "apply" is the case's own step."""
    case = room.blow()
    room.act(case, Action.LEVEL_UP)
    room.act(case, Action.DISPATCH, PLATFORM, lead=UTILITIES)
    admin, request = room.actor("JF-GL"), new_request()
    assert room.house.policies.load(PLAIN, admin, new_request()).version == 1
    seq = room.seq()
    for _ in range(2):
        assert room.house.policies.load(SLOWER, admin, request).version == 2
    assert room.seq() == seq + 1
    assert room.house.policies.current().version == 2
    noted = room.act(case, Action.NOTE, note="新规则已载入")
    assert noted.case.whistle.policy_version == 1
    assert noted.case.assignments[0].report_in_due == room.clock.at + timedelta(minutes=30)
    applied = room.act(case, Action.APPLY_PLAN, "JF-GL", reason="新规则更合适")
    assert applied.case.assignments[0].report_in_due == room.clock.at + timedelta(minutes=45)
    room.check(case.case.whistle.id)
    with refused(NotFound, "3"):
        room.house.policies.version(3)


def test_a_broken_policy_changes_nothing(room: Room) -> None:
    """Refused whole, with the version in force untouched."""
    seq = room.seq()
    with pytest.raises(BadInput):
        room.house.policies.load("[case", room.actor("JF-GL"), new_request())
    assert room.seq() == seq
    assert room.house.policies.current().version == 1


def test_another_process_s_load_is_noticed(database: Path) -> None:
    """A desk that was open sees the new organisation with its next look."""
    one, two = Room.open(database), Room.open(database, station="desk-2")
    before = one.house.streets.current()
    assert one.house.streets.current() is before
    two.house.streets.load(street().street, two.actor("JF-GL"), new_request())
    assert one.house.streets.current() is not before
    assert one.house.streets.current().street == before.street
    one.house.close()
    two.house.close()


def test_a_load_is_made_once(room: Room) -> None:
    """The same request again loads nothing."""
    request = new_request()
    room.house.streets.load(street().street, room.actor("JF-GL"), request)
    seq = room.seq()
    again = room.house.streets.load(street().street, room.actor("JF-GL"), request)
    assert (again.added, again.updated, again.retired, room.seq()) == ({}, {}, {}, seq)


def test_a_drill_s_clock_is_one_row_that_every_desk_reads(database: Path) -> None:
    """Set once; it runs on with the wall, at its speed, and the other desk follows when it looks."""
    wall = ScriptClock(local("2026-01-01 12:00"))
    one, two = Room.open(database, wall), Room.open(database, wall, station="desk-2")
    set_drill_clock(one.house.store, wall, local("2020-07-02 23:53"), 60, SYSTEM_ACTOR, new_request())
    for room in (one, two):
        room.house.clock.refresh()
        assert room.house.clock.now() == local("2020-07-02 23:53")
    wall.at += timedelta(seconds=15)
    assert one.house.clock.now() == two.house.clock.now() == local("2020-07-03 00:08")
    assert (one.house.clock.speed, one.house.clock.wall()) == (60, wall.at)
    blown = two.blow()
    assert blown.event.recorded_at == local("2020-07-03 00:08")
    assert blown.case.whistle.number == "W-20200703-01"
    with refused(Refused, "cannot go back"):
        set_drill_clock(one.house.store, wall, local("2020-07-03 00:07"), 1, SYSTEM_ACTOR, new_request())
    with refused(BadInput, "speed"):
        set_drill_clock(one.house.store, wall, local("2020-07-03 01:00"), 4000, SYSTEM_ACTOR, new_request())
    one.house.close()
    two.house.close()


def test_a_clock_that_stands_still_stands(database: Path) -> None:
    """Speed nought: the drill waits until it is set again."""
    wall = ScriptClock(local("2026-01-01 12:00"))
    room = Room.open(database, wall)
    set_drill_clock(room.house.store, wall, local("2020-07-03 00:30"), 0, SYSTEM_ACTOR, new_request())
    room.house.clock.refresh()
    wall.at += timedelta(hours=9)
    assert room.house.clock.now() == local("2020-07-03 00:30")
    room.house.close()


def test_the_street_s_own_database_follows_the_wall(tmp_path: Path) -> None:
    """Only a drill has a clock of its own (decisions 20)."""
    wall = ScriptClock(local("2020-07-02 23:53"))
    house = found_house(settings_at(tmp_path / "own.db"), street=street().street, wall=wall)
    assert not house.station.drill
    with refused(Refused, "follows the wall clock"):
        set_drill_clock(house.store, wall, local("2020-07-03 01:00"), 1, SYSTEM_ACTOR, uuid4())
    assert house.clock.now() == wall.at
    house.close()


def test_a_year_without_published_working_days_is_said(room: Room) -> None:
    """In November the next year's plan is expected; until then only this year's."""
    with room.house.store.read() as reads:
        assert room.house.policies.plan_is_missing(reads) is None
        room.clock.at = local("2031-05-06 09:00")
        assert room.house.policies.plan_is_missing(reads) == 2031


def test_late_word_counts_from_when_it_happened(room: Room) -> None:
    """Stored times are those told; what is past is due at once and reads as overdue (decisions 18)."""
    case = room.blow()
    room.act(case, Action.LEVEL_UP)
    room.act(case, Action.DISPATCH, PLATFORM, lead=UTILITIES)
    room.later(minutes=40)
    intent = room.intent(Action.REPORT_IN, told=UTILITIES, department=UTILITIES, person="组长", said="二十分钟前就到了")
    came = room.house.whistles.act(
        case.case.whistle.id, replace(intent, occurred_at=room.clock.at - timedelta(minutes=20))
    )
    (mine,) = came.case.assignments
    assert (mine.state, mine.reported_in_at) == (AssignmentState.REPORTED_IN, room.clock.at - timedelta(minutes=20))
    assert LIAISONS[UTILITIES] not in (came.event.actor, came.event.on_behalf_of)
    room.check(case.case.whistle.id)


def test_a_plan_the_program_has_learned_is_filled_in_once(database: Path) -> None:
    """A policy loaded before the plan was out gets it as a new version by the program; two desks make one."""
    wall = ScriptClock(local("2021-12-01 09:00"))
    one, two = Room.open(database, wall), Room.open(database, wall, station="desk-2")
    case = one.blow()
    assert one.house.desk.view().plan_missing == 2022
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda room: room.house.policies.renew_calendar(), (one, two)))
    assert sorted(made) == [False, True]
    for room in (one, two):
        assert room.house.desk.view().plan_missing is None
        assert room.house.policies.current().version == 2
        assert not room.house.policies.renew_calendar()
    assert one.stored(case.case.whistle.id).whistle.policy_version == 1
    with one.house.store.read() as reads:
        (loaded,) = [e for e in (reads.event(i) for i in event_ids(database)) if e and e.payload.get("version") == 2]
    assert (loaded.kind, loaded.actor, loaded.payload["before"]) == (EventKind.POLICY_LOADED, "system", 1)
    one.house.close()
    two.house.close()


def test_a_plan_that_nobody_knows_makes_no_version(database: Path) -> None:
    """A year far ahead is not published: the word stays, the policy too."""
    room = Room.open(database, ScriptClock(local("2093-03-01 09:00")))
    assert room.house.desk.view().plan_missing == 2093
    assert not room.house.policies.renew_calendar()
    assert room.house.policies.current().version == 1
    room.house.close()


def event_ids(database: Path) -> list[UUID]:
    """Ids of all policy loads in the file."""
    with sqlite3.connect(database) as connection:
        return [UUID(row[0]) for row in connection.execute("SELECT id FROM event WHERE kind = 'policy_loaded'")]

"""The shift log: one line for each event, entries put right by new ones, open ones until somebody closes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound, NotPermitted
from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.shift_log import FLOWS, LogSource, LogState
from app.samples.script import local
from app.services.shift_log import Told
from tests.services.room import Room, new_request
from tests.unit.cases import GRID, OFFICER, refused

CALL = Told({"content": "居民问步行道何时开放", "phone": "13800001111"}, LogSource.PHONE, LogState.OPEN)


def test_an_entry_is_kept_with_its_columns(room: Room) -> None:
    """When it happened and when it was written down stay apart; it is numbered, and belongs to the running shift."""
    told = Told({"content": " 路灯\u200b不亮 ", "told": "带班领导 23:42"}, at=local("2020-07-02 23:40"), grid=GRID)
    entry = room.house.log.add(room.actor(OFFICER), new_request(), told)
    assert (entry.number, entry.state, entry.source, entry.grid) == (1, LogState.NOTED, LogSource.DESK, GRID)
    assert dict(entry.texts) == {"content": "路灯不亮", "told": "带班领导 23:42"}
    assert (entry.at, entry.recorded_at) == (local("2020-07-02 23:40"), local("2020-07-02 23:50"))
    shift = room.house.duty.shift()
    assert shift is not None
    assert entry.shift == shift.code
    assert room.house.log.find("#1") == entry
    (line,) = [line for line in room.house.log.page().lines if line.entry is not None]
    assert (line.entry, line.at, line.undone) == (entry, entry.at, False)


def test_sent_twice_is_written_once(room: Room) -> None:
    """The same request number is the same entry; used for something else it is refused."""
    request = new_request()
    first = room.house.log.add(room.actor(OFFICER), request, CALL)
    assert room.house.log.add(room.actor(OFFICER), request, CALL) == first
    with refused(Conflict, "used for something else"):
        room.house.log.close(room.actor(OFFICER), request, first.id, "已答复")
    assert len(room.house.log.open_entries()) == 1


def test_an_open_entry_stands_until_it_is_closed(room: Room) -> None:
    """In every shift after it, and once in the log of each time."""
    log, who = room.house.log, room.actor(OFFICER)
    entry = log.add(who, new_request(), CALL)
    room.later(hours=9)
    assert [one.number for one in log.page().open] == [1]
    closed = log.close(who, new_request(), entry.id, "已答复，7 点开放")
    assert (closed.state, closed.closed_at, closed.closed_by) == (LogState.CLOSED, room.clock.at, OFFICER)
    assert log.find("1").closing == {"result": "已答复，7 点开放"}
    assert log.open_entries() == ()
    with refused(IllegalMove, "is not open"):
        log.close(who, new_request(), entry.id)
    kinds = [line.event.kind for line in log.page().lines]
    assert kinds.count(EventKind.LOG_CLOSED) == 1


def test_a_correction_is_a_new_entry(room: Room) -> None:
    """Both stay, the old one counts no more; nobody corrects what was corrected already."""
    log, who = room.house.log, room.actor(OFFICER)
    first = log.add(who, new_request(), CALL)
    second = log.add(who, new_request(), Told({"content": "居民问步行道几点开放"}, LogSource.PHONE), corrects=first.id)
    assert (second.number, second.corrects, second.at) == (2, first.id, first.at)
    assert log.find("1").corrected_by == second.id
    assert log.open_entries() == ()
    lines = {line.entry.number: line for line in log.page().lines if line.entry is not None}
    assert (lines[1].undone, lines[2].undone) == (True, False)
    with refused(Conflict, "put right already"):
        log.add(who, new_request(), CALL, corrects=first.id)
    with refused(IllegalMove, "is not open"):
        log.close(who, new_request(), first.id)
    with refused(NotFound, "no such entry"):
        log.add(who, new_request(), CALL, corrects=uuid4())


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told({}), "is missing"), (Told({"content": "​ "}), "is missing"),
        (Told({"content": "水" * 501}), "too long"), (Told({"content": "电话 13900002222"}), "phone number"),
        (Told({"content": "停电", "caller": "王 13900002222"}), "phone number"),
        (Told({"content": "停电"}, at=local("2020-07-03 01:00")), "has not come yet"),
        (Told({"content": "停电"}, grid="JF-XX"), "no grid"), (Told({"content": "停电"}, place="nowhere"), "no place"),
    ],
)  # fmt: skip
def test_bad_input_changes_nothing(room: Room, told: Told, why: str) -> None:
    """A sentence, and no entry."""
    before = room.seq()
    with refused(BadInput, why):
        room.house.log.add(room.actor(OFFICER), new_request(), told)
    assert room.seq() == before


def test_who_keeps_no_log_is_told_so(room: Room) -> None:
    """A department's liaison reads it and writes elsewhere."""
    liaison = next(
        member.code for member in room.house.streets.current().street.members
        if {post.role.value for post in member.posts} == {"dept_liaison"}
    )  # fmt: skip
    with refused(NotPermitted, "it is for"):
        room.house.log.add(room.actor(liaison), new_request(), CALL)


def test_what_happens_elsewhere_stands_in_it_once(room: Room) -> None:
    """A case's entries, a reminder with everything that happened to it in one line; nothing is left out or twice."""
    case = room.blow()
    room.later(minutes=4)
    room.act(case, Action.LEVEL_UP, told="JF-DB")
    room.later(minutes=5)
    room.act(case, Action.NOTE, note="已电话报告")
    told = Told({"content": "州防指来电询问"}, LogSource.PHONE, whistle_id=case.case.whistle.id)
    room.house.log.add(room.actor(OFFICER), new_request(), told)
    page = room.house.log.page()
    stood = [event.id for line in page.lines for event in (line.event, *line.more)]
    assert len(stood) == len(set(stood))
    since = page.since
    with room.house.store.read() as reads:
        wanted = {event.id for event in reads.events_since(0, 10_000)
                  if event.kind in FLOWS and since <= event.occurred_at < page.until}  # fmt: skip
    assert set(stood) == wanted
    numbers = {line.number for line in page.lines if line.event.kind in (EventKind.BLOWN, EventKind.LOGGED)}
    assert numbers == {case.case.whistle.number}


def test_a_corrected_time_moves_the_line(room: Room) -> None:
    """To the shift in which it happened; it says what it said before, and is never in two shifts."""
    case = room.blow()
    (entry,) = [line for line in room.house.log.page().lines if line.event.kind is EventKind.BLOWN]
    at = local("2020-07-02 17:30")
    intent = replace(room.intent(Action.CORRECT, entry=entry.event.id, reason="记错了"), occurred_at=at)
    room.house.whistles.act(case.case.whistle.id, intent)
    night = room.house.log.page()
    assert not [line for line in night.lines if line.event.id == entry.event.id]
    day = room.house.log.beside(night, -1)
    assert day is not None
    (moved,) = [line for line in day.lines if line.event.id == entry.event.id]
    assert (moved.at, moved.was) == (at, entry.at)


def test_logs_of_shifts_join_without_a_gap(room: Room) -> None:
    """From shift to shift back and forth; the instant at which one ends belongs to the next."""
    log = room.house.log
    page = log.page()
    room.house.log.add(room.actor(OFFICER), new_request(), Told({"content": "交班前"}, at=page.since))
    back = log.beside(page, -1)
    assert back is not None
    assert back.until == page.since
    forth = log.beside(back, 1)
    assert forth is not None
    assert (forth.since, forth.until) == (page.since, page.until)
    pages = [log.page(since=one.since, until=one.until) for one in (back, page)]
    texts = [line.entry.texts["content"] for one in pages for line in one.lines if line.entry is not None]
    assert texts == ["交班前"]
    with refused(NotFound, "no shift"):
        log.page(shift="N20990101")
    assert log.page(since=page.since - timedelta(days=1), until=page.since).lines == ()

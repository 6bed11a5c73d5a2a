"""The morning briefing: what belongs to which, numbers that are their lists, signed once, frozen (behaviours 24–27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.action_item import ItemState
from app.domain.briefing import Count, RefKind, Section
from app.domain.briefing_privacy import refuse_personal_numbers
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound, NotPermitted
from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.org import SixRole
from app.domain.policy import WhistleKind
from app.domain.reminder import ReminderState
from app.domain.shift_log import LogSource, LogState
from app.samples.script import local
from app.services.shift_log import Told
from tests.services.room import Room, new_request
from tests.unit.cases import GRID, MEMBER, OFFICER, facts, refused

STREET, LEADER, ELSEWHERE = "JF", "JF-DB", "JF-GNP-G02"


def to(room: Room, at: str) -> Room:
    """The clock to a local time."""
    room.clock.at = local(at)
    room.house.clock.refresh()
    return room


def sign(room: Room, unit: str = GRID, by: str = LEADER) -> None:
    """Signed as it is now."""
    room.house.briefings.sign(room.actor(by), new_request(), unit, room.house.briefings.draft(unit).digest)


def count(room: Room, what: Count, unit: str = GRID) -> int:
    """One number of the draft."""
    return room.house.briefings.draft(unit).sheet.figure(what).value


def test_it_covers_the_time_from_the_last_one_to_its_own(room: Room) -> None:
    """The opening hour; the very instant belongs to the next one; once signed, the next working day's is the draft."""
    to(room, "2020-07-03 07:50")
    file = room.house.briefings.draft(GRID)
    assert (file.since, file.until) == (local("2020-07-02 08:00"), local("2020-07-03 08:00"))
    to(room, "2020-07-03 08:00")
    room.blow(facts(kind=WhistleKind.EMERGENCY))
    assert count(room, Count.RECEIVED) == 0
    sign(room)
    after = room.house.briefings.draft(GRID)
    assert (after.since, after.until) == (local("2020-07-03 08:00"), local("2020-07-06 08:00"))
    assert after.sheet.figure(Count.RECEIVED_BY_DAY).value == 1


def test_what_is_written_down_late_belongs_to_the_next_one(room: Room) -> None:
    """It happened before the end of a signed briefing: no briefing lacks it, none has it twice, and it is said."""
    to(room, "2020-07-03 08:05")
    sign(room)
    room.house.log.add(room.actor(OFFICER), new_request(), Told(
        {"content": "夜里居民来电问路灯"}, LogSource.PHONE, at=local("2020-07-03 03:00"), grid=GRID))  # fmt: skip
    signed = room.house.briefings.file(room.house.briefings.signed(GRID)[0].id)
    assert signed.sheet.figure(Count.RECEIVED).value == 0
    after = room.house.briefings.draft(GRID).sheet
    assert (after.figure(Count.RECEIVED).value, after.late) == (1, 1)
    to(room, "2020-07-06 08:00")
    sign(room)
    assert room.house.briefings.draft(GRID).sheet.figure(Count.RECEIVED).value == 0


def test_every_number_is_the_length_of_its_list(room: Room) -> None:
    """Cases blown and calls taken; what became of them; departments in time and late."""
    to(room, "2020-07-02 23:50")
    case = room.blow()
    room.later(minutes=6)
    room.house.log.add(room.actor(OFFICER), new_request(), Told(
        {"content": "居民问步行道"}, LogSource.PHONE, LogState.OPEN, grid=GRID))  # fmt: skip
    room.house.log.add(room.actor(OFFICER), new_request(), Told({"content": "换了电台电池"}, grid=GRID))
    to(room, "2020-07-03 07:50")
    sheet = room.house.briefings.draft(GRID).sheet
    assert {ref.kind for ref in sheet.figure(Count.RECEIVED).refs} == {RefKind.CASE, RefKind.LOG}
    assert [sheet.figure(one).value for one in (Count.RECEIVED, Count.HANDED_ON, Count.UNSETTLED)] == [2, 0, 2]
    assert [line.number for line in sheet.received] == [case.case.whistle.number]
    assert sheet.figure(Count.OPEN).refs[0].id == str(case.case.whistle.id)
    assert [line.number for line in sheet.review] == [case.case.whistle.number]


def test_a_unit_sees_its_own_and_the_street_all(room: Room) -> None:
    """A case of another grid stands in its own briefing, its community's and the street's."""
    case = room.blow(replace(facts(), grid=ELSEWHERE, place=""), told="GNP-G02-A").case.whistle
    assert [count(room, Count.OPEN, unit) for unit in (GRID, ELSEWHERE, case.community, STREET)] == [0, 1, 1, 1]
    with refused(NotFound, "holds no briefings"):
        room.house.briefings.draft("JF-NOWHERE")


def test_a_case_that_changes_before_signing_is_said(room: Room) -> None:
    """Nothing is signed that nobody saw; looked at again it can be (behaviours 27)."""
    to(room, "2020-07-03 07:55")
    briefings = room.house.briefings
    seen = briefings.draft(GRID).digest
    room.blow()
    with refused(Conflict, "changed since you looked"):
        briefings.sign(room.actor(LEADER), new_request(), GRID, seen)
    assert briefings.signed(GRID) == ()
    file = briefings.sign(room.actor(LEADER), new_request(), GRID, briefings.draft(GRID).digest)
    assert file.signed
    assert file.sheet.figure(Count.OPEN).value == 1


def test_signed_it_is_frozen_and_additions_stand_apart(room: Room) -> None:
    """Whatever happens later; what is added has its author and time (behaviours 25)."""
    to(room, "2020-07-03 07:58")
    case = room.blow()
    sign(room)
    record = room.house.briefings.signed(GRID)[0]
    before = room.house.briefings.file(record.id)
    to(room, "2020-07-03 09:00")
    room.act(case, Action.NOTE, note="后来的事")
    note = room.house.briefings.note(
        room.actor(OFFICER), new_request(), GRID, Section.NIGHT, "更正：盖板为临时", briefing_id=record.id
    )
    after = room.house.briefings.file(record.id)
    assert after.sheet == before.sheet
    assert [(one.text, one.by, one.at) for one in after.additions] == [("更正：盖板为临时", OFFICER, note.at)]
    request = new_request()
    with refused(Conflict):
        room.house.briefings.sign(room.actor(LEADER), request, GRID, before.digest)


def test_who_may_sign_and_when(room: Room) -> None:
    """The leaders; the same request signs once; hours before its time nobody."""
    briefings = room.house.briefings
    to(room, "2020-07-03 07:50")
    digest = briefings.draft(GRID).digest
    with refused(NotPermitted, "it is for"):
        briefings.sign(room.actor(OFFICER), new_request(), GRID, digest)
    request = new_request()
    first = briefings.sign(room.actor(LEADER), request, GRID, digest)
    assert briefings.sign(room.actor(LEADER), request, GRID, digest) == first
    to(room, "2020-07-03 20:00")
    with refused(IllegalMove, "it can be signed from"):
        briefings.sign(room.actor(LEADER), new_request(), GRID, briefings.draft(GRID).digest)


def test_personal_numbers_are_refused_with_the_place(room: Room) -> None:
    """In a note at once; in what stood elsewhere before, at signing, with section and case."""
    to(room, "2020-07-03 07:50")
    briefings = room.house.briefings
    with refused(BadInput, "identity or phone number"):
        briefings.note(room.actor(OFFICER), new_request(), GRID, Section.COORDINATION, "找王某 13900002222")
    room.blow()
    briefings.note(room.actor(OFFICER), new_request(), GRID, Section.COORDINATION, "沿江井盖普查，请街道牵头")
    sheet = briefings.draft(GRID).sheet
    spoiled = replace(sheet, open=tuple(replace(one, title="户主 13900002222 家门口塌陷") for one in sheet.open))
    refuse_personal_numbers(sheet)
    with refused(BadInput, "looks like an identity or phone number"):
        refuse_personal_numbers(spoiled)


def test_the_six_roles_speak_and_who_is_silent_is_said(room: Room) -> None:
    """One note a role; a note without its role is refused; corrected by another one."""
    to(room, "2020-07-03 07:50")
    briefings, who = room.house.briefings, room.actor(OFFICER)
    with refused(BadInput, "which of the six roles"):
        briefings.note(who, new_request(), GRID, Section.SIX_ROLES, "无")
    first = briefings.note(
        who, new_request(), GRID, Section.SIX_ROLES, "居民问步行道", six_role=SixRole.OPINION_SURVEYOR
    )
    again = new_request()
    briefings.note(who, again, GRID, Section.SIX_ROLES, "居民问步行道何时开放", six_role=SixRole.OPINION_SURVEYOR,
                   corrects=first.id)  # fmt: skip
    briefings.note(who, again, GRID, Section.SIX_ROLES, "居民问步行道何时开放", six_role=SixRole.OPINION_SURVEYOR,
                   corrects=first.id)  # fmt: skip
    sheet = briefings.draft(GRID).sheet
    assert [note.text for note in sheet.notes_of(Section.SIX_ROLES)] == ["居民问步行道何时开放"]
    assert len(sheet.notes) == 2


def test_attendance_is_recorded_with_reasons(room: Room) -> None:
    """Who is there and who is not, chair and recorder; the last record counts; nobody is both."""
    to(room, "2020-07-03 07:50")
    briefings, who = room.house.briefings, room.actor(OFFICER)
    briefings.attend(who, new_request(), GRID, [MEMBER, OFFICER], {}, chair=LEADER, recorder=OFFICER)
    file = briefings.attend(who, new_request(), GRID, [OFFICER], {MEMBER: "巡河未归"})
    assert {one.member: one.why for one in file.sheet.present} == {OFFICER: "", MEMBER: "巡河未归"}
    assert file.record is not None
    assert (file.record.chair, file.record.recorder) == (LEADER, OFFICER)
    with refused(BadInput, "cannot be here and away"):
        briefings.attend(who, new_request(), GRID, [MEMBER], {MEMBER: "病假"})
    with refused(NotFound, "no member"):
        briefings.attend(who, new_request(), GRID, ["NOBODY"], {})


def test_an_item_carries_over_until_it_is_done(room: Room) -> None:
    """It reminds its owner, stands in every briefing of its unit and of the street, and is late after its time."""
    to(room, "2020-07-03 07:50")
    items, who = room.house.action_items, room.actor(OFFICER)
    due = local("2020-07-03 10:00")
    item = items.add(who, new_request(), GRID, "复查同段其余井盖", MEMBER, due, place="双河大桥段", grid=GRID)
    with room.house.store.read() as reads:
        reminder = reads.duty.reminder(item.reminder_id)  # type: ignore[arg-type]
    assert reminder is not None
    assert (reminder.member, reminder.next_at, reminder.state) == (MEMBER, due, ReminderState.ACTIVE)
    sign(room)
    to(room, "2020-07-06 07:50")
    assert [count(room, Count.UNDONE, unit) for unit in (GRID, STREET, ELSEWHERE)] == [1, 1, 0]
    ended = items.end(who, new_request(), item.id, "全部复查完")
    assert (ended.state, ended.ending) == (ItemState.DONE, {"result": "全部复查完"})
    assert count(room, Count.TASKS) == 0
    with room.house.store.read() as reads:
        reminder = reads.duty.reminder(item.reminder_id)  # type: ignore[arg-type]
    assert reminder is not None
    assert reminder.state is ReminderState.REMOVED
    with refused(IllegalMove, "done already"):
        items.end(who, new_request(), item.id)
    with refused(BadInput, "has passed"):
        items.add(who, new_request(), GRID, "迟了的事", MEMBER, due)
    other = items.add(who, new_request(), GRID, "防坠网需求", MEMBER, due + timedelta(days=4))
    with refused(BadInput, "why it is not to be done"):
        items.end(who, new_request(), other.id, done=False)


def test_drafts_of_two_desks_are_one(room: Room, database: object) -> None:
    """What one notes the other sees; the draft is opened once."""
    to(room, "2020-07-03 07:50")
    other = Room.open(room.house.settings.database, room.clock, station="desk-2")
    room.house.briefings.note(room.actor(OFFICER), new_request(), GRID, Section.SAFETY, "堤脚易滑")
    other.house.briefings.note(other.actor(OFFICER), new_request(), GRID, Section.SAFETY, "两人同行")
    for one in (room, other):
        sheet = one.house.briefings.draft(GRID).sheet
        assert [note.text for note in sheet.notes_of(Section.SAFETY)] == ["堤脚易滑", "两人同行"]
    with room.house.store.read() as reads:
        kinds = [event.kind for event in reads.events_since(0, 10_000)]
    assert kinds.count(EventKind.BRIEFING_OPENED) == 1
    other.house.close()


@pytest.mark.parametrize("section", [Section.NIGHT, Section.SAFETY])
def test_an_empty_or_endless_note_is_refused(room: Room, section: Section) -> None:
    """A sentence, and nothing written."""
    before = room.seq()
    for text in ("", " \u200b ", "水" * 50_000):
        with refused(BadInput):
            room.house.briefings.note(room.actor(OFFICER), new_request(), GRID, section, text)
    assert room.seq() == before


def test_it_is_held_on_working_days_and_covers_the_days_off(room: Room) -> None:
    """Friday evening leads to Monday; the first one ever of a Monday begins on Friday; then it is Tuesday's."""
    for now, since, until in (
        ("2020-07-03 07:50", "2020-07-02 08:00", "2020-07-03 08:00"),
        ("2020-07-03 20:00", "2020-07-03 08:00", "2020-07-06 08:00"),
        ("2020-07-05 12:00", "2020-07-03 08:00", "2020-07-06 08:00"),
        ("2020-07-06 18:00", "2020-07-06 08:00", "2020-07-07 08:00"),
    ):
        to(room, now)
        file = room.house.briefings.draft(GRID)
        assert (file.since, file.until) == (local(since), local(until)), now

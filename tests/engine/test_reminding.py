"""Reminders that people set and standing ones, under any clock: behaviours 20, 22, 23, domain 6.4, and clock jumps."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.due_phrases import parse_due
from app.domain.dues import DueKind
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound
from app.domain.events import Event, EventKind
from app.domain.moves import Action
from app.domain.notice import OF_REMINDERS, Notice, NoticeState
from app.domain.policy import WhistleKind, WorkCalendar
from app.domain.recurrence import next_occurrence
from app.domain.reminder import ReminderState
from app.domain.topics import TOPICS
from app.engine.duty_clock import MODULES
from app.samples.script import ZONE
from app.services.whistles import LookAlike
from tests.engine.watch import Watch
from tests.services.room import new_request
from tests.unit.cases import (
    ADMIN,
    BEAUTY,
    DEPUTY,
    LEADER,
    LIAISONS,
    MEMBER_B,
    OFFICER,
    OFFICER_B,
    PLATFORM,
    UTILITIES,
    facts,
)


def remind(watch: Watch, when: str, what: str = "看水位", **how: object) -> UUID:
    """Set one as typed; its id."""
    due = parse_due(when, watch.now, watch.room.house.policies.current().calendar)
    assert due is not None
    actor = watch.room.actor(OFFICER)
    return watch.room.house.reminders.add(actor, what, due, new_request(), **how).id  # type: ignore[arg-type]


def rung(watch: Watch, reminder: UUID) -> list[str]:
    """Local times at which a reminder came."""
    with watch.room.house.store.read() as reads:
        events: list[Event] = [one for one in reads.events_since(0, 10**6) if one.kind is EventKind.REMINDED]
    mine = [one for one in events if one.payload.get("reminder") == reminder.hex]
    return [f"{one.occurred_at.astimezone(ZONE):%m-%d %H:%M}" for one in mine]


def of_reminders(watch: Watch) -> list[Notice]:
    return [file.notice for file in watch.notices.live() if file.text]


def test_once_means_once(watch: Watch) -> None:
    """At its minute, not before; a second look does nothing; then it is done."""
    reminder = remind(watch, "30分钟后")
    watch.until("00:19:59")
    assert rung(watch, reminder) == []
    watch.until("00:20")
    watch.tick()
    assert rung(watch, reminder) == ["07-03 00:20"]
    with watch.room.house.store.read() as reads:
        found = reads.duty.reminder(reminder)
    assert found is not None
    assert found.state is ReminderState.DONE


def test_a_window_on_working_days_comes_at_its_start_and_lapses_at_its_end(watch: Watch) -> None:
    """每天 07:00-07:40 工作日: Friday, then Monday; who has not answered by 07:40 has missed it."""
    reminder = remind(watch, "每天 07:00-07:40 工作日", "看护学岗")
    watch.until("2020-07-03 07:39")
    assert len(of_reminders(watch)) == 1
    watch.until("2020-07-03 07:41")
    assert of_reminders(watch) == []
    watch.until("2020-07-06 07:10")
    assert rung(watch, reminder) == ["07-03 07:00", "07-06 07:00"]


def test_what_was_slept_through_comes_once_with_its_age(watch: Watch) -> None:
    """Every hour, everything off for a night: once, not once an hour; the entry says how many there were."""
    reminder = remind(watch, "每小时")
    watch.until("00:50")
    assert len(rung(watch, reminder)) == 1
    watch.asleep("08:00").tick()
    assert len(rung(watch, reminder)) == 2
    with watch.room.house.store.read() as reads:
        last = [one for one in reads.events_since(0, 10**6) if one.payload.get("reminder") == reminder.hex][-1]
    assert last.payload["slept_through"] == 6
    (notice,) = of_reminders(watch)
    assert notice.fired_at - notice.due_at > timedelta(hours=6)


def test_until_the_case_closes(watch: Watch) -> None:
    """It rings while the case is open and ends with it."""
    case = watch.emergency(UTILITIES)
    reminder = remind(watch, "每30分钟 直到结案", whistle_id=case)
    watch.until("00:55")
    assert len(rung(watch, reminder)) == 2
    watch.room.act(case, Action.REPORT_IN, LIAISONS[UTILITIES], department=UTILITIES, person="带队负责人")
    watch.room.act(case, Action.DONE, LIAISONS[UTILITIES], department=UTILITIES)
    watch.room.act(case, Action.CHECK, MEMBER_B, passed=True, remark="盖好了")
    watch.until("03:00")
    assert len(rung(watch, reminder)) == 2


def test_an_urgent_one_finds_somebody_who_answers(watch: Watch) -> None:
    """Whom it is for, then the desk, then the duty leader; an answer by phone names who it was and who wrote it."""
    remind(watch, "1分钟后", urgent=True, member="SH-G01-A")
    watch.until("00:20")
    with watch.room.house.store.read() as reads:
        told = [one.payload["to"] for one in reads.events_since(0, 10**6)
                if one.kind in (EventKind.REMINDED, EventKind.ESCALATED)]  # fmt: skip
    assert told[0] == ["SH-G01-A"]
    assert told[1] == [OFFICER, OFFICER_B]
    assert told[2] == [LEADER]
    (notice,) = of_reminders(watch)
    done = watch.answer(notice, OFFICER, for_member=LEADER, said="知道了")
    assert (done.state, done.answered_by) == (NoticeState.ANSWERED, LEADER)


def test_who_did_not_answer_the_phone_is_logged_and_the_next_is_called_at_once(watch: Watch) -> None:
    remind(watch, "1分钟后", urgent=True, member="SH-G01-A")
    watch.until("23:52")
    (notice,) = of_reminders(watch)
    after = watch.notices.no_answer(notice.id, watch.room.actor(OFFICER), new_request(), "SH-G01-A")
    assert after.told == (OFFICER, OFFICER_B)
    with watch.room.house.store.read() as reads:
        kinds = [one.kind for one in reads.events_since(0, 10**6) if one.payload.get("notice") == notice.id.hex]
    assert kinds == [EventKind.REMINDED, EventKind.CALLED, EventKind.ESCALATED]


def test_snoozing_needs_a_time_and_a_reason_when_it_is_urgent(watch: Watch) -> None:
    """Behaviours 23; quiet until then, and then from the beginning."""
    remind(watch, "1分钟后", urgent=True)
    watch.until("23:52")
    (notice,) = of_reminders(watch)
    actor, notices = watch.room.actor(OFFICER), watch.notices
    with pytest.raises(BadInput):
        notices.snooze(notice.id, actor, new_request(), watch.now + timedelta(minutes=10))
    with pytest.raises(BadInput):
        notices.snooze(notice.id, actor, new_request(), watch.now - timedelta(minutes=1), reason="在路上")
    with pytest.raises(BadInput):
        notices.snooze(notice.id, actor, new_request(), watch.now + timedelta(days=30), reason="在路上")
    assert of_reminders(watch) == [notice]
    notices.snooze(notice.id, actor, new_request(), watch.now + timedelta(minutes=30), reason="在路上")
    watch.until("00:21")
    (quiet,) = of_reminders(watch)
    assert quiet.state is NoticeState.SNOOZED
    watch.until("00:22")
    (awake,) = of_reminders(watch)
    assert (awake.state, awake.told) == (NoticeState.WAITING, (OFFICER,))


def test_passed_on_it_is_somebody_elses(watch: Watch) -> None:
    remind(watch, "1分钟后", urgent=True)
    watch.until("23:52")
    (notice,) = of_reminders(watch)
    given_ = watch.notices.pass_on(notice.id, watch.room.actor(OFFICER), new_request(), OFFICER_B)
    assert given_.told == (OFFICER_B,)
    with pytest.raises(NotFound):
        watch.notices.pass_on(notice.id, watch.room.actor(OFFICER), new_request(), "NOBODY")


def test_the_second_answer_hears_who_was_faster(watch: Watch) -> None:
    """Nothing is written twice; the same request again is no error (behaviours 12)."""
    remind(watch, "1分钟后")
    watch.until("23:52")
    (notice,) = of_reminders(watch)
    request = new_request()
    first = watch.notices.answer(notice.id, watch.room.actor(OFFICER), request)
    assert watch.notices.answer(notice.id, watch.room.actor(OFFICER), request) == first
    with pytest.raises(Conflict):
        watch.notices.answer(notice.id, watch.room.actor(OFFICER_B), new_request())
    with pytest.raises(Conflict):
        watch.notices.answer(notice.id, watch.room.actor(OFFICER_B), request)


def test_taken_away_it_neither_comes_nor_waits(watch: Watch) -> None:
    reminder = remind(watch, "每小时")
    watch.until("00:51")
    assert len(of_reminders(watch)) == 1
    house = watch.room.house
    house.reminders.remove(reminder, watch.room.actor(OFFICER), new_request())
    assert of_reminders(watch) == []
    watch.until("03:00")
    assert len(rung(watch, reminder)) == 1
    standing = next(file for file in house.reminders.active() if file.reminder.code == "briefing")
    with pytest.raises(BadInput):
        house.reminders.remove(standing.reminder.id, watch.room.actor(ADMIN), new_request())


def test_withdrawn_is_over(watch: Watch) -> None:
    """What is no longer so cannot be answered."""
    case = watch.emergency(UTILITIES)
    watch.until("23:56")
    late = watch.only(DueKind.ACKNOWLEDGE)
    watch.room.act(case, Action.ACKNOWLEDGE, LIAISONS[UTILITIES], department=UTILITIES)
    with pytest.raises(IllegalMove):
        watch.answer(late)


# -- the wiring -------------------------------------------------------------------------------


def test_twenty_four_hours_run_everything_that_a_day_has(watch: Watch) -> None:
    """A night and a day with one emergency: clocks, escalation, reports, standing reminders, each module (6.4)."""
    case = watch.emergency(UTILITIES)
    watch.staffed("2020-07-03 23:55")
    with watch.room.house.store.read() as reads:
        events = [one for one in reads.events_since(0, 10**6) if one.kind is EventKind.REMINDED]
        modules = {run.module for run in reads.duty.module_runs() if not run.trouble}
    seen = {str(one.payload["topic"]) for one in events}
    assert {kind.value for kind in (
        DueKind.SUMMONED, DueKind.ACKNOWLEDGE, DueKind.REPORT_IN_HALF, DueKind.REPORT_IN, DueKind.ZONE_PLATFORM,
        DueKind.FEEDBACK, DueKind.MADE_SAFE, DueKind.CLOSE_HALF, DueKind.CLOSE, DueKind.REPORT_WRITTEN,
    )} <= seen  # fmt: skip
    names = {file.name.zh for file in watch.notices.ended(watch.now - timedelta(days=1)) if file.name}
    assert names == {"准备交接班", "护学岗上岗", "准备晨会", "晨会开始", "收集社区情况", "报每日情况"}
    assert modules == set(MODULES)
    watch.room.check(case)


@pytest.mark.slow
def test_every_kind_of_reminder_runs_within_the_days_that_need_it(watch: Watch) -> None:
    """A test of the wiring: a kind that never fires anywhere would be a promise nobody keeps (domain 6.4)."""
    quick = watch.emergency(UTILITIES)
    watch.staffed("23:59")
    watch.room.act(quick, Action.ACKNOWLEDGE, LIAISONS[UTILITIES], department=UTILITIES)
    watch.emergency()
    watch.room.blow(facts(WhistleKind.ROUTINE), action=Action.DRAFT, look_alike=LookAlike(is_new=True))
    lamp = watch.routine()
    watch.room.act(lamp, Action.APPROVE, DEPUTY)
    watch.room.act(lamp, Action.LEVEL_UP, LEADER)
    watch.room.act(lamp, Action.LEVEL_UP, LEADER)
    watch.room.act(lamp, Action.DISPATCH, PLATFORM, lead=BEAUTY, assists=())
    watch.routine()
    watch.room.act(quick, Action.REPORT, said="水位回落，无人受伤")
    watch.staffed("2020-07-04 08:00")
    watch.room.act(quick, Action.REPORT_IN, LIAISONS[UTILITIES], department=UTILITIES, person="带队负责人")
    watch.room.act(quick, Action.DONE, LIAISONS[UTILITIES], department=UTILITIES)
    watch.staffed("2020-07-04 10:00")
    watch.room.act(quick, Action.CHECK, MEMBER_B, passed=False, remark="盖子还松")
    watch.staffed("2020-07-04 10:01")
    watch.room.act(quick, Action.DONE, LIAISONS[UTILITIES], department=UTILITIES)
    watch.room.act(quick, Action.CHECK, MEMBER_B, passed=True, remark="盖好了")
    returned = watch.emergency(UTILITIES)
    watch.room.act(returned, Action.REQUEST_RETURN, LIAISONS[UTILITIES], department=UTILITIES, reason="权属不清")
    watch.staffed("2020-07-04 12:00")
    tough = watch.room.blow(facts(WhistleKind.TOUGH), look_alike=LookAlike(is_new=True)).case.whistle.id
    watch.room.act(tough, Action.APPROVE, LEADER)
    later = watch.now + timedelta(days=8)
    parked = watch.emergency()
    watch.room.act(parked, Action.SUSPEND, ADMIN, reason="等枯水期", until=watch.now + timedelta(days=2))
    watch.staffed("2020-07-13 12:00")
    assert later < watch.now
    with watch.room.house.store.read() as reads:
        events = [one for one in reads.events_since(0, 10**6) if one.kind is EventKind.REMINDED]
    seen = Counter(str(one.payload["topic"]) for one in events)
    never = {kind.value for kind in TOPICS} - seen.keys()
    assert never == set()
    codes = {file.reminder.code for file in watch.room.house.reminders.active()}
    assert {"briefing_prepare", "briefing", "school_hours", "community_situation", "daily_report"} <= codes
    assert seen[OF_REMINDERS] > 40


# -- clocks that jump -------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [1, 8, -1])
def test_a_clock_that_jumps_loses_nothing_and_repeats_nothing(watch: Watch, hours: int) -> None:
    """Forward an hour, a night's suspend, back an hour: everything fires, each once (the wall is what it is)."""
    case = watch.emergency(UTILITIES)
    reminder = remind(watch, "20分钟后")
    watch.until("00:00")
    watch.room.clock.at += timedelta(hours=hours)
    watch.tick()
    watch.room.clock.at += timedelta(hours=2 if hours < 0 else 0)
    watch.tick()
    watch.tick()
    watch.until("10:00")
    assert len(rung(watch, reminder)) == 1
    fired = Counter((one.payload["due"], one.payload["assignment"], one.payload["nth"])
                    for one in watch.entries(case) if one.kind is EventKind.REMINDED)  # fmt: skip
    assert set(fired.values()) == {1}
    for kind in (DueKind.REPORT_IN, DueKind.ZONE_PLATFORM, DueKind.ACKNOWLEDGE):
        assert any(due == kind.value for due, _, _ in fired)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@given(hour=st.integers(0, 23), minute=st.sampled_from([0, 15, 30]))
@settings(max_examples=6, deadline=None)
def test_over_both_changes_of_the_clocks_each_local_slot_comes_once(zone: str, hour: int, minute: int) -> None:
    """Two years: one occurrence for each local date, under its key (reliability 6)."""
    calendar = WorkCalendar(zone=ZoneInfo(zone))
    at = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone))
    due = parse_due(f"每天 {hour:02}:{minute:02}", at, calendar)
    assert due is not None
    assert due.recurrence is not None
    keys, instant = [], at
    while instant < at + timedelta(days=730):
        found = next_occurrence(due.recurrence, instant, calendar)
        assert found is not None
        assert found.at > instant
        keys.append(found.key)
        instant = found.at
    assert len(keys) == len(set(keys))
    assert len(keys) in (730, 731)

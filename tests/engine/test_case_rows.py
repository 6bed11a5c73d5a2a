"""What the duty clock does about cases, with an injected clock: behaviours 1, 6, 7, 9, 10, 14, 15, 20."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domain.dues import DueKind
from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.notice import OF_REMINDERS, NoticeState
from app.domain.whistle import WhistleState
from tests.engine.watch import Watch
from tests.unit.cases import (
    ADMIN,
    BEAUTY,
    BRIGADE,
    DEPUTY,
    EMERGENCY,
    LEADER,
    LIAISONS,
    MEMBER,
    MEMBER_B,
    OFFICER,
    SECRETARY,
    UTILITIES,
)

K = DueKind


def about(watch: Watch, case: object, kind: DueKind) -> list[tuple[str, str, tuple[str, ...]]]:
    """When a kind was said, of which department, to whom."""
    return [(at, department, to) for at, topic, department, to in watch.told(case) if topic == kind]  # type: ignore[arg-type]


def test_only_who_is_still_out_is_reminded_and_told_once(watch: Watch) -> None:
    """Three departments, 30 min: two come at 10 and 12 min; at 15 and 30 only the third hears (behaviours 1)."""
    watch.until("23:58")
    case = watch.emergency(UTILITIES, BEAUTY, BRIGADE)
    watch.until("00:01")
    for department in (UTILITIES, BEAUTY, BRIGADE):
        watch.room.act(case, Action.ACKNOWLEDGE, LIAISONS[department], department=department)
    for at, department in (("00:08", UTILITIES), ("00:10", BEAUTY)):
        watch.until(at)
        watch.room.act(case, Action.REPORT_IN, LIAISONS[department], department=department, person="带队负责人")
    watch.until("00:28")
    assert about(watch, case, K.REPORT_IN_HALF) == [("00:13:00", BRIGADE, (LIAISONS[BRIGADE],))]
    (first, *later) = about(watch, case, K.REPORT_IN)
    assert first == ("00:28:00", BRIGADE, (LIAISONS[BRIGADE], LEADER))
    assert later == []
    stored = watch.room.stored(case)
    assert (stored.whistle.reported_in, stored.whistle.assigned) == (2, 3)
    assert [event.payload["department"] for event in watch.entries(case) if event.kind is EventKind.NO_SHOW] == [
        BRIGADE
    ]
    assert not watch.live(K.REPORT_IN_HALF)
    watch.until("00:44")
    assert [at for at, _, _ in about(watch, case, K.ZONE_PLATFORM)] == ["00:43:00"]
    watch.room.check(case)


def test_community_and_street_hear_of_an_emergency_at_once(watch: Watch) -> None:
    """Who is on duty in the grid, its leader and the duty leader, in the second it is blown (behaviours 9)."""
    case = watch.emergency()
    watch.tick()
    ((at, _, to),) = about(watch, case, K.NEW)
    assert at == "23:50:00"
    assert LEADER in to
    assert set(to) & {SECRETARY, DEPUTY}
    assert watch.only(K.NEW).urgent


def test_nobody_answers_and_the_next_ones_are_called_in_their_time(watch: Watch) -> None:
    """Step 2 not at 4:59, once at 5:00; step 3 at 15:00; then from the beginning (behaviours 6)."""
    case = watch.emergency()
    watch.until("23:54:59")
    assert len(about(watch, case, K.NEW)) == 1
    watch.until("23:55:00")
    assert [at for at, _, _ in about(watch, case, K.NEW)] == ["23:50:00", "23:55:00"]
    watch.until("23:55:01")
    assert len(about(watch, case, K.NEW)) == 2


def test_answered_in_the_last_second_the_next_ones_hear_nothing(watch: Watch) -> None:
    """Acknowledged at 4:59: step 2 never."""
    case = watch.emergency()
    watch.until("23:54:59")
    watch.answer(watch.only(K.NEW), MEMBER)
    watch.until("23:59:59")
    assert len(about(watch, case, K.NEW)) == 1
    assert not watch.live(K.NEW)
    assert [event.kind for event in watch.entries(case) if event.kind is EventKind.ANSWERED] == [EventKind.ANSWERED]


def test_what_is_no_longer_so_needs_no_answer(watch: Watch) -> None:
    """Who reports in at last is not called about it any more; the answer that was open is withdrawn."""
    case = watch.emergency(UTILITIES)
    watch.until("00:21")
    late = watch.only(K.REPORT_IN)
    watch.room.act(case, Action.REPORT_IN, LIAISONS[UTILITIES], department=UTILITIES, person="带队负责人")
    assert not watch.live(K.REPORT_IN)
    with watch.room.house.store.read() as reads:
        ended = reads.duty.notice(late.id)
    assert ended is not None
    assert ended.state is NoticeState.WITHDRAWN


@pytest.mark.parametrize("answered", [True, False])
def test_a_case_without_any_entry_is_asked_after(watch: Watch, answered: bool) -> None:
    """Sixty minutes of silence: asked; no answer in five: marked, and the plan goes on (behaviours 10)."""
    case = watch.emergency(UTILITIES)
    watch.room.act(case, Action.ACKNOWLEDGE, LIAISONS[UTILITIES], department=UTILITIES)
    watch.room.act(case, Action.REPORT_IN, LIAISONS[UTILITIES], department=UTILITIES, person="带队负责人")
    watch.until("00:49:59")
    assert not about(watch, case, K.STILL_ON_IT)
    watch.until("00:50:00")
    asked = watch.only(K.STILL_ON_IT)
    if answered:
        watch.until("00:54:59")
        watch.answer(asked, OFFICER, for_member=LIAISONS[UTILITIES], said="还在抽水")
    watch.until("00:56")
    (assignment,) = watch.room.stored(case).assignments
    assert assignment.needs_attention is not answered
    assert len(about(watch, case, K.STILL_ON_IT)) == (1 if answered else 2)
    watch.until("02:00")
    assert ("01:54:59" if answered else "01:50:00") in [at for at, _, _ in about(watch, case, K.STILL_ON_IT)]


def test_every_limit_fires_once_however_often_it_is_computed(watch: Watch) -> None:
    """Half, limit and zone platform, each once, with entries in between that compute all anew (behaviours 15)."""
    case = watch.emergency(UTILITIES, EMERGENCY)
    for minute in range(51, 60):
        watch.until(f"23:{minute}")
        watch.room.act(case, Action.NOTE, MEMBER, note=f"水位第{minute}分钟")
    for minute in range(60):
        watch.until(f"00:{minute:02}")
        watch.room.act(case, Action.NOTE, MEMBER, note=f"又过了{minute}分钟")
    fired = Counter(
        (event.payload["due"], event.payload["assignment"], event.payload["nth"])
        for event in watch.entries(case)
        if event.kind is EventKind.REMINDED
    )
    assert set(fired.values()) == {1}
    kinds = Counter(kind for kind, _, _ in fired)
    for kind in (K.REPORT_IN_HALF, K.REPORT_IN, K.ZONE_PLATFORM, K.ACKNOWLEDGE):
        assert kinds[kind.value] == 2


def test_nothing_is_sent_while_a_case_is_suspended(watch: Watch) -> None:
    """Suspended: only the review comes, at its instant (behaviours 14)."""
    case = watch.emergency(UTILITIES)
    watch.until("23:52")
    review = watch.now.replace(hour=16, minute=0) if watch.now.hour < 16 else watch.now
    until = review.replace(day=review.day + 1)
    watch.room.act(case, Action.SUSPEND, ADMIN, reason="等枯水期", until=until)
    assert not watch.live()
    before = len(watch.told(case))
    watch.until("15:00")
    assert len(watch.told(case)) == before


def test_due_while_everything_was_off_is_told_once_with_its_age(watch: Watch) -> None:
    """Eight hours off: every row fires once, lesser ones give way to the greater (behaviours 20)."""
    case = watch.emergency(UTILITIES)
    watch.asleep("07:50").tick()
    notices = {notice.topic: notice for notice in watch.live()}
    late = notices[K.ZONE_PLATFORM.value]
    assert (late.fired_at - late.due_at).total_seconds() > 7 * 3600
    assert K.REPORT_IN_HALF.value not in notices
    before = watch.told(case)
    watch.tick()
    watch.tick()
    assert watch.told(case) == before


def test_who_did_not_rate_in_time_has_given_the_default(watch: Watch) -> None:
    """Three days after closing: rated by default and marked; called back at half of it (domain 2.7)."""
    case = watch.emergency(UTILITIES)
    watch.room.act(case, Action.REPORT_IN, LIAISONS[UTILITIES], department=UTILITIES, person="带队负责人")
    watch.room.act(case, Action.DONE, LIAISONS[UTILITIES], department=UTILITIES)
    watch.room.act(case, Action.CHECK, MEMBER_B, passed=True, remark="盖好了")
    watch.until("2020-07-04 12:00")
    assert [at for at, _, _ in about(watch, case, K.RATE_HALF)] == ["11:50:00"]
    watch.until("2020-07-05 23:49:59")
    assert watch.room.stored(case).whistle.state is WhistleState.CLOSED
    watch.until("2020-07-05 23:50:00")
    whistle = watch.room.stored(case).whistle
    assert (whistle.state, whistle.score, whistle.score_by_default) == (WhistleState.RATED, 5, True)
    assert {one.topic for one in watch.live()} <= {OF_REMINDERS}


def test_two_programs_do_each_thing_once(watch: Watch) -> None:
    """Both tick at every instant; nothing is told twice (decisions 22)."""
    other = watch.another()
    case = watch.emergency(UTILITIES, BEAUTY)
    for _ in range(24):
        watch.tick()
        other.tick()
        watch.room.later(minutes=5)
    said = [event.id for event in watch.entries(case) if event.kind in (EventKind.REMINDED, EventKind.ESCALATED)]
    assert len(said) == len(set(said))
    keys = Counter((e.payload["due"], e.payload["assignment"], e.payload["nth"])
                   for e in watch.entries(case) if e.kind is EventKind.REMINDED)  # fmt: skip
    assert set(keys.values()) == {1}
    other.room.house.close()


def test_a_routine_matter_wakes_nobody_at_night(watch: Watch) -> None:
    """Approval waits for working hours: asked at once on the screen, urged in the morning, nobody called at night."""
    case = watch.routine()
    watch.until("07:59")
    assert [topic for _, topic, _, _ in watch.told(case)] == [K.APPROVAL_ASKED]
    watch.until("10:00")
    assert about(watch, case, K.APPROVAL)[0][0] == "10:00:00"


def test_one_module_that_fails_stops_no_other_and_the_audit_is_not_clean(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Escalation broken: rows and reminders still fire; what failed is told, and after a while it is idle."""
    told: list[str] = []
    monkeypatch.setattr(watch.clock, "_log", lambda module, _error: told.append(module))
    monkeypatch.setattr(watch.clock, "_escalation", lambda _done: 1 / 0)
    case = watch.emergency()
    first = watch.clock.tick()
    assert first.fired
    assert first.troubles == {"escalation": "ZeroDivisionError"}
    assert told == ["escalation"]
    assert not first.sound
    watch.room.later(minutes=4)
    assert watch.clock.tick().idle == ("escalation",)
    monkeypatch.undo()
    watch.clock.tick()
    assert watch.clock.tick().sound
    assert len(about(watch, case, K.NEW)) == 1


def test_a_case_that_lost_its_instant_is_found(watch: Watch) -> None:
    """The audit names it (decisions 23)."""
    case = watch.emergency()
    watch.tick()
    watch.room.later(minutes=3)
    with watch.room.house.store.read() as reads:
        assert reads.duty.without_next_instant(watch.now) == ()
        later = watch.now.replace(year=2021)
        assert reads.duty.without_next_instant(later) == (case,)

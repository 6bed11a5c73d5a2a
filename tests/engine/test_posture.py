"""The posture re-times what is planned, in the transaction that raises it; what begins by itself raises it once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from app.domain.events import EventKind
from app.domain.grid_status import GridStatus, GridWord
from app.domain.notice import Notice
from app.domain.planned_round import PlannedState
from app.domain.posture import Colour, Posture, ResponseLevel, WaterLevel
from app.render.glyphs import Glyphs
from app.render.notices import sentence
from app.render.sight import Sight
from app.render.words import Words
from app.samples import PATROLS, sample_text
from app.samples.script import ZONE
from tests.engine.test_planned_rounds import RULES
from tests.engine.watch import Watch
from tests.services.room import new_request
from tests.unit.cases import ADMIN, LEADER, OFFICER

COMMAND = "永顺县防指"


@pytest.fixture
def planned(watch: Watch) -> Watch:
    """A street with a plan of its own: one window a night, every 3 hours from yellow on, every hour from orange."""
    watch.room.house.patrol_rules.load(RULES, watch.room.actor(ADMIN), new_request())
    watch.tick()
    return watch


def waiting(watch: Watch) -> list[str]:
    """When the rounds of the next six hours open, local time."""
    found = watch.room.house.round_plans.due(watch.now - timedelta(hours=1), watch.now + timedelta(hours=6))
    return [f"{one.planned.opens.astimezone(ZONE):%H:%M}" for one in found
            if one.planned.state is PlannedState.PLANNED]  # fmt: skip


def kinds(watch: Watch) -> list[EventKind]:
    """Every entry that is in the file."""
    with watch.room.house.store.read() as reads:
        return [event.kind for event in reads.events_since(0, 1000)]


def raise_to(watch: Watch, level: ResponseLevel, begins: datetime | None = None) -> None:
    """A response level from its document."""
    number = f"{level} {watch.now}"
    watch.room.house.flood.add_level(
        watch.room.actor(OFFICER), new_request(), level, COMMAND, number, begins_at=begins
    )  # fmt: skip


def test_raising_retimes_the_rounds_in_the_same_transaction(planned: Watch) -> None:
    """Ⅲ at 23:50: every three hours from the next round time on; Ⅱ at 00:30: every hour; nobody has to tick."""
    assert waiting(planned) == []
    raise_to(planned, ResponseLevel.III)
    assert waiting(planned)[:2] == ["00:00", "03:00"]
    planned.room.later(minutes=40)
    raise_to(planned, ResponseLevel.II)
    assert [one for one in waiting(planned) if one >= "00:30"][:3] == ["00:30", "01:30", "02:30"]
    before = kinds(planned)
    planned.tick()
    assert kinds(planned).count(EventKind.POSTURE_CHANGED) == before.count(EventKind.POSTURE_CHANGED) == 2
    assert kinds(planned).count(EventKind.ROUNDS_PLANNED) == before.count(EventKind.ROUNDS_PLANNED)


def test_undo_brings_the_rounds_back(planned: Watch) -> None:
    """The slip, what it planned and the posture go together; lowering plans anew too."""
    signals = planned.room.house.flood.warnings
    calm = waiting(planned)
    signals.add(planned.room.actor(OFFICER), new_request(), Colour.ORANGE, "暴雨", "县气象台", number="1")
    assert len(waiting(planned)) > len(calm)
    planned.room.house.flood.undo(planned.room.actor(OFFICER), new_request())
    assert waiting(planned) == calm
    raise_to(planned, ResponseLevel.II)
    planned.room.later(minutes=5)
    planned.room.house.flood.end_level(planned.room.actor(OFFICER), new_request())
    assert waiting(planned) != calm
    planned.room.house.flood.lower(planned.room.actor(LEADER), new_request())
    assert waiting(planned) == calm


def test_what_is_due_again_after_an_undo_is_told_again(planned: Watch) -> None:
    """A slip that had the team called for 00:00, taken back and typed anew: no trouble, and they hear of it again."""
    signals, flood = planned.room.house.flood.warnings, planned.room.house.flood
    for number in ("1", "2", "3"):
        signals.add(planned.room.actor(OFFICER), new_request(), Colour.ORANGE, "暴雨", "县气象台", number=number)
        planned.tick()
        assert planned.clock.last is not None
        assert not planned.clock.last.troubles
        (soon,) = told(planned, "round_soon")
        assert soon.live
        flood.undo(planned.room.actor(OFFICER), new_request())
        planned.tick()
        planned.room.later(minutes=1)


def test_what_was_recorded_ahead_comes_into_force_with_two_engines_once(planned: Watch) -> None:
    """Both wake at its instant; one entry, one planning; before that instant nothing happens."""
    begins = planned.now + timedelta(minutes=33)
    other = planned.another()
    raise_to(planned, ResponseLevel.II, begins)
    for watch in (planned, other):
        watch.tick()
    following = planned.clock.next_street()
    assert following is not None
    assert following <= begins
    assert planned.room.house.flood.show().posture is Posture.SEASON
    planned.room.clock.at = begins
    threads = [threading.Thread(target=watch.clock.tick) for watch in (planned, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not planned.clock.last.troubles if planned.clock.last else False
    assert not other.clock.last.troubles if other.clock.last else False
    assert planned.room.house.flood.show().posture is Posture.ORANGE
    assert kinds(planned).count(EventKind.POSTURE_CHANGED) == 1
    assert waiting(planned)[:2] == ["00:30", "01:30"]
    for watch in (planned, other):
        watch.tick()
    assert kinds(planned).count(EventKind.POSTURE_CHANGED) == 1
    other.room.house.close()


def test_a_clock_that_was_off_raises_when_it_comes_back(planned: Watch) -> None:
    """What began meanwhile is in force at the first tick."""
    raise_to(planned, ResponseLevel.I, planned.now + timedelta(hours=2))
    planned.room.later(hours=5)
    again = planned.another()
    again.tick()
    assert again.room.house.flood.show().posture is Posture.RED
    again.room.house.close()


GAUGE = """
[[gauges]]
id = "mill"
zh = "磨坊水尺"
en = "Mill gauge"
guard = 61.5
warning = 63.0
"""


def test_a_gauge_above_its_level_raises_at_the_next_tick(watch: Watch) -> None:
    """A crossing is news for the posture too, whoever took the reading; falling water lowers nothing by itself."""
    watch.room.house.patrol_rules.load(RULES + GAUGE, watch.room.actor(ADMIN), new_request())
    watch.tick()
    gauges, officer = watch.room.house.gauges, watch.room.actor(OFFICER)
    mill = gauges.find("mill")
    gauges.record(officer, mill, Decimal("61.20"), new_request())
    watch.tick()
    assert watch.room.house.flood.show().posture is Posture.SEASON
    for minutes, metres in ((10, "62.10"), (10, "62.30")):
        watch.room.later(minutes=minutes)
        gauges.record(officer, mill, Decimal(metres), new_request())
    watch.tick()
    assert watch.room.house.flood.show().posture is Posture.YELLOW
    view = watch.room.house.desk.view()
    assert view.flood is not None
    assert view.flood.water is WaterLevel.GUARD
    assert all("a gauge at {level}" in reasons(status) for status in view.grids)
    for _ in range(4):
        watch.room.later(minutes=40)
        gauges.record(officer, mill, Decimal("60.10"), new_request())
        watch.tick()
    view = watch.room.house.desk.view()
    assert view.flood is not None
    assert (view.flood.posture, view.flood.lower_to(watch.now)) == (Posture.YELLOW, Posture.SEASON)
    for picture in (view, watch.room.house.desk.view(first=True)):
        assert all(status.word is not GridWord.NORMAL for status in picture.grids)
        assert all("flood posture {posture}" in reasons(status) for status in picture.grids)


def reasons(status: GridStatus) -> list[str]:
    """Why a grid is not normal."""
    return [reason.msgid for reason in status.reasons]


def told(watch: Watch, topic: str) -> list[Notice]:
    """What waits for an answer about a topic."""
    return [file.notice for file in watch.notices.live() if file.notice.topic == topic]


def test_who_is_on_post_hears_of_a_higher_posture_once(watch: Watch) -> None:
    """Ⅲ: officers, leader and every community's leader, urgent; Ⅱ takes its place and tells more people; once each."""
    watch.room.house.patrol_rules.load(sample_text(PATROLS), watch.room.actor(ADMIN), new_request())
    watch.tick()
    raise_to(watch, ResponseLevel.III)
    other = watch.another()
    for one in (watch, other, watch):
        one.tick()
    (yellow,) = told(watch, "posture")
    leaders = {"SH-SEC", "GNP-SEC", "LF-SEC"}
    assert yellow.urgent
    assert leaders <= set(yellow.told)
    street = watch.room.house.streets.current()
    for words, said in (
        (Words("zh"), "防汛戒备由日常改为黄色，每4小时巡一轮；到岗：值班员、带班领导、社区负责人"),
        (Words("en"), "rounds every 4 h"),
    ):
        seen = Sight(words, Glyphs(), street, ZONE, watch.now)
        assert said in sentence(yellow, "", None, seen)
    watch.room.later(minutes=3)
    raise_to(watch, ResponseLevel.II)
    (orange,) = told(watch, "posture")
    assert len(set(orange.told)) > len(set(yellow.told))
    with watch.room.house.store.read() as reads:
        before = reads.duty.notice(yellow.id)
    assert before is not None
    assert not before.live
    other.room.house.close()


def test_the_duty_leader_is_asked_once_when_nothing_holds_it_up(planned: Watch) -> None:
    """A level that runs out at 03:00: asked then, once, by one of two engines; lowering ends it."""
    planned.room.house.flood.add_level(
        planned.room.actor(OFFICER), new_request(), ResponseLevel.III, COMMAND, "7号",
        until=planned.now + timedelta(hours=3),
    )  # fmt: skip
    other = planned.another()
    planned.until("02:40")
    assert told(planned, "may_lower") == []
    planned.room.later(minutes=11)
    for one in (planned, other, planned, other):
        one.tick()
    (asked,) = told(planned, "may_lower")
    assert LEADER in asked.told
    planned.room.house.flood.lower(planned.room.actor(LEADER), new_request())
    assert told(planned, "may_lower") == []
    (season,) = told(planned, "posture")
    assert not season.urgent
    other.room.house.close()

"""Who is called, under which plan, and what an undo takes back: behaviours 6, 7, 30, and a storm of one community."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from app.bootstrap import duty_clock, found_house
from app.domain.audience import Around, people
from app.domain.dues import DueKind
from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.notice import go_on
from app.domain.outbox import MessageKind, OutboxState
from app.domain.policy import Limit, LimitUnit, WhistleKind
from app.domain.topics import TOPICS, Audience, Rung, rungs
from app.render.glyphs import Glyphs
from app.render.news import event_sentence
from app.render.sight import Sight
from app.render.timeline import timeline_rows
from app.render.words import Language, words_for
from app.samples import POLICY, sample_text
from app.samples.script import ZONE, ScriptClock, local
from app.services.routes import Routes
from app.services.whistles import LookAlike
from tests.engine.test_guarantee import Street
from tests.engine.watch import Watch
from tests.services.room import Room, new_request, settings_at
from tests.unit.cases import ADMIN, LEADER, LIAISONS, OFFICER, PLATFORM, UTILITIES, facts, policy, street

MINUTES = Limit(5, LimitUnit.MINUTE)


def test_every_kind_of_due_row_has_its_people_and_its_steps() -> None:
    """No kind without a topic; whoever must answer has somebody behind them."""
    assert set(TOPICS) == set(DueKind)
    for kind, topic in TOPICS.items():
        for whistle_kind in WhistleKind:
            steps = rungs(kind, policy().kinds[whistle_kind], policy())
            assert steps[0].tell == topic.tell
            assert len(steps) > 1 or not topic.escalates or kind is DueKind.LEADER or len(steps) == 1
            assert all(step.after is not None for step in steps[1:])


def test_with_nobody_on_duty_the_next_step_is_told_in_the_same_cycle() -> None:
    """The step that was passed over is named (behaviours 6)."""
    plan = (
        Rung((Audience.GRID_MEMBER,)),
        Rung((Audience.GRID_LEADER,), MINUTES),
        Rung((Audience.DUTY_LEADER,), MINUTES),
    )
    there = {Audience.DUTY_LEADER: ("JF-DB",)}
    now = local("2020-07-02 23:50")
    told = go_on(plan, 1, lambda audience: there.get(audience, ()), now, policy().calendar, urgent=True)
    assert (told.step, told.people) == (3, ("JF-DB",))
    assert told.skipped == (Audience.GRID_MEMBER, Audience.GRID_LEADER)
    nobody = go_on(plan, 1, lambda _audience: (), now, policy().calendar, urgent=True)
    assert nobody.people == ()
    assert nobody.next_at is not None


def test_an_audience_is_who_is_there_tonight() -> None:
    """The roster decides; without one whoever holds the post; retired people are nobody."""
    whole = street()
    assert people(Audience.DUTY_LEADER, Around(whole, None)) != ()
    assert people(Audience.DEPARTMENT, Around(whole, None, department=UTILITIES)) == (LIAISONS[UTILITIES],)
    assert people(Audience.DEPARTMENT, Around(whole, None, department="nowhere")) == ()
    assert people(Audience.MEMBER, Around(whole, None, member="nobody")) == ()


def test_the_plan_of_a_running_case_is_the_one_it_began_with(watch: Watch) -> None:
    """A new policy changes no running case until it is applied to it (behaviours 7)."""
    case = watch.emergency()
    house = watch.room.house
    text = sample_text(POLICY).replace('after = "5 min"\n', 'after = "2 min"\n', 1)
    house.policies.load(text, watch.room.actor(ADMIN), new_request())
    watch.until("23:52:30")
    assert [at for at, topic, _, _ in watch.told(case) if topic == DueKind.NEW] == ["23:50:00"]
    watch.until("23:55:00")
    assert [at for at, topic, _, _ in watch.told(case) if topic == DueKind.NEW] == ["23:50:00", "23:55:00"]
    fresh = watch.room.blow(look_alike=LookAlike(is_new=True)).case.whistle.id
    watch.until("23:57:00")
    assert [at for at, topic, _, _ in watch.told(fresh) if topic == DueKind.NEW] == ["23:55:00", "23:57:00"]


def test_an_undone_dispatch_tells_who_was_called_that_it_is_taken_back(watch: Watch) -> None:
    """The reminder is withdrawn, and a correction goes to whoever may have had the message (behaviours 30)."""
    case = watch.emergency(UTILITIES)
    watch.tick()
    summoned = watch.only(DueKind.SUMMONED)
    watch.room.act(case, Action.UNDO, PLATFORM)
    assert not watch.live(DueKind.SUMMONED)
    with watch.room.house.store.read() as reads:
        parcels = reads.duty.parcels_of([summoned.id])
    assert [parcel.kind for parcel in parcels] == [MessageKind.NOTICE, MessageKind.CORRECTION]
    assert {parcel.state for parcel in parcels} == {OutboxState.WITHHELD}
    assert {parcel.member for parcel in parcels} == {LIAISONS[UTILITIES]}


def test_what_the_clock_says_never_stands_in_the_way_of_an_undo(watch: Watch) -> None:
    """The desk's last entry is still the last, whatever was reminded after it (decisions 16)."""
    case = watch.emergency()
    watch.room.act(case, Action.NOTE, OFFICER, note="水位回落")
    watch.until("23:56")
    assert watch.entries(case)[-1].kind in (EventKind.REMINDED, EventKind.ESCALATED)
    watch.room.act(case, Action.UNDO, OFFICER)
    assert watch.entries(case)[-1].kind is EventKind.UNDONE


def test_another_community_s_first_word_overtakes_a_storm(tmp_path: Path) -> None:
    """Ten whistles of one community are waiting for the leader; the first of another goes out before most of them."""
    clock = ScriptClock(local("2020-07-02 23:50"))
    house = found_house(settings_at(tmp_path / "wangge.db"), street=street().street, wall=clock)
    room = Room(house, clock)
    Routes(house.store, house.clock, house.streets).choose(room.actor(ADMIN), LEADER, [("群", False)], new_request())
    for n in range(10):
        storm = facts(WhistleKind.EMERGENCY, texts={"title": f"积水{n}"})
        room.blow(storm, look_alike=LookAlike(is_new=True))
        duty_clock(house, "tick").tick()
        clock.at = local(f"2020-07-02 23:50:{n + 1:02}")
    other = room.blow(facts(WhistleKind.EMERGENCY, grid="JF-LF-G01"), told="", look_alike=LookAlike(is_new=True))
    duty_clock(house, "tick").tick()
    town = Street(house, clock)
    with house.store.read() as reads:
        mine = {parcel.id: parcel.notice_id for parcel in town.parcels() if parcel.member == LEADER}
        about = {one.id: one.whistle_id for one in reads.duty.live_notices()}
    claimed: list[UUID | None] = []

    def take() -> None:
        for parcel in house.store.write(lambda w: w.duty.claim("x", [LEADER], clock.at, clock.at, 50)):
            claimed.append(about.get(mine[parcel.id]))  # noqa: PERF401

    take()
    assert len(claimed) == 11
    assert claimed.index(other.case.whistle.id) <= 1
    house.close()


@pytest.mark.slow
def test_a_broken_limit_is_urged_supervised_and_told_to_the_leader(watch: Watch) -> None:
    """催办, 督办, leader: each once, in working time, each in the place of the one before (domain 2.4)."""
    case = watch.routine()
    watch.room.act(case, Action.APPROVE, LEADER)
    while watch.room.stored(case).whistle.level.value != "zone":
        watch.room.act(case, Action.LEVEL_UP, LEADER)
    watch.room.act(case, Action.DISPATCH, PLATFORM, lead=UTILITIES, assists=())
    watch.until("2020-07-09 18:00")
    ladder = (DueKind.REPORT_IN, DueKind.SUPERVISE, DueKind.LEADER)
    rung = [(at, topic) for at, topic, department, _ in watch.told(case) if department and topic in ladder]
    assert rung[0][1] == DueKind.REPORT_IN
    assert {topic for _, topic in rung} == set(ladder)
    assert all("08:00:00" <= at <= "18:00:00" for at, _ in rung)
    left = [one for one in watch.live() if one.topic in ladder and one.assignment_id is not None]
    assert [one.topic for one in left] == [DueKind.LEADER]
    assert next(to for _, topic, _, to in watch.told(case) if topic == DueKind.LEADER) == (ADMIN,)


@pytest.mark.parametrize(("language", "nobody"), [("zh", "无人值守"), ("en", "nobody on duty")])
def test_a_limit_that_another_reminder_speaks_for_is_noted_and_nobody_is_said_to_lack(
    watch: Watch, language: Language, nobody: str
) -> None:
    """A department that is not on site is reminded of that; its feedback is due beside it, and nobody is told."""
    case = watch.emergency(UTILITIES)
    watch.until("00:25")
    (beside,) = [
        event for event in watch.entries(case)
        if event.kind is EventKind.REMINDED and event.payload["topic"] == DueKind.FEEDBACK
    ]  # fmt: skip
    assert "to" not in beside.payload
    seen = Sight(words_for(language), Glyphs(), street(), ZONE, watch.now)
    whistle = watch.room.stored(case).whistle
    assert nobody not in event_sentence(beside, whistle, "井盖", seen)
    (row,) = [row for row in timeline_rows([beside], seen, 120) if row.key == beside.id]
    shown = "".join(piece.text for cell in row.cells.values() for piece in cell)
    assert seen.words.enum(DueKind.FEEDBACK) in shown
    assert nobody not in shown

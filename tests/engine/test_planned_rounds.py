"""Rounds that are due: created ahead, reminded of, early, late, missed; teams at night (behaviours 16, 18, 19)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from app.domain.errors import BadInput, IllegalMove, NotFound
from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.notice import NoticeState
from app.domain.plan_words import window_of
from app.domain.planned_round import PlannedState, Timing
from app.domain.posture import Posture
from app.domain.recurrence import Days
from app.domain.round_plan import Guard, Window
from app.domain.topics import Audience
from app.domain.watch_topics import WatchTopic
from app.samples import PATROLS, sample_text
from app.samples.script import ZONE, local
from app.services.round_plans import PlanWanted
from tests.engine.walls import EIGHT, RULES, House
from tests.engine.watch import Watch
from tests.services.room import new_request
from tests.unit.cases import ADMIN, GRID, LEADER, MEMBER, MEMBER_B, OFFICER, refused


@pytest.fixture
def house(watch: Watch) -> House:
    """At 20:00 of the night."""
    watch.room.clock.at = local("2020-07-02 20:00")
    return House(watch)


def test_a_round_is_created_ahead_and_reminded_of_before_and_at_its_start(house: House) -> None:
    """Once each, to who is on duty in the grid; what nobody answers of them goes by itself."""
    house.watch.tick()
    assert house.states() == {"02 21:00": "planned"}
    house.watch.until("20:49:59")
    assert house.told_topics() == Counter()
    house.watch.until("20:51")
    assert house.told_topics() == {"round_soon": 1}
    house.watch.until("21:01")
    assert house.told_topics() == {"round_soon": 1, "round_start": 1}
    (live,) = house.watch.notices.live()
    assert (live.notice.topic, live.notice.told[0], live.notice.urgent) == ("round_start", "SH-G01-A", False)
    house.watch.until("22:00")
    assert house.states() == {"02 21:00": "planned", "03 21:00": "planned"}


def test_nobody_begins_and_one_alert_says_so(house: House) -> None:
    """After a quarter of the window, once; missed at its end, once, as an entry of its own."""
    house.watch.until("21:19")
    assert "round_late" not in house.told_topics()
    house.watch.until("21:21")
    assert house.told_topics()["round_late"] == 1
    house.watch.until("22:19")
    assert house.states()["02 21:00"] == "planned"
    house.watch.until("22:50")
    assert house.states()["02 21:00"] == "missed"
    topics = house.told_topics()
    assert (topics["round_late"], topics["round_missed"]) == (1, 1)
    with house.room.house.store.read() as reads:
        kinds = Counter(one.kind for one in reads.events_since(0, 10**6))
    assert kinds[EventKind.ROUND_MISSED] == 1


def test_points_that_are_missing_at_the_end_are_named_once(house: House) -> None:
    """Six of eight: one alert with the other two; done five minutes later it is late, and the alert is over."""
    house.watch.until("21:10")
    file = house.begin()
    assert file.round.planned is not None
    assert [one.notice for one in house.watch.notices.live()] == []
    house.walk(file, 1, 2, 3, 5, 6, 8)
    house.watch.until("22:20")
    house.watch.until("22:21")
    told = [one for one in house.watch.notices.live() if one.notice.topic == "round_unfinished"]
    assert len(told) == 1
    assert '"n": 4' in told[0].notice.detail
    assert '"n": 7' in told[0].notice.detail
    assert '"n": 8' not in told[0].notice.detail
    house.watch.until("22:25")
    house.room.house.rounds.end(house.told(), house.walk(file, 4, 7).round.id)
    (done, *_) = house.planned()
    assert (done.state, done.timing) == (PlannedState.DONE, Timing.LATE)
    house.watch.until("23:40")
    assert house.told_topics()["round_unfinished"] == 1
    assert "round_late" not in house.told_topics()
    with house.room.house.store.read() as reads:
        known = reads.duty.notice(told[0].notice.id)
    assert known is not None
    assert known.state is NoticeState.WITHDRAWN


def test_the_last_answer_counts_and_not_the_end(house: House) -> None:
    """Everything answered in the window and ended after it is on time; no alert is made of it."""
    house.watch.until("21:10")
    file = house.walk(house.begin(), *range(1, 9))
    house.watch.until("22:40")
    assert house.told_topics()["round_unfinished"] == 0
    house.room.house.rounds.end(house.told(), file.round.id)
    assert house.planned()[0].timing is Timing.ON_TIME


def test_early_missed_and_voluntary_rounds_are_kept_apart(house: House) -> None:
    """Shortly before the window it is the planned one; long before another one; missed ones may be made good."""
    house.watch.tick()
    other = house.begin()
    assert other.round.planned is None
    assert (house.line(other).closes, other.due) == (None, None)
    house.room.house.rounds.end(house.told(), other.round.id, reason="只看了一眼")
    house.watch.until("20:40")
    file = house.begin()
    house.room.house.rounds.end(house.told(), house.walk(file, *range(1, 9)).round.id)
    (done, *_) = house.planned()
    assert (done.state, done.timing) == (PlannedState.DONE, Timing.EARLY)
    assert (house.line(file).timing, house.line(file).closes) == (Timing.EARLY, local("2020-07-02 22:20"))
    house.room.clock.at = local("2020-07-03 23:00")
    house.watch.tick()
    assert house.states() == {"02 21:00": "done", "03 21:00": "missed", "04 21:00": "planned"}
    late = house.begin()
    assert house.line(late).timing_now(house.watch.now) is Timing.LATE
    house.room.house.rounds.end(house.told(), late.round.id, reason="雨太大")
    known = {f"{one.opens.astimezone(ZONE):%d}": (one.state, one.timing) for one in house.planned()}
    assert known["03"] == (PlannedState.INCOMPLETE, Timing.LATE)
    again = house.begin(voluntary=True)
    assert again.round.planned is None


def test_what_came_due_while_nothing_ran_was_missed_and_is_told_once(house: House) -> None:
    """Three nights off: three rounds missed, one alert about the last of them (behaviours 20)."""
    house.watch.tick()
    house.room.clock.at = local("2020-07-05 08:00")
    house.watch.tick()
    assert list(house.states().values()) == ["missed", "missed", "missed", "planned"]
    assert house.told_topics()["round_missed"] == 1
    assert house.told_topics()["round_late"] == 0


def test_a_raised_posture_re_times_what_is_planned_exactly_once(house: House) -> None:
    """From now on, with more people; two engines make one set of rounds and one entry; lowering brings the old back."""
    house.watch.tick()
    house.watch.until("20:17")
    other = house.watch.another()
    other.room.house.planner.guard = house._guard
    house.raised(Posture.ORANGE)
    for _ in range(3):
        house.watch.tick()
        other.tick()
    opens = [one.opens for one in house.planned() if one.state is PlannedState.PLANNED]
    assert opens[0] == local("2020-07-02 20:30")
    assert {after - before for before, after in pairwise(opens)} == {timedelta(hours=1)}
    assert len(opens) == len(set(opens)) == 24
    assert {one.team for one in house.planned()} == {4}
    with house.room.house.store.read() as reads:
        entries = [one for one in reads.events_since(0, 10**6) if one.kind is EventKind.ROUNDS_PLANNED]
    assert [one.payload["posture"] for one in entries] == ["season", "orange"]
    house.guard = Guard()
    house.watch.tick()
    assert house.states() == {"02 21:00": "planned"}
    other.room.house.close()


def test_a_round_under_way_is_re_timed_from_now(house: House) -> None:
    """Its window ends an interval from now, the next one begins there; a level back, it ends as it was planned."""
    house.raised(Posture.YELLOW)
    house.watch.until("20:05")
    file = house.begin()
    assert house.planned()[0].closes == local("2020-07-02 23:00")
    house.watch.until("20:38")
    yellow = house.guard
    house.raised(Posture.ORANGE)
    house.watch.tick()
    walked = house.planned()[0]
    assert (walked.round_id, walked.closes) == (file.round.id, local("2020-07-02 21:45"))
    assert house.planned()[1].opens == local("2020-07-02 21:45")
    house.guard = yellow
    house.watch.tick()
    assert house.planned()[0].closes == local("2020-07-02 23:00")
    assert house.planned()[1].opens == local("2020-07-02 23:00")


def test_a_team_at_night_is_listened_for(house: House) -> None:
    """An hour without a word: the desk is told, five minutes later the leader; a word ends it."""
    house.watch.until("21:10")
    file = house.begin()
    house.watch.until("22:09")
    assert house.told_topics()["check_in"] == 0
    house.watch.until("22:11")
    (told,) = [one.notice for one in house.watch.notices.live() if one.notice.topic == "check_in"]
    assert (told.urgent, told.told) == (True, tuple(house.watch.room.house.duty.shift().officers))
    house.watch.until("22:16")
    (told,) = [one.notice for one in house.watch.notices.live() if one.notice.topic == "check_in"]
    assert told.told == (LEADER,)
    house.room.house.rounds.check_in(house.told(), file.round.id, said="平安")
    assert "check_in" not in {one.notice.topic for one in house.watch.notices.live()}
    with house.room.house.store.read() as reads:
        line = reads.rounds.line(file.round.id)
    assert line is not None
    assert line.check_in_at == local("2020-07-02 23:16")
    house.raised(Posture.ORANGE)
    house.watch.until("22:37")
    (told,) = [one.notice for one in house.watch.notices.live() if one.notice.topic == "check_in"]
    assert told.due_at == local("2020-07-02 22:36")


def test_plans_of_the_street_are_made_by_people_and_end_with_their_case(house: House) -> None:
    """School hours until the case is closed: rounds on working days in its windows, none after."""
    case = house.room.blow()
    wanted = PlanWanted(
        "护学岗", "walls", (Window(*times("07:00-07:35")), Window(*times("16:05-16:40"))), grid="JF-GNP-G02",
        days=Days.WORKING, whistle=case.case.whistle.id,
    )  # fmt: skip
    plan = house.room.house.round_plans.set(house.room.actor(OFFICER), new_request(), wanted)
    mine = [one for one in house.planned() if one.plan == plan.id]
    assert [f"{one.opens.astimezone(ZONE):%d %H:%M}" for one in mine] == ["03 07:00", "03 16:05"]
    house.room.act(case, Action.WITHDRAW, told=MEMBER, reason="误报")
    house.watch.tick()
    assert [one for one in house.planned() if one.plan == plan.id] == []
    with house.room.house.store.read() as reads:
        assert reads.rounds.plans() == ()


def test_a_plan_that_cannot_be_is_refused_whole(house: House) -> None:
    """Unknown names, no window, a case that is not open: a sentence, nothing written."""
    seq = house.room.seq()
    case = house.room.blow()
    house.room.act(case, Action.WITHDRAW, told=MEMBER, reason="误报")
    seq = house.room.seq()
    windows = (Window(*times("07:00-07:35")),)
    for wrong in (
        PlanWanted("x", "nothing", windows, grid=GRID), PlanWanted("x", "walls", windows, grid="JF-XX"),
        PlanWanted("x", "walls", (), grid=GRID), PlanWanted("x", "walls", windows, route="nowhere"),
        PlanWanted("x", "walls", windows, route=EIGHT, grid="JF-GNP-G02"),
        PlanWanted("x", "walls", windows, grid=GRID, place="nowhere"),
        PlanWanted("x", "walls", windows, grid=GRID, whistle=case.case.whistle.id),
        PlanWanted("x", "walls", windows, grid=GRID, until=house.watch.now),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            house.room.house.round_plans.set(house.room.actor(OFFICER), new_request(), wrong)
    with pytest.raises(BadInput):
        house.room.house.round_plans.end(house.room.actor(OFFICER), new_request(), "nightly")
    assert house.room.seq() == seq


def test_rules_without_a_plan_wait_for_nothing(house: House) -> None:
    """Taken out of the rules, a plan's rounds are dropped; the shipped rules alone plan nothing in a new street."""
    house.watch.tick()
    assert house.states() == {"02 21:00": "planned"}
    house.room.house.patrol_rules.load(RULES.split("[[plans]]")[0], house.room.actor(ADMIN), new_request())
    house.watch.tick()
    assert house.states() == {}


def test_the_shipped_plan_walks_the_river_by_the_posture(watch: Watch) -> None:
    """Every morning in the season; every four hours under yellow, with the community's leader on post."""
    watch.room.clock.at = local("2020-07-02 17:40")
    house = House(watch, sample_text(PATROLS))
    book = watch.room.house.patrol_rules.current()
    assert book.posts(Posture.YELLOW) == (Audience.DUTY_OFFICER, Audience.DUTY_LEADER, Audience.GRID_LEADER)
    watch.tick()
    assert {f"{one.opens.astimezone(ZONE):%H:%M}" for one in house.planned() if one.plan == "river"} == {"05:30"}
    house.raised(Posture.YELLOW)
    watch.tick()
    opens = [f"{one.opens.astimezone(ZONE):%H:%M}" for one in house.planned() if one.plan == "river"]
    assert opens[:4] == ["18:00", "22:00", "02:00", "06:00"]


def times(text: str) -> tuple[object, object]:  # type: ignore[override]
    """Both times of a window."""
    window = window_of(text)
    assert window is not None
    return window.opens, window.closes


def test_a_plan_of_the_rules_ends_with_its_case_too(house: House) -> None:
    """Named by its number in the rules: due while the case is open, dropped when it is closed."""
    case = house.room.blow()
    number = case.case.whistle.number
    tied = RULES.replace('windows = ["21:00-22:20"]', f'windows = ["21:00-22:20"]\nwhistle = "{number}"')
    house.room.house.patrol_rules.load(tied, house.room.actor(ADMIN), new_request())
    house.watch.tick()
    assert house.states() == {"02 21:00": "planned"}
    house.room.act(case, Action.WITHDRAW, told=MEMBER, reason="误报")
    house.watch.tick()
    assert house.states() == {}


@pytest.mark.parametrize("wrong", ['grid = "JF-XX-G01"', 'place = "nowhere"'])
def test_rules_that_name_what_the_street_has_not_are_refused(house: House, wrong: str) -> None:
    """A plan through a grid, or on a place, that is none."""
    text = RULES.replace('windows = ["21:00-22:20"]', f'windows = ["21:00-22:20"]\n{wrong}')
    text = text.replace('route = "eight"\n', "") if "grid" in wrong else text
    with pytest.raises(BadInput):
        house.room.house.patrol_rules.load(text, house.room.actor(ADMIN), new_request())


def test_a_round_of_the_grid_s_leader_is_the_leader_s(watch: Watch) -> None:
    """Reminded before, at its start and late: who walks it, and nobody below."""
    watch.room.clock.at = local("2020-07-02 20:00")
    house = House(watch, RULES.replace('windows = ["21:00-22:20"]', 'windows = ["21:00-22:20"]\nrole = "grid_leader"'))
    for at, topic in (("20:51", WatchTopic.ROUND_SOON), ("21:01", WatchTopic.ROUND_START),
                      ("21:21", WatchTopic.ROUND_LATE)):  # fmt: skip
        watch.until(at)
        (told,) = house.live(topic)
        assert "SH-SEC" in told.told
        assert not {MEMBER, MEMBER_B} & set(told.told)


def test_the_planned_round_that_is_named_is_begun_or_why_not(house: House) -> None:
    """Whatever else is due: a missed one too; not one that is begun, far ahead, over for a day, or somewhere else."""
    house.watch.tick()
    for_tonight = house.planned()[0].id
    with refused(BadInput, "Its window opens", "counts"):
        house.begin(due=for_tonight)
    house.room.clock.at = local("2020-07-03 21:10")
    house.watch.tick()
    missed, tonight = house.planned()[:2]
    assert (missed.id, missed.state) == (for_tonight, PlannedState.MISSED)
    assert house.begin(due=missed.id).round.planned == missed.id
    assert house.begin().round.planned == tonight.id
    with refused(IllegalMove, "begun that round already"):
        house.begin(due=tonight.id)
    with refused(NotFound, "due no more"):
        house.begin(due=UUID(int=4))
    house.room.clock.at = local("2020-07-04 23:00")
    house.watch.tick()
    last = house.planned()[2]
    with refused(BadInput, "another checklist", "way"):
        house.room.house.rounds.start(house.told(), "walls", GRID, (MEMBER, MEMBER_B), due=last.id)
    house.room.clock.at = local("2020-07-05 22:30")
    with refused(BadInput, "more than a day ago", "counts"):
        house.begin(due=last.id)


def test_a_round_with_every_answer_is_reminded_of_its_end_once(house: House) -> None:
    """Some minutes after its last word; the clock wakes for it, whoever corrects an answer hears no more of it."""
    house.watch.until("21:10")
    file = house.begin()
    house.walk(file, 1, 2, 3, 4, 5, 6, 7)
    house.watch.until("21:30")
    house.walk(file, 8)
    assert house.watch.clock.next_street() == local("2020-07-02 21:40")
    house.watch.until("21:39")
    assert house.live(WatchTopic.ROUND_TO_END) == []
    house.watch.until("21:40")
    (told,) = house.live(WatchTopic.ROUND_TO_END)
    assert (told.urgent, told.due_at) == (False, local("2020-07-02 21:40"))
    house.walk(file, 3)
    assert house.live(WatchTopic.ROUND_TO_END) == []
    house.watch.until("22:00")
    assert house.told_topics()["round_to_end"] == 1
    house.room.house.rounds.end(house.told(), file.round.id)
    over = house.walk(house.begin(), *range(1, 9))
    house.room.house.rounds.end(house.told(), over.round.id)
    house.watch.until("22:30")
    assert house.told_topics()["round_to_end"] == 1

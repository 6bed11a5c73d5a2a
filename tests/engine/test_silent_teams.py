"""Teams that nobody hears from: told again and again, red on the grid, until there is word (behaviours 18)."""

from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.domain.grid_status import GridWord
from app.domain.patrol_row import PatrolWord
from app.domain.posture import Posture
from app.domain.watch_topics import WatchTopic
from app.samples.script import local
from app.services.rounds_view import patrol_rows
from tests.engine.walls import RULES, House
from tests.engine.watch import Watch
from tests.unit.cases import GRID, LEADER, MEMBER, MEMBER_B, refused


@pytest.fixture
def house(watch: Watch) -> House:
    """At 20:00 of the night."""
    watch.room.clock.at = local("2020-07-02 20:00")
    return House(watch)


def word_of(house: House) -> GridWord:
    """The status word of the grid that is walked."""
    view = house.room.house.desk.view()
    return next(one.word for one in view.grids if one.grid.code == GRID)


def test_a_grid_stays_red_until_somebody_hears_from_the_team(house: House) -> None:
    """Told, and answered for: neither is a word from the team (domain 2.9)."""
    house.watch.until("21:10")
    file = house.begin()
    house.watch.until("22:09")
    assert word_of(house) is not GridWord.ALARM
    house.watch.until("22:10")
    assert word_of(house) is GridWord.ALARM
    (told,) = house.live(WatchTopic.CHECK_IN)
    house.watch.until("22:12")
    house.watch.answer(told)
    assert word_of(house) is GridWord.ALARM
    (row,) = [row for row in patrol_rows(house.room.house) if row.round_id == file.round.id]
    assert row.word is PatrolWord.SILENT
    house.room.house.rounds.check_in(house.told(), file.round.id)
    assert word_of(house) is not GridWord.ALARM
    assert not house.line(file).silent


def test_an_answer_is_no_word_from_the_team(house: House) -> None:
    """Who has it in hand is told again an interval on, for as long as the round is under way."""
    house.watch.until("21:10")
    file = house.begin()
    for at in ("22:11", "23:11", "00:11"):
        house.watch.until(at)
        (told,) = house.live(WatchTopic.CHECK_IN)
        house.watch.answer(told)
        house.watch.until(at[:3] + "59")
        assert house.live(WatchTopic.CHECK_IN) == []
    house.room.house.rounds.end(house.told(), file.round.id, reason="收队")
    house.watch.until("02:30")
    assert house.told_topics()["check_in"] == 3


def test_while_nobody_answers_the_first_calls_go_on(house: House) -> None:
    """No second notice beside the one that still calls; asleep, the clock tells once."""
    house.watch.until("21:10")
    house.begin()
    house.watch.until("23:30")
    (told,) = house.live(WatchTopic.CHECK_IN)
    assert told.step > 1
    assert house.told_topics()["check_in"] == 1
    house.watch.answer(told, LEADER)
    house.watch.asleep("03:00").tick()
    assert len(house.live(WatchTopic.CHECK_IN)) == 1
    assert house.told_topics()["check_in"] == 2


def test_who_began_by_day_is_listened_for_once_it_is_night(house: House) -> None:
    """From the night's begin on, whenever it was heard by day; in the morning it is let be."""
    house.room.clock.at = local("2020-07-03 15:30")
    file = house.begin()
    assert house.line(file).check_in_at == local("2020-07-03 20:00")
    house.watch.until("19:59")
    assert house.live(WatchTopic.CHECK_IN) == []
    house.watch.until("20:00")
    assert len(house.live(WatchTopic.CHECK_IN)) == 1
    house.room.clock.at = local("2020-07-04 18:20")
    house.walk(file, 1)
    assert house.line(file).check_in_at == local("2020-07-04 20:00")
    house.room.clock.at = local("2020-07-05 06:30")
    house.walk(file, 2)
    assert house.line(file).check_in_at == local("2020-07-05 20:00")


def test_a_stricter_posture_listens_sooner_from_the_night_on(house: House) -> None:
    """Raised by day it asks for nothing before the night; at night from now on."""
    house.room.clock.at = local("2020-07-03 15:30")
    file = house.begin()
    house.raised(Posture.ORANGE)
    house.watch.tick()
    assert house.line(file).check_in_at == local("2020-07-03 19:20")
    house.room.clock.at = local("2020-07-03 19:05")
    house.walk(file, 1)
    assert house.line(file).check_in_at == local("2020-07-03 19:25")


def test_so_many_walk_together_as_the_posture_asks_for(house: House) -> None:
    """By day one goes; from orange on four, or somebody says why not; voluntary rounds along the way too."""
    house.room.clock.at = local("2020-07-03 10:00")
    alone = house.begin(MEMBER)
    assert alone.events[0].payload["few"] is False
    house.raised(Posture.ORANGE)
    house.watch.tick()
    for voluntary in (False, True):
        with refused(BadInput, "Under", "team"):
            house.begin(MEMBER, MEMBER_B, voluntary=voluntary)
    few = house.begin(MEMBER, MEMBER_B, alone="两人在外村")
    assert (few.round.alone_because, few.events[0].payload["few"]) == ("两人在外村", True)


def test_what_is_planned_in_its_window_asks_for_more_people_under_another_posture(watch: Watch) -> None:
    """The window stays, who is reminded hears how many go, and once is enough."""
    watch.room.clock.at = local("2020-07-02 20:00")
    house = House(watch, RULES.replace("orange = 4", "blue = 3"))
    house.watch.tick()
    house.raised(Posture.BLUE)
    house.watch.tick()
    (before,) = house.planned()
    assert (before.posture, before.team, before.opens) == (Posture.BLUE, 3, local("2020-07-02 21:00"))
    house.watch.tick()
    assert house.planned() == [before]


def test_the_night_finds_one_on_the_way_and_the_desk_is_told(house: House) -> None:
    """Who set out by day: once, whatever is answered meanwhile by the team; check-ins go on beside it."""
    house.room.clock.at = local("2020-07-03 18:55")
    file = house.begin(MEMBER)
    house.watch.until("18:59:59")
    assert house.live(WatchTopic.ROUND_TOO_FEW) == []
    house.watch.until("19:00")
    (told,) = house.live(WatchTopic.ROUND_TOO_FEW)
    assert told.urgent
    assert word_of(house) is not GridWord.ALARM
    house.watch.until("19:20")
    house.walk(file, 1)
    assert [one.id for one in house.live(WatchTopic.ROUND_TOO_FEW)] == [told.id]
    house.watch.until("20:20")
    assert len(house.live(WatchTopic.CHECK_IN)) == 1
    house.room.house.rounds.end(house.told(), file.round.id, reason="召回")
    assert house.watch.notices.live() == ()
    assert house.told_topics()["round_too_few"] == 1


def test_too_few_are_told_of_though_nothing_ran_as_the_night_began(house: House) -> None:
    """An answer of the evening hides nothing; enough people, a reason or a round that ended say nothing."""
    house.room.clock.at = local("2020-07-03 18:30")
    one = house.begin(MEMBER)
    house.begin(MEMBER, MEMBER_B)
    house.begin(MEMBER, alone="同伴在桥头等")
    over = house.begin(MEMBER)
    house.room.house.rounds.end(house.told(), over.round.id, reason="收队")
    house.watch.asleep("19:40")
    house.walk(one, 1)
    house.watch.tick()
    assert [notice.subject for notice in house.live(WatchTopic.ROUND_TOO_FEW)] == [f"round/{one.round.id.hex}"]


def test_two_engines_say_it_once(house: House) -> None:
    """Too few at night, no word, to be ended: whichever program is faster."""
    other = house.watch.another()
    house.room.clock.at = local("2020-07-03 18:50")
    house.begin(MEMBER)
    house.walk(house.begin(), *range(1, 9))
    for at in ("19:00", "20:00"):
        house.room.clock.at = local(f"2020-07-03 {at}")
        for _ in range(2):
            other.tick()
            house.watch.tick()
    topics = house.told_topics()
    assert (topics["round_too_few"], topics["round_to_end"], topics["check_in"]) == (1, 1, 2)
    other.room.house.close()

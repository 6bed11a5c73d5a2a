"""Rounds in a real database: begun once, answered from several desks, ended with what is missing (behaviours 16–18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.actor import Channel
from app.domain.checklist import Answer, Verdict
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound, NotPermitted
from app.domain.events import EventKind
from app.domain.radio import told_answers, understand_radio
from app.domain.round import Item, RoundState
from app.domain.round_file import RoundFile
from app.domain.street_index import StreetIndex
from app.samples.script import local
from app.services.rounds import Told
from tests.services.room import Room, new_request
from tests.unit.cases import GRID, MEMBER, OFFICER, refused

ADMIN, SECOND, ELSEWHERE = "JF-GL", "SH-G01-B", "JF-GNP-G02"
ROUTE = "wanrong_shuanghe"
FINE = Answer(Verdict.OK)


def told(room: Room, by: str = MEMBER, **how: object) -> Told:
    """Recorded by the desk as it was told by radio."""
    return Told(room.actor(OFFICER), new_request(), by, Channel.RADIO, **how)  # type: ignore[arg-type]


def begin(room: Room, *team: str, **how: str) -> RoundFile:
    """A river round of two."""
    return room.house.rounds.start(told(room), "river_flood", GRID, team or (MEMBER, SECOND), route=ROUTE, **how)


def heard(file: RoundFile, line: str) -> Mapping[Item, Answer]:
    """The answers of a radio line."""
    return told_answers(understand_radio(line, file.walk.route, file.walk.template, file.round.answers))


def test_a_round_is_walked_by_radio(room: Room) -> None:
    """Every answer is on the disk at once, whoever looks; the end needs all of them or a reason."""
    file = begin(room)
    assert (file.round.number, file.progress.asked, file.progress.answered) == ("R-20200702-01", 28, 0)
    other = Room.open(Path(room.house.settings.database), room.clock, "desk-2")
    line = "1 水位 200.17 平 / 4 井盖 移位"
    room.later(minutes=3)
    room.house.rounds.answer(told(room), file.round.id, heard(file, line), said=line)
    seen = other.house.rounds.file(file.round.id)
    assert seen.round.problems == ((4, "covers"),)
    assert seen.events[-1].words["line"] == line
    other.house.rounds.answer(told(other, SECOND), file.round.id, {(4, "covers"): FINE})
    after = room.house.rounds.file(file.round.id)
    assert (after.round.problems, after.round.answers[4, "covers"].by) == ((), SECOND)
    with refused(BadInput, "Not answered yet", "reason"):
        room.house.rounds.end(told(room), file.round.id)
    assert room.house.rounds.file(file.round.id).round.state is RoundState.UNDER_WAY
    ended = room.house.rounds.end(told(room), file.round.id, reason="雷暴,撤到桥头")
    assert (ended.round.state, ended.round.reason) == (RoundState.INCOMPLETE, "雷暴,撤到桥头")
    missing = ended.events[-1].payload["missing"]
    assert isinstance(missing, list)
    assert len(missing) == 26
    with pytest.raises(IllegalMove):
        room.house.rounds.answer(told(room), file.round.id, {(4, "covers"): FINE})
    other.house.close()


def test_a_round_with_every_answer_is_finished(room: Room) -> None:
    """Not seen is an answer too; lists show where each round stands."""
    room.clock.at = local("2020-07-03 09:20")
    file = room.house.rounds.start(told(room), "school_hours", GRID, [MEMBER])
    answers = {(point.number, question.id): FINE for point, question in file.walk.items()}
    first, *rest = answers
    room.house.rounds.answer(told(room), file.round.id, {first: Answer(Verdict.NOT_SEEN)})
    (line,) = room.house.rounds.under_way()
    assert (line.number, line.progress.answered, line.progress.asked) == ("R-20200703-01", 1, 7)
    room.house.rounds.answer(told(room), file.round.id, dict.fromkeys(rest, FINE))
    assert room.house.rounds.end(told(room), file.round.id).round.state is RoundState.FINISHED
    assert room.house.rounds.under_way() == ()
    (line,) = room.house.rounds.since(local("2020-07-03 09:00"))
    assert (line.state, line.progress.answered, line.ended_at) == (RoundState.FINISHED, 7, room.clock.at)
    assert room.house.rounds.since(local("2020-07-03 09:21")) == ()
    with room.house.store.read() as reads:
        assert reads.last_record_by_grid()[GRID] == room.clock.at


def test_the_same_request_begins_and_records_once(room: Room) -> None:
    """A repeated call finds what it did; the number of another kind of call is refused."""
    call = told(room)
    file = room.house.rounds.start(call, "river_flood", GRID, [MEMBER, SECOND], route=ROUTE)
    seq = room.seq()
    again = room.house.rounds.start(call, "river_flood", GRID, [MEMBER, SECOND], route=ROUTE)
    assert again.round == file.round
    said = told(room)
    for _ in range(2):
        room.house.rounds.answer(said, file.round.id, {(4, "covers"): FINE})
    assert room.seq() == seq + 1
    with pytest.raises(Conflict):
        room.house.rounds.end(said, file.round.id, reason="x")
    assert begin(room).round.number == "R-20200702-02"


def test_at_night_two_walk_together_or_somebody_says_why(room: Room) -> None:
    """Behaviours 18: the reason is in the entry; by day one may go; the rule is the street's."""
    with refused(BadInput, "At night", "team"):
        begin(room, MEMBER)
    alone = begin(room, MEMBER, alone="同伴送医,十分钟后到")
    assert alone.round.alone_because == "同伴送医,十分钟后到"
    assert room.house.rounds.file(alone.round.id).events[0].payload["few"] is True
    room.clock.at = local("2020-07-03 07:00")
    assert begin(room, MEMBER).round.alone_because == ""
    text = room.house.patrol_rules.text().replace("team = 2", "team = 3")
    room.house.patrol_rules.load(text, room.actor(ADMIN), new_request())
    room.clock.at = local("2020-07-03 23:00")
    with refused(BadInput, "{'n': 3}", "team"):
        begin(room)


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"template": "nothing"}, BadInput, "nothing"),
        ({"route": "nowhere"}, BadInput, "nowhere"),
        ({"grid": "JF-SH-G99"}, BadInput, "JF-SH-G99"),
        ({"grid": ELSEWHERE}, BadInput, "leads through"),
        ({"team": ()}, BadInput, "missing"),
        ({"team": (MEMBER, "SH-X")}, NotFound, "SH-X"),
        ({"by": ADMIN}, BadInput, "does not walk this round"),
        ({"channel": Channel.TERMINAL}, BadInput, "how you were told"),
        ({"at": "2020-07-03 02:00"}, BadInput, "has not come yet"),
        ({"actor": "LF-G01-SQ"}, NotPermitted, "may not record in this grid"),
    ],
)
def test_what_cannot_begin_says_why_and_writes_nothing(
    room: Room, change: dict[str, object], error: type[Exception], sentence: str
) -> None:
    """Each reason as a sentence; no version of the rules is made by the way."""
    usual: dict[str, object] = {"template": "river_flood", "grid": GRID, "team": (MEMBER, SECOND), "route": ROUTE}
    seq, call = room.seq(), told(room)
    if "at" in change:
        call = replace(call, at=local(str(change["at"])))
    if "actor" in change:
        actor = next(one.code for one in room.house.streets.current().street.members
                     if any(post.at == "JF-LF-G01" for post in one.posts))  # fmt: skip
        call = replace(call, actor=room.actor(actor), by=actor)
        usual["team"] = (actor, SECOND)
    call = replace(call, **{name: change[name] for name in ("by", "channel") if name in change})  # type: ignore[arg-type]
    usual |= {name: change[name] for name in ("template", "grid", "team", "route") if name in change}
    with refused(error, sentence):
        room.house.rounds.start(call, usual["template"], usual["grid"], usual["team"], route=usual["route"])  # type: ignore[arg-type]
    assert room.seq() == seq
    assert room.house.patrol_rules.current().version == 0


def test_who_works_here_no_more_does_not_walk(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused with the name, nothing written."""
    street = room.house.streets.current().street
    members = tuple(replace(one, active=one.code != SECOND) for one in street.members)
    index = StreetIndex(replace(street, members=members))
    monkeypatch.setattr(room.house.streets, "index", lambda _reads: index)
    seq = room.seq()
    with refused(BadInput, "works here no more", "team"):
        begin(room)
    assert room.seq() == seq


def test_what_is_not_asked_cannot_be_answered(room: Room) -> None:
    """A question of another point, an empty answer, a time before the beginning."""
    file = begin(room)
    rounds, seq = room.house.rounds, room.seq()
    with refused(BadInput, "is not asked at point", "answers"):
        rounds.answer(told(room), file.round.id, {(5, "gauge"): FINE, (4, "covers"): FINE})
    with refused(BadInput, "missing", "answers"):
        rounds.answer(told(room), file.round.id, {})
    with refused(BadInput, "began later", "at"):
        rounds.answer(told(room, at=room.clock.at - timedelta(minutes=1)), file.round.id, {(4, "covers"): FINE})
    with refused(NotFound, "no such round"):
        rounds.file(UUID(int=1))
    assert room.seq() == seq


def test_a_round_keeps_the_questions_it_began_with(room: Room) -> None:
    """Rules loaded meanwhile hold for the next round; the shipped ones become version 1 with the first."""
    assert room.house.patrol_rules.current().version == 0
    file = begin(room)
    assert file.round.rules_version == 1
    changed = (
        room.house.patrol_rules.text().replace('id = "covers"', 'id = "manholes"').replace('"covers"', '"manholes"')
    )
    rules = room.house.patrol_rules
    assert rules.load(changed, room.actor(ADMIN), new_request()).version == 2
    assert rules.load(changed, room.actor(ADMIN), new_request()).version == 2
    room.house.rounds.answer(told(room), file.round.id, {(4, "covers"): FINE})
    fresh = begin(room)
    assert fresh.walk.find((4, "covers")) is None
    assert fresh.walk.find((4, "manholes")) is not None
    (first,) = [line for line in room.house.rounds.under_way() if line.id == file.round.id]
    assert room.house.rounds.walk_of(first).find((4, "covers")) is not None
    kinds = [event.kind for event in _patrol_entries(room)]
    assert kinds == [EventKind.PATROLS_LOADED, EventKind.PATROLS_LOADED]


def test_rules_are_the_administrator_s_and_fit_the_street(room: Room) -> None:
    """Nobody else loads them; a route through a grid that is not there is named; a bad file changes nothing."""
    rules, text = room.house.patrol_rules, room.house.patrol_rules.text()
    with pytest.raises(NotPermitted):
        rules.load(text, room.actor(OFFICER), new_request())
    with refused(BadInput, "JF-SH-G88", "routes"):
        rules.load(text.replace('grid = "JF-SH-G01"', 'grid = "JF-SH-G88"'), room.actor(ADMIN), new_request())
    with refused(BadInput, "night.team"):
        rules.load(text.replace("team = 2", "team = 0"), room.actor(ADMIN), new_request())
    assert rules.current().version == 0
    assert _patrol_entries(room) == []


@pytest.mark.parametrize("name", ["R-20200702-01", "0702-01", "r0702-01", "巡0702-01", "Ｒ0702-01"])
def test_a_round_is_found_by_what_is_said(room: Room, name: str) -> None:
    """Full, short, with its sign, full width; last year's too."""
    file = begin(room)
    assert room.house.rounds.find(name) == file.round.id
    room.clock.at = local("2021-03-01 09:00")
    assert room.house.rounds.find(name) == file.round.id
    for nobody in ("0702-02", "W-20200702-01", "", "x"):
        with pytest.raises(NotFound):
            room.house.rounds.find(nobody)


def _patrol_entries(room: Room) -> list[object]:
    with room.house.store.read() as reads:
        return [event for event in reads.events_since(0, 10_000) if event.stream == "patrols"]

"""The street changes its checklists in the program: comments stay, old rounds keep their questions (domain 4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from app.domain.actor import Channel
from app.domain.checklist import AnswerKind
from app.domain.errors import BadInput, NotFound, NotPermitted
from app.domain.whistle import Severity
from app.samples import PATROLS, sample_text
from app.services.patrol_changes import Overtaken, add_question, change_question
from app.services.patrol_edit import (
    Field,
    moved_question,
    with_levels,
    with_question,
    with_template,
    without_question,
)
from app.services.patrol_file import read_patrols
from app.services.rounds import Told
from tests.services.room import Room, new_request
from tests.unit.cases import ADMIN, GRID, MEMBER, OFFICER

SHIPPED = sample_text(PATROLS)
NETS: Mapping[str, Field] = {
    "kind": "count", "zh": "防坠网", "en": "safety nets", "calls": ["防坠网", "nets"], "high": Decimal("3.5"),
    "severity": "urgent",
}  # fmt: skip


def comments(text: str) -> list[str]:
    """Every comment of a text."""
    return [line for line in text.splitlines() if line.startswith("#")]


def test_a_question_is_added_where_it_is_wanted() -> None:
    """After another one; all comments and all other questions are as they were."""
    after = with_question(SHIPPED, "river_flood", "nets", NETS, after="covers")
    before, book = read_patrols(SHIPPED), read_patrols(after)
    ids = [one.id for one in book.templates["river_flood"].questions]
    assert ids[ids.index("covers") + 1] == "nets"
    asked = book.templates["river_flood"].question("nets")
    assert asked is not None
    assert (asked.kind, asked.high, asked.severity, asked.calls) == (
        AnswerKind.COUNT, Decimal("3.5"), Severity.URGENT, ("防坠网", "nets"))  # fmt: skip
    assert comments(after) == comments(SHIPPED)
    assert {key: one for key, one in book.templates.items() if key != "river_flood"} == {
        key: one for key, one in before.templates.items() if key != "river_flood"
    }
    assert (book.routes, book.plans, book.gauges) == (before.routes, before.plans, before.gauges)


def test_a_question_is_changed_and_taken_away_whole() -> None:
    """Only what is named changes; an empty value takes a key away; a route asks no more what nobody asks."""
    after = with_question(SHIPPED, "river_flood", "low_spot", {"high": Decimal(25), "caution_zh": "", "caution_en": ""})
    changed = read_patrols(after).templates["river_flood"].question("low_spot")
    kept = read_patrols(SHIPPED).templates["river_flood"].question("low_spot")
    assert changed is not None
    assert kept is not None
    assert (changed.high, changed.caution, changed.name, changed.severity) == (
        Decimal(25), None, kept.name, kept.severity)  # fmt: skip
    gone = read_patrols(without_question(SHIPPED, "river_flood", "warned"))
    assert gone.templates["river_flood"].question("warned") is None
    assert all("warned" not in point.asks for route in gone.routes.values() for point in route.points)
    stays = read_patrols(without_question(SHIPPED, "river_flood", "outfalls"))
    assert "outfalls" in stays.routes["wanrong_shuanghe"].points[3].asks


def test_a_checklist_is_made_like_another_one_or_from_nothing() -> None:
    """It can be asked at once; a second one of the same id is refused."""
    after = with_template(SHIPPED, "river_rain", "雨中巡河", "River round in rain", like="river_daily")
    book = read_patrols(after)
    assert book.templates["river_rain"].questions == book.templates["river_daily"].questions
    assert len(read_patrols(with_template(SHIPPED, "bare", "空白", "")).templates["bare"].questions) == 1
    assert read_patrols(with_template("", "first", "第一张", "")).templates["first"].name.zh == "第一张"
    with pytest.raises(BadInput):
        with_template(after, "river_rain", "雨中巡河", "")


def test_levels_of_a_gauge_are_entered_and_taken_away() -> None:
    """Empty until the street has verified them."""
    text = with_levels(SHIPPED, "shuanghe_bridge", {"guard": Decimal("199.5"), "warning": Decimal("200.25")})
    gauge = read_patrols(text).gauges["shuanghe_bridge"]
    assert (gauge.guard, gauge.warning, gauge.guarantee) == (Decimal("199.5"), Decimal("200.25"), None)
    again = read_patrols(with_levels(text, "shuanghe_bridge", {"guard": None})).gauges["shuanghe_bridge"]
    assert (again.guard, again.warning) == (None, Decimal("200.25"))


def test_a_question_is_moved_and_every_comment_stays() -> None:
    """Within its checklist and not beyond its ends; nothing but the order is another one."""
    before = read_patrols(SHIPPED).templates["river_flood"].questions
    ids = [one.id for one in before]
    commented = SHIPPED.replace('    { id = "water",', '    # 水面 the surface\n    { id = "water",')
    for step, wanted in ((1, [ids[0], ids[2], ids[1]]), (-1, [ids[1], ids[0], ids[2]]), (-9, [ids[1], ids[0], ids[2]])):
        text = moved_question(commented, "river_flood", ids[1], step)
        after = read_patrols(text).templates["river_flood"].questions
        assert [one.id for one in after][:3] == wanted
        assert set(after) == set(before)
        assert "# 水面 the surface" in text
        assert comments(text) == comments(commented)
    last = moved_question(SHIPPED, "river_flood", ids[0], 99)
    assert [one.id for one in read_patrols(last).templates["river_flood"].questions] == [*ids[1:], ids[0]]


def test_questions_written_as_tables_are_moved_too() -> None:
    """A street may write [[templates.questions]]."""
    text = """
[[templates]]
id = "a"
zh = "甲"
[[templates.questions]]
id = "one"
kind = "state"
zh = "一" # first
[[templates.questions]]
id = "two"
kind = "state"
zh = "二"
"""
    moved = moved_question(text, "a", "two", -1)
    assert [one.id for one in read_patrols(moved).templates["a"].questions] == ["two", "one"]
    assert "# first" in moved


def test_a_change_of_a_form_writes_over_nobody(room: Room) -> None:
    """Another field of the question stays; the same one is told of; one taken away meanwhile is not made anew."""
    rules, admin = room.house.patrol_rules, room.actor(ADMIN)
    seen = rules.current().templates["street_order"].questions[0]
    rules.change(lambda t: with_question(t, "street_order", seen.id, {"en": "theirs"}), admin, new_request())
    book = rules.change(change_question("street_order", seen, {"severity": "urgent"}), admin, new_request())
    now = book.templates["street_order"].questions[0]
    assert (now.name.en, now.severity) == ("theirs", Severity.URGENT)
    with pytest.raises(Overtaken) as refused:
        rules.change(change_question("street_order", seen, {"en": "mine"}), admin, new_request())
    assert (refused.value.found, refused.value.fields) == (now, ("en",))
    rules.change(change_question("street_order", now, {"severity": "normal"}), admin, new_request())
    assert rules.current().templates["street_order"].questions[0].severity is Severity.NORMAL
    rules.change(lambda t: without_question(t, "street_order", seen.id), admin, new_request())
    with pytest.raises(NotFound):
        rules.change(change_question("street_order", now, {"zh": "又来"}), admin, new_request())
    taken = rules.current().templates["street_order"].questions[0].id
    with pytest.raises(BadInput):
        rules.change(add_question("street_order", taken, NETS, ""), admin, new_request())


def test_what_is_not_there_is_named() -> None:
    """A checklist, a question, a gauge."""
    with pytest.raises(NotFound):
        with_question(SHIPPED, "nothing", "nets", NETS)
    with pytest.raises(NotFound):
        with_question(SHIPPED, "river_flood", "nets", NETS, after="nothing")
    with pytest.raises(NotFound):
        without_question(SHIPPED, "river_flood", "nothing")
    with pytest.raises(NotFound):
        with_levels(SHIPPED, "nothing", {"guard": None})


def test_an_old_round_keeps_its_questions(room: Room) -> None:
    """The change is the next version; a round under way asks what it began with, a new one the new question."""
    rounds, rules = room.house.rounds, room.house.patrol_rules
    told = Told(room.actor(OFFICER), new_request(), MEMBER, Channel.RADIO)
    before = rounds.start(told, "street_order", GRID, [MEMBER, "SH-G01-B"])
    room.later(hours=1)
    book = rules.change(
        lambda text: with_question(text, "street_order", "nets", NETS), room.actor(ADMIN), new_request()
    )
    assert book.version == 2
    again = Told(room.actor(OFFICER), new_request(), MEMBER, Channel.RADIO)
    fresh = rounds.start(again, "street_order", GRID, [MEMBER, "SH-G01-B"])
    assert rounds.file(before.round.id).walk.template.question("nets") is None
    assert fresh.walk.template.question("nets") is not None


def test_what_would_be_wrong_is_refused_and_nothing_is_written(room: Room) -> None:
    """Bounds of a text question, a key that is none, somebody who may not."""
    rules, seq = room.house.patrol_rules, room.seq()
    wrong: Mapping[str, Field] = {"kind": "text", "zh": "话", "high": Decimal(3)}
    with pytest.raises(BadInput):
        rules.change(lambda text: with_question(text, "street_order", "x", wrong), room.actor(ADMIN), new_request())
    with pytest.raises(BadInput):
        rules.change(lambda text: with_question(text, "street_order", "X Y", NETS), room.actor(ADMIN), new_request())
    with pytest.raises(NotPermitted):
        rules.change(lambda text: with_question(text, "street_order", "x", NETS), room.actor(MEMBER), new_request())
    assert room.seq() == seq
    same = new_request()
    first = rules.change(lambda text: with_question(text, "street_order", "x", NETS), room.actor(ADMIN), same)
    assert rules.change(lambda text: "broken", room.actor(ADMIN), same).version == first.version

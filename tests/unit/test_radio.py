"""A line heard by radio: several points in one go; what is not understood says so, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import read_answer
from app.domain.checklist import Answer, AnswerKind, Question, Trend, Verdict, severity_of
from app.domain.message import Name
from app.domain.radio import LONGEST_LINE, Heard, all_stays, told_answers, understand_radio
from app.domain.radio_example import radio_example
from app.domain.round import Answered, Item
from app.domain.route import asked_at
from app.domain.whistle import Severity
from app.samples import PATROLS, sample_text
from app.services.patrol_file import read_patrols

BOOK = read_patrols(sample_text(PATROLS))
ROUTE, FLOOD = BOOK.routes["wanrong_shuanghe"], BOOK.templates["river_flood"]


def heard(line: str) -> tuple[Heard, ...]:
    """What of a line is understood on the river route."""
    return understand_radio(line, ROUTE, FLOOD)


def short(line: str) -> list[tuple[int, str, Verdict]]:
    """Point, question, verdict of each answer; fails when a part was not understood."""
    found = []
    for one in heard(line):
        assert one.trouble is None, one
        assert one.point is not None
        assert one.question is not None
        assert one.answer is not None
        found.append((one.point.number, one.question.id, one.answer.verdict))
    return found


def test_the_line_of_the_night_is_three_points() -> None:
    """A reading with its trend, a missing cover, and a point where all is well."""
    first, second, *rest = heard("1 水位 199.42 涨 / 4 井盖 缺失 / 6 好")
    assert first.answer is not None
    assert (first.answer.number, first.answer.trend) == (Decimal("199.42"), Trend.RISING)
    assert second.question is not None
    assert (second.question.id, second.answer and second.answer.text) == ("covers", "缺失")
    assert {one.point and one.point.number for one in rest} == {6}
    states = {one.id for one in asked_at(ROUTE.points[5], FLOOD) if one.kind is AnswerKind.STATE}
    assert len(states) > 1
    assert {one.question.id for one in rest if one.question} == states
    assert all(one.answer is not None and one.answer.verdict is Verdict.OK for one in rest)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("４号点　井盖：移位；排水口 好", [(4, "covers", Verdict.PROBLEM), (4, "outfalls", Verdict.OK)]),
        ("4井盖缺失", [(4, "covers", Verdict.PROBLEM)]),
        ("1 199.42 涨", [(1, "gauge", Verdict.OK)]),
        ("四号点 井盖 缺失", [(4, "covers", Verdict.PROBLEM)]), ("4号 井盖 缺失", [(4, "covers", Verdict.PROBLEM)]),
        ("第四点井盖缺失", [(4, "covers", Verdict.PROBLEM)]), ("第４个点 井盖 缺失", [(4, "covers", Verdict.PROBLEM)]),
        ("四 井盖 缺失", [(4, "covers", Verdict.PROBLEM)]), ("4# 井盖缺失", [(4, "covers", Verdict.PROBLEM)]),
        ("point 4 cover missing", [(4, "covers", Verdict.PROBLEM)]),
        ("二号点 积水 半米", [(2, "low_spot", Verdict.PROBLEM)]), ("2 桥下 十公分", [(2, "low_spot", Verdict.OK)]),
        ("一号 水位 一九九点四二 涨", [(1, "gauge", Verdict.OK)]), ("1 一百九十九点四二", [(1, "gauge", Verdict.OK)]),
        ("1 水位 １９９．４２ 涨", [(1, "gauge", Verdict.OK)]),
        ("1 gauge 199.42 rising / 2 underpass 40", [(1, "gauge", Verdict.OK), (2, "low_spot", Verdict.PROBLEM)]),
        ("2 桥下 无 / 3 劝离 三人\n警戒带 已设",
         [(2, "low_spot", Verdict.OK), (3, "people", Verdict.OK), (3, "warned", Verdict.OK)]),
    ],
)  # fmt: skip
def test_as_people_say_it(line: str, expected: list[tuple[int, str, Verdict]]) -> None:
    """With and without blanks, in both widths and languages; a part without a number is about the same point."""
    assert short(line) == expected


@pytest.mark.parametrize(
    ("said", "severity"),
    [("缺失", Severity.CRITICAL), ("没了", Severity.CRITICAL), ("不在", Severity.CRITICAL), ("塌陷", Severity.CRITICAL),
     ("移位冒水", Severity.CRITICAL),
     ("移位", Severity.URGENT), ("破损", Severity.URGENT), ("下沉3cm", Severity.URGENT),
     ("shifted", Severity.URGENT), ("Missing", Severity.CRITICAL), ("有问题", Severity.CRITICAL),
     ("说不上来", Severity.CRITICAL)],
)  # fmt: skip
def test_a_shifted_cover_is_less_grave_than_a_missing_one(said: str, severity: Severity) -> None:
    """The two grades of domain 3; what says nothing of it is taken for the graver."""
    (one,) = heard(f"4 井盖 {said}")
    assert one.question is not None
    assert severity_of(one.question, one.answer) is severity


def test_a_missing_cover_is_critical_on_every_checklist() -> None:
    """On the way to school and in the street too, where a loose one is not."""
    for template, id_ in (("street_order", "road"), ("school_hours", "covers")):
        question = BOOK.templates[template].question(id_)
        assert question is not None
        grades = [severity_of(question, read_answer(question, said)) for said in ("井盖缺失", "松动")]
        assert grades == [Severity.CRITICAL, Severity.URGENT]


@pytest.mark.parametrize("line", ["4 井盖 没有", "4 井盖无", "4 cover none", "4 无", "4 没有"])
def test_none_is_no_word_for_in_order(line: str) -> None:
    """The cover may be gone; what is recorded is what was meant."""
    (one,) = heard(line)
    assert one.trouble is not None
    assert "can mean either" in one.trouble.msgid


def test_none_of_a_danger_is_understood_by_its_name() -> None:
    """Said a hundred times a night: no seepage, no backflow, no water under the bridge."""
    line = "1 渗漏 无 / 4 倒灌 没有 / 漏电 无 / 步行道 无积水 / 2 积水 没有 / 5 无异常"
    assert {one[2] for one in short(line)} == {Verdict.OK}
    (gone,) = short("4 井盖 没了")
    assert gone == (4, "covers", Verdict.PROBLEM)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("2 无积水", {"low_spot"}), ("1 无渗漏", {"seepage"}), ("3 没有人", {"people"}), ("4 没人", {"people"}),
     ("1 没有漂浮物", {"water"}), ("3 劝离 两个人", {"people"}), ("5 沙袋还有四十袋", {"stock"})],
)  # fmt: skip
def test_none_of_one_thing_is_not_all_fine(line: str, expected: set[str]) -> None:
    """No seepage says nothing of the rest of the point."""
    assert {question for _, question, _ in short(line)} == expected


def test_no_cover_is_asked_about_in_this_order_too() -> None:
    """没有井盖 is no cover in order."""
    (one,) = heard("4 没有井盖")
    assert one.trouble is not None
    assert "can mean either" in one.trouble.msgid


P, K = Verdict.PROBLEM, Verdict.OK


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4号点井盖缺失，其余好",
         {"covers": (P, "缺失"), "outfalls": (K, ""), "walkway": (K, ""), "electricity": (K, "")}),
        ("4 井盖好，排水口好", {"covers": (K, ""), "outfalls": (K, "")}),
        ("4 井盖 缺失 排水口 倒灌", {"covers": (P, "缺失"), "outfalls": (P, "倒灌")}),
        ("4 井盖、排水口都好", {"covers": (K, ""), "outfalls": (K, "")}),
        ("4 井盖和步行道 有问题", {"covers": (P, ""), "walkway": (P, "")}),
        ("4 井盖 缺失，洞口翻水", {"covers": (P, "缺失，洞口翻水")}),
        ("4 步行道 被淹，电线杆歪", {"walkway": (P, "被淹"), "electricity": (P, "杆歪")}),
        ("4 cover missing, rest ok",
         {"covers": (P, "missing"), "outfalls": (K, ""), "walkway": (K, ""), "electricity": (K, "")}),
        ("1 水位 199.42 涨 水面 浑 有漂浮物", {"gauge": (K, ""), "water": (P, "浑 有漂浮物")}),
        ("1 水位 199.42，涨，渗漏 无", {"gauge": (K, ""), "seepage": (K, "")}),
        ("5 转移 王家，李家", {"households": (K, "")}),
        ("5 井盖 缺失，人员已撤离", {"covers": (P, "缺失，人员已撤离")}),
    ],
)  # fmt: skip
def test_several_things_in_one_breath(line: str, expected: dict[str, tuple[Verdict, str]]) -> None:
    """With commas, with blanks, two things with one word; what calls nothing belongs to what was said before."""
    found = told_answers(heard(line))
    assert {question: (one.verdict, one.text) for (_, question), one in found.items()} == expected


STATES_AT_4 = {"outfalls", "covers", "walkway", "electricity"}


@pytest.mark.parametrize("line", ["4 井盖 缺失 / 4 好", "4 好 / 4 井盖 缺失", "4 井盖 缺失 / 好", "4 井盖 缺失; 4 ok"])
def test_fine_beside_a_problem_means_the_rest_of_the_point(line: str) -> None:
    """A missing cover is not wiped by the word for everything else, whichever of the two is said first."""
    answers = told_answers(heard(line))
    assert {question for _, question in answers} == STATES_AT_4
    assert {item for item, one in answers.items() if one.verdict is Verdict.PROBLEM} == {(4, "covers")}
    assert answers[4, "covers"].text == "缺失"


def test_a_problem_of_an_earlier_line_stands_until_it_is_named() -> None:
    """Half an hour later the point is said to be fine: the cover is still missing, and the line says so."""
    at = datetime(2020, 7, 2, 15, 52, tzinfo=UTC)
    missing = Answer(Verdict.PROBLEM, text="缺失")
    standing: dict[Item, Answered] = {(4, "covers"): Answered(missing, at, "SH-G01-A", at)}
    found = understand_radio("4 好", ROUTE, FLOOD, standing)
    assert {question for _, question in told_answers(found)} == STATES_AT_4 - {"covers"}
    assert [(one.item, one.stays) for one in found if one.stays] == [((4, "covers"), missing)]
    named = understand_radio("4 井盖 好 / 4 好", ROUTE, FLOOD, standing)
    assert told_answers(named)[4, "covers"].verdict is Verdict.OK
    only = {(4, question): standing[4, "covers"] for question in STATES_AT_4}
    why = all_stays(understand_radio("4 好", ROUTE, FLOOD, only))
    assert why is not None
    assert "stays a problem" in why.msgid


@pytest.mark.parametrize(
    "line",
    ["4 井盖 缺失 / 4 井盖 好", "4 井盖 好 / 5 好 / 4 井盖 缺失", "1 水位 199.42 / 1 水位 199.24",
     "2 积水 8 / 积水 18", "4 井盖 没看到 / 4 井盖 缺失"],
)  # fmt: skip
def test_two_answers_that_contradict_each_other_are_asked_about(line: str) -> None:
    """Neither is guessed to be the right one."""
    *_, last = heard(line)
    assert last.answer is None
    assert last.trouble is not None
    assert "told twice" in last.trouble.msgid
    assert last.why is last.trouble


def test_what_is_said_twice_alike_or_of_two_sides_is_one_answer() -> None:
    """The same again is the same; a cover that is shifted and overflows is one problem with both words."""
    assert told_answers(heard("1 水位 199.42 涨 / 1 水位 199.42 涨"))[1, "gauge"].number == Decimal("199.42")
    assert told_answers(heard("4 井盖 移位 / 4 井盖 冒水 / 4 井盖 移位"))[4, "covers"].text == "移位；冒水"
    assert told_answers(heard("4 cover shifted / grate missing"))[4, "covers"].text == "shifted; missing"


@pytest.mark.parametrize(
    "line", ["4 全好", "4号点 都好", "四号点，其余好", "第四点一切正常", "4 rest ok", "４　全好。"]
)
def test_all_fine_in_the_words_of_the_radio(line: str) -> None:
    """As it is said there."""
    assert {question for _, question, verdict in short(line) if verdict is Verdict.OK} == STATES_AT_4


@pytest.mark.parametrize("line", ["一点积水", "十二号点 好", "〇号点 好"])
def test_what_only_looks_like_a_point_is_none(line: str) -> None:
    """A little water is at no point one, and there are six points."""
    (one,) = heard(line)
    assert one.answer is None
    assert one.trouble is not None
    assert ("Begin with" in one.trouble.msgid) or ("has no point" in one.trouble.msgid)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("井盖 缺失", "Begin with"), ("9 好", "has no point"), ("4", "What is there"), ("4 还行吧", "Which of these"),
     ("4 水位 199", "is asked at point"), ("1 水位 很高", "a number")],
)  # fmt: skip
def test_what_is_not_understood_comes_back_with_its_reason(line: str, sentence: str) -> None:
    """At point 4 there is no gauge: the water level of another point is not written down there."""
    (one,) = heard(line)
    assert one.answer is None
    assert one.trouble is not None
    assert sentence in one.trouble.msgid
    assert one.said == line


def test_what_is_asked_elsewhere_says_where() -> None:
    """The gauge of this route stands at point 1, deep water is asked after at two of them."""
    (gauge,) = heard("3 水位 199.42 涨")
    assert gauge.trouble is not None
    assert gauge.trouble.params == {"what": Name("水位", "gauge"), "points": ("1",), "n": 3}
    (deep,) = heard("4 积水 20")
    assert deep.trouble is not None
    assert deep.trouble.params["points"] == ("2", "5")
    nowhere = Question("moved", Name("已搬走", "moved away"), AnswerKind.YES_NO)
    more = replace(FLOOD, questions=(*FLOOD.questions, nowhere))
    (never,) = understand_radio("4 已搬走 是", ROUTE, more)
    assert never.trouble is not None
    assert "Which of these" in never.trouble.msgid


@pytest.mark.parametrize("route", [*BOOK.routes, ""])
@pytest.mark.parametrize("template", BOOK.templates)
def test_the_example_is_of_the_round_itself_and_is_understood(route: str, template: str) -> None:
    """Every checklist along every route, in both languages: what is shown can be typed."""
    walk = BOOK.walk(template, route, Name("双河一", "Shuanghe 1"))
    assert walk is not None
    line = radio_example(walk)
    assert bool(line.zh) == bool(walk.items())
    for said in (line.zh, line.en):
        found = understand_radio(said, walk.route, walk.template)
        assert [one.trouble for one in found if one.trouble] == [], said
        assert bool(told_answers(found)) == bool(walk.items())


def test_the_example_on_the_river_is_the_line_of_the_night() -> None:
    """With the gauge where it stands."""
    walk = BOOK.walk("river_flood", "wanrong_shuanghe", Name("双河一"))
    assert walk is not None
    line = radio_example(walk)
    assert line.zh == "1 水位 199.42 涨 / 4 井盖 缺失 / 6 好"
    assert line.en == "1 gauge 199.42 rising / 4 cover missing / 6 ok"


def test_one_bad_part_keeps_the_others() -> None:
    """The parts stand for themselves; after a point that is not there the next one begins anew."""
    first, second, third = heard("9 井盖 缺失 / 4 井盖 缺失 / 4 讲不清")
    assert (first.answer, third.answer) == (None, None)
    assert second.answer is not None


@given(
    st.text(alphabet="0123456789 /;；，、和其余全水位井盖好缺失没有无一二十第涨.号点abcgauge\n", max_size=80)
    | st.text(max_size=LONGEST_LINE + 50)
)
def test_any_line_is_taken_apart_without_an_error(line: str) -> None:
    """Each part is an answer or has its trouble, never both."""
    for one in heard(line):
        assert (one.answer is None) != (one.trouble is None)

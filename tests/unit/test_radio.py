"""A line heard by radio: several points in one go; what is not understood says so, and nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checklist import AnswerKind, Trend, Verdict
from app.domain.radio import LONGEST_LINE, Heard, understand_radio
from app.domain.route import asked_at
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
        ("1 gauge 199.42 rising / 2 underpass 40", [(1, "gauge", Verdict.OK), (2, "low_spot", Verdict.PROBLEM)]),
        ("2 桥下 无 / 3 劝离 三人\n警戒带 已设",
         [(2, "low_spot", Verdict.OK), (3, "people", Verdict.OK), (3, "warned", Verdict.OK)]),
    ],
)  # fmt: skip
def test_as_people_say_it(line: str, expected: list[tuple[int, str, Verdict]]) -> None:
    """With and without blanks, in both widths and languages; a part without a number is about the same point."""
    assert short(line) == expected


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("井盖 缺失", "Begin with"), ("9 好", "has no point"), ("4", "What is there"), ("4 还行吧", "Which of these"),
     ("4 水位 199", "Which of these"), ("1 水位 很高", "a number")],
)  # fmt: skip
def test_what_is_not_understood_comes_back_with_its_reason(line: str, sentence: str) -> None:
    """At point 4 there is no gauge: the water level of another point is not written down there."""
    (one,) = heard(line)
    assert one.answer is None
    assert one.trouble is not None
    assert sentence in one.trouble.msgid
    assert one.said == line


def test_one_bad_part_keeps_the_others() -> None:
    """The parts stand for themselves; after a point that is not there the next one begins anew."""
    first, second, third = heard("9 井盖 缺失 / 4 井盖 缺失 / 4 讲不清")
    assert (first.answer, third.answer) == (None, None)
    assert second.answer is not None


@given(
    st.text(alphabet="0123456789 /;；水位井盖好缺失涨.号点abcgauge\n", max_size=80)
    | st.text(max_size=LONGEST_LINE + 50)
)
def test_any_line_is_taken_apart_without_an_error(line: str) -> None:
    """Each part is an answer or has its trouble, never both."""
    for one in heard(line):
        assert (one.answer is None) != (one.trouble is None)

"""A round from its entries: every kind of answer comes back as it was given, the last one stands."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from app.domain.answers import read_answer
from app.domain.checklist import Answer, AnswerKind, Question, Template, Trend, Verdict
from app.domain.events import Event, EventKind, Json
from app.domain.message import Name
from app.domain.org import Role
from app.domain.patrol_book import NightRule
from app.domain.round import RoundState, Walk, answer_words, answers_payload, fold_round, round_stream
from app.domain.route import Point, Route

ROUND = UUID(int=7)
BEGAN = datetime(2021, 6, 9, 14, 30, tzinfo=UTC)
ASKED = {
    "gauge": Question("gauge", Name("水位"), AnswerKind.NUMBER, unit="m", trend=True),
    "cover": Question("cover", Name("井盖"), AnswerKind.STATE),
    "people": Question("people", Name("人"), AnswerKind.COUNT),
    "moved": Question("moved", Name("转移户"), AnswerKind.LIST),
    "taped": Question("taped", Name("警戒带"), AnswerKind.YES_NO, wants=True),
    "said": Question("said", Name("需要"), AnswerKind.TEXT),
}
WALK = Walk(
    Template("t", Name("检查表"), tuple(ASKED.values())),
    Route("r", Name("线路"), "G", (Point(1, Name("桥"), gauge="g"), Point(2, Name("坡"), asks=("cover", "said")))),
)


def entry(version: int, kind: EventKind, payload: dict[str, Json], words: dict[str, str] | None = None) -> Event:
    """An entry of the round, a minute after the one before."""
    at = BEGAN + timedelta(minutes=version)
    return Event(uuid5(ROUND, str(version)), round_stream(ROUND), version, kind, payload, "A", Role.GRID_MEMBER, at, at,
                 words=words or {})  # fmt: skip


def begun() -> Event:
    """Its first entry."""
    return entry(1, EventKind.ROUND_STARTED, {"number": "R-20210609-03", "template": "t", "route": "r", "grid": "G",
                                              "rules": 4, "team": ["A", "B"], "few": False})  # fmt: skip


def answered(version: int, answers: dict[tuple[int, str], Answer]) -> Event:
    """An entry with answers."""
    return entry(version, EventKind.ROUND_ANSWERED, {"answers": answers_payload(answers)}, answer_words(answers))


@pytest.mark.parametrize(
    ("question", "typed", "wanted"),
    [
        ("gauge", "187.3 涨", Answer(Verdict.OK, Decimal("187.3"), Trend.RISING)),
        ("gauge", "-0.25", Answer(Verdict.OK, Decimal("-0.25"))),
        ("cover", "好", Answer(Verdict.OK)),
        ("cover", "移位", Answer(Verdict.PROBLEM, text="移位")),
        ("cover", "没看到", Answer(Verdict.NOT_SEEN)),
        ("people", "十二人", Answer(Verdict.OK, Decimal(12))),
        ("moved", "甲户", Answer(Verdict.OK, Decimal(1), entries=("甲户",))),
        ("moved", "甲户、乙户,丙户", Answer(Verdict.OK, Decimal(3), entries=("甲户", "乙户", "丙户"))),
        ("moved", "无", Answer(Verdict.OK, Decimal(0))),
        ("taped", "没有", Answer(Verdict.PROBLEM, yes=False)),
        ("said", "要一把伞", Answer(Verdict.OK, text="要一把伞")),
    ],
)
def test_every_kind_of_answer_comes_back_from_the_entry(question: str, typed: str, wanted: Answer) -> None:
    """Typed, read, written as codes and words, folded: the same answer, with when and who."""
    answer = read_answer(ASKED[question], typed)
    assert answer == wanted
    found = fold_round([begun(), answered(2, {(1, question): answer})])
    assert found.answers[1, question].answer == wanted
    assert (found.answers[1, question].at, found.answers[1, question].by) == (BEGAN + timedelta(minutes=2), "A")


def test_the_last_answer_stands_and_the_rest_is_missing() -> None:
    """Progress, problems and what is open follow from the answers; the end says what it came to."""
    begin = fold_round([begun()])
    assert (begin.state, begin.number, begin.team, begin.rules_version) == (
        RoundState.UNDER_WAY, "R-20210609-03", ("A", "B"), 4)  # fmt: skip
    wrong, fine = Answer(Verdict.PROBLEM, text="缺失"), Answer(Verdict.OK)
    events = [begun(), answered(2, {(1, "cover"): wrong, (2, "cover"): wrong}), answered(3, {(1, "cover"): fine})]
    found = fold_round(events)
    assert found.problems == ((2, "cover"),)
    assert found.version == 3
    missing = [(point.number, question.id) for point, question in WALK.missing(found.answers)]
    assert missing == [(1, "gauge"), (1, "people"), (1, "moved"), (1, "taped"), (1, "said"), (2, "said")]
    assert [point.number for point in WALK.open_points(found.answers)] == [1, 2]
    ended = entry(4, EventKind.ROUND_ENDED, {"complete": False, "missing": []}, {"reason": "撤离"})
    over = fold_round([*events, ended])
    assert (over.state, over.reason, over.ended_at) == (
        RoundState.INCOMPLETE, "撤离", BEGAN + timedelta(minutes=4))  # fmt: skip
    assert WALK.find((2, "gauge")) is None


def test_words_that_retention_emptied_leave_the_codes() -> None:
    """An answer without its words keeps verdict and count."""
    answers = {
        (1, "moved"): read_answer(ASKED["moved"], "甲户、乙户"),
        (1, "cover"): read_answer(ASKED["cover"], "缺失"),
    }
    bare = entry(2, EventKind.ROUND_ANSWERED, {"answers": answers_payload(answers)})
    found = fold_round([begun(), bare]).answers
    assert found[1, "moved"].answer == Answer(Verdict.OK, Decimal(2))
    assert found[1, "cover"].answer == Answer(Verdict.PROBLEM)


def test_what_does_not_begin_is_no_round() -> None:
    """Entries without their beginning are refused."""
    with pytest.raises(ValueError, match="begins"):
        fold_round([])
    with pytest.raises(ValueError, match="begins"):
        fold_round([answered(1, {})])


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "night"),
    [(19, 7, 18, False), (19, 7, 19, True), (19, 7, 0, True), (19, 7, 7, False), (1, 5, 3, True), (1, 5, 5, False)],
)
def test_a_night_may_go_past_midnight(begins: int, ends: int, hour: int, night: bool) -> None:
    """From its first minute up to, and not including, its last."""
    rule = NightRule(time(begins), time(ends))
    assert rule.holds(datetime(2021, 1, 1, hour, tzinfo=UTC)) is night

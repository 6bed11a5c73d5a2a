"""A line to show who is to type one: made of the round's own points and questions, so that it is understood there."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.checklist import AnswerKind, Question
from app.domain.message import Name
from app.domain.round import Walk
from app.domain.route import Point
from app.domain.whistle import Severity

FINE, WRONG = Name("好", "ok"), Name("有问题", "problem")
ANSWERS = {
    AnswerKind.DEPTH: Name("20", "20"), AnswerKind.COUNT: Name("3", "3"), AnswerKind.LIST: Name("无", "none"),
    AnswerKind.YES_NO: Name("是", "yes"), AnswerKind.TEXT: Name("……", "…"), AnswerKind.PHOTO: Name("甲手机", "with A"),
    AnswerKind.STATE: FINE,
}  # fmt: skip
"""What an answer of a kind looks like; numbers with a trend have their own."""


def radio_example(walk: Walk) -> Name:
    """A line in both languages: a measurement, a problem, a point where all is well, as far as the round asks them."""
    parts = [Name(f"{point.number} {zh}", f"{point.number} {en}") for point, zh, en in _parts(walk)]
    return Name(" / ".join(one.zh for one in parts), " / ".join(one.en for one in parts))


def _parts(walk: Walk) -> Iterator[tuple[Point, str, str]]:
    items = walk.items()
    states = [(point, one) for point, one in items if one.kind is AnswerKind.STATE]
    measured = next(((point, one) for point, one in items if one.kind is AnswerKind.NUMBER), None)
    if measured is not None:
        yield _said(*measured, _number(measured[1]))
    if not states:
        others = [(point, one) for point, one in items if (point, one) != measured]
        for point, one in others[:2]:
            yield _said(point, one, ANSWERS[one.kind])
        return
    grave = list(Severity)
    point, wrong = max(states, key=lambda item: (bool(item[1].critical_words), grave.index(item[1].severity)))
    yield _said(point, wrong, _problem(wrong))
    fine = states[-1][0]
    if fine is not point or any(one is not wrong for here, one in states if here is point):
        yield fine, FINE.zh, FINE.en


def _said(point: Point, question: Question, answer: Name) -> tuple[Point, str, str]:
    return point, f"{question.short.zh} {answer.zh}", f"{question.short.en} {answer.en or answer.zh}"


def _number(question: Question) -> Name:
    if question.trend:
        return Name("199.42 涨", "199.42 rising")
    bound = question.high if question.high is not None else question.low
    return Name(str(bound if bound is not None else 3))


def _problem(question: Question) -> Name:
    words = question.critical_words
    zh = next((word for word in words if not word.isascii()), WRONG.zh)
    return Name(zh, next((word for word in words if word.isascii()), WRONG.en))

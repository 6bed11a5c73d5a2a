"""Understands what is said by radio about several points in one line: ``3 水位 199.42 涨 / 5 井盖 缺失 / 6 好``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.answers import is_fine, read_answer
from app.domain.checklist import Answer, AnswerKind, Question, Template, Verdict
from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.route import Point, Route, asked_at
from app.domain.text import normalise_width

LONGEST_LINE = 1_000
"""Characters of one line."""

_PARTS = re.compile(r"[/／;；。\n]+")
_POINT = re.compile(r"\s*(?P<number>\d{1,3})(?!\.?\d)\s*(?:号点|号|点)?[\s:,、.]*")
"""A whole number in front, not the beginning of a measured one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of the line, or why a part of it is none; ``said`` is that part as typed."""

    said: str
    point: Point | None = None
    question: Question | None = None
    answer: Answer | None = None
    trouble: Message | None = None


def understand_radio(line: str, route: Route, template: Template) -> tuple[Heard, ...]:
    """Every answer of a line, in its order. A part without a point's number is about the point before it.

    ``6 好`` answers every question of the point that can be in order; what needs a number or words stays open.
    Nothing is guessed: a part that is not understood comes back with its trouble.
    """
    if len(line) > LONGEST_LINE:  # cut, it would say something else
        too_long = Message("{what}: at most {most} characters.", {"what": route.name, "most": LONGEST_LINE})
        return (Heard(line, trouble=too_long),)
    heard: list[Heard] = []
    here: Point | None = None
    for said in _PARTS.split(line):
        part = said.strip()
        if not part:
            continue
        found = _POINT.match(normalise_width(part))
        if found:
            here = route.point(int(found["number"]))
            rest = part[found.end() :].strip()
            if here is None:
                heard.append(Heard(part, trouble=Message("{route} has no point {n}.", {
                    "route": route.name, "n": int(found["number"])})))  # fmt: skip
                continue
        elif here is None:
            heard.append(Heard(part, trouble=Message("Begin with the number of the point.")))
            continue
        else:
            rest = part
        heard += _at(here, part, rest, asked_at(here, template))
    return tuple(heard)


def _at(point: Point, said: str, rest: str, asked: Sequence[Question]) -> Iterator[Heard]:
    if not rest:
        yield Heard(said, point, trouble=Message("What is there at point {n}?", {"n": point.number}))
        return
    question, answer = _called(rest, asked)
    if question is None and is_fine(rest):
        yield from _all_fine(point, said, asked)
        return
    if question is None:
        question, answer = _only_measured(rest, asked), rest
    if question is None:
        known = tuple(one.short for one in asked)
        yield Heard(said, point, trouble=Message("Which of these is meant: {known}?", {"known": known}))
        return
    try:
        yield Heard(said, point, question, read_answer(question, answer))
    except BadInput as error:
        yield Heard(said, point, question, trouble=error.message)


def _called(rest: str, asked: Sequence[Question]) -> tuple[Question | None, str]:
    """The question whose call stands first, the longest of several, and what is said after it."""
    plain = normalise_width(rest).casefold()
    best: tuple[int, Question | None] = (0, None)
    for question in asked:
        for call in (*question.calls, question.name.zh, question.name.en):
            name = normalise_width(call).casefold()
            if name and plain.startswith(name) and len(name) > best[0] and _ends(plain, len(name)):
                best = len(name), question
    return best[1], rest[best[0] :].strip(" ,，、:：")


def _ends(plain: str, at: int) -> bool:
    """Whether a word in Latin letters is over there; Chinese runs on without a blank."""
    return at >= len(plain) or not (plain[at - 1].isascii() and plain[at - 1].isalpha() and plain[at].isalpha())


def _all_fine(point: Point, said: str, asked: Sequence[Question]) -> Iterator[Heard]:
    states = [question for question in asked if question.kind is AnswerKind.STATE]
    if not states:
        yield Heard(said, point, trouble=Message("Point {n} is asked for numbers only.", {"n": point.number}))
    for question in states:
        yield Heard(said, point, question, Answer(Verdict.OK))


def _only_measured(rest: str, asked: Sequence[Question]) -> Question | None:
    """A bare number is the gauge's, where one question of the point takes such a number."""
    numbers = [question for question in asked if question.kind is AnswerKind.NUMBER]
    return numbers[0] if len(numbers) == 1 and normalise_width(rest)[:1].isdigit() else None

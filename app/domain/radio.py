"""Understands what is said by radio about several points in one line: ``1 水位 199.42 涨 / 4 井盖 缺失 / 6 好``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.answers import read_answer
from app.domain.checklist import Answer, AnswerKind, Question, Template, Verdict
from app.domain.errors import BadInput
from app.domain.message import Message, Param
from app.domain.number_words import in_digits, spoken_whole
from app.domain.radio_entries import called, entries, together
from app.domain.round import Answered, Item
from app.domain.route import Point, Route, asked_at
from app.domain.said import is_all_fine, says_either
from app.domain.text import normalise_width

LONGEST_LINE = 1_000
"""Characters of one line."""

_PARTS = re.compile(r"[/／;；。\n]+")
_POINT = re.compile(
    r"\s*(?:第|点位?|point\s*|pt\.?\s*|no\.?\s*|#)?(?P<number>\d{1,3})(?!\.?\d)\s*(?:号点位?|号|个?点位?|#)?[\s:,、.]*"
    r"|\s*(?P<nth>第)?(?P<words>[一二三四五六七八九十]{1,3})"
    r"(?:号点位?|号|个点位?|点位|(?<!一)点|(?<=第一)点|(?=[\s:,、])|(?(nth)|(?!)))[\s:,、.]*",
    re.IGNORECASE,
)
"""A whole number in front, not the beginning of a measured one: ``4``, ``4号``, ``四号点``, ``第四点``.

``一点积水`` is no point, but a little water.
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of the line, or why a part of it is none; ``said`` is that part as typed."""

    said: str
    point: Point | None = None
    question: Question | None = None
    answer: Answer | None = None
    trouble: Message | None = None
    stays: Answer | None = None
    """A problem told before, which stands although the point is said to be fine; there is no answer then."""

    @property
    def why(self) -> Message | None:
        """The trouble beside the part it is about."""
        if self.trouble is None or self.said in self.trouble.params.values():
            return self.trouble
        return Message("{said}: {reason}", {"said": self.said, "reason": self.trouble})

    @property
    def item(self) -> Item | None:
        """The question at its point, once both are known."""
        return (self.point.number, self.question.id) if self.point and self.question else None


def understand_radio(
    line: str, route: Route, template: Template, standing: Mapping[Item, Answered] | None = None
) -> tuple[Heard, ...]:
    """Every answer of a line, in its order. A part without a point's number is about the point before it.

    ``6 好`` answers what else the point is asked that can be in order: not what the line itself answers by name, and
    not what is a problem among the ``standing`` answers, which only its name puts in order. Numbers and words stay
    open. Nothing is guessed: a part that is not understood, or that says the opposite of another part, comes back
    with its trouble.
    """
    if len(line) > LONGEST_LINE:  # cut, it would say something else
        too_long = Message("{what}: at most {most} characters.", {"what": route.name, "most": LONGEST_LINE})
        return (Heard(line, trouble=too_long),)
    named = _agreed(_parts(line, route, template))
    told = {one.item for one in named if one.question is not None}
    heard: list[Heard] = []
    for one in named:
        fine = one.point is not None and one.question is None and one.trouble is None
        heard += _rest_fine(one, template, told, standing or {}) if fine else [one]
    return tuple(heard)


def told_answers(heard: Iterable[Heard]) -> Mapping[Item, Answer]:
    """The answers of a line that was understood; what was told of one problem in several parts stands together."""
    told: dict[Item, list[Answer]] = {}
    for one in heard:
        if one.item is not None and one.answer is not None:
            told.setdefault(one.item, []).append(one.answer)
    return {item: _together(answers) for item, answers in told.items()}


def all_stays(heard: Sequence[Heard]) -> Message | None:
    """Why a line that was understood records nothing: all that it calls fine is a problem that stands."""
    kept = [one for one in heard if one.stays is not None and one.point is not None and one.question is not None]
    if not kept or told_answers(heard):
        return None
    what, point = kept[0].question, kept[0].point
    assert what is not None
    assert point is not None
    return Message("{what} at point {n} stays a problem until it is named: “{n} {what} ok”.",
                   {"what": what.short, "n": point.number})  # fmt: skip


def _parts(line: str, route: Route, template: Template) -> Iterator[Heard]:
    """The parts as they are said; a part with a point, no question and no trouble says that the point is fine."""
    here: Point | None = None
    for said in _PARTS.split(line):
        part = said.strip()
        if not part:
            continue
        found = _POINT.match(normalise_width(part))
        if found:
            number = int(found["number"]) if found["number"] else spoken_whole(found["words"])
            here = route.point(number) if number is not None else None
            rest = part[found.end() :].strip()
            if here is None:
                yield Heard(part, trouble=Message("{route} has no point {n}.", {
                    "route": route.name, "n": number if number is not None else found["words"]}))  # fmt: skip
                continue
        elif here is None:
            yield Heard(part, trouble=Message("Begin with the number of the point."))
            continue
        else:
            rest = part
        asked = asked_at(here, template)
        head = part[: len(part) - len(rest)]
        for n, entry in enumerate(entries(rest, asked)):
            yield from _at(here, entry if n else head + entry, entry, asked, route, template)


def _at(
    point: Point, said: str, rest: str, asked: Sequence[Question], route: Route, template: Template
) -> Iterator[Heard]:  # fmt: skip
    """What one entry says: the answer of each question that it calls, else why it is none."""
    named, answer = together(rest, asked)
    for question, name in named:
        yield _answered(point, said, question, answer, name)
    if not named:
        yield _unnamed(point, said, rest, asked, route, template)


def _answered(point: Point, said: str, question: Question, answer: str, name: str = "") -> Heard:
    try:
        return Heard(said, point, question, read_answer(question, answer, name))
    except BadInput as error:
        return Heard(said, point, question, trouble=error.message)


def _unnamed(
    point: Point, said: str, rest: str, asked: Sequence[Question], route: Route, template: Template
) -> Heard:  # fmt: skip
    """An entry that calls no question of the point: all is fine there, a bare number, or nothing that is understood."""
    if not rest:
        return Heard(said, point, trouble=Message("What is there at point {n}?", {"n": point.number}))
    if is_all_fine(rest):
        if any(one.kind is AnswerKind.STATE for one in asked):
            return Heard(said, point)
        return Heard(said, point, trouble=Message("Point {n} is asked for numbers only.", {"n": point.number}))
    if says_either(rest):
        either = Message("{what}: “{said}” can mean either. Say that it is in order, or what is wrong.",
                         {"what": point.name, "said": rest})  # fmt: skip
        return Heard(said, point, trouble=either)
    measured = _only_measured(rest, asked)
    if measured is not None:
        return _answered(point, said, measured, rest)
    elsewhere, _, _ = called(rest, template.questions)
    points = tuple(str(one.number) for one in route.points if elsewhere in asked_at(one, template))
    if elsewhere is not None and points:
        where = Message("{what} is asked at point {points}, not at point {n}.",
                        {"what": elsewhere.short, "points": points, "n": point.number})  # fmt: skip
        return Heard(said, point, trouble=where)
    known = tuple(one.short for one in asked)
    return Heard(said, point, trouble=Message("Which of these is meant: {known}?", {"known": known}))


def _agreed(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    """The same, where a part that contradicts an earlier one of the line says so instead."""
    first: dict[Item, Heard] = {}
    kept: list[Heard] = []
    for one in heard:
        if one.item is not None and one.question is not None and one.answer is not None:
            before = first.setdefault(one.item, one)
            if before.answer is not None and _contradicts(one.question, before.answer, one.answer):
                both: dict[str, Param] = {
                    "what": one.question.short,
                    "n": one.item[0],
                    "first": before.said,
                    "second": one.said,
                }
                twice = Message("{what} at point {n} is told twice: “{first}” and “{second}”. Which is true?", both)
                kept.append(replace(one, answer=None, trouble=twice))
                continue
        kept.append(one)
    return tuple(kept)


def _contradicts(question: Question, one: Answer, other: Answer) -> bool:
    """Two problems of one thing are two sides of it: a cover is shifted and overflows."""
    both = question.kind is AnswerKind.STATE and one.verdict is other.verdict is Verdict.PROBLEM
    return one != other and not both


def _together(answers: Sequence[Answer]) -> Answer:
    texts = tuple(dict.fromkeys(one.text for one in answers if one.text))
    return replace(answers[0], text=("; " if "".join(texts).isascii() else "；").join(texts))


def _rest_fine(
    said: Heard, template: Template, told: Iterable[Item | None], standing: Mapping[Item, Answered]
) -> Iterator[Heard]:
    """What a part that calls its point fine says about each question that is not answered by name."""
    assert said.point is not None
    for question in asked_at(said.point, template):
        item = said.point.number, question.id
        if question.kind is not AnswerKind.STATE or item in told:
            continue
        before = standing.get(item)
        if before is not None and before.answer.verdict is Verdict.PROBLEM:
            yield replace(said, question=question, stays=before.answer)
        else:
            yield replace(said, question=question, answer=Answer(Verdict.OK))


def _only_measured(rest: str, asked: Sequence[Question]) -> Question | None:
    """A bare number is the gauge's, where one question of the point takes such a number."""
    numbers = [question for question in asked if question.kind is AnswerKind.NUMBER]
    said = normalise_width(rest)
    measured = said[:1].isdigit() or ("点" in said and in_digits(said)[:1].isdigit())
    return numbers[0] if len(numbers) == 1 and measured else None

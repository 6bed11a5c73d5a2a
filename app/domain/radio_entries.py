"""Takes a part of a radio line apart where several things were said in one breath: 井盖缺失，排水口倒灌，其余好."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.domain.checklist import AnswerKind, Question
from app.domain.said import is_rest_fine
from app.domain.text import normalise_width

_BREAK = re.compile(r"[\s,，]+")
_AND = re.compile(r"\s*(?:、|和|与|及|&|and\s)\s*")
_NONE_OF = re.compile("没有|没|无")
_NO_BREAK = frozenset({AnswerKind.TEXT, AnswerKind.PHOTO})
"""Kinds whose answers are told in words, whatever those are."""


def called(rest: str, asked: Sequence[Question]) -> tuple[Question | None, str, str]:
    """The question whose call stands first, the longest of several, that call, and what is said after it."""
    plain = normalise_width(rest).casefold()
    best: tuple[Question | None, str] = None, ""
    for question in asked:
        for call in (*question.calls, question.name.zh, question.name.en):
            name = normalise_width(call).casefold()
            if name and plain.startswith(name) and len(name) > len(best[1]) and _ends(plain, len(name)):
                best = question, name
    return *best, rest[len(best[1]) :].strip(" ,，、:：")


def entries(rest: str, asked: Sequence[Question]) -> Iterator[str]:
    """What is said of each question: a new one begins, behind a comma or a blank, where another one is called.

    A call of one character is none there: 人员已撤离 is no count of people.
    """
    begun = 0
    for gap in _BREAK.finditer(rest):
        now, ahead = rest[begun : gap.start()], rest[gap.end() :]
        question, _, answer = called(now, asked)
        told = answer if question is not None else now
        if told and not (question and question.kind in _NO_BREAK) and _begins(ahead, asked):
            yield now
            begun = gap.end()
    yield rest[begun:]


def together(entry: str, asked: Sequence[Question]) -> tuple[tuple[tuple[Question, str], ...], str]:
    """The questions that one answer is about, each as it was called, and the answer: 井盖、排水口都好."""
    named: list[tuple[Question, str]] = []
    question, name, answer = called(entry, asked)
    if question is None and (none := _NONE_OF.match(entry)):  # 没有人, 无渗漏
        question, name, answer = called(entry[none.end() :], asked)
        return (((question, name),), none.group()) if question is not None and not answer else ((), "")
    while question is not None:
        named.append((question, name))
        joined = _AND.match(entry[len(name) :])
        if joined is None:
            break
        entry = entry[len(name) + joined.end() :]
        question, name, further = called(entry, asked)
        answer = further if question is not None else answer
    return tuple(named), answer


def _begins(ahead: str, asked: Sequence[Question]) -> bool:
    question, name, _ = called(ahead, asked)
    if question is not None and len(name) > 1:
        return True
    return is_rest_fine(re.split("[,，]", ahead, maxsplit=1)[0]) or is_rest_fine(_BREAK.split(ahead, 1)[0])


def _ends(plain: str, at: int) -> bool:
    """Whether a word in Latin letters is over there; Chinese runs on without a blank."""
    return at >= len(plain) or not (plain[at - 1].isascii() and plain[at - 1].isalpha() and plain[at].isalpha())

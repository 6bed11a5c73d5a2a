"""One key an answer: which key says what to a question, which one opens its line, and where the cursor goes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from app.domain.checklist import Answer, AnswerKind, Question, Verdict
from app.domain.round import Answered, Item, decided_still
from app.domain.round_file import RoundFile

MEASURED = frozenset({AnswerKind.NUMBER, AnswerKind.DEPTH, AnswerKind.COUNT})
"""Kinds whose digits are the answer itself."""

VERDICTS: Mapping[str, Verdict] = MappingProxyType({
    "1": Verdict.OK, "o": Verdict.OK, "2": Verdict.PROBLEM, "p": Verdict.PROBLEM,
    "3": Verdict.NOT_SEEN, "n": Verdict.NOT_SEEN,
})  # fmt: skip
"""Keys of a question whose answer is its state."""

WORDS: Mapping[str, bool | None] = MappingProxyType({"1": True, "y": True, "2": False, "n": False, "3": None})
"""Keys of yes and no; None = not seen."""


def answer_of_key(question: Question, key: str) -> Answer | None:
    """What one key says to a question; None when it says nothing. ``key`` is one character, half width."""
    key = key.casefold()
    if question.kind is AnswerKind.STATE:
        return Answer(VERDICTS[key]) if key in VERDICTS else None
    if question.kind is AnswerKind.YES_NO:
        return _yes_no(question, WORDS[key]) if key in WORDS else None
    return Answer(Verdict.NOT_SEEN) if question.kind in MEASURED and key == "n" else None


def _yes_no(question: Question, yes: bool | None) -> Answer:
    if yes is None:
        return Answer(Verdict.NOT_SEEN)
    wrong = question.wants is not None and yes != question.wants
    return Answer(Verdict.PROBLEM if wrong else Verdict.OK, yes=yes)


def opens_line(question: Question, key: str) -> bool:
    """Whether a character typed on a question begins its answer in words or numbers.

    Characters of Chinese always do; digits where a number is asked, everything where words are.
    """
    if len(key) != 1 or not key.isprintable() or key.isspace():
        return False
    if not key.isascii():
        return True
    if question.kind in MEASURED:
        return key.isdigit() or key in ".+-"
    return question.kind in (AnswerKind.LIST, AnswerKind.TEXT, AnswerKind.PHOTO)


def noted(before: Answer, note: str) -> Answer:
    """The same answer with other words beside it."""
    return replace(before, text=note)


def next_open(items: Sequence[Item], answered: Collection[Item], after: Item | None) -> Item | None:
    """The next question without an answer in walking order, from the beginning again behind the last; None = done."""
    start = items.index(after) + 1 if after in items else 0
    return next((item for item in (*items[start:], *items[:start]) if item not in answered), None)


def with_answers(file: RoundFile, given: Mapping[Item, Answered], notes: Collection[Item] = ()) -> RoundFile:
    """A round with answers that are still on their way to the disk; of ``notes`` only the words are new."""
    if not given:
        return file
    answers = MappingProxyType({**file.round.answers, **given})
    told = {item: one.answer for item, one in given.items() if item not in notes}
    return replace(file, round=replace(
        file.round, answers=answers, findings=decided_still(file.round.findings, told)))  # fmt: skip

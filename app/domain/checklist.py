"""What is asked on a round: templates of typed questions, and the answers to them (domain 4.3, 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.message import Name
from app.domain.whistle import Severity


class AnswerKind(StrEnum):
    """How a question is answered."""

    STATE = "state"
    """In order, a problem, or not seen."""
    NUMBER = "number"
    """A measured number in the question's unit, with its trend where that is asked."""
    DEPTH = "depth"
    """Of water, in whole centimetres."""
    COUNT = "count"
    """How many: people, sandbags."""
    LIST = "list"
    """Names one by one: households, doors."""
    YES_NO = "yes_no"
    TEXT = "text"
    PHOTO = "photo"
    """Where the photo lies or who has it; the program keeps no picture."""


class Verdict(StrEnum):
    """What an answer comes to."""

    OK = "ok"
    PROBLEM = "problem"
    NOT_SEEN = "not_seen"


class Trend(StrEnum):
    """What the water does."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a checklist. ``low`` and ``high`` are in the unit: beyond them an answer is a problem."""

    id: str
    name: Name
    kind: AnswerKind
    calls: tuple[str, ...] = ()
    """What it is called by radio: ``水位``, ``井盖``."""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    trend: bool = False
    """Whether rising or falling is asked beside a number."""
    wants: bool | None = None
    """Of yes and no, the one that is in order; None = neither is a problem."""
    severity: Severity = Severity.NORMAL
    """What a problem here is taken for until somebody says otherwise; critical makes its whistle an emergency."""
    matter: str = ""
    """Code of the policy's matter type that its whistle is about."""
    critical_words: tuple[str, ...] = ()
    """Words of an answer that make its problem critical, whatever ``severity`` says: a cover that is missing."""
    urgent_words: tuple[str, ...] = ()
    """Words that make it urgent where none of ``critical_words`` was said: a cover that is shifted."""
    caution: Name | None = None
    """What to keep in mind before going near."""

    @property
    def measured_in(self) -> str:
        """The unit of its numbers; depths are centimetres."""
        return "cm" if self.kind is AnswerKind.DEPTH else self.unit

    @property
    def short(self) -> Name:
        """What it is called by radio, for sentences; the whole question where it has no such name."""
        return Name(
            next((call for call in self.calls if not call.isascii()), self.name.zh),
            next((call for call in self.calls if call.isascii()), self.name.en),
        )


@dataclass(frozen=True, slots=True)
class Template:
    """A checklist by its code, such as ``river_flood``."""

    id: str
    name: Name
    questions: tuple[Question, ...]

    def question(self, id_: str) -> Question | None:
        """The question of an id."""
        return next((one for one in self.questions if one.id == id_), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question at one point."""

    verdict: Verdict
    number: Decimal | None = None
    """In the question's unit; centimetres for a depth, a whole number for a count."""
    trend: Trend | None = None
    entries: tuple[str, ...] = ()
    """Of a list."""
    yes: bool | None = None
    text: str = ""
    """As typed, where words were."""


def severity_of(question: Question, answer: Answer | None) -> Severity:
    """How grave a problem is by what was said of it; what says nothing of it is taken for ``question.severity``."""
    said = " ".join((answer.text, *answer.entries)).casefold() if answer is not None else ""
    if any(word.casefold() in said for word in question.critical_words):
        return Severity.CRITICAL
    return Severity.URGENT if any(word.casefold() in said for word in question.urgent_words) else question.severity


def verdict_of(question: Question, number: Decimal) -> Verdict:
    """Whether a number is within the question's bounds."""
    low = question.low is not None and number < question.low
    high = question.high is not None and number > question.high
    return Verdict.PROBLEM if low or high else Verdict.OK

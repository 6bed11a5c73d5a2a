"""Checklists as lines of text: each question with how it is answered and what a problem is taken for."""

from __future__ import annotations

from app.domain.checklist import AnswerKind, Question
from app.domain.message import N_
from app.domain.whistle import Severity
from app.render.sight import Sight

KINDS = {
    AnswerKind.STATE: N_("ok, problem, not seen"),
    AnswerKind.NUMBER: N_("number"),
    AnswerKind.DEPTH: N_("depth"),
    AnswerKind.COUNT: N_("how many"),
    AnswerKind.LIST: N_("list of names"),
    AnswerKind.YES_NO: N_("yes or no"),
    AnswerKind.TEXT: N_("text"),
    AnswerKind.PHOTO: N_("photo note"),
}
"""How a question is answered."""


def kind_words(question: Question, sight: Sight) -> str:
    """How it is answered: with its unit, and whether rising or falling is asked."""
    kind = sight.t(KINDS[question.kind])
    parts = [f"{kind} ({question.measured_in})" if question.measured_in else kind]
    if question.trend:
        parts.append(sight.t("rising or falling"))
    if question.wants is not None:
        parts.append(sight.t("in order: {what}", what=sight.t("yes") if question.wants else sight.t("no")))
    return sight.words.listed(tuple(parts))


def bounds_words(question: Question, sight: Sight) -> str:
    """Beyond what a number is a problem."""
    low = sight.t("below {n}", n=str(question.low)) if question.low is not None else ""
    high = sight.t("above {n}", n=str(question.high)) if question.high is not None else ""
    return sight.words.listed(tuple(part for part in (low, high) if part))


def question_cells(question: Question, sight: Sight) -> tuple[str, ...]:
    """One question of a list."""
    severity = sight.words.enum(question.severity) if question.severity is not Severity.NORMAL else ""
    calls = sight.words.listed(question.calls)
    return (
        question.id, sight.words.name(question.name), kind_words(question, sight), bounds_words(question, sight),
        severity, calls,
    )  # fmt: skip

"""The last move once more: its answers in the names that the form for one case, or for many, gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.moves import Action
from app.domain.whistle import Case

TIMES = frozenset({"occurred_at", "raised_at"})
"""Never offered again: what happens now happened at another time."""

ONCE = frozenset({Action.DRAFT, Action.BLOW, Action.REVISE, Action.CORRECT, Action.UNDO, Action.DUPLICATE})
"""Moves that are about one case's own facts or entries."""

RECORDS = frozenset({Action.ACKNOWLEDGE, Action.EN_ROUTE, Action.REPORT_IN, Action.WORK_NOTE, Action.DONE})
_WORDS = {Action.WORK_NOTE: "note", Action.DONE: "note"}
_RESULTS = {"passed": "yes", "failed": "no"}
_PERSON = "person-"


@dataclass(frozen=True, slots=True)
class LastMove:
    """What was done last at this desk, and what stood in its form."""

    action: Action
    answers: Mapping[str, str]
    many: bool = False
    """The answers are those of the form for marked cases."""


def remembered(action: Action, answers: Mapping[str, str], many: bool) -> LastMove | None:
    """The move without its times; None for one that cannot be made to another case."""
    if action in ONCE:
        return None
    return LastMove(action, {name: text for name, text in answers.items() if name not in TIMES}, many)


def for_one(last: LastMove, case: Case) -> dict[str, str]:
    """Answers for the form of one case; departments that it does not have are left out."""
    answers = dict(last.answers)
    if last.many and last.action in RECORDS:
        answers["spoken"] = answers.pop("note", "") or answers.pop("said", "")
        answers["departments"] = answers.pop("department", "")
        person = answers.pop("person", "")
        answers |= {f"{_PERSON}{a.department}": person for a in case.episode_assignments() if person}
    elif last.many and last.action is Action.CHECK:
        answers["passed"] = {"yes": "passed", "no": "failed"}.get(answers.get("passed", ""), "")
    if last.action in RECORDS:
        codes = [code for code in answers.get("departments", "").split(",") if case.current(code)]
        answers["departments"] = ",".join(codes)
    return {name: text for name, text in answers.items() if text}


def for_many(last: LastMove) -> dict[str, str]:
    """Answers for the form for marked cases."""
    answers = dict(last.answers)
    if not last.many and last.action in RECORDS:
        answers[_WORDS.get(last.action, "said")] = answers.pop("spoken", "")
        answers["department"] = answers.pop("departments", "")
        answers["person"] = next((text for name, text in answers.items() if name.startswith(_PERSON)), "")
    elif not last.many and last.action is Action.CHECK:
        answers["passed"] = _RESULTS.get(answers.get("passed", ""), "")
    return {name: text for name, text in answers.items() if text and not name.startswith(_PERSON)}

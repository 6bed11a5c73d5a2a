"""Changes of the rules as a form asks for them: what somebody else changed meanwhile is never written over unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from app.domain.checklist import Question
from app.domain.errors import BadInput, Conflict, NotFound
from app.domain.message import Message
from app.domain.route import Gauge
from app.services.patrol_edit import Field, with_levels, with_question, with_template
from app.services.patrol_file import PatrolProblems, read_patrols

Change = Callable[[str], str]
"""From the text of the rules to the next one."""
LEVELS = ("guard", "warning", "guarantee", "margin")
"""What is entered for a gauge."""


class Overtaken(Conflict):
    """Somebody else changed the same meanwhile; ``found`` is how it stands now, ``fields`` what both changed."""

    def __init__(self, message: Message, found: Question | Gauge, fields: Sequence[str]) -> None:
        super().__init__(message)
        self.found = found
        self.fields = tuple(fields)


def fields_of(question: Question) -> dict[str, Field]:
    """A question as the file writes it; what is empty stands as an empty text or list."""
    caution, wants = question.caution, question.wants
    return {
        "zh": question.name.zh, "en": question.name.en, "kind": question.kind.value, "calls": question.calls,
        "unit": question.unit, "low": "" if question.low is None else question.low,
        "high": "" if question.high is None else question.high, "trend": question.trend,
        "wants": "" if wants is None else "yes" if wants else "no", "severity": question.severity.value,
        "matter": question.matter, "caution_zh": caution.zh if caution else "",
        "caution_en": caution.en if caution else "", "critical_words": question.critical_words,
        "urgent_words": question.urgent_words,
    }  # fmt: skip


def changed(before: Mapping[str, Field], after: Mapping[str, Field]) -> dict[str, Field]:
    """The fields of ``after`` that are otherwise than before: nothing else is written."""
    return {name: value for name, value in after.items() if before.get(name) != value}


def add_question(template: str, question: str, fields: Mapping[str, Field], after: str) -> Change:
    """A question more; one that stands there already is not written over."""

    def change(text: str) -> str:
        book = read_patrols(text)
        asked = book.templates.get(template)
        if asked is not None and asked.question(question) is not None:
            raise BadInput(Message("There is a question {id} already.", {"id": question}), "id")
        known = asked is not None and asked.question(after) is not None
        told = {name: value for name, value in fields.items() if value not in ("", (), False)}
        return with_question(text, template, question, told, after=after if known else "")

    return change


def change_question(template: str, seen: Question, fields: Mapping[str, Field]) -> Change:
    """Fields of a question as somebody saw it; Overtaken when one of them is otherwise by now."""

    def change(text: str) -> str:
        asked = read_patrols(text).templates.get(template)
        now = asked.question(seen.id) if asked is not None else None
        if now is None:
            raise NotFound(Message("Somebody took this question away meanwhile."))
        before, found = fields_of(seen), fields_of(now)
        others = [name for name in fields if found[name] not in (before[name], fields[name])]
        if others:
            raise Overtaken(Message("Somebody else changed this question meanwhile."), now, others)
        return with_question(text, template, seen.id, {name: _written(name, value) for name, value in fields.items()})

    return change


def _written(name: str, value: Field) -> Field:
    """What is so anyway is taken away instead of written down."""
    return "" if (name, value) in (("trend", False), ("severity", "normal")) else value


def change_levels(seen: Gauge, levels: Mapping[str, Decimal | None]) -> Change:
    """Levels of a gauge as somebody saw it; Overtaken when one of them is otherwise by now."""

    def change(text: str) -> str:
        now = read_patrols(text).gauges.get(seen.id)
        if now is None:
            raise NotFound(Message("There is no gauge {id}.", {"id": seen.id}))
        others = [name for name, metres in levels.items() if getattr(now, name) not in (getattr(seen, name), metres)]
        if others:
            raise Overtaken(Message("Somebody else changed this gauge meanwhile."), now, others)
        return with_levels(text, seen.id, levels)

    return change


def add_template(template: str, zh: str, en: str, like: str) -> Change:
    """A checklist more, with the questions of another one."""
    return lambda text: with_template(text, template, zh, en, like=like)


def at_its_field(error: PatrolProblems) -> BadInput:
    """What is wrong with one question, gauge or checklist, as a sentence for the field it belongs to."""
    problem = error.problems[0]
    path, reason = problem.params.get("path"), problem.params.get("reason")
    if not isinstance(path, str) or not isinstance(reason, Message):
        return error
    return BadInput(Message("Not saved: {reason}.", {"reason": reason}), path.rpartition(".")[2])

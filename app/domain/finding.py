"""A problem found on a round, as the whistle it becomes: everything that was answered is filled in (behaviours 17)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from app.domain.checklist import Answer, Question, severity_of
from app.domain.effective import effective
from app.domain.errors import BadInput
from app.domain.events import Event, EventKind
from app.domain.facts import Facts
from app.domain.message import Message, Name
from app.domain.policy import WhistleKind
from app.domain.round import Item, Round, Walk
from app.domain.route import Point
from app.domain.settled import Finding
from app.domain.text import TITLE_CAP
from app.domain.whistle import Severity, Source

A_PROBLEM = Name("有问题", "problem")
"""What is said of a problem of which nothing more was said."""

NOT_OURS = Name("超出网格的职责和权限，网格自己办不了", "beyond what the grid may and can do by itself")
"""Why not ourselves, where a finding is said to be outside the grid's competence; it can be written over."""


def source_number(found: Round, item: Item) -> str:
    """What links the whistle to the answer, both ways: ``R-20200702-01/4/covers``. The same finding is one report."""
    point, question = item
    return f"{found.number}/{point}/{question}"


def joined_sources(events: Sequence[Event]) -> tuple[str, ...]:
    """Source numbers of the reports that joined a case, as far as that was not taken back."""
    again = (event.payload.get("source_number") for event in effective(events)
             if event.kind is EventKind.DUPLICATE_REPORTED)  # fmt: skip
    return tuple(dict.fromkeys(str(source) for source in again if source))


def finding_facts(
    found: Round, walk: Walk, item: Item, name: Callable[[Name], str], matters: Collection[str],
    *, kind: WhistleKind | None = None, texts: Mapping[str, str] | None = None, places: Collection[str] = (),
) -> Facts:  # fmt: skip
    """The facts of the whistle. BadInput where nothing was answered, or the answer is no problem.

    A critical problem makes an emergency (domain 2.8) unless ``kind`` says otherwise; ``texts`` are typed beside
    it: who is exposed, why the grid cannot do it, what was done. ``name`` puts names into the language of the desk,
    ``matters`` are the codes of the policy, ``places`` those of the street.
    """
    asked = walk.find(item)
    answered = found.answers.get(item)
    if asked is None or answered is None:
        raise BadInput(Message("Nothing was answered there yet."), "question")
    if item not in found.problems:
        raise BadInput(Message("What was answered there is no problem."), "question")
    point, question = asked
    settled = found.findings.get(item)
    severity = settled.severity if settled is not None else severity_of(question, answered.answer)
    critical = severity is Severity.CRITICAL
    usual = WhistleKind.EMERGENCY if critical else WhistleKind.ROUTINE
    return Facts(
        kind=kind or usual, grid=found.grid, severity=severity,
        matter=question.matter if question.matter in matters else "", source=Source.PATROL,
        place=point.place if point.place in places else "",
        source_number=source_number(found, item), occurred_at=answered.at,
        texts={**_both({**_told(question, answered.answer, name), "place_text": _place(point, found, name)},
                       _decided(settled, name)), **(texts or {})},
    )  # fmt: skip


def _both(told: Mapping[str, str], decided: Mapping[str, str]) -> dict[str, str]:
    """What was answered and what was decided; where both have a note, one after the other."""
    note = " ".join(filter(None, (told.get("photo"), decided.get("photo"))))
    return {**told, **decided, **({"photo": note} if note else {})}


def _decided(settled: Finding | None, name: Callable[[Name], str]) -> dict[str, str]:
    """What was typed about it when it was looked at, under the names that a whistle has for it."""
    if settled is None:
        return {}
    named = {"place_text": settled.place, "exposed": settled.exposed, "done_already": settled.done,
             "photo": settled.photo, "why": name(NOT_OURS) if settled.competent is False else ""}  # fmt: skip
    return {field: text for field, text in named.items() if text}


def _told(question: Question, answer: Answer, name: Callable[[Name], str]) -> dict[str, str]:
    """What happened: all that was said, its number and the words beside it; what no title holds stands in the note."""
    number = f"{answer.number} {question.measured_in}".strip() if answer.number is not None else ""
    parts = ("" if answer.entries else number, " ".join(answer.entries), answer.text)
    said = " ".join(part for part in parts if part)
    title = f"{name(question.short)} {said or name(A_PROBLEM)}"
    if len(title) <= TITLE_CAP:
        return {"title": title}
    return {"title": f"{name(question.short)} {number or name(A_PROBLEM)}", "photo": said}


def _place(point: Point, found: Round, name: Callable[[Name], str]) -> str:
    return name(point.name) if found.route else ""

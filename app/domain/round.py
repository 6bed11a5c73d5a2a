"""A round as it was walked: begun, answered point by point, ended; folded from its entries (behaviours 16–18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from app.domain.checklist import Answer, Question, Template, Trend, Verdict
from app.domain.events import Event, EventKind, Json
from app.domain.route import Point, Route, asked_at
from app.domain.settled import Finding, finding_of

Item: TypeAlias = tuple[int, str]
"""A question at a point: the point's number and the question's id."""

BETWEEN = "\n"
"""Between the names of a list, where its words are kept as one text."""


class RoundState(StrEnum):
    """under_way until it is ended: finished with every answer, or incomplete with a reason."""

    UNDER_WAY = "under_way"
    FINISHED = "finished"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that stands: who said it, and when it was true."""

    answer: Answer
    at: datetime
    by: str
    first_at: datetime
    """When the question was answered first."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round. ``answers`` holds the last answer to each question; earlier ones stay in the entries."""

    id: UUID
    number: str
    """``R-20200702-01``, counted by street day."""
    version: int
    state: RoundState
    template: str
    route: str
    """Id of the route; empty = the whole grid is one point."""
    grid: str
    rules_version: int
    """The rules it began with: their questions are asked to its end."""
    team: tuple[str, ...]
    """Member codes, who leads it first."""
    started_at: datetime
    ended_at: datetime | None = None
    answers: Mapping[Item, Answered] = field(default_factory=dict)
    findings: Mapping[Item, Finding] = field(default_factory=dict)
    """What was decided about its problems, kept as long as they are problems; see ``Finding.retold``."""
    links: Mapping[Item, UUID] = field(default_factory=dict)
    """Findings that are the same matter as a case of another source, which they joined."""
    reason: str = ""
    """Why it was ended incomplete."""
    alone_because: str = ""
    """Why it began with fewer than night, posture or plan ask for."""
    planned: UUID | None = None
    """The planned round that it is; None = voluntary."""
    heard_at: datetime | None = None
    """When somebody last heard from the team: the latest entry that tells of it."""

    @property
    def problems(self) -> tuple[Item, ...]:
        """What is a problem, by point."""
        return tuple(sorted(item for item, one in self.answers.items() if one.answer.verdict is Verdict.PROBLEM))


@dataclass(frozen=True, slots=True)
class Walk:
    """What a round asks, and where: its template along its route."""

    template: Template
    route: Route

    def items(self) -> tuple[tuple[Point, Question], ...]:
        """Every question at every point, in walking order."""
        return tuple((point, one) for point in self.route.points for one in asked_at(point, self.template))

    def find(self, item: Item) -> tuple[Point, Question] | None:
        """The point and question of an item, where it is asked there."""
        return next(((p, q) for p, q in self.items() if (p.number, q.id) == item), None)

    def missing(self, answers: Mapping[Item, Answered]) -> tuple[tuple[Point, Question], ...]:
        """What nobody has answered yet, in walking order. Not seen is an answer."""
        return tuple((point, one) for point, one in self.items() if (point.number, one.id) not in answers)

    def open_points(self, answers: Mapping[Item, Answered]) -> tuple[Point, ...]:
        """Points with something left to answer."""
        return tuple({point.number: point for point, _ in self.missing(answers)}.values())


def round_stream(round_id: UUID) -> str:
    """The stream of a round's entries."""
    return f"round/{round_id.hex}"


def fold_round(events: Sequence[Event]) -> Round:
    """The round that its entries tell of, in their order. ValueError when the first is not its beginning."""
    if not events or events[0].kind is not EventKind.ROUND_STARTED:
        raise ValueError("a round begins with its start")
    found = _started(events[0])
    for event in events[1:]:
        found = _and_then(found, event)
    return found


def ever_problems(events: Sequence[Event]) -> frozenset[Item]:
    """Every question that was ever answered with a problem, whatever was said later."""
    answered = (event for event in events if event.kind is EventKind.ROUND_ANSWERED)
    said = (one for event in answered for one in answers_of(event))
    return frozenset(item for item, answer in said if answer.verdict is Verdict.PROBLEM)


def answers_payload(answers: Mapping[Item, Answer]) -> list[Json]:
    """Answers as codes and numbers; what was said in words lies in the entry's words under ``answer_words``."""
    return [
        {"point": point, "question": question, "verdict": one.verdict.value,
         "number": str(one.number) if one.number is not None else None,
         "trend": one.trend.value if one.trend else None, "yes": one.yes, "entries": len(one.entries)}
        for (point, question), one in answers.items()
    ]  # fmt: skip


def answer_words(answers: Mapping[Item, Answer]) -> dict[str, str]:
    """What was said in words, by ``point.question``."""
    said = {f"{point}.{question}": BETWEEN.join(one.entries) or one.text for (point, question), one in answers.items()}
    return {name: text for name, text in said.items() if text}


def _started(event: Event) -> Round:
    told = event.payload
    return Round(
        id=UUID(event.stream.partition("/")[2]), number=str(told["number"]), version=event.stream_version,
        state=RoundState.UNDER_WAY, template=str(told["template"]), route=str(told["route"]), grid=str(told["grid"]),
        rules_version=_whole(told["rules"]), team=tuple(str(code) for code in _list(told["team"])),
        started_at=event.occurred_at, answers=MappingProxyType({}), findings=MappingProxyType({}),
        links=MappingProxyType({}),
        alone_because=event.words.get("alone", ""),
        planned=UUID(planned) if isinstance(planned := told.get("planned"), str) else None, heard_at=event.occurred_at,
    )  # fmt: skip


def _and_then(found: Round, event: Event) -> Round:
    heard = max(found.heard_at or event.occurred_at, event.occurred_at)
    found = replace(found, version=event.stream_version, heard_at=heard)
    if event.kind is EventKind.ROUND_ANSWERED:
        return _answered(found, event)
    if event.kind is EventKind.FINDING_SETTLED:
        item = (_whole(event.payload["point"]), str(event.payload["question"]))
        settled = finding_of(event.payload, event.words, event.occurred_at, event.on_behalf_of or event.actor)
        return replace(found, findings=MappingProxyType({**found.findings, item: settled}))
    if event.kind is EventKind.FINDING_LINKED:
        item = (_whole(event.payload["point"]), str(event.payload["question"]))
        return replace(found, links=MappingProxyType({**found.links, item: UUID(str(event.payload["whistle"]))}))
    if event.kind is EventKind.ROUND_ENDED:
        state = RoundState.FINISHED if event.payload["complete"] else RoundState.INCOMPLETE
        return replace(found, state=state, ended_at=event.occurred_at, reason=event.words.get("reason", ""))
    return found


def decided_still(findings: Mapping[Item, Finding], told: Mapping[Item, Answer]) -> Mapping[Item, Finding]:
    """What was decided, once these answers are told anew: gone with the problem, to be asked again once solved."""
    kept = dict(findings)
    for item, answer in told.items():
        before = kept.pop(item, None)
        if before is not None and answer.verdict is Verdict.PROBLEM:
            kept[item] = replace(before, retold=before.handled)
    return MappingProxyType(kept)


def _answered(found: Round, event: Event) -> Round:
    """A note leaves the answer's time, and what was decided about a problem, as they are."""
    by, at, told = event.on_behalf_of or event.actor, event.occurred_at, dict(answers_of(event))
    answers = dict(found.answers)
    for item, answer in told.items():
        known = answers.get(item)
        fresh = Answered(answer, at, by, known.first_at if known else at)
        answers[item] = replace(known, answer=answer) if known and event.payload.get("noted") else fresh
    findings = found.findings if event.payload.get("noted") else decided_still(found.findings, told)
    return replace(found, answers=MappingProxyType(answers), findings=findings)


def answers_of(event: Event) -> Iterable[tuple[Item, Answer]]:
    """The answers of one entry, by point and question."""
    for told in _list(event.payload["answers"]):
        if not isinstance(told, dict):
            raise TypeError("an answer is an object")
        point, question = _whole(told["point"]), str(told["question"])
        said = event.words.get(f"{point}.{question}", "")
        number, trend, yes, listed = told["number"], told["trend"], told["yes"], told["entries"]
        yield (point, question), Answer(
            Verdict(str(told["verdict"])), Decimal(str(number)) if number is not None else None,
            Trend(str(trend)) if trend else None, tuple(said.split(BETWEEN)) if listed and said else (),
            bool(yes) if yes is not None else None, "" if listed else said,
        )  # fmt: skip


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("a list is wanted")
    return value


def _whole(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError("a whole number is wanted")
    return value

"""The same problem at the same place again within so many days, over all rounds of a grid (复发, domain 2.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.checklist import Question, Template, severity_of
from app.domain.round import Item, Round, Walk
from app.domain.route import Point
from app.domain.whistle import Severity


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """A problem of a round as lists know it."""

    round_id: UUID
    number: str
    """Of its round, ``R-20200702-01``."""
    point: int
    question: str
    kind: str
    """What it is about: the matter type where the question has one, else the question itself."""
    place: str
    """Where: the point's Chinese name, so that another checklist and another version of the rules know it too."""
    grid: str
    route: str
    at: datetime
    severity: Severity
    handled: bool

    @property
    def item(self) -> Item:
        """The question it answers."""
        return self.point, self.question


def kind_of(template: Template, question: Question) -> str:
    """What a problem is about, for telling whether it is the same again."""
    return question.matter or f"{template.id}/{question.id}"


def place_of(point: Point) -> str:
    """Where a problem is, for the same."""
    return point.name.zh


def found_problems(found: Round, walk: Walk) -> tuple[FoundProblem, ...]:
    """The problems of a round as they stand."""
    problems = set(found.problems)
    return tuple(
        FoundProblem(
            found.id, found.number, point.number, question.id, kind_of(walk.template, question), place_of(point),
            found.grid, found.route, found.answers[item].at, _severity(found, item, question),
            bool(found.findings.get(item) and found.findings[item].solved),
        )
        for point, question in walk.items() if (item := (point.number, question.id)) in problems
    )  # fmt: skip


def _severity(found: Round, item: Item, question: Question) -> Severity:
    settled = found.findings.get(item)
    return settled.severity if settled is not None else severity_of(question, found.answers[item].answer)


def nth_times(
    mine: Iterable[FoundProblem], known: Iterable[FoundProblem], within: timedelta
) -> Mapping[Item, int]:  # fmt: skip
    """For the problems of one round, the how many-th time each is ``within`` so long; only those not the first.

    Several questions of one round about the same matter at the same place count once.
    """
    earlier = tuple(known)
    counts: dict[Item, int] = {}
    for one in mine:
        rounds = {other.round_id for other in earlier if _same(one, other, within)}
        if rounds:
            counts[one.item] = len(rounds) + 1
    return counts


def _same(one: FoundProblem, other: FoundProblem, within: timedelta) -> bool:
    return (
        other.round_id != one.round_id and (other.grid, other.kind, other.place) == (one.grid, one.kind, one.place)
        and (other.at, other.number) < (one.at, one.number) and one.at - other.at <= within
    )  # fmt: skip

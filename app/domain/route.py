"""Where a round leads: points in their order, what is asked at each, the gauge that is read there (domain 4, 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from app.domain.checklist import AnswerKind, Question, Template
from app.domain.message import Name


@dataclass(frozen=True, slots=True)
class Gauge:
    """A staff gauge or station. Levels in metres above its datum; None until the street has entered them.

    Guard (设防): patrols are organised; warning (警戒): danger is possible; guarantee (保证): the design level.
    """

    id: str
    name: Name
    guard: Decimal | None = None
    warning: Decimal | None = None
    guarantee: Decimal | None = None
    margin: Decimal = Decimal("0.05")
    """Metres that the water must be back below a level before crossing it again is news."""
    stale: timedelta = timedelta(hours=30)
    """How long a reading says how high the water is: daily rounds may be a little late."""
    fall: Decimal = Decimal("0.2")
    """Metres below its peak at which the water falls: time to walk the banks (退水)."""
    rise: Decimal = Decimal("0.5")
    """Metres that make a wave of a rise, where no level is entered, and the next one after a fall."""
    jump: Decimal = Decimal(3)
    """Metres an hour that the water moves at most: a reading further off is asked about before it is recorded."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the route, counted from 1 in walking order."""

    number: int
    name: Name
    hazard: Name | None = None
    """What is dangerous there, read to whoever walks."""
    gauge: str = ""
    place: str = ""
    """Code of the registered place, where it is one: the whistle of a finding carries it."""
    asks: tuple[str, ...] = ()
    """Ids of the questions asked here; empty = every question of the template that needs no gauge."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way through a grid, walked point by point."""

    id: str
    name: Name
    grid: str
    points: tuple[Point, ...]

    def point(self, number: int) -> Point | None:
        """The point of a number."""
        return next((one for one in self.points if one.number == number), None)


def asked_at(point: Point, template: Template) -> tuple[Question, ...]:
    """What is asked at a point, in the order of the template; a gauge is read where one stands."""
    return tuple(one for one in template.questions if _is_asked(one, point))


def reads_gauge(question: Question) -> bool:
    """Whether its number is what a gauge shows."""
    return question.kind is AnswerKind.NUMBER and question.trend


def _is_asked(question: Question, point: Point) -> bool:
    if point.asks:
        return question.id in point.asks
    return bool(point.gauge) or not reads_gauge(question)

"""A round with all that belongs to it, and a round as lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from app.domain.checklist import Question, severity_of
from app.domain.events import Event
from app.domain.planned_round import PlannedRound, Timing, timing_now
from app.domain.round import Item, Round, RoundState, Walk
from app.domain.route import Point
from app.domain.whistle import Severity, Whistle


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come: questions asked along its way, answered, and answered with a problem."""

    asked: int
    answered: int
    problems: int
    handled: int = 0
    """Problems that were solved on the spot."""

    @property
    def unsolved(self) -> int:
        """Problems that were not: whistles, and those that stay open."""
        return self.problems - self.handled


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round as lists show it; its answers lie in its entries."""

    id: UUID
    number: str
    version: int
    state: RoundState
    template: str
    route: str
    grid: str
    rules_version: int
    team: tuple[str, ...]
    started_at: datetime
    ended_at: datetime | None
    progress: Progress
    planned: UUID | None = None
    """The planned round that it is; None = voluntary."""
    check_in_at: datetime | None = None
    """When somebody must have heard from the team again, or is told once more; None once it is over."""
    closes: datetime | None = None
    """When the window of the planned round ends; None = voluntary."""
    timing: Timing | None = None
    """Whether the planned round was in its window; None until it is over."""
    silent: bool = False
    """Somebody was told that nobody has heard from the team, and still nobody has."""

    def timing_now(self, now: datetime) -> Timing | None:
        """The same as things stand: late once its window is over."""
        return timing_now(self.timing, self.closes, self.ended_at, now)


@dataclass(frozen=True)
class RoundFile:
    """A round with what it asks, and its entries."""

    round: Round
    walk: Walk
    events: tuple[Event, ...]
    whistles: Mapping[Item, Whistle] = field(default_factory=dict)
    """What a finding became, by question: the latest case of each."""
    times: Mapping[Item, int] = field(default_factory=dict)
    """The how many-th time ``within`` so long a problem is there; only those that are not the first."""
    within: timedelta = timedelta(0)
    """How long the policy calls a problem of the same kind at the same place a repeat."""
    due: PlannedRound | None = None
    """The planned round that it is; None = voluntary."""

    @cached_property
    def missing(self) -> tuple[tuple[Point, Question], ...]:
        """What nobody has answered yet, in walking order."""
        return self.walk.missing(self.round.answers)

    @cached_property
    def undecided(self) -> tuple[Item, ...]:
        """Problems of which nobody said what becomes of them, by point: no whistle, and nothing decided that holds."""
        decided = {item for item, one in self.round.findings.items() if not one.retold} | set(self.whistles)
        return tuple(item for item in self.round.problems if item not in decided)

    def severity(self, item: Item) -> Severity:
        """How grave a problem is: as was decided, else as the checklist has it."""
        settled, asked = self.round.findings.get(item), self.walk.find(item)
        if settled is not None:
            return settled.severity
        told = self.round.answers.get(item)
        return severity_of(asked[1], told.answer if told else None) if asked is not None else Severity.NORMAL

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        asked = len(self.walk.items())
        problems = self.round.problems
        settled = (self.round.findings.get(item) for item in problems)
        handled = sum(one is not None and one.solved for one in settled)
        return Progress(asked, asked - len(self.missing), len(problems), handled)


def elsewhere(running: Iterable[RoundLine], team: Iterable[str], but: UUID | None = None) -> Mapping[str, str]:
    """Who of a team is on the way already, by member: the number of the other round that is still open."""
    others = {code: line.number for line in running if line.id != but for code in line.team}
    return {code: others[code] for code in team if code in others}

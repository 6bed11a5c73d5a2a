"""What rounds need from a store beside the ports of every use case; reached by ``Reads.rounds``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from app.domain.events import Event
from app.domain.grid_rounds import GridRounds
from app.domain.planned_round import PlannedRound
from app.domain.repeats import FoundProblem
from app.domain.round import Round
from app.domain.round_file import Progress, RoundLine
from app.domain.round_plan import RoundPlan

MOST = 1000
"""Rounds that one list holds."""


class RoundReads(Protocol):
    """Reads of rounds and of the rules they go by."""

    def rules_version(self) -> int:
        """The newest version of the rules, 0 when none was loaded."""

    def rules_text(self, version: int) -> str | None:
        """A version as it was loaded."""

    def events(self, round_id: UUID) -> tuple[Event, ...]:
        """The entries of a round in their order, with their words."""

    def line(self, round_id: UUID) -> RoundLine | None: ...
    def by_number(self, number: str) -> UUID | None:
        """By full number ``R-20200702-01``."""

    def under_way(self, limit: int = MOST) -> tuple[RoundLine, ...]:
        """Rounds that are being walked, the longest first."""

    def since(self, since: datetime, limit: int = MOST) -> tuple[RoundLine, ...]:
        """Rounds begun since an instant, the latest first."""

    def problems_alike(self, one: FoundProblem, since: datetime) -> tuple[FoundProblem, ...]:
        """Problems of the same kind at the same place of a grid, from an instant until this one; itself too."""

    def problems_since(self, since: datetime, limit: int = MOST) -> tuple[FoundProblem, ...]:
        """Problems found since an instant, the latest first."""

    def check_ins_due(self, until: datetime, limit: int = MOST) -> tuple[RoundLine, ...]:
        """Rounds under way from which somebody should have been heard by an instant, the longest first."""

    def plans(self) -> tuple[RoundPlan, ...]:
        """Plans that somebody set and that are in force; those of the rules stand in the rules."""

    def plan(self, plan_id: str) -> RoundPlan | None:
        """One that somebody set, also when it is over."""

    def planned(self, planned_id: UUID) -> PlannedRound | None: ...
    def planned_of(self, round_id: UUID) -> PlannedRound | None:
        """The planned round that a round is."""

    def planned_due(self, until: datetime, limit: int = MOST) -> tuple[PlannedRound, ...]:
        """Of which something is to be said up to an instant, soonest first."""

    def planned_between(self, since: datetime, until: datetime, limit: int = MOST) -> tuple[PlannedRound, ...]:
        """Whose window opens from one instant on and before another, soonest first; dropped ones are left out."""

    def planned_by(self, plan_id: str, since: datetime) -> tuple[PlannedRound, ...]:
        """All of a plan whose window opens since an instant, dropped ones too, soonest first."""

    def waited_for(self) -> tuple[PlannedRound, ...]:
        """All that nobody has begun and that are not missed yet, soonest first."""

    def last_planned(self, plan_id: str) -> datetime | None:
        """When the window of the last round that was planned closes."""

    def to_end(self) -> Mapping[UUID, datetime]:
        """Rounds under way with every answer, of whose end nobody was reminded yet; when they were heard from last."""

    def by_grid(self, now: datetime, missed_since: datetime) -> Mapping[str, GridRounds]:
        """Where rounds stand, by grid; a missed one counts until another was begun there, or it is longer ago."""


class RoundWrites(RoundReads, Protocol):
    """Changes of the same."""

    def add_rules(self, body: str, at: datetime) -> int:
        """Store the next version of the rules; returns its number."""

    def next_number(self, day: date) -> str:
        """The next ``R-YYYYMMDD-NN`` of a street day; gives no number twice."""

    def save_problems(self, round_id: UUID, problems: Sequence[FoundProblem]) -> None:
        """The problems of a round as they stand now, in the place of those before."""

    def save(
        self, found: Round, progress: Progress, recorded_at: datetime, check_in_at: datetime | None
    ) -> None:  # fmt: skip
        """Write where a round stands; its grid remembers that something was recorded there.

        ``check_in_at``: when somebody must have heard from the team again; None once it is over.
        """

    def listen(self, round_id: UUID, known: datetime | None, check_in_at: datetime | None) -> bool:
        """Move the next check-in of a round under way; False when it stands elsewhere by now."""

    def save_planned(self, planned: PlannedRound) -> bool:
        """Write a planned round as the next of its versions; False when another program was faster."""

    def save_plan(self, plan: RoundPlan, at: datetime) -> None:
        """Store a plan that somebody set."""

    def end_plan(self, plan_id: str, at: datetime) -> bool:
        """A plan that somebody set is due no more; False when it was over already."""

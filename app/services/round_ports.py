"""What rounds need from a store beside the ports of every use case; reached by ``Reads.rounds``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from app.domain.events import Event
from app.domain.repeats import FoundProblem
from app.domain.round import Round
from app.domain.round_file import Progress, RoundLine

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


class RoundWrites(RoundReads, Protocol):
    """Changes of the same."""

    def add_rules(self, body: str, at: datetime) -> int:
        """Store the next version of the rules; returns its number."""

    def next_number(self, day: date) -> str:
        """The next ``R-YYYYMMDD-NN`` of a street day; gives no number twice."""

    def save(self, found: Round, progress: Progress, recorded_at: datetime) -> None:
        """Write where a round stands; its grid remembers that something was recorded there."""

    def save_problems(self, round_id: UUID, problems: Sequence[FoundProblem]) -> None:
        """The problems of a round as they stand now, in the place of those before."""

"""A planned round as lists show it: its plan's name, and the round that it became."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.message import Name
from app.domain.planned_round import PlannedRound
from app.domain.round_file import RoundLine


@dataclass(frozen=True, slots=True)
class DueRound:
    """One planned round."""

    planned: PlannedRound
    name: Name
    """Of its plan."""
    line: RoundLine | None = None
    """What became of it; None while nobody has begun it."""

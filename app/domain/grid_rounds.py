"""Where the rounds of a grid stand: the last one, the next one, what is late, who has not been heard from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GridRounds:
    """Of one grid."""

    last_at: datetime | None = None
    """When a round was last begun there."""
    next_at: datetime | None = None
    """When the window of the next one opens that nobody has begun."""
    late: int = 0
    """Planned ones that nobody began in time, or that were missed since the last round."""
    pressing: int = 0
    """Those of them that were planned under orange, Ⅱ or stricter (domain 2.9)."""
    silent: int = 0
    """Teams under way at night that nobody has heard from in time."""


NO_ROUNDS = GridRounds()

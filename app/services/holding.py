"""Who holds the desk now, read from the handovers and the roster (domain 6.2)."""

from __future__ import annotations

from datetime import datetime

from app.domain.holding import Holding, Known, holding
from app.domain.org import Shift
from app.services.ports import Reads


def holding_now(reads: Reads, now: datetime) -> Holding | None:
    """The shift that holds the desk at ``now``; None where nobody does."""
    outgoing, taken = reads.desk_handed()
    known = Known(
        reads.shift(outgoing) if outgoing else None, reads.shift(taken) if taken else None, reads.shift_at(now),
        reads.shift_before(now), reads.first_recorded_at(),
    )  # fmt: skip
    return holding(known, now)


def on_duty(reads: Reads, now: datetime) -> Shift | None:
    """Whose people are told: those who hold the desk as a handover says, else the roster's."""
    outgoing, taken = reads.desk_handed()
    if not outgoing and not taken:
        return reads.shift_at(now)
    found = holding_now(reads, now)
    return found.shift if found is not None else None

"""Who holds the desk now, read from the handovers and the roster (domain 6.2)."""

from __future__ import annotations

from datetime import datetime

from app.domain.holding import RELIEF, Holding, Known, holding
from app.domain.org import Shift
from app.services.ports import Reads


def holding_now(reads: Reads, now: datetime) -> Holding | None:
    """The shift that holds the desk at ``now``; None where nobody does."""
    return holding_beside(reads, reads.shift_at(now), now)


def holding_beside(reads: Reads, running: Shift | None, now: datetime) -> Holding | None:
    """The same where the roster's shift is known already: mostly that is one small statement."""
    outgoing, taken = reads.desk_handed()
    if outgoing or taken:
        known = Known(
            reads.shift(outgoing) if outgoing else None, reads.shift(taken) if taken else None, running,
            reads.shift_before(now), reads.first_recorded_at(),
        )  # fmt: skip
        return holding(known, now)
    if running is not None and now >= running.starts_at + RELIEF:
        return Holding(running)
    return holding(Known(running=running, before=reads.shift_before(now), since=reads.first_recorded_at()), now)


def on_duty(reads: Reads, now: datetime) -> Shift | None:
    """Whose people are told: those who hold the desk as a handover says, else the roster's."""
    outgoing, taken = reads.desk_handed()
    if not outgoing and not taken:
        return reads.shift_at(now)
    found = holding_now(reads, now)
    return found.shift if found is not None else None

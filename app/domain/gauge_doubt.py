"""Whether a reading is likelier a slip than the water: 1999.42 after 199.42 (domain 4.1).

It is asked about before it is recorded, for a level that was never there raises an alarm and the posture.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from app.domain.errors import BadInput
from app.domain.gauge import Spot, levels_of
from app.domain.message import Message
from app.domain.route import Gauge

LOOKED_AT = 3
"""Readings before that a new one is held against: plausible after one of them is plausible."""
FAR = 10
"""Jumps away from every level that was entered, a first reading is doubted too."""
_HOUR = timedelta(hours=1)


class Doubtful(BadInput):
    """A reading that is recorded only when whoever gives it says so once more."""


def doubt(gauge: Gauge, spot: Spot, near: Sequence[Spot]) -> Message | None:
    """Why a reading is doubted, None when it is not.

    ``near`` = the last readings before it, or where there is none the next one after, the nearest first; the water
    moves by the gauge's ``jump`` an hour at most, and by as much between readings that lie closer.
    """
    if near:
        if any(abs(spot.metres - one.metres) <= _moves(gauge, spot.at, one.at) for one in near[:LOOKED_AT]):
            return None
        last = near[0]
        return Message("{gauge}: {metres} m, and {before} m at {at}. Is that right?", {
            "gauge": gauge.name, "metres": str(spot.metres), "before": str(last.metres), "at": last.at})  # fmt: skip
    levels = [metres for _, metres in levels_of(gauge)]
    if not levels or any(abs(spot.metres - metres) <= FAR * gauge.jump for metres in levels):
        return None
    return Message("{gauge}: {metres} m, far from the levels entered ({level} m). Is that right?", {
        "gauge": gauge.name, "metres": str(spot.metres), "level": str(levels[0])})  # fmt: skip


def _moves(gauge: Gauge, at: datetime, other: datetime) -> Decimal:
    """How far the water may have come meanwhile, metres."""
    return gauge.jump * max(
        Decimal(1), Decimal(abs(at - other) // timedelta(seconds=1)) / (_HOUR // timedelta(seconds=1))
    )

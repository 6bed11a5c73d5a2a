"""Who holds the desk: the shift that took it over, until the next one has signed for it (domain 6.2, behaviours 26).

Nobody leaves before relief: the end of a shift passes, and the shift goes on holding the desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.org import Shift

RELIEF = timedelta(hours=2)
"""Where no handover was ever recorded, the shift before still holds the desk for so long after the next has begun."""
UNKEPT = timedelta(hours=24)
"""Nobody sits at a desk a day beyond the end of the shift: then the roster says who does."""
NEAR = timedelta(hours=2)
"""A relief signs at most so long before its shift begins."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The shift that holds the desk."""

    shift: Shift
    recorded: bool = False
    """Whether a handover says so; else it follows from the roster."""

    def late(self, now: datetime) -> timedelta | None:
        """How long its end has passed without relief; None before it."""
        return now - self.shift.ends_at if now >= self.shift.ends_at else None


@dataclass(frozen=True, slots=True)
class Known:
    """What says who holds the desk."""

    outgoing: Shift | None = None
    """The shift whose handover is under way."""
    taken: Shift | None = None
    """The shift that took over last."""
    running: Shift | None = None
    """The roster's shift now."""
    before: Shift | None = None
    """The roster's shift that ended last."""
    since: datetime | None = None
    """When the first entry of the station was made."""


def holding(known: Known, now: datetime) -> Holding | None:
    """Who holds the desk now; None where neither a handover nor the roster names anybody.

    The shift whose handover is under way; else the one that took over last. A station without any handover goes by its
    roster, and the shift before holds on while the next one has only just begun.
    """
    if known.outgoing is not None:
        return Holding(known.outgoing, recorded=True)
    taken, running, before = known.taken, known.running, known.before
    if taken is not None and (running is None or now < taken.ends_at + UNKEPT):
        return Holding(taken, recorded=True)
    was_here = before is not None and known.since is not None and known.since < before.ends_at
    if running is None:
        return Holding(before) if before is not None and was_here and now < before.ends_at + UNKEPT else None
    joins = before is not None and before.ends_at == running.starts_at
    if taken is None and joins and was_here and before is not None and now < running.starts_at + RELIEF:
        return Holding(before)
    return Holding(running)


def reliefs(holder: Shift, roster: Iterable[Shift], now: datetime) -> tuple[Shift, ...]:
    """Shifts that may relieve the holder: those that run, or begin shortly; the one that began first comes first."""
    able = [
        one for one in roster
        if one.code != holder.code and one.starts_at - NEAR <= now < one.ends_at and one.ends_at > holder.ends_at
    ]  # fmt: skip
    return tuple(sorted(able, key=lambda one: (one.starts_at, one.code)))

"""How many walk a round together: what its plans ask for under the posture, and what the night asks for (4.2, 4.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.message import Message
from app.domain.patrol_night import NightRule
from app.domain.posture import Posture
from app.domain.round_plan import RoundPlan

NEAR = timedelta(hours=2)
"""So long before the night who sets out is told what it asks for."""


@dataclass(frozen=True, slots=True)
class Together:
    """How many, and which rule asks for that: the night, the posture, or a plan in every season."""

    n: int = 1
    night: bool = False
    posture: Posture = Posture.SEASON

    @property
    def lacking(self) -> Message:
        """Why too few cannot begin, and what helps."""
        if self.night:
            return Message("At night {n} walk together: name who goes along, or say why fewer go.", {"n": self.n})
        if self.posture is Posture.SEASON:
            return Message("{n} walk this round together: name who goes along, or say why fewer go.", {"n": self.n})
        return Message("Under {posture} {n} walk together: name who goes along, or say why fewer go.",
                       {"n": self.n, "posture": self.posture})  # fmt: skip

    @property
    def aside(self) -> Message:
        """The same beside the field of who walks."""
        if self.night:
            return Message("at night {n} walk together", {"n": self.n})
        if self.posture is Posture.SEASON:
            return Message("{n} walk this round together", {"n": self.n})
        return Message("under {posture} {n} walk together", {"n": self.n, "posture": self.posture})


def plans_along(plans: Iterable[RoundPlan], template: str, grid: str, route: str) -> list[RoundPlan]:
    """The plans of a checklist along a route, or through a whole grid."""
    return [one for one in plans if (one.template, one.grid, one.route) == (template, grid, route)]


def together(
    plans: Iterable[RoundPlan], posture: Posture, night: NightRule, local: datetime, *, template: str, grid: str,
    route: str,
) -> Together:  # fmt: skip
    """The strictest of the plans of a round, whether or not it is due, and of the night; else one may go.

    More people that a posture asks for along a route go with every checklist: it is the way that has become dangerous.
    """
    every = list(plans)
    mine = [one.together(posture) for one in plans_along(every, template, grid, route)]
    way = [one for one in every if route and one.route == route]
    raised = [one.together(posture) for one in way if one.together(posture) > one.together(Posture.SEASON)]
    asked = max((*mine, *raised), default=1)
    at_night = night.team if night.holds(local) else 1
    return Together(at_night, night=True) if at_night >= max(asked, 2) else Together(asked, posture=posture)


def night_ahead(
    size: int, night: NightRule, now: datetime, zone: ZoneInfo, closes: datetime | None = None
) -> Message | None:  # fmt: skip
    """What a team that is too small for the night hears as it sets out by day, where it may still walk then.

    ``closes`` = the end of the window it belongs to. As the night begins the desk is told of it.
    """
    begins = night.begins_after(now, zone)
    late = begins - now <= NEAR or (closes is not None and closes > begins)
    if size >= night.team or night.holds(now.astimezone(zone)) or not late:
        return None
    return Message(
        "from {at} on {n} walk together: be back by then, or somebody joins", {"at": begins, "n": night.team}
    )

"""The street's rules for rounds: what is asked, where they lead, when they are due (domain 4, 5; decisions 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from app.domain.checklist import Template
from app.domain.message import Name
from app.domain.patrol_night import NightRule
from app.domain.posture import Posture
from app.domain.round import Walk
from app.domain.round_plan import RoundPlan
from app.domain.route import Gauge, Point, Route
from app.domain.topics import Audience
from app.domain.warned_area import Here


@dataclass(frozen=True, slots=True)
class TimesRule:
    """When a planned round is reminded of, and what still counts as on time."""

    ahead: timedelta = timedelta(hours=24)
    """How far ahead rounds are created."""
    soon: timedelta = timedelta(minutes=15)
    """Before its window opens."""
    start_within: int = 25
    """Percent of the window after which a round that nobody began is late."""
    early: timedelta = timedelta(minutes=30)
    """How long before its window a round may begin and still be the planned one."""
    end: timedelta = timedelta(minutes=10)
    """After the last word of a round that has every answer and that nobody has ended."""


@dataclass(frozen=True, slots=True)
class CheckInRule:
    """At night somebody hears from a team on its way at least so often (domain 4.4)."""

    every: Mapping[Posture, timedelta] = field(default_factory=lambda: {Posture.SEASON: timedelta(minutes=60)})
    """By posture; a stricter posture without one keeps the last."""
    grace: timedelta = timedelta(minutes=5)
    """After which the next ones are called."""

    def interval(self, posture: Posture) -> timedelta:
        """How often under a posture."""
        fit = [every for one, every in self.every.items() if one.rank <= posture.rank]
        return min(fit, default=timedelta(minutes=60))


@dataclass(frozen=True, slots=True)
class PatrolBook:
    """One version of the rules, immutable: a round keeps the one it began with."""

    version: int
    templates: Mapping[str, Template]
    routes: Mapping[str, Route]
    gauges: Mapping[str, Gauge]
    night: NightRule = field(default_factory=NightRule)
    plans: Mapping[str, RoundPlan] = field(default_factory=dict)
    times: TimesRule = field(default_factory=TimesRule)
    check_in: CheckInRule = field(default_factory=CheckInRule)
    here: Here = field(default_factory=Here)
    """Which imported warnings are for the street."""
    on_post: Mapping[Posture, tuple[Audience, ...]] = field(default_factory=dict)
    """Who is on post under a posture, beside those of the laxer ones: the widened roster (domain 4.1)."""

    def walk(self, template: str, route: str, here: Name) -> Walk | None:
        """What is asked where; None when there is no such template or route. ``here`` names a whole grid as a point."""
        asked = self.templates.get(template)
        way = self.routes.get(route) if route else Route("", here, "", (Point(1, here),))
        return Walk(asked, way) if asked and way else None

    def posts(self, posture: Posture) -> tuple[Audience, ...]:
        """Everybody who is on post under a posture."""
        found = [one for rank in Posture if rank.rank <= posture.rank for one in self.on_post.get(rank, ())]
        return tuple(dict.fromkeys(found))

"""The street's rules for rounds: what is asked, where they lead, which gauges are read (domain 4, 5; decisions 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from app.domain.checklist import Template
from app.domain.message import Name
from app.domain.round import Walk
from app.domain.route import Gauge, Point, Route


@dataclass(frozen=True, slots=True)
class NightRule:
    """When it is night, and how many walk together then (domain 4.4)."""

    begins: time = time(19)
    ends: time = time(7)
    team: int = 2

    def holds(self, local: datetime) -> bool:
        """Whether a local instant is at night; a span past midnight too."""
        now = local.time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends


@dataclass(frozen=True, slots=True)
class PatrolBook:
    """One version of the rules, immutable: a round keeps the one it began with."""

    version: int
    templates: Mapping[str, Template]
    routes: Mapping[str, Route]
    gauges: Mapping[str, Gauge]
    night: NightRule = NightRule()

    def walk(self, template: str, route: str, here: Name) -> Walk | None:
        """What is asked where; None when there is no such template or route. ``here`` names a whole grid as a point."""
        asked = self.templates.get(template)
        way = self.routes.get(route) if route else Route("", here, "", (Point(1, here),))
        return Walk(asked, way) if asked and way else None

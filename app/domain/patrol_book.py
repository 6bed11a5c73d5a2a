"""The street's rules for rounds: what is asked, where they lead, which gauges are read (domain 4, 5; decisions 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.checklist import Template
from app.domain.route import Gauge, Route


@dataclass(frozen=True, slots=True)
class PatrolBook:
    """One version of the rules, immutable: a round keeps the one it began with."""

    version: int
    templates: Mapping[str, Template]
    routes: Mapping[str, Route]
    gauges: Mapping[str, Gauge]

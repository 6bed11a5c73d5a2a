"""A plan of rounds as lists show it: with the round that is due next (behaviours 16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.patrol_night import NightRule
from app.domain.planned_round import PlannedRound, PlannedState, planned_id
from app.domain.policy import WorkCalendar
from app.domain.round_plan import Guard, RoundPlan, slots

FAR = timedelta(days=366)
"""How far ahead a plan is looked through: seasons come once a year."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan; ``opens`` and ``closes`` are None where nothing is due within a year."""

    plan: RoundPlan
    opens: datetime | None = None
    closes: datetime | None = None
    planned: PlannedRound | None = None
    """That round, once it stands among those that are due."""


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """Every plan in force, and the posture they go by."""

    lines: tuple[PlanLine, ...]
    guard: Guard


def with_next(
    plan: RoundPlan, guard: Guard, known: Mapping[UUID, PlannedRound], now: datetime, calendar: WorkCalendar,
    night: NightRule,
) -> PlanLine:  # fmt: skip
    """The plan with the first round that nobody has begun; ``known`` = rounds of the next days by their ids."""
    for slot in slots(plan, guard, now, now + FAR, calendar, night):
        planned = known.get(planned_id(plan.id, slot.key))
        if planned is None or planned.state is PlannedState.PLANNED:
            return PlanLine(plan, slot.opens, slot.closes, planned)
    return PlanLine(plan)

"""What the flood sheet shows, read together: what is in force, the rounds that follow, who is to leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.audience import OnPost
from app.domain.due_round import DueRound
from app.domain.flood import EvacuationCount, FloodView, Household, HouseholdState, Response, Signal
from app.domain.planned_round import PlannedState
from app.services.evacuation import QUESTION, counts
from app.services.on_post import on_post

if TYPE_CHECKING:
    from app.services.house import House

AHEAD = timedelta(hours=24)
"""So far ahead rounds are looked for."""
MOST_ROUNDS = 4
"""Rounds that are listed: the next ones say how tight the plan is."""


@dataclass(frozen=True, slots=True)
class FloodBoard:
    """One picture. With ``whole`` also what is over: signals and levels of a month, households back home."""

    now: datetime
    view: FloodView
    signals: tuple[Signal, ...]
    responses: tuple[Response, ...]
    rounds: tuple[DueRound, ...]
    """Due and not begun yet, the soonest first."""
    households: tuple[Household, ...]
    """By grid in the street's order, then by number."""
    counted: tuple[EvacuationCount, ...]
    posts: tuple[OnPost, ...] = ()
    """Who is on post under the posture."""
    whole: bool = False


def flood_board(house: House, *, whole: bool = False) -> FloodBoard:
    """Everything the sheet shows, on a lane."""
    now, flood = house.clock.now(), house.flood
    view = flood.show()
    due = house.round_plans.due(now - timedelta(hours=6), now + AHEAD)
    waiting = [one for one in due if one.planned.state is PlannedState.PLANNED]
    households = house.evacuation.households(returned=whole)
    order = {grid.code: place for place, grid in enumerate(house.streets.current().grids)}
    return FloodBoard(
        now, view,
        flood.warnings.since() if whole else view.signals,
        flood.levels() if whole else view.responses,
        tuple(waiting[:MOST_ROUNDS]),
        tuple(sorted(households, key=lambda one: (order.get(one.grid, len(order)), one.number))),
        counts([one for one in households if one.state is not HouseholdState.RETURNED], list(order)),
        on_post(house), whole,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Naming:
    """A round whose answers name households."""

    round_id: UUID
    number: str
    grid: str
    started_at: datetime
    names: tuple[str, ...]


NAMED_SINCE = timedelta(days=3)
MOST_READ = 60
"""Rounds that are looked into: what was named longer ago is typed."""


def rounds_naming(house: House) -> tuple[Naming, ...]:
    """Rounds of the last days that name households to move, the latest first."""
    now = house.clock.now()
    lines = {line.id: line for line in (*house.rounds.under_way(), *house.rounds.since(now - NAMED_SINCE))}
    latest = sorted(lines.values(), key=lambda line: line.started_at, reverse=True)[:MOST_READ]
    found = []
    for line in latest:
        answers = house.rounds.file(line.id).round.answers
        names = tuple(text for (_, question), one in sorted(answers.items()) if question == QUESTION
                      for text in one.answer.entries)  # fmt: skip
        if names:
            found.append(Naming(line.id, line.number, line.grid, line.started_at, names))
    return tuple(found)

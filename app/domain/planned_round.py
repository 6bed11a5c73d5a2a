"""A round that is due: planned, begun, over; when somebody is reminded of it, and whether it was on time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from app.domain.org import Role
from app.domain.posture import Posture
from app.domain.round import Round, Walk

LATEST = timedelta(hours=24)
"""So long after its window a round that was missed may still be walked, late."""
PLANNED = UUID("5f4f0c6e-0a0e-4f4e-8a55-7f0f8f2c9d10")
"""Ids are derived from here: every program that plans the same round makes the same row."""


class PlannedState(StrEnum):
    """planned until somebody begins it; missed when nobody did in its window, dropped when it is due no more."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    """With every answer."""
    INCOMPLETE = "incomplete"
    """Ended with a reason."""
    MISSED = "missed"
    DROPPED = "dropped"


class Timing(StrEnum):
    """When it was done, measured by its window."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Stage(StrEnum):
    """What is said of a planned round, in this order; each at most once."""

    SOON = "soon"
    START = "start"
    LATE = "late"
    """Nobody has begun it, though a part of its window is over."""
    END = "end"
    """Its window is over: it was missed, or points are missing."""


_STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One round of a plan. ``stage`` is the last that was said; ``next_at`` when the next one comes, None = no more."""

    id: UUID
    plan: str
    key: str
    template: str
    grid: str
    route: str
    role: Role
    team: int
    """How many walk together."""
    posture: Posture
    """Under which it was planned."""
    opens: datetime
    closes: datetime
    start_by: datetime
    soon_at: datetime
    state: PlannedState = PlannedState.PLANNED
    stage: Stage | None = None
    next_at: datetime | None = None
    round_id: UUID | None = None
    timing: Timing | None = None
    whistle: str = ""
    """Number of the case it is tied to."""
    version: int = 1


def planned_id(plan: str, key: str) -> UUID:
    """The same for every engine."""
    return uuid5(PLANNED, f"{plan}/{key}")


def planned_stream(planned: UUID) -> str:
    """The stream of a planned round's entries."""
    return f"planned/{planned.hex}"


def stage_at(planned: PlannedRound, stage: Stage) -> datetime:
    """When a stage comes."""
    return {
        Stage.SOON: planned.soon_at, Stage.START: planned.opens, Stage.LATE: planned.start_by,
        Stage.END: planned.closes,
    }[stage]  # fmt: skip


def stages_left(planned: PlannedRound) -> tuple[Stage, ...]:
    """What is still to be said, in its order: of a round under way only that its window is over."""
    if planned.state is PlannedState.PLANNED:
        said = -1 if planned.stage is None else _STAGES.index(planned.stage)
        return _STAGES[said + 1 :]
    return (Stage.END,) if planned.state is PlannedState.UNDER_WAY and planned.stage is not Stage.END else ()


def next_stage_at(planned: PlannedRound) -> datetime | None:
    """When something is said of it next; None when nothing is."""
    return min((stage_at(planned, stage) for stage in stages_left(planned)), default=None)


def due_stage(planned: PlannedRound, now: datetime) -> Stage | None:
    """The last stage that has come and was not said: after a sleep the earlier ones are passed over (behaviours 20)."""
    return next((one for one in reversed(stages_left(planned)) if stage_at(planned, one) <= now), None)


def completed_at(found: Round, walk: Walk) -> datetime | None:
    """When its last missing answer came; None while some are missing."""
    if walk.missing(found.answers):
        return None
    times = [found.answers[point.number, question.id].first_at for point, question in walk.items()]
    return max(times, default=found.started_at)


def timing_of(planned: PlannedRound, done_at: datetime) -> Timing:
    """Whether a round done at an instant was early, on time or late (behaviours 16)."""
    if done_at < planned.opens:
        return Timing.EARLY
    return Timing.LATE if done_at > planned.closes else Timing.ON_TIME


def timing_now(timing: Timing | None, closes: datetime | None, ended_at: datetime | None, now: datetime) -> (
    Timing | None
):  # fmt: skip
    """As it ended; late already while it is still walked after its window; None while nothing can be said."""
    late = closes is not None and ended_at is None and now > closes
    return Timing.LATE if late else timing


def fits(planned: PlannedRound, at: datetime, early: timedelta) -> bool:
    """Whether a round begun at an instant may be this one: from a little before its window on."""
    return planned.state in (PlannedState.PLANNED, PlannedState.MISSED) and at >= planned.opens - early


def meant_by(found: list[PlannedRound], at: datetime, early: timedelta) -> PlannedRound | None:
    """Which planned round somebody begins: the one whose window is open, else the one before, else the next."""
    able = [one for one in found if fits(one, at, early)]
    opened = [one for one in able if one.opens <= at < one.closes]
    passed = [one for one in able if one.closes <= at]
    ahead = [one for one in able if at < one.opens]
    for some, latest in ((opened, True), (ahead, False), (passed, True)):
        if some:
            return sorted(some, key=lambda one: one.opens)[-1 if latest else 0]
    return None


def due_here(mine: list[PlannedRound], at: datetime, early: timedelta) -> PlannedRound | None:
    """The same; of those that were missed only the last one can still be made good without being named."""
    found = meant_by(mine, at, early)
    if found is None or found.state is PlannedState.PLANNED:
        return found
    later = [one for one in mine if one.opens > found.opens and one.state is not PlannedState.PLANNED]
    return None if later else found

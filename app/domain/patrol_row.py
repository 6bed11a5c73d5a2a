"""A round as the list of the rounds mode shows it, whether it is walked, over, or still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.due_round import DueRound
from app.domain.message import Name
from app.domain.planned_round import PlannedState, Timing
from app.domain.round import RoundState
from app.domain.round_file import Progress, RoundLine


class PatrolWord(StrEnum):
    """Where a row of the list stands."""

    SILENT = "silent"
    """Under way, and nobody hears from the team."""
    UNDER_WAY = "under_way"
    LATE = "late"
    """Nobody has begun it, and somebody should have."""
    PLANNED = "planned"
    FINISHED = "finished"
    INCOMPLETE = "incomplete"
    MISSED = "missed"


OF_ROUND = {
    RoundState.UNDER_WAY: PatrolWord.UNDER_WAY,
    RoundState.FINISHED: PatrolWord.FINISHED,
    RoundState.INCOMPLETE: PatrolWord.INCOMPLETE,
}
"""The word of a round that was begun."""


@dataclass(frozen=True, slots=True)
class PatrolRow:
    """One row. ``key`` tells it from the others through every refresh; ``round_id`` is None before it was begun."""

    key: UUID
    word: PatrolWord
    template: Name
    grid: str
    route: Name | None
    """None = the whole grid."""
    starts_at: datetime
    """When it began, or is to begin."""
    round_id: UUID | None = None
    number: str = ""
    """``R-20200702-01``; empty before it was begun."""
    team: tuple[str, ...] = ()
    progress: Progress | None = None
    until: datetime | None = None
    """The end of its window, where it has one."""
    ended_at: datetime | None = None
    template_id: str = ""
    route_id: str = ""
    voluntary: bool = False
    """It is none of those that were due."""
    timing: Timing | None = None
    """Whether it was in its window; None until it is over."""

    def left(self, now: datetime) -> timedelta | None:
        """What is left of its window, below zero when it is late; None without a window, and once it is over."""
        return None if self.until is None or self.ended_at is not None else self.until - now


def row_of(line: RoundLine, template: Name, route: Name | None) -> PatrolRow:
    """A round that was begun, as a row."""
    word = PatrolWord.SILENT if line.silent else OF_ROUND[line.state]
    return PatrolRow(
        key=line.id, word=word, template=template, grid=line.grid, route=route,
        starts_at=line.started_at, round_id=line.id, number=line.number, team=line.team, progress=line.progress,
        until=line.closes, ended_at=line.ended_at, template_id=line.template, route_id=line.route,
        voluntary=line.planned is None, timing=line.timing,
    )  # fmt: skip


def row_of_due(due: DueRound, route: Name | None, now: datetime) -> PatrolRow | None:
    """A round that nobody has begun, as a row; None for one that was begun, or is due no more."""
    planned = due.planned
    words = {PlannedState.PLANNED: PatrolWord.LATE if planned.start_by < now else PatrolWord.PLANNED,
             PlannedState.MISSED: PatrolWord.MISSED}  # fmt: skip
    if planned.state not in words:
        return None
    word = words[planned.state]
    return PatrolRow(
        key=planned.id, word=word, template=due.name, grid=planned.grid, route=route, starts_at=planned.opens,
        until=planned.closes, ended_at=planned.closes if word is PatrolWord.MISSED else None,
        template_id=planned.template, route_id=planned.route,
    )  # fmt: skip


def in_list_order(rows: Sequence[PatrolRow]) -> tuple[PatrolRow, ...]:
    """Those under way first, then what is late, then what is to come, each by its beginning; then what is over."""
    order = list(PatrolWord)
    open_ones = sorted((row for row in rows if row.ended_at is None),
                       key=lambda row: (order.index(row.word), row.starts_at, row.number))  # fmt: skip
    over = [row for row in rows if row.ended_at is not None]
    over.sort(key=lambda row: (row.ended_at or row.starts_at, row.number), reverse=True)
    return (*open_ones, *over)

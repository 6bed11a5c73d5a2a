"""A round as the list of the rounds mode shows it, whether it is walked, over, or still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.message import Name
from app.domain.round import RoundState
from app.domain.round_file import Progress, RoundLine


class PatrolWord(StrEnum):
    """Where a row of the list stands."""

    UNDER_WAY = "under_way"
    FINISHED = "finished"
    INCOMPLETE = "incomplete"


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

    def left(self, now: datetime) -> timedelta | None:
        """What is left of its window, below zero when it is late; None without a window, and once it is over."""
        return None if self.until is None or self.ended_at is not None else self.until - now


def row_of(line: RoundLine, template: Name, route: Name | None, until: datetime | None = None) -> PatrolRow:
    """A round that was begun, as a row."""
    return PatrolRow(
        key=line.id, word=OF_ROUND[line.state], template=template, grid=line.grid, route=route,
        starts_at=line.started_at, round_id=line.id, number=line.number, team=line.team, progress=line.progress,
        until=until, ended_at=line.ended_at,
    )  # fmt: skip


def in_list_order(rows: Sequence[PatrolRow]) -> tuple[PatrolRow, ...]:
    """Those under way first, the longest before; then what is over, the latest first."""
    open_ones = sorted((row for row in rows if row.ended_at is None), key=lambda row: (row.starts_at, row.number))
    over = [row for row in rows if row.ended_at is not None]
    over.sort(key=lambda row: (row.ended_at or row.starts_at, row.number), reverse=True)
    return (*open_ones, *over)

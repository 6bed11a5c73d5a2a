"""The live status of a grid in one word, with its reasons (domain 2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.grid_rounds import NO_ROUNDS, GridRounds
from app.domain.message import Message
from app.domain.org import SixRole, Unit
from app.domain.policy import Policy, WhistleKind


class GridWord(StrEnum):
    """Status word of a grid; never shown by colour alone."""

    ALARM = "alarm"
    ATTENTION = "attention"
    NORMAL = "normal"
    NOBODY = "nobody"
    NO_DATA = "no_data"
    """Somebody is on duty, but nothing was recorded for as long as the policy allows."""


@dataclass(frozen=True, slots=True)
class GridFigures:
    """What is known of one grid at an instant."""

    open: Mapping[WhistleKind, int]
    """Open cases by kind; a draft is not blown and so is none."""
    overdue: int = 0
    report_in_overdue: int = 0
    on_duty: tuple[str, ...] = ()
    vacancies: tuple[SixRole, ...] = ()
    last_record_at: datetime | None = None
    retired: bool = False
    """No longer in the organisation; shown while cases are open there."""
    drafts: int = 0
    rounds: GridRounds = NO_ROUNDS


@dataclass(frozen=True, slots=True)
class GridStatus:
    """A grid with its word, the reasons behind it (worst first) and its figures."""

    grid: Unit
    word: GridWord
    reasons: tuple[Message, ...]
    figures: GridFigures

    @property
    def open(self) -> int:
        """Open cases of every kind."""
        return sum(self.figures.open.values())


def grid_status(grid: Unit, figures: GridFigures, policy: Policy, now: datetime) -> GridStatus:
    """Alarm: emergency open, report-in overdue, no word from a team at night, a round not walked at orange, Ⅱ or
    stricter. Attention: other overdue, a round late, a vacancy. Nobody: nobody on duty. No data: no record for the
    policy's span (domain 2.9)."""
    alarms, cautions, silences = [], [], []
    emergencies = figures.open.get(WhistleKind.EMERGENCY, 0)
    if emergencies:
        alarms.append(Message("{n} emergency open", {"n": emergencies}))
    if figures.report_in_overdue:
        alarms.append(Message("{n} report-in overdue", {"n": figures.report_in_overdue}))
    rounds = figures.rounds
    if rounds.silent:
        alarms.append(Message("no word from the team"))
    if rounds.pressing:
        alarms.append(Message("{n} round not walked", {"n": rounds.pressing}))
    other = figures.overdue - figures.report_in_overdue
    if other > 0:
        cautions.append(Message("{n} overdue", {"n": other}))
    if rounds.late > rounds.pressing:
        cautions.append(Message("{n} round late", {"n": rounds.late - rounds.pressing}))
    if figures.vacancies:
        cautions.append(Message("vacancies: {n}", {"n": len(figures.vacancies)}))
    if figures.retired:
        cautions.append(Message("no longer in the organisation"))
    elif not figures.on_duty:
        silences.append(Message("nobody on duty"))
    last = figures.last_record_at
    if not figures.retired and (last is None or now - last > policy.no_record_after):
        hours = int(policy.no_record_after.total_seconds() // 3600)
        silences.append(Message("no record for {hours} h", {"hours": hours}))
    if alarms:
        word = GridWord.ALARM
    elif cautions:
        word = GridWord.ATTENTION
    else:
        grey = GridWord.NO_DATA if figures.on_duty else GridWord.NOBODY
        word = grey if silences else GridWord.NORMAL
    return GridStatus(grid, word, (*alarms, *cautions, *silences), figures)

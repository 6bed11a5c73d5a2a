"""The live status of a grid in one word, with its reasons (domain 2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.grid_rounds import NO_ROUNDS, GridRounds
from app.domain.message import N_, Message
from app.domain.org import SixRole, Unit
from app.domain.policy import Policy, WhistleKind
from app.domain.posture import OF_COLOUR, OF_RESPONSE, OF_WATER, Colour, Posture, ResponseLevel, WaterLevel, strictest

SIGNAL = N_("{colour} signal")
"""The reason that a list of grids shows in a column of its own."""


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
    warning: Colour | None = None
    """Colour of the strictest flood signal in force."""
    response: ResponseLevel | None = None
    water: WaterLevel | None = None
    """The highest level that holds at a gauge of the street."""
    posture: Posture = Posture.SEASON
    """The flood posture in force, which may outlast all of these."""
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
    stricter. Attention: other overdue, a round late, a vacancy, a flood posture from yellow on with what asks for it.
    Nobody: nobody on duty. No data: no record for the policy's span (domain 2.9)."""
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
    cautions += _weather(figures)
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


def _weather(figures: GridFigures) -> list[Message]:
    """What asks for attention everywhere; a blue signal stands in its column alone.

    The posture itself is named where nothing that is in force asks for it any more: it stays until it is lowered.
    """
    asking: list[tuple[Posture, Message]] = []
    if figures.warning is not None:
        asking.append((OF_COLOUR[figures.warning], Message(SIGNAL, {"colour": figures.warning})))
    if figures.response is not None:
        asking.append((OF_RESPONSE[figures.response], Message("response {level}", {"level": figures.response})))
    if figures.water is not None:
        asking.append((OF_WATER[figures.water], Message("a gauge at {level}", {"level": figures.water})))
    if figures.posture.rank > strictest(posture for posture, _ in asking).rank:
        asking.insert(0, (figures.posture, Message("flood posture {posture}", {"posture": Colour(figures.posture)})))
    return [message for posture, message in asking if posture.rank >= Posture.YELLOW.rank]

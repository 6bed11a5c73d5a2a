"""Steps of a sample that the shift log and the briefing are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.domain.briefing import Section
from app.domain.org import SixRole
from app.domain.shift_log import LogSource, LogState
from app.services.house import House
from app.services.shift_log import Told


@dataclass(frozen=True, slots=True)
class LogStep:
    """An entry of the shift log, by column of ``shift_log.COLUMNS``."""

    at: str
    who: str
    texts: Mapping[str, str]
    source: LogSource = LogSource.DESK
    state: LogState = LogState.NOTED
    grid: str = ""
    place: str = ""
    case: str = ""
    """Key of the case that it is about."""


@dataclass(frozen=True, slots=True)
class AttendStep:
    """Who is there at the briefing of a unit; ``away`` holds reasons."""

    at: str
    who: str
    unit: str
    here: tuple[str, ...]
    away: Mapping[str, str] = field(default_factory=dict)
    chair: str = ""
    recorder: str = ""


@dataclass(frozen=True, slots=True)
class NoteStep:
    """What was said for the briefing of a unit: of one of the six roles, or in a section."""

    at: str
    who: str
    unit: str
    text: str
    role: SixRole | None = None
    section: Section = Section.SIX_ROLES


@dataclass(frozen=True, slots=True)
class ItemStep:
    """Who is to do what by when (local times)."""

    at: str
    who: str
    unit: str
    what: str
    owner: str
    due: str
    place: str = ""
    grid: str = ""
    case: str = ""
    """Key of the case that it is about."""


MorningStep = LogStep | AttendStep | NoteStep | ItemStep


def tell(house: House, step: MorningStep, request: UUID, cases: Mapping[str, UUID], due: datetime | None) -> None:
    """Write a step down; ``due`` is the instant of an item's."""
    actor = house.duty.actor(step.who)
    if isinstance(step, LogStep):
        case = cases[step.case] if step.case else None
        house.log.add(actor, request, Told(step.texts, step.source, step.state, grid=step.grid, place=step.place,
                                           whistle_id=case))  # fmt: skip
    elif isinstance(step, NoteStep):
        house.briefings.note(actor, request, step.unit, step.section, step.text, six_role=step.role)
    elif isinstance(step, AttendStep):
        house.briefings.attend(
            actor, request, step.unit, step.here, step.away, chair=step.chair, recorder=step.recorder
        )
    elif due is not None:
        case = cases[step.case] if step.case else None
        house.action_items.add(actor, request, step.unit, step.what, step.owner, due, place=step.place,
                               grid=step.grid, whistle_id=case)  # fmt: skip

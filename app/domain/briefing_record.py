"""A briefing as it is kept: a draft that is composed anew whenever it is looked at, frozen once it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.org import Role

SIGNS = (Role.DUTY_LEADER, Role.STREET_ADMIN, Role.GRID_LEADER)
"""Who signs one: the leader of a grid, the duty leader, the street administrator (domain 2.10)."""
EARLIEST = timedelta(minutes=30)
"""So long before its planned start a briefing may be signed: it covers the time until then."""


class BriefingState(StrEnum):
    """draft until it is signed."""

    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class BriefingRecord:
    """One briefing of a unit: the stretch [since_at, until_at) that it covers, who holds it, whether it is signed."""

    id: UUID
    version: int
    unit: str
    state: BriefingState
    since_at: datetime
    until_at: datetime
    """Its planned start: what happens at this very instant belongs to the next one (decisions 37)."""
    opened_at: datetime
    opened_by: str
    chair: str = ""
    recorder: str = ""
    signed_at: datetime | None = None
    signed_by: str = ""
    through_seq: int = 0
    """The newest entry that it knew when it was signed: what was written later belongs to the next one."""

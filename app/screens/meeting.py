"""What one desk remembers of a briefing: how it was looked at, and where it stands in front of everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.briefing import Sheet


@dataclass(frozen=True, slots=True)
class Look:
    """A briefing as somebody at this desk looked at it: what changes later is marked."""

    sheet: Sheet
    at: datetime


@dataclass(slots=True)
class Meeting:
    """Of which unit and which day, since when, and on which page."""

    unit: str
    until: datetime
    """The planned start of the briefing: what tells it from others of the unit."""
    began_at: datetime
    look: Look
    """As it was when it began, or when signing it was refused: the last page says what changed since."""
    place: str = ""
    """The page's place; empty = the first one."""
    part: int = 0

"""Where a briefing in front of everybody stands, so that it can be left and gone on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Meeting:
    """Of which unit and which day, since when, and on which page."""

    unit: str
    until: datetime
    """The planned start of the briefing: what tells it from others of the unit."""
    began_at: datetime
    place: str = ""
    """The page's place; empty = the first one."""
    part: int = 0

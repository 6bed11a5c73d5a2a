"""An action item of a briefing: what, who, by when; it stands in every briefing until it is done (domain 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.events import NO_WORDS


class ItemState(StrEnum):
    """open until somebody says that it is done, or that it is not to be done any more."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One item. ``texts``: ``what``, ``place``; ``ending``: ``result``, or why it was dropped."""

    id: UUID
    number: int
    version: int
    unit: str
    briefing_id: UUID | None
    state: ItemState
    owner: str
    """Member code of who is to do it."""
    due_at: datetime
    set_by: str
    set_at: datetime
    grid: str = ""
    whistle_id: UUID | None = None
    reminder_id: UUID | None = None
    """The reminder that calls its owner when it is due."""
    done_at: datetime | None = None
    done_by: str = ""
    texts: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    ending: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)

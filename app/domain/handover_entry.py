"""What is written down in the course of a handover, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class EntrySort(StrEnum):
    """What an entry is."""

    TOLD = "told"
    """The outgoing officer's line on an item."""
    ACCEPTED = "accepted"
    """The incoming officer's acceptance of an item, with what was read back."""
    NOTE = "note"
    """A note for the relief."""
    ADDITION = "addition"
    """A note once both had signed."""


@dataclass(frozen=True, slots=True)
class HandoverEntry:
    """One entry; ``item`` and ``mark`` = about which item, and how it stood then; empty for notes."""

    id: UUID
    sort: EntrySort
    item: str
    mark: str
    by: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class GearCheck:
    """That somebody looked at a piece of the equipment; ``remark`` says what is missing of it."""

    code: str
    ok: bool
    by: str
    at: datetime
    remark: str = ""

"""A notice, or a reminder to come, with everything that lists, messages and the call list say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.domain.message import Name
from app.domain.notice import Notice
from app.domain.outbox import Parcel
from app.domain.reminder import Reminder
from app.domain.whistle import Whistle


class CaseTold(Protocol):
    """The case that something is about."""

    @property
    def whistle(self) -> Whistle:
        """The case."""

    @property
    def title(self) -> str:
        """What it is about, as typed."""


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """One notice with what it is about and what was sent of it."""

    notice: Notice
    row: CaseTold | None = None
    """Its case; None when it has none, or that cannot be read."""
    text: str = ""
    """Of a reminder: as typed."""
    name: Name | None = None
    """Of a standing reminder."""
    parcels: tuple[Parcel, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderFile:
    """One active reminder with what it says."""

    reminder: Reminder
    text: str
    """As typed; empty for a standing one."""
    name: Name | None = None
    """Of a standing one."""
    number: str = ""
    """Of its case."""

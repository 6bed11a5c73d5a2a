"""The shift log: what was told and done on a shift, line by line, and what of it is still open (domain 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.events import NO_WORDS, OF_NOTICES, Event, EventKind
from app.domain.message import N_, Name
from app.domain.whistle import Precision

LOG_CAP = 500
"""Characters of each column of an entry at most."""


class LogSource(StrEnum):
    """Where an entry came from (domain 6.2: phone, platform, visit, patrol, a higher office)."""

    PHONE = "phone"
    RADIO = "radio"
    PLATFORM = "platform"
    VISIT = "visit"
    PATROL = "patrol"
    SUPERIOR = "superior"
    DESK = "desk"
    """The duty room itself."""


RECEIVED = frozenset({LogSource.PHONE, LogSource.PLATFORM, LogSource.VISIT, LogSource.SUPERIOR})
"""接报: what others brought to the desk; the rest it saw or did itself."""


class LogState(StrEnum):
    """What is left to do about an entry."""

    NOTED = "noted"
    OPEN = "open"
    """未了: it stands in the handover until somebody closes it."""
    CLOSED = "closed"


COLUMNS: Mapping[str, str] = {
    "content": N_("content"),
    "caller": N_("caller"),
    "phone": N_("phone"),
    "told": N_("reported to"),
    "instruction": N_("instruction"),
    "action": N_("action"),
    "result": N_("result"),
}
"""What is typed of an entry, by column, in the order of the template; msgids."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry that somebody made. It is never changed: a correction is a new one that names it."""

    id: UUID
    """Also the id of its event."""
    number: int
    """Counted through the whole log: ``#12``."""
    version: int
    source: LogSource
    state: LogState
    at: datetime
    """When it happened."""
    precision: Precision
    recorded_at: datetime
    by: str
    """Member code of who wrote it down."""
    shift: str = ""
    """Code of the shift in which it was written down; empty outside any."""
    grid: str = ""
    place: str = ""
    whistle_id: UUID | None = None
    corrects: UUID | None = None
    """The entry that this one puts right."""
    corrected_by: UUID | None = None
    """The entry that puts this one right: it counts no more."""
    closed_at: datetime | None = None
    closed_by: str = ""
    texts: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    """By column, see ``COLUMNS``; empty ones are left out."""
    closing: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    """What was said when it was closed: ``result``."""

    @property
    def counts(self) -> bool:
        """Whether it still says what was so."""
        return self.corrected_by is None

    @property
    def received(self) -> bool:
        """Whether others brought it to the desk and it became no case: a case counts by itself (接报)."""
        return self.counts and self.source in RECEIVED and self.whistle_id is None


FLOWS = frozenset(EventKind) - {
    EventKind.DRAFTED,
    EventKind.REVISED,
    EventKind.PLAN_APPLIED,
    EventKind.CORRECTED,
    EventKind.ROUNDS_PLANNED,
    EventKind.PATROLS_LOADED,
    EventKind.MAP_LOADED,
    EventKind.ORG_LOADED,
    EventKind.POLICY_LOADED,
    EventKind.HANDOVER_OPENED,
    EventKind.HANDOVER_NOTED,
    EventKind.HANDOVER_CHECKED,
    EventKind.HANDOVER_ACCEPTED,
    EventKind.HANDED_OVER,
    EventKind.ROUTES_SET,
    EventKind.STATION_CREATED,
    EventKind.CLOCK_SET,
}
"""Entries of other records that stand in the log by themselves. Of the answers of a round only problems do; the
correction of a time moves its entry instead of adding one; of a handover only the two signatures do."""

QUIET = OF_NOTICES | {EventKind.REMINDER_SET, EventKind.REMINDER_ENDED, EventKind.PLAN_SET, EventKind.PLAN_ENDED}
"""Those that say who was told and who answered: shown apart, so that what happened is read at one look."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that was answered on a round: at which point of the way, what, and what was said of it."""

    point: int
    name: Name
    said: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log: an entry that somebody made, or what happened elsewhere. Each event stands in one line."""

    event: Event
    at: datetime
    """When it happened as far as is known now: a corrected time, or its own."""
    precision: Precision
    entry: LogEntry | None = None
    number: str = ""
    """Number of the case it is about; empty without one."""
    title: str = ""
    grid: str = ""
    undone: bool = False
    """Taken back, or put right by another entry."""
    was: datetime | None = None
    """What it said before its time was corrected."""
    more: tuple[Event, ...] = ()
    """Of a reminder: what else happened to it, in its order."""
    walk: Name | None = None
    """Of a round: its way, or its checklist where it has none."""
    problems: tuple[Problem, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether it only says who was told."""
        return self.event.kind in QUIET

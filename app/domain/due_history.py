"""What a case's entries say about its due rows: what has fired, when the last word came, what was reported up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from app.domain.actor import Channel
from app.domain.dues import Due, DueKind
from app.domain.effective import effective
from app.domain.events import Event, EventKind
from app.domain.org import Role, UnitLevel

DueKey: TypeAlias = tuple[DueKind, UUID | None, int]
"""What tells a due row from the others of its case, however often its instant is computed anew."""

_RAISING = frozenset({EventKind.APPROVED, EventKind.LEVELLED_UP, EventKind.LEVEL_SKIPPED})


@dataclass(frozen=True, slots=True)
class ReportUp:
    """One report up the line (信息报送)."""

    at: datetime
    by_phone: bool


@dataclass(frozen=True, slots=True)
class History:
    """What the due rows of a case need to know beside its state; of the running episode where it says so."""

    fired: frozenset[DueKey] = frozenset()
    fired_at: tuple[tuple[DueKind, datetime], ...] = ()
    """Kind and instant of everything that has fired, in the order of the entries."""
    entry_at: datetime | None = None
    """When a person last recorded anything in the case, or answered for it."""
    submissions: int = 0
    """How often it was blown."""
    raised: tuple[tuple[UnitLevel, datetime], ...] = ()
    """Levels it came to in this episode, and when."""
    failed_check: datetime | None = None
    reports: tuple[ReportUp, ...] = ()
    """Reports of this episode, oldest first."""

    def has_fired(self, due: Due) -> bool:
        """Whether this row has fired already."""
        return key_of(due) in self.fired

    def last_fired(self, kind: DueKind) -> datetime | None:
        """When a row of the kind fired last."""
        return max((at for one, at in self.fired_at if one is kind), default=None)


def key_of(due: Due) -> DueKey:
    """The key of a row."""
    return due.kind, due.assignment_id, due.nth


def history(events: Sequence[Event]) -> History:
    """What a case's entries, in commit order, say about its due rows. What was undone or corrected counts so."""
    fired: dict[DueKey, datetime] = {}
    entry_at = failed = None
    submissions = 0
    raised: list[tuple[UnitLevel, datetime]] = []
    reports: list[ReportUp] = []
    for event in effective(events):
        if event.kind is EventKind.REMINDED and "due" in event.payload:  # others come from reminders set for the case
            fired[_fired(event)] = event.occurred_at
        elif event.kind is EventKind.BLOWN:
            submissions += 1
            raised, reports = [], []
        elif event.kind is EventKind.REOPENED:
            raised, reports, failed = [], [], None
        elif event.kind in _RAISING:
            level = event.payload["level" if event.kind is EventKind.APPROVED else "to"]
            raised.append((UnitLevel(str(level)), event.occurred_at))
        elif event.kind is EventKind.CHECKED and event.payload.get("passed") is False:
            failed = event.occurred_at
        elif event.kind is EventKind.REPORTED_UP:
            reports.append(ReportUp(event.occurred_at, event.channel is Channel.PHONE))
        if event.role is not Role.SYSTEM and event.kind is not EventKind.HANDED_OVER:
            entry_at = max(event.recorded_at, entry_at or event.recorded_at)
    return History(
        fired=frozenset(fired),
        fired_at=tuple((kind, at) for (kind, _, _), at in fired.items()),
        entry_at=entry_at,
        submissions=submissions,
        raised=tuple(raised),
        failed_check=failed,
        reports=tuple(reports),
    )


def _fired(event: Event) -> DueKey:
    assignment, nth = event.payload.get("assignment"), event.payload["nth"]
    if not isinstance(nth, int):
        raise ValueError("nth is a number")
    return DueKind(str(event.payload["due"])), UUID(assignment) if isinstance(assignment, str) else None, nth

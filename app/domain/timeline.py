"""The history of a case as it is read: every entry with the time it counts with (decisions 16, 18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.effective import corrections, taken_back
from app.domain.events import Event, EventKind
from app.domain.whistle import Precision


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with what later entries made of it; the event itself never changes."""

    event: Event
    at: datetime
    """When it happened as far as is known now: a corrected time, or its own; of a correction when it was made."""
    precision: Precision
    corrected_by: Event | None = None
    """The correction that counts; ``event.occurred_at`` is what the entry said before."""
    undone: bool = False
    corrects: Event | None = None
    """Of a correction: the entry it is about."""


def entries(events: Sequence[Event]) -> list[Entry]:
    """All entries in commit order; an entry of the shift log that another one puts right counts as taken back."""
    gone, mended = taken_back(events), corrections(events)
    gone |= {event.corrects for event in events if event.kind is EventKind.LOGGED and event.corrects}
    known = {event.id: event for event in events}
    told = []
    for event in events:
        by = mended.get(event.id)
        counted = by or event
        mends = event.kind is EventKind.CORRECTED
        told.append(
            Entry(
                event, event.recorded_at if mends else counted.occurred_at, counted.occurred_precision,
                corrected_by=by, undone=event.id in gone,
                corrects=known.get(event.corrects) if mends and event.corrects else None,
            )
        )  # fmt: skip
    return told


def by_time(events: Sequence[Event]) -> list[Entry]:
    """The same by the time each happened."""
    return sorted(entries(events), key=lambda entry: (entry.at, entry.event.seq))

"""Which events count: undone ones are left out, corrected ones count with their new time (decisions 16, 18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from app.domain.clocks import Pause
from app.domain.events import BESIDE, Event, EventKind


def taken_back(events: Sequence[Event]) -> frozenset[UUID | None]:
    """The ids of the entries that were undone."""
    return frozenset(e.corrects for e in events if e.kind is EventKind.UNDONE)


def corrections(events: Sequence[Event]) -> dict[UUID | None, Event]:
    """By the id of an entry the correction that counts: of two the later, none that was taken back."""
    gone = taken_back(events)
    return {e.corrects: e for e in events if e.kind is EventKind.CORRECTED and e.id not in gone}


def effective(events: Sequence[Event]) -> list[Event]:
    """Events as they count, in commit order. Nothing is ever deleted: the originals stay in the store."""
    gone, mended = taken_back(events), corrections(events)
    counted = []
    for event in events:
        if event.id in gone or event.kind in (EventKind.UNDONE, EventKind.CORRECTED):
            continue
        by = mended.get(event.id)
        if by is not None:
            event = replace(event, occurred_at=by.occurred_at, occurred_precision=by.occurred_precision)
        counted.append(event)
    return counted


def last_effective(events: Iterable[Event]) -> Event | None:
    """The newest event that counts and is not itself an undo or a correction.

    Who was reminded, who answered and who owns it is no step of the case: it neither is undone nor stands in the way.
    """
    counted = [event for event in effective(list(events)) if event.kind not in BESIDE]
    return counted[-1] if counted else None


def pauses(events: Sequence[Event]) -> tuple[Pause, ...]:
    """The closed suspensions of the running episode, derived and never stored (behaviours 14)."""
    found: list[Pause] = []
    began = None
    for event in effective(events):
        if event.kind is EventKind.REOPENED:
            found.clear()
        elif begins_pause(event):
            began = event.occurred_at
        elif event.kind is EventKind.RESUMED and began is not None:
            if event.occurred_at > began:
                found.append(Pause(began, event.occurred_at))
            began = None
    return tuple(found)


def begins_pause(event: Event) -> bool:
    """Whether the clock stands still from this event on: suspended, or a request to suspend was granted."""
    if event.kind is EventKind.SUSPENSION_DECIDED:
        return event.payload["granted"] is True
    return event.kind is EventKind.SUSPENDED

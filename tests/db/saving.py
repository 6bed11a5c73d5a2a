"""Storing stories the way the services do."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.dues import Due
from app.domain.events import Event
from app.domain.whistle import Case
from app.services.ports import Writes
from db.unit_of_work import SqlStore
from tests.db.story import Story


def keep(store: SqlStore, events: Sequence[Event], case: Case, dues: Sequence[Due]) -> tuple[Event, ...]:
    """Store facts and what follows from them in one transaction; returns the events as stored."""

    def work(writes: Writes) -> tuple[Event, ...]:
        stored = writes.append(events)
        writes.save_case(case, dues)
        return stored

    return store.write(work)


def save(store: SqlStore, told: Story) -> Case:
    """Store a whole story in one transaction; returns the case at its end."""
    case, dues = told.told()
    keep(store, told.events, case, dues)
    return case


def save_all(store: SqlStore, stories: Sequence[Story]) -> list[Case]:
    """Store many stories in one transaction."""
    folded = [(told.events, *told.told()) for told in stories]

    def work(writes: Writes) -> None:
        for events, case, dues in folded:
            writes.append(events)
            writes.save_case(case, dues)

    store.write(work)
    return [case for _, case, _ in folded]

"""What the rounds mode shows, read together: the list, and the round whose checklist is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.due_round import DueRound
from app.domain.errors import NotFound
from app.domain.patrol_row import PatrolRow, in_list_order, row_of, row_of_due
from app.domain.round_file import RoundFile, RoundLine

if TYPE_CHECKING:
    from app.services.house import House

NIGHT_BEFORE = timedelta(hours=12)
"""After midnight the rounds of the evening still belong to the night."""
AHEAD = timedelta(hours=12)
"""So far ahead what is due is listed."""


@dataclass(frozen=True, slots=True)
class RoundsView:
    """The rows in their order. ``file`` is the round that was asked for; None when there is none."""

    rows: tuple[PatrolRow, ...]
    file: RoundFile | None = None


def rounds_view(house: House, wanted: UUID | None) -> RoundsView:
    """The rows, and one round with everything: ``wanted``, else the first that was begun."""
    rows = patrol_rows(house)
    first = next((row.round_id for row in rows if row.round_id is not None), None)
    return RoundsView(rows, _file(house, wanted or first))


def patrol_rows(house: House) -> tuple[PatrolRow, ...]:
    """Rounds under way, those that are due and those that ended today."""
    now, zone = house.clock.now(), house.policies.current().calendar.zone
    since = min(datetime.combine(now.astimezone(zone).date(), time(), zone), now - NIGHT_BEFORE)
    running = house.rounds.under_way()
    known = {line.id for line in running}
    lines = [*running, *(one for one in house.rounds.since(since) if one.id not in known)]
    due = house.round_plans.due(since, now + AHEAD)
    return in_list_order((*_rows(house, lines), *_due_rows(house, due, now)))


def _rows(house: House, lines: list[RoundLine]) -> Iterator[PatrolRow]:
    walks = house.rounds.walks_of(lines)
    for line in lines:
        walk = walks[line.id]
        yield row_of(line, walk.template.name, walk.route.name if line.route else None)


def _due_rows(house: House, due: Sequence[DueRound], now: datetime) -> Iterator[PatrolRow]:
    if not due:
        return
    routes = house.patrol_rules.current().routes
    for one in due:
        route = routes.get(one.planned.route)
        row = row_of_due(one, route.name if route else None, now)
        if row is not None:
            yield row


def _file(house: House, wanted: UUID | None) -> RoundFile | None:
    if wanted is None:
        return None
    try:
        return house.rounds.file(wanted)
    except NotFound:
        return None

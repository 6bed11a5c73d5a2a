"""What the rounds mode shows, read together: the list, and the round whose checklist is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.errors import NotFound
from app.domain.patrol_row import PatrolRow, in_list_order, row_of
from app.domain.round_file import RoundFile, RoundLine

if TYPE_CHECKING:
    from app.services.house import House

NIGHT_BEFORE = timedelta(hours=12)
"""After midnight the rounds of the evening still belong to the night."""


@dataclass(frozen=True, slots=True)
class RoundsView:
    """The rows in their order. ``file`` is the round that was asked for; None when there is none."""

    rows: tuple[PatrolRow, ...]
    file: RoundFile | None = None


def rounds_view(house: House, wanted: UUID | None) -> RoundsView:
    """Rounds under way and those that ended today; ``wanted`` is read with everything, else the first of them."""
    now, zone = house.clock.now(), house.policies.current().calendar.zone
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    running = house.rounds.under_way()
    known = {line.id for line in running}
    lines = [*running, *(one for one in house.rounds.since(min(midnight, now - NIGHT_BEFORE)) if one.id not in known)]
    rows = in_list_order(tuple(_rows(house, lines)))
    first = next((row.round_id for row in rows if row.round_id is not None), None)
    return RoundsView(rows, _file(house, wanted or first))


def _rows(house: House, lines: list[RoundLine]) -> Iterator[PatrolRow]:
    for line in lines:
        walk = house.rounds.walk_of(line)
        yield row_of(line, walk.template.name, walk.route.name if line.route else None)


def _file(house: House, wanted: UUID | None) -> RoundFile | None:
    if wanted is None:
        return None
    try:
        return house.rounds.file(wanted)
    except NotFound:
        return None

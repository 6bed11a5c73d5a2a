"""The database's own row, the policy's versions, and what was solved on the spot."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import uuid5

from sqlalchemy import bindparam, func, insert, select, update

from app.domain.events import Event
from app.services.ports import DrillClock, Spot, Station
from db.migrations import HEAD
from db.repositories.cases import CaseWriting
from db.repositories.rows import AnyRow, Rows
from db.repositories.words import WORDS, texts_of
from db.tables.base import table
from db.tables.events import SpotRow
from db.tables.station import MetaRow, PolicyRow

META = table(MetaRow)
POLICY = table(PolicyRow)
SPOT = table(SpotRow)

_STATION = select(
    META.c.uuid, META.c.drill, META.c.street, META.c.clock_drill_at, META.c.clock_real_at, META.c.clock_speed
)
_POLICY = select(POLICY.c.body).where(POLICY.c.version == bindparam("version"))
_NEWEST_POLICY = select(func.max(POLICY.c.version))
_SPOTS = (
    select(
        SPOT.c.id, SPOT.c.kind, SPOT.c.grid, func.coalesce(SPOT.c.place, ""), SPOT.c.matter, SPOT.c.recorded_by,
        SPOT.c.occurred_at, SPOT.c.recorded_at, WORDS.c.body,
    )
    .outerjoin_from(SPOT, WORDS, WORDS.c.id == SPOT.c.words_id)
    .where(SPOT.c.occurred_at >= bindparam("since"))
    .order_by(SPOT.c.occurred_at.desc())
    .limit(bindparam("at_most"))
)  # fmt: skip


def _spot(row: AnyRow) -> Spot:
    id_, kind, grid, place, matter, by, occurred_at, recorded_at, body = row
    return Spot(id_, kind, grid, place, matter, by, occurred_at, recorded_at, texts_of(body))


def _station(row: AnyRow) -> Station:
    uuid, drill, street, drill_at, real_at, speed = row
    clock = DrillClock(drill_at, real_at, float(speed)) if drill_at is not None else None
    return Station(uuid, drill, HEAD, street, clock)


class StationReading(Rows):
    """Reads of identity, policy and spots."""

    def station(self) -> Station:
        """Who this database is and what its clock says."""
        found = self._one(_STATION, _station)
        if found is None:
            raise self._damaged()
        return found

    def policy_json(self, version: int) -> str | None:
        """The body of a policy version as it was loaded."""
        return self._connection.scalar(_POLICY, {"version": version})

    def current_policy_version(self) -> int:
        """The newest policy version, 0 when none is loaded."""
        return self._connection.scalar(_NEWEST_POLICY) or 0

    def spots(self, since: datetime, limit: int = 200) -> tuple[Spot, ...]:
        """What was solved on the spot since an instant, newest first."""
        values = {"since": since, "at_most": limit}
        return tuple(self._all(_SPOTS, _spot, values))


class StationWriting(StationReading, CaseWriting):
    """Changes of the same."""

    def add_policy(self, body: str, at: datetime) -> int:
        """Store the next policy version; returns its number."""
        version = self.current_policy_version() + 1
        digest = sha256(body.encode()).hexdigest()
        self._connection.execute(insert(POLICY), {"version": version, "body": body, "digest": digest, "loaded_at": at})
        return version

    def add_spot(self, spot: Spot, event: Event) -> None:
        """Store a spot record with its event; the texts are kept once when both have the same."""
        (stored,) = self.append([event])
        words_id = stored.words_id if dict(event.words) == dict(spot.texts) else None
        if words_id is None and spot.texts:
            words_id = uuid5(spot.id, "words")
            self._keep_words(words_id, spot.texts)
        row = {
            "id": spot.id, "kind": spot.kind, "grid": spot.grid, "place": spot.place or None, "matter": spot.matter,
            "recorded_by": spot.by, "occurred_at": spot.occurred_at, "recorded_at": spot.recorded_at,
            "words_id": words_id,
        }  # fmt: skip
        self._connection.execute(insert(SPOT), row)
        self._grid_recorded(spot.grid, spot.recorded_at)

    def set_clock(self, clock: DrillClock | None) -> None:
        """Set or remove the drill's clock."""
        row = {
            "clock_drill_at": clock.drill_at if clock else None,
            "clock_real_at": clock.real_at if clock else None,
            "clock_speed": clock.speed if clock else 1.0,
        }
        self._connection.execute(update(META), row)

    def set_street(self, code: str) -> None:
        """Name the street this database belongs to."""
        self._connection.execute(update(META), {"street": code})

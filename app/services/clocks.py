"""The street's clock: the wall, or a drill's row that every process reads (decisions 20)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from app.domain.actor import Actor
from app.domain.errors import BadInput, Refused
from app.domain.events import Event, EventKind
from app.domain.message import Message
from app.domain.org import Role
from app.services.ports import Clock, DrillClock, Store, Writes


class StreetClock:
    """The wall clock, moved by the drill row when the database is a drill; re-read when ``refresh`` is called."""

    def __init__(self, wall: Clock, store: Store) -> None:
        self._wall = wall
        self._store = store
        self._drill: DrillClock | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the drill row again: another process may have set it."""
        with self._store.read() as reads:
            self._drill = reads.station().clock

    def now(self) -> datetime:
        """The street's instant, aware UTC."""
        return drill_now(self._drill, self._wall.wall()) if self._drill else self._wall.wall()

    def wall(self) -> datetime:
        """The machine's instant, aware UTC."""
        return self._wall.wall()

    @property
    def speed(self) -> float:
        """Street seconds per real second; 1 outside a drill."""
        return self._drill.speed if self._drill else 1.0


def drill_now(drill: DrillClock, wall: datetime) -> datetime:
    """The drill's instant at a machine instant, to the microsecond."""
    return drill.drill_at + timedelta(seconds=(wall - drill.real_at).total_seconds() * drill.speed)


def set_drill_clock(
    store: Store, wall: Clock, at: datetime, speed: float, actor: Actor, request_id: UUID
) -> DrillClock:
    """Set a drill's clock. Refused outside a drill, and back before the last event (decisions 20)."""
    if not 0 <= speed <= 3600:
        raise BadInput(Message("The speed is between 0 and 3600."), "clock")
    drill = DrillClock(at, wall.wall(), speed)

    def work(writes: Writes) -> DrillClock:
        if not writes.station().drill:
            raise Refused(Message("Only a drill database has a clock of its own; this one follows the wall clock."))
        last = writes.last_occurred_at()
        if last is not None and at < last:
            raise Refused(Message("The last entry is of {last}; the clock cannot go back before it.", {"last": last}))
        if writes.event(request_id) is None:
            writes.set_clock(drill)
            writes.append([_set(drill, actor, request_id, writes.stream_version("clock") + 1)])
        return drill

    return store.write(work)


def _set(drill: DrillClock, actor: Actor, request_id: UUID, version: int) -> Event:
    return Event(
        id=request_id, stream="clock", stream_version=version, kind=EventKind.CLOCK_SET,
        payload={"drill_at": drill.drill_at.isoformat(), "speed": drill.speed}, actor=actor.member,
        role=min(actor.roles(), default=Role.SYSTEM), occurred_at=drill.drill_at, recorded_at=drill.drill_at,
        station=actor.station,
    )  # fmt: skip

"""The street's map as numbered, immutable versions in the database: every desk of the station shows the newest."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from app.domain.actor import SYSTEM_ACTOR, Actor
from app.domain.errors import BadInput, StoreTrouble, Trouble
from app.domain.events import Event, EventKind
from app.domain.org import Role
from app.domain.permissions import administers
from app.domain.street_map import StreetMap
from app.services.ports import Clock, Store, Writes
from app.services.requests import earlier
from app.services.street_map_file import FILE, digest_of, read_street_map
from app.services.streets import Streets


class StreetMaps:
    """Loads maps and keeps the newest one at hand; a load by any process is noticed by its number."""

    def __init__(self, store: Store, clock: Clock, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._streets = streets
        self._lock = threading.Lock()
        self._cached: StreetMap | None = None

    def current(self) -> StreetMap | None:
        """The newest map, None before one was loaded; StoreTrouble when it is damaged."""
        with self._store.read() as reads:
            version = reads.maps.version()
            cached = self._cached
            if not version or (cached is not None and cached.version == version):
                return cached if version else None
            text = reads.maps.text(version) or ""
        try:
            found = replace(read_street_map(text), version=version)
        except BadInput as error:
            raise StoreTrouble(error.message, Trouble.DAMAGED) from error
        with self._lock:
            self._cached = found
        return found

    def load(self, text: str, actor: Actor, request_id: UUID, *, name: str = FILE) -> StreetMap:
        """Load a file as the next version; one that is in force already makes no new one.

        NotPermitted for anybody but the street administrator. ``name`` is what sentences call the file; MapProblems
        names everything wrong with it, also areas of grids that the street does not have.
        """
        found = read_street_map(text, name, grids=self._grids())

        def work(writes: Writes) -> int:
            administers(actor, self._streets.index(writes))
            newest = writes.maps.version()
            if earlier(writes, request_id, actor, {EventKind.MAP_LOADED}) is not None:
                return newest
            if newest and digest_of(writes.maps.text(newest) or "") == found.digest:
                return newest
            version = writes.maps.add(text, found.digest, self._clock.now())
            writes.append([self._loaded(version, found, actor, request_id)])
            return version

        version = self._store.write(work)
        return replace(found, version=version)

    def _grids(self) -> Collection[str]:
        return tuple(unit.code for unit in self._streets.current().grids)

    def _loaded(self, version: int, found: StreetMap, actor: Actor, request_id: UUID) -> Event:
        now = self._clock.now()
        return Event(
            id=request_id, stream="map", stream_version=version, kind=EventKind.MAP_LOADED,
            payload={"version": version, "digest": found.digest, "grids": len(found.areas)}, actor=actor.member,
            role=Role.SYSTEM if actor is SYSTEM_ACTOR else Role.STREET_ADMIN, occurred_at=now, recorded_at=now,
            station=actor.station,
        )  # fmt: skip

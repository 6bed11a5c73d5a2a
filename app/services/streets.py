"""The organisation in the database: loaded by code, looked up many times (domain 1)."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from uuid import UUID

from app.domain.actor import Actor
from app.domain.errors import Conflict
from app.domain.events import Event, EventKind, Json
from app.domain.message import Message
from app.domain.org import Role, Street, UnitLevel
from app.domain.permissions import administers
from app.domain.street_index import StreetIndex
from app.services.ports import Clock, LoadReport, Reads, Store, Writes
from app.services.problems import NotLoaded
from app.services.requests import earlier


class Streets:
    """Loads the organisation and keeps the newest one at hand; a load by any process is noticed by its event."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._cached: tuple[int, StreetIndex] | None = None

    def current(self) -> StreetIndex:
        """The organisation as it stands."""
        with self._store.read() as reads:
            return self.index(reads)

    def index(self, reads: Reads) -> StreetIndex:
        """The organisation inside a transaction that is already open."""
        version = reads.org_version()
        cached = self._cached
        if cached is None or cached[0] != version:
            cached = (version, StreetIndex(reads.street(), reads.retired()))
            with self._lock:
                self._cached = cached
        return cached[1]

    def standing(self) -> tuple[Street, int]:
        """The organisation as it stands and its version: what a file that names only some tables is read against."""
        with self._store.read() as reads:
            return self.index(reads).street, reads.org_version()

    def load(
        self, street: Street, actor: Actor, request_id: UUID, *, retire: bool = False, seen: int | None = None
    ) -> LoadReport:
        """Load an organisation: rows are updated by code, never doubled; missing ones are retired, never deleted.

        NotPermitted for anybody but the street administrator, once there is one. NotLoaded when a shift that has
        ended would change, and, unless told to ``retire``, when open cases stand on what would be retired, when
        it is much of a table, or the last administrator. ``seen`` is the version the file was read against.
        """

        from app.services.street_changes import ended_shifts, objections, recoverable  # no start loads a street

        def work(writes: Writes) -> LoadReport:
            if earlier(writes, request_id, actor, {EventKind.ORG_LOADED}) is not None:
                return LoadReport({}, {}, {})
            before, now = self.index(writes), self._clock.now()
            administers(actor, before)
            if seen is not None and seen != writes.org_version():
                raise Conflict(Message("The organisation was changed in the meantime. Please load the file again."))
            _refuse(ended_shifts(before.street, street, now), overridable=False)
            report = writes.save_street(street, now)
            if not retire:
                _refuse(objections(before.street, street, report, writes.open_cases_on()), overridable=True)
            unit = next((u for u in street.units if u.level is UnitLevel.STREET), None)
            if unit is not None:
                writes.set_street(unit.code)
            changed = recoverable(before.street, street, now)
            writes.append([self._loaded(report, changed, writes.org_version(), actor, request_id)])
            return report

        report = self._store.write(work)
        with self._lock:
            self._cached = None
        return report

    def _loaded(
        self, report: LoadReport, changed: Mapping[str, Json], version: int, actor: Actor, request_id: UUID
    ) -> Event:
        now = self._clock.now()
        roles = sorted(actor.roles())
        return Event(
            id=request_id, stream="org", stream_version=version + 1, kind=EventKind.ORG_LOADED,
            payload={"added": _counts(report.added), "updated": _counts(report.updated),
                     "retired": _counts(report.retired), **({"changed": dict(changed)} if changed else {})},
            actor=actor.member, role=roles[0] if roles else Role.STREET_ADMIN, occurred_at=now, recorded_at=now,
            station=actor.station,
        )  # fmt: skip


def _refuse(reasons: Sequence[Message], *, overridable: bool) -> None:
    if reasons:
        raise NotLoaded(reasons, overridable=overridable)


def _counts(codes: Mapping[str, tuple[str, ...]]) -> Json:
    return {table: len(rows) for table, rows in codes.items()}

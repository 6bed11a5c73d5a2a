"""The street's rules for rounds as numbered, immutable versions in the database (decisions 7)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Actor
from app.domain.errors import BadInput, NotFound, StoreTrouble, Trouble
from app.domain.events import Event, EventKind
from app.domain.message import Message
from app.domain.org import Role
from app.domain.patrol_book import PatrolBook
from app.domain.permissions import administers
from app.services.patrol_file import FILE, read_patrols
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets


class PatrolRules:
    """Reads versions once each (they never change) and loads new ones.

    ``shipped`` gives the rules that come with the program: they hold until a street loads its own, and become
    version 1 with the first round, so that a round keeps its questions whatever a later program ships.
    """

    def __init__(self, store: Store, clock: Clock, streets: Streets, shipped: Callable[[], str]) -> None:
        self._store = store
        self._clock = clock
        self._streets = streets
        self._shipped = shipped
        self._versions: dict[int, PatrolBook] = {}
        self._lock = threading.Lock()

    def version(self, reads: Reads, version: int) -> PatrolBook:
        """One version, 0 = the shipped one; NotFound for an unknown number, StoreTrouble when it is damaged."""
        book = self._versions.get(version)
        if book is None:
            text = reads.rounds.rules_text(version) if version else self._shipped()
            if text is None:
                raise NotFound(Message("There is no version {version} of the rules for rounds.", {"version": version}))
            try:
                book = read_patrols(text, version=version)
            except BadInput as error:
                raise StoreTrouble(error.message, Trouble.DAMAGED) from error
            with self._lock:
                self._versions[version] = book
        return book

    def current(self) -> PatrolBook:
        """The rules in force."""
        with self._store.read() as reads:
            return self.version(reads, reads.rounds.rules_version())

    def text(self) -> str:
        """The rules in force as they were loaded, comments and all."""
        with self._store.read() as reads:
            return reads.rounds.rules_text(reads.rounds.rules_version()) or self._shipped()

    def settled(self, writes: Writes) -> PatrolBook:
        """The rules in force inside a transaction, the shipped ones stored first where there are none."""
        newest = writes.rounds.rules_version()
        if newest == 0:
            newest = writes.rounds.add_rules(self._shipped(), self._clock.now())
            made_by = uuid5(writes.station().uuid, "the shipped rules for rounds")
            writes.append([self._loaded(newest, SYSTEM_ACTOR, made_by)])
            return replace(self.version(writes, 0), version=newest)  # not kept: the transaction may still be undone
        return self.version(writes, newest)

    def load(self, text: str, actor: Actor, request_id: UUID, *, name: str = FILE) -> PatrolBook:
        """Load a file as the next version; rounds under way keep theirs. A file that is in force makes no new one.

        NotPermitted for anybody but the street administrator. ``name`` is what sentences call the file; BadInput
        names each fault, also a route through a grid that the street does not have.
        """
        wanted = read_patrols(text, name=name)
        return self._version(self._store.write(lambda writes: self._load(writes, text, wanted, actor, request_id)))

    def change(self, change: Callable[[str], str], actor: Actor, request_id: UUID) -> PatrolBook:
        """Make the next version out of the one in force; what is wrong with it is named, and nothing is written.

        ``change`` gets the text as it stands in the transaction, the shipped one where a street has none of its own:
        two people who change different things lose nothing of each other.
        """

        def work(writes: Writes) -> int:
            if earlier(writes, request_id, actor, {EventKind.PATROLS_LOADED}) is not None:
                return writes.rounds.rules_version()
            before = writes.rounds.rules_text(writes.rounds.rules_version()) or self._shipped()
            after = change(before)
            return self._load(writes, after, read_patrols(after), actor, request_id)

        return self._version(self._store.write(work))

    def _version(self, version: int) -> PatrolBook:
        with self._store.read() as reads:
            return self.version(reads, version)

    def _load(self, writes: Writes, text: str, wanted: PatrolBook, actor: Actor, request_id: UUID) -> int:
        street = self._streets.index(writes)
        administers(actor, street)
        grids = {unit.code for unit in street.grids}
        for route in wanted.routes.values():
            if route.grid not in grids:
                raise BadInput(Message("{route} leads through {grid}, which is no grid of this street.",
                                       {"route": route.name, "grid": route.grid}), "routes")  # fmt: skip
        places = {place.code for place in street.street.places}
        for plan in wanted.plans.values():
            if plan.grid not in grids:
                raise BadInput(Message("{plan} is for {grid}, which is no grid of this street.",
                                       {"plan": plan.name, "grid": plan.grid}), "plans")  # fmt: skip
            if plan.place and plan.place not in places:
                raise BadInput(Message("{plan} rests on {place}, which is no place of this street.",
                                       {"plan": plan.name, "place": plan.place}), "plans")  # fmt: skip
        newest = writes.rounds.rules_version()
        known = earlier(writes, request_id, actor, {EventKind.PATROLS_LOADED})
        if known is not None or (newest and writes.rounds.rules_text(newest) == text):
            return newest
        version = writes.rounds.add_rules(text, self._clock.now())
        writes.append([self._loaded(version, actor, request_id)])
        return version

    def _loaded(self, version: int, actor: Actor, request_id: UUID) -> Event:
        now = self._clock.now()
        role = Role.SYSTEM if actor is SYSTEM_ACTOR else Role.STREET_ADMIN
        return Event(
            id=request_id, stream="patrols", stream_version=version, kind=EventKind.PATROLS_LOADED,
            payload={"version": version}, actor=actor.member, role=role, occurred_at=now, recorded_at=now,
            station=actor.station,
        )  # fmt: skip

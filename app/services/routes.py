"""By which channels a member is reached: names in the database, what is secret of them in a file of each machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.domain.actor import Actor
from app.domain.errors import BadInput, NotFound, NotPermitted
from app.domain.events import Event, EventKind, Json
from app.domain.message import Message
from app.domain.notice import OF_REMINDERS
from app.domain.org import Role
from app.domain.outbox import Route
from app.domain.topics import TOPICS
from app.services.notice_events import SPEAKS_AS
from app.services.ports import Clock, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets

TOPIC_CODES = frozenset({*(kind.value for kind in TOPICS), OF_REMINDERS})
"""What a channel can be kept for."""
MOST = 10
"""Channels that one member can have."""
FOR_OTHERS = frozenset({Role.STREET_ADMIN, Role.DUTY_LEADER, Role.DUTY_OFFICER})
"""Who may say how somebody else is reached."""


class Routes:
    """Reads and sets the channels of members."""

    def __init__(self, store: Store, clock: Clock, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._streets = streets

    def all(self) -> tuple[Route, ...]:
        """Every route, by member and order."""
        with self._store.read() as reads:
            return reads.duty.routes()

    def choose(
        self, actor: Actor, member: str, channels: Sequence[tuple[str, bool]], request_id: UUID,
        topics: Mapping[str, Sequence[str]] | None = None,
    ) -> tuple[Route, ...]:  # fmt: skip
        """Reach a member by these channels in their order; (name, only when urgent) each, none = not at all.

        ``topics`` keeps a channel for some kinds of due rows, or for ``reminder``; without an entry it takes all.
        """
        only = topics or {}
        for topic in {topic for some in only.values() for topic in some} - TOPIC_CODES:
            raise BadInput(Message("{topic} is no kind of reminder.", {"topic": topic}), "only")
        if member not in self._streets.current().members:
            raise NotFound(Message("There is no member {code}.", {"code": member}))
        if member != actor.member and not actor.roles() & FOR_OTHERS:
            raise NotPermitted(Message("Only the duty room says how somebody else is reached."))
        names = [name for name, _ in channels]
        if len(set(names)) != len(names):
            raise BadInput(Message("A channel is named twice."), "channel")
        if len(names) > MOST:
            raise BadInput(Message("At most {n} channels.", {"n": MOST}), "channel")
        wanted = tuple(
            Route(member, name, n, urgent, " ".join(only.get(name, ())))
            for n, (name, urgent) in enumerate(channels, start=1)
        )
        now = self._clock.now()
        role = next((role for role in SPEAKS_AS if role in actor.roles()), Role.VIEWER)

        told: list[Json] = [[one.channel, one.urgent_only, one.topics] for one in wanted]

        def work(writes: Writes) -> tuple[Route, ...]:
            if earlier(writes, request_id, actor, {EventKind.ROUTES_SET}) is None:
                others = [route for route in writes.duty.routes() if route.member != member]
                writes.duty.save_routes([*others, *wanted])
                writes.append([Event(
                    id=request_id, stream="routes", stream_version=writes.stream_version("routes") + 1,
                    kind=EventKind.ROUTES_SET,
                    payload={"member": member, "channels": told},
                    actor=actor.member, role=role, occurred_at=now, recorded_at=now, station=actor.station,
                )])  # fmt: skip
            return tuple(route for route in writes.duty.routes() if route.member == member)

        return self._store.write(work)

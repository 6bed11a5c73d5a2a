"""Who holds the desk: the acting member, the shift, small services solved on the spot (decisions 10, domain 6.2)."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput, NotFound, NotPermitted
from app.domain.events import Event, EventKind
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.org import Member, Role, Shift, ShiftKind
from app.domain.permissions import records_in
from app.domain.text import NOTE_CAP, TITLE_CAP, clean, within
from app.services.ports import Clock, Spot, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets

SPOT_KINDS = ("service", "visit", "finding")

AT_A_DESK = (
    Role.DUTY_OFFICER,
    Role.DUTY_LEADER,
    Role.STREET_ADMIN,
    Role.ZONE_PLATFORM,
    Role.GRID_LEADER,
    Role.GRID_MEMBER,
)
"""Who sits at a desk, the likeliest first."""

OPENS_A_SHIFT = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN)


class Duty:
    """Acting members, shifts and what was solved on the spot."""

    def __init__(self, store: Store, clock: Clock, streets: Streets, station: str) -> None:
        self._store = store
        self._clock = clock
        self._streets = streets
        self._station = station

    def candidates(self) -> tuple[Member, ...]:
        """Members who may sit at a desk, those of the running shift first, then by roles' order."""
        street = self._streets.current()
        shift = self.shift()
        first = {code: n for n, code in enumerate((*shift.officers, shift.leader))} if shift else {}
        able = [m for m in street.street.members if m.posts and m.active]
        order = {role: n for n, role in enumerate(AT_A_DESK)}
        return tuple(
            sorted(able, key=lambda m: (first.get(m.code, 99), min(order.get(p.role, 9) for p in m.posts), m.code))
        )

    def actor(self, member_code: str) -> Actor:
        """The acting member with this machine's identity; NotFound for an unknown or retired member."""
        member = self._streets.current().members.get(member_code)
        if member is None:
            raise NotFound(Message("There is no member {code}.", {"code": member_code}))
        return Actor(
            member=member.code, posts=member.posts, grid=member.grid, os_uid=_uid(), host=socket.gethostname(),
            station=self._station,
        )  # fmt: skip

    def shift(self) -> Shift | None:
        """The shift that is running now, if the roster has one."""
        with self._store.read() as reads:
            return reads.shift_at(self._clock.now())

    def open_shift(
        self, actor: Actor, kind: ShiftKind, ends_at: datetime, leader: str, officers: tuple[str, ...], request_id: UUID
    ) -> Shift:
        """Open a shift from now when the roster has none (BadInput, NotPermitted say why not)."""
        if not actor.roles() & set(OPENS_A_SHIFT):
            raise NotPermitted(Message("Only the duty officer or the duty leader opens a shift."))
        now = self._clock.now()
        if ends_at <= now:
            raise BadInput(Message("{what} must lie ahead.", {"what": Message("End of the shift")}), "ends_at")
        street = self._streets.current()
        for code in (leader, *officers):
            if code not in street.members:
                raise NotFound(Message("There is no member {code}.", {"code": code}))
        shift = Shift(f"S-{request_id.hex[:12]}", kind, now, ends_at, leader, officers)

        def work(writes: Writes) -> Shift:
            if earlier(writes, request_id, actor, {EventKind.SHIFT_OPENED}) is None:
                running = writes.shift_at(now)
                if running is not None:
                    raise BadInput(
                        Message("A shift led by {leader} is already running until {until}.",
                                {"leader": street.label(running.leader), "until": running.ends_at})
                    )  # fmt: skip
                writes.save_shift(shift)
                writes.append([self._opened(shift, actor, request_id, writes.org_version() + 1)])
            return shift

        return self._store.write(work)

    def _opened(self, shift: Shift, actor: Actor, request_id: UUID, version: int) -> Event:
        now = self._clock.now()
        role = next(role for role in OPENS_A_SHIFT if role in actor.roles())
        return Event(
            id=request_id, stream="org", stream_version=version, kind=EventKind.SHIFT_OPENED,
            payload={"shift": shift.code, "leader": shift.leader, "officers": list(shift.officers),
                     "until": shift.ends_at.isoformat()},
            actor=actor.member, role=role, occurred_at=now, recorded_at=now, station=actor.station,
        )  # fmt: skip

    def record_spot(
        self,
        actor: Actor,
        kind: str,
        grid: str,
        texts: Mapping[str, str],
        request_id: UUID,
        *,
        place: str = "",
        matter: str = "",
        by: str = "",
        occurred_at: datetime | None = None,
        channel: Channel = Channel.TERMINAL,
    ) -> Spot:
        """Record a service, visit or finding solved on the spot; no whistle is needed (domain 2.8, step 2).

        ``texts`` holds ``title`` (what was done, required) and optionally ``note`` and ``for_whom``. By the
        grid's own people, or by the desk for whom ``by`` names; BadInput and NotPermitted say why not.
        """
        if kind not in SPOT_KINDS:
            raise BadInput(Message("It is a service, a visit or a finding."), "kind")
        street = self._streets.current()
        if grid not in {unit.code for unit in street.grids}:
            raise BadInput(Message("There is no grid {code}.", {"code": grid}), "grid")
        if place and place not in street.places:
            raise BadInput(Message("There is no place {code}.", {"code": place}), "place")
        if by and by not in street.members:
            raise NotFound(Message("There is no member {code}.", {"code": by}))
        role = records_in(actor, grid, street)
        now = self._clock.now()
        occurred = occurred_at or now
        if occurred > now + AHEAD:
            raise BadInput(Message("{at} has not come yet; it is {now}.", {"at": occurred, "now": now}), "occurred_at")
        kept = {
            name: clean(within(text, TITLE_CAP if name == "title" else NOTE_CAP, name), one_line=name == "title")
            for name, text in texts.items()
            if text.strip()
        }
        if not kept.get("title"):
            raise BadInput(Message("{what} is missing.", {"what": Message("What was done")}), "title")
        spot = Spot(uuid5(request_id, "spot"), kind, grid, place, matter, by or actor.member, occurred, now, kept)
        event = Event(
            id=request_id, stream=f"spot/{spot.id.hex}", stream_version=1, kind=EventKind.SPOT_RECORDED,
            payload={"kind": kind, "grid": grid, "place": place, "matter": matter, "by": spot.by},
            actor=actor.member, role=role, on_behalf_of="" if spot.by == actor.member else spot.by, channel=channel,
            words=kept, words_id=uuid5(request_id, "words"), occurred_at=occurred, recorded_at=now,
            station=actor.station,
        )  # fmt: skip

        def work(writes: Writes) -> Spot:
            if earlier(writes, request_id, actor, {EventKind.SPOT_RECORDED}) is None:
                writes.add_spot(spot, event)
            return spot

        return self._store.write(work)

    def spots(self, since: datetime) -> tuple[Spot, ...]:
        """What was solved on the spot since an instant, newest first."""
        with self._store.read() as reads:
            return reads.spots(since)


def _uid() -> int:
    return os.getuid() if hasattr(os, "getuid") else -1

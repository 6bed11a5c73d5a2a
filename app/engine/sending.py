"""Sending what the outbox holds: claimed with owner and lease, sent under a stable id, settled (decisions 22, 21).

Whoever is killed on the way: before the claim nothing has happened; between claim and settling the lease runs out and
an urgent message is sent again under the same id, one that is not urgent stays in doubt and is not sent twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Thread
from typing import TypeAlias
from uuid import UUID

from app.channels.delivery import Delivery, Failed, Outgoing, Sent
from app.domain.message import Message
from app.domain.outbox import BUNDLE_FROM, BUNDLE_WITHIN, LEASE, OutboxState, Parcel, Route, after_failure, routes_for
from app.services.ports import Clock, Store, Writes

AT_ONCE = 8
"""Messages on their way at the same time, each on a thread of its own."""
FORGOTTEN_AFTER = timedelta(minutes=5)
"""Machine time after which a message that nobody took has failed, and stands red on the board."""
TOGETHER = 50
"""Messages that one claim takes."""

Way: TypeAlias = Callable[[Outgoing], Delivery]
"""One channel: tries once, and never raises for the network."""
Compose: TypeAlias = Callable[[Sequence[Parcel]], tuple[str, str]]
"""Title and text of messages that go as one."""


@dataclass(frozen=True, slots=True)
class Load:
    """Messages to one member that go as one; a single one under its own id, several under that of their bundle."""

    id: UUID
    parcels: tuple[Parcel, ...]

    @property
    def member(self) -> str:
        """To whom."""
        return self.parcels[0].member

    @property
    def urgent(self) -> bool:
        """Whether any of them is."""
        return any(parcel.urgent for parcel in self.parcels)


@dataclass(frozen=True, slots=True)
class Posted:
    """What one round of sending came to."""

    sent: int = 0
    failed: int = 0
    """For good, or in doubt."""
    later: int = 0
    """To be tried again."""


class Sending:
    """Sends for the members that this machine can reach. ``at`` is told each point at which a crash is tested."""

    def __init__(
        self, store: Store, clock: Clock, owner: str, ways: Callable[[], Mapping[str, Way]], compose: Compose,
        at: Callable[[str], None] = lambda _point: None, lease: timedelta = LEASE,
    ) -> None:  # fmt: skip
        self._store = store
        self._lease = lease
        self._clock = clock
        self._owner = owner
        self._ways = ways
        self._compose = compose
        self._at = at

    def next_at(self) -> datetime | None:
        """The machine instant of the next try or the end of a lease; None when nothing waits."""
        with self._store.read() as reads:
            return reads.duty.next_instants().send

    def round(self) -> Posted:
        """Take back what has lost its sender, then send what is due; returns when all of it is settled."""
        now = self._clock.wall()
        with self._store.read() as reads:
            waiting = reads.duty.next_instants().send
            if waiting is None or waiting > now:
                return Posted()
            routes = reads.duty.routes()
            unheld = reads.duty.unheld(now)
        ways = self._ways()
        members = sorted({route.member for route in routes if route.channel in ways})
        forgotten = 0
        if waiting < now - FORGOTTEN_AFTER:
            reason = stored_reason(_NOBODY_RUNS.reason)
            forgotten = self._store.write(lambda writes: writes.duty.forget(now - FORGOTTEN_AFTER, reason))
        with self._store.read() as reads:
            mine = reads.duty.to_send(members, now)
        if not mine and not unheld:
            return Posted(failed=forgotten)
        loads = self._store.write(lambda writes: self._claim(writes, members))
        self._at("claimed")
        posted = self._send_all(loads, routes, ways)
        return replace(posted, failed=posted.failed + forgotten)

    # -- how ---------------------------------------------------------------------------------
    def _claim(self, writes: Writes, members: Sequence[str]) -> list[Load]:
        now = self._clock.wall()
        writes.duty.expire(now)
        claimed = writes.duty.claim(self._owner, members, now, now + self._lease, TOGETHER)
        loads = _known_bundles(claimed)
        for member in dict.fromkeys(parcel.member for parcel in claimed if parcel.bundle is None):
            alone = [parcel for parcel in claimed if parcel.member == member and parcel.bundle is None]
            loads += [Load(parcel.id, (parcel,)) for parcel in alone if parcel.attempts > 1]  # may have gone out alone
            mine = tuple(parcel for parcel in alone if parcel.attempts == 1)
            crowded = writes.duty.unanswered_to(member, now - BUNDLE_WITHIN) >= BUNDLE_FROM
            if crowded and len(mine) > 1:
                writes.duty.bundle([parcel.id for parcel in mine], mine[0].id)
                loads.append(Load(mine[0].id, tuple(replace(parcel, bundle=mine[0].id) for parcel in mine)))
            else:
                loads += [Load(parcel.id, (parcel,)) for parcel in mine]
        return loads

    def _send_all(self, loads: Sequence[Load], routes: Sequence[Route], ways: Mapping[str, Way]) -> Posted:
        """Several at once, so that one silent server holds up nobody else."""
        waiting: SimpleQueue[Load | None] = SimpleQueue()
        done: SimpleQueue[OutboxState | BaseException] = SimpleQueue()
        for load in loads:
            waiting.put(load)
        hands = min(AT_ONCE, len(loads))
        for _ in range(hands):
            waiting.put(None)
            Thread(target=self._hand, args=(waiting, done, routes, ways), name="post", daemon=True).start()
        states = [done.get() for _ in loads]
        for state in states:
            if isinstance(state, BaseException):
                raise state
        return Posted(
            sent=states.count(OutboxState.SENT),
            failed=states.count(OutboxState.FAILED) + states.count(OutboxState.IN_DOUBT),
            later=states.count(OutboxState.PENDING),
        )

    def _hand(
        self, waiting: SimpleQueue[Load | None], done: SimpleQueue[OutboxState | BaseException],
        routes: Sequence[Route], ways: Mapping[str, Way],
    ) -> None:  # fmt: skip
        while (load := waiting.get()) is not None:
            try:
                done.put(self._send(load, routes, ways))
            except BaseException as error:  # noqa: BLE001  told to who waits for this load
                done.put(error)

    def _send(self, load: Load, routes: Sequence[Route], ways: Mapping[str, Way]) -> OutboxState:
        """Try the member's channels in their order until one has taken it."""
        title, body = self._compose(load.parcels)
        message = Outgoing(load.id, title, body, load.urgent)
        topics = {parcel.topic for parcel in load.parcels}
        names = [name for name in routes_for(routes, load.member, topics, urgent=load.urgent) if name in ways]
        failures: list[Failed] = []
        for name in names:
            if failures and not self._prolong(load):
                return OutboxState.SENDING  # somebody else has it by now
            self._at("sending")
            outcome = ways[name](message)
            self._at("sent")
            if isinstance(outcome, Sent):
                return self._settle(load, name, None)
            failures.append(outcome)
            if outcome.uncertain and not load.urgent:
                break
        return self._settle(load, names[len(failures) - 1] if failures else "", failures or [_NO_WAY])

    def _prolong(self, load: Load) -> bool:
        until = self._clock.wall() + self._lease
        ids = [parcel.id for parcel in load.parcels]
        return self._store.write(lambda writes: writes.duty.prolong(self._owner, ids, until))

    def _settle(self, load: Load, channel: str, failures: Sequence[Failed] | None) -> OutboxState:
        now = self._clock.wall()
        settled = [_outcome(replace(parcel, channel=channel), failures, now) for parcel in load.parcels]

        def work(writes: Writes) -> None:
            for parcel in settled:
                writes.duty.settle(parcel)

        self._store.write(work)
        self._at("settled")
        return settled[0].state


_NOBODY_RUNS = Failed(Message("No program ran that could have sent it."), permanent=True)
_NO_WAY = Failed(Message("No channel of this machine reaches this member."), permanent=False)


def _known_bundles(claimed: Sequence[Parcel]) -> list[Load]:
    """What was sent as one before and has to be sent again goes as one under the same id."""
    bundles: dict[UUID, list[Parcel]] = {}
    for parcel in claimed:
        if parcel.bundle is not None:
            bundles.setdefault(parcel.bundle, []).append(parcel)
    return [Load(bundle, tuple(parcels)) for bundle, parcels in bundles.items()]


def _outcome(parcel: Parcel, failures: Sequence[Failed] | None, now: datetime) -> Parcel:
    """A message after its try (behaviours 21): "told" is never written before a server has taken it."""
    if failures is None:
        return replace(parcel, state=OutboxState.SENT, sent_at=now, lease_until=None, next_try_at=None, reason="")
    last = failures[-1]
    reason = stored_reason(last.reason)
    if last.uncertain and not parcel.urgent:
        return replace(parcel, state=OutboxState.IN_DOUBT, lease_until=None, next_try_at=None, reason=reason)
    again = None if all(failure.permanent for failure in failures) else after_failure(parcel.attempts, now)
    if again is None:
        return replace(parcel, state=OutboxState.FAILED, lease_until=None, next_try_at=None, reason=reason)
    return replace(parcel, state=OutboxState.PENDING, lease_until=None, next_try_at=again, reason=reason)


def stored_reason(reason: Message) -> str:
    """A reason as the outbox keeps it: msgid and parameters, translated when shown (decisions 5)."""
    params = {name: value for name, value in reason.params.items() if isinstance(value, str | int | float)}
    return json.dumps({"msgid": reason.msgid, "params": params}, ensure_ascii=False)

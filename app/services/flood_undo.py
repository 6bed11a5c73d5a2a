"""Taking back what changed the posture last, with the signal or level that did it (decisions 16, behaviours 30)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.errors import IllegalMove
from app.domain.events import Event, EventKind
from app.domain.flood import Ending, Response, Signal
from app.domain.message import Message
from app.domain.org import Role
from app.domain.posture import Posture, strictest
from app.services.flood_view import Cause, Postures
from app.services.ports import Writes

UNDO_FOR = timedelta(minutes=10)


def take_back(
    writes: Writes, postures: Postures, actor: Actor, role: Role, request_id: UUID, now: datetime
) -> None:  # fmt: skip
    """Undo the last change of the posture; IllegalMove says why it stays."""
    standing = writes.posture()
    event = writes.event(standing.by_event) if standing.by_event else None
    if event is None or event.kind is not EventKind.POSTURE_CHANGED:
        raise IllegalMove(Message("There is no change of the posture to take back."))
    still_fresh(event, actor, now)
    what = str(event.payload["cause"])
    sort, _, hex_ = what.partition("/")
    if sort in ("warning", "response"):
        _row_back(writes, actor, role, request_id, sort, UUID(hex_), event, now)
    before = Posture(str(event.payload["before"]))
    since = event.payload["before_since"]
    asked = postures.view(writes, now).asked(now)
    after = strictest((before, asked))
    postures.change(
        writes, actor, role, Cause(what, 0, request_id), standing, after, now, takes_back=event.id,
        since=datetime.fromisoformat(since) if after is before and isinstance(since, str) else None,
    )  # fmt: skip


def still_fresh(event: Event, actor: Actor, now: datetime) -> None:
    """IllegalMove when this desk may not take the change back: another's, the clock's, or too long ago."""
    if event.role is Role.SYSTEM:
        raise IllegalMove(Message("The posture rose as its time came: end what asks for it instead."))
    if event.station != actor.station:
        raise IllegalMove(Message("Another desk did that: it is theirs to take back."))
    if now - event.recorded_at > UNDO_FOR:
        raise IllegalMove(
            Message("That was at {at}, longer than {n} minutes ago.", {"at": event.recorded_at, "n": 10})
        )  # fmt: skip


def _row_back(
    writes: Writes, actor: Actor, role: Role, request_id: UUID, sort: str, id_: UUID, event: Event, now: datetime
) -> None:  # fmt: skip
    """The signal or level as if it had never been, and what it ended open again."""
    flood = writes.flood
    row: Signal | Response | None = flood.signal(id_) if sort == "warning" else flood.response(id_)
    if row is None or row.version != event.payload["cause_version"]:
        raise IllegalMove(Message("It was changed since; end it instead."))
    signals, responses = flood.ended_by(id_)
    streams = [f"{sort}/{id_.hex}", *(f"warning/{one.id.hex}" for one in signals)]
    streams += [f"response/{one.id.hex}" for one in responses]
    for stream in streams:
        last = flood.events_on(stream)[-1]
        writes.append([
            Event(
                id=uuid5(request_id, stream), stream=stream, stream_version=last.stream_version + 1,
                kind=EventKind.UNDONE, payload={"kind": last.kind.value, "with": event.id.hex}, actor=actor.member,
                role=role, occurred_at=now, recorded_at=now, corrects=last.id, station=actor.station,
            )
        ])  # fmt: skip
    if isinstance(row, Signal):
        flood.end_signal(row, now, Ending.UNDONE, None)
    else:
        flood.end_response(row, now, Ending.UNDONE, None)
    for signal in signals:
        flood.end_signal(signal, None, None, None)
    for response in responses:
        flood.end_response(response, None, None, None)

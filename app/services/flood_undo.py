"""Taking back this desk's last entry about the flood: a signal, a level, their end, a lowering (decisions 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.errors import Conflict, IllegalMove
from app.domain.events import Event, EventKind
from app.domain.flood import Ending, Response, Signal, named, spoken
from app.domain.message import Message
from app.domain.org import Role
from app.domain.posture import Posture, strictest
from app.services.flood_view import Cause, Postures
from app.services.ports import Reads, Writes

UNDO_FOR = timedelta(minutes=10)
_LOOKED_AT = timedelta(days=1)
"""Entries of before are too old in any case; what ended within this is looked through for the latest of them."""
_RECORDS = frozenset({EventKind.WARNING_RECORDED, EventKind.RESPONSE_RECORDED})
_ENDS = frozenset({EventKind.WARNING_CANCELLED, EventKind.RESPONSE_ENDED})


@dataclass(frozen=True, slots=True)
class Undoable:
    """An entry that can be taken back, with what it was about."""

    event: Event
    """The change of the posture, where there was one; else the entry itself."""
    row: Signal | Response | None
    """What was recorded or ended; None for a lowering."""

    @property
    def moves(self) -> bool:
        """Whether it changed the posture."""
        return self.event.kind is EventKind.POSTURE_CHANGED

    @property
    def what(self) -> Message:
        """It, by name: 暴雨黄色 of the station, recorded at 17:41."""
        told = {"at": self.event.recorded_at}
        if self.row is None:
            before, after = (spoken(Posture(str(self.event.payload[name]))) for name in ("before", "after"))
            return Message("the lowering {before} → {after} of {at}", told | {"before": before, "after": after})
        if self.event.kind in _ENDS:
            return Message("the end of {what}, recorded at {at}", told | {"what": named(self.row)})
        return Message("{what}, recorded at {at}", told | {"what": named(self.row)})

    @property
    def returns_to(self) -> Posture | None:
        """The posture of before it; None where it changed none."""
        return Posture(str(self.event.payload["before"])) if self.moves else None


def newest(reads: Reads, now: datetime) -> Undoable | None:
    """The newest entry of all desks; None where there is none, or it was an undo itself."""
    flood, since = reads.flood, now - _LOOKED_AT
    signals = {one.id: one for one in (*flood.signals_since(since), *flood.signals_closed(since))}
    responses = {one.id: one for one in (*flood.responses_since(since), *flood.responses_closed(since),
                                         *flood.responses_open(now))}  # fmt: skip
    rows: dict[str, Signal | Response] = {f"warning/{id_.hex}": one for id_, one in signals.items()}
    rows |= {f"response/{id_.hex}": one for id_, one in responses.items()}
    last = [_own(events) for stream in rows if (events := flood.events_on(stream))]
    standing = reads.posture()
    changed = reads.event(standing.by_event) if standing.by_event else None
    event = max((*last, *((changed,) if changed else ())), key=lambda one: one.seq, default=None)
    if event is None or event.kind not in _RECORDS | _ENDS | {EventKind.POSTURE_CHANGED}:
        return None
    if event.kind is not EventKind.POSTURE_CHANGED:
        return Undoable(event, rows[event.stream])
    sort, _, hex_ = str(event.payload["cause"]).partition("/")
    row = None
    if hex_:
        row = flood.signal(UUID(hex_)) if sort == "warning" else flood.response(UUID(hex_))
    return Undoable(event, row)


def _own(events: Sequence[Event]) -> Event:
    """The last entry of a signal or level that was made for itself: what another one ended is that one's doing."""
    last = events[-1]
    return events[-2] if last.kind in _ENDS and last.payload["by"] and len(events) > 1 else last


def may_be_undone(reads: Reads, actor: Actor, now: datetime) -> Undoable:
    """What ``take_back`` would take back; IllegalMove says why nothing."""
    found = newest(reads, now)
    if found is None:
        raise IllegalMove(Message("There is no change of the posture to take back."))
    event, row = found.event, found.row
    if event.role is Role.SYSTEM:
        raise IllegalMove(Message("The posture rose as its time came: end what asks for it instead."))
    if event.station != actor.station:
        raise IllegalMove(Message("Another desk did that: it is theirs to take back. ({what})", {"what": found.what}))
    if now - event.recorded_at > UNDO_FOR:
        raise IllegalMove(
            Message("That was at {at}, longer than {n} minutes ago.", {"at": event.recorded_at, "n": 10})
        )  # fmt: skip
    if found.moves and row is not None and row.version != event.payload["cause_version"]:
        raise IllegalMove(Message("It was changed since; end it instead."))
    return found


def take_back(
    writes: Writes, postures: Postures, actor: Actor, role: Role, request_id: UUID, now: datetime,
    seen: UUID | None = None,
) -> Undoable:  # fmt: skip
    """Undo the newest entry; ``seen`` is the one that was asked about: Conflict when it is not that one any more."""
    found = may_be_undone(writes, actor, now)
    event, row = found.event, found.row
    if seen is not None and event.id != seen:
        raise Conflict(Message("Something was recorded meanwhile: {what}. Look again.", {"what": found.what}))
    if row is not None:
        _row_back(writes, actor, role, request_id, row, found, now)
    if not found.moves:
        sort = event.stream
        postures.raised(writes, actor, role, Cause(sort, 0, uuid5(request_id, "reopened")), now)
        return found
    before, since = Posture(str(event.payload["before"])), event.payload["before_since"]
    after = strictest((before, postures.view(writes, now).asked(now)))
    postures.change(
        writes, actor, role, Cause(str(event.payload["cause"]), 0, request_id), writes.posture(), after, now,
        takes_back=event.id,
        since=datetime.fromisoformat(since) if after is before and isinstance(since, str) else None,
    )  # fmt: skip
    return found


def _row_back(
    writes: Writes, actor: Actor, role: Role, request_id: UUID, row: Signal | Response, found: Undoable, now: datetime
) -> None:  # fmt: skip
    """The signal or level as if it had never been, and what it ended open again; or only its own end taken back."""
    flood = writes.flood
    sort = "warning" if isinstance(row, Signal) else "response"
    signals, responses = flood.ended_by(row.id)
    if found.event.kind in _ENDS:
        signals, responses = (), ()
    streams = [f"{sort}/{row.id.hex}", *(f"warning/{one.id.hex}" for one in signals)]
    streams += [f"response/{one.id.hex}" for one in responses]
    for nth, stream in enumerate(streams):
        last = flood.events_on(stream)[-1]
        own = nth == 0 and not found.moves
        writes.append([
            Event(
                id=request_id if own else uuid5(request_id, stream), stream=stream,
                stream_version=last.stream_version + 1, kind=EventKind.UNDONE,
                payload={"kind": last.kind.value, "with": found.event.id.hex}, actor=actor.member, role=role,
                occurred_at=now, recorded_at=now, corrects=last.id, station=actor.station,
            )
        ])  # fmt: skip
    ends = None if found.event.kind in _ENDS else Ending.UNDONE
    if isinstance(row, Signal):
        flood.end_signal(row, now if ends else None, ends, None)
    else:
        flood.end_response(row, now if ends else None, ends, None)
    for signal in signals:
        flood.end_signal(signal, None, None, None)
    for response in responses:
        flood.end_response(response, None, None, None)

"""Payloads of what changes the history itself: a corrected time, an action taken back (decisions 16, behaviours 14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.actor import Actor
from app.domain.decision import Decision
from app.domain.effective import corrections, effective, last_effective, taken_back
from app.domain.errors import BadInput, IllegalMove, NotPermitted
from app.domain.events import BESIDE, Event, EventKind, Json
from app.domain.faster import faster
from app.domain.fold import rebuild
from app.domain.gates import out_of_order
from app.domain.message import Message
from app.domain.moves import BY_EVENT
from app.domain.org import Role
from app.domain.permissions import STREET_WIDE
from app.domain.street_index import StreetIndex


def correct(d: Decision) -> dict[str, Json]:
    """The time of an entry is put right, by who made it or by the desk; the entry itself stays.

    Conflict when somebody else has put it right, or taken the entry back, since the person looked.
    """
    target = d.corrected
    if target is None or target.kind in (EventKind.UNDONE, EventKind.CORRECTED):
        raise BadInput(Message("There is no such entry in this case."), "entry")
    if d.intent.occurred_at is None:
        raise BadInput(Message("{what} is missing.", {"what": Message("Corrected time")}), "occurred_at")
    involved = {target.actor, target.on_behalf_of}
    if d.intent.decider not in involved and not d.intent.actor.roles() & (STREET_WIDE | {Role.SYSTEM}):
        raise NotPermitted(
            Message("The entry is by {who}: they or the desk correct it.", {"who": d.around.street.label(target.actor)})
        )
    _not_overtaken(d, target)
    return {"was": _counting(d, target).isoformat()}


def _not_overtaken(d: Decision, target: Event) -> None:
    """``was`` in the intent is the time that the person saw the entry count with; without it nothing is compared."""
    events, was = d.around.events, d.intent.args.get("was")
    if target.id in taken_back(events):
        raise IllegalMove(Message("This entry was taken back; there is nothing to correct."))
    if isinstance(was, datetime) and was != _counting(d, target):
        raise faster(corrections(events).get(target.id, target), d.around.street)


def _counting(d: Decision, target: Event) -> datetime:
    """The time an entry counts with so far, earlier corrections included."""
    return next((e.occurred_at for e in effective(d.around.events) if e.id == target.id), target.occurred_at)


def stays_in_order(d: Decision, correction: Event) -> None:
    """A corrected time must leave a history that can have happened; BadInput names the two times that clash."""
    case, _ = rebuild([*d.around.events, correction], lambda _version: d.around.policy)
    clash = out_of_order(case)
    if clash:
        raise BadInput(
            Message("{at} is before the step it follows ({since}).", {"at": clash[1], "since": clash[0]}), "occurred_at"
        )


def undo(d: Decision) -> dict[str, Json]:
    """Only the desk's own last action, while it is still the last and fresh (decisions 16).

    ``entry`` in the intent names what the person agreed to take back; Conflict when something came after it.
    """
    around, meant = d.around, d.intent.args.get("entry")
    entries = [event for event in around.events if event.kind not in BESIDE]
    newest = entries[-1] if entries else None
    if isinstance(meant, UUID) and newest is not None and newest.id != meant:
        raise faster(newest, around.street)
    target = to_undo(around.events, d.intent.actor, around.street, around.now, around.policy.undo_within)
    return {"kind": target.kind.value}


def to_undo(
    events: Sequence[Event], actor: Actor, street: StreetIndex, now: datetime, within: timedelta
) -> Event:  # fmt: skip
    """The entry that an undo takes back; IllegalMove says why there is none.

    Who was reminded, who answered and who owns it is no step of the case: it neither is undone nor stands in the way.
    """
    events = [event for event in events if event.kind not in BESIDE]
    target = last_effective(events)
    newest = events[-1] if events else None
    if newest is not None and newest.kind is EventKind.CORRECTED:
        raise IllegalMove(Message("The last entry corrects a time; correct it once more instead."))
    if target is None or newest is None or newest.kind is EventKind.UNDONE or newest.id != target.id:
        raise IllegalMove(Message("There is nothing to undo here."))
    if target.actor != actor.member or target.station != actor.station:
        told = {"who": street.label(target.actor)}
        raise IllegalMove(Message("The last entry is by {who}: only who made it can undo it.", told))
    if now - target.recorded_at > within:
        minutes = int(within.total_seconds() // 60)
        told_age = {"minutes": minutes}
        raise IllegalMove(Message("It is older than {minutes} minutes: record what is true now instead.", told_age))
    move = BY_EVENT.get(target.kind)
    from_another_case = target.kind is EventKind.DUPLICATE_REPORTED and "from" in target.payload
    if move is None or not move.undoable or events[0].id == target.id or from_another_case:
        raise IllegalMove(Message("This cannot be undone; withdraw or correct it instead."))
    return target

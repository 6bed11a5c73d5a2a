"""Requests that somebody else decides: return, extension, suspension (domain 2.5, decisions 13)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from app.domain.events import Event, EventKind
from app.domain.folding import Folding, instant, text
from app.domain.whistle import (
    BOARD_STATES,
    AssignmentState,
    Request,
    RequestKind,
    RequestState,
    WhistleState,
)

_KINDS = {
    EventKind.RETURN_REQUESTED: RequestKind.RETURN,
    EventKind.EXTENSION_REQUESTED: RequestKind.EXTENSION,
    EventKind.SUSPENSION_REQUESTED: RequestKind.SUSPENSION,
}


def requested(f: Folding, event: Event) -> None:
    """A return, extension or suspension is asked for: a row of its own; no clock and no state changes."""
    kind = _KINDS[event.kind]
    for_whole_case = kind is RequestKind.SUSPENSION
    f.requests[event.id] = Request(
        id=event.id, whistle_id=f.whistle.id, kind=kind, state=RequestState.PENDING,
        requested_by=event.on_behalf_of or event.actor, recorded_by=event.actor,
        requested_at=event.occurred_at, assignment_id=None if for_whole_case else f.mine(event).id,
        until=instant(event.payload.get("until")), words_id=event.words_id,
    )  # fmt: skip


def decided(f: Folding, event: Event) -> None:
    """Granted or refused by somebody else; a refusal leaves state and clock unchanged."""
    key = UUID(text(event.payload["request"]))
    granted = event.payload["granted"] is True
    f.requests[key] = replace(
        f.requests[key], state=RequestState.GRANTED if granted else RequestState.REFUSED,
        decided_by=event.on_behalf_of or event.actor, decided_at=event.occurred_at,
        decision_words_id=event.words_id,
    )  # fmt: skip
    if granted:
        _grant(f, f.requests[key], event)


def _grant(f: Folding, request: Request, event: Event) -> None:
    if request.kind is RequestKind.SUSPENSION:
        f.change(
            state=WhistleState.SUSPENDED, suspended_at=event.occurred_at, review_at=request.until, consulting_at=None
        )
    elif request.kind is RequestKind.EXTENSION:
        f.change_assignment(f.mine(event).id, extended_until=request.until)
        before = f.whistle.extended_until
        f.change(extended_until=max(before, request.until) if before and request.until else request.until)
    else:
        mine = f.mine(event)
        f.change_assignment(mine.id, state=AssignmentState.RELEASED, released_at=event.occurred_at)
        to, nth = text(event.payload.get("to")), event.payload.get("to_nth")
        if to and isinstance(nth, int):
            f.summon(to, nth, mine.role, event.occurred_at)


def lapse(f: Folding, event: Event) -> None:
    """What can no longer be decided is refused by the turn of events, in the name of who made it.

    A department that came on site has given up its return; one that is done or released asks for nothing,
    and neither does a case that is off the board.
    """
    ended = f.whistle.state not in BOARD_STATES
    for key, request in f.requests.items():
        if request.state is not RequestState.PENDING:
            continue
        a = f.assignments.get(request.assignment_id) if request.assignment_id else None
        came = a is not None and request.kind is RequestKind.RETURN and a.reported_in_at is not None
        if ended or came or (a is not None and a.finished):
            f.requests[key] = replace(
                request, state=RequestState.REFUSED, decided_by=event.actor, decided_at=event.occurred_at
            )


def mark_ping_pong(f: Folding) -> None:
    """Two departments or one twice asked to return, or A→B→A within the episode: marked for good (behaviours 11)."""
    mine = f.case().episode_assignments()
    ids = {a.id for a in mine}
    bounced = [r for r in f.requests.values() if r.kind is RequestKind.RETURN and r.assignment_id in ids]
    upheld = {r.assignment_id for r in bounced if r.state is RequestState.GRANTED}
    returned = {a.department: a.nth for a in mine if a.id in upheld}
    sent_again = any(a.department in returned and a.nth > returned[a.department] for a in mine)
    if len(bounced) >= 2 or sent_again:
        f.change(ping_pong=True)

"""Payloads of requests and of their decisions: return, extension, suspension (domain 2.5, decisions 13)."""

from __future__ import annotations

from datetime import datetime

from app.domain.clocks import due_at
from app.domain.decision import Decision
from app.domain.effective import pauses
from app.domain.errors import BadInput, IllegalMove, NotPermitted
from app.domain.events import Json
from app.domain.message import Message
from app.domain.moves import Action
from app.domain.org import Role
from app.domain.permissions import different_person
from app.domain.whistle import RequestKind, RequestState

KINDS = {
    Action.REQUEST_RETURN: RequestKind.RETURN,
    Action.DECIDE_RETURN: RequestKind.RETURN,
    Action.REQUEST_EXTENSION: RequestKind.EXTENSION,
    Action.DECIDE_EXTENSION: RequestKind.EXTENSION,
    Action.REQUEST_SUSPENSION: RequestKind.SUSPENSION,
    Action.DECIDE_SUSPENSION: RequestKind.SUSPENSION,
}


def nothing_more(d: Decision) -> dict[str, Json]:
    """Which assignment it is about; nothing for the case as a whole."""
    if d.assignment is None:
        return {}
    return {"department": d.assignment.department, "nth": d.assignment.nth}


def until(d: Decision) -> dict[str, Json]:
    """The instant a move names, or an empty text."""
    instant = d.intent.args.get("until")
    return {"until": instant.isoformat() if isinstance(instant, datetime) else ""}


def request(d: Decision) -> dict[str, Json]:
    """One request of a kind at a time, for an assignment or for the case."""
    kind = KINDS[d.intent.action]
    if d.known.pending(kind, d.assignment.id if d.assignment else None):
        raise IllegalMove(Message("The same request is already waiting for a decision."))
    return {**nothing_more(d), **(until(d) if "until" in d.intent.args else {})}


def decide(d: Decision) -> dict[str, Json]:
    """Decided by somebody else; an upheld return may name who is sent instead (decisions 10, 13)."""
    kind = KINDS[d.intent.action]
    request = d.known.pending(kind, d.assignment.id if d.assignment else None)
    if request is None:
        raise IllegalMove(Message("There is no request to decide."))
    different_person(d.intent.decider, request.requested_by, request.recorded_by)
    _not_before_request(d, request.requested_at)
    granted = d.intent.args.get("granted") is True
    payload: dict[str, Json] = {**nothing_more(d), "request": request.id.hex, "granted": granted}
    if kind is RequestKind.EXTENSION and granted:
        _extension_allowed(d, request.until)
    to = d.intent.text("to")
    if to and granted:
        if any(a.department == to for a in d.known.outstanding()):
            raise IllegalMove(Message("Already whistled for: {departments}.",
                                      {"departments": (d.around.street.label(to),)}))  # fmt: skip
        payload |= {"to": to, "to_nth": d.nth(to)}
    return payload


def _not_before_request(d: Decision, asked: datetime) -> None:
    if d.occurred < asked.replace(second=0, microsecond=0):
        raise BadInput(
            Message("{at} is before the step it follows ({since}).", {"at": d.occurred, "since": asked}), "occurred_at"
        )


def _extension_allowed(d: Decision, wanted: datetime | None) -> None:
    """The first by the duty leader, further ones by the zone platform; never past the kind's cap (domain 2.5, 2.10)."""
    running = {a.id for a in d.known.episode_assignments()}
    granted_before = any(
        r.kind is RequestKind.EXTENSION and r.state is RequestState.GRANTED and r.assignment_id in running
        for r in d.known.requests
    )
    if granted_before and not any(post.role is Role.ZONE_PLATFORM for post in d.posts):
        raise NotPermitted(Message("The second extension is granted by the zone platform only."))
    cap = d.around.policy.kinds[d.whistle.kind].close_at_most
    if cap and wanted and d.whistle.opened_at:
        last = due_at(d.whistle.opened_at, cap, d.around.policy.calendar, pauses(d.around.events))
        if wanted > last:
            raise IllegalMove(Message("No extension beyond {last} for this kind.", {"last": last}))

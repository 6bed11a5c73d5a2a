"""What each event must hold, and the guards that need more than the state (domain 2.5, 2.7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from app.domain.clocks import due_at
from app.domain.decision import AHEAD, Decision
from app.domain.errors import BadInput, IllegalMove, NotPermitted
from app.domain.events import Event, EventKind, Json
from app.domain.facts import TEXT_FIELDS, Facts, missing
from app.domain.fold import last_effective
from app.domain.message import Message
from app.domain.moves import BY_EVENT, Action
from app.domain.org import Role, UnitLevel
from app.domain.permissions import different_person
from app.domain.text import clean
from app.domain.whistle import AssignmentState, RequestKind, Severity

NEXT_LEVEL = {
    UnitLevel.GRID: UnitLevel.COMMUNITY,
    UnitLevel.COMMUNITY: UnitLevel.STREET,
    UnitLevel.STREET: UnitLevel.ZONE,
}


def nothing_more(d: Decision) -> dict[str, Json]:
    if d.assignment is None:
        return {}
    return {"department": d.assignment.department, "nth": d.assignment.nth}


def _facts(d: Decision) -> dict[str, Json]:
    facts = d.intent.args.get("facts")
    if not isinstance(facts, Facts):
        return {}
    if facts.grid and facts.grid not in {grid.code for grid in d.around.street.grids}:
        raise BadInput(Message("There is no grid {code}.", {"code": facts.grid}), "grid")
    if facts.place and facts.place not in d.around.street.places:
        raise BadInput(Message("There is no place {code}.", {"code": facts.place}), "place")
    if facts.occurred_at and facts.occurred_at > d.around.now + AHEAD:
        raise BadInput(
            Message("{at} has not come yet; it is {now}.", {"at": facts.occurred_at, "now": d.around.now}),
            "occurred_at",
        )
    emergency = facts.kind.value == "emergency"
    severity = Severity.CRITICAL if emergency and facts.severity is Severity.NORMAL else facts.severity
    return {
        "kind": facts.kind.value,
        "severity": severity.value,
        "grid": facts.grid,
        "community": d.around.street.community_of(facts.grid),
        "place": facts.place,
        "matter": facts.matter,
        "source": facts.source.value,
        "source_number": clean(facts.source_number, one_line=True),
        "occurred_at": (facts.occurred_at or d.occurred).isoformat(),
        "precision": facts.precision.value,
        "policy": d.case.whistle.policy_version if d.case else d.around.current_policy_version,
    }


def _draft(d: Decision) -> dict[str, Json]:
    payload = _facts(d)
    if not payload.get("grid"):
        raise BadInput(Message("{what} is missing.", {"what": Message("Grid")}), "grid")
    return payload


def _blow(d: Decision) -> dict[str, Json]:
    payload = _facts(d)
    if d.case is not None and not payload:
        kind, texts = d.case.whistle.kind, _texts_so_far(d.around.events)
        grid = d.case.whistle.grid
    else:
        facts = d.intent.args.get("facts")
        if not isinstance(facts, Facts):
            raise BadInput(Message("{what} is missing.", {"what": Message("The matter")}), "facts")
        kind, texts, grid = facts.kind, dict(facts.texts), facts.grid
    needs_approval = d.around.policy.kinds[kind].needs_approval
    gaps = missing(Facts(kind, grid, texts), needs_approval=needs_approval)
    if gaps:
        labels = tuple(Message(TEXT_FIELDS.get(gap, "Grid")) for gap in gaps)
        raise BadInput(Message("Still missing: {what}.", {"what": labels}), gaps[0])
    community = d.around.street.community_of(grid)
    street = d.around.street.unit_at(UnitLevel.STREET)
    told: list[Json] = [] if needs_approval else [community, street.code if street else ""]
    number = d.case.whistle.number if d.case and d.case.whistle.number else d.around.next_number()
    return {**payload, "approval": needs_approval, "number": number, "told": told}


def _texts_so_far(events: Sequence[Event]) -> dict[str, str]:
    for event in reversed(events):
        if event.kind in (EventKind.DRAFTED, EventKind.REVISED, EventKind.BLOWN) and event.words:
            return dict(event.words)
    return {}


def _approve(d: Decision) -> dict[str, Json]:
    different_person(d.intent.decider, d.whistle.blower, d.whistle.owner)
    posts = d.around.street.speaks_as(d.intent.on_behalf_of) if d.intent.on_behalf_of else d.intent.actor.posts
    leads_street = any(post.role is Role.DUTY_LEADER for post in posts)
    return {"level": (UnitLevel.STREET if leads_street else UnitLevel.COMMUNITY).value}


def _reject(d: Decision) -> dict[str, Json]:
    different_person(d.intent.decider, d.whistle.blower, d.whistle.owner)
    return {}


def _withdraw(d: Decision) -> dict[str, Json]:
    if d.intent.decider not in (d.whistle.blower, d.whistle.owner):
        raise NotPermitted(
            Message("Only {who}, who blew it, can withdraw it.", {"who": d.around.street.label(d.whistle.blower)})
        )
    return {}


def _level_up(d: Decision) -> dict[str, Json]:
    return {"from": d.whistle.level.value, "to": NEXT_LEVEL[d.whistle.level].value}


def _skip_level(d: Decision) -> dict[str, Json]:
    return {"from": d.whistle.level.value, "to": UnitLevel.ZONE.value}


def _dispatch(d: Decision) -> dict[str, Json]:
    lead, assists = d.intent.text("lead"), d.intent.codes("assists")
    chosen = ([lead] if lead else []) + list(assists)
    if not chosen:
        raise BadInput(Message("{what} is missing.", {"what": Message("Department")}), "lead")
    if len(set(chosen)) != len(chosen):
        raise BadInput(Message("A department is named twice."), "assists")
    running = {a.department for a in d.known.outstanding()}
    again = [code for code in chosen if code in running]
    if again:
        names = tuple(d.around.street.label(code) for code in again)
        raise IllegalMove(Message("Already whistled for: {departments}.", {"departments": names}))
    has_lead = any(a.role.value == "lead" for a in d.known.outstanding())
    if not lead and not has_lead:
        raise BadInput(Message("Name one lead department."), "lead")
    return {
        "departments": [
            {"code": code, "role": "lead" if code == lead else "assist", "nth": d.nth(code)} for code in chosen
        ]
    }


def _check(d: Decision) -> dict[str, Json]:
    if d.intent.on_behalf_of in d.around.street.departments:
        raise NotPermitted(
            Message("A department cannot close its own whistle; somebody of the grid checks on the spot.")
        )
    passed = d.intent.args.get("passed") is True
    finished = [a.department for a in d.known.episode_assignments() if a.state is AssignmentState.DONE]
    again = list(d.intent.codes("departments"))
    if passed:
        return {"passed": True, "departments": []}
    unknown = [code for code in again if code not in finished]
    if unknown:
        raise BadInput(
            Message("{department} has nothing to do again.", {"department": d.around.street.label(unknown[0])}),
            "departments",
        )
    lead = [a.department for a in d.known.episode_assignments() if a.role.value == "lead" and a.department in finished]
    return {"passed": False, "departments": list[Json](again or lead or finished)}


def _rate(d: Decision) -> dict[str, Json]:
    score = d.intent.args["score"]
    return {"score": score if isinstance(score, int) else 0}


def _countersign(d: Decision) -> dict[str, Json]:
    rated = [e for e in d.around.events if e.kind is EventKind.RATED]
    if rated:
        different_person(d.intent.decider, rated[-1].on_behalf_of or rated[-1].actor)
    return {}


def _reopen(d: Decision) -> dict[str, Json]:
    closed = d.whistle.closed_at
    if closed and d.occurred - closed > d.around.policy.reopen_within:
        raise IllegalMove(
            Message("It was closed more than {days} days ago: blow a new whistle.",
                    {"days": d.around.policy.reopen_within.days})
        )  # fmt: skip
    return {"episode": d.whistle.episode + 1}


def _until(d: Decision) -> dict[str, Json]:
    until = d.intent.args.get("until")
    return {"until": until.isoformat() if isinstance(until, datetime) else ""}


def _conclude(d: Decision) -> dict[str, Json]:
    return {"lead": d.intent.text("lead"), **_until(d)}


def _join(d: Decision) -> dict[str, Json]:
    into = d.intent.args["into"]
    if into == d.whistle_id:
        raise BadInput(Message("A case cannot join itself."), "into")
    return {"into": into.hex if isinstance(into, UUID) else ""}


def _request(d: Decision) -> dict[str, Json]:
    kind = _REQUEST_KINDS[d.intent.action]
    if d.known.pending(kind, d.assignment.id if d.assignment else None):
        raise IllegalMove(Message("The same request is already waiting for a decision."))
    return {**nothing_more(d), **(_until(d) if "until" in d.intent.args else {})}


def _decide(d: Decision) -> dict[str, Json]:
    kind = _REQUEST_KINDS[d.intent.action]
    request = d.known.pending(kind, d.assignment.id if d.assignment else None)
    if request is None:
        raise IllegalMove(Message("There is no request to decide."))
    different_person(d.intent.decider, request.requested_by, request.recorded_by)
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


def _extension_allowed(d: Decision, until: datetime | None) -> None:
    """The first by the duty leader, further ones by the zone platform; never past the kind's cap (domain 2.5, 2.10)."""
    granted_before = any(r.kind is RequestKind.EXTENSION and r.decided_at and r.state.value == "granted"
                         for r in d.known.requests)  # fmt: skip
    posts = d.around.street.speaks_as(d.intent.on_behalf_of) if d.intent.on_behalf_of else d.intent.actor.posts
    if granted_before and not any(post.role is Role.ZONE_PLATFORM for post in posts):
        raise NotPermitted(Message("The second extension is granted by the zone platform only."))
    cap = d.around.policy.kinds[d.whistle.kind].close_at_most
    if cap and until and d.whistle.opened_at:
        last = due_at(d.whistle.opened_at, cap, d.around.policy.calendar)
        if until > last:
            raise IllegalMove(Message("No extension beyond {last} for this kind.", {"last": last}))


def _plan(d: Decision) -> dict[str, Json]:
    if d.whistle.policy_version == d.around.current_policy_version:
        raise IllegalMove(Message("The case already runs under the current plan."))
    return {"policy": d.around.current_policy_version}


def _correct(d: Decision) -> dict[str, Json]:
    target = d.corrected
    if target is None or target.kind in (EventKind.UNDONE, EventKind.CORRECTED):
        raise BadInput(Message("There is no such entry in this case."), "entry")
    if d.intent.occurred_at is None:
        raise BadInput(Message("{what} is missing.", {"what": Message("Corrected time")}), "occurred_at")
    return {"was": target.occurred_at.isoformat()}


def _undo(d: Decision) -> dict[str, Json]:
    """Only the desk's own last action, while it is still the last and fresh (decisions 16)."""
    target = last_effective(d.around.events)
    newest = d.around.events[-1] if d.around.events else None
    if target is None or newest is None or newest.kind is EventKind.UNDONE or newest.id != target.id:
        raise IllegalMove(Message("There is nothing to undo here."))
    if target.actor != d.intent.actor.member or target.station != d.intent.actor.station:
        raise IllegalMove(
            Message("The last entry is by {who}: only who made it can undo it.",
                    {"who": d.around.street.label(target.actor)})
        )  # fmt: skip
    if d.around.now - target.recorded_at > d.around.policy.undo_within:
        minutes = int(d.around.policy.undo_within.total_seconds() // 60)
        raise IllegalMove(Message("It is older than {minutes} minutes: record what is true now instead.",
                                  {"minutes": minutes}))  # fmt: skip
    move = BY_EVENT.get(target.kind)
    first = d.around.events[0].id == target.id
    if move is None or not move.undoable or first:
        raise IllegalMove(Message("This cannot be undone; withdraw or correct it instead."))
    return {"kind": target.kind.value}


_REQUEST_KINDS = {
    Action.REQUEST_RETURN: RequestKind.RETURN,
    Action.DECIDE_RETURN: RequestKind.RETURN,
    Action.REQUEST_EXTENSION: RequestKind.EXTENSION,
    Action.DECIDE_EXTENSION: RequestKind.EXTENSION,
    Action.REQUEST_SUSPENSION: RequestKind.SUSPENSION,
    Action.DECIDE_SUSPENSION: RequestKind.SUSPENSION,
}

PAYLOADS: dict[Action, Callable[[Decision], dict[str, Json]]] = {
    Action.DRAFT: _draft,
    Action.REVISE: _draft,
    Action.BLOW: _blow,
    Action.APPROVE: _approve,
    Action.REJECT: _reject,
    Action.WITHDRAW: _withdraw,
    Action.LEVEL_UP: _level_up,
    Action.SKIP_LEVEL: _skip_level,
    Action.DISPATCH: _dispatch,
    Action.CHECK: _check,
    Action.RATE: _rate,
    Action.COUNTERSIGN: _countersign,
    Action.REOPEN: _reopen,
    Action.SUSPEND: _until,
    Action.CONCLUDE: _conclude,
    Action.JOIN: _join,
    Action.REQUEST_RETURN: _request,
    Action.REQUEST_EXTENSION: _request,
    Action.REQUEST_SUSPENSION: _request,
    Action.DECIDE_RETURN: _decide,
    Action.DECIDE_EXTENSION: _decide,
    Action.DECIDE_SUSPENSION: _decide,
    Action.APPLY_PLAN: _plan,
    Action.CORRECT: _correct,
    Action.UNDO: _undo,
}

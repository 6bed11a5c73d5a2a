"""What each event must hold, and the guards that need more than the state (domain 2.5, 2.7)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from app.domain.actor import Channel
from app.domain.decision import Decision
from app.domain.due_history import history
from app.domain.effective import effective
from app.domain.errors import BadInput, IllegalMove, NotFound, NotPermitted
from app.domain.events import EventKind, Json
from app.domain.message import Message
from app.domain.moves import Action
from app.domain.org import Role, UnitLevel
from app.domain.payload_facts import blow, draft, revise
from app.domain.payload_history import correct, undo
from app.domain.payload_requests import decide, request, until
from app.domain.permissions import DESK, different_person
from app.domain.whistle import BOARD_STATES, Assignment, AssignmentRole, AssignmentState, WhistleState

NEXT_LEVEL = {
    UnitLevel.GRID: UnitLevel.COMMUNITY,
    UnitLevel.COMMUNITY: UnitLevel.STREET,
    UnitLevel.STREET: UnitLevel.ZONE,
}


def _approve(d: Decision) -> dict[str, Json]:
    _not_ones_own(d)
    leads_street = any(post.role is Role.DUTY_LEADER for post in d.posts)
    return {"level": (UnitLevel.STREET if leads_street else UnitLevel.COMMUNITY).value}


def _reject(d: Decision) -> dict[str, Json]:
    _not_ones_own(d)
    return {}


def _not_ones_own(d: Decision) -> None:
    """Neither who blew it nor who recorded it approves it (decisions 10)."""
    recorders = [e.actor for e in d.around.events if e.kind in (EventKind.DRAFTED, EventKind.BLOWN)]
    different_person(d.intent.decider, d.whistle.blower, *recorders)


def _withdraw(d: Decision) -> dict[str, Json]:
    if d.intent.decider != d.whistle.blower:
        raise NotPermitted(
            Message("Only {who}, who blew it, can withdraw it.", {"who": d.around.street.label(d.whistle.blower)})
        )
    return {}


def _level_up(d: Decision) -> dict[str, Json]:
    return {"from": d.whistle.level.value, "to": NEXT_LEVEL[d.whistle.level].value}


def _skip_level(d: Decision) -> dict[str, Json]:
    """Grid or community go to the zone platform past the street; the street itself has no level to skip."""
    if d.whistle.level is UnitLevel.STREET and any(post.role in DESK for post in d.posts):
        raise IllegalMove(Message("There is no level left to skip; raise it one level."))
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
    if not lead and not _lead(d):
        raise BadInput(Message("Name one lead department."), "lead")
    return {
        "departments": [
            {"code": code, "role": "lead" if code == lead else "assist", "nth": d.nth(code)} for code in chosen
        ]
    }


def _lead(d: Decision) -> Assignment | None:
    """The lead of the running episode, at work or done; None when it was taken back."""
    for a in d.known.episode_assignments():
        if a.role is AssignmentRole.LEAD and a.state is not AssignmentState.RELEASED:
            return a
    return None


def _check(d: Decision) -> dict[str, Json]:
    _not_by_a_department(d)
    passed = d.intent.args.get("passed") is True
    finished = _finished(d)
    again = list(d.intent.codes("departments"))
    if passed:
        return {"passed": True, "departments": []}
    unknown = [code for code in again if code not in finished]
    if unknown:
        raise BadInput(
            Message("{department} has nothing to do again.", {"department": d.around.street.label(unknown[0])}),
            "departments",
        )
    lead = _lead(d)
    to_lead = [lead.department] if lead and lead.department in finished else finished
    return {"passed": False, "departments": list[Json](again or to_lead)}


def _finished(d: Decision) -> list[str]:
    """Departments whose latest assignment of the episode is done."""
    codes = dict.fromkeys(a.department for a in d.known.episode_assignments())
    latest = [d.known.current(code) for code in codes]
    return [a.department for a in latest if a is not None and a.state is AssignmentState.DONE]


def _not_by_a_department(d: Decision) -> None:
    """Whoever belongs to a department that worked on the case does not check it (domain 2.7)."""
    worked = {a.department for a in d.known.episode_assignments() if a.state is not AssignmentState.RELEASED}
    street, who = d.around.street, d.intent.decider
    member = street.known_members.get(who)
    theirs = {member.home_department, *(post.at for post in member.posts)} if member else {who}
    if theirs & (worked if member else set(street.known_departments)):
        raise NotPermitted(
            Message("A department cannot close its own whistle; somebody of the grid checks on the spot.")
        )


def _rate(d: Decision) -> dict[str, Json]:
    """Who blew it rates it, in person or by phone; for a caller's whistle that is the officer who took the call."""
    roles = d.intent.actor.roles()
    if d.intent.decider != d.whistle.blower and Role.SYSTEM not in roles:
        blower = d.around.street.label(d.whistle.blower)
        raise NotPermitted(Message("{who} blew it and rates it: say that it is on their behalf.", {"who": blower}))
    score = d.intent.args["score"]
    return {"score": score if isinstance(score, int) else 0, "default": Role.SYSTEM in roles}


def _report(d: Decision) -> dict[str, Json]:
    """Which report it is follows from where the case stands and how it went up: nobody has to know (domain 6.3)."""
    past = history(d.around.events)
    if d.whistle.state in (WhistleState.CLOSED, WhistleState.RATED):
        which = "final"
    elif d.intent.channel is Channel.PHONE and not past.reports:
        which = "phone"
    elif all(report.by_phone for report in past.reports) and d.intent.channel is not Channel.PHONE:
        which = "written"
    else:
        which = "follow_up"
    return {"report": which, "nth": len(past.reports) + 1}


def _countersign(d: Decision) -> dict[str, Json]:
    rated = [e for e in effective(d.around.events) if e.kind is EventKind.RATED]
    different_person(d.intent.decider, *(e.on_behalf_of or e.actor for e in rated[-1:]))
    return {}


def _reopen(d: Decision) -> dict[str, Json]:
    closed = d.whistle.closed_at
    if closed and d.occurred - closed > d.around.policy.reopen_within:
        raise IllegalMove(
            Message("It was closed more than {days} days ago: blow a new whistle.",
                    {"days": d.around.policy.reopen_within.days})
        )  # fmt: skip
    return {"episode": d.whistle.episode + 1}


def _conclude(d: Decision) -> dict[str, Json]:
    return {"lead": d.intent.text("lead"), **until(d)}


def _join(d: Decision) -> dict[str, Json]:
    into = d.intent.args["into"]
    if not isinstance(into, UUID):
        raise BadInput(Message("{what} is missing.", {"what": Message("Into case")}), "into")
    if into == d.whistle_id:
        raise BadInput(Message("A case cannot join itself."), "into")
    other = d.around.other
    if other is None or other.id != into:
        raise NotFound(Message("There is no such case."))
    if other.state not in BOARD_STATES:
        raise IllegalMove(Message("{case} is no longer open.", {"case": other.number}))
    return {"into": into.hex, "into_number": other.number}


def _plan(d: Decision) -> dict[str, Json]:
    if d.whistle.policy_version == d.around.current_policy_version:
        raise IllegalMove(Message("The case already runs under the current plan."))
    return {"policy": d.around.current_policy_version}


PAYLOADS: dict[Action, Callable[[Decision], dict[str, Json]]] = {
    Action.DRAFT: draft,
    Action.REVISE: revise,
    Action.BLOW: blow,
    Action.APPROVE: _approve,
    Action.REJECT: _reject,
    Action.WITHDRAW: _withdraw,
    Action.LEVEL_UP: _level_up,
    Action.SKIP_LEVEL: _skip_level,
    Action.DISPATCH: _dispatch,
    Action.CHECK: _check,
    Action.RATE: _rate,
    Action.REPORT: _report,
    Action.COUNTERSIGN: _countersign,
    Action.REOPEN: _reopen,
    Action.SUSPEND: until,
    Action.CONCLUDE: _conclude,
    Action.JOIN: _join,
    Action.REQUEST_RETURN: request,
    Action.REQUEST_EXTENSION: request,
    Action.REQUEST_SUSPENSION: request,
    Action.DECIDE_RETURN: decide,
    Action.DECIDE_EXTENSION: decide,
    Action.DECIDE_SUSPENSION: decide,
    Action.APPLY_PLAN: _plan,
    Action.CORRECT: correct,
    Action.UNDO: undo,
}

"""Which cases need the acting member, in which order, and why: the way through a full board by one key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from app.domain.actor import Actor
from app.domain.message import Message
from app.domain.moves import BY_ACTION, Action
from app.domain.permissions import DESK, in_own_name, under
from app.domain.policy import Policy, WhistleKind
from app.domain.street_index import StreetIndex
from app.domain.whistle import Request, RequestKind, Waiting, Whistle

W = Waiting
_NEVER = datetime.max.replace(tzinfo=UTC)


class Row(Protocol):
    """What is known of an open case without reading all of it."""

    @property
    def whistle(self) -> Whistle:
        """The case."""

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of the departments still waited for."""


@dataclass(frozen=True, slots=True)
class Need:
    """A case that needs somebody, and why."""

    whistle_id: UUID
    why: Message


STEPS: Mapping[Waiting, tuple[Action, Message]] = {
    W.SUBMIT: (Action.BLOW, Message("needs you: blow the draft or withdraw it")),
    W.APPROVAL: (Action.APPROVE, Message("needs you: approve or reject it")),
    W.LEVEL_UP: (Action.LEVEL_UP, Message("needs you: raise it one level")),
    W.DISPATCH: (Action.DISPATCH, Message("needs you: whistle for departments")),
    W.ACKNOWLEDGE: (Action.ACKNOWLEDGE, Message("needs you: acknowledge it")),
    W.REPORT_IN: (Action.REPORT_IN, Message("needs you: report in on site")),
    W.WORK: (Action.DONE, Message("needs you: say when it is done")),
    W.CONSULTATION: (Action.CONCLUDE, Message("needs you: record what the consultation decided")),
    W.CHECK: (Action.CHECK, Message("needs you: check it on the spot")),
    W.RATING: (Action.RATE, Message("needs you: rate it")),
}
"""What each kind of waiting asks of whoever may do it. A suspended case asks nothing before its review."""

OVERDUE: Mapping[Waiting, Message] = {
    W.ACKNOWLEDGE: Message("overdue: call the departments that have not acknowledged"),
    W.REPORT_IN: Message("overdue: call the departments that are not on site"),
    W.WORK: Message("overdue: ask the departments how far they are"),
    W.APPROVAL: Message("overdue: call who has to approve it"),
    W.LEVEL_UP: Message("overdue: call who has to raise it"),
    W.DISPATCH: Message("overdue: call the zone platform, nobody is dispatched yet"),
    W.CHECK: Message("overdue: call the grid, it waits for the check"),
    W.RATING: Message("overdue: call the grid, it waits for its rating"),
    W.CONSULTATION: Message("overdue: the consultation has no result yet"),
    W.REVIEW: Message("the review of this suspended case is due"),
}
"""What the desk does about a broken limit, whoever else is waited for."""

DECISIONS: Mapping[RequestKind, tuple[Action, Message]] = {
    RequestKind.RETURN: (Action.DECIDE_RETURN, Message("needs you: decide a return")),
    RequestKind.EXTENSION: (Action.DECIDE_EXTENSION, Message("needs you: decide about more time")),
    RequestKind.SUSPENSION: (Action.DECIDE_SUSPENSION, Message("needs you: decide about a suspension")),
}


def needs(
    rows: Iterable[Row], requests: Iterable[Request], actor: Actor, street: StreetIndex, policy: Policy, now: datetime
) -> tuple[Need, ...]:
    """The cases that need the member: emergencies, then what is overdue, then what is due soonest."""
    asked: dict[UUID, list[Request]] = {}
    for request in requests:
        asked.setdefault(request.whistle_id, []).append(request)
    found = []
    for row in sorted(rows, key=lambda row: _rank(row.whistle, now)):
        whistle = row.whistle
        why = _decision(whistle, asked.get(whistle.id, ()), actor, street, policy) or _step(row, actor, street, policy)
        why = why or _overdue(whistle, actor, now)
        if why is not None:
            found.append(Need(whistle.id, why))
    return tuple(found)


def after(found: Sequence[Need], cursor: UUID | None) -> Need | None:
    """The one after the cursor's, round and round; the first when the cursor's case needs nobody."""
    if not found:
        return None
    places = {need.whistle_id: place for place, need in enumerate(found)}
    return found[(places[cursor] + 1) % len(found)] if cursor in places else found[0]


def _rank(whistle: Whistle, now: datetime) -> tuple[bool, bool, datetime, UUID]:
    deadline = whistle.deadline_at or _NEVER
    return whistle.kind is not WhistleKind.EMERGENCY, deadline >= now, deadline, whistle.id


def _decision(
    whistle: Whistle, requests: Iterable[Request], actor: Actor, street: StreetIndex, policy: Policy
) -> Message | None:  # fmt: skip
    """A request he may decide: not his own, nor one that he wrote down (decisions 10)."""
    for request in requests:
        action, why = DECISIONS[request.kind]
        move = under(BY_ACTION[action], policy, whistle)
        mine = actor.member in (request.requested_by, request.recorded_by)
        if not mine and whistle.state in move.states and in_own_name(move, actor, whistle.grid, None, street):
            return why
    return None


def _step(row: Row, actor: Actor, street: StreetIndex, policy: Policy) -> Message | None:
    whistle = row.whistle
    step = STEPS.get(whistle.waiting)
    if step is None:
        return None
    action, why = step
    unsafe = whistle.kind is WhistleKind.EMERGENCY and whistle.made_safe_at is None
    if whistle.waiting is W.WORK and unsafe and actor.roles() & DESK:
        return Message("needs you: an emergency that is not made safe yet")
    move = under(BY_ACTION[action], policy, whistle)
    departments = row.departments if whistle.waiting in (W.ACKNOWLEDGE, W.REPORT_IN, W.WORK) else None
    return why if in_own_name(move, actor, whistle.grid, departments, street) else None


def _overdue(whistle: Whistle, actor: Actor, now: datetime) -> Message | None:
    if not actor.roles() & DESK or whistle.deadline_at is None or whistle.deadline_at >= now:
        return None
    return OVERDUE.get(whistle.waiting)

"""The life cycle's one pure function: a case, an intent and ``now`` give one event, or a refusal with the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.actor import Channel
from app.domain.decision import Around, Decision
from app.domain.errors import BadInput, Conflict, IllegalMove
from app.domain.events import Event, Json, assignment_stream, whistle_stream
from app.domain.facts import TEXT_FIELDS, Facts
from app.domain.faster import faster
from app.domain.gates import GATES, not_before, open_gate
from app.domain.intent import Intent
from app.domain.labels import ASSIGNMENT_STATES, WHISTLE_STATES
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.moves import BY_ACTION, MOVES, Action, Arg, ArgType, Move, Row
from app.domain.org import Role
from app.domain.payload_history import stays_in_order
from app.domain.payload_requests import nothing_more
from app.domain.payloads import PAYLOADS
from app.domain.permissions import standing, under
from app.domain.text import NOTE_CAP, TITLE_CAP, clean, within
from app.domain.whistle import Assignment, Case

MOST_NAMED = 3
"""Possible moves that a refusal names; it gives the codes of all."""


def possible(case: Case, current_policy_version: int = 0) -> tuple[Move, ...]:
    """The moves the state of a case allows, whoever may make them; in the table's order.

    Given the current policy's version, the new plan is offered only where there is a newer one.
    """
    whistle = case.whistle
    found = []
    for move in MOVES:
        if whistle.state not in move.states or move.action is Action.UNDO:
            continue
        if move.action is Action.APPLY_PLAN and whistle.policy_version == current_policy_version:
            continue
        if move.row is Row.ASSIGNMENT and not any(
            a.state in move.assignment_states for a in case.episode_assignments()
        ):
            continue
        if GATES.get(move.action, open_gate)(case) is None:
            found.append(move)
    return tuple(found)


def decide(case: Case | None, whistle_id: UUID, intent: Intent, around: Around) -> Event:
    """The event that an intent makes of a case (None = there is no case yet).

    Raises BadInput (incomplete or wrong values), IllegalMove (state), NotPermitted (role),
    Conflict (seen version); nothing else. Source: domain 2.7 with decisions 10–19.
    """
    if intent.on_behalf_of == intent.actor.member:
        intent = replace(intent, on_behalf_of="")
    move = under(BY_ACTION[intent.action], around.policy, case.whistle if case else None)
    occurred = _when(intent, around.now)
    assignment = _legal(move, case, intent, around)
    if case is not None:
        _check_order(move, case, assignment, occurred)
    _check_arguments(move, case, intent, around, occurred)
    role = _role(move, case, assignment, intent, around)
    _check_relay(move, intent)
    draft = Decision(case, whistle_id, intent, around, occurred, assignment)
    payload = PAYLOADS.get(move.action, nothing_more)(draft)
    event = _event(move, draft, role, payload)
    if move.action is Action.CORRECT:
        stays_in_order(draft, event)
    return event


def _role(move: Move, case: Case | None, assignment: Assignment | None, intent: Intent, around: Around) -> Role:
    """The role under which it is done; NotPermitted when there is none."""
    facts = intent.args.get("facts")
    grid = case.whistle.grid if case else facts.grid if isinstance(facts, Facts) else ""
    department = assignment.department if assignment else ""
    involved = {a.department for a in case.episode_assignments()} if case else set[str]()
    return standing(
        move, intent.actor, intent.on_behalf_of, intent.channel, grid, department, around.street, involved=involved
    )


def _event(move: Move, draft: Decision, role: Role, payload: dict[str, Json]) -> Event:
    intent, around = draft.intent, draft.around
    target = draft.corrected
    stream = draft.stream(move) if target is None else target.stream
    return Event(
        id=intent.request_id,
        stream=stream,
        stream_version=1 + max((e.stream_version for e in around.events if e.stream == stream), default=0),
        kind=move.event,
        payload=payload,
        actor=intent.actor.member,
        role=role,
        on_behalf_of=intent.on_behalf_of,
        channel=intent.channel,
        words=_words(move, intent),
        occurred_at=draft.occurred,
        occurred_precision=intent.precision,
        recorded_at=around.now,
        corrects=target.id if target else None,
        whistle_id=draft.whistle_id,
        station=intent.actor.station,
    )


def _when(intent: Intent, now: datetime) -> datetime:
    occurred = intent.occurred_at or now
    if occurred > now + AHEAD:
        raise BadInput(Message("{at} has not come yet; it is {now}.", {"at": occurred, "now": now}), "occurred_at")
    return occurred


def _check_order(move: Move, case: Case, assignment: Assignment | None, occurred: datetime) -> None:
    """Nothing is earlier than what it follows, as far as people tell the minute (decisions 18)."""
    since = not_before(move.action, case, assignment)
    if since is not None and occurred < since:
        raise BadInput(
            Message("{at} is before the step it follows ({since}).", {"at": occurred, "since": since}), "occurred_at"
        )


def _legal(move: Move, case: Case | None, intent: Intent, around: Around) -> Assignment | None:
    """The assignment the move is about (None for the whistle); refuses what the state does not allow."""
    if case is None:
        if move.action not in (Action.DRAFT, Action.BLOW):
            raise IllegalMove(Message("There is no such case."))
        return None
    whistle = case.whistle
    if whistle.state not in move.states:
        state = Message(WHISTLE_STATES[whistle.state])
        said = Message("{move} is not possible while the case is {state}.",
                       {"move": Message(move.label), "state": state})  # fmt: skip
        raise _illegal(case, said, around)
    reason = GATES.get(move.action, open_gate)(case)
    if reason is not None:
        raise _illegal(case, reason, around)
    assignment = _assignment(move, case, intent, around) if move.row is Row.ASSIGNMENT else None
    _unseen(move, case, assignment, intent, around)
    return assignment


def _assignment(move: Move, case: Case, intent: Intent, around: Around) -> Assignment:
    department = intent.text("department")
    if not department:
        raise BadInput(Message("Which department?"), "department")
    found = case.current(department)
    name = around.street.label(department)
    if found is None:
        raise IllegalMove(Message("{department} was not whistled for in this case.", {"department": name}))
    if found.state not in move.assignment_states:
        raise _illegal(
            case,
            Message("{move} is not possible: {department} is {state}.",
                    {"move": Message(move.label), "department": name,
                     "state": Message(ASSIGNMENT_STATES[found.state])}),
            around,
        )  # fmt: skip
    return found


def _illegal(case: Case, message: Message, around: Around) -> IllegalMove:
    moves = possible(case, around.current_policy_version)
    listed = tuple(Message(move.label) for move in moves)
    if not listed:
        return IllegalMove(message)
    said = Message("{reason} Possible now: {moves}.", {"reason": message, "moves": listed})
    if len(listed) > MOST_NAMED:
        said = Message("{reason} Possible now: {moves} and {n} more.",
                       {"reason": message, "moves": listed[:MOST_NAMED], "n": len(listed) - MOST_NAMED})  # fmt: skip
    return IllegalMove(said, [move.action.value for move in moves])


def _unseen(move: Move, case: Case, assignment: Assignment | None, intent: Intent, around: Around) -> None:
    """Refuse when the row moved on since the person looked; the message names who and what (behaviours 12)."""
    if intent.seen is None or move.additive:
        return
    whistle = case.whistle
    version = assignment.version if assignment else whistle.version
    if intent.seen == version:
        return
    stream = (
        assignment_stream(whistle.id, assignment.department, assignment.nth)
        if assignment
        else whistle_stream(whistle.id)
    )
    newer = [e for e in around.events if e.stream == stream and e.stream_version > intent.seen]
    if not newer:
        raise Conflict(Message("The case is not as you saw it. Nothing was written; look again."))
    raise faster(newer[-1], around.street)


def _check_arguments(move: Move, case: Case | None, intent: Intent, around: Around, occurred: datetime) -> None:
    called = {a.department for a in case.assignments} if case and move.action is not Action.DISPATCH else set[str]()
    named = called | around.street.departments.keys()
    for arg in move.args:
        value = intent.args.get(arg.name)
        if isinstance(value, str):
            value = clean(value, one_line=False)
        empty = value is None or value == "" or value == ()
        if empty and arg.required:
            raise BadInput(Message("{what} is missing.", {"what": Message(arg.label)}), arg.name)
        if not empty:
            _check_value(arg, value, occurred, named)


def _check_value(arg: Arg, value: object, occurred: datetime, departments: Collection[str]) -> None:
    """``departments`` may be named: those of the street, and those the case has already called."""
    if arg.type in (ArgType.DEPARTMENT, ArgType.DEPARTMENTS):
        for code in value if isinstance(value, tuple) else (value,):
            if code not in departments:
                raise BadInput(Message("There is no department {code}.", {"code": str(code)}), arg.name)
    if arg.type is ArgType.FLAG and not isinstance(value, bool):
        raise BadInput(Message("{what}: yes or no.", {"what": Message(arg.label)}), arg.name)
    if arg.type is ArgType.SCORE and not (type(value) is int and 1 <= value <= 5):
        raise BadInput(Message("The score is a number from 1 to 5."), arg.name)
    if arg.type is ArgType.INSTANT and not (isinstance(value, datetime) and value > occurred):
        raise BadInput(Message("{what} must lie ahead.", {"what": Message(arg.label)}), arg.name)


def _check_relay(move: Move, intent: Intent) -> None:
    """On behalf of somebody, a report-in needs the channel and the words (behaviours 5)."""
    if move.words_on_behalf and intent.on_behalf_of:
        if intent.channel is Channel.TERMINAL:
            raise BadInput(Message("Say how you were told: by phone, by radio, on site, at a meeting."), "channel")
        if not intent.text("said").strip():
            raise BadInput(Message("Write down what was said when they reported in."), "said")


def _words(move: Move, intent: Intent) -> dict[str, str]:
    """What was typed, cleaned and within its caps; refused, never cut (decisions 8)."""
    typed = {arg.name: intent.text(arg.name) for arg in move.args if arg.type is ArgType.TEXT}
    facts = intent.args.get("facts")
    if isinstance(facts, Facts):
        typed |= {name: text for name, text in facts.texts.items() if name in TEXT_FIELDS}
    kept = {}
    for name, text in typed.items():
        cap = TITLE_CAP if name in ("title", "person", "place_text") else NOTE_CAP
        short = clean(within(text, cap, name), one_line=cap == TITLE_CAP)
        if short:
            kept[name] = short
    return kept

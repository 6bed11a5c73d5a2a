"""What becomes due in a case and when: the rows the duty clock will act on (decisions 3, 18, 19, 23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.clocks import Pause, due_at, reminder_at
from app.domain.org import UnitLevel
from app.domain.policy import KindPolicy, Limit, Policy
from app.domain.whistle import (
    ON_SITE,
    Assignment,
    AssignmentState,
    Case,
    RequestKind,
    RequestState,
    Waiting,
    Whistle,
    WhistleState,
)


class DueKind(StrEnum):
    """Kinds of due rows: limits of the trade, and what somebody is told of beside them (behaviours 1, 9, 10, 15).

    ``app.domain.topics`` says whom each concerns; ``TIDINGS`` are no limits.
    """

    DRAFT_STALE = "draft_stale"
    APPROVAL = "approval"
    DISPATCH = "dispatch"
    ACKNOWLEDGE = "acknowledge"
    REPORT_IN_HALF = "report_in_half"
    REPORT_IN = "report_in"
    ZONE_PLATFORM = "zone_platform"
    FEEDBACK = "feedback"
    MADE_SAFE = "made_safe"
    CONSULT = "consult"
    CLOSE_HALF = "close_half"
    CLOSE = "close"
    CHECK = "check"
    REVIEW = "review"
    RATE = "rate"
    SUPERVISE = "supervise"
    """督办: a limit was broken, the urging (催办) at its end did not help."""
    LEADER = "leader"
    """The last rung: the street's leader hears of the broken limit."""
    RATE_HALF = "rate_half"
    NEW = "new"
    """An emergency begins: grid, community and street are told at once (behaviours 9)."""
    RAISED = "raised"
    """The case came to a level whose people must act now."""
    APPROVAL_ASKED = "approval_asked"
    SUMMONED = "summoned"
    """A department was whistled for."""
    REWORK = "rework"
    """The check was not passed: the department hears why (behaviours 4)."""
    DECIDE = "decide"
    """A return, extension or suspension waits for somebody else's decision."""
    STILL_ON_IT = "still_on_it"
    """Acknowledged, and no word for too long (behaviours 10)."""
    REPORT_PHONE = "report_phone"
    REPORT_WRITTEN = "report_written"
    REPORT_FOLLOW_UP = "report_follow_up"
    REPORT_FINAL = "report_final"
    AGAIN = "again"
    """Everything that was due has been said and the case still waits: it is said again."""


TIDINGS = frozenset(
    {
        DueKind.REPORT_IN_HALF,
        DueKind.CLOSE_HALF,
        DueKind.RATE_HALF,
        DueKind.SUPERVISE,
        DueKind.LEADER,
        DueKind.NEW,
        DueKind.RAISED,
        DueKind.APPROVAL_ASKED,
        DueKind.SUMMONED,
        DueKind.REWORK,
        DueKind.DECIDE,
        DueKind.STILL_ON_IT,
        DueKind.AGAIN,
    }
)
"""Due rows at whose instant somebody is told something, but no limit of the case runs out (decisions 19)."""


EPISODE = 1000
"""Recurrences of one kind that an episode, or a stretch of work between two checks, can have."""


@dataclass(frozen=True, slots=True)
class Due:
    """One instant at which something must be looked at. ``nth`` tells recurrences and episodes apart."""

    kind: DueKind
    at: datetime
    nth: int = 1
    assignment_id: UUID | None = None


def dues(case: Case, policy: Policy, pauses: Sequence[Pause] = (), submissions: int = 1) -> tuple[Due, ...]:
    """Every limit of a case that is not met yet, soonest first; empty only when nobody has to act any more.

    ``pauses`` are the closed suspensions of this episode. While suspended only the review date is due.
    ``submissions`` says how often it was blown: each waits for an approval of its own.
    """
    whistle = case.whistle
    rules = policy.kinds[whistle.kind]
    found = {
        WhistleState.DRAFT: lambda: [Due(DueKind.DRAFT_STALE, whistle.created_at + policy.draft_stale_after)],
        WhistleState.PENDING_APPROVAL: lambda: [_approval(whistle, rules, policy, submissions)],
        WhistleState.OPEN: lambda: list(_running(case, rules, policy, pauses)),
        WhistleState.REOPENED: lambda: list(_running(case, rules, policy, pauses)),
        WhistleState.CONSULTING: lambda: list(_running(case, rules, policy, pauses)),
        WhistleState.SUSPENDED: lambda: [_review(whistle, pauses)],
        WhistleState.AWAITING_CHECK: lambda: list(_awaiting_check(case, rules, policy)),
        WhistleState.CLOSED: lambda: [
            Due(DueKind.RATE, _known(whistle.closed_at) + policy.rate_within, whistle.episode)
        ],
    }.get(whistle.state, list)()
    return tuple(sorted(found, key=lambda due: (due.at, due.kind, str(due.assignment_id))))


def _known(instant: datetime | None) -> datetime:
    if instant is None:
        raise ValueError("a state without its instant")
    return instant


def _approval(whistle: Whistle, rules: KindPolicy, policy: Policy, submissions: int) -> Due:
    at = due_at(_known(whistle.submitted_at), rules.approval or rules.dispatch, policy.calendar)
    return Due(DueKind.APPROVAL, at, max(submissions, 1))


def _review(whistle: Whistle, pauses: Sequence[Pause]) -> Due:
    """Every suspension of an episode has a review of its own."""
    return Due(DueKind.REVIEW, _known(whistle.review_at), _nth(whistle, len(pauses)))


def _nth(whistle: Whistle, recurrence: int) -> int:
    """Tells the n-th recurrence (from 0) of a due apart from those of earlier episodes."""
    return whistle.episode * EPISODE + recurrence


def _awaiting_check(case: Case, rules: KindPolicy, policy: Policy) -> Iterator[Due]:
    whistle = case.whistle
    at = due_at(_known(whistle.awaiting_check_at), rules.check, policy.calendar)
    yield Due(DueKind.CHECK, at, _nth(whistle, whistle.rework_count))
    if whistle.close_due:
        yield Due(DueKind.CLOSE, whistle.close_due, _nth(whistle, _extensions(case)))


def _extensions(case: Case) -> int:
    """How often more time was granted: each limit that results is one of its own."""
    return sum(r.kind is RequestKind.EXTENSION and r.state is RequestState.GRANTED for r in case.requests)


def _running(case: Case, rules: KindPolicy, policy: Policy, pauses: Sequence[Pause]) -> Iterator[Due]:
    whistle = case.whistle
    opened = _known(whistle.opened_at)
    episode = whistle.episode
    outstanding = case.outstanding()
    if not outstanding:
        yield _dispatch(case, opened, rules, policy, pauses)
    for assignment in outstanding:
        yield from _assignment(assignment, rules, policy, pauses)
    if whistle.made_safe_due and whistle.made_safe_at is None:
        yield Due(DueKind.MADE_SAFE, whistle.made_safe_due, episode)
    if rules.consult and whistle.consulted_at is None:
        at = due_at(opened, rules.consult, policy.calendar, pauses)
        yield Due(DueKind.CONSULT, at, episode)
    if whistle.close_due:
        half = reminder_at(opened, rules.close, policy.remind_at_percent, policy.calendar, pauses)
        yield Due(DueKind.CLOSE_HALF, half, episode)
        yield Due(DueKind.CLOSE, whistle.close_due, _nth(whistle, _extensions(case)))


def _dispatch(case: Case, opened: datetime, rules: KindPolicy, policy: Policy, pauses: Sequence[Pause]) -> Due:
    """Waiting for a department: from the start, or again from when the last one was taken back (decisions 11)."""
    mine = case.episode_assignments()
    since = max([opened, *(a.released_at for a in mine if a.released_at)])
    at = due_at(since, rules.dispatch, policy.calendar, pauses)
    return Due(DueKind.DISPATCH, at, _nth(case.whistle, len(mine)))


def _assignment(a: Assignment, rules: KindPolicy, policy: Policy, pauses: Sequence[Pause]) -> Iterator[Due]:
    if a.state is AssignmentState.NOTIFIED:
        yield Due(DueKind.ACKNOWLEDGE, a.acknowledge_due, assignment_id=a.id)
    if a.state not in ON_SITE:
        half = reminder_at(a.notified_at, rules.report_in, policy.remind_at_percent, policy.calendar, pauses)
        yield Due(DueKind.REPORT_IN_HALF, half, assignment_id=a.id)
        yield Due(DueKind.REPORT_IN, a.report_in_due, assignment_id=a.id)
        if rules.zone_platform_after:
            told = due_at(a.report_in_due, rules.zone_platform_after, policy.calendar, pauses)
            yield Due(DueKind.ZONE_PLATFORM, told, assignment_id=a.id)
    if a.feedback_due:
        yield Due(DueKind.FEEDBACK, a.feedback_due, a.rework_count * EPISODE + a.feedback_count + 1, a.id)


def waiting_for(case: Case) -> Waiting:
    """Whom or what the case waits for, as the board's word."""
    whistle = case.whistle
    by_state = {
        WhistleState.DRAFT: Waiting.SUBMIT,
        WhistleState.PENDING_APPROVAL: Waiting.APPROVAL,
        WhistleState.CONSULTING: Waiting.CONSULTATION,
        WhistleState.SUSPENDED: Waiting.REVIEW,
        WhistleState.AWAITING_CHECK: Waiting.CHECK,
        WhistleState.CLOSED: Waiting.RATING,
    }
    if whistle.state in by_state:
        return by_state[whistle.state]
    if whistle.state not in (WhistleState.OPEN, WhistleState.REOPENED):
        return Waiting.NOTHING
    outstanding = case.outstanding()
    if not outstanding:
        return Waiting.DISPATCH if whistle.level is UnitLevel.ZONE else Waiting.LEVEL_UP
    if any(a.state is AssignmentState.NOTIFIED for a in outstanding):
        return Waiting.ACKNOWLEDGE
    if any(a.state not in ON_SITE for a in outstanding):
        return Waiting.REPORT_IN
    return Waiting.WORK


LIMITS: dict[Waiting, frozenset[DueKind]] = {
    Waiting.APPROVAL: frozenset({DueKind.APPROVAL}),
    Waiting.LEVEL_UP: frozenset({DueKind.DISPATCH}),
    Waiting.DISPATCH: frozenset({DueKind.DISPATCH}),
    Waiting.ACKNOWLEDGE: frozenset({DueKind.ACKNOWLEDGE}),
    Waiting.REPORT_IN: frozenset({DueKind.REPORT_IN}),
    Waiting.WORK: frozenset({DueKind.MADE_SAFE, DueKind.CLOSE}),
    Waiting.CONSULTATION: frozenset({DueKind.CONSULT, DueKind.CLOSE}),
    Waiting.CHECK: frozenset({DueKind.CHECK}),
}
"""Which limit the board counts down to, by whom the case waits for."""


def deadline(waiting: Waiting, rows: Sequence[Due]) -> datetime | None:
    """The nearest limit of what is waited for; None when there is none or the case is paused."""
    wanted = LIMITS.get(waiting, frozenset())
    return min((due.at for due in rows if due.kind in wanted), default=None)


def limit_instant(start: datetime, limit: Limit | None, policy: Policy, pauses: Sequence[Pause]) -> datetime | None:
    """``due_at`` for a limit that a kind may not have."""
    return due_at(start, limit, policy.calendar, pauses) if limit else None

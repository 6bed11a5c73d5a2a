"""Due rows that are no limits: who is told at once, asked when it is quiet, told again (behaviours 1, 4, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.domain.clocks import Pause, due_at
from app.domain.due_history import History
from app.domain.dues import EPISODE, Due, DueKind
from app.domain.org import UnitLevel
from app.domain.policy import KindPolicy, Policy, WhistleKind
from app.domain.whistle import (
    ON_SITE,
    WORKING_STATES,
    Assignment,
    AssignmentState,
    Case,
    RequestState,
    WhistleState,
)

LEVELS = tuple(UnitLevel)
UNDER_WAY = WORKING_STATES | {WhistleState.AWAITING_CHECK}


def tidings(case: Case, policy: Policy, pauses: Sequence[Pause], past: History) -> tuple[Due, ...]:
    """What somebody is told of a case beside its limits; a row stays as long as what it says is true."""
    return tuple(_tidings(case, policy, pauses, past))


def _tidings(case: Case, policy: Policy, pauses: Sequence[Pause], past: History) -> Iterator[Due]:
    whistle = case.whistle
    rules = policy.kinds[whistle.kind]
    if whistle.state is WhistleState.PENDING_APPROVAL and whistle.submitted_at:
        yield Due(DueKind.APPROVAL_ASKED, whistle.submitted_at, past.submissions or 1)
    if whistle.state is WhistleState.CLOSED and whistle.closed_at:
        yield Due(DueKind.RATE_HALF, whistle.closed_at + policy.rate_within / 2, whistle.episode)
    yield from _requests(case)
    if whistle.state in UNDER_WAY:
        yield from _quiet(case, rules, policy, past)
    if whistle.state in WORKING_STATES:
        yield from _beginning(case, past)
        for assignment in case.outstanding():
            yield from _department(assignment, rules, policy, pauses, past)
    if whistle.state in UNDER_WAY and whistle.close_due:
        yield from _ladder(whistle.close_due, rules, policy, pauses, whistle.episode)


def _requests(case: Case) -> Iterator[Due]:
    """What waits for somebody else's decision."""
    for nth, request in enumerate(case.requests, start=1):
        if request.state is RequestState.PENDING:
            yield Due(DueKind.DECIDE, request.requested_at, nth, request.assignment_id)


def _beginning(case: Case, past: History) -> Iterator[Due]:
    """Nobody is sent yet: who has to know, and whose turn it is."""
    whistle = case.whistle
    if case.episode_assignments() or whistle.opened_at is None:
        return
    if whistle.kind is WhistleKind.EMERGENCY:
        yield Due(DueKind.NEW, whistle.opened_at, whistle.episode)
    if past.raised:
        level, at = past.raised[-1]
        yield Due(DueKind.RAISED, at, whistle.episode * EPISODE + len(past.raised) * len(LEVELS) + LEVELS.index(level))


def _department(
    a: Assignment, rules: KindPolicy, policy: Policy, pauses: Sequence[Pause], past: History
) -> Iterator[Due]:  # fmt: skip
    if a.state is AssignmentState.NOTIFIED:
        yield Due(DueKind.SUMMONED, a.notified_at, assignment_id=a.id)
    if a.state not in ON_SITE:
        for due in _ladder(a.report_in_due, rules, policy, pauses, 1):
            yield Due(due.kind, due.at, due.nth, a.id)
    unheard = past.failed_check is not None and (a.last_feedback_at or past.failed_check) <= past.failed_check
    if a.rework_count and unheard and past.failed_check:
        yield Due(DueKind.REWORK, past.failed_check, a.rework_count, a.id)


def _ladder(
    broken: datetime, rules: KindPolicy, policy: Policy, pauses: Sequence[Pause], nth: int
) -> Iterator[Due]:  # fmt: skip
    """催办 is the limit itself; then 督办, then the leader (domain 2.4)."""
    for kind, limit in ((DueKind.SUPERVISE, rules.supervise_after), (DueKind.LEADER, rules.leader_after)):
        if limit is not None:
            yield Due(kind, due_at(broken, limit, policy.calendar, pauses), nth)


def _quiet(case: Case, rules: KindPolicy, policy: Policy, past: History) -> Iterator[Due]:
    """Acknowledged and no entry for too long: asked once, and again after the same time (behaviours 10)."""
    acknowledged = [a.acknowledged_at for a in case.outstanding() if a.acknowledged_at]
    if not rules.asks_when_quiet or not acknowledged:
        return
    asked = past.last_fired(DueKind.STILL_ON_IT)
    times = sum(kind is DueKind.STILL_ON_IT for kind, _ in past.fired_at)
    word = max([*acknowledged, *([past.entry_at] if past.entry_at else [])])
    if asked is not None and asked >= word:
        yield Due(DueKind.STILL_ON_IT, asked, times)
        word = asked
    yield Due(DueKind.STILL_ON_IT, word + policy.quiet_after, times + 1)


def again(case: Case, policy: Policy, rows: Sequence[Due], past: History) -> tuple[Due, ...]:
    """When everything due in a case has fired it is said again: no active case is ever without a next instant."""
    times = sum(kind is DueKind.AGAIN for kind, _ in past.fired_at)
    if not rows or not all(past.has_fired(due) for due in rows):
        return ()
    said = max((at for _, at in past.fired_at), default=rows[-1].at)
    rules = policy.kinds[case.whistle.kind]
    follows = Due(DueKind.AGAIN, due_at(said, rules.again, policy.calendar), times + 1)
    last = past.last_fired(DueKind.AGAIN)
    return (Due(DueKind.AGAIN, last, times), follows) if last is not None else (follows,)

"""Every due row of a case: limits, reports up the line, and what somebody is told beside them (decisions 3, 23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.clocks import Pause, due_at
from app.domain.due_history import History, ReportUp
from app.domain.dues import EPISODE, Due, DueKind, dues
from app.domain.org import UnitLevel
from app.domain.policy import KindPolicy, Policy
from app.domain.tidings import UNDER_WAY, again, tidings
from app.domain.whistle import Case, WhistleState


def due_rows(case: Case, policy: Policy, pauses: Sequence[Pause], past: History) -> tuple[Due, ...]:
    """All rows that are true of a case now, soonest first; a fired one stays until what it says is over.

    Empty only when nobody has to act any more; else one of them has not fired yet (decisions 23).
    """
    limits = dues(case, policy, pauses, past.submissions)
    if not limits:
        return ()
    rows = [*limits, *report_dues(case, policy, pauses, past.reports), *tidings(case, policy, pauses, past)]
    rows += again(case, policy, rows, past)
    return tuple(sorted(rows, key=lambda due: (due.at, due.kind, str(due.assignment_id), due.nth)))


def report_dues(
    case: Case, policy: Policy, pauses: Sequence[Pause], reports: Sequence[ReportUp]
) -> Iterator[Due]:  # fmt: skip
    """初报 by phone and in writing, 续报 after each, 终报 after closing (domain 6.3); ``reports`` of this episode."""
    whistle = case.whistle
    rules = policy.kinds[whistle.kind]
    ended = whistle.state in (WhistleState.CLOSED, WhistleState.RATED)
    closed = whistle.closed_at if ended else None
    if closed and rules.report_final and not any(report.at >= closed for report in reports):
        yield Due(DueKind.REPORT_FINAL, due_at(closed, rules.report_final, policy.calendar), whistle.episode)
    if whistle.state in UNDER_WAY and whistle.opened_at:
        yield from _running_reports(case, rules, policy, pauses, reports)


def _running_reports(
    case: Case, rules: KindPolicy, policy: Policy, pauses: Sequence[Pause], reports: Sequence[ReportUp]
) -> Iterator[Due]:  # fmt: skip
    whistle = case.whistle
    opened, calendar = whistle.opened_at or whistle.created_at, policy.calendar
    if rules.report_phone and whistle.level is not UnitLevel.ZONE and not reports:
        yield Due(DueKind.REPORT_PHONE, due_at(opened, rules.report_phone, calendar, pauses), whistle.episode)
    written = not rules.report_written or any(not report.by_phone for report in reports)
    if rules.report_written and not written:
        yield Due(DueKind.REPORT_WRITTEN, due_at(opened, rules.report_written, calendar, pauses), whistle.episode)
    if written and rules.report_follow_up:
        since = max((report.at for report in reports), default=opened)
        nth = whistle.episode * EPISODE + len(reports)
        yield Due(DueKind.REPORT_FOLLOW_UP, due_at(since, rules.report_follow_up, calendar, pauses), nth)

"""Reports up the line (信息报送): which went up, in time or late, and which is due next (domain 6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.actor import Channel
from app.domain.due_history import ReportUp
from app.domain.due_rows import report_dues
from app.domain.dues import Due, DueKind
from app.domain.effective import effective
from app.domain.events import Event, EventKind
from app.domain.fold import apply
from app.domain.folding import Folding, PolicyOf
from app.domain.whistle import WhistleState


class ReportKind(StrEnum):
    """初报, 续报, 终报."""

    FIRST = "first_report"
    FOLLOW_UP = "follow_up_report"
    FINAL = "final_report"


KINDS = {
    "phone": ReportKind.FIRST,
    "written": ReportKind.FIRST,
    "follow_up": ReportKind.FOLLOW_UP,
    "final": ReportKind.FINAL,
}
"""What an entry's payload calls it; by phone and in writing the first report is one with two limits."""

MEETS = {
    "phone": frozenset({DueKind.REPORT_PHONE}),
    "written": frozenset({DueKind.REPORT_PHONE, DueKind.REPORT_WRITTEN}),
    "follow_up": frozenset({DueKind.REPORT_FOLLOW_UP}),
    "final": frozenset({DueKind.REPORT_FINAL}),
}
"""Which limits a report ends; the nearest of them is the one it had to keep."""

REPORT_DUES = {
    DueKind.REPORT_PHONE: ReportKind.FIRST,
    DueKind.REPORT_WRITTEN: ReportKind.FIRST,
    DueKind.REPORT_FOLLOW_UP: ReportKind.FOLLOW_UP,
    DueKind.REPORT_FINAL: ReportKind.FINAL,
}

ENDED = frozenset({WhistleState.CLOSED, WhistleState.RATED})


@dataclass(frozen=True, slots=True)
class Report:
    """One report that went up."""

    event: Event
    """As it counts now: with a corrected time, if it was corrected."""
    kind: ReportKind
    number: int
    """Which follow-up of its episode, from 1 (续报一); 0 of a first and a final one."""
    by_phone: bool
    limit: datetime | None
    """Until when it had to go up; None where nothing was due."""

    @property
    def at(self) -> datetime:
        """When it went up."""
        return self.event.occurred_at

    @property
    def late(self) -> bool:
        """迟报: it went up after its limit."""
        return self.limit is not None and self.at > self.limit


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """One report that has to go up, and until when."""

    kind: ReportKind
    number: int
    due: DueKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Reporting:
    """The reports of a case: those that went up, the next one, and its limits."""

    sent: tuple[Report, ...] = ()
    """Of every episode, in the order in which they were written down."""
    kind: ReportKind = ReportKind.FIRST
    """What the next one would be."""
    number: int = 0
    duties: tuple[ReportDuty, ...] = ()
    """Limits of the next one, soonest first; empty when none is due."""
    before: Report | None = None
    """The last one of the running episode."""

    @property
    def duty(self) -> ReportDuty | None:
        """The nearest limit."""
        return self.duties[0] if self.duties else None

    def of(self, event: Event) -> Report | None:
        """The report that an entry is; None for any other entry, and for one that was taken back."""
        return next((one for one in self.sent if one.event.id == event.id), None)


NONE_YET = Reporting()


def reporting(events: Sequence[Event], policy_of: PolicyOf) -> Reporting:
    """The reports of a case from its entries in commit order.

    Each is measured against what was due when it was written down, as the duty clock had it; ``policy_of`` gives the
    versions that the case froze.
    """
    folding = Folding(policy_of)
    sent: list[Report] = []
    mine: list[Report] = []
    for event in effective(events):
        if event.kind is EventKind.REPORTED_UP and folding.begun:
            report = _report(event, mine, _dues(folding, mine))
            sent.append(report)
            mine.append(report)
            continue
        if event.kind in (EventKind.BLOWN, EventKind.REOPENED):
            mine = []
        apply(folding, event)
    if not folding.begun:
        return NONE_YET
    follow_up = 1 + sum(one.kind is ReportKind.FOLLOW_UP for one in mine)
    duties = tuple(sorted((_duty(due, follow_up) for due in _dues(folding, mine)), key=lambda one: one.at))
    kind = _next(folding, mine, duties)
    before = max(mine, key=lambda one: (one.at, one.event.seq), default=None)
    return Reporting(tuple(sent), kind, follow_up if kind is ReportKind.FOLLOW_UP else 0, duties, before)


def _dues(folding: Folding, mine: Sequence[Report]) -> list[Due]:
    gone_up = [ReportUp(one.at, one.by_phone) for one in mine]
    return list(report_dues(folding.case(), folding.policy, folding.pauses, gone_up))


def _report(event: Event, mine: Sequence[Report], dues: Sequence[Due]) -> Report:
    name = str(event.payload.get("report", "follow_up"))
    kind = KINDS.get(name, ReportKind.FOLLOW_UP)
    number = 1 + sum(one.kind is kind for one in mine) if kind is ReportKind.FOLLOW_UP else 0
    limit = min((due.at for due in dues if due.kind in MEETS.get(name, frozenset())), default=None)
    return Report(event, kind, number, event.channel is Channel.PHONE, limit)


def _duty(due: Due, follow_up: int) -> ReportDuty:
    kind = REPORT_DUES[due.kind]
    return ReportDuty(kind, follow_up if kind is ReportKind.FOLLOW_UP else 0, due.kind, due.at)


def _next(folding: Folding, mine: Sequence[Report], duties: Sequence[ReportDuty]) -> ReportKind:
    """What is due first; where nothing is due, what the next one would be all the same."""
    if folding.whistle.state in ENDED:
        return ReportKind.FINAL
    if duties:
        return duties[0].kind
    return ReportKind.FOLLOW_UP if mine else ReportKind.FIRST

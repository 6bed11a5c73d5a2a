"""Report forms and case files, read from the case as it stands (domain 6.2, 6.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.domain.errors import NotFound
from app.domain.events import Event, EventKind
from app.domain.fold import rebuild
from app.domain.message import Message
from app.domain.report_form import Filling, ReportForm, form_of, report_form
from app.domain.reports import NONE_YET, Reporting, reporting
from app.domain.whistle import Whistle, left_board_at
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store

BEFORE = timedelta(days=1)
"""An entry of the log may be about what happened so long before the case was recorded."""
AFTER = timedelta(days=92)
"""So long after a case has left the board, entries of the log still come to it."""


class Reports:
    """What goes up the line about a case. Errors are ``WanggeError``."""

    def __init__(self, store: Store, clock: Clock, policies: Policies) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies

    def form(self, whistle_id: UUID, recorder: str = "", nth: int | None = None) -> ReportForm:
        """The next report as it would go up now, or the ``nth`` that went up, counted from 1 over all of them.

        ``recorder`` is the member who fills it in. NotFound for an unknown case or report.
        """
        with self._store.read() as reads:
            events, case = reads.events_of(whistle_id), reads.case(whistle_id)
            logged = logged_about(reads, case.whistle) if case else ()
        if case is None:
            raise NotFound(Message("There is no such case."))
        policy_of = self._policies.version
        matter = policy_of(case.whistle.policy_version).matter(case.whistle.matter)
        known = Filling(case, events, reporting(events, policy_of), self._clock.now(), recorder, logged,
                        matter.name if matter else None)  # fmt: skip
        if nth is None:
            return report_form(known)
        if not 1 <= nth <= len(known.reports.sent):
            raise NotFound(Message("{n} reports of this case went up, no more.", {"n": len(known.reports.sent)}))
        report = known.reports.sent[nth - 1]
        then = [event for event in events if event.seq <= report.event.seq]
        return form_of(
            replace(
                known, case=rebuild(then, policy_of)[0], events=then, reports=reporting(then, policy_of),
                now=report.at, recorder=report.event.on_behalf_of or report.event.actor,
                logged=[event for event in logged if event.seq <= report.event.seq],
            ),
            report,
        )  # fmt: skip


def reporting_of(whistle: Whistle, events: tuple[Event, ...], policies: Policies) -> Reporting:
    """The reports of a case; nothing is folded for a kind of which none is due and none went up."""
    rules = policies.version(whistle.policy_version).kinds[whistle.kind]
    asked = (rules.report_phone, rules.report_written, rules.report_follow_up, rules.report_final)
    if not any(asked) and all(event.kind is not EventKind.REPORTED_UP for event in events):
        return NONE_YET
    return reporting(events, policies.version)


def logged_about(reads: Reads, whistle: Whistle) -> tuple[Event, ...]:
    """Entries of the shift log that name the case, and those that put them right, in commit order."""
    since = min(whistle.occurred_at, whistle.created_at) - BEFORE
    left = left_board_at(whistle)
    return reads.log.about(whistle.id, since, left + AFTER if left else None)

"""A case in the making while its events are applied one by one; changed by the handlers of ``fold_*`` only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.clocks import Pause, due_at
from app.domain.dues import limit_instant
from app.domain.events import Event, Json
from app.domain.policy import KindPolicy, Policy
from app.domain.whistle import (
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    Request,
    Whistle,
    WhistleState,
    assignment_id,
)

PolicyOf = Callable[[int], Policy]
"""Gives the policy version a case has frozen; versions are immutable (decisions 7)."""


def text(payload: Json, default: str = "") -> str:
    """A text of a payload."""
    return payload if isinstance(payload, str) else default


def instant(payload: Json) -> datetime | None:
    """An instant of a payload, None when there is none."""
    return datetime.fromisoformat(payload) if isinstance(payload, str) and payload else None


class Folding:
    """The whistle, assignments, requests and closed pauses as of the events applied so far."""

    def __init__(self, policy_of: PolicyOf) -> None:
        self._policy_of = policy_of
        self._whistle: Whistle | None = None
        self.assignments: dict[UUID, Assignment] = {}
        self.requests: dict[UUID, Request] = {}
        self.pauses: list[Pause] = []

    @property
    def whistle(self) -> Whistle:
        """The whistle so far; ValueError before the first fact."""
        if self._whistle is None:
            raise ValueError("the first event must be drafted or blown")
        return self._whistle

    @property
    def begun(self) -> bool:
        """Whether there is a whistle yet."""
        return self._whistle is not None

    def begin(self, whistle: Whistle) -> None:
        """The first fact."""
        self._whistle = whistle

    @property
    def policy(self) -> Policy:
        """The policy version the case has frozen."""
        return self._policy_of(self.whistle.policy_version)

    @property
    def rules(self) -> KindPolicy:
        """The limits of the case's kind."""
        return self.policy.kinds[self.whistle.kind]

    def case(self) -> Case:
        """The case as it stands between two events."""
        return Case(self.whistle, tuple(self.assignments.values()), tuple(self.requests.values()))

    def change(self, **changes: object) -> None:
        """Change fields of the whistle."""
        self._whistle = replace(self.whistle, **changes)  # type: ignore[arg-type]

    def change_assignment(self, key: UUID, **changes: object) -> None:
        """Change fields of one assignment."""
        self.assignments[key] = replace(self.assignments[key], **changes)  # type: ignore[arg-type]

    def mine(self, event: Event) -> Assignment:
        """The assignment an event is about."""
        nth = event.payload["nth"]
        if not isinstance(nth, int):
            raise ValueError("nth is a number")
        return self.assignments[assignment_id(self.whistle.id, text(event.payload["department"]), nth)]

    def summon(self, department: str, nth: int, role: AssignmentRole, at: datetime) -> None:
        """A department is whistled for, its due instants still to be set; a new lead makes the former one an assist."""
        whistle = self.whistle
        if role is AssignmentRole.LEAD:
            self.demote_leads()
        summoned = Assignment(
            id=assignment_id(whistle.id, department, nth),
            whistle_id=whistle.id,
            department=department,
            nth=nth,
            episode=whistle.episode,
            role=role,
            state=AssignmentState.NOTIFIED,
            version=0,
            notified_at=at,
            acknowledge_due=at,
            report_in_due=at,
            feedback_due=None,
        )
        self.assignments[summoned.id] = summoned

    def demote_leads(self) -> None:
        """Whoever leads this episode becomes an assist; who was released stays as recorded."""
        for a in self.case().episode_assignments():
            if a.role is AssignmentRole.LEAD and a.state is not AssignmentState.RELEASED:
                self.change_assignment(a.id, role=AssignmentRole.ASSIST)

    def set_limits(self) -> None:
        """Due instants of the running episode, from frozen limits, start times and pauses (decisions 18).

        While the case is suspended it has no due time to show (behaviours 14).
        """
        whistle = self.whistle
        if whistle.opened_at is None:
            return
        paused = whistle.state is WhistleState.SUSPENDED
        close_due = limit_instant(whistle.opened_at, self.rules.close, self.policy, self.pauses)
        if close_due and whistle.extended_until:
            close_due = max(close_due, whistle.extended_until)
        made_safe_due = limit_instant(whistle.opened_at, self.rules.made_safe, self.policy, self.pauses)
        self.change(close_due=None if paused else close_due, made_safe_due=None if paused else made_safe_due)
        for a in self.case().episode_assignments():
            self.assignments[a.id] = self._timed(a)

    def _timed(self, a: Assignment) -> Assignment:
        rules, calendar, pauses = self.rules, self.policy.calendar, self.pauses
        if a.finished:
            feedback = None
        elif a.last_feedback_at is None:
            feedback = due_at(a.notified_at, rules.first_feedback, calendar, pauses)
        else:
            feedback = due_at(a.last_feedback_at, rules.feedback_every, calendar, pauses)
        return replace(
            a,
            acknowledge_due=due_at(a.notified_at, rules.acknowledge, calendar, pauses),
            report_in_due=due_at(a.notified_at, rules.report_in, calendar, pauses),
            feedback_due=feedback,
        )

"""A case rebuilt from its events: the only place where state comes from (design 2, decisions 2, 11–16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.clocks import Pause, due_at
from app.domain.dues import Due, deadline, dues, limit_instant, waiting_for
from app.domain.events import Event, EventKind, Json, assignment_stream, whistle_stream
from app.domain.org import UnitLevel
from app.domain.policy import KindPolicy, Policy, WhistleKind
from app.domain.whistle import (
    FINISHED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    Precision,
    Request,
    RequestKind,
    RequestState,
    Severity,
    Source,
    Whistle,
    WhistleState,
    assignment_id,
)

PolicyOf = Callable[[int], Policy]
"""Gives the policy version a case has frozen; versions are immutable (decisions 7)."""


def effective(events: Sequence[Event]) -> list[Event]:
    """Events as they count: undone ones left out, corrected ones with their new time and words."""
    gone = {e.corrects for e in events if e.kind is EventKind.UNDONE}
    mended = {e.corrects: e for e in events if e.kind is EventKind.CORRECTED and e.id not in gone}
    counted = []
    for event in events:
        if event.id in gone or event.kind in (EventKind.UNDONE, EventKind.CORRECTED):
            continue
        by = mended.get(event.id)
        if by is not None:
            event = replace(event, occurred_at=by.occurred_at, occurred_precision=by.occurred_precision)
        counted.append(event)
    return counted


def rebuild(events: Sequence[Event], policy_of: PolicyOf) -> tuple[Case, tuple[Due, ...]]:
    """Fold a case's events (both its own and its assignments' streams, in commit order).

    Returns the case as it stands and its pending dues. Versions count every event ever written to a
    stream, so that an undo is a change like any other. Raises ValueError when there are no events.
    """
    counted = effective(events)
    if not counted:
        raise ValueError("no events")
    folding = Folding(policy_of)
    for event in counted:
        folding.apply(event)
    return folding.settled(events)


def _text(payload: Json, default: str = "") -> str:
    return payload if isinstance(payload, str) else default


def _instant(payload: Json) -> datetime | None:
    return datetime.fromisoformat(payload) if isinstance(payload, str) and payload else None


class Folding:
    """The running state while events are applied one by one."""

    def __init__(self, policy_of: PolicyOf) -> None:
        self._policy_of = policy_of
        self._whistle: Whistle | None = None
        self._assignments: dict[UUID, Assignment] = {}
        self._requests: dict[UUID, Request] = {}
        self._pauses: list[Pause] = []

    @property
    def whistle(self) -> Whistle:
        """The whistle so far; ValueError before the first fact."""
        if self._whistle is None:
            raise ValueError("the first event must be drafted or blown")
        return self._whistle

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
        return Case(self.whistle, tuple(self._assignments.values()), tuple(self._requests.values()))

    def apply(self, event: Event) -> None:
        """Apply one effective event, then derive what follows from the assignments."""
        handler = _HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)
            self._derive(event.occurred_at)

    def settled(self, events: Sequence[Event]) -> tuple[Case, tuple[Due, ...]]:
        """The final case with versions, counts, waiting word, deadline and dues filled in."""
        versions: dict[str, int] = {}
        for event in events:
            versions[event.stream] = max(versions.get(event.stream, 0), event.stream_version)
        whistle = self.whistle
        for key, a in self._assignments.items():
            stream = assignment_stream(whistle.id, a.department, a.nth)
            self._assignments[key] = replace(a, version=versions.get(stream, 0))
        self._limits()
        case = self.case()
        rows = dues(case, self.policy, self._pauses)
        waiting = waiting_for(case)
        running = case.episode_assignments()
        live = [a for a in running if a.state is not AssignmentState.RELEASED]
        settled = replace(
            self.whistle,
            version=versions.get(whistle_stream(whistle.id), 0),
            waiting=waiting,
            deadline_at=deadline(waiting, rows),
            next_due_at=rows[0].at if rows else None,
            assigned=len(live),
            acknowledged=sum(a.acknowledged_at is not None for a in live),
            reported_in=sum(a.reported_in_at is not None for a in live),
            done=sum(a.state is AssignmentState.DONE for a in live),
            danger=_danger(self.whistle),
        )
        return replace(case, whistle=settled), rows

    # -- what follows from the assignments -------------------------------------------------
    def _derive(self, at: datetime) -> None:
        whistle = self.whistle
        if whistle.state not in (WhistleState.OPEN, WhistleState.REOPENED, WhistleState.AWAITING_CHECK):
            return
        mine = self.case().episode_assignments()
        if not mine:
            return
        all_in = all(a.state in FINISHED for a in mine) and any(a.state is AssignmentState.DONE for a in mine)
        if all_in and whistle.state is not WhistleState.AWAITING_CHECK:
            self._change(state=WhistleState.AWAITING_CHECK, awaiting_check_at=at)
        elif not all_in and whistle.state is not WhistleState.OPEN:
            self._change(state=WhistleState.OPEN, awaiting_check_at=None)

    def _limits(self) -> None:
        """Due instants of the case and its assignments, from frozen limits, start times and pauses."""
        opened = self.whistle.opened_at
        if opened is None:
            return
        close_due = limit_instant(opened, self.rules.close, self.policy, self._pauses)
        extended = self.whistle.extended_until
        self._change(
            close_due=max(close_due, extended) if close_due and extended else close_due,
            made_safe_due=limit_instant(opened, self.rules.made_safe, self.policy, self._pauses),
        )
        for key, a in self._assignments.items():
            if a.episode == self.whistle.episode:
                self._assignments[key] = self._timed(a)

    def _timed(self, a: Assignment) -> Assignment:
        rules, calendar, pauses = self.rules, self.policy.calendar, self._pauses
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

    def _change(self, **changes: object) -> None:
        self._whistle = replace(self.whistle, **changes)  # type: ignore[arg-type]

    def _change_assignment(self, event: Event, **changes: object) -> None:
        key = self._key(event)
        self._assignments[key] = replace(self._assignments[key], **changes)  # type: ignore[arg-type]

    def _key(self, event: Event) -> UUID:
        nth = event.payload["nth"]
        if not isinstance(nth, int):
            raise ValueError("nth is a number")
        return assignment_id(self.whistle.id, _text(event.payload["department"]), nth)

    # -- the facts ---------------------------------------------------------------------------
    def _facts(self, event: Event, state: WhistleState) -> None:
        if "kind" not in event.payload:
            self._change(state=state)
            return
        p = event.payload
        policy_version = p["policy"]
        if not isinstance(policy_version, int) or event.whistle_id is None:
            raise ValueError("facts without policy version or case")
        facts: dict[str, object] = {
            "kind": WhistleKind(_text(p["kind"])),
            "severity": Severity(_text(p["severity"])),
            "grid": _text(p["grid"]),
            "community": _text(p["community"]),
            "place": _text(p.get("place")),
            "matter": _text(p.get("matter")),
            "source": Source(_text(p["source"])),
            "source_number": _text(p.get("source_number")),
            "occurred_at": _instant(p.get("occurred_at")) or event.occurred_at,
            "occurred_precision": Precision(_text(p.get("precision"), "exact")),
            "policy_version": policy_version,
        }
        if event.words_id is not None:
            facts["words_id"] = event.words_id
        if self._whistle is None:
            self._whistle = Whistle(
                id=event.whistle_id,
                state=state,
                version=0,
                blower=event.on_behalf_of or event.actor,
                owner=event.actor,
                created_at=event.recorded_at,
                **facts,  # type: ignore[arg-type]
            )
        else:
            self._change(state=state, **facts)

    def drafted(self, event: Event) -> None:
        """– → draft."""
        self._facts(event, WhistleState.DRAFT)

    def revised(self, event: Event) -> None:
        """The facts were changed; the state stays, but a rejected case is a draft again."""
        state = self.whistle.state
        self._facts(event, WhistleState.DRAFT if state is WhistleState.REJECTED else state)

    def blown(self, event: Event) -> None:
        """– or draft → pending_approval, or straight to open for kinds without approval (decisions 12)."""
        approval = event.payload["approval"] is True
        self._facts(event, WhistleState.PENDING_APPROVAL if approval else WhistleState.OPEN)
        self._change(
            number=self.whistle.number or _text(event.payload["number"]),
            blower=event.on_behalf_of or event.actor,
            submitted_at=event.occurred_at,
            opened_at=None if approval else event.occurred_at,
            level=UnitLevel.GRID if approval else UnitLevel.STREET,
            review_flag=not approval,
            ended_at=None,
        )

    def approved(self, event: Event) -> None:
        """pending_approval → open; the whistle's clock starts here."""
        self._change(
            state=WhistleState.OPEN,
            opened_at=event.occurred_at,
            level=UnitLevel(_text(event.payload["level"])),
        )

    def ended(self, event: Event) -> None:
        """Rejected, withdrawn or joined into another case."""
        ends = {
            EventKind.REJECTED: WhistleState.REJECTED,
            EventKind.WITHDRAWN: WhistleState.WITHDRAWN,
            EventKind.JOINED: WhistleState.MERGED,
        }
        into = _text(event.payload.get("into"))
        self._change(state=ends[event.kind], ended_at=event.occurred_at, merged_into=UUID(into) if into else None)

    def levelled(self, event: Event) -> None:
        """One level up, or a level skipped with a reason."""
        skipped = event.kind is EventKind.LEVEL_SKIPPED
        self._change(level=UnitLevel(_text(event.payload["to"])), skipped_level=skipped or self.whistle.skipped_level)

    def dispatched(self, event: Event) -> None:
        """Departments are summoned: one assignment each, clocks from here (decisions 18)."""
        departments = event.payload["departments"]
        if not isinstance(departments, list):
            raise ValueError("departments is a list")
        for entry in departments:
            if isinstance(entry, dict) and isinstance(entry["nth"], int):
                role = AssignmentRole(_text(entry["role"]))
                self._summon(_text(entry["code"]), entry["nth"], role, event.occurred_at)
        self._change(dispatched_at=self.whistle.dispatched_at or event.occurred_at)

    def _summon(self, department: str, nth: int, role: AssignmentRole, at: datetime) -> None:
        whistle = self.whistle
        if role is AssignmentRole.LEAD:
            for key, other in self._assignments.items():
                if other.role is AssignmentRole.LEAD and other.episode == whistle.episode:
                    self._assignments[key] = replace(other, role=AssignmentRole.ASSIST)
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
        self._assignments[summoned.id] = self._timed(summoned)

    def acknowledged(self, event: Event) -> None:
        """签收: the department has heard."""
        self._change_assignment(event, state=AssignmentState.ACKNOWLEDGED, acknowledged_at=event.occurred_at)

    def en_route(self, event: Event) -> None:
        """On the way; who never acknowledged has by setting out."""
        mine = self._assignments[self._key(event)]
        self._change_assignment(
            event,
            state=AssignmentState.EN_ROUTE,
            en_route_at=event.occurred_at,
            acknowledged_at=mine.acknowledged_at or event.occurred_at,
        )

    def reported_in(self, event: Event) -> None:
        """报到: a named person is on site; who never acknowledged has by coming."""
        mine = self._assignments[self._key(event)]
        self._change_assignment(
            event,
            state=AssignmentState.REPORTED_IN,
            reported_in_at=event.occurred_at,
            report_in_words_id=event.words_id,
            acknowledged_at=mine.acknowledged_at or event.occurred_at,
            needs_attention=False,
        )

    def work_noted(self, event: Event) -> None:
        """Feedback by or for a department; on site it means they are working (decisions 18)."""
        mine = self._assignments[self._key(event)]
        changes: dict[str, object] = {
            "last_feedback_at": max(event.occurred_at, mine.last_feedback_at or event.occurred_at),
            "feedback_count": mine.feedback_count + 1,
            "needs_attention": False,
        }
        if mine.state is AssignmentState.REPORTED_IN:
            changes |= {"state": AssignmentState.WORKING, "working_at": event.occurred_at}
        self._change_assignment(event, **changes)

    def done(self, event: Event) -> None:
        """办结: the department says it is done; that is not yet closed."""
        self._change_assignment(event, state=AssignmentState.DONE, done_at=event.occurred_at, needs_attention=False)

    def released(self, event: Event) -> None:
        """The dispatcher takes a department back."""
        self._change_assignment(event, state=AssignmentState.RELEASED, released_at=event.occurred_at)

    def no_show(self, event: Event) -> None:
        """Written once by the duty clock; changes no state (decisions 13)."""
        self._change_assignment(event, no_show_at=event.occurred_at)

    def went_quiet(self, event: Event) -> None:
        """Acknowledged but quiet: marked, state stays (decisions 15)."""
        self._change_assignment(event, needs_attention=True)

    def made_safe(self, event: Event) -> None:
        """Nobody can be hurt any more: stops the made-safe clock (decisions 14)."""
        first = self.whistle.made_safe_at
        self._change(made_safe_at=min(first, event.occurred_at) if first else event.occurred_at)

    def checked(self, event: Event) -> None:
        """Checked on the spot: passed closes the case, failed sends departments back (behaviours 4)."""
        if event.payload["passed"] is True:
            self._change(state=WhistleState.CLOSED, closed_at=event.occurred_at)
            return
        again = event.payload["departments"]
        back = set(again) if isinstance(again, list) else set()
        self._change(rework_count=self.whistle.rework_count + 1)
        for key, a in self._assignments.items():
            if a.department in back and a.state is AssignmentState.DONE and a.episode == self.whistle.episode:
                self._assignments[key] = replace(
                    a, state=AssignmentState.WORKING, done_at=None, rework_count=a.rework_count + 1,
                    working_at=a.working_at or event.occurred_at, last_feedback_at=event.occurred_at,
                )  # fmt: skip

    def rated(self, event: Event) -> None:
        """The blower's score; the system's default is flagged."""
        score = event.payload["score"]
        if not isinstance(score, int):
            raise ValueError("score is a number")
        self._change(
            state=WhistleState.RATED, rated_at=event.occurred_at, score=score,
            score_by_default=event.payload.get("default") is True,
        )  # fmt: skip

    def countersigned(self, event: Event) -> None:
        """The community stands behind the rating."""
        self._change(countersigned_by=event.on_behalf_of or event.actor)

    def reopened(self, event: Event) -> None:
        """A new episode with fresh clocks; the old assignments stay as they were (behaviours 4)."""
        self._pauses.clear()
        self._change(
            state=WhistleState.REOPENED, episode=self.whistle.episode + 1, opened_at=event.occurred_at,
            dispatched_at=None, made_safe_at=None, awaiting_check_at=None, closed_at=None, rated_at=None,
            score=None, score_by_default=False, countersigned_by="", extended_until=None, consulted_at=None,
        )  # fmt: skip

    def suspended(self, event: Event) -> None:
        """挂账: the clock stops until the case is resumed."""
        self._change(
            state=WhistleState.SUSPENDED,
            suspended_at=event.occurred_at,
            review_at=_instant(event.payload["until"]),
        )

    def resumed(self, event: Event) -> None:
        """The clock runs on; the pause is history (behaviours 14)."""
        started = self.whistle.suspended_at
        if started is not None and event.occurred_at > started:
            self._pauses.append(Pause(started, event.occurred_at))
        self._change(state=WhistleState.OPEN, suspended_at=None, review_at=None)

    def consulting(self, event: Event) -> None:
        """open → consulting."""
        self._change(state=WhistleState.CONSULTING, consulting_at=event.occurred_at)

    def concluded(self, event: Event) -> None:
        """The consultation's record: decision, lead and deadline; the case is open again."""
        until = _instant(event.payload.get("until"))
        self._change(state=WhistleState.OPEN, consulting_at=None, consulted_at=event.occurred_at)
        if until:
            self._change(extended_until=until)

    def duplicated(self, event: Event) -> None:
        """The same report came again (behaviours 8)."""
        self._change(duplicate_count=self.whistle.duplicate_count + 1)

    def plan_applied(self, event: Event) -> None:
        """The case takes the current policy from here (behaviours 7)."""
        version = event.payload["policy"]
        if isinstance(version, int):
            self._change(policy_version=version)

    # -- requests ----------------------------------------------------------------------------
    def requested(self, event: Event) -> None:
        """A return, extension or suspension is asked for: a row of its own (decisions 13)."""
        kind = _REQUESTS[event.kind]
        for_whole_case = kind is RequestKind.SUSPENSION
        self._requests[event.id] = Request(
            id=event.id, whistle_id=self.whistle.id, kind=kind, state=RequestState.PENDING,
            requested_by=event.on_behalf_of or event.actor, recorded_by=event.actor,
            requested_at=event.occurred_at, assignment_id=None if for_whole_case else self._key(event),
            until=_instant(event.payload.get("until")), words_id=event.words_id,
        )  # fmt: skip

    def decided(self, event: Event) -> None:
        """Granted or refused by somebody else; a refusal leaves state and clock unchanged."""
        key = UUID(_text(event.payload["request"]))
        granted = event.payload["granted"] is True
        self._requests[key] = replace(
            self._requests[key], state=RequestState.GRANTED if granted else RequestState.REFUSED,
            decided_by=event.on_behalf_of or event.actor, decided_at=event.occurred_at,
            decision_words_id=event.words_id,
        )  # fmt: skip
        if granted:
            self._grant(self._requests[key], event)
        self._mark_ping_pong()

    def _grant(self, request: Request, event: Event) -> None:
        if request.kind is RequestKind.SUSPENSION:
            self._change(state=WhistleState.SUSPENDED, suspended_at=event.occurred_at, review_at=request.until)
        elif request.kind is RequestKind.EXTENSION:
            self._change_assignment(event, extended_until=request.until)
            before = self.whistle.extended_until
            self._change(extended_until=max(before, request.until) if before and request.until else request.until)
        else:
            mine = self._assignments[self._key(event)]
            self._change_assignment(event, state=AssignmentState.RELEASED, released_at=event.occurred_at)
            to, nth = _text(event.payload.get("to")), event.payload.get("to_nth")
            if to and isinstance(nth, int):
                self._summon(to, nth, mine.role, event.occurred_at)

    def _mark_ping_pong(self) -> None:
        """Bounced twice, or A→B→A (behaviours 11)."""
        returns = sum(r.kind is RequestKind.RETURN for r in self._requests.values())
        again = any(a.nth > 1 and a.episode == self.whistle.episode for a in self._assignments.values())
        if returns >= 2 or (returns and again):
            self._change(ping_pong=True)


def _danger(whistle: Whistle) -> int:
    urgent = whistle.kind is WhistleKind.EMERGENCY or whistle.severity is Severity.CRITICAL
    if urgent:
        return 0 if whistle.made_safe_at is None else 1
    return 1 if whistle.severity is Severity.URGENT else 2


_REQUESTS = {
    EventKind.RETURN_REQUESTED: RequestKind.RETURN,
    EventKind.EXTENSION_REQUESTED: RequestKind.EXTENSION,
    EventKind.SUSPENSION_REQUESTED: RequestKind.SUSPENSION,
}

_HANDLERS: dict[EventKind, Callable[[Folding, Event], None]] = {
    EventKind.DRAFTED: Folding.drafted,
    EventKind.REVISED: Folding.revised,
    EventKind.BLOWN: Folding.blown,
    EventKind.APPROVED: Folding.approved,
    EventKind.REJECTED: Folding.ended,
    EventKind.WITHDRAWN: Folding.ended,
    EventKind.JOINED: Folding.ended,
    EventKind.LEVELLED_UP: Folding.levelled,
    EventKind.LEVEL_SKIPPED: Folding.levelled,
    EventKind.DISPATCHED: Folding.dispatched,
    EventKind.ACKNOWLEDGED: Folding.acknowledged,
    EventKind.EN_ROUTE: Folding.en_route,
    EventKind.REPORTED_IN: Folding.reported_in,
    EventKind.WORK_NOTED: Folding.work_noted,
    EventKind.DONE: Folding.done,
    EventKind.RELEASED: Folding.released,
    EventKind.NO_SHOW: Folding.no_show,
    EventKind.WENT_QUIET: Folding.went_quiet,
    EventKind.MADE_SAFE: Folding.made_safe,
    EventKind.CHECKED: Folding.checked,
    EventKind.RATED: Folding.rated,
    EventKind.COUNTERSIGNED: Folding.countersigned,
    EventKind.REOPENED: Folding.reopened,
    EventKind.SUSPENDED: Folding.suspended,
    EventKind.RESUMED: Folding.resumed,
    EventKind.CONSULTATION_STARTED: Folding.consulting,
    EventKind.CONSULTATION_CONCLUDED: Folding.concluded,
    EventKind.DUPLICATE_REPORTED: Folding.duplicated,
    EventKind.PLAN_APPLIED: Folding.plan_applied,
    EventKind.RETURN_REQUESTED: Folding.requested,
    EventKind.EXTENSION_REQUESTED: Folding.requested,
    EventKind.SUSPENSION_REQUESTED: Folding.requested,
    EventKind.RETURN_DECIDED: Folding.decided,
    EventKind.EXTENSION_DECIDED: Folding.decided,
    EventKind.SUSPENSION_DECIDED: Folding.decided,
}


def last_effective(events: Iterable[Event]) -> Event | None:
    """The newest event that counts and is not itself an undo or a correction."""
    counted = effective(list(events))
    return counted[-1] if counted else None

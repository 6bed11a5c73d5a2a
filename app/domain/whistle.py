"""The whistle, its departments' assignments and its requests, as immutable values (domain 2.7, decisions 11–16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind


class WhistleState(StrEnum):
    """Where a case stands; ``open``, ``reopened`` and ``awaiting_check`` are derived from its assignments."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    OPEN = "open"
    CONSULTING = "consulting"
    SUSPENDED = "suspended"
    AWAITING_CHECK = "awaiting_check"
    REOPENED = "reopened"
    """Open again in a new episode, waiting for its first department."""
    CLOSED = "closed"
    RATED = "rated"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


WORKING_STATES = frozenset({WhistleState.OPEN, WhistleState.REOPENED, WhistleState.CONSULTING})
"""Departments may be sent and may report while the case is in one of these."""

BOARD_STATES = frozenset(
    {
        WhistleState.DRAFT,
        WhistleState.PENDING_APPROVAL,
        WhistleState.OPEN,
        WhistleState.CONSULTING,
        WhistleState.SUSPENDED,
        WhistleState.AWAITING_CHECK,
        WhistleState.REOPENED,
    }
)
"""Cases somebody still has to act on: the board of open whistles."""

ENDED_STATES = frozenset(WhistleState) - BOARD_STATES
"""Cases that are off the board: closed, rated, rejected, withdrawn, joined to another."""

DUE_STATES = BOARD_STATES | {WhistleState.CLOSED}
"""Cases that must have a next due instant (decisions 23); a closed one waits for its rating."""


class AssignmentState(StrEnum):
    """Where one department stands (domain 2.7)."""

    NOTIFIED = "notified"
    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"
    REPORTED_IN = "reported_in"
    WORKING = "working"
    DONE = "done"
    RELEASED = "released"


ON_SITE = frozenset({AssignmentState.REPORTED_IN, AssignmentState.WORKING})
FINISHED = frozenset({AssignmentState.DONE, AssignmentState.RELEASED})


class AssignmentRole(StrEnum):
    """主办 or 协办: one lead, any number of assists."""

    LEAD = "lead"
    ASSIST = "assist"


class Severity(StrEnum):
    """Triage grade of a daily matter (domain 3, severity)."""

    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class Source(StrEnum):
    """Where the whistle came from (domain 2.3)."""

    PATROL = "patrol"
    CALL = "call"
    HOTLINE_12345 = "hotline_12345"
    PETITION = "petition"
    UPPER_LEVEL = "upper_level"
    MEETING = "meeting"
    OTHER = "other"


class Precision(StrEnum):
    """Whether ``occurred_at`` is to the minute or about (phone-first records)."""

    EXACT = "exact"
    APPROX = "approx"


class RequestKind(StrEnum):
    """What somebody else must decide (domain 2.5, decisions 13)."""

    RETURN = "return"
    EXTENSION = "extension"
    SUSPENSION = "suspension"


class RequestState(StrEnum):
    """pending → granted | refused (decisions 13)."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"


class Waiting(StrEnum):
    """Whom or what a case on the board waits for."""

    SUBMIT = "submit"
    APPROVAL = "approval"
    LEVEL_UP = "level_up"
    DISPATCH = "dispatch"
    ACKNOWLEDGE = "acknowledge"
    REPORT_IN = "report_in"
    WORK = "work"
    CONSULTATION = "consultation"
    REVIEW = "review"
    CHECK = "check"
    RATING = "rating"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Whistle:
    """One case. Texts people typed are not here: ``words_id`` names the row that holds them (decisions 1)."""

    id: UUID
    state: WhistleState
    kind: WhistleKind
    severity: Severity
    grid: str
    community: str
    version: int
    policy_version: int
    blower: str
    owner: str
    occurred_at: datetime
    occurred_precision: Precision
    created_at: datetime
    level: UnitLevel = UnitLevel.GRID
    words_id: UUID | None = None
    number: str = ""
    place: str = ""
    matter: str = ""
    source: Source = Source.PATROL
    source_number: str = ""
    episode: int = 1
    rework_count: int = 0
    duplicate_count: int = 0
    ping_pong: bool = False
    review_flag: bool = False
    """An emergency went out without approval: reviewed at the next briefing (domain 2.7)."""
    skipped_level: bool = False
    merged_into: UUID | None = None
    submitted_at: datetime | None = None
    opened_at: datetime | None = None
    """Start of the whistle's clocks in this episode (decisions 18)."""
    dispatched_at: datetime | None = None
    made_safe_at: datetime | None = None
    consulting_at: datetime | None = None
    consulted_at: datetime | None = None
    """When the last consultation was concluded."""
    suspended_at: datetime | None = None
    review_at: datetime | None = None
    awaiting_check_at: datetime | None = None
    closed_at: datetime | None = None
    rated_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was rejected, withdrawn or merged."""
    score: int | None = None
    score_by_default: bool = False
    countersigned_by: str = ""
    extended_until: datetime | None = None
    close_due: datetime | None = None
    made_safe_due: datetime | None = None
    waiting: Waiting = Waiting.NOTHING
    deadline_at: datetime | None = None
    """The nearest limit of what is waited for; None while paused or when nothing is."""
    next_due_at: datetime | None = None
    """The nearest pending due row; never None in ``DUE_STATES``."""
    assigned: int = 0
    acknowledged: int = 0
    reported_in: int = 0
    done: int = 0
    danger: int = 2
    """Sort rank: 0 people may be hurt, 1 urgent, 2 the rest."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One department's part of a case, with its own version and clocks (decisions 4)."""

    id: UUID
    whistle_id: UUID
    department: str
    nth: int
    episode: int
    role: AssignmentRole
    state: AssignmentState
    version: int
    notified_at: datetime
    acknowledge_due: datetime
    report_in_due: datetime
    feedback_due: datetime | None
    acknowledged_at: datetime | None = None
    en_route_at: datetime | None = None
    reported_in_at: datetime | None = None
    report_in_words_id: UUID | None = None
    """The words that name the person on site."""
    working_at: datetime | None = None
    last_feedback_at: datetime | None = None
    feedback_count: int = 0
    done_at: datetime | None = None
    released_at: datetime | None = None
    no_show_at: datetime | None = None
    needs_attention: bool = False
    rework_count: int = 0
    extended_until: datetime | None = None

    @property
    def finished(self) -> bool:
        """Done or released: nothing more is expected."""
        return self.state in FINISHED


@dataclass(frozen=True, slots=True)
class Request:
    """A return, extension or suspension that somebody else decides; a row of its own (decisions 13)."""

    id: UUID
    whistle_id: UUID
    kind: RequestKind
    state: RequestState
    requested_by: str
    """Who asked: the department or member it is recorded for."""
    recorded_by: str
    requested_at: datetime
    assignment_id: UUID | None = None
    until: datetime | None = None
    words_id: UUID | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    decision_words_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A whistle with everything the rules need to decide about it."""

    whistle: Whistle
    assignments: tuple[Assignment, ...] = ()
    requests: tuple[Request, ...] = ()

    def current(self, department: str) -> Assignment | None:
        """The latest assignment of a department in this episode, if it has one."""
        mine = [a for a in self.assignments if a.department == department and a.episode == self.whistle.episode]
        return mine[-1] if mine else None

    def episode_assignments(self) -> tuple[Assignment, ...]:
        """Assignments of the running episode, in the order they were sent."""
        return tuple(a for a in self.assignments if a.episode == self.whistle.episode)

    def outstanding(self) -> tuple[Assignment, ...]:
        """Assignments of this episode that are neither done nor released."""
        return tuple(a for a in self.episode_assignments() if not a.finished)

    def pending(self, kind: RequestKind, assignment_id: UUID | None = None) -> Request | None:
        """The undecided request of a kind, for one assignment or for the whole case."""
        for request in self.requests:
            waiting = request.kind is kind and request.state is RequestState.PENDING
            if waiting and (assignment_id is None or request.assignment_id == assignment_id):
                return request
        return None


def assignment_id(whistle_id: UUID, department: str, nth: int) -> UUID:
    """The id of a department's nth assignment to a case: derived, so that every replay gives the same."""
    return uuid5(whistle_id, f"{department}/{nth}")


def left_board_at(whistle: Whistle) -> datetime | None:
    """When a case left the board: closed, rejected, withdrawn or joined; None while it is on it."""
    return None if whistle.state in BOARD_STATES else whistle.closed_at or whistle.ended_at or whistle.created_at


def no_show(assignment: Assignment, now: datetime) -> bool:
    """Overdue on site at ``now``, or came after the limit: derived, never stored as a state (decisions 13)."""
    if assignment.state is AssignmentState.RELEASED:
        return False
    return (assignment.reported_in_at or now) > assignment.report_in_due


def late_acknowledge(assignment: Assignment, now: datetime) -> bool:
    """Acknowledged after its limit, or not yet and the limit has passed at ``now``."""
    if assignment.state is AssignmentState.RELEASED and assignment.acknowledged_at is None:
        return False
    return (assignment.acknowledged_at or now) > assignment.acknowledge_due

"""Where each case stands: whistle, assignments, requests and dues, as folded from the events (design 2).

The CHECKs say what ``app.domain.fold`` guarantees, so that no other road can write a state that cannot be.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.domain.dues import DueKind
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.whistle import (
    BOARD_STATES,
    DUE_STATES,
    FINISHED,
    AssignmentRole,
    AssignmentState,
    Precision,
    RequestKind,
    RequestState,
    Severity,
    Source,
    Waiting,
    WhistleState,
)
from db.tables.base import Row, check, coded, none_of, one_of, partial, refers, same, unless

W = WhistleState
A = AssignmentState

ON_BOARD = none_of("state", frozenset(W) - BOARD_STATES)
"""The board's condition. Told by the states that are off it: a state nobody knows is then shown, not lost."""

NUMBERED = "number <> ''"
ON_A_BOARD = "short_number <> ''"
FROM_OUTSIDE = "source_number <> ''"
"""Conditions of partial indexes; a query must repeat them to the letter."""

UNFINISHED = none_of("state", FINISHED)
TO_RATE = "state = 'closed'"
PENDING = "state = 'pending'"
LEFT = "left_at IS NOT NULL"
MAYBE_UNSENT = {W.DRAFT, W.WITHDRAWN, W.MERGED}
NOT_OPENED = {W.DRAFT, W.PENDING_APPROVAL, W.REJECTED}
ENDED = {W.REJECTED, W.WITHDRAWN, W.MERGED}


class WhistleRow(Row, table=True):
    """One case; columns are the fields of ``app.domain.whistle.Whistle`` plus the keys it is sorted and found by."""

    __table_args__ = (
        refers("grid", "unit.code"),
        refers("community", "unit.code"),
        refers("place", "place.code"),
        refers("policy_version", "policy.version"),
        refers("words_id", "words.id"),
        refers("merged_into", "whistle.id", later=True),
        check("counts", "version >= 1 AND episode >= 1 AND rework_count >= 0 AND duplicate_count >= 0"),
        check("stages", "assigned >= 0 AND acknowledged BETWEEN 0 AND assigned AND reported_in BETWEEN 0 AND"
                        " assigned AND done BETWEEN 0 AND assigned"),
        check("danger", "danger BETWEEN 0 AND 2"),
        check("number", "number = '' OR number LIKE 'W-________-__%'"),
        check("numbered", unless(one_of("state", MAYBE_UNSENT), "number <> ''")),
        check("submitted_at", unless(one_of("state", MAYBE_UNSENT), "submitted_at IS NOT NULL")),
        check("not_opened", unless(none_of("state", NOT_OPENED), "opened_at IS NULL")),
        check("opened_at", unless(one_of("state", NOT_OPENED | ENDED), "opened_at IS NOT NULL")),
        check("consulting_at", unless("state <> 'consulting'", "consulting_at IS NOT NULL")),
        check("suspended_at", same("suspended_at IS NOT NULL", "state = 'suspended'")),
        check("review_at", same("review_at IS NOT NULL", "state = 'suspended'")),
        check("awaiting_check_at", unless("state <> 'awaiting_check'", "awaiting_check_at IS NOT NULL")),
        check("closed_at", same("closed_at IS NOT NULL", one_of("state", {W.CLOSED, W.RATED}))),
        check("rated_at", same("rated_at IS NOT NULL", "state = 'rated'")),
        check("rated", same("score IS NOT NULL", "state = 'rated'")),
        check("score", "score BETWEEN 1 AND 5"),
        check("score_by_default", unless("NOT score_by_default", "score IS NOT NULL")),
        check("countersigned", unless("countersigned_by = ''", "score IS NOT NULL")),
        check("ended_at", unless(none_of("state", ENDED), "ended_at IS NOT NULL")),
        check("not_ended", unless("ended_at IS NULL", one_of("state", ENDED | {W.DRAFT}))),
        check("merged_into", same("merged_into IS NOT NULL", "state = 'merged'")),
        check("merged_other", "merged_into <> id"),
        check("next_due_at", same("next_due_at IS NOT NULL", one_of("state", DUE_STATES))),
        check("deadline_at", unless("deadline_at IS NULL", "next_due_at IS NOT NULL")),
        check("board_at", unless("deadline_at IS NULL", "board_at = deadline_at")),
        partial("ix_whistle_board", "danger", "board_at", "id", where=ON_BOARD),
        partial("ix_whistle_open_grid", "grid", "kind", "deadline_at", "waiting", "assigned", "reported_in", "state",
                where=ON_BOARD),
        partial("ix_whistle_to_rate", "closed_at", where=TO_RATE),
        partial("uq_whistle_number", "number", where=NUMBERED, unique=True),
        partial("ix_whistle_short_number", "short_number", "number", where=ON_A_BOARD),
        partial("ix_whistle_source_number", "source_number", where=FROM_OUTSIDE),
        partial("ix_whistle_merged_into", "merged_into", where="merged_into IS NOT NULL"),
        partial("ix_whistle_next_due", "next_due_at", where="next_due_at IS NOT NULL"),
        partial("ix_whistle_left", "state", "left_at", "id", where=LEFT),
        partial("ix_whistle_left_grid", "grid", "state", "left_at", "id", where=LEFT),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    state: W = Field(sa_type=coded(W, "state"))
    kind: WhistleKind = Field(sa_type=coded(WhistleKind, "kind"))
    severity: Severity = Field(sa_type=coded(Severity, "severity"))
    grid: str | None = None
    community: str | None = None
    version: int
    policy_version: int
    blower: str
    owner: str
    occurred_at: datetime
    occurred_precision: Precision = Field(sa_type=coded(Precision, "occurred_precision"))
    created_at: datetime
    level: UnitLevel = Field(sa_type=coded(UnitLevel, "level"))
    words_id: UUID | None = None
    number: str = ""
    place: str | None = None
    matter: str = ""
    source: Source = Field(sa_type=coded(Source, "source"))
    source_number: str = ""
    episode: int
    rework_count: int
    duplicate_count: int
    ping_pong: bool
    review_flag: bool
    skipped_level: bool
    merged_into: UUID | None = None
    submitted_at: datetime | None = None
    opened_at: datetime | None = None
    dispatched_at: datetime | None = None
    made_safe_at: datetime | None = None
    consulting_at: datetime | None = None
    consulted_at: datetime | None = None
    suspended_at: datetime | None = None
    review_at: datetime | None = None
    awaiting_check_at: datetime | None = None
    closed_at: datetime | None = None
    rated_at: datetime | None = None
    ended_at: datetime | None = None
    score: int | None = None
    score_by_default: bool
    countersigned_by: str = ""
    extended_until: datetime | None = None
    close_due: datetime | None = None
    made_safe_due: datetime | None = None
    waiting: Waiting = Field(sa_type=coded(Waiting, "waiting"))
    deadline_at: datetime | None = None
    next_due_at: datetime | None = None
    assigned: int
    acknowledged: int
    reported_in: int
    done: int
    danger: int
    short_number: str = ""
    """The number as the board shows it, ``0702-01``."""
    board_at: datetime
    """``deadline_at``, or the end of time: cases without a limit come last on the board."""
    left_at: datetime | None = None
    """When it left the board; NULL while it is on it."""


class AssignmentRow(Row, table=True):
    """One department's part of a case."""

    __table_args__ = (
        refers("whistle_id", "whistle.id"),
        refers("department", "department.code"),
        refers("report_in_words_id", "words.id"),
        UniqueConstraint("whistle_id", "department", "nth"),
        check("counts", "nth >= 1 AND episode >= 1 AND version >= 0 AND feedback_count >= 0 AND rework_count >= 0"),
        check("acknowledged_at", unless(one_of("state", {A.NOTIFIED, A.RELEASED}), "acknowledged_at IS NOT NULL")),
        check("en_route_at", unless("state <> 'en_route'", "en_route_at IS NOT NULL")),
        check("reported_in_at", unless(none_of("state", {A.REPORTED_IN, A.WORKING, A.DONE}),
                                       "reported_in_at IS NOT NULL")),
        check("working_at", unless("state <> 'working'", "working_at IS NOT NULL")),
        check("done_at", same("done_at IS NOT NULL", "state = 'done'")),
        check("released_at", same("released_at IS NOT NULL", "state = 'released'")),
        check("feedback_due", unless(one_of("state", FINISHED), "feedback_due IS NOT NULL")),
        partial("uq_assignment_lead", "whistle_id", "episode", unique=True,
                where="role = 'lead' AND state <> 'released'"),
        partial("uq_assignment_live", "whistle_id", "department", unique=True, where=UNFINISHED),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    whistle_id: UUID
    department: str
    nth: int
    episode: int
    role: AssignmentRole = Field(sa_type=coded(AssignmentRole, "role"))
    state: A = Field(sa_type=coded(A, "state"))
    version: int
    notified_at: datetime
    acknowledge_due: datetime
    report_in_due: datetime
    feedback_due: datetime | None = None
    acknowledged_at: datetime | None = None
    en_route_at: datetime | None = None
    reported_in_at: datetime | None = None
    report_in_words_id: UUID | None = None
    working_at: datetime | None = None
    last_feedback_at: datetime | None = None
    feedback_count: int
    done_at: datetime | None = None
    released_at: datetime | None = None
    no_show_at: datetime | None = None
    needs_attention: bool
    rework_count: int
    extended_until: datetime | None = None
    position: int
    """Where it stands among the case's assignments: the order they were sent in."""


class RequestRow(Row, table=True):
    """A return, extension or suspension that somebody else decides."""

    __table_args__ = (
        refers("whistle_id", "whistle.id"),
        refers("assignment_id", "assignment.id", later=True),
        refers("words_id", "words.id"),
        refers("decision_words_id", "words.id"),
        check("decided_at", same("decided_at IS NULL", "state = 'pending'")),
        check("decided_by", same("decided_by = ''", "state = 'pending'")),
        check("subject", same("assignment_id IS NULL", "kind = 'suspension'")),
        check("until", unless("kind = 'return'", "until IS NOT NULL")),
        Index(None, "whistle_id"),
        Index(None, "assignment_id"),
    )

    id: UUID = Field(primary_key=True)
    whistle_id: UUID
    kind: RequestKind = Field(sa_type=coded(RequestKind, "kind"))
    state: RequestState = Field(sa_type=coded(RequestState, "state"))
    requested_by: str
    recorded_by: str
    requested_at: datetime
    assignment_id: UUID | None = None
    until: datetime | None = None
    words_id: UUID | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    decision_words_id: UUID | None = None
    position: int


class DueState(StrEnum):
    """pending → fired, or cancelled when the case moved on; a cancelled one may be pending again."""

    PENDING = "pending"
    FIRED = "fired"
    CANCELLED = "cancelled"


class DueRow(Row, table=True):
    """An instant at which something must be looked at (decisions 3, 23).

    The kinds grow with the product: they are refused by the program instead of by a CHECK.
    """

    __table_args__ = (
        refers("whistle_id", "whistle.id"),
        refers("assignment_id", "assignment.id", later=True),
        check("nth", "nth >= 1"),
        partial("uq_due_whistle", "whistle_id", "kind", "nth", unique=True, where="assignment_id IS NULL"),
        partial("uq_due_assignment", "assignment_id", "kind", "nth", unique=True,
                where="assignment_id IS NOT NULL"),
        partial("ix_due_pending", "at", "id", where=PENDING),
        Index(None, "whistle_id", "at"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    whistle_id: UUID
    assignment_id: UUID | None = None
    kind: DueKind = Field(sa_type=coded(DueKind, "kind", checked=False))
    nth: int
    at: datetime
    state: DueState = Field(sa_type=coded(DueState, "state"))

"""Rounds: the rules they go by as numbered versions, and where each one stands (domain 4, 5; behaviours 16–18)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.org import Role
from app.domain.planned_round import PlannedState, Stage, Timing
from app.domain.posture import Posture
from app.domain.recurrence import Days
from app.domain.round import RoundState
from app.domain.whistle import Severity
from db.tables.base import Row, check, coded, partial, refers, same, unless

UNDER_WAY = "state = 'under_way'"
WAITED_FOR = "state = 'planned'"
TO_SAY = "next_at IS NOT NULL"
LISTENED_FOR = "check_in_at IS NOT NULL"
IN_FORCE = "ended_at IS NULL"
"""Conditions of partial indexes; a query must repeat them to the letter."""


class PatrolRulesRow(Row, table=True):
    """One numbered version of the rules for rounds, as loaded; a trigger keeps it as it is (decisions 7)."""

    __table_args__ = (check("version", "version >= 1"), check("body", "body <> ''"))

    version: int = Field(primary_key=True)
    body: str
    """The TOML as it was loaded, comments and all."""
    digest: str
    """SHA-256 of ``body``, hex."""
    loaded_at: datetime


class RoundRow(Row, table=True):
    """Where a round stands; its answers are in its entries, stream ``round/<hex>``."""

    __table_args__ = (
        refers("grid", "unit.code"),
        refers("rules_version", "patrol_rules.version"),
        check("counts", "version >= 1 AND asked >= 0 AND answered >= 0 AND problems >= 0"),
        check("ended_at", same("ended_at IS NULL", UNDER_WAY)),
        check("team", "team <> ''"),
        check("check_in", unless("check_in_at IS NULL", UNDER_WAY)),
        partial("ix_round_under_way", "started_at", "id", where=UNDER_WAY),
        partial("ix_round_check_in", "check_in_at", "id", where=LISTENED_FOR),
        Index("ix_round_started", "started_at"),
        Index("ix_round_grid", "grid", "started_at"),
    )

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True)
    version: int
    state: RoundState = Field(sa_type=coded(RoundState, "state", checked=False))
    template: str
    route: str = ""
    grid: str
    rules_version: int
    team: str
    """Member codes with a space between, who leads it first."""
    started_at: datetime
    ended_at: datetime | None = None
    asked: int
    answered: int
    problems: int
    planned: UUID | None = None
    """The planned round that it is; NULL = voluntary."""
    heard_at: datetime | None = None
    """When somebody last heard from the team; NULL in rows of an earlier program."""
    check_in_at: datetime | None = None
    """When somebody must have heard from them again, or is told once more; NULL once it is over."""


class RoundPlanRow(Row, table=True):
    """A plan that somebody set; those of the rules stand in the rules. Columns as in ``app.domain.round_plan``."""

    __table_args__ = (
        refers("grid", "unit.code"),
        check("windows", "windows <> ''"),
        check("team", "team >= 1"),
        partial("ix_round_plan_in_force", "id", where=IN_FORCE),
    )

    id: str = Field(primary_key=True)
    """``P-`` and eight digits."""
    name: str
    template: str
    route: str
    grid: str
    windows: str
    """``07:00-07:40`` with a space between."""
    days: Days = Field(sa_type=coded(Days, "days", checked=False))
    weekdays: str
    team: int
    role: Role = Field(sa_type=coded(Role, "role", checked=False))
    place: str
    permit: str
    whistle: str
    until: datetime | None = None
    set_by: str
    set_at: datetime
    ended_at: datetime | None = None
    """It is due no more: somebody ended it, or its case was closed."""


class PlannedRoundRow(Row, table=True):
    """One round that is due; columns are the fields of ``app.domain.planned_round.PlannedRound``."""

    __table_args__ = (
        refers("grid", "unit.code"),
        refers("round_id", "round.id", later=True),
        check("counts", "version >= 1 AND team >= 1"),
        check("window", "opens < closes"),
        check("waited_for", unless(TO_SAY, "state <> 'planned'")),
        check("over", unless("next_at IS NULL", "state IN ('planned', 'under_way')")),
        check("walked", unless("round_id IS NOT NULL", "state IN ('planned', 'missed', 'dropped')")),
        partial("ix_planned_round_next", "next_at", "id", where=TO_SAY),
        partial("ix_planned_round_waited_for", "grid", "opens", where=WAITED_FOR),
        Index("ix_planned_round_opens", "opens"),
        Index("ix_planned_round_plan", "plan", "opens"),
        partial("ix_planned_round_round", "round_id", where="round_id IS NOT NULL"),
    )

    id: UUID = Field(primary_key=True)
    plan: str
    key: str
    template: str
    grid: str
    route: str
    role: Role = Field(sa_type=coded(Role, "role", checked=False))
    team: int
    posture: Posture = Field(sa_type=coded(Posture, "posture", checked=False))
    opens: datetime
    closes: datetime
    start_by: datetime
    soon_at: datetime
    state: PlannedState = Field(sa_type=coded(PlannedState, "state", checked=False))
    stage: Stage | None = Field(default=None, sa_type=coded(Stage, "stage", checked=False))
    next_at: datetime | None = None
    round_id: UUID | None = None
    timing: Timing | None = Field(default=None, sa_type=coded(Timing, "timing", checked=False))
    whistle: str
    version: int


class FindingRow(Row, table=True):
    """A problem of a round as it stands: derived from the round's entries, written anew with each of them."""

    __table_args__ = (
        refers("round_id", "round.id"),
        check("point", "point >= 1"),
        Index("ix_finding_grid", "grid", "kind", "place", "at"),
        Index("ix_finding_at", "at"),
    )

    round_id: UUID = Field(primary_key=True)
    point: int = Field(primary_key=True)
    question: str = Field(primary_key=True)
    kind: str
    """The matter type it is about, or ``template/question``."""
    place: str
    """The point's Chinese name."""
    grid: str
    route: str = ""
    at: datetime
    severity: Severity = Field(sa_type=coded(Severity, "severity"))
    handled: bool
    """Solved on the spot."""


class RoundDayRow(Row, table=True):
    """The last number given to a round on a street day; numbers are never given twice."""

    __table_args__ = (check("last", "last >= 1"),)

    day: date = Field(primary_key=True)
    last: int

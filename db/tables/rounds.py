"""Rounds: the rules they go by as numbered versions, and where each one stands (domain 4, 5; behaviours 16–18)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.round import RoundState
from app.domain.whistle import Severity
from db.tables.base import Row, check, coded, partial, refers, same

UNDER_WAY = "state = 'under_way'"
"""Condition of a partial index; a query must repeat it to the letter."""


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
        partial("ix_round_under_way", "started_at", "id", where=UNDER_WAY),
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

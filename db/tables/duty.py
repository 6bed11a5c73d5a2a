"""The roster: shifts of the street's desk with leader, officers and who is on duty in each grid (domain 6.2)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.domain.org import ShiftKind
from db.tables.base import Row, check, coded, refers


class ShiftRow(Row, table=True):
    """A duty shift, [starts_at, ends_at)."""

    __table_args__ = (
        refers("leader", "member.code", later=True),
        check("code", "code <> ''"),
        check("span", "ends_at > starts_at"),
        Index(None, "ends_at"),
    )

    code: str = Field(primary_key=True)
    kind: ShiftKind = Field(sa_type=coded(ShiftKind, "kind"))
    starts_at: datetime
    ends_at: datetime
    leader: str | None = None
    retired_at: datetime | None = None


class ShiftOfficerRow(Row, table=True):
    """An officer of a shift, in the order of the roster."""

    __table_args__ = (
        refers("shift", "shift.code", later=True),
        refers("member", "member.code", later=True),
        UniqueConstraint("shift", "member"),
    )

    shift: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    member: str


class GridDutyRow(Row, table=True):
    """Who is on duty in one grid during a shift."""

    __table_args__ = (
        refers("shift", "shift.code", later=True),
        refers("grid", "unit.code", later=True),
        refers("member", "member.code", later=True),
        UniqueConstraint("shift", "grid", "member"),
    )

    shift: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    grid: str
    member: str

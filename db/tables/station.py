"""The database itself: its identity and clock, the policy's versions, the numbers given out."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from db.tables.base import Row, check, same


class MetaRow(Row, table=True):
    """One row: which street, drill or not (for ever), and the drill's clock (decisions 3, 20)."""

    __table_args__ = (
        check("single", "id = 1"),
        check("clock_whole", same("clock_drill_at IS NULL", "clock_real_at IS NULL")),
        check("clock_of_drill", "drill OR clock_drill_at IS NULL"),
        check("clock_speed", "clock_speed >= 0"),
    )

    id: int = Field(default=1, primary_key=True)
    uuid: UUID = Field(unique=True)
    drill: bool
    street: str = ""
    clock_drill_at: datetime | None = None
    clock_real_at: datetime | None = None
    clock_speed: float = 1.0


class PolicyRow(Row, table=True):
    """One numbered version of the policy, as loaded; a trigger keeps it as it is (decisions 7)."""

    __table_args__ = (check("version", "version >= 1"), check("body", "body <> ''"))

    version: int = Field(primary_key=True)
    body: str
    digest: str
    """SHA-256 of ``body``, hex."""
    loaded_at: datetime


class NumberDayRow(Row, table=True):
    """The last case number given on a street day; numbers are never given twice (decisions 6)."""

    __table_args__ = (check("last", "last >= 1"),)

    day: date = Field(primary_key=True)
    last: int

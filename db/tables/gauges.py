"""Gauge readings, and what of them was told (domain 4.1; behaviours 19)."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.checklist import Trend
from app.domain.gauge_turns import Matter
from db.tables.base import Row, check, coded, partial

FROM_ROUND = "source NOT IN ('csv', 'typed')"
"""Condition of a partial index; a query must repeat it to the letter."""


class GaugeReadingRow(Row, table=True):
    """One reading, one for each instant of a gauge; one that was corrected is in the entries alone."""

    __table_args__ = (
        check("gauge", "gauge <> ''"),
        check("source", "source <> ''"),
        Index("ix_gauge_reading_slot", "gauge", "slot", "millimetres", "at"),
        partial("ix_gauge_reading_source", "source", where=FROM_ROUND),
    )

    gauge: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    slot: int
    """Which half hour since 1970 it lies in: the highest and lowest of each are found without the others."""
    millimetres: int
    """Above the gauge's datum."""
    trend: Trend | None = Field(default=None, sa_type=coded(Trend, "trend", checked=False))
    source: str
    recorded_at: datetime


class GaugeToldRow(Row, table=True):
    """What was told last of a gauge's level, or of its falling water."""

    gauge: str = Field(primary_key=True)
    matter: Matter = Field(primary_key=True, sa_type=coded(Matter, "matter", checked=False))
    up: bool
    at: datetime
    """Of the reading that was the news."""

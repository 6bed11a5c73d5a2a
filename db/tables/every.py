"""Every table of the product, as SQLModel classes with their constraints; ``METADATA`` holds them all."""

from db.tables import (
    briefing,
    cases,
    duty,
    events,
    flood,
    gauges,
    handover,
    org,
    reminders,
    rounds,
    search,
    shift_log,
    station,
    street_map,
)
from db.tables.base import Row

METADATA = Row.metadata

__all__ = [
    "METADATA",
    "Row",
    "briefing",
    "cases",
    "duty",
    "events",
    "flood",
    "gauges",
    "handover",
    "org",
    "reminders",
    "rounds",
    "search",
    "shift_log",
    "station",
    "street_map",
]

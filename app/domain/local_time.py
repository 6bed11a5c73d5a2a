"""Local times of the street as instants; nothing else, for every start reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AHEAD = timedelta(minutes=5)
"""How far a typed instant may lie in the future: clocks on the wall differ."""


def at_local(day: date, clock: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    """The instant, in UTC, of a local time; one that the clocks skip (DST) is the instant of the change."""
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=fold), zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    early, late = sorted(local.replace(fold=side).astimezone(UTC) for side in (0, 1))
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)

"""Instants as the desk writes them, 00:38 and 07-03, and when what is left of a limit next reads otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def hm(instant: datetime, zone: ZoneInfo) -> str:
    """``00:38`` in the street's zone."""
    return instant.astimezone(zone).strftime("%H:%M")


def day(instant: datetime, zone: ZoneInfo) -> str:
    """``07-03`` in the street's zone."""
    return instant.astimezone(zone).strftime("%m-%d")


def changes_in(deadline: datetime, now: datetime) -> timedelta:
    """How long until what is left reads otherwise: each minute, and each second within one."""
    rest = deadline - now
    size = abs(rest)
    if size < MINUTE:
        return timedelta(seconds=1)
    into = timedelta(seconds=size.total_seconds() % 60)
    return max(timedelta(seconds=1), into if rest > timedelta(0) else MINUTE - into)

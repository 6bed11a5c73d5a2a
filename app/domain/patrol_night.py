"""When it is night, and how many walk together then (domain 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.local_time import at_local

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NightRule:
    """A span of local times; past midnight too."""

    begins: time = time(19)
    ends: time = time(7)
    team: int = 2

    def holds(self, local: datetime) -> bool:
        """Whether a local instant is at night."""
        now = local.time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends

    def begins_after(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The instant, in UTC, at which the night begins that comes after an instant."""
        local = at.astimezone(zone)
        today = at_local(local.date(), self.begins, zone)
        return today if today > at else at_local(local.date() + _DAY, self.begins, zone)

    def hear_by(self, heard: datetime, every: timedelta, zone: ZoneInfo) -> datetime | None:
        """When somebody must hear again from a team heard at an instant: ``every`` at night, by day nobody need.

        Who is out as the night begins is listened for from then on (domain 4.4); the later it was heard the later
        this is. None where no night is long enough.
        """
        since = heard if self.holds(heard.astimezone(zone)) else self.begins_after(heard, zone)
        if not self.holds((since + every).astimezone(zone)):
            since = self.begins_after(since + every, zone)
        return since + every if self.holds((since + every).astimezone(zone)) else None

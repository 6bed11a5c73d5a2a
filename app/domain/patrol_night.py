"""When it is night, and how many walk together then (domain 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time


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

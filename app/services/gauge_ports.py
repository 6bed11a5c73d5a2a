"""What gauges need from a store beside the ports of every use case; reached by ``Reads.gauges``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from app.domain.gauge import Reading, Spot
from app.domain.gauge_turns import Matter, Told

SLOT = timedelta(minutes=30)
"""A curve has the lowest and the highest reading of each such span, however many there are."""
MOST_READINGS = 10_000
"""Readings that one list holds."""


class GaugeReads(Protocol):
    """Reads of gauge readings; spans are [since, until]."""

    def latest(self, gauge: str) -> Reading | None: ...
    def reading(self, gauge: str, at: datetime) -> Reading | None: ...
    def of_source(self, source: str) -> Reading | None:
        """The reading that an answer of a round made."""

    def readings(self, gauge: str, since: datetime, until: datetime, limit: int = MOST_READINGS) -> tuple[Reading, ...]:
        """The latest first."""

    def spots(self, gauge: str, since: datetime, until: datetime) -> tuple[Spot, ...]:
        """Every reading of a span by time, nothing but when and how high."""

    def curve(self, gauge: str, since: datetime, until: datetime) -> tuple[Spot, ...]:
        """At most two readings for each ``SLOT``, by time, the span's last one among them."""

    def told(self, gauge: str) -> Mapping[Matter, Told]:
        """What was told of last."""


class GaugeWrites(GaugeReads, Protocol):
    """Changes of the same."""

    def add(self, readings: Sequence[Reading]) -> None:
        """Store readings of instants at which there is none yet."""

    def replace(self, readings: Sequence[Reading]) -> None:
        """Put readings in the place of those of the same instants."""

    def remove(self, gauge: str, at: datetime) -> None: ...
    def untell(self, gauge: str, matter: Matter) -> None: ...
    def tell(self, gauge: str, matter: Matter, told: Told) -> None: ...

"""Gauge readings: the latest, a span of them, and the few that a curve is drawn from (domain 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update

from app.domain.gauge import Reading, Spot
from app.domain.gauge_turns import Matter, Told
from app.services.gauge_ports import MOST_READINGS, SLOT
from db.repositories.rows import AnyRow, Rows
from db.tables.base import table
from db.tables.gauges import FROM_ROUND, GaugeReadingRow, GaugeToldRow

READING = table(GaugeReadingRow)
TOLD = table(GaugeToldRow)
BATCH = 5_000
"""Rows that one statement carries."""
_R = READING.c
_SECONDS = int(SLOT.total_seconds())

_WHOLE = select(_R.gauge, _R.at, _R.millimetres, _R.trend, _R.source, _R.recorded_at)
_OF_GAUGE = _R.gauge == bindparam("of_gauge")
_IN_SPAN = (_R.at >= bindparam("since")) & (_R.at <= bindparam("until"))
_LATEST = _WHOLE.where(_OF_GAUGE).order_by(_R.at.desc()).limit(1)
_ONE = _WHOLE.where(_OF_GAUGE, _R.at == bindparam("of_at"))
_OF_SOURCE = _WHOLE.where(_R.source == bindparam("of_source"), text(FROM_ROUND)).limit(1)
_SPAN = _WHOLE.where(_OF_GAUGE, _IN_SPAN).order_by(_R.at.desc()).limit(bindparam("at_most"))
_SPOTS = select(_R.at, _R.millimetres).where(_OF_GAUGE, _IN_SPAN).order_by(_R.at)

_SLOTS = select(bindparam("first").label("slot")).cte("slots", recursive=True)
_SLOTS = _SLOTS.union_all(select(_SLOTS.c.slot + 1).where(_SLOTS.c.slot < bindparam("last")))
_CURVE = select(*(
    select(column).where(_OF_GAUGE, _R.slot == _SLOTS.c.slot).order_by(*order).limit(1).scalar_subquery()
    for order in ((_R.millimetres, _R.at), (_R.millimetres.desc(), _R.at.desc()))
    for column in (_R.at, _R.millimetres)
)).select_from(_SLOTS)  # fmt: skip
"""The lowest and the highest of each slot, out of the index alone; a slot costs the same however full it is."""

_TOLD_OF = select(TOLD.c.matter, TOLD.c.up, TOLD.c.at).where(TOLD.c.gauge == bindparam("of_gauge"))
_TELL = update(TOLD).where(TOLD.c.gauge == bindparam("of_gauge"), TOLD.c.matter == bindparam("of_matter"))
_UNTELL = delete(TOLD).where(TOLD.c.gauge == bindparam("of_gauge"), TOLD.c.matter == bindparam("of_matter"))
_REPLACE = update(READING).where(_OF_GAUGE, _R.at == bindparam("of_at"))
_REMOVE = delete(READING).where(_OF_GAUGE, _R.at == bindparam("of_at"))


class GaugeReading(Rows):
    """``app.services.gauge_ports.GaugeReads`` over one transaction."""

    def latest(self, gauge: str) -> Reading | None:
        """The last reading by its own time."""
        return self._one(_LATEST, _reading, {"of_gauge": gauge})

    def reading(self, gauge: str, at: datetime) -> Reading | None:
        """The reading of an instant."""
        return self._one(_ONE, _reading, {"of_gauge": gauge, "of_at": at})

    def of_source(self, source: str) -> Reading | None:
        """The reading that an answer of a round made."""
        return self._one(_OF_SOURCE, _reading, {"of_source": source})

    def readings(
        self, gauge: str, since: datetime, until: datetime, limit: int = MOST_READINGS
    ) -> tuple[Reading, ...]:  # fmt: skip
        """The readings of a span, the latest first."""
        return tuple(self._all(_SPAN, _reading, {**_span(gauge, since, until), "at_most": limit}))

    def spots(self, gauge: str, since: datetime, until: datetime) -> tuple[Spot, ...]:
        """Every reading of a span by time."""
        return tuple(self._all(_SPOTS, _spot, _span(gauge, since, until)))

    def curve(self, gauge: str, since: datetime, until: datetime) -> tuple[Spot, ...]:
        """At most two readings for each slot, and the span's last one."""
        values = {"of_gauge": gauge, "first": slot_of(since), "last": slot_of(until)}
        found = set(self._all(_LATEST_UNTIL, _spot, {"of_gauge": gauge, "until": until}))
        for low_at, low, high_at, high in self._all(_CURVE, tuple, values):
            if low_at is not None:
                found |= {Spot(low_at, _metres(low)), Spot(high_at, _metres(high))}
        return tuple(sorted(one for one in found if since <= one.at <= until))

    def told(self, gauge: str) -> Mapping[Matter, Told]:
        """What was told of last."""
        rows = self._all(_TOLD_OF, lambda row: (row[0], Told(row[1], row[2])), {"of_gauge": gauge})
        return dict(rows)


_LATEST_UNTIL = (
    select(_R.at, _R.millimetres).where(_OF_GAUGE, _R.at <= bindparam("until")).order_by(_R.at.desc()).limit(1)
)


class GaugeWriting(GaugeReading):
    """``app.services.gauge_ports.GaugeWrites`` over one transaction."""

    def add(self, readings: Sequence[Reading]) -> None:
        """Store readings of instants at which there is none yet."""
        for some in _batches(readings):
            self._connection.execute(insert(READING), [_row(one) for one in some])

    def replace(self, readings: Sequence[Reading]) -> None:
        """Put readings in the place of those of the same instants."""
        for some in _batches(readings):
            self._connection.execute(_REPLACE, [
                {**_row(one), "of_gauge": one.gauge, "of_at": one.at} for one in some])  # fmt: skip

    def remove(self, gauge: str, at: datetime) -> None:
        """Take a reading away."""
        self._connection.execute(_REMOVE, {"of_gauge": gauge, "of_at": at})

    def untell(self, gauge: str, matter: Matter) -> None:
        """Forget what was told."""
        self._connection.execute(_UNTELL, {"of_gauge": gauge, "of_matter": matter})

    def tell(self, gauge: str, matter: Matter, told: Told) -> None:
        """Remember what was told."""
        row = {"gauge": gauge, "matter": matter, "up": told.up, "at": told.at}
        if not self._connection.execute(_TELL, {**row, "of_gauge": gauge, "of_matter": matter}).rowcount:
            self._connection.execute(insert(TOLD), row)


def slot_of(at: datetime) -> int:
    """Which half hour since 1970."""
    return int(at.timestamp()) // _SECONDS


def _span(gauge: str, since: datetime, until: datetime) -> dict[str, object]:
    return {"of_gauge": gauge, "since": since, "until": until}


def _batches(readings: Sequence[Reading]) -> Iterator[Sequence[Reading]]:
    for start in range(0, len(readings), BATCH):
        yield readings[start : start + BATCH]


def _row(one: Reading) -> dict[str, Any]:
    return {
        "gauge": one.gauge, "at": one.at, "slot": slot_of(one.at), "millimetres": int(one.metres * 1000),
        "trend": one.trend, "source": one.source, "recorded_at": one.recorded_at,
    }  # fmt: skip


def _spot(row: AnyRow) -> Spot:
    at, millimetres = row
    return Spot(at, _metres(millimetres))


def _reading(row: AnyRow) -> Reading:
    gauge, at, millimetres, trend, source, recorded_at = row
    return Reading(gauge, at, _metres(millimetres), trend, source, recorded_at)


def _metres(millimetres: int) -> Decimal:
    """Exact, as ``app.domain.gauge.tidy`` writes it: 200350 → 200.35, 200000 → 200.00."""
    if millimetres % 10:
        return Decimal(millimetres).scaleb(-3)
    return Decimal(millimetres // 10).scaleb(-2)

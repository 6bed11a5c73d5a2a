"""What a gauge's reading is held against before it is believed: those that are stored, and the file it came with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from app.domain.gauge import Spot
from app.domain.gauge_doubt import LOOKED_AT, doubt
from app.domain.message import Message
from app.domain.route import Gauge
from app.services.gauge_file import NAMED, FileReading, GaugeFile
from app.services.ports import Reads

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_NEXT = timedelta(days=1)
"""So far after a reading the next one is looked for, where there is none before it."""


def near(reads: Reads, gauge: str, at: datetime) -> tuple[Spot, ...]:
    """The last readings before an instant, the latest first; where there is none the next one after it."""
    before = reads.gauges.readings(gauge, _EVER, at - timedelta(seconds=1), LOOKED_AT)
    if before:
        return tuple(one.spot for one in before)
    return reads.gauges.spots(gauge, at + timedelta(seconds=1), at + _NEXT)[:1]


def without_slips(reads: Reads, gauges: Mapping[str, Gauge], file: GaugeFile) -> GaugeFile:
    """A file without the lines that look like a slip, each named with the bad ones; what is stored already stays."""
    doubted: dict[int, Message] = {}
    by_gauge = sorted(file.readings, key=lambda one: (one.gauge, one.at))
    for gauge, lines in groupby(by_gauge, key=lambda one: one.gauge):
        doubted |= _slips(reads, gauges[gauge], list(lines))
    if not doubted:
        return file
    named = [Message("line {n}: {reason}", {"n": line, "reason": doubted[line]}) for line in sorted(doubted)]
    return replace(
        file, readings=tuple(one for one in file.readings if one.line not in doubted),
        problems=(*file.problems, *named)[:NAMED], bad=file.bad + len(doubted),
    )  # fmt: skip


def _slips(reads: Reads, gauge: Gauge, lines: Sequence[FileReading]) -> Mapping[int, Message]:
    """Why lines of one gauge are doubted; ``lines`` by time."""
    before = list(near(reads, gauge.id, lines[0].at))
    found: dict[int, tuple[FileReading, Message]] = {}
    for line in lines:
        spot = Spot(line.at, line.metres)
        close = bool(before) and abs(spot.metres - before[0].metres) <= gauge.jump  # nearly all of a file's lines
        doubted = None if close else doubt(gauge, spot, before)
        if doubted is None:
            before = [spot, *before[: LOOKED_AT - 1]]
        else:
            found[line.line] = line, doubted
    if not found:
        return {}
    known = set(reads.gauges.spots(gauge.id, lines[0].at, lines[-1].at))
    return {n: why for n, (line, why) in found.items() if Spot(line.at, line.metres) not in known}

"""Writes gauge readings with their entries, and what of them is news, inside a transaction of whoever records them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Actor, Channel
from app.domain.events import Event, EventKind, Json
from app.domain.gauge import CSV, Reading
from app.domain.gauge_turns import TAIL, Crossing, Told, Turn, news_of
from app.domain.message import Message
from app.domain.org import Role
from app.domain.route import Gauge
from app.domain.text import NAME_CAP, clean
from app.services.gauge_file import FileReading, GaugeFile
from app.services.ports import Clock, Writes


@dataclass(frozen=True, slots=True)
class Recorded:
    """A reading and what it made news."""

    reading: Reading
    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file came to, in readings."""

    new: int
    corrected: int
    """They took the place of others of the same instant."""
    known: int
    """They were there already."""
    bad: int = 0
    problems: tuple[Message, ...] = ()
    ignored: tuple[str, ...] = ()
    """Columns that nobody asked for."""
    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Whom and what a reading's entry names."""

    id: UUID
    actor: Actor
    role: Role
    on_behalf_of: str = ""
    channel: Channel = Channel.TERMINAL


class GaugeLog:
    """Keeps readings; ``announce`` is where their news becomes notices."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def keep(
        self, writes: Writes, gauge: Gauge, reading: Reading, entry: Entry, replaced: Reading | None = None
    ) -> Recorded:
        """Store one reading; ``replaced`` was taken away for it. One that is there already makes no entry."""
        latest = writes.gauges.latest(gauge.id)
        there = writes.gauges.reading(gauge.id, reading.at)
        if there is not None and (there.metres, there.trend) == (reading.metres, reading.trend) and replaced is None:
            return Recorded(there)
        if there is None:
            writes.gauges.add([reading])
        else:
            writes.gauges.replace([reading])
        instead = replaced or there
        payload: dict[str, Json] = {
            "gauge": gauge.id, "at": reading.at.isoformat(), "metres": str(reading.metres),
            "trend": reading.trend.value if reading.trend else None, "source": reading.source,
            "instead_of": [instead.at.isoformat(), str(instead.metres)] if instead else None,
        }  # fmt: skip
        writes.append([self._event(writes, entry, EventKind.GAUGE_READ, gauge.id, payload, reading.at)])
        return Recorded(reading, self.news(writes, gauge, latest.at if latest else None, entry))

    def load(self, writes: Writes, gauges: Mapping[str, Gauge], file: GaugeFile, entry: Entry, name: str) -> Imported:
        """Store the readings of a file under one entry, whatever of them is not there yet."""
        now = self._clock.now()
        written: dict[str, Json] = {}
        latest: dict[str, datetime | None] = {}
        new = corrected = 0
        by_gauge = sorted(file.readings, key=lambda one: (one.gauge, one.at))
        for gauge, lines in groupby(by_gauge, key=lambda one: one.gauge):
            before = writes.gauges.latest(gauge)
            fresh, others = _told_apart(writes, gauge, list(lines), now)
            writes.gauges.add(fresh)
            writes.gauges.replace(others)
            new, corrected = new + len(fresh), corrected + len(others)
            if fresh or others:
                latest[gauge] = before.at if before else None
                written[gauge] = [_brief(one) for one in (*fresh, *others)]
        crossings: list[Crossing] = []
        if written:
            label = clean(name, one_line=True)
            payload: dict[str, Json] = {"new": new, "corrected": corrected, "skipped": file.bad, "readings": written}
            writes.append([self._event(writes, entry, EventKind.GAUGES_IMPORTED, "", payload, now,
                                       {"file": label} if 0 < len(label) <= 4 * NAME_CAP else {})])  # fmt: skip
        for gauge, known_until in latest.items():
            crossings += self.news(writes, gauges[gauge], known_until, entry)
        known = len(file.readings) - new - corrected
        return Imported(new, corrected, known, file.bad, file.problems, file.ignored, tuple(crossings))

    # -- news --------------------------------------------------------------------------------
    def news(
        self, writes: Writes, gauge: Gauge, known_until: datetime | None, entry: Entry
    ) -> tuple[Crossing, ...]:  # fmt: skip
        """What is news by what is stored now, written as entries; ``known_until`` is the last reading before."""
        last = writes.gauges.latest(gauge.id)
        if last is None:
            return ()
        tail = writes.gauges.spots(gauge.id, last.at - TAIL, last.at)
        found = news_of(gauge, tail, known_until, writes.gauges.told(gauge.id), self._clock.now())
        for one in found:
            own = Entry(uuid5(entry.id, f"{gauge.id}/{one.matter}"), SYSTEM_ACTOR, Role.SYSTEM, "", Channel.SYSTEM)
            writes.append([self._event(writes, own, EventKind.LEVEL_CROSSED, gauge.id, _payload(one), one.spot.at)])
            writes.gauges.tell(gauge.id, one.matter, Told(one.turn is not Turn.DOWN, one.spot.at))
        if found:
            self.announce(writes, found)
        return found

    def announce(self, writes: Writes, crossings: Sequence[Crossing]) -> None:
        """The one place where news of the water becomes notices: called in the transaction that found them."""

    def _event(
        self, writes: Writes, entry: Entry, kind: EventKind, gauge: str, payload: Mapping[str, Json], at: datetime,
        words: Mapping[str, str] | None = None,
    ) -> Event:  # fmt: skip
        stream = f"gauge/{gauge}" if gauge else "gauges"
        return Event(
            id=entry.id, stream=stream, stream_version=writes.stream_version(stream) + 1, kind=kind, payload=payload,
            actor=entry.actor.member, role=entry.role, on_behalf_of=entry.on_behalf_of, channel=entry.channel,
            words=words or {}, words_id=uuid5(entry.id, "words") if words else None, occurred_at=at,
            recorded_at=self._clock.now(), station=entry.actor.station,
        )  # fmt: skip


def _told_apart(
    writes: Writes, gauge: str, lines: Sequence[FileReading], now: datetime
) -> tuple[list[Reading], list[Reading]]:
    """Readings of instants at which there is none, and those that say otherwise than what is there."""
    there = {one.at: one for one in writes.gauges.readings(gauge, lines[0].at, lines[-1].at, limit=-1)}
    fresh, others = [], []
    for line in lines:
        known = there.get(line.at)
        if known is None:
            fresh.append(Reading(gauge, line.at, line.metres, line.trend, CSV, now))
        elif known.metres != line.metres or line.trend not in (None, known.trend):
            others.append(Reading(gauge, line.at, line.metres, line.trend or known.trend, CSV, now))
    return fresh, others


def _brief(one: Reading) -> list[Json]:
    """Second since 1970, millimetres, trend: a file has many."""
    return [int(one.at.timestamp()), int(one.metres * 1000), one.trend.value if one.trend else None]


def _payload(one: Crossing) -> dict[str, Json]:
    return {
        "gauge": one.gauge, "matter": one.matter.value, "turn": one.turn.value, "at": one.spot.at.isoformat(),
        "metres": str(one.spot.metres),
        "peak": [one.peak.at.isoformat(), str(one.peak.metres)] if one.peak else None,
    }  # fmt: skip

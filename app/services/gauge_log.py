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
from app.domain.gauge_turns import TAIL, Crossing, Matter, Told, Turn, groundless, news_of
from app.domain.message import Message
from app.domain.org import Role
from app.domain.route import Gauge
from app.domain.text import NAME_CAP, clean
from app.domain.watch_topics import WatchTopic
from app.services.gauge_file import FileReading, GaugeFile
from app.services.ports import Clock, Writes
from app.services.telling import Moment, Teller, withdraw
from app.services.watch_notices import watch_notice


@dataclass(frozen=True, slots=True)
class Recorded:
    """A reading and what it made news."""

    reading: Reading
    crossings: tuple[Crossing, ...] = ()
    instead: Reading | None = None
    """The reading that it takes the place of."""


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
    wrong_since: datetime | None = None
    """When the first of those that were corrected was recorded."""
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
    """Keeps readings, and tells whoever must hear of them what the water does."""

    def __init__(self, clock: Clock, teller: Teller) -> None:
        self._clock = clock
        self._teller = teller

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
        found = self.news(writes, gauge, latest.at if latest else None, entry)
        if instead is not None:
            self._forget(writes, gauge)
        return Recorded(reading, found, instead)

    def load(self, writes: Writes, gauges: Mapping[str, Gauge], file: GaugeFile, entry: Entry, name: str) -> Imported:
        """Store the readings of a file under one entry, whatever of them is not there yet."""
        now = self._clock.now()
        written: dict[str, Json] = {}
        latest: dict[str, datetime | None] = {}
        wrong: dict[str, datetime] = {}
        new = corrected = 0
        by_gauge = sorted(file.readings, key=lambda one: (one.gauge, one.at))
        for gauge, lines in groupby(by_gauge, key=lambda one: one.gauge):
            before = writes.gauges.latest(gauge)
            fresh, others, replaced = _told_apart(writes, gauge, list(lines), now)
            writes.gauges.add(fresh)
            writes.gauges.replace(others)
            new, corrected = new + len(fresh), corrected + len(others)
            if replaced:
                wrong[gauge] = min(one.recorded_at for one in replaced)
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
            if gauge in wrong:
                self._forget(writes, gauges[gauge])
        known = len(file.readings) - new - corrected
        since = min(wrong.values(), default=None)
        return Imported(new, corrected, known, file.bad, file.problems, file.ignored, since, tuple(crossings))

    def drop(self, writes: Writes, gauge: Gauge, reading: Reading, entry: Entry, reason: str) -> tuple[Crossing, ...]:
        """Strike a reading out; it stays in the entries. What is news without it, and what was told because of it."""
        writes.gauges.remove(gauge.id, reading.at)
        payload: dict[str, Json] = {
            "gauge": gauge.id, "at": reading.at.isoformat(), "metres": str(reading.metres),
            "trend": reading.trend.value if reading.trend else None, "source": reading.source,
        }  # fmt: skip
        writes.append([self._event(writes, entry, EventKind.GAUGE_DROPPED, f"{gauge.id}/dropped", payload,
                                   self._clock.now(), {"reason": reason})])  # fmt: skip
        latest = writes.gauges.latest(gauge.id)
        found = self.news(writes, gauge, latest.at if latest else None, entry)
        self._forget(writes, gauge)
        return found

    def _forget(self, writes: Writes, gauge: Gauge) -> None:
        """What was told and rests on no reading any more was never so; who heard of it hears that too."""
        last = writes.gauges.latest(gauge.id)
        tail = writes.gauges.spots(gauge.id, last.at - TAIL, last.at) if last else ()
        gone = groundless(gauge, tail, last.at if last else None, writes.gauges.told(gauge.id))
        for matter in gone:
            writes.gauges.untell(gauge.id, matter)
        told = writes.gauges.told(gauge.id)
        moment = Moment(self._clock.now(), self._clock.wall())
        for falls in (True, False):
            still = any((matter is Matter.FALLING) is falls and one.up for matter, one in told.items())
            if still or not any((matter is Matter.FALLING) is falls for matter in gone):
                continue
            live = writes.duty.live_of_subject(f"gauge/{gauge.id}")
            withdraw(writes, [one for one in live if (one.topic == WatchTopic.WATER_FALLING) is falls], moment,
                     untrue=True)  # fmt: skip

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
        for one in found:
            self._announce(writes, gauge, one, entry)
        return found

    def _announce(self, writes: Writes, gauge: Gauge, crossing: Crossing, entry: Entry) -> None:
        """The desk and the duty leader hear of it, of a level exceeded until somebody answers; earlier news is over."""
        moment = Moment(self._clock.now(), self._clock.wall())
        falls = crossing.turn is Turn.FALLING
        subject = f"gauge/{gauge.id}"
        before = writes.duty.live_of_subject(subject)
        withdraw(writes, [one for one in before if (one.topic == WatchTopic.WATER_FALLING) is falls], moment)
        detail: dict[str, Json] = {
            "gauge": {"zh": gauge.name.zh, "en": gauge.name.en}, "metres": str(crossing.spot.metres),
            "at": crossing.spot.at.isoformat(), "level": crossing.level.value if crossing.level else None,
            "turn": crossing.turn.value,
        }  # fmt: skip
        notice = watch_notice(
            WatchTopic.WATER_FALLING if falls else WatchTopic.LEVEL_CROSSED, subject, "",
            f"{crossing.matter}/{entry.id}", due_at=crossing.spot.at, now=moment.now, detail=detail,
            urgent=crossing.turn is Turn.UP,
        )  # fmt: skip
        writes.append([self._teller.first(writes, notice, None, moment, {"gauge": gauge.id})])

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
) -> tuple[list[Reading], list[Reading], list[Reading]]:
    """Readings of instants at which there is none, those that say otherwise than what is there, and what is there."""
    there = {one.at: one for one in writes.gauges.readings(gauge, lines[0].at, lines[-1].at, limit=-1)}
    fresh, others, replaced = list[Reading](), list[Reading](), list[Reading]()
    for line in lines:
        known = there.get(line.at)
        if known is None:
            fresh.append(Reading(gauge, line.at, line.metres, line.trend, CSV, now))
        elif known.metres != line.metres or line.trend not in (None, known.trend):
            others.append(Reading(gauge, line.at, line.metres, line.trend or known.trend, CSV, now))
            replaced.append(known)
    return fresh, others, replaced


def _brief(one: Reading) -> list[Json]:
    """Second since 1970, millimetres, trend: a file has many."""
    return [int(one.at.timestamp()), int(one.metres * 1000), one.trend.value if one.trend else None]


def _payload(one: Crossing) -> dict[str, Json]:
    return {
        "gauge": one.gauge, "matter": one.matter.value, "turn": one.turn.value, "at": one.spot.at.isoformat(),
        "metres": str(one.spot.metres),
        "peak": [one.peak.at.isoformat(), str(one.peak.metres)] if one.peak else None,
    }  # fmt: skip

"""Gauge readings: typed, loaded from a file, or answered on a round; and what of them is news (domain 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Actor, Channel
from app.domain.checklist import Answer, Question, Trend
from app.domain.errors import BadInput, NotFound
from app.domain.events import Event, EventKind, Json
from app.domain.finding import source_number
from app.domain.gauge import (
    CSV,
    RATE_WITHIN,
    TYPED,
    GaugeNow,
    Reading,
    Spot,
    holding,
    is_fresh,
    rate_of_rise,
    tidy,
    trend_of,
    whole_seconds,
)
from app.domain.gauge_turns import TAIL, Crossing, Matter, Turn, news_of
from app.domain.gauge_turns import Told as ToldOf
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.org import Role
from app.domain.permissions import records_gauges
from app.domain.posture import WaterLevel
from app.domain.round import Item
from app.domain.round_file import RoundFile
from app.domain.route import Gauge, reads_gauge
from app.domain.text import NAME_CAP, clean, normalise_width
from app.services.gauge_file import FileReading, GaugeFile, read_gauge_csv
from app.services.patrol_rules import PatrolRules
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.problems import Problems
from app.services.requests import earlier
from app.services.streets import Streets

METRES_OF: Mapping[str, Decimal] = {
    "": Decimal(1), "m": Decimal(1), "米": Decimal(1), "cm": Decimal("0.01"), "厘米": Decimal("0.01"),
}  # fmt: skip
"""Units in which a checklist may ask for a gauge's reading."""


class GaugeProblems(Problems):
    """A file of readings was refused whole; ``problems`` names each bad line."""


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
class _Entry:
    """Whom and what a reading's entry names."""

    id: UUID
    actor: Actor
    role: Role
    on_behalf_of: str = ""
    channel: Channel = Channel.TERMINAL


class Gauges:
    """Every call is one transaction; errors are ``WanggeError``, nothing written."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets, rules: PatrolRules) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._rules = rules

    # -- reading -----------------------------------------------------------------------------
    def find(self, text: str) -> Gauge:
        """A gauge by its id or its name in either language; NotFound names those there are."""
        wanted = normalise_width(text).strip().casefold()
        gauges = self._rules.current().gauges
        for one in gauges.values():
            if wanted and wanted in {normalise_width(name).casefold() for name in (one.id, one.name.zh, one.name.en)}:
                return one
        known = tuple(one.name for one in gauges.values())
        raise NotFound(Message("There is no gauge {text}. Known: {known}", {"text": text[:NAME_CAP], "known": known}))

    def all(self) -> tuple[GaugeNow, ...]:
        """Every gauge of the rules in force, as it stands now."""
        with self._store.read() as reads:
            now = self._clock.now()
            return tuple(self._now(reads, one, now) for one in self._book(reads).values())

    def now(self, gauge: Gauge) -> GaugeNow:
        """One gauge as it stands now."""
        with self._store.read() as reads:
            return self._now(reads, gauge, self._clock.now())

    def readings(self, gauge: Gauge, since: datetime, until: datetime) -> tuple[Reading, ...]:
        """The readings of a span, the latest first."""
        with self._store.read() as reads:
            return reads.gauges.readings(gauge.id, since, until)

    def curve(self, gauge: Gauge, since: datetime, until: datetime) -> tuple[Spot, ...]:
        """The few readings of a span that a chart is drawn from, by time: the extremes of each quarter of an hour."""
        with self._store.read() as reads:
            return reads.gauges.curve(gauge.id, since, until)

    def highest_water(self, reads: Reads, now: datetime) -> WaterLevel | None:
        """The highest level that holds at any gauge by a reading that is not too old: for the posture (domain 4.2)."""
        order = tuple(WaterLevel)
        held = [found for gauge in self._book(reads).values() if (found := self._level(reads, gauge, now)) is not None]
        return max(held, key=order.index, default=None)

    def _book(self, reads: Reads) -> Mapping[str, Gauge]:
        return self._rules.version(reads, reads.rounds.rules_version()).gauges

    def _level(self, reads: Reads, gauge: Gauge, now: datetime) -> WaterLevel | None:
        latest = reads.gauges.latest(gauge.id)
        if latest is None or not is_fresh(gauge, latest.at, now):
            return None
        told = {WaterLevel(matter.value) for matter, one in reads.gauges.told(gauge.id).items()
                if one.up and matter is not Matter.FALLING}  # fmt: skip
        return holding(gauge, latest.metres, told)

    def _now(self, reads: Reads, gauge: Gauge, now: datetime) -> GaugeNow:
        latest = reads.gauges.latest(gauge.id)
        if latest is None:
            return GaugeNow(gauge)
        spots = reads.gauges.spots(gauge.id, latest.at - RATE_WITHIN, latest.at)
        fresh = is_fresh(gauge, latest.at, now)
        trend = trend_of(spots, now, gauge.stale) or (latest.trend if fresh else None)
        rate = rate_of_rise(spots, now, gauge.stale)
        return GaugeNow(gauge, latest, fresh, trend, rate, self._level(reads, gauge, now))

    # -- recording ---------------------------------------------------------------------------
    def record(
        self, actor: Actor, gauge: Gauge, metres: Decimal, request_id: UUID, *, at: datetime | None = None,
        trend: Trend | None = None,
    ) -> Recorded:  # fmt: skip
        """Record one reading, ``at`` None = now. One of the same instant is corrected: it stays in the entries."""

        def work(writes: Writes) -> Recorded:
            role = records_gauges(actor, self._streets.index(writes))
            now = self._clock.now()
            when = whole_seconds(at or now)
            if when > now + AHEAD:
                raise BadInput(Message("{at} has not come yet; it is {now}.", {"at": when, "now": now}), "at")
            known = self._rules.settled(writes).gauges.get(gauge.id, gauge)
            reading = Reading(gauge.id, when, tidy(metres), trend, TYPED, now)
            if earlier(writes, request_id, actor, {EventKind.GAUGE_READ}) is not None:
                return Recorded(writes.gauges.reading(gauge.id, when) or reading)
            return self._kept(writes, known, reading, _Entry(request_id, actor, role))

        return self._store.write(work)

    def heard(self, writes: Writes, file: RoundFile, answers: Mapping[Item, Answer]) -> tuple[Crossing, ...]:
        """Record what a round's answers say of gauges, in the transaction of the entry that they were given with."""
        event = file.events[-1]
        actor = Actor(event.actor, station=event.station)
        found: list[Crossing] = []
        for item, answer in answers.items():
            asked = file.walk.find(item)
            if asked is None or answer.number is None or not asked[0].gauge or not reads_gauge(asked[1]):
                continue
            gauge = self._book(writes).get(asked[0].gauge)
            metres = _metres(asked[1], answer.number)
            if gauge is None or metres is None:
                continue
            source = source_number(file.round, item)
            before = writes.gauges.of_source(gauge.id, source)
            if before is not None:  # the later answer is the one that stands
                writes.gauges.remove(gauge.id, before.at)
            reading = Reading(
                gauge.id, whole_seconds(event.occurred_at), metres, answer.trend, source, event.recorded_at
            )
            entry = _Entry(uuid5(event.id, source), actor, event.role, event.on_behalf_of, event.channel)
            found += self._kept(writes, gauge, reading, entry, before).crossings
        return tuple(found)

    def _kept(
        self, writes: Writes, gauge: Gauge, reading: Reading, entry: _Entry, replaced: Reading | None = None
    ) -> Recorded:
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
        return Recorded(reading, self._news(writes, gauge, latest.at if latest else None, entry))

    # -- a file ------------------------------------------------------------------------------
    def load(self, actor: Actor, raw: bytes, request_id: UUID, *, name: str, skip_bad: bool = False) -> Imported:
        """Load a CSV of readings in one transaction: all of it, or with ``skip_bad`` its good lines.

        GaugeProblems names the bad lines; nothing is written then. The same file again writes nothing new.
        """
        gauges = self._rules.current().gauges
        file = read_gauge_csv(raw, gauges, self._policies.current().calendar.zone, self._clock.now())
        if file.bad and not skip_bad:
            raise GaugeProblems(name, file.problems, file.bad)

        def work(writes: Writes) -> Imported:
            role = records_gauges(actor, self._streets.index(writes))
            entry = _Entry(request_id, actor, role)
            if earlier(writes, request_id, actor, {EventKind.GAUGES_IMPORTED}) is not None:
                return Imported(0, 0, len(file.readings), file.bad, file.problems, file.ignored)
            return self._loaded(writes, self._rules.settled(writes).gauges, file, entry, name)

        return self._store.write(work)

    def _loaded(
        self, writes: Writes, gauges: Mapping[str, Gauge], file: GaugeFile, entry: _Entry, name: str
    ) -> Imported:
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
            crossings += self._news(writes, gauges[gauge], known_until, entry)
        known = len(file.readings) - new - corrected
        return Imported(new, corrected, known, file.bad, file.problems, file.ignored, tuple(crossings))

    # -- news --------------------------------------------------------------------------------
    def _news(
        self, writes: Writes, gauge: Gauge, known_until: datetime | None, entry: _Entry
    ) -> tuple[Crossing, ...]:  # fmt: skip
        """What is news by what is stored now, written as entries; ``known_until`` is the last reading before."""
        last = writes.gauges.latest(gauge.id)
        if last is None:
            return ()
        tail = writes.gauges.spots(gauge.id, last.at - TAIL, last.at)
        found = news_of(gauge, tail, known_until, writes.gauges.told(gauge.id), self._clock.now())
        for one in found:
            own = _Entry(uuid5(entry.id, f"{gauge.id}/{one.matter}"), SYSTEM_ACTOR, Role.SYSTEM, "", Channel.SYSTEM)
            writes.append([self._event(writes, own, EventKind.LEVEL_CROSSED, gauge.id, _payload(one), one.spot.at)])
            writes.gauges.tell(gauge.id, one.matter, ToldOf(one.turn is not Turn.DOWN, one.spot.at))
        if found:
            self.announce(writes, found)
        return found

    def announce(self, writes: Writes, crossings: Sequence[Crossing]) -> None:
        """The one place where news of the water becomes notices: called in the transaction that found them."""

    def _event(
        self, writes: Writes, entry: _Entry, kind: EventKind, gauge: str, payload: Mapping[str, Json], at: datetime,
        words: Mapping[str, str] | None = None,
    ) -> Event:  # fmt: skip
        stream = f"gauge/{gauge}" if gauge else "gauges"
        return Event(
            id=entry.id, stream=stream, stream_version=writes.stream_version(stream) + 1, kind=kind, payload=payload,
            actor=entry.actor.member, role=entry.role, on_behalf_of=entry.on_behalf_of, channel=entry.channel,
            words=words or {}, words_id=uuid5(entry.id, "words") if words else None, occurred_at=at,
            recorded_at=self._clock.now(), station=entry.actor.station,
        )  # fmt: skip


def _metres(question: Question, number: Decimal) -> Decimal | None:
    factor = METRES_OF.get(question.unit.strip().lower())
    return None if factor is None else tidy(number * factor)


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

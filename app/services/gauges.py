"""Gauge readings: typed, loaded from a file, or answered on a round; and what of them is news (domain 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.checklist import Answer, Question, Trend
from app.domain.errors import BadInput, NotFound
from app.domain.events import Event, EventKind
from app.domain.finding import source_number
from app.domain.gauge import (
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
from app.domain.gauge_doubt import Doubtful, doubt
from app.domain.gauge_turns import Crossing, Matter
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.org import Role
from app.domain.permissions import records_gauges
from app.domain.posture import WaterLevel
from app.domain.round import Item
from app.domain.round_file import RoundFile
from app.domain.route import Gauge, reads_gauge
from app.domain.text import NAME_CAP, NOTE_CAP, accept, normalise_width
from app.services.flood_entries import RECORDS, role_of
from app.services.gauge_doubts import near, without_slips
from app.services.gauge_file import read_gauge_csv
from app.services.gauge_log import Entry, GaugeLog, Imported, Recorded
from app.services.patrol_rules import PatrolRules
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.problems import Problems
from app.services.requests import earlier
from app.services.streets import Streets
from app.services.telling import Teller

METRES_OF: Mapping[str, Decimal] = {
    "": Decimal(1), "m": Decimal(1), "米": Decimal(1), "cm": Decimal("0.01"), "厘米": Decimal("0.01"),
}  # fmt: skip
"""Units in which a checklist may ask for a gauge's reading."""


Corrected = Callable[[Writes, Actor, Role, UUID, datetime, datetime], None]
"""What follows where a reading that was recorded at an instant was wrong: see ``Postures.corrected``."""


def _nothing(_writes: Writes, _who: Actor, _role: Role, _request: UUID, _reading_at: datetime, _now: datetime) -> None:
    """Nobody goes by the water."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A reading that was struck out, by whom and why."""

    reading: Reading
    at: datetime
    by: str
    reason: str = ""
    crossings: tuple[Crossing, ...] = ()
    """What is news without it; empty when read later."""


class GaugeProblems(Problems):
    """A file of readings was refused whole; ``problems`` names each bad line."""


class Gauges:
    """Every call is one transaction; errors are ``WanggeError``, nothing written."""

    def __init__(
        self, store: Store, clock: Clock, policies: Policies, streets: Streets, rules: PatrolRules,
        corrected: Corrected = _nothing,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._rules = rules
        self._corrected = corrected
        self._log = GaugeLog(clock, Teller(policies, streets))

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

    def reading(self, gauge: Gauge, at: datetime | None = None) -> Reading:
        """The reading of a minute, the last one of it, or with ``at`` None the last of all; NotFound."""
        with self._store.read() as reads:
            if at is None:
                found = reads.gauges.latest(gauge.id)
            else:
                minute = whole_seconds(at).replace(second=0)
                many = reads.gauges.readings(gauge.id, minute, minute + timedelta(seconds=59))
                found = next((one for one in many if one.at == whole_seconds(at)), many[0] if many else None)
        if found is None:
            raise _no_reading(gauge, at)
        return found

    def dropped(self, gauge: Gauge, since: datetime) -> tuple[Dropped, ...]:
        """Readings of that time that were struck out since, the latest first."""
        with self._store.read() as reads:
            events = reads.flood.events_on(f"gauge/{gauge.id}/dropped")
        found = [_dropped(event) for event in events]
        return tuple(one for one in reversed(found) if one.reading.at >= since)

    def curve(self, gauge: Gauge, since: datetime, until: datetime) -> tuple[Spot, ...]:
        """The few readings of a span that a chart is drawn from, by time: the extremes of each half hour."""
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
        trend: Trend | None = None, sure: bool = False,
    ) -> Recorded:  # fmt: skip
        """Record one reading, ``at`` None = now. One typed of the same minute is corrected: it stays in the entries.

        Doubtful when it looks like a slip and nobody is ``sure`` of it.
        """

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
            before = _typed_in_minute(writes, reading)
            if before is not None and (before.metres, before.trend) == (reading.metres, reading.trend):
                return Recorded(before)
            if before is not None:
                writes.gauges.remove(gauge.id, before.at)
            if not sure:
                _ask(writes, known, reading)
            recorded = self._log.keep(writes, known, reading, Entry(request_id, actor, role), before)
            if recorded.instead is not None:
                self._corrected(writes, actor, role, request_id, recorded.instead.recorded_at, now)
            return recorded

        return self._store.write(work)

    def drop(self, actor: Actor, gauge: Gauge, at: datetime, request_id: UUID, *, reason: str) -> Dropped:
        """Strike out the reading of an instant: misread or mistyped. The desk does, and says why; it is kept.

        Level, alarms and a posture that the clock raised for it alone are those without it. NotFound when there is
        none of that instant.
        """
        why = accept(reason, NOTE_CAP, "reason", one_line=True)
        if not why:
            raise BadInput(Message("Say why it is struck out."), "reason")

        def work(writes: Writes) -> Dropped:
            before = earlier(writes, request_id, actor, {EventKind.GAUGE_DROPPED})
            if before is not None:
                return _dropped(before)
            role = role_of(actor, RECORDS, self._streets.index(writes))
            now = self._clock.now()
            known = self._rules.settled(writes).gauges.get(gauge.id, gauge)
            reading = writes.gauges.reading(gauge.id, whole_seconds(at))
            if reading is None:
                raise _no_reading(gauge, at)
            crossings = self._log.drop(writes, known, reading, Entry(request_id, actor, role), why)
            self._corrected(writes, actor, role, request_id, reading.recorded_at, now)
            return Dropped(reading, now, actor.member, why, crossings)

        return self._store.write(work)

    def heard(
        self, writes: Writes, file: RoundFile, answers: Mapping[Item, Answer], *, sure: bool = False
    ) -> tuple[Crossing, ...]:  # fmt: skip
        """Record what a round's answers say of gauges, in the transaction of the entry that they were given with.

        Doubtful as for ``record``.
        """
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
            before = writes.gauges.of_source(source)
            if before is not None:  # the later answer is the one that stands
                writes.gauges.remove(gauge.id, before.at)
            reading = Reading(
                gauge.id, whole_seconds(event.occurred_at), metres, answer.trend, source, event.recorded_at
            )
            if not sure:
                _ask(writes, gauge, reading)
            entry = Entry(uuid5(event.id, source), actor, event.role, event.on_behalf_of, event.channel)
            found += self._log.keep(writes, gauge, reading, entry, before).crossings
            if before is not None:
                self._corrected(writes, actor, event.role, entry.id, before.recorded_at, self._clock.now())
        return tuple(found)

    # -- a file ------------------------------------------------------------------------------
    def load(
        self, actor: Actor, raw: bytes, request_id: UUID, *, name: str, skip_bad: bool = False, sure: bool = False
    ) -> Imported:  # fmt: skip
        """Load a CSV of readings in one transaction: all of it, or with ``skip_bad`` its good lines.

        GaugeProblems names the bad lines, unless one is ``sure`` also those that look like a slip; nothing is written
        then. The same file again writes nothing new.
        """
        gauges = self._rules.current().gauges
        file = read_gauge_csv(raw, gauges, self._policies.current().calendar.zone, self._clock.now())
        if file.bad and not skip_bad:
            raise GaugeProblems(name, file.problems, file.bad)

        def work(writes: Writes) -> Imported:
            role = records_gauges(actor, self._streets.index(writes))
            entry = Entry(request_id, actor, role)
            if earlier(writes, request_id, actor, {EventKind.GAUGES_IMPORTED}) is not None:
                return Imported(0, 0, len(file.readings), file.bad, file.problems, file.ignored)
            known = self._rules.settled(writes).gauges
            judged = file if sure else without_slips(writes, known, file)
            if judged.bad and not skip_bad:
                raise GaugeProblems(name, judged.problems, judged.bad)
            done = self._log.load(writes, known, judged, entry, name)
            if done.wrong_since is not None:
                self._corrected(writes, actor, role, request_id, done.wrong_since, self._clock.now())
            return done

        return self._store.write(work)


def _ask(reads: Reads, gauge: Gauge, reading: Reading) -> None:
    doubted = doubt(gauge, reading.spot, near(reads, gauge.id, reading.at))
    if doubted is not None:
        raise Doubtful(doubted, "level")


def _no_reading(gauge: Gauge, at: datetime | None) -> NotFound:
    if at is None:
        return NotFound(Message("There is no reading at {gauge}.", {"gauge": gauge.name}))
    return NotFound(Message("There is no reading of {at} at {gauge}.", {"at": at, "gauge": gauge.name}))


def _typed_in_minute(reads: Reads, reading: Reading) -> Reading | None:
    """What was typed of the same minute: nobody reads a gauge twice in one."""
    minute = reading.at.replace(second=0)
    found = reads.gauges.readings(reading.gauge, minute, minute + timedelta(seconds=59))
    return next((one for one in found if one.source == TYPED), None)


def _dropped(event: Event) -> Dropped:
    told = event.payload
    trend = told["trend"]
    reading = Reading(
        str(told["gauge"]), datetime.fromisoformat(str(told["at"])), Decimal(str(told["metres"])),
        Trend(trend) if isinstance(trend, str) else None, str(told["source"]), event.recorded_at,
    )  # fmt: skip
    return Dropped(reading, event.recorded_at, event.actor, event.words.get("reason", ""))


def _metres(question: Question, number: Decimal) -> Decimal | None:
    factor = METRES_OF.get(question.unit.strip().lower())
    return None if factor is None else tidy(number * factor)

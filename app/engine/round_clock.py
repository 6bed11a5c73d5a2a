"""The clock's work on rounds: created ahead, reminded of until they are over; teams looked after at night."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Channel
from app.domain.events import Event, EventKind, Json
from app.domain.message import Name
from app.domain.notice import Notice
from app.domain.org import Role
from app.domain.patrol_book import PatrolBook, TimesRule
from app.domain.planned_round import (
    PlannedRound,
    PlannedState,
    Stage,
    due_stage,
    next_stage_at,
    planned_stream,
)
from app.domain.posture import PRESSING
from app.domain.round import fold_round, round_stream
from app.domain.round_file import RoundLine
from app.domain.round_plan import EVER
from app.domain.watch_topics import WatchTopic
from app.domain.whistle import BOARD_STATES
from app.services.patrol_rules import PatrolRules
from app.services.planned import next_check_in, too_few_at
from app.services.planning import Planner
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.streets import Streets
from app.services.telling import Moment, Teller, withdraw
from app.services.watch_notices import watch_notice, watch_notice_id

NEWEST = 1000
"""Entries that are looked at for levels that were crossed."""
LOOK = timedelta(minutes=30)
"""Street time after which the plans are looked at again though nothing has changed: the horizon moves on."""


class RoundClock:
    """What a tick does about rounds; each method looks again in its transaction: another may have been faster."""

    def __init__(
        self, store: Store, clock: Clock, policies: Policies, streets: Streets, rules: PatrolRules, planner: Planner,
        take_effect: Callable[[], bool], ask_to_lower: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._streets = streets
        self._rules = rules
        self._planner = planner
        self._take_effect = take_effect
        """Raises the posture for what has begun by itself."""
        self._ask_to_lower = ask_to_lower
        """Asks the duty leader once nothing holds the posture up any more."""
        self._begun = EVER
        """What began until then has taken effect."""
        self._seq = 0
        """Up to which entry levels that were crossed have taken effect."""
        self._policies = policies
        self._teller = Teller(policies, streets)
        self._looked: object = None
        """What the plans depend on, as it was when they were brought in line last."""

    def _moment(self) -> Moment:
        return Moment(self._clock.now(), self._clock.wall())

    # -- the posture -------------------------------------------------------------------------
    def begin(self) -> bool:
        """What was recorded ahead comes into force, and what a gauge says that crossed a level; whether it rose."""
        now = self._clock.now()
        with self._store.read() as reads:
            begins = reads.begins_after(min(self._begun, now), now)
            seq = reads.last_seq()
            since = max(0, seq - NEWEST) if self._seq > seq or not self._seq else self._seq
            crossed = any(one.kind is EventKind.LEVEL_CROSSED for one in reads.changes_since(since, NEWEST))
        rose = self._take_effect() if crossed or (begins is not None and begins <= now) else False
        self._begun, self._seq = now, seq
        return self._ask_to_lower() or rose

    # -- creating ----------------------------------------------------------------------------
    def keep(self) -> bool:
        """Bring what is due in line with plans and posture, where something has changed; whether anything was done."""
        now = self._clock.now()
        with self._store.read() as reads:
            looks = self._depends_on(reads, now)
        if looks == self._looked:
            return False
        changes = self._store.write(lambda writes: self._planner.bring_in_line(writes, self._moment()))
        self._looked = looks
        return changes.any

    def _depends_on(self, reads: Reads, now: datetime) -> object:
        version = reads.rounds.rules_version()
        if not version:
            return None
        tied = [*reads.rounds.plans(), *self._rules.version(reads, version).plans.values()]
        plans = tuple((plan.id, plan.whistle, _open(reads, plan.whistle)) for plan in tied)
        span = int(now.timestamp() // LOOK.total_seconds())
        return version, plans, reads.org_version(), self._planner.guard(reads, now), span

    # -- saying ------------------------------------------------------------------------------
    def say(self, known: PlannedRound) -> bool:
        """Say what is due of a planned round; False when another engine was faster."""
        return self._store.write(lambda writes: self._say(writes, known))

    def _say(self, writes: Writes, known: PlannedRound) -> bool:
        moment = self._moment()
        planned = writes.rounds.planned(known.id)
        stage = due_stage(planned, moment.now) if planned is not None and planned.version == known.version else None
        if planned is None or stage is None:
            return False
        missed = stage is Stage.END and planned.state is PlannedState.PLANNED
        said = replace(planned, stage=stage, version=planned.version + 1)
        if missed:
            said = replace(said, state=PlannedState.MISSED)
        writes.rounds.save_planned(replace(said, next_at=next_stage_at(said)))
        withdraw(writes, writes.duty.live_of_subject(planned_stream(planned.id)), moment)
        entries = [_missed(planned, moment.now)] if missed else []
        notice = self._notice(writes, planned, stage, moment.now)
        if notice is not None:
            entries.append(self._teller.first(writes, notice, None, moment, {"planned": planned.id.hex}))
        writes.append(entries)
        return True

    def _notice(self, writes: Writes, planned: PlannedRound, stage: Stage, now: datetime) -> Notice | None:
        """What somebody has to hear; None where the end has come and nothing is missing, or a later one was missed."""
        topic = _TOPICS[stage]
        until: datetime | None = None
        missing: tuple[Json, ...] = ()
        if stage is Stage.SOON:
            until = planned.opens
        elif stage is Stage.START:
            until = planned.start_by
        elif stage is Stage.END and planned.state is PlannedState.UNDER_WAY:
            topic = WatchTopic.ROUND_UNFINISHED
            missing = self._missing(writes, planned)
            if not missing:
                return None
        elif stage is Stage.END and self._missed_again(writes, planned, now):
            return None
        book = self._planner.book(writes)
        detail = {**_about(planned, book), **({"missing": list(missing)} if missing else {})}
        pressing = stage in (Stage.LATE, Stage.END) and planned.posture.rank >= PRESSING.rank
        subject, key = planned_stream(planned.id), topic.value
        if writes.duty.notice(watch_notice_id(subject, key)) is not None:  # it was due no more, and is due again
            key = f"{topic.value}/{planned.version}"
        return watch_notice(
            topic, subject, planned.grid, key, due_at=_at(planned, stage), now=now, detail=detail,
            until=until if until is not None and until > now else None, urgent=pressing,
        )  # fmt: skip

    def _missing(self, writes: Writes, planned: PlannedRound) -> tuple[Json, ...]:
        """The points that are not answered yet, with their names."""
        if planned.round_id is None:
            return ()
        found = fold_round(writes.rounds.events(planned.round_id))
        book = self._rules.version(writes, found.rules_version)
        walk = book.walk(found.template, found.route, self._named(writes, found.grid))
        points = walk.open_points(found.answers) if walk else ()
        return tuple({"n": point.number, "zh": point.name.zh, "en": point.name.en} for point in points)

    def _named(self, reads: Reads, grid: str) -> Name:
        unit = self._streets.index(reads).units.get(grid)
        return unit.short if unit else Name(grid)

    @staticmethod
    def _missed_again(writes: Writes, planned: PlannedRound, now: datetime) -> bool:
        """After a sleep only the last one of a plan is told as missed (behaviours 20)."""
        later = writes.rounds.planned_by(planned.plan, planned.opens)
        return any(
            one.opens > planned.opens and one.closes <= now and one.state is PlannedState.PLANNED for one in later
        )

    # -- listening ---------------------------------------------------------------------------
    def listen(self, line: RoundLine) -> bool:
        """Nobody has heard from a team in time, or the night finds too few: the desk calls (behaviours 18).

        An answer to that is no word from the team: it is listened for again an interval on. While nobody has
        answered, the calls of the first notice go on and no second one is made.
        """
        return self._store.write(lambda writes: self._listen(writes, line))

    def _listen(self, writes: Writes, line: RoundLine) -> bool:
        moment = self._moment()
        known = writes.rounds.line(line.id)
        due = known.check_in_at if known else None
        if known is None or due is None or due > moment.now:
            return False
        book = self._rules.version(writes, known.rules_version)
        calendar = self._policies.version(writes.current_policy_version()).calendar
        guard = self._planner.guard(writes, moment.now)
        found = fold_round(writes.rounds.events(known.id))
        night = too_few_at(writes, found, book, calendar)
        if night is not None and night <= moment.now:
            self._tell(writes, known, book, moment, WatchTopic.ROUND_TOO_FEW, WatchTopic.ROUND_TOO_FEW, night)
            return writes.rounds.listen(known.id, due, next_check_in(writes, found, book, guard, calendar))
        again = book.night.hear_by(moment.now, book.check_in.interval(guard.posture), calendar.zone)
        if not writes.rounds.listen(known.id, due, again):
            return False
        waiting = writes.duty.live_of_subject(round_stream(known.id))
        if not any(one.topic == WatchTopic.CHECK_IN for one in waiting):
            self._tell(writes, known, book, moment, WatchTopic.CHECK_IN, due.isoformat(), due)
        return True

    # -- ending ------------------------------------------------------------------------------
    def to_end(self, reads: Reads) -> Mapping[UUID, datetime]:
        """Rounds of whose end somebody is reminded, and when; each once."""
        waiting = reads.rounds.to_end()
        book = self._planner.book(reads) if waiting else None
        wait = (book.times if book else TimesRule()).end
        return {id_: heard + wait for id_, heard in waiting.items()}

    def remind_to_end(self) -> int:
        """What has every answer and was not ended is told once; how many."""
        now = self._clock.now()
        with self._store.read() as reads:
            due = [id_ for id_, at in self.to_end(reads).items() if at <= now]
        return self._store.write(self._remind_to_end) if due else 0

    def _remind_to_end(self, writes: Writes) -> int:
        moment, told = self._moment(), 0
        for id_, at in self.to_end(writes).items():
            line = writes.rounds.line(id_)
            if line is not None and at <= moment.now:
                topic, book = WatchTopic.ROUND_TO_END, self._rules.version(writes, line.rules_version)
                self._tell(writes, line, book, moment, topic, topic, at)
                told += 1
        return told

    def _tell(
        self, writes: Writes, line: RoundLine, book: PatrolBook, moment: Moment, topic: WatchTopic, key: str,
        due: datetime,
    ) -> None:  # fmt: skip
        """Say something of a team on its way."""
        detail: dict[str, Json] = {
            "number": line.number, "team": list[Json](line.team), "together": book.night.team,
            **_names(book, line.template, line.route),
        }  # fmt: skip
        planned = writes.rounds.planned_of(line.id)
        if planned is not None:
            detail["role"] = planned.role.value
        if topic is WatchTopic.CHECK_IN:
            detail["grace"] = int(book.check_in.grace.total_seconds() // 60)
        notice = watch_notice(topic, round_stream(line.id), line.grid, key, due_at=due, now=moment.now, detail=detail,
                              urgent=topic is not WatchTopic.ROUND_TO_END)  # fmt: skip
        writes.append([self._teller.first(writes, notice, None, moment, {"round": line.number})])


_TOPICS = {
    Stage.SOON: WatchTopic.ROUND_SOON, Stage.START: WatchTopic.ROUND_START, Stage.LATE: WatchTopic.ROUND_LATE,
    Stage.END: WatchTopic.ROUND_MISSED,
}  # fmt: skip


def _open(reads: Reads, number: str) -> bool:
    """Whether the case that a plan is tied to is still on the board."""
    found = reads.find(number) if number else None
    row = reads.row(found) if found else None
    return row is not None and row.whistle.state in BOARD_STATES


def _at(planned: PlannedRound, stage: Stage) -> datetime:
    return {Stage.SOON: planned.opens, Stage.START: planned.opens, Stage.LATE: planned.start_by,
            Stage.END: planned.closes}[stage]  # fmt: skip


def _about(planned: PlannedRound, book: PatrolBook | None) -> dict[str, Json]:
    """What sentences about a planned round name: its round, its way, its window."""
    return {
        **_names(book, planned.template, planned.route), "opens": planned.opens.isoformat(),
        "closes": planned.closes.isoformat(), "together": planned.team, "role": planned.role.value,
    }  # fmt: skip


def _names(book: PatrolBook | None, template: str, route: str) -> dict[str, Json]:
    asked = book.templates.get(template) if book else None
    way = book.routes.get(route) if book else None
    name, along = asked.name if asked else Name(template), way.name if way else Name("")
    return {"name": {"zh": name.zh, "en": name.en}, "route": {"zh": along.zh, "en": along.en}}


def _missed(planned: PlannedRound, now: datetime) -> Event:
    """Nobody walked it in its window."""
    return Event(
        id=uuid5(planned.id, "missed"), stream=planned_stream(planned.id), stream_version=1,
        kind=EventKind.ROUND_MISSED,
        payload={"plan": planned.plan, "template": planned.template, "route": planned.route, "grid": planned.grid,
                 "opens": planned.opens.isoformat(), "closes": planned.closes.isoformat()},
        actor=SYSTEM_ACTOR.member, role=Role.SYSTEM, channel=Channel.SYSTEM, occurred_at=planned.closes,
        recorded_at=now,
    )  # fmt: skip

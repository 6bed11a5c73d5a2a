"""Rounds that are due, brought in line with plans and posture: the same rows whoever computes them (behaviours 19)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Channel
from app.domain.events import Event, EventKind, Json
from app.domain.org import Role
from app.domain.patrol_book import PatrolBook
from app.domain.planned_round import (
    PlannedRound,
    PlannedState,
    next_stage_at,
    planned_id,
    planned_stream,
)
from app.domain.policy import WorkCalendar
from app.domain.posture import Posture
from app.domain.round_plan import Every, Guard, RoundPlan, Slot, aligned, slots
from app.domain.warned_area import Here
from app.domain.whistle import BOARD_STATES
from app.services.patrol_rules import PatrolRules
from app.services.policies import Policies
from app.services.ports import Reads, Writes
from app.services.streets import Streets
from app.services.telling import Moment, withdraw

LOOK_BACK = timedelta(days=7)
"""How far back rounds are still created that came due while no program ran: they were missed."""
WALKED = frozenset({PlannedState.UNDER_WAY, PlannedState.DONE, PlannedState.INCOMPLETE})


@dataclass(frozen=True, slots=True)
class Changes:
    """What bringing in line did."""

    created: int = 0
    dropped: int = 0
    moved: int = 0
    """Under way, with another end of their window; or planned, in the same window under another posture."""

    @property
    def any(self) -> bool:
        """Whether something changed."""
        return bool(self.created or self.dropped or self.moved)


def posture_in_force(reads: Reads, _now: datetime) -> Guard:
    """The posture that holds, since it was put in force."""
    standing = reads.posture()
    return Guard(standing.posture, standing.since) if standing.since is not None else Guard()


class Planner:
    """Plans inside a transaction that is already open. ``guard`` says which posture holds, and since when."""

    def __init__(
        self, policies: Policies, streets: Streets, rules: PatrolRules, guard: Callable[[Reads, datetime], Guard]
    ) -> None:
        self._policies = policies
        self._streets = streets
        self._rules = rules
        self.guard = guard

    def book(self, reads: Reads) -> PatrolBook | None:
        """The rules that plans go by; None while a street has none of its own: the shipped ones plan nothing."""
        newest = reads.rounds.rules_version()
        return self._rules.version(reads, newest) if newest else None

    def settled(self, writes: Writes) -> PatrolBook:
        """The rules inside a transaction, the shipped ones stored first where there are none."""
        return self._rules.settled(writes)

    def plans(self, reads: Reads, book: PatrolBook) -> tuple[RoundPlan, ...]:
        """Those of the rules that lead through grids of the street, then those that somebody set."""
        grids = {unit.code for unit in self._streets.index(reads).grids}
        mine = [plan for plan in book.plans.values() if plan.grid in grids and not self._is_over(reads, plan.whistle)]
        return (*mine, *(plan for plan in reads.rounds.plans() if plan.template in book.templates))

    def here(self, reads: Reads) -> Here:
        """Which warnings are for the street."""
        book = self.book(reads)
        return book.here if book else Here()

    def often(self, reads: Reads, posture: Posture) -> Every | None:
        """The rhythm under a posture of the plan that is walked most often; None where none goes by it."""
        book = self.book(reads)
        found = [every for plan in (self.plans(reads, book) if book else ()) if (every := plan.interval(posture))]
        return min(found, key=lambda one: (one.day, one.night), default=None)

    def bring_in_line(self, writes: Writes, moment: Moment, guard: Guard | None = None) -> Changes:
        """Create what is due up to the horizon, drop what is due no more; done twice it changes nothing."""
        book = self.book(writes)
        if book is None:
            return Changes()
        guard = guard or self.guard(writes, moment.now)
        calendar = self._policies.version(writes.current_policy_version()).calendar
        self._end_with_cases(writes, moment)
        work = _Work(writes, moment, book, guard, calendar)
        plans = self.plans(writes, book)
        for plan in plans:
            work.bring(plan)
        work.drop_of_no_plan({plan.id for plan in plans})
        work.listen_sooner()
        if work.changes.any:
            writes.append([_planned_event(work, moment)])
        return work.changes

    def _end_with_cases(self, writes: Writes, moment: Moment) -> None:
        """A plan tied to an open case ends with it (domain 1, row 48)."""
        for plan in writes.rounds.plans():
            if self._is_over(writes, plan.whistle):
                writes.rounds.end_plan(plan.id, moment.now)
                writes.append([plan_event(plan, EventKind.PLAN_ENDED, moment.now, {"with": plan.whistle})])

    @staticmethod
    def _is_over(reads: Reads, number: str) -> bool:
        """Whether the case that a plan is tied to is on the board no more."""
        found = reads.find(number) if number else None
        row = reads.row(found) if found else None
        return row is not None and row.whistle.state not in BOARD_STATES


class _Work:
    """One pass over the plans."""

    def __init__(
        self, writes: Writes, moment: Moment, book: PatrolBook, guard: Guard, calendar: WorkCalendar
    ) -> None:  # fmt: skip
        self.writes = writes
        self.moment = moment
        self.book = book
        self.guard = guard
        self.calendar = calendar
        self.changes = Changes()
        self.ids: list[str] = []
        """Of the rows that changed, for the id of the entry."""

    def bring(self, plan: RoundPlan) -> None:
        """Make the rows of a plan what it says."""
        now = self.moment.now
        known = {one.id: one for one in self.writes.rounds.planned_by(plan.id, now - LOOK_BACK)}
        wanted = {planned_id(plan.id, slot.key): slot for slot in self._slots(plan, known.values())}
        self._move_those_under_way(plan, known)
        taken = self._taken_until(known.values())
        for id_, slot in wanted.items():
            if slot.opens < taken and slot.opens >= self.guard.since:
                continue
            found = known.get(id_)
            if found is None:
                self._save(self._row(plan, slot), created=1)
            elif found.state is PlannedState.DROPPED and slot.closes > now:
                self._save(replace(self._row(plan, slot), version=found.version + 1), created=1)
            elif found.state is PlannedState.PLANNED and found.posture is not self.guard.posture:
                team = self._row(plan, slot).team
                self._save(replace(found, posture=self.guard.posture, team=team, version=found.version + 1), moved=1)
        for one in known.values():
            due = one.id in wanted and not (one.opens < taken and one.opens >= self.guard.since)
            if one.state is PlannedState.PLANNED and one.closes > now and not due:
                self._drop(one)

    def drop_of_no_plan(self, plans: set[str]) -> None:
        """Rounds of a plan that is no more are not waited for."""
        for one in self.writes.rounds.waited_for():
            if one.plan not in plans and one.closes > self.moment.now:
                self._drop(one)

    def listen_sooner(self) -> None:
        """Teams under way are listened for at night as often as the posture asks, from now on."""
        every = self.book.check_in.interval(self.guard.posture)
        latest = self.book.night.hear_by(self.moment.now, every, self.calendar.zone)
        if latest is None:
            return
        for line in self.writes.rounds.under_way():
            if line.check_in_at is None or line.check_in_at > latest:
                self.writes.rounds.listen(line.id, line.check_in_at, latest)

    def _slots(self, plan: RoundPlan, known: Iterable[PlannedRound]) -> Iterable[Slot]:
        now = self.moment.now
        ends = [one.closes for one in known if one.state is not PlannedState.DROPPED]
        after = min(now, max([*ends, self.guard.since, now - LOOK_BACK])) if ends else now
        return slots(plan, self.guard, after, now + self.book.times.ahead, self.calendar, self.book.night)

    def _move_those_under_way(self, plan: RoundPlan, known: dict[UUID, PlannedRound]) -> None:
        """A round under way is re-timed from now: the next one is due an interval on, or as it was planned."""
        for id_, one in list(known.items()):
            if one.state is not PlannedState.UNDER_WAY or one.posture is self.guard.posture:
                continue
            closes = self._closes(plan, one)
            moved = replace(one, posture=self.guard.posture, closes=closes, version=one.version + 1)
            moved = replace(moved, next_at=next_stage_at(moved))
            self._save(moved, moved=1)
            known[id_] = moved

    def _closes(self, plan: RoundPlan, one: PlannedRound) -> datetime:
        """As planned, where it is one of the rounds of this posture; else an interval from now, if that is sooner."""
        moment = timedelta(seconds=1)
        as_planned = slots(plan, self.guard, one.opens, one.opens + moment, self.calendar, self.book.night)
        same = next((slot for slot in as_planned if slot.key == one.key), None)
        if same is not None:
            return same.closes
        every, now = plan.interval(self.guard.posture), self.moment.now
        if every is None or self.guard.since <= one.opens:
            return one.closes
        step = every.at(now.astimezone(self.calendar.zone), self.book.night)
        return min(one.closes, aligned(now + step, step, self.calendar))

    def _taken_until(self, known: Iterable[PlannedRound]) -> datetime:
        """Until when the round that was under way as the posture changed stands for the first one after it."""
        ends = [
            one.closes
            for one in known
            if one.state in WALKED and one.opens < self.guard.since and one.posture is self.guard.posture
        ]
        return max(ends, default=self.guard.since)

    def _row(self, plan: RoundPlan, slot: Slot) -> PlannedRound:
        team = plan.together(self.guard.posture)
        if self.book.night.holds(slot.opens.astimezone(self.calendar.zone)):
            team = max(team, self.book.night.team)
        share = (slot.closes - slot.opens) * self.book.times.start_within / 100
        soon = plan.soon if plan.soon is not None else self.book.times.soon
        row = PlannedRound(
            planned_id(plan.id, slot.key), plan.id, slot.key, plan.template, plan.grid, plan.route, plan.role, team,
            self.guard.posture, slot.opens, slot.closes, slot.opens + share, slot.opens - soon, whistle=plan.whistle,
        )  # fmt: skip
        return replace(row, next_at=next_stage_at(row))

    def _drop(self, planned: PlannedRound) -> None:
        gone = replace(planned, state=PlannedState.DROPPED, next_at=None, version=planned.version + 1)
        self._save(gone, dropped=1)
        subject = planned_stream(planned.id)
        withdraw(self.writes, self.writes.duty.live_of_subject(subject), self.moment)

    def _save(self, row: PlannedRound, *, created: int = 0, dropped: int = 0, moved: int = 0) -> None:
        self.writes.rounds.save_planned(row)
        self.ids.append(f"{row.id.hex}/{row.version}")
        self.changes = Changes(
            self.changes.created + created, self.changes.dropped + dropped, self.changes.moved + moved
        )  # fmt: skip


def _planned_event(work: _Work, moment: Moment) -> Event:
    changes = work.changes
    version = work.writes.stream_version("planned") + 1
    return Event(
        id=uuid5(planned_id("planned", "entry"), " ".join(sorted(work.ids))), stream="planned", stream_version=version,
        kind=EventKind.ROUNDS_PLANNED,
        payload={"posture": work.guard.posture.value, "since": work.guard.since.isoformat(), "rules": work.book.version,
                 "created": changes.created, "dropped": changes.dropped, "moved": changes.moved},
        actor=SYSTEM_ACTOR.member, role=Role.SYSTEM, channel=Channel.SYSTEM, occurred_at=moment.now,
        recorded_at=moment.now,
    )  # fmt: skip


def plan_event(plan: RoundPlan, kind: EventKind, at: datetime, payload: Mapping[str, Json]) -> Event:
    """What the clock does about a plan that somebody set."""
    identity = uuid5(planned_id(plan.id, "plan"), f"{kind}")
    return Event(
        id=identity, stream=f"plan/{plan.id}", stream_version=2, kind=kind, payload={"plan": plan.id, **payload},
        actor=SYSTEM_ACTOR.member, role=Role.SYSTEM, channel=Channel.SYSTEM, occurred_at=at, recorded_at=at,
    )  # fmt: skip

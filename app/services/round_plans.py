"""Plans of rounds that people set, and what is due: for lists, the next hour and the clock (domain 4.2, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.actor import Actor
from app.domain.due_round import DueRound
from app.domain.errors import BadInput, IllegalMove, NotFound
from app.domain.events import Event, EventKind, Json
from app.domain.message import Message, Name
from app.domain.org import Role
from app.domain.patrol_book import PatrolBook
from app.domain.permissions import records_in
from app.domain.plan_line import PlanBoard, with_next
from app.domain.planned_round import PlannedRound
from app.domain.posture import Posture
from app.domain.recurrence import Days
from app.domain.round_plan import Guard, RoundPlan, Window
from app.domain.text import TITLE_CAP, clean, within
from app.domain.whistle import BOARD_STATES
from app.services.planning import Planner
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets
from app.services.telling import Moment

MOST_WINDOWS = 12
"""Windows of one plan a day."""


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """A plan as somebody asks for it; an empty ``grid`` is that of the route."""

    name: str
    template: str
    windows: tuple[Window, ...]
    grid: str = ""
    route: str = ""
    days: Days = Days.ANY
    weekdays: frozenset[int] = frozenset()
    team: int = 1
    place: str = ""
    permit: str = ""
    whistle: UUID | None = None
    until: datetime | None = None
    role: Role = Role.GRID_MEMBER
    """Who is reminded of it: one of ``WALKERS``."""


class RoundPlans:
    """Every call is one transaction; errors are ``WanggeError`` with nothing written."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets, planner: Planner) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._planner = planner

    # -- reading -----------------------------------------------------------------------------
    def in_force(self) -> tuple[tuple[RoundPlan, ...], Guard]:
        """Every plan that is in force, and the posture they go by; none before a street has rules of its own."""
        with self._store.read() as reads:
            book = self._planner.book(reads)
            guard = self._planner.guard(reads, self._clock.now())
            return (self._planner.plans(reads, book) if book else ()), guard

    def board(self) -> PlanBoard:
        """Every plan in force with the round that is due next."""
        with self._store.read() as reads:
            now = self._clock.now()
            book, guard = self._planner.book(reads), self._planner.guard(reads, now)
            if book is None:
                return PlanBoard((), guard)
            calendar = self._policies.version(reads.current_policy_version()).calendar
            near = reads.rounds.planned_between(now - book.times.ahead, now + book.times.ahead)
            known = {one.id: one for one in near}
            plans = self._planner.plans(reads, book)
            return PlanBoard(
                tuple(with_next(one, guard, known, now, calendar, book.night) for one in plans), guard
            )  # fmt: skip

    def due(self, since: datetime, until: datetime) -> tuple[DueRound, ...]:
        """Planned rounds whose window opens in a span, soonest first."""
        with self._store.read() as reads:
            return self.named(reads, reads.rounds.planned_between(since, until))

    def waited_for(self) -> tuple[DueRound, ...]:
        """All that nobody has begun yet, soonest first."""
        with self._store.read() as reads:
            return self.named(reads, reads.rounds.waited_for())

    def named(self, reads: Reads, found: Sequence[PlannedRound]) -> tuple[DueRound, ...]:
        """Planned rounds with the names of their plans and what became of them, in the order given."""
        book = self._planner.book(reads)
        names = {plan.id: plan.name for plan in self._planner.plans(reads, book)} if book else {}
        return tuple(
            DueRound(one, names.get(one.plan) or _name_of(one, book, reads),
                     reads.rounds.line(one.round_id) if one.round_id else None)
            for one in found
        )  # fmt: skip

    # -- changing ----------------------------------------------------------------------------
    def set(self, actor: Actor, request_id: UUID, wanted: PlanWanted) -> RoundPlan:
        """Set a plan through a grid, or along a route; tied to an open case it ends with it (domain 1, row 48)."""
        plan_id = f"P-{request_id.hex[:8]}"

        def work(writes: Writes) -> RoundPlan:
            known = writes.rounds.plan(plan_id)
            if known is not None and earlier(writes, request_id, actor, {EventKind.PLAN_SET}) is not None:
                return known
            book = self._planner.settled(writes)
            plan = self._checked(writes, wanted, plan_id, actor, book)
            now = self._clock.now()
            payload: dict[str, Json] = {
                "plan": plan_id, "template": plan.template, "route": plan.route, "grid": plan.grid,
                "windows": [f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in plan.windows], "days": plan.days.value,
                "weekdays": list[Json](sorted(plan.weekdays)), "case": plan.whistle, "role": plan.role.value,
            }  # fmt: skip
            writes.append([self._event(writes, actor, request_id, plan, EventKind.PLAN_SET, payload, 1, now)])
            writes.rounds.save_plan(plan, now)
            self._planner.bring_in_line(writes, Moment(now, self._clock.wall()))
            return plan

        return self._store.write(work)

    def end(self, actor: Actor, request_id: UUID, plan_id: str) -> RoundPlan:
        """A plan that somebody set is due no more; one of the rules is taken out of the rules."""

        def work(writes: Writes) -> RoundPlan:
            plan = writes.rounds.plan(plan_id)
            if plan is None:
                book = self._planner.book(writes)
                if book is not None and plan_id in book.plans:
                    raise BadInput(Message("It stands in the rules: change the rules to take it away."), "id")
                raise NotFound(Message("There is no plan {id}.", {"id": plan_id}))
            if earlier(writes, request_id, actor, {EventKind.PLAN_ENDED}) is not None:
                return plan
            now = self._clock.now()
            if not writes.rounds.end_plan(plan_id, now):
                raise IllegalMove(Message("The plan is over already."))
            writes.append(
                [self._event(writes, actor, request_id, plan, EventKind.PLAN_ENDED, {"plan": plan_id}, 2, now)]
            )
            self._planner.bring_in_line(writes, Moment(now, self._clock.wall()))
            return plan

        return self._store.write(work)

    # -- how ---------------------------------------------------------------------------------
    def _checked(
        self, writes: Writes, wanted: PlanWanted, plan_id: str, actor: Actor, book: PatrolBook
    ) -> RoundPlan:  # fmt: skip
        street = self._streets.index(writes)
        route = book.routes.get(wanted.route) if wanted.route else None
        if wanted.template not in book.templates:
            raise BadInput(Message("There is no checklist {id}.", {"id": wanted.template}), "template")
        if wanted.route and route is None:
            raise BadInput(Message("There is no route {id}.", {"id": wanted.route}), "route")
        grid = wanted.grid or (route.grid if route else "")
        if grid not in {unit.code for unit in street.grids}:
            raise BadInput(Message("There is no grid {code}.", {"code": grid}), "grid")
        if route is not None and route.grid != grid:
            told = {"route": route.name, "grid": street.label(route.grid)}
            raise BadInput(Message("{route} leads through {grid}.", told), "route")
        if not 1 <= len(wanted.windows) <= MOST_WINDOWS:
            raise BadInput(Message("A plan needs 1 to {most} windows.", {"most": MOST_WINDOWS}), "windows")
        if wanted.place and wanted.place not in {place.code for place in street.street.places}:
            raise BadInput(Message("There is no place {code}.", {"code": wanted.place}), "place")
        if wanted.until is not None and wanted.until <= self._clock.now():
            raise BadInput(Message("{what} must lie ahead.", {"what": Message("Until")}), "until")
        records_in(actor, grid, street)
        name = clean(within(wanted.name, TITLE_CAP, "name"), one_line=True) or book.templates[wanted.template].name.zh
        return RoundPlan(
            plan_id, Name(name), wanted.template, grid, wanted.route, wanted.windows, wanted.days, wanted.weekdays,
            team={Posture.SEASON: wanted.team}, role=wanted.role, place=wanted.place,
            permit=clean(within(wanted.permit, TITLE_CAP, "permit"), one_line=True),
            whistle=self._open_case(writes, wanted.whistle), until=wanted.until, set_by=actor.member,
        )  # fmt: skip

    @staticmethod
    def _open_case(writes: Writes, whistle: UUID | None) -> str:
        if whistle is None:
            return ""
        case = writes.case(whistle)
        if case is None:
            raise NotFound(Message("There is no such case."))
        if case.whistle.state not in BOARD_STATES or not case.whistle.number:
            raise BadInput(Message("The plan would end with a case that is not open."), "case")
        return case.whistle.number

    def _event(
        self, writes: Writes, actor: Actor, request_id: UUID, plan: RoundPlan, kind: EventKind,
        payload: dict[str, Json], version: int, now: datetime,
    ) -> Event:  # fmt: skip
        role = records_in(actor, plan.grid, self._streets.index(writes))
        return Event(
            id=request_id, stream=f"plan/{plan.id}", stream_version=version, kind=kind, payload=payload,
            actor=actor.member, role=role, occurred_at=now, recorded_at=now, station=actor.station,
        )  # fmt: skip


def _name_of(planned: PlannedRound, book: PatrolBook | None, reads: Reads) -> Name:
    """The name of a plan that is in force no more."""
    plan = reads.rounds.plan(planned.plan)
    if plan is not None:
        return plan.name
    template = book.templates.get(planned.template) if book else None
    return template.name if template else Name(planned.template)

"""Plans of rounds and the rounds that are due (domain 4.2; behaviours 16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, func, insert, literal, or_, select, text, type_coerce, update

from app.domain.grid_rounds import GridRounds
from app.domain.message import Name
from app.domain.notice import NoticeState
from app.domain.planned_round import PlannedRound, PlannedState
from app.domain.posture import PRESSING, Posture
from app.domain.round_plan import RoundPlan, Window
from app.domain.watch_topics import WatchTopic
from app.services.round_ports import MOST
from db.repositories.rows import AnyRow, Rows, columns_of
from db.tables.base import table
from db.tables.org import UnitRow
from db.tables.reminders import NoticeRow
from db.tables.rounds import IN_FORCE, TO_SAY, UNDER_WAY, WAITED_FOR, PlannedRoundRow, RoundPlanRow, RoundRow

PLANNED = table(PlannedRoundRow)
PLAN = table(RoundPlanRow)
ROUND = table(RoundRow)
UNIT = table(UnitRow)
NOTICE = table(NoticeRow)
_P, _L, _R, _N = PLANNED.c, PLAN.c, ROUND.c, NOTICE.c

_PLANNED = select(*columns_of(PLANNED, PlannedRound))
_BY_ID = _PLANNED.where(_P.id == bindparam("planned"))
_OF_ROUND = _PLANNED.where(_P.round_id == bindparam("round"))
_DUE = (
    _PLANNED.where(text(f"planned_round.{TO_SAY}"), _P.next_at <= bindparam("until"))
    .order_by(_P.next_at, _P.id)
    .limit(bindparam("at_most"))
)
_BETWEEN = (
    _PLANNED.where(_P.opens >= bindparam("since"), _P.opens < bindparam("until"), _P.state != PlannedState.DROPPED)
    .order_by(_P.opens, _P.id)
    .limit(bindparam("at_most"))
)
_BY_PLAN = _PLANNED.where(_P.plan == bindparam("plan"), _P.opens >= bindparam("since")).order_by(_P.opens, _P.id)
_WAITED_FOR = _PLANNED.where(text(f"planned_round.{WAITED_FOR}")).order_by(_P.opens, _P.id)
_LAST = select(func.max(_P.opens)).where(_P.plan == bindparam("plan"))
_LAST_CLOSES = select(func.max(_P.closes)).where(_P.plan == bindparam("plan"), _P.opens == bindparam("opens"))
_NEXT_BY_GRID = (
    select(_P.grid, func.min(_P.opens)).where(text(f"planned_round.{WAITED_FOR}")).group_by(_P.grid)
)  # fmt: skip
_LATE = select(_P.grid, _P.opens, _P.posture).where(
    text(f"planned_round.{WAITED_FOR}"), _P.start_by <= bindparam("now")
)
_MISSED = select(_P.grid, _P.opens, _P.posture).where(_P.opens >= bindparam("since"), _P.state == PlannedState.MISSED)
_LAST_BY_GRID = select(
    UNIT.c.code, select(func.max(_R.started_at)).where(_R.grid == UNIT.c.code).correlate(UNIT).scalar_subquery()
)
"""Looked up unit by unit in the index: grouping would read every round there ever was."""
_OF_THE_ROUND = (
    select(_N.id)
    .where(text("notice.subject <> ''"), _N.subject == literal("round/") + type_coerce(_R.id, String))
    .correlate(ROUND)
)
_HEARD = func.coalesce(_R.heard_at, _R.started_at, type_=_R.started_at.type)
NOT_HEARD_SINCE = _OF_THE_ROUND.where(
    _N.topic == WatchTopic.CHECK_IN, _N.state != NoticeState.WITHDRAWN, _N.fired_at > _HEARD
).exists()
"""Somebody was told that a team is silent, and nobody has heard from it after that; whoever has that in hand."""
_SILENT = select(_R.grid).where(
    text(f"round.{UNDER_WAY}"), or_(_R.check_in_at <= bindparam("now"), NOT_HEARD_SINCE)
)  # fmt: skip
"""Grid by grid they are counted here: grouped, every round there ever was would be read."""
_REMINDED_TO_END = _OF_THE_ROUND.where(_N.topic == WatchTopic.ROUND_TO_END).exists()
_TO_END = select(_R.id, _HEARD).where(text(f"round.{UNDER_WAY}"), _R.answered >= _R.asked, ~_REMINDED_TO_END)
_SAVE = update(PLANNED).where(_P.id == bindparam("planned"), _P.version == bindparam("known"))
_PLANS = select(PLAN).where(text(f"round_plan.{IN_FORCE}")).order_by(_L.id)
_PLAN = select(PLAN).where(_L.id == bindparam("plan"))
_END = update(PLAN).where(_L.id == bindparam("plan"), text(f"round_plan.{IN_FORCE}"))


class PlannedReading(Rows):
    """Reads of plans and planned rounds."""

    def plans(self) -> tuple[RoundPlan, ...]:
        """Plans that somebody set and that are in force."""
        return tuple(self._all(_PLANS, _plan))

    def plan(self, plan_id: str) -> RoundPlan | None:
        """One that somebody set."""
        return self._one(_PLAN, _plan, {"plan": plan_id})

    def planned(self, planned_id: UUID) -> PlannedRound | None:
        """One planned round."""
        return self._one(_BY_ID, _planned, {"planned": planned_id})

    def planned_of(self, round_id: UUID) -> PlannedRound | None:
        """The planned round that a round is."""
        return self._one(_OF_ROUND, _planned, {"round": round_id})

    def planned_due(self, until: datetime, limit: int = MOST) -> tuple[PlannedRound, ...]:
        """Of which something is to be said up to an instant."""
        return tuple(self._all(_DUE, _planned, {"until": until, "at_most": limit}))

    def planned_between(self, since: datetime, until: datetime, limit: int = MOST) -> tuple[PlannedRound, ...]:
        """Whose window opens in a span."""
        return tuple(self._all(_BETWEEN, _planned, {"since": since, "until": until, "at_most": limit}))

    def planned_by(self, plan_id: str, since: datetime) -> tuple[PlannedRound, ...]:
        """All of a plan since an instant."""
        return tuple(self._all(_BY_PLAN, _planned, {"plan": plan_id, "since": since}))

    def waited_for(self) -> tuple[PlannedRound, ...]:
        """All that nobody has begun and that are not missed yet."""
        return tuple(self._all(_WAITED_FOR, _planned))

    def last_planned(self, plan_id: str) -> datetime | None:
        """When the window of the last planned round closes."""
        opens = self._connection.scalar(_LAST, {"plan": plan_id})
        return self._connection.scalar(_LAST_CLOSES, {"plan": plan_id, "opens": opens}) if opens else None

    def to_end(self) -> Mapping[UUID, datetime]:
        """Rounds that only have to be ended, with their last word."""
        return dict(self._all(_TO_END, tuple))

    def by_grid(self, now: datetime, missed_since: datetime) -> Mapping[str, GridRounds]:
        """Where rounds stand, by grid."""
        last = {grid: at for grid, at in self._all(_LAST_BY_GRID, tuple) if at is not None}
        coming = dict(self._all(_NEXT_BY_GRID, tuple))
        silent = Counter(self._all(_SILENT, lambda row: row[0], {"now": now}))
        late = self._all(_LATE, tuple, {"now": now})
        late += [
            (grid, opens, posture)
            for grid, opens, posture in self._all(_MISSED, tuple, {"since": missed_since})
            if grid not in last or last[grid] < opens
        ]
        pressing = [grid for grid, _, posture in late if posture.rank >= PRESSING.rank]
        all_late = [grid for grid, _, _ in late]
        return {
            grid: GridRounds(last.get(grid), coming.get(grid), all_late.count(grid), pressing.count(grid),
                             silent[grid])
            for grid in {*last, *coming, *all_late, *silent}
        }  # fmt: skip


class PlannedWriting(PlannedReading):
    """Changes of the same."""

    def save_planned(self, planned: PlannedRound) -> bool:
        """Write a planned round as the next of its versions."""
        row = asdict(planned)
        if planned.version == 1:
            self._connection.execute(insert(PLANNED), row)
            return True
        values = {**row, "planned": planned.id, "known": planned.version - 1}
        return self._connection.execute(_SAVE, values).rowcount == 1

    def save_plan(self, plan: RoundPlan, at: datetime) -> None:
        """Store a plan that somebody set."""
        self._connection.execute(insert(PLAN), {
            "id": plan.id, "name": plan.name.zh, "template": plan.template, "route": plan.route, "grid": plan.grid,
            "windows": " ".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in plan.windows), "days": plan.days,
            "weekdays": " ".join(map(str, sorted(plan.weekdays))), "team": max(plan.team.values(), default=1),
            "role": plan.role, "place": plan.place, "permit": plan.permit, "whistle": plan.whistle,
            "until": plan.until, "set_by": plan.set_by, "set_at": at,
        })  # fmt: skip

    def end_plan(self, plan_id: str, at: datetime) -> bool:
        """A plan that somebody set is due no more."""
        return self._connection.execute(_END.values(ended_at=at), {"plan": plan_id}).rowcount == 1


def _planned(row: AnyRow) -> PlannedRound:
    return PlannedRound(*row)


def _plan(row: AnyRow) -> RoundPlan:
    told: dict[str, Any] = dict(row._mapping)
    windows = tuple(Window(*map(time.fromisoformat, text.split("-"))) for text in told["windows"].split())
    return RoundPlan(
        told["id"], Name(told["name"]), told["template"], told["grid"], told["route"], windows, told["days"],
        frozenset(map(int, told["weekdays"].split())), team={Posture.SEASON: told["team"]}, role=told["role"],
        place=told["place"], permit=told["permit"], whistle=told["whistle"], until=told["until"],
        set_by=told["set_by"],
    )  # fmt: skip

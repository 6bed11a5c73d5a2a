"""The duty clock's rows: what is due next, what leaves the building, who runs the clock (decisions 22, 23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, case, delete, func, insert, select, text, update

from app.domain.due_history import DueKey
from app.domain.outbox import OutboxState, Parcel, Route
from app.services.duty_ports import MOST, EngineRun, ModuleRun, NextInstants
from db.repositories.dues import DUE
from db.repositories.notices import NOTICE, REMINDER, NoticeReading, NoticeWriting
from db.repositories.rows import columns_of, values_of
from db.tables.base import table
from db.tables.cases import PENDING, DueState, WhistleRow
from db.tables.reminders import (
    ACTIVE,
    BEING_SENT,
    LIVE_NOTICE,
    TO_SEND,
    UNSENT,
    WAKES,
    EngineModuleRow,
    EngineRow,
    OutboxRow,
    RouteRow,
)
from db.tables.rounds import LISTENED_FOR, TO_SAY, PlannedRoundRow, RoundRow

OUTBOX = table(OutboxRow)
ROUTE = table(RouteRow)
ENGINE = table(EngineRow)
MODULE = table(EngineModuleRow)
WHISTLE = table(WhistleRow)
PLANNED = table(PlannedRoundRow)
ROUND = table(RoundRow)
_D, _O, _N, _W = DUE.c, OUTBOX.c, NOTICE.c, WHISTLE.c

_NEXT_DUE = select(func.min(_D.at)).where(text(f"due.{PENDING}"))
_NEXT_NOTICE = select(func.min(_N.wakes_at)).where(text(f"notice.{WAKES}"))
_NEXT_REMINDER = select(func.min(REMINDER.c.next_at)).where(text(f"reminder.{ACTIVE}"))
_NEXT_PLANNED = select(func.min(PLANNED.c.next_at)).where(text(f"planned_round.{TO_SAY}"))
_NEXT_CHECK_IN = select(func.min(ROUND.c.check_in_at)).where(text(f"round.{LISTENED_FOR}"))
_NEXT_TRY = select(func.min(_O.next_try_at)).where(text(f"outbox.{TO_SEND}"))
_NEXT_LEASE = select(func.min(_O.lease_until)).where(text(f"outbox.{BEING_SENT}"))
_NEXT = select(
    *(
        each.scalar_subquery()
        for each in (
            _NEXT_DUE, _NEXT_NOTICE, _NEXT_REMINDER, _NEXT_PLANNED, _NEXT_CHECK_IN, _NEXT_TRY, _NEXT_LEASE,
        )
    )
)  # fmt: skip

_CASES_DUE = (
    select(_D.whistle_id)
    .where(text(f"due.{PENDING}"), _D.at <= bindparam("until"))
    .order_by(_D.at, _D.id)
    .limit(bindparam("at_most"))
)
_PENDING_OF = (
    select(_D.kind, _D.assignment_id, _D.nth)
    .where(_D.whistle_id == bindparam("whistle"), _D.state == DueState.PENDING, _D.at <= bindparam("until"))
    .order_by(_D.at, _D.id)
)
_FIRE = (
    update(DUE)
    .where(_D.whistle_id == bindparam("whistle"), _D.kind == bindparam("of_kind"), _D.nth == bindparam("of_nth"),
           _D.state == DueState.PENDING)
    .values(state=DueState.FIRED)
)  # fmt: skip
_FIRE_WHISTLE = _FIRE.where(_D.assignment_id.is_(None))
_FIRE_ASSIGNMENT = _FIRE.where(_D.assignment_id == bindparam("assignment"))

_PARCEL = columns_of(OUTBOX, Parcel)
_PARCELS_OF = (
    select(*_PARCEL)
    .where(_O.notice_id.in_(bindparam("notices", expanding=True)))
    .order_by(_O.created_at, _O.step, _O.kind.desc(), _O.id)
)
_UNSENT = (
    select(*_PARCEL).where(text(f"outbox.{UNSENT}")).order_by(_O.created_at.desc(), _O.id).limit(bindparam("at_most"))
)
_SINCE = (
    select(*_PARCEL)
    .where(_O.created_at >= bindparam("since"))
    .order_by(_O.created_at, _O.id)
    .limit(bindparam("at_most"))
)
_TO_MEMBER = (
    select(func.count())
    .select_from(OUTBOX.join(NOTICE, _N.id == _O.notice_id))
    .where(_O.member == bindparam("to"), _O.created_at >= bindparam("since"))
)
_UNANSWERED = _TO_MEMBER.where(text(f"notice.{LIVE_NOTICE}"))
_STORM = (
    select(func.count())
    .select_from(OUTBOX.join(NOTICE, _N.id == _O.notice_id).join(WHISTLE, _W.id == _N.whistle_id))
    .where(_O.member == bindparam("to"), _O.created_at >= bindparam("since"), _W.community == bindparam("community"))
)
_ROUTES = select(*columns_of(ROUTE, Route)).order_by(ROUTE.c.member, ROUTE.c.position, ROUTE.c.channel)
_ENGINES = select(*columns_of(ENGINE, EngineRun)).where(ENGINE.c.ticked_at >= bindparam("since")).order_by(
    ENGINE.c.ticked_at.desc(), ENGINE.c.owner
)  # fmt: skip
_MODULES = select(*columns_of(MODULE, ModuleRun)).order_by(MODULE.c.module)
_LOST = (
    select(_W.id)
    .where(text("whistle.next_due_at IS NOT NULL"), _W.next_due_at < bindparam("overdue"))
    .limit(bindparam("at_most"))
)  # fmt: skip
_OVERDUE = (
    select(_D.whistle_id).where(text(f"due.{PENDING}"), _D.at < bindparam("overdue")).limit(bindparam("at_most"))
)  # fmt: skip

_CHOSEN = (
    select(_O.id)
    .where(text(f"outbox.{TO_SEND}"), _O.next_try_at <= bindparam("now"),
           _O.member.in_(bindparam("members", expanding=True)))
    .order_by(case((_O.urgent, 0), else_=1), _O.rank, _O.created_at, _O.id)
    .limit(bindparam("at_most"))
)  # fmt: skip
_CLAIM = (
    update(OUTBOX)
    .where(_O.id.in_(bindparam("chosen", expanding=True)), _O.state == OutboxState.PENDING)
    .values(state=OutboxState.SENDING, owner=bindparam("by"), lease_until=bindparam("lease"), next_try_at=None,
            attempts=_O.attempts + 1)
    .returning(*_PARCEL)
)  # fmt: skip
_BUNDLE = update(OUTBOX).where(_O.id.in_(bindparam("parcels", expanding=True))).values(bundle=bindparam("in_bundle"))
_PROLONG = (
    update(OUTBOX)
    .where(_O.id.in_(bindparam("parcels", expanding=True)), _O.state == OutboxState.SENDING,
           _O.owner == bindparam("by"))
    .values(lease_until=bindparam("lease"))
)  # fmt: skip
_EXPIRED = select(_O.id, _O.urgent).where(text(f"outbox.{BEING_SENT}"), _O.lease_until <= bindparam("now"))
_EXPIRE = update(OUTBOX).where(_O.id == bindparam("parcel"), _O.state == OutboxState.SENDING)
_SETTLE = (
    update(OUTBOX)
    .where(_O.id == bindparam("parcel"), _O.state == OutboxState.SENDING, _O.owner == bindparam("by"))
    .values(
        state=bindparam("to_state"), next_try_at=bindparam("try_at"), lease_until=None, channel=bindparam("by_channel"),
        bundle=bindparam("in_bundle"), sent_at=bindparam("at"), reason=bindparam("why"),
    )
)  # fmt: skip
_DROP = (
    update(OUTBOX)
    .where(_O.notice_id == bindparam("notice"), _O.state == OutboxState.PENDING)
    .values(state=OutboxState.DROPPED, next_try_at=None)
)


_FORGOTTEN = (
    update(OUTBOX)
    .where(text(f"outbox.{TO_SEND}"), _O.next_try_at < bindparam("before"))
    .values(state=OutboxState.FAILED, next_try_at=None, reason=bindparam("why"))
)


class DutyReading(NoticeReading):
    """``app.services.duty_ports.DutyReads`` over one transaction."""

    def next_instants(self) -> NextInstants:
        """The soonest instant of each thing the clock waits for: seven look-ups in indexes, in one statement."""
        due, notice, reminder, planned, check_in, *sends = self._connection.execute(_NEXT).one()
        send = min((at for at in sends if at is not None), default=None)
        return NextInstants(due, notice, reminder, send, planned, check_in)

    def cases_due(self, until: datetime, limit: int = MOST) -> tuple[UUID, ...]:
        """Cases in which something is due, the longest due first."""
        found = self._all(_CASES_DUE, lambda row: row[0], {"until": until, "at_most": limit})
        return tuple(dict.fromkeys(found))

    def pending_of(self, whistle_id: UUID, until: datetime) -> tuple[DueKey, ...]:
        """Keys of a case's rows that are due, soonest first."""
        values = {"whistle": whistle_id, "until": until}
        return tuple(self._all(_PENDING_OF, lambda row: (row[0], row[1], row[2]), values))

    def parcels_of(self, notice_ids: Sequence[UUID]) -> tuple[Parcel, ...]:
        """Messages of some notices in the order they were made."""
        if not notice_ids:
            return ()
        return tuple(self._all(_PARCELS_OF, lambda row: Parcel(*row), {"notices": notice_ids}))

    def unsent(self, limit: int = MOST) -> tuple[Parcel, ...]:
        """What failed or is in doubt, the newest first."""
        return tuple(self._all(_UNSENT, lambda row: Parcel(*row), {"at_most": limit}))

    def parcels_since(self, since: datetime, limit: int = MOST) -> tuple[Parcel, ...]:
        """What was made since a machine instant."""
        return tuple(self._all(_SINCE, lambda row: Parcel(*row), {"since": since, "at_most": limit}))

    def unanswered_to(self, member: str, since: datetime) -> int:
        """Messages to a member that nobody answered yet."""
        return self._connection.scalar(_UNANSWERED, {"to": member, "since": since}) or 0

    def storm(self, member: str, community: str, since: datetime) -> int:
        """Messages about one community to a member."""
        return self._connection.scalar(_STORM, {"to": member, "community": community, "since": since}) or 0

    def to_send(self, members: Sequence[str], now: datetime) -> bool:
        """Whether anything is to be sent to these members now."""
        values = {"members": members, "now": now, "at_most": 1}
        return bool(members) and self._connection.scalar(_CHOSEN, values) is not None

    def unheld(self, now: datetime) -> bool:
        """Whether a sender has let its lease run out."""
        return self._connection.scalar(_EXPIRED, {"now": now}) is not None

    def routes(self) -> tuple[Route, ...]:
        """By which channels everybody is reached."""
        return tuple(self._all(_ROUTES, lambda row: Route(*row)))

    def engines(self, since: datetime) -> tuple[EngineRun, ...]:
        """Programs that ticked since a machine instant."""
        return tuple(self._all(_ENGINES, lambda row: EngineRun(*row), {"since": since}))

    def module_runs(self) -> tuple[ModuleRun, ...]:
        """When each part of the clock last ran."""
        return tuple(self._all(_MODULES, lambda row: ModuleRun(*row)))

    def without_next_instant(self, overdue: datetime) -> tuple[UUID, ...]:
        """Active cases that the clock has lost: their next instant, or a pending row, is long past."""
        found = [
            *self._all(_LOST, lambda row: row[0], {"overdue": overdue, "at_most": 20}),
            *self._all(_OVERDUE, lambda row: row[0], {"overdue": overdue, "at_most": 20}),
        ]
        return tuple(dict.fromkeys(found))


class DutyWriting(DutyReading, NoticeWriting):
    """``app.services.duty_ports.DutyWrites`` over one transaction."""

    def fire(self, whistle_id: UUID, key: DueKey) -> bool:
        """Mark a pending row as fired; False when it is pending no more."""
        kind, assignment_id, nth = key
        values = {"whistle": whistle_id, "of_kind": kind, "of_nth": nth}
        if assignment_id is None:
            return self._connection.execute(_FIRE_WHISTLE, values).rowcount == 1
        return self._connection.execute(_FIRE_ASSIGNMENT, {**values, "assignment": assignment_id}).rowcount == 1

    def post(self, parcels: Sequence[Parcel]) -> None:
        """Put messages into the outbox, each once."""
        known = {parcel.id for parcel in self.parcels_of([parcel.notice_id for parcel in parcels])}
        fresh = [values_of(parcel) for parcel in parcels if parcel.id not in known]
        if fresh:
            self._connection.execute(insert(OUTBOX), fresh)

    def drop_unsent(self, notice_id: UUID) -> None:
        """What waits to be sent of a notice is not sent."""
        self._connection.execute(_DROP, {"notice": notice_id})

    def claim(
        self, owner: str, members: Sequence[str], now: datetime, lease_until: datetime, limit: int
    ) -> tuple[Parcel, ...]:  # fmt: skip
        """Take what is to be sent now; nobody else gets it before the lease runs out."""
        if not members:
            return ()
        chosen = self._connection.scalars(_CHOSEN, {"now": now, "members": members, "at_most": limit}).all()
        if not chosen:
            return ()
        values = {"chosen": chosen, "by": owner, "lease": lease_until}
        rows = {row[0]: Parcel(*row) for row in self._connection.execute(_CLAIM, values)}
        return tuple(rows[one] for one in chosen if one in rows)

    def bundle(self, parcels: Sequence[UUID], bundle: UUID) -> None:
        """Claimed messages to one member go as one; they stay together when they have to be sent again."""
        self._connection.execute(_BUNDLE, {"parcels": parcels, "in_bundle": bundle})

    def prolong(self, owner: str, parcels: Sequence[UUID], until: datetime) -> bool:
        """Hold messages longer; False when one of them is held no more."""
        values = {"parcels": parcels, "by": owner, "lease": until}
        return self._connection.execute(_PROLONG, values).rowcount == len(parcels)

    def expire(self, now: datetime) -> int:
        """Leases that have run out: urgent messages are sent again, others are in doubt (behaviours 21)."""
        expired = self._connection.execute(_EXPIRED, {"now": now}).all()
        for parcel, urgent in expired:
            changes = (
                {"state": OutboxState.PENDING, "next_try_at": now, "lease_until": None}
                if urgent
                else {"state": OutboxState.IN_DOUBT, "lease_until": None}
            )
            self._connection.execute(_EXPIRE.values(**changes), {"parcel": parcel})
        return len(expired)

    def forget(self, before: datetime, reason: str) -> int:
        """Messages that should have been sent before an instant and that nobody took have failed."""
        return self._connection.execute(_FORGOTTEN, {"before": before, "why": reason}).rowcount

    def settle(self, parcel: Parcel) -> bool:
        """Store how sending ended; False when the lease was lost meanwhile."""
        values = {
            "parcel": parcel.id, "by": parcel.owner, "to_state": parcel.state, "try_at": parcel.next_try_at,
            "by_channel": parcel.channel, "in_bundle": parcel.bundle, "at": parcel.sent_at, "why": parcel.reason,
        }  # fmt: skip
        return self._connection.execute(_SETTLE, values).rowcount == 1

    def save_routes(self, routes: Sequence[Route]) -> None:
        """Replace all routes."""
        self._connection.execute(delete(ROUTE))
        if routes:
            self._connection.execute(insert(ROUTE), [values_of(route) for route in routes])

    def ticked(self, run: EngineRun) -> None:
        """A program went round."""
        row = values_of(run)
        if not self._connection.execute(
            update(ENGINE).where(ENGINE.c.owner == bindparam("of_owner")), {**row, "of_owner": run.owner}
        ).rowcount:
            self._connection.execute(insert(ENGINE), row)

    def module_ran(self, runs: Sequence[ModuleRun]) -> None:
        """Parts of the clock ran; one that failed here leaves standing when it last ran through anywhere."""
        for run in runs:
            row = values_of(run)
            told = {name: row[name] for name in row if name != "ran_at" or not run.trouble}
            if not self._connection.execute(
                update(MODULE).where(MODULE.c.module == bindparam("of_module")), {**told, "of_module": run.module}
            ).rowcount:
                self._connection.execute(insert(MODULE), row)

    def left(self, owner: str) -> None:
        """A program stopped running the clock; others that have been silent for long go with it."""
        self._connection.execute(delete(ENGINE).where(ENGINE.c.owner == bindparam("of_owner")), {"of_owner": owner})

"""Telling people: the next step of a notice, its messages, and what ends untrue (behaviours 6, 30)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.audience import Around, people
from app.domain.due_history import DueKey, key_of
from app.domain.dues import Due, DueKind
from app.domain.events import Event, EventKind, Json
from app.domain.notice import OF_REMINDERS, Notice, NoticeState, Told, go_on, next_step_at
from app.domain.org import Role
from app.domain.outbox import BUNDLE_WITHIN, MessageKind, OutboxState, Parcel, parcel_id
from app.domain.policy import Policy, WhistleKind
from app.domain.topics import TOPICS, Audience, Rung, rungs, rungs_of_reminder
from app.domain.watch_topics import OF_THE_STREET, WatchTopic, is_watch, rungs_of_watch
from app.domain.whistle import Case, RequestKind
from app.services.holding import on_duty
from app.services.notice_events import notice_event
from app.services.policies import Policies
from app.services.ports import Writes
from app.services.streets import Streets


@dataclass(frozen=True, slots=True)
class Moment:
    """One transaction's instants: the street's, and the machine's for what leaves the building (decisions 20)."""

    now: datetime
    wall: datetime


class Teller:
    """Goes on with notices inside a transaction that is already open."""

    def __init__(self, policies: Policies, streets: Streets) -> None:
        self._policies = policies
        self._streets = streets

    def first(self, writes: Writes, notice: Notice, case: Case | None, moment: Moment, more: dict[str, Json]) -> Event:
        """Tell a new notice; stores it with its messages and returns its entry, still to be appended."""
        told = self._go_on(writes, notice, case, 1, moment)
        fresh = replace(notice, step=told.step, told=told.people, step_at=told.next_at, escalates=told.more)
        self._save(writes, fresh, case, moment)
        return notice_event(fresh, EventKind.REMINDED, moment.now, {**more, **_said(told)})

    def next(self, writes: Writes, notice: Notice, case: Case | None, step: int, moment: Moment) -> Event:
        """Tell the people of a later step; stores it with its messages and returns its entry."""
        told = self._go_on(writes, notice, case, step, moment)
        later = replace(
            notice, state=NoticeState.WAITING, version=notice.version + 1, step=told.step, told=told.people,
            step_at=told.next_at,
        )  # fmt: skip
        self._save(writes, later, case, moment)
        return notice_event(later, EventKind.ESCALATED, moment.now, _said(told))

    def plan_of(self, writes: Writes, notice: Notice, case: Case | None) -> tuple[Rung, ...]:
        """The steps of a notice: the plan its case has frozen, or that of its reminder (behaviours 7)."""
        if is_watch(notice.topic):
            return _watched(notice)
        policy = self.policy(writes, case)
        if notice.reminder_id is not None or case is None:
            reminder = writes.duty.reminder(notice.reminder_id) if notice.reminder_id else None
            plan = self._policies.version(writes.current_policy_version()).kinds[WhistleKind.EMERGENCY].escalation
            steps = rungs_of_reminder(reminder.tell if reminder else Audience.DUTY_OFFICER, plan)
            return steps if notice.urgent else steps[:1]
        return rungs(DueKind(notice.topic), policy.kinds[case.whistle.kind], policy)

    def hand_to(self, writes: Writes, notice: Notice, case: Case | None, moment: Moment) -> Notice:
        """Store a notice that was given to somebody, with its message to them; the wait for an answer begins anew."""
        policy = self.policy(writes, case)
        plan = self.plan_of(writes, notice, case)
        at = next_step_at(plan, notice.step, moment.now, policy.calendar, urgent=notice.urgent)
        given = replace(notice, step_at=at)
        self._save(writes, given, case, moment)
        return given

    def policy(self, writes: Writes, case: Case | None) -> Policy:
        """The policy a notice counts by: its case's, or the current one."""
        version = case.whistle.policy_version if case is not None else writes.current_policy_version()
        return self._policies.version(version)

    # -- how ---------------------------------------------------------------------------------
    def _go_on(self, writes: Writes, notice: Notice, case: Case | None, step: int, moment: Moment) -> Told:
        policy = self.policy(writes, case)
        around = self._around(writes, notice, case, moment.now, policy)
        plan = self.plan_of(writes, notice, case)
        return go_on(
            plan, step, lambda audience: people(audience, around), moment.now, policy.calendar, urgent=notice.urgent
        )  # fmt: skip

    def _around(self, writes: Writes, notice: Notice, case: Case | None, now: datetime, policy: Policy) -> Around:
        member = ""
        if notice.reminder_id is not None:
            reminder = writes.duty.reminder(notice.reminder_id)
            member = reminder.member if reminder else ""
        return Around(
            street=self._streets.index(writes),
            shift=on_duty(writes, now),
            whistle=case.whistle if case else None,
            department=notice.department,
            decider=_decider(notice, case, policy),
            member=member,
            grid=notice.grid,
            everywhere=notice.topic in OF_THE_STREET,
        )

    def _save(self, writes: Writes, notice: Notice, case: Case | None, moment: Moment) -> None:
        writes.duty.save_notice(notice)
        writes.duty.post(self._parcels(writes, notice, case, moment))

    def _parcels(self, writes: Writes, notice: Notice, case: Case | None, moment: Moment) -> list[Parcel]:
        """One message to each who was told and can be reached; in a drill all are made and none is sent."""
        drill = writes.station().drill
        routes = writes.duty.routes()
        reached = {route.member for route in routes if route.takes(notice.topic, urgent=notice.urgent)}
        since = moment.wall - BUNDLE_WITHIN
        community = case.whistle.community if case else self._community(writes, notice)
        return [
            Parcel(
                id=parcel_id(notice.id, notice.step, member), notice_id=notice.id, step=notice.step, member=member,
                kind=MessageKind.NOTICE, urgent=notice.urgent,
                rank=writes.duty.storm(member, community, since) if community else 0,
                state=OutboxState.WITHHELD if drill else OutboxState.PENDING, attempts=0, created_at=moment.wall,
                next_try_at=None if drill else moment.wall, topic=notice.topic,
            )
            for member in notice.told
            if drill or member in reached
        ]  # fmt: skip

    def _community(self, writes: Writes, notice: Notice) -> str:
        unit = self._streets.index(writes).units.get(notice.grid)
        return unit.parent if unit else ""


def _watched(notice: Notice) -> tuple[Rung, ...]:
    """The steps of what is told of rounds, gauges and the posture, as it was made."""
    more = json.loads(notice.detail) if notice.detail else {}
    grace = timedelta(minutes=more["grace"]) if "grace" in more else None
    beside = tuple(Audience(code) for code in more.get("posts", ()))
    walker = Audience(more.get("role", Audience.GRID_MEMBER))
    return rungs_of_watch(WatchTopic(notice.topic), grace=grace, beside=beside, walker=walker)


def _said(told: Told) -> dict[str, Json]:
    return {"step": told.step, "to": list(told.people), "skipped": [audience.value for audience in told.skipped]}


def _decider(notice: Notice, case: Case | None, policy: Policy) -> Role:
    """Who decides what a notice asks for: returns by the policy, suspensions by the administrator."""
    if notice.topic != DueKind.DECIDE or case is None or notice.nth > len(case.requests):
        return Role.ZONE_PLATFORM
    kind = case.requests[notice.nth - 1].kind
    return {
        RequestKind.RETURN: policy.return_adjudicator,
        RequestKind.EXTENSION: Role.DUTY_LEADER,
        RequestKind.SUSPENSION: Role.STREET_ADMIN,
    }[kind]


def withdraw(
    writes: Writes, notices: Sequence[Notice], moment: Moment, *, untrue: bool = False
) -> None:  # fmt: skip
    """End notices that nobody has to answer any more; what was sent of an ``untrue`` one is corrected."""
    for notice in notices:
        over = replace(notice, state=NoticeState.WITHDRAWN, step_at=None, ended_at=moment.now)
        writes.duty.save_notice(over)
        writes.duty.drop_unsent(notice.id)
        if untrue:
            _correct(writes, notice, moment)


def _correct(writes: Writes, notice: Notice, moment: Moment) -> None:
    """Who was told something that has been taken back hears that it was (behaviours 30)."""
    sent = [one for one in writes.duty.parcels_of([notice.id]) if one.state in _MAY_HAVE_ARRIVED]
    kind = MessageKind.CORRECTION
    writes.duty.post([
        Parcel(
            id=parcel_id(one.notice_id, one.step, one.member, kind), notice_id=one.notice_id, step=one.step,
            member=one.member, kind=kind, urgent=one.urgent, rank=one.rank,
            state=OutboxState.WITHHELD if one.state is OutboxState.WITHHELD else OutboxState.PENDING, attempts=0,
            created_at=moment.wall, next_try_at=None if one.state is OutboxState.WITHHELD else moment.wall,
            topic=one.topic,
        )
        for one in sent
    ])  # fmt: skip


_MAY_HAVE_ARRIVED = frozenset(
    {OutboxState.SENT, OutboxState.SENDING, OutboxState.IN_DOUBT, OutboxState.FAILED, OutboxState.WITHHELD}
)


def no_longer_true(notices: Sequence[Notice], rows: Collection[Due]) -> list[Notice]:
    """Notices of a case whose due row is none any more: it was acknowledged, came, was closed, was undone."""
    true: set[DueKey] = {key_of(due) for due in rows}
    return [
        one
        for one in notices
        if one.topic != OF_REMINDERS and (DueKind(one.topic), one.assignment_id, one.nth) not in true
    ]


def replaced_by(notices: Sequence[Notice], fired: Due, but: UUID) -> list[Notice]:
    """Live notices of the same case and department that say less than the row that has fired now."""
    less = TOPICS[fired.kind].replaces
    return [one for one in notices if one.id != but and one.topic in less and one.assignment_id == fired.assignment_id]

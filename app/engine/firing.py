"""Firing: each due row, next step and reminder in one transaction that only one engine can win (decisions 22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Channel
from app.domain.due_history import DueKey, key_of
from app.domain.dues import Due, DueKind
from app.domain.events import Event, EventKind, Json, assignment_stream, whistle_stream
from app.domain.fold import rebuild
from app.domain.notice import OF_REMINDERS, Notice, NoticeState, anew, notice_id
from app.domain.org import Role
from app.domain.plan import Planned, Step
from app.domain.recurrence import Occurrence, missed
from app.domain.reminder import ONCE, Reminder, ReminderState, following
from app.domain.topics import TOPICS, is_urgent
from app.domain.whistle import BOARD_STATES, ON_SITE, Assignment, Case, Severity, WhistleState
from app.services.notice_events import notice_event
from app.services.policies import Policies
from app.services.ports import Clock, Store, Writes
from app.services.streets import Streets
from app.services.telling import Moment, Teller, no_longer_true, replaced_by, withdraw


class Firing:
    """What a tick does to the database; each method looks again in its transaction: another may have been faster."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._teller = Teller(policies, streets)

    def _moment(self) -> Moment:
        return Moment(self._clock.now(), self._clock.wall())

    # -- due rows of a case ------------------------------------------------------------------
    def case(self, whistle_id: UUID) -> int:
        """Fire everything that is due in one case; how many rows fired."""
        return self._store.write(lambda writes: self._case(writes, whistle_id))

    def _case(self, writes: Writes, whistle_id: UUID) -> int:
        moment = self._moment()
        keys = writes.duty.pending_of(whistle_id, moment.now)
        if not keys:
            return 0
        events = writes.events_of(whistle_id)
        case, rows = rebuild(events, self._policies.version)
        live = {one.id: one for one in writes.duty.notices_of(whistle_id, live=True)}
        fired = [due for due in self._due(rows, keys, moment.now) if writes.duty.fire(whistle_id, key_of(due))]
        written: list[Event] = []
        for due in fired:
            written += self._fired(writes, case, due, live, moment)
        case, rows = rebuild([*events, *writes.append(written)], self._policies.version)
        writes.save_case(case, rows)
        withdraw(writes, no_longer_true(writes.duty.notices_of(whistle_id, live=True), rows), moment)
        return len(fired)

    @staticmethod
    def _due(rows: Sequence[Due], keys: Sequence[DueKey], now: datetime) -> list[Due]:
        """Rows that are pending and whose instant, as the entries have it now, has come."""
        true = {key_of(due): due for due in rows}
        return [due for key in keys if (due := true.get(key)) is not None and due.at <= now]

    def _fired(
        self, writes: Writes, case: Case, due: Due, live: dict[UUID, Notice], moment: Moment
    ) -> list[Event]:  # fmt: skip
        """The entries of one fired row; its notice, if somebody is to be told, takes the place of lesser ones."""
        whistle = case.whistle
        assignment = next((a for a in case.assignments if a.id == due.assignment_id), None)
        notice = _notice(case, due, assignment, moment.now)
        said: dict[str, Json] = {
            "due": due.kind.value, "nth": due.nth, "at": due.at.isoformat(),
            "assignment": due.assignment_id.hex if due.assignment_id else None,
        }  # fmt: skip
        withdraw(writes, replaced_by(tuple(live.values()), due, notice.id), moment)
        for gone in replaced_by(tuple(live.values()), due, notice.id):
            del live[gone.id]
        if TOPICS[due.kind].tell and not _said_by_another(due, assignment):
            entries = [self._teller.first(writes, notice, case, moment, said)]
            stored = writes.duty.notice(notice.id)
            if stored is not None:
                live[stored.id] = stored
        else:
            entries = [notice_event(notice, EventKind.REMINDED, moment.now, {**said, "step": 1})]
        if due.kind is DueKind.REPORT_IN and assignment is not None and assignment.no_show_at is None:
            entries.append(_of_assignment(writes, case, assignment, EventKind.NO_SHOW, due.at, moment.now))
        if due.kind is DueKind.RATE and whistle.state is WhistleState.CLOSED:
            entries.append(self._default_rating(writes, case, moment.now))
        return entries

    def _default_rating(self, writes: Writes, case: Case, now: datetime) -> Event:
        """Nobody rated in time: the default score, marked as such (domain 2.7)."""
        whistle = case.whistle
        stream = whistle_stream(whistle.id)
        return Event(
            id=uuid5(whistle.id, f"rated/{whistle.episode}"), stream=stream,
            stream_version=writes.stream_version(stream) + 1, kind=EventKind.RATED,
            payload={"score": self._policies.version(whistle.policy_version).default_score, "default": True},
            actor=SYSTEM_ACTOR.member, role=Role.SYSTEM, channel=Channel.SYSTEM, occurred_at=now, recorded_at=now,
            whistle_id=whistle.id,
        )  # fmt: skip

    # -- notices -----------------------------------------------------------------------------
    def step(self, planned: Planned) -> bool:
        """Go on with a notice nobody answered; False when somebody has, or another engine was faster."""
        return self._store.write(lambda writes: self._step(writes, planned))

    def _step(self, writes: Writes, planned: Planned) -> bool:
        moment = self._moment()
        known = planned.notice
        notice = writes.duty.notice(known.id) if known else None
        if notice is None or known is None or not notice.live or notice.version != known.version:
            return False
        if planned.step is Step.LAPSE:
            over = replace(notice, state=NoticeState.LAPSED, step_at=None, ended_at=moment.now, version=notice.version)
            writes.duty.save_notice(over)
            writes.duty.drop_unsent(notice.id)
            return True
        case = writes.case(notice.whistle_id) if notice.whistle_id else None
        step = notice.step + 1
        if planned.step is Step.WAKE:
            plan = self._teller.plan_of(writes, notice, case)
            step = anew(plan, notice.step)
        entries = [self._teller.next(writes, notice, case, step, moment)]
        if notice.topic == DueKind.STILL_ON_IT and notice.step == 1 and case is not None:
            entries += _went_quiet(writes, case, moment.now)
        writes.append(entries)
        if len(entries) > 1 and notice.whistle_id is not None:
            rebuilt, rows = rebuild(writes.events_of(notice.whistle_id), self._policies.version)
            writes.save_case(rebuilt, rows)
        return True

    # -- reminders ---------------------------------------------------------------------------
    def ring(self, reminders: Sequence[Reminder]) -> int:
        """Let reminders come that are due, in one transaction; how many did."""
        return self._store.write(lambda writes: sum(self._ring(writes, one) for one in reminders))

    def _ring(self, writes: Writes, known: Reminder) -> bool:
        moment = self._moment()
        reminder = writes.duty.reminder(known.id)
        if reminder is None or reminder.version != known.version or reminder.state is not ReminderState.ACTIVE:
            return False
        if reminder.next_at is None or reminder.next_at > moment.now:
            return False
        case = writes.case(reminder.whistle_id) if reminder.whistle_id else None
        if reminder.until_closed and case is not None and case.whistle.state not in BOARD_STATES:
            writes.duty.save_reminder(_ended(reminder))
            return True
        calendar = self._policies.version(writes.current_policy_version()).calendar
        slept = 0
        if reminder.recurrence is not None:
            slept = missed(reminder.recurrence, reminder.next_at, moment.now, calendar)
            withdraw(writes, writes.duty.live_of_reminder(reminder.id), moment)
        notice = Notice(
            id=notice_id(reminder.id, reminder.next_key), topic=OF_REMINDERS, state=NoticeState.WAITING,
            urgent=reminder.urgent, due_at=reminder.next_at, fired_at=moment.now, version=1, step=1, told=(),
            step_at=None, whistle_id=reminder.whistle_id, reminder_id=reminder.id, until=_window(reminder, moment.now),
        )  # fmt: skip
        said: dict[str, Json] = {"reminder": reminder.id.hex, "key": reminder.next_key, "slept_through": slept,
                                 "at": reminder.next_at.isoformat()}  # fmt: skip
        writes.append([self._teller.first(writes, notice, case, moment, said)])
        after = following(reminder, moment.now, calendar)
        writes.duty.save_reminder(_ended(reminder) if after is None else _moved(reminder, after))
        return True


def _ended(reminder: Reminder) -> Reminder:
    return replace(
        reminder, state=ReminderState.DONE, version=reminder.version + 1, next_at=None, next_until=None,
        next_key=reminder.next_key or ONCE,
    )  # fmt: skip


def _moved(reminder: Reminder, to: Occurrence) -> Reminder:
    return replace(reminder, version=reminder.version + 1, next_at=to.at, next_key=to.key, next_until=to.until)


def _window(reminder: Reminder, now: datetime) -> datetime | None:
    """The end of its window, when that still lies ahead: what was slept through is shown all the same."""
    return reminder.next_until if reminder.next_until is not None and reminder.next_until > now else None


def _notice(case: Case, due: Due, assignment: Assignment | None, now: datetime) -> Notice:
    whistle = case.whistle
    about = due.assignment_id.hex if due.assignment_id else ""
    return Notice(
        id=notice_id(whistle.id, f"due/{due.kind}/{about}/{due.nth}"), topic=due.kind.value, state=NoticeState.WAITING,
        urgent=is_urgent(due.kind, whistle.kind, whistle.severity is Severity.CRITICAL), due_at=due.at, fired_at=now,
        version=1, step=1, told=(), step_at=None, whistle_id=whistle.id, assignment_id=due.assignment_id,
        department=assignment.department if assignment else _lead(case, due.kind), nth=due.nth,
    )  # fmt: skip


def _said_by_another(due: Due, assignment: Assignment | None) -> bool:
    """Whoever is not on site yet is reminded of that; no feedback is asked of them beside it."""
    return due.kind is DueKind.FEEDBACK and assignment is not None and assignment.state not in ON_SITE


def _lead(case: Case, kind: DueKind) -> str:
    """Whom a question about the whole case goes to: its lead, or whoever is there."""
    if kind is not DueKind.STILL_ON_IT:
        return ""
    outstanding = case.outstanding()
    return outstanding[0].department if outstanding else ""


def _of_assignment(
    writes: Writes, case: Case, a: Assignment, kind: EventKind, at: datetime, now: datetime
) -> Event:  # fmt: skip
    stream = assignment_stream(case.whistle.id, a.department, a.nth)
    return Event(
        id=uuid5(a.id, f"{kind}/{at.isoformat()}"), stream=stream, stream_version=writes.stream_version(stream) + 1,
        kind=kind, payload={"department": a.department, "nth": a.nth}, actor=SYSTEM_ACTOR.member, role=Role.SYSTEM,
        channel=Channel.SYSTEM, occurred_at=at, recorded_at=now, whistle_id=case.whistle.id,
    )  # fmt: skip


def _went_quiet(writes: Writes, case: Case, now: datetime) -> list[Event]:
    """Nobody said that they are still on it: the departments that had acknowledged are marked (decisions 15)."""
    return [
        _of_assignment(writes, case, a, EventKind.WENT_QUIET, now, now)
        for a in case.outstanding()
        if a.acknowledged_at is not None and not a.needs_attention
    ]

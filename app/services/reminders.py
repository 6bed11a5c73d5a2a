"""Reminders that people set, and those that stand in the policy (domain 6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.due_phrases import DuePhrase, parse_due
from app.domain.errors import BadInput, NotFound
from app.domain.events import Event, EventKind
from app.domain.message import Message
from app.domain.notice_file import ReminderFile
from app.domain.org import Role, Shift
from app.domain.policy import Policy, StandingReminder
from app.domain.recurrence import next_occurrence
from app.domain.reminder import ONCE, Reminder, ReminderState
from app.domain.text import TITLE_CAP, clean, within
from app.domain.topics import Audience
from app.domain.whistle import BOARD_STATES
from app.services.holding import on_duty
from app.services.notice_events import SPEAKS_AS
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets
from app.services.telling import Moment, withdraw

STANDING = UUID("7d0d3a52-52c1-4b8e-9d53-0c1e0e2f6a11")
"""Ids of standing reminders are derived from here: every program that brings them in line makes the same rows."""


class Reminders:
    """Setting and taking away; every call is one transaction, errors are ``WanggeError`` with nothing written."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._in_line: tuple[int, str] | None = None
        """Policy version and shift for which the standing ones were looked at last."""

    def active(self) -> tuple[ReminderFile, ...]:
        """Everything that will come, soonest first."""
        with self._store.read() as reads:
            found = reads.duty.active_reminders()
            return reminder_files(reads, found, self._policies.version(reads.current_policy_version()))

    def find(self, text: str) -> Reminder:
        """An active reminder by its id or the beginning of it (4 digits or more); NotFound, BadInput."""
        wanted = text.strip().lower().replace("-", "")
        with self._store.read() as reads:
            matches = [
                one for one in reads.duty.active_reminders() if len(wanted) >= 4 and one.id.hex.startswith(wanted)
            ]
        if len(matches) > 1:
            raise BadInput(Message("Several begin with {id}: write more of it.", {"id": text.strip()}), "id")
        if not matches:
            raise NotFound(Message("There is no reminder {id}.", {"id": text.strip()}))
        return matches[0]

    def add(
        self, actor: Actor, text: str, due: DuePhrase, request_id: UUID, *, member: str = "",
        tell: Audience = Audience.MEMBER, whistle_id: UUID | None = None, urgent: bool = False,
    ) -> Reminder:  # fmt: skip
        """Set a reminder for a member (default: who sets it) or for whoever holds a role when it comes."""
        words = clean(within(text, TITLE_CAP, "text"), one_line=True)
        if not words:
            raise BadInput(Message("{what} is missing.", {"what": Message("What to be reminded of")}), "text")
        if due.until_closed and whistle_id is None:
            raise BadInput(Message("“Until it is closed” needs a case."), "due")
        named = (member or actor.member) if tell is Audience.MEMBER else ""
        if named and named not in self._streets.current().members:
            raise NotFound(Message("There is no member {code}.", {"code": named}))
        now = self._clock.now()
        reminder = Reminder(
            id=uuid5(request_id, "reminder"), state=ReminderState.ACTIVE, version=1, tell=tell, member=named,
            set_by=actor.member, created_at=now, urgent=urgent, next_at=due.at, next_key=ONCE,
            recurrence=due.recurrence, words_id=uuid5(request_id, "words"), whistle_id=whistle_id,
            until_closed=due.until_closed,
        )  # fmt: skip
        if due.recurrence is not None:
            calendar = self._policies.current().calendar
            first = next_occurrence(due.recurrence, now, calendar)
            if first is None:
                raise BadInput(Message("That day never comes."), "due")
            reminder = replace(reminder, next_at=first.at, next_key=first.key, next_until=first.until)

        def work(writes: Writes) -> Reminder:
            if earlier(writes, request_id, actor, {EventKind.REMINDER_SET}) is not None:
                return writes.duty.reminder(reminder.id) or reminder
            if whistle_id is not None:
                case = writes.case(whistle_id)
                if case is None:
                    raise NotFound(Message("There is no such case."))
                if due.until_closed and case.whistle.state not in BOARD_STATES:
                    raise BadInput(Message("The case is closed already."), "whistle")
            set_reminder(writes, reminder, actor, request_id, now, words)
            return reminder

        return self._store.write(work)

    def remove(self, reminder_id: UUID, actor: Actor, request_id: UUID) -> Reminder:
        """Take a reminder away; what of it waits for an answer is withdrawn. A standing one stays in the policy."""

        def work(writes: Writes) -> Reminder:
            reminder = writes.duty.reminder(reminder_id)
            if reminder is None:
                raise NotFound(Message("There is no such reminder."))
            if earlier(writes, request_id, actor, {EventKind.REMINDER_ENDED}) is not None:
                return reminder
            if reminder.code:
                raise BadInput(Message("It stands in the policy: change the policy to take it away."), "id")
            if reminder.state is not ReminderState.ACTIVE:
                return reminder
            return end_reminder(writes, reminder, actor, request_id, self._clock.now(), self._clock.wall())

        return self._store.write(work)

    # -- standing ones -----------------------------------------------------------------------
    def bring_in_line(self) -> int:
        """Make the standing reminders what the policy in force says, and the handover that of the shift on duty."""
        now = self._clock.now()
        with self._store.read() as reads:
            policy = self._policies.version(reads.current_policy_version())
            shift = on_duty(reads, now)
            looked = (policy.version, shift.code if shift else "")
            if looked == self._in_line:
                return 0
            wanted = _standing(policy, shift, now)
            known = {one.id: one for one in reads.duty.standing_reminders()}
            missing = [one for one in wanted if one.id not in known and _is_due_anew(reads, one)]
        stale = [one for one in known.values() if one.policy_version != policy.version and one.next_key != ONCE]
        self._in_line = looked
        if not missing and not stale:
            return 0

        def work(writes: Writes) -> int:
            by_id = {one.id: one for one in wanted}
            for one in stale:
                fresh = by_id.get(one.id)
                ended = replace(
                    one, state=ReminderState.REMOVED, version=one.version + 1, next_at=None, next_until=None
                )
                writes.duty.save_reminder(replace(fresh, version=one.version + 1) if fresh else ended)
            for one in missing:
                if writes.duty.reminder(one.id) is None:
                    writes.duty.save_reminder(one)
            return len(stale) + len(missing)

        return self._store.write(work)


def set_reminder(
    writes: Writes, reminder: Reminder, actor: Actor, request_id: UUID, now: datetime, text: str
) -> None:  # fmt: skip
    """Store a new reminder with its entry, within a transaction that does something else beside it."""
    writes.append([_event(reminder, EventKind.REMINDER_SET, actor, request_id, now, {"text": text})])
    writes.duty.save_reminder(reminder)


def end_reminder(
    writes: Writes, reminder: Reminder, actor: Actor, request_id: UUID, now: datetime, wall: datetime
) -> Reminder:  # fmt: skip
    """Take one away within such a transaction; what of it waits for an answer is withdrawn."""
    over = replace(
        reminder, state=ReminderState.REMOVED, version=reminder.version + 1, next_at=None, next_until=None
    )  # fmt: skip
    writes.append([_event(over, EventKind.REMINDER_ENDED, actor, request_id, now, {})])
    writes.duty.save_reminder(over)
    withdraw(writes, writes.duty.live_of_reminder(reminder.id), Moment(now, wall))
    return over


def reminder_files(reads: Reads, found: Sequence[Reminder], policy: Policy) -> tuple[ReminderFile, ...]:
    """Reminders with what they say, in the order given."""
    texts = reads.duty.reminder_texts([one.id for one in found])
    rows = {row.whistle.id: row for row in reads.rows([one.whistle_id for one in found if one.whistle_id])}
    files = []
    for one in found:
        standing = policy.reminder(one.code) if one.code else None
        row = rows.get(one.whistle_id) if one.whistle_id else None
        name = standing.name if standing else None
        files.append(ReminderFile(one, texts.get(one.id, ""), name, row.whistle.number if row else ""))
    return tuple(files)


def _is_due_anew(reads: Reads, wanted: Reminder) -> bool:
    """Whether a standing reminder is not there yet, or was taken out of an earlier policy."""
    found = reads.duty.reminder(wanted.id)
    return found is None or found.state is ReminderState.REMOVED


def _standing(policy: Policy, shift: Shift | None, now: datetime) -> list[Reminder]:
    """The standing reminders as rows."""
    rows = []
    for item in policy.reminders:
        if item.before_handover is not None:
            if shift is not None and shift.ends_at - item.before_handover > now:
                rows.append(_row(item, policy, f"{item.code}/{shift.code}", shift.ends_at - item.before_handover, ONCE))
            continue
        phrase = parse_due(item.at, now, policy.calendar)
        first = next_occurrence(phrase.recurrence, now, policy.calendar) if phrase and phrase.recurrence else None
        if phrase is not None and first is not None:
            row = _row(item, policy, item.code, first.at, first.key)
            rows.append(replace(row, recurrence=phrase.recurrence, next_until=first.until))
    return rows


def _row(item: StandingReminder, policy: Policy, key: str, at: datetime, occurrence: str) -> Reminder:
    return Reminder(
        id=uuid5(STANDING, key), state=ReminderState.ACTIVE, version=1, tell=Audience(item.tell.value), member="",
        set_by="system", created_at=at, urgent=item.urgent, next_at=at, next_key=occurrence, code=item.code,
        policy_version=policy.version,
    )  # fmt: skip


def _event(
    reminder: Reminder, kind: EventKind, actor: Actor, request_id: UUID, now: datetime, words: dict[str, str]
) -> Event:
    role = next((role for role in SPEAKS_AS if role in actor.roles()), Role.VIEWER)
    return Event(
        id=request_id, stream=f"reminder/{reminder.id.hex}", stream_version=reminder.version, kind=kind,
        payload={"reminder": reminder.id.hex, "for": reminder.member or reminder.tell.value, "urgent": reminder.urgent,
                 "due": reminder.next_at.isoformat() if reminder.next_at else None},
        actor=actor.member, role=role, words=words, words_id=reminder.words_id if words else None, occurred_at=now,
        recorded_at=now, whistle_id=reminder.whistle_id, station=actor.station,
    )  # fmt: skip

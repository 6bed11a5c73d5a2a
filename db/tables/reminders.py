"""Reminders, notices and what leaves the building: what the duty clock works on (decisions 22, 23; domain 6.4).

Instants of reminders and notices are street time; those of the outbox and of the engines are the machine's
(decisions 20).
"""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.notice import LIVE, NoticeState
from app.domain.outbox import MessageKind, OutboxState
from app.domain.recurrence import Days
from app.domain.reminder import ReminderState
from app.domain.topics import Audience
from db.tables.base import Row, check, coded, one_of, partial, refers, same, unless

ACTIVE = "state = 'active'"
STANDING = "state = 'active' AND code <> ''"
LIVE_NOTICE = one_of("state", LIVE)
WAKES = "wakes_at IS NOT NULL"
TO_SEND = "state = 'pending'"
BEING_SENT = "state = 'sending'"
UNSENT = one_of("state", {OutboxState.FAILED, OutboxState.IN_DOUBT})
"""Conditions of partial indexes; a query must repeat them to the letter."""


class ReminderRow(Row, table=True):
    """One thing to be reminded of, once or again and again: set by a person, or standing in the policy."""

    __table_args__ = (
        refers("whistle_id", "whistle.id", later=True),
        refers("words_id", "words.id"),
        check("next_at", same("next_at IS NOT NULL", ACTIVE)),
        check("who", unless("member <> ''", "tell <> 'member'")),
        check("what", unless("words_id IS NOT NULL", "code <> ''")),
        check("version", "version >= 1"),
        partial("ix_reminder_next", "next_at", "id", where=ACTIVE),
        partial("ix_reminder_standing", "code", where=STANDING),
        partial("ix_reminder_whistle", "whistle_id", where="whistle_id IS NOT NULL"),
    )

    id: UUID = Field(primary_key=True)
    state: ReminderState = Field(sa_type=coded(ReminderState, "state"))
    version: int
    code: str = ""
    """Of a standing reminder: its code in the policy."""
    tell: Audience = Field(sa_type=coded(Audience, "tell", checked=False))
    member: str = ""
    set_by: str
    created_at: datetime
    urgent: bool
    words_id: UUID | None = None
    whistle_id: UUID | None = None
    until_closed: bool
    starts: str = ""
    """Local times of day, ``07:00 15:50``; empty = once."""
    ends: time | None = None
    step_minutes: int | None = None
    days: Days = Field(sa_type=coded(Days, "days"))
    weekdays: str = ""
    month_days: str = ""
    rule_until: datetime | None = None
    next_at: datetime | None = None
    next_key: str = ""
    next_until: datetime | None = None
    policy_version: int = 0


class NoticeRow(Row, table=True):
    """One notice; columns are the fields of ``app.domain.notice.Notice`` and the instant it wakes at."""

    __table_args__ = (
        refers("whistle_id", "whistle.id", later=True),
        refers("reminder_id", "reminder.id", later=True),
        check("counts", "version >= 1 AND step >= 1 AND nth >= 1"),
        check("source", "whistle_id IS NOT NULL OR reminder_id IS NOT NULL OR subject <> ''"),
        check("ended_at", same("ended_at IS NULL", LIVE_NOTICE)),
        check("answered_by", unless("state <> 'answered'", "answered_by <> ''")),
        check("wakes", unless(f"{WAKES} OR NOT urgent OR NOT escalates", "state <> 'waiting'")),
        check("snoozed", unless("state <> 'snoozed'", WAKES)),
        check("asleep", unless("wakes_at IS NULL", LIVE_NOTICE)),
        partial("ix_notice_wakes", "wakes_at", "id", where=WAKES),
        partial("ix_notice_live", "due_at", "id", where=LIVE_NOTICE),
        Index("ix_notice_ended", "ended_at"),
        Index("ix_notice_whistle", "whistle_id"),
        Index("ix_notice_reminder", "reminder_id"),
        partial("ix_notice_subject", "subject", where="subject <> ''"),
    )

    id: UUID = Field(primary_key=True)
    topic: str
    state: NoticeState = Field(sa_type=coded(NoticeState, "state"))
    urgent: bool
    due_at: datetime
    fired_at: datetime
    version: int
    step: int
    told: str
    """Member codes with a space between."""
    step_at: datetime | None = None
    whistle_id: UUID | None = None
    assignment_id: UUID | None = None
    department: str = ""
    nth: int
    reminder_id: UUID | None = None
    until: datetime | None = None
    answered_by: str = ""
    ended_at: datetime | None = None
    escalates: bool
    subject: str = ""
    """What it is about where that is no case and no reminder: ``planned/<hex>``, ``round/<hex>``, ``gauge/<id>``."""
    grid: str = ""
    detail: str = ""
    """What its sentence names, as JSON of codes and numbers."""
    wakes_at: datetime | None = None
    """The sooner of the next step and the end of its window; NULL = nothing more happens by itself."""


class OutboxRow(Row, table=True):
    """One message to one member: claimed by owner and lease, its id the same however often it is sent."""

    __table_args__ = (
        refers("notice_id", "notice.id", later=True),
        check("attempts", "attempts >= 0 AND step >= 1"),
        check("pending", same("next_try_at IS NOT NULL", TO_SEND)),
        check("sending", same("lease_until IS NOT NULL", BEING_SENT)),
        check("owner", unless("state NOT IN ('sending', 'sent', 'in_doubt')", "owner <> ''")),
        check("sent_at", same("sent_at IS NOT NULL", "state = 'sent'")),
        check("reason", unless("state <> 'failed'", "reason <> ''")),
        partial("ix_outbox_pending", "next_try_at", "id", where=TO_SEND),
        partial("ix_outbox_sending", "lease_until", "id", where=BEING_SENT),
        partial("ix_outbox_unsent", "created_at", "id", where=UNSENT),
        Index("ix_outbox_notice", "notice_id"),
        Index("ix_outbox_member", "member", "created_at"),
    )

    id: UUID = Field(primary_key=True)
    notice_id: UUID
    step: int
    member: str
    kind: MessageKind = Field(sa_type=coded(MessageKind, "kind"))
    urgent: bool
    rank: int
    """How many messages of the same community the member was to get shortly before: less goes first."""
    state: OutboxState = Field(sa_type=coded(OutboxState, "state"))
    attempts: int
    created_at: datetime
    next_try_at: datetime | None = None
    owner: str = ""
    lease_until: datetime | None = None
    channel: str = ""
    """Name of the channel it went out by, or was last tried by."""
    bundle: UUID | None = None
    """The message it was sent in together with others."""
    sent_at: datetime | None = None
    reason: str = ""
    """Why it was not sent: msgid and parameters as JSON."""
    topic: str = ""


class RouteRow(Row, table=True):
    """By which named channels a member is reached, in order; what is secret of them stays in a file of each machine."""

    __table_args__ = (check("channel", "channel <> ''"), check("position", "position >= 1"))

    member: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    position: int
    urgent_only: bool
    topics: str = ""


class EngineRow(Row, table=True):
    """A program that runs the duty clock, and when it last went round (design 3)."""

    __table_args__ = (check("role", "role IN ('desk', 'tick', 'watch')"), Index("ix_engine_ticked", "ticked_at"))

    owner: str = Field(primary_key=True)
    role: str
    host: str
    pid: int
    started_at: datetime
    ticked_at: datetime


class EngineModuleRow(Row, table=True):
    """When a part of the duty clock last did its work anywhere, and its trouble if it has any (decisions 23)."""

    __table_args__ = (check("module", "module <> ''"),)

    module: str = Field(primary_key=True)
    ran_at: datetime
    owner: str
    trouble: str = ""

"""Notices and reminders: what somebody must hear of, and what comes again (domain 6.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, text, update

from app.domain.notice import Notice
from app.domain.plan import wakes_at
from app.domain.recurrence import Recurrence
from app.domain.reminder import Reminder
from app.services.duty_ports import MOST
from db.repositories.rows import AnyRow, Rows, columns_of, values_of
from db.repositories.words import WORDS, texts_of
from db.tables.base import table
from db.tables.reminders import ACTIVE, LIVE_NOTICE, WAKES, NoticeRow, ReminderRow

NOTICE = table(NoticeRow)
REMINDER = table(ReminderRow)
_N, _R = NOTICE.c, REMINDER.c

_COLUMNS = columns_of(NOTICE, Notice)
_BY_ID = select(*_COLUMNS).where(_N.id == bindparam("notice"))
_WAKING = (
    select(*_COLUMNS)
    .where(text(f"notice.{WAKES}"), _N.wakes_at <= bindparam("until"))
    .order_by(_N.wakes_at, _N.id)
    .limit(bindparam("at_most"))
)
_LIVE = (
    select(*_COLUMNS).where(text(f"notice.{LIVE_NOTICE}")).order_by(_N.due_at, _N.id).limit(bindparam("at_most"))
)  # fmt: skip
_ENDED = (
    select(*_COLUMNS)
    .where(_N.ended_at >= bindparam("since"))
    .order_by(_N.ended_at.desc(), _N.id)
    .limit(bindparam("at_most"))
)
_OF_CASE = select(*_COLUMNS).where(_N.whistle_id == bindparam("whistle")).order_by(_N.fired_at, _N.id)
_LIVE_OF_CASE = _OF_CASE.where(text(f"notice.{LIVE_NOTICE}"))
_LIVE_OF_REMINDER = select(*_COLUMNS).where(_N.reminder_id == bindparam("reminder"), text(f"notice.{LIVE_NOTICE}"))
_LIVE_OF_SUBJECT = select(*_COLUMNS).where(
    _N.subject == bindparam("about"), text("notice.subject <> ''"), text(f"notice.{LIVE_NOTICE}")
)
_SAVE_NOTICE = update(NOTICE).where(_N.id == bindparam("notice"))

_OF_REMINDER = tuple(name for name in Reminder.__dataclass_fields__ if name != "recurrence")
_RULE = ("starts", "ends", "step_minutes", "days", "weekdays", "month_days", "rule_until")
_REMINDERS = select(*(_R[name] for name in (*_OF_REMINDER, *_RULE)))
_REMINDER = _REMINDERS.where(_R.id == bindparam("reminder"))
_SOONEST = _REMINDERS.where(text(f"reminder.{ACTIVE}")).order_by(_R.next_at, _R.id).limit(bindparam("at_most"))
_STANDING = _REMINDERS.where(text("reminder.state = 'active' AND reminder.code <> ''")).order_by(_R.code)
_DUE = _SOONEST.where(_R.next_at <= bindparam("until"))
_TEXTS = (
    select(_R.id, WORDS.c.body)
    .join_from(REMINDER, WORDS, WORDS.c.id == _R.words_id)
    .where(_R.id.in_(bindparam("reminders", expanding=True)))
)
_SAVE_REMINDER = update(REMINDER).where(_R.id == bindparam("reminder"))


class NoticeReading(Rows):
    """Reads of notices and reminders."""

    def notice(self, notice_id: UUID) -> Notice | None:
        """One notice."""
        return self._one(_BY_ID, _notice, {"notice": notice_id})

    def notices_waking(self, until: datetime, limit: int = MOST) -> tuple[Notice, ...]:
        """Live notices with something to happen up to an instant, soonest first."""
        return tuple(self._all(_WAKING, _notice, {"until": until, "at_most": limit}))

    def live_notices(self, limit: int = MOST) -> tuple[Notice, ...]:
        """What nobody has answered yet, the longest due first."""
        return tuple(self._all(_LIVE, _notice, {"at_most": limit}))

    def ended_notices(self, since: datetime, limit: int = MOST) -> tuple[Notice, ...]:
        """What is over since an instant, the latest first."""
        return tuple(self._all(_ENDED, _notice, {"since": since, "at_most": limit}))

    def notices_of(self, whistle_id: UUID, *, live: bool = False) -> tuple[Notice, ...]:
        """Notices of a case in the order they were told."""
        return tuple(self._all(_LIVE_OF_CASE if live else _OF_CASE, _notice, {"whistle": whistle_id}))

    def live_of_reminder(self, reminder_id: UUID) -> tuple[Notice, ...]:
        """Notices of a reminder that nobody has answered."""
        return tuple(self._all(_LIVE_OF_REMINDER, _notice, {"reminder": reminder_id}))

    def live_of_subject(self, subject: str) -> tuple[Notice, ...]:
        """Notices about one thing that is no case, that nobody has answered."""
        return tuple(self._all(_LIVE_OF_SUBJECT, _notice, {"about": subject}))

    def reminder(self, reminder_id: UUID) -> Reminder | None:
        """One reminder."""
        return self._one(_REMINDER, _reminder, {"reminder": reminder_id})

    def reminders_due(self, until: datetime, limit: int = MOST) -> tuple[Reminder, ...]:
        """Active reminders due up to an instant, soonest first."""
        return tuple(self._all(_DUE, _reminder, {"until": until, "at_most": limit}))

    def active_reminders(self, limit: int = MOST) -> tuple[Reminder, ...]:
        """All active ones, soonest first."""
        return tuple(self._all(_SOONEST, _reminder, {"at_most": limit}))

    def standing_reminders(self) -> tuple[Reminder, ...]:
        """The active ones that stand in a policy."""
        return tuple(self._all(_STANDING, _reminder))

    def reminder_texts(self, reminder_ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """What was typed when they were set."""
        if not reminder_ids:
            return {}
        rows = self._all(_TEXTS, lambda row: (row[0], texts_of(row[1]).get("text", "")), {"reminders": reminder_ids})
        return dict(rows)


class NoticeWriting(NoticeReading):
    """Changes of the same."""

    def save_notice(self, notice: Notice) -> None:
        """Write a notice as it stands."""
        row = {**values_of(notice), "told": " ".join(notice.told), "wakes_at": wakes_at(notice)}
        if not self._connection.execute(_SAVE_NOTICE, {**row, "notice": notice.id}).rowcount:
            self._connection.execute(insert(NOTICE), row)

    def save_reminder(self, reminder: Reminder) -> None:
        """Write a reminder as it stands."""
        row = {name: getattr(reminder, name) for name in _OF_REMINDER} | _rule(reminder.recurrence)
        if not self._connection.execute(_SAVE_REMINDER, {**row, "reminder": reminder.id}).rowcount:
            self._connection.execute(insert(REMINDER), row)


def _notice(row: AnyRow) -> Notice:
    values = dict(zip(Notice.__dataclass_fields__, row, strict=True))
    return Notice(**{**values, "told": tuple(values["told"].split())})


def _reminder(row: AnyRow) -> Reminder:
    values: dict[str, Any] = dict(zip((*_OF_REMINDER, *_RULE), row, strict=True))
    rule = {name: values.pop(name) for name in _RULE}
    return Reminder(**values, recurrence=_recurrence(rule))


def _recurrence(rule: Mapping[str, Any]) -> Recurrence | None:
    if not rule["starts"]:
        return None
    return Recurrence(
        starts=tuple(time.fromisoformat(start) for start in rule["starts"].split()),
        ends=rule["ends"],
        step=timedelta(minutes=rule["step_minutes"]) if rule["step_minutes"] else None,
        days=rule["days"],
        weekdays=frozenset(map(int, rule["weekdays"].split())),
        month_days=frozenset(map(int, rule["month_days"].split())),
        until=rule["rule_until"],
    )


def _rule(recurrence: Recurrence | None) -> dict[str, Any]:
    if recurrence is None:
        return {"starts": "", "ends": None, "step_minutes": None, "days": "any", "weekdays": "", "month_days": "",
                "rule_until": None}  # fmt: skip
    return {
        "starts": " ".join(f"{start:%H:%M}" for start in recurrence.starts),
        "ends": recurrence.ends,
        "step_minutes": recurrence.step // timedelta(minutes=1) if recurrence.step else None,
        "days": recurrence.days,
        "weekdays": " ".join(map(str, sorted(recurrence.weekdays))),
        "month_days": " ".join(map(str, sorted(recurrence.month_days))),
        "rule_until": recurrence.until,
    }

"""The duty clock: reminders, notices, the outbox, who is reached how, and which programs run the clock.

Revision ID: 0005

Everything is written out as it was at this revision; nothing here may import the tables or the domain. The kinds of a
due row grow with the product from here on, so that its table is made anew without a CHECK of them; nothing is lost.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DUES = """
INSERT INTO due (id, whistle_id, assignment_id, kind, nth, at, state)
SELECT id, whistle_id, assignment_id, kind, nth, at, state FROM due_before
"""


def upgrade() -> None:
    """Make the table of due rows anew, then the tables of the duty clock."""
    op.execute("CREATE TABLE due_before AS SELECT * FROM due")
    op.drop_table("due")
    _due()
    op.execute(DUES)
    op.drop_table("due_before")
    _partial("ix_whistle_next_due", "whistle", "next_due_at", where="next_due_at IS NOT NULL")
    _reminder()
    _notice()
    _outbox()
    _engine()


def _due() -> None:
    op.create_table(
        "due",
        *_columns(sa.Integer(), "id"),
        *_columns(sa.Uuid(), "whistle_id"),
        *_columns(sa.Uuid(), "assignment_id", null=True),
        *_columns(sa.String(40), "kind"),
        *_columns(sa.Integer(), "nth"),
        *_columns(_INSTANT, "at"),
        _code("state", "pending fired cancelled"),
        sa.PrimaryKeyConstraint("id"),
        _refers("whistle_id", "whistle.id"),
        _refers("assignment_id", "assignment.id", later=True),
        _check("nth", "nth >= 1"),
    )
    _partial("ix_due_pending", "due", "at", "id", where="state = 'pending'")
    op.create_index("ix_due_whistle_id_at", "due", ["whistle_id", "at"])
    _partial("uq_due_assignment", "due", "assignment_id", "kind", "nth", where="assignment_id IS NOT NULL", unique=True)
    _partial("uq_due_whistle", "due", "whistle_id", "kind", "nth", where="assignment_id IS NULL", unique=True)


def _reminder() -> None:
    op.create_table(
        "reminder",
        *_columns(sa.Uuid(), "id"),
        _code("state", "active done removed"),
        *_columns(sa.Integer(), "version"),
        *_columns(sa.String(), "code"),
        *_columns(sa.String(40), "tell"),
        *_columns(sa.String(), "member", "set_by"),
        *_columns(_INSTANT, "created_at"),
        *_columns(sa.Boolean(), "urgent"),
        *_columns(sa.Uuid(), "words_id", "whistle_id", null=True),
        *_columns(sa.Boolean(), "until_closed"),
        *_columns(sa.String(), "starts"),
        *_columns(sa.Time(), "ends", null=True),
        *_columns(sa.Integer(), "step_minutes", null=True),
        _code("days", "any working off"),
        *_columns(sa.String(), "weekdays", "month_days"),
        *_columns(_INSTANT, "rule_until", "next_at", null=True),
        *_columns(sa.String(), "next_key"),
        *_columns(_INSTANT, "next_until", null=True),
        *_columns(sa.Integer(), "policy_version"),
        sa.PrimaryKeyConstraint("id"),
        _refers("whistle_id", "whistle.id", later=True),
        _refers("words_id", "words.id"),
        _check("next_at", "(next_at IS NOT NULL) = (state = 'active')"),
        _check("who", "member <> '' OR tell <> 'member'"),
        _check("what", "words_id IS NOT NULL OR code <> ''"),
        _check("version", "version >= 1"),
    )
    _partial("ix_reminder_next", "reminder", "next_at", "id", where="state = 'active'")
    _partial("ix_reminder_standing", "reminder", "code", where="state = 'active' AND code <> ''")
    _partial("ix_reminder_whistle", "reminder", "whistle_id", where="whistle_id IS NOT NULL")


def _notice() -> None:
    live = "state IN ('snoozed', 'waiting')"
    wakes = "wakes_at IS NOT NULL"
    op.create_table(
        "notice",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.String(), "topic"),
        _code("state", "waiting snoozed answered lapsed withdrawn"),
        *_columns(sa.Boolean(), "urgent"),
        *_columns(_INSTANT, "due_at", "fired_at"),
        *_columns(sa.Integer(), "version", "step"),
        *_columns(sa.String(), "told"),
        *_columns(_INSTANT, "step_at", null=True),
        *_columns(sa.Uuid(), "whistle_id", "assignment_id", null=True),
        *_columns(sa.String(), "department"),
        *_columns(sa.Integer(), "nth"),
        *_columns(sa.Uuid(), "reminder_id", null=True),
        *_columns(_INSTANT, "until", null=True),
        *_columns(sa.String(), "answered_by"),
        *_columns(_INSTANT, "ended_at", null=True),
        *_columns(sa.Boolean(), "escalates"),
        *_columns(_INSTANT, "wakes_at", null=True),
        sa.PrimaryKeyConstraint("id"),
        _refers("whistle_id", "whistle.id", later=True),
        _refers("reminder_id", "reminder.id", later=True),
        _check("counts", "version >= 1 AND step >= 1 AND nth >= 1"),
        _check("source", "whistle_id IS NOT NULL OR reminder_id IS NOT NULL"),
        _check("ended_at", f"(ended_at IS NULL) = ({live})"),
        _check("answered_by", "state <> 'answered' OR answered_by <> ''"),
        _check("wakes", f"{wakes} OR NOT urgent OR NOT escalates OR state <> 'waiting'"),
        _check("snoozed", f"state <> 'snoozed' OR {wakes}"),
        _check("asleep", f"wakes_at IS NULL OR {live}"),
    )
    _partial("ix_notice_wakes", "notice", "wakes_at", "id", where=wakes)
    _partial("ix_notice_live", "notice", "due_at", "id", where=live)
    op.create_index("ix_notice_ended", "notice", ["ended_at"])
    op.create_index("ix_notice_whistle", "notice", ["whistle_id"])
    op.create_index("ix_notice_reminder", "notice", ["reminder_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        *_columns(sa.Uuid(), "id", "notice_id"),
        *_columns(sa.Integer(), "step"),
        *_columns(sa.String(), "member"),
        _code("kind", "notice correction"),
        *_columns(sa.Boolean(), "urgent"),
        *_columns(sa.Integer(), "rank"),
        _code("state", "pending sending sent failed in_doubt withheld dropped"),
        *_columns(sa.Integer(), "attempts"),
        *_columns(_INSTANT, "created_at"),
        *_columns(_INSTANT, "next_try_at", null=True),
        *_columns(sa.String(), "owner"),
        *_columns(_INSTANT, "lease_until", null=True),
        *_columns(sa.String(), "channel"),
        *_columns(sa.Uuid(), "bundle", null=True),
        *_columns(_INSTANT, "sent_at", null=True),
        *_columns(sa.String(), "reason", "topic"),
        sa.PrimaryKeyConstraint("id"),
        _refers("notice_id", "notice.id", later=True),
        _check("attempts", "attempts >= 0 AND step >= 1"),
        _check("pending", "(next_try_at IS NOT NULL) = (state = 'pending')"),
        _check("sending", "(lease_until IS NOT NULL) = (state = 'sending')"),
        _check("owner", "state NOT IN ('sending', 'sent', 'in_doubt') OR owner <> ''"),
        _check("sent_at", "(sent_at IS NOT NULL) = (state = 'sent')"),
        _check("reason", "state <> 'failed' OR reason <> ''"),
    )
    _partial("ix_outbox_pending", "outbox", "next_try_at", "id", where="state = 'pending'")
    _partial("ix_outbox_sending", "outbox", "lease_until", "id", where="state = 'sending'")
    _partial("ix_outbox_unsent", "outbox", "created_at", "id", where="state IN ('failed', 'in_doubt')")
    op.create_index("ix_outbox_notice", "outbox", ["notice_id"])
    op.create_index("ix_outbox_member", "outbox", ["member", "created_at"])
    op.create_table(
        "route",
        *_columns(sa.String(), "member", "channel"),
        *_columns(sa.Integer(), "position"),
        *_columns(sa.Boolean(), "urgent_only"),
        *_columns(sa.String(), "topics"),
        sa.PrimaryKeyConstraint("member", "channel"),
        _check("channel", "channel <> ''"),
        _check("position", "position >= 1"),
    )


def _engine() -> None:
    op.create_table(
        "engine",
        *_columns(sa.String(), "owner", "role", "host"),
        *_columns(sa.Integer(), "pid"),
        *_columns(_INSTANT, "started_at", "ticked_at"),
        sa.PrimaryKeyConstraint("owner"),
        _check("role", "role IN ('desk', 'tick', 'watch')"),
    )
    op.create_index("ix_engine_ticked", "engine", ["ticked_at"])
    op.create_table(
        "engine_module",
        *_columns(sa.String(), "module"),
        *_columns(_INSTANT, "ran_at"),
        *_columns(sa.String(), "owner", "trouble"),
        sa.PrimaryKeyConstraint("module"),
        _check("module", "module <> ''"),
    )


_INSTANT = sa.DateTime(timezone=True)


def _columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _code(name: str, codes: str) -> sa.Column[Any]:
    kind = sa.Enum(*codes.split(), name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def _refers(column: str, target: str, *, later: bool = False) -> sa.ForeignKeyConstraint:
    if later:
        return sa.ForeignKeyConstraint([column], [target], deferrable=True, initially="DEFERRED")
    return sa.ForeignKeyConstraint([column], [target])


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def _partial(name: str, table: str, *columns: str, where: str, unique: bool = False) -> None:
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=sa.text(where))

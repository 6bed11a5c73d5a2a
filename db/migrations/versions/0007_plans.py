"""Plans of rounds, planned rounds, check-ins; notices that belong to no case.

Revision ID: 0007

Everything is written out as it was at this revision; nothing here may import the tables or the domain. The vocabularies
of a planned round grow with the product and are refused by the program, without a CHECK.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add what rounds and notices lacked, then make the tables of plans."""
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
        notice.add_column(sa.Column("grid", sa.String(), nullable=False, server_default=""))
        notice.add_column(sa.Column("detail", sa.String(), nullable=False, server_default=""))
        notice.drop_constraint(op.f("ck_notice_source"), type_="check")
        notice.create_check_constraint("source", "whistle_id IS NOT NULL OR reminder_id IS NOT NULL OR subject <> ''")
    with op.batch_alter_table("notice") as notice:
        for name in ("subject", "grid", "detail"):
            notice.alter_column(name, server_default=None)
    op.create_index("ix_notice_subject", "notice", ["subject"], sqlite_where=sa.text("subject <> ''"))
    with op.batch_alter_table("round") as walked:
        walked.add_column(sa.Column("planned", sa.Uuid(), nullable=True))
        walked.add_column(sa.Column("heard_at", _INSTANT, nullable=True))
        walked.add_column(sa.Column("check_in_at", _INSTANT, nullable=True))
        walked.create_check_constraint("check_in", "check_in_at IS NULL OR state = 'under_way'")
    op.create_index(
        "ix_round_check_in", "round", ["check_in_at", "id"], sqlite_where=sa.text("check_in_at IS NOT NULL")
    )
    _plans()
    _planned()


def _plans() -> None:
    op.create_table(
        "round_plan",
        *_columns(sa.String(), "id", "name", "template", "route", "grid", "windows"),
        *_columns(sa.String(40), "days"),
        *_columns(sa.String(), "weekdays"),
        *_columns(sa.Integer(), "team"),
        *_columns(sa.String(40), "role"),
        *_columns(sa.String(), "place", "permit", "whistle"),
        *_columns(_INSTANT, "until", null=True),
        *_columns(sa.String(), "set_by"),
        *_columns(_INSTANT, "set_at"),
        *_columns(_INSTANT, "ended_at", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["grid"], ["unit.code"]),
        sa.CheckConstraint("windows <> ''", name="windows"),
        sa.CheckConstraint("team >= 1", name="team"),
    )
    op.create_index("ix_round_plan_in_force", "round_plan", ["id"], sqlite_where=sa.text("ended_at IS NULL"))


def _planned() -> None:
    op.create_table(
        "planned_round",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.String(), "plan", "key", "template", "grid", "route"),
        *_columns(sa.String(40), "role"),
        *_columns(sa.Integer(), "team"),
        *_columns(sa.String(40), "posture"),
        *_columns(_INSTANT, "opens", "closes", "start_by", "soon_at"),
        *_columns(sa.String(40), "state"),
        *_columns(sa.String(40), "stage", null=True),
        *_columns(_INSTANT, "next_at", null=True),
        *_columns(sa.Uuid(), "round_id", null=True),
        *_columns(sa.String(40), "timing", null=True),
        *_columns(sa.String(), "whistle"),
        *_columns(sa.Integer(), "version"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["grid"], ["unit.code"]),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], deferrable=True, initially="DEFERRED"),
        sa.CheckConstraint("version >= 1 AND team >= 1", name="counts"),
        sa.CheckConstraint("opens < closes", name="window"),
        sa.CheckConstraint("next_at IS NOT NULL OR state <> 'planned'", name="waited_for"),
        sa.CheckConstraint("next_at IS NULL OR state IN ('planned', 'under_way')", name="over"),
        sa.CheckConstraint("round_id IS NOT NULL OR state IN ('planned', 'missed', 'dropped')", name="walked"),
    )
    for name, columns, where in (
        ("next", ["next_at", "id"], "next_at IS NOT NULL"),
        ("waited_for", ["grid", "opens"], "state = 'planned'"),
        ("opens", ["opens"], ""),
        ("plan", ["plan", "opens"], ""),
        ("round", ["round_id"], "round_id IS NOT NULL"),
    ):
        op.create_index(
            f"ix_planned_round_{name}", "planned_round", columns, sqlite_where=sa.text(where) if where else None
        )


def _columns(kind: Any, *names: str, null: bool = False) -> list[Any]:
    return [sa.Column(name, kind, nullable=null) for name in names]

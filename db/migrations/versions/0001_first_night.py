"""The first night: identity, policy, the street, the roster, events with their words, and the cases.

Revision ID: 0001

Everything is written out as it was at this revision; nothing here may import the tables or the domain.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first issue, then the triggers that keep what is written once."""
    _station()
    _street()
    _roster()
    _cases()
    _events()
    if op.get_bind().dialect.name == "sqlite":
        _append_only()


def _columns(kind: Any, names: tuple[str, ...], null: bool) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _text(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.String(), names, null)


def _integer(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.Integer(), names, null)


def _real(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Float(), names, null=False)


def _flag(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Boolean(), names, null=False)


def _day(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Date(), names, null=False)


def _instant(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.DateTime(timezone=True), names, null)


def _uuid(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.Uuid(), names, null)


def _code(name: str, codes: str, checked: bool = True, null: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*codes.split(), name=name, native_enum=False, create_constraint=checked, length=40)
    return sa.Column(name, kind, nullable=null)


def _refers(column: str, target: str, later: bool = False) -> sa.ForeignKeyConstraint:
    if later:
        return sa.ForeignKeyConstraint([column], [target], deferrable=True, initially="DEFERRED")
    return sa.ForeignKeyConstraint([column], [target])


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def _partial(name: str, table: str, *columns: str, where: str, unique: bool = False) -> None:
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=sa.text(where))


def _station() -> None:
    op.create_table(
        "meta",
        *_integer("id"),
        *_uuid("uuid"),
        *_flag("drill"),
        *_text("street"),
        *_instant("clock_drill_at", "clock_real_at", null=True),
        *_real("clock_speed"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
        _check("single", "id = 1"),
        _check("clock_whole", "(clock_drill_at IS NULL) = (clock_real_at IS NULL)"),
        _check("clock_of_drill", "drill OR clock_drill_at IS NULL"),
        _check("clock_speed", "clock_speed >= 0"),
    )
    op.create_table(
        "policy",
        *_integer("version"),
        *_text("body", "digest"),
        *_instant("loaded_at"),
        sa.PrimaryKeyConstraint("version"),
        _check("version", "version >= 1"),
        _check("body", "body <> ''"),
    )
    op.create_table(
        "number_day",
        *_day("day"),
        *_integer("last"),
        sa.PrimaryKeyConstraint("day"),
        _check("last", "last >= 1"),
    )


def _street() -> None:
    op.create_table(
        "unit",
        *_text("code"),
        _code("level", "zone street community grid"),
        *_text("name_zh", "name_en", "short_zh", "short_en"),
        *_text("parent", null=True),
        *_text("official_code", "landmarks", "delegated_powers"),
        *_integer("residents", "sort"),
        *_text("initials"),
        *_instant("last_record_at", null=True),
        *_integer("position"),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("code"),
        _refers("parent", "unit.code", later=True),
        _check("code", "code <> ''"),
        _check("name", "name_zh <> ''"),
        _check("parent_other", "parent <> code"),
        _check("residents", "residents >= 0"),
    )
    op.create_table(
        "member",
        *_text("code", "name_zh", "name_en", "home_unit", "home_department", "phone"),
        _code("employment", "full part"),
        *_text("grid", null=True),
        _code("party_level", "zone_committee street_committee community_branch party_group party_member", null=True),
        *_flag("is_party_lead"),
        *_text("member_type"),
        *_flag("pre_post_trained", "active"),
        *_integer("position"),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("code"),
        _refers("grid", "unit.code", later=True),
        _check("code", "code <> '' AND code <> 'system'"),
        _check("name", "name_zh <> ''"),
    )
    op.create_table(
        "department",
        *_text("code", "name_zh", "name_en", "short_zh", "short_en", "duty_phone"),
        *_text("stationed", "backup", null=True),
        *_text("remit"),
        *_integer("sort"),
        *_text("initials"),
        *_integer("position"),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("code"),
        _refers("stationed", "member.code", later=True),
        _refers("backup", "member.code", later=True),
        _check("code", "code <> ''"),
        _check("name", "name_zh <> ''"),
    )
    op.create_table(
        "member_post",
        *_text("member"),
        *_integer("position"),
        _code(
            "role",
            "grid_member grid_leader duty_officer duty_leader street_admin zone_platform dept_liaison viewer system",
        ),
        *_text("unit", "department", null=True),
        *_text("title"),
        sa.PrimaryKeyConstraint("member", "position"),
        _refers("member", "member.code", later=True),
        _refers("unit", "unit.code", later=True),
        _refers("department", "department.code", later=True),
        _check("one_place", "unit IS NULL OR department IS NULL"),
        _check("liaison", "role <> 'dept_liaison' OR unit IS NULL"),
        _check("not_system", "role <> 'system'"),
    )
    op.create_table(
        "member_six_role",
        *_text("member"),
        _code(
            "six_role",
            "opinion_surveyor dispute_mediator urban_enforcer policy_publicist service_helper democracy_supervisor",
        ),
        *_integer("position"),
        sa.PrimaryKeyConstraint("member", "six_role"),
        _refers("member", "member.code", later=True),
    )
    op.create_table(
        "committee_member",
        *_text("code", "unit", "name_zh", "name_en", "home_unit"),
        _code("party", "resident_unit enterprise owners_committee resident", null=True),
        *_text("title"),
        *_integer("position"),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("code"),
        _refers("unit", "unit.code", later=True),
        _check("code", "code <> ''"),
        _check("name", "name_zh <> ''"),
    )
    op.create_table(
        "chain_link",
        *_text("grid"),
        _code("level", "zone_committee street_committee community_branch party_group party_member"),
        *_text("member"),
        *_integer("position"),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("grid", "level", "member"),
        _refers("grid", "unit.code", later=True),
        _refers("member", "member.code", later=True),
    )
    op.create_table(
        "contact",
        *_text("code", "name_zh", "name_en", "kind", "phone", "note"),
        *_integer("position"),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("code"),
        _check("code", "code <> ''"),
        _check("name", "name_zh <> ''"),
    )
    op.create_table(
        "place",
        *_text("code", "name_zh", "name_en", "grid"),
        _code("kind", "estate firm market building school bridge river road walkway other"),
        *_text("aliases", "hazard", "pinyin"),
        *_integer("position"),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("code"),
        _refers("grid", "unit.code", later=True),
        _check("code", "code <> ''"),
        _check("name", "name_zh <> ''"),
    )


def _roster() -> None:
    op.create_table(
        "shift",
        *_text("code"),
        _code("kind", "day night standby"),
        *_instant("starts_at", "ends_at"),
        *_text("leader", null=True),
        *_instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("code"),
        _refers("leader", "member.code", later=True),
        _check("code", "code <> ''"),
        _check("span", "ends_at > starts_at"),
    )
    op.create_index("ix_shift_ends_at", "shift", ["ends_at"])
    op.create_table(
        "shift_officer",
        *_text("shift"),
        *_integer("position"),
        *_text("member"),
        sa.PrimaryKeyConstraint("shift", "position"),
        _refers("shift", "shift.code", later=True),
        _refers("member", "member.code", later=True),
        sa.UniqueConstraint("shift", "member"),
    )
    op.create_table(
        "grid_duty",
        *_text("shift"),
        *_integer("position"),
        *_text("grid", "member"),
        sa.PrimaryKeyConstraint("shift", "position"),
        _refers("shift", "shift.code", later=True),
        _refers("grid", "unit.code", later=True),
        _refers("member", "member.code", later=True),
        sa.UniqueConstraint("shift", "grid", "member"),
    )


def _cases() -> None:
    op.create_table(
        "words",
        *_uuid("id"),
        *_text("digest"),
        *_text("salt", "body", null=True),
        sa.PrimaryKeyConstraint("id"),
        _check("emptied_whole", "(body IS NULL) = (salt IS NULL)"),
    )
    op.create_table(
        "whistle",
        *_uuid("id"),
        _code(
            "state",
            "draft pending_approval open consulting suspended awaiting_check reopened closed rated rejected "
            "withdrawn merged",
        ),
        _code("kind", "emergency joint_enforcement routine tough"),
        _code("severity", "normal urgent critical"),
        *_text("grid", "community", null=True),
        *_integer("version", "policy_version"),
        *_text("blower", "owner"),
        *_instant("occurred_at"),
        _code("occurred_precision", "exact approx"),
        *_instant("created_at"),
        _code("level", "zone street community grid"),
        *_uuid("words_id", null=True),
        *_text("number"),
        *_text("place", null=True),
        *_text("matter"),
        _code("source", "patrol call hotline_12345 petition upper_level meeting other"),
        *_text("source_number"),
        *_integer("episode", "rework_count", "duplicate_count"),
        *_flag("ping_pong", "review_flag", "skipped_level"),
        *_uuid("merged_into", null=True),
        *_instant(
            "submitted_at",
            "opened_at",
            "dispatched_at",
            "made_safe_at",
            "consulting_at",
            "consulted_at",
            "suspended_at",
            "review_at",
            "awaiting_check_at",
            "closed_at",
            "rated_at",
            "ended_at",
            null=True,
        ),
        *_integer("score", null=True),
        *_flag("score_by_default"),
        *_text("countersigned_by"),
        *_instant("extended_until", "close_due", "made_safe_due", null=True),
        _code(
            "waiting",
            "submit approval level_up dispatch acknowledge report_in work consultation review check rating nothing",
        ),
        *_instant("deadline_at", "next_due_at", null=True),
        *_integer("assigned", "acknowledged", "reported_in", "done", "danger"),
        *_text("short_number"),
        *_instant("board_at"),
        sa.PrimaryKeyConstraint("id"),
        _refers("grid", "unit.code"),
        _refers("community", "unit.code"),
        _refers("place", "place.code"),
        _refers("policy_version", "policy.version"),
        _refers("words_id", "words.id"),
        _refers("merged_into", "whistle.id", later=True),
        _check("counts", "version >= 1 AND episode >= 1 AND rework_count >= 0 AND duplicate_count >= 0"),
        _check(
            "stages",
            "assigned >= 0 AND acknowledged BETWEEN 0 AND assigned AND reported_in BETWEEN 0 AND "
            "assigned AND done BETWEEN 0 AND assigned",
        ),
        _check("danger", "danger BETWEEN 0 AND 2"),
        _check("number", "number = '' OR number LIKE 'W-________-__%'"),
        _check("numbered", "state IN ('draft', 'merged', 'withdrawn') OR number <> ''"),
        _check("submitted_at", "state IN ('draft', 'merged', 'withdrawn') OR submitted_at IS NOT NULL"),
        _check("not_opened", "state NOT IN ('draft', 'pending_approval', 'rejected') OR opened_at IS NULL"),
        _check(
            "opened_at",
            "state IN ('draft', 'merged', 'pending_approval', 'rejected', 'withdrawn') OR opened_at IS NOT NULL",
        ),
        _check("consulting_at", "state <> 'consulting' OR consulting_at IS NOT NULL"),
        _check("suspended_at", "(suspended_at IS NOT NULL) = (state = 'suspended')"),
        _check("review_at", "(review_at IS NOT NULL) = (state = 'suspended')"),
        _check("awaiting_check_at", "state <> 'awaiting_check' OR awaiting_check_at IS NOT NULL"),
        _check("closed_at", "(closed_at IS NOT NULL) = (state IN ('closed', 'rated'))"),
        _check("rated_at", "(rated_at IS NOT NULL) = (state = 'rated')"),
        _check("rated", "(score IS NOT NULL) = (state = 'rated')"),
        _check("score", "score BETWEEN 1 AND 5"),
        _check("score_by_default", "NOT score_by_default OR score IS NOT NULL"),
        _check("countersigned", "countersigned_by = '' OR score IS NOT NULL"),
        _check("ended_at", "state NOT IN ('merged', 'rejected', 'withdrawn') OR ended_at IS NOT NULL"),
        _check("not_ended", "ended_at IS NULL OR state IN ('draft', 'merged', 'rejected', 'withdrawn')"),
        _check("merged_into", "(merged_into IS NOT NULL) = (state = 'merged')"),
        _check("merged_other", "merged_into <> id"),
        _check(
            "next_due_at",
            "(next_due_at IS NOT NULL) = (state IN ('awaiting_check', 'closed', 'consulting', "
            "'draft', 'open', 'pending_approval', 'reopened', 'suspended'))",
        ),
        _check("deadline_at", "deadline_at IS NULL OR next_due_at IS NOT NULL"),
        _check("board_at", "deadline_at IS NULL OR board_at = deadline_at"),
    )
    _partial(
        "ix_whistle_board",
        "whistle",
        "danger",
        "board_at",
        "id",
        where="state NOT IN ('closed', 'merged', 'rated', 'rejected', 'withdrawn')",
    )
    _partial("ix_whistle_merged_into", "whistle", "merged_into", where="merged_into IS NOT NULL")
    _partial(
        "ix_whistle_open_grid",
        "whistle",
        "grid",
        "kind",
        "deadline_at",
        "waiting",
        "assigned",
        "reported_in",
        "state",
        where="state NOT IN ('closed', 'merged', 'rated', 'rejected', 'withdrawn')",
    )
    _partial("ix_whistle_short_number", "whistle", "short_number", "number", where="short_number <> ''")
    _partial("ix_whistle_source_number", "whistle", "source_number", where="source_number <> ''")
    _partial("ix_whistle_to_rate", "whistle", "closed_at", where="state = 'closed'")
    _partial("uq_whistle_number", "whistle", "number", where="number <> ''", unique=True)
    op.create_table(
        "assignment",
        *_uuid("id", "whistle_id"),
        *_text("department"),
        *_integer("nth", "episode"),
        _code("role", "lead assist"),
        _code("state", "notified acknowledged en_route reported_in working done released"),
        *_integer("version"),
        *_instant("notified_at", "acknowledge_due", "report_in_due"),
        *_instant("feedback_due", "acknowledged_at", "en_route_at", "reported_in_at", null=True),
        *_uuid("report_in_words_id", null=True),
        *_instant("working_at", "last_feedback_at", null=True),
        *_integer("feedback_count"),
        *_instant("done_at", "released_at", "no_show_at", null=True),
        *_flag("needs_attention"),
        *_integer("rework_count"),
        *_instant("extended_until", null=True),
        *_integer("position"),
        sa.PrimaryKeyConstraint("id"),
        _refers("whistle_id", "whistle.id"),
        _refers("department", "department.code"),
        _refers("report_in_words_id", "words.id"),
        sa.UniqueConstraint("whistle_id", "department", "nth"),
        _check("counts", "nth >= 1 AND episode >= 1 AND version >= 0 AND feedback_count >= 0 AND rework_count >= 0"),
        _check("acknowledged_at", "state IN ('notified', 'released') OR acknowledged_at IS NOT NULL"),
        _check("en_route_at", "state <> 'en_route' OR en_route_at IS NOT NULL"),
        _check("reported_in_at", "state NOT IN ('done', 'reported_in', 'working') OR reported_in_at IS NOT NULL"),
        _check("working_at", "state <> 'working' OR working_at IS NOT NULL"),
        _check("done_at", "(done_at IS NOT NULL) = (state = 'done')"),
        _check("released_at", "(released_at IS NOT NULL) = (state = 'released')"),
        _check("feedback_due", "state IN ('done', 'released') OR feedback_due IS NOT NULL"),
    )
    _partial(
        "uq_assignment_lead",
        "assignment",
        "whistle_id",
        "episode",
        where="role = 'lead' AND state <> 'released'",
        unique=True,
    )
    _partial(
        "uq_assignment_live",
        "assignment",
        "whistle_id",
        "department",
        where="state NOT IN ('done', 'released')",
        unique=True,
    )
    op.create_table(
        "request",
        *_uuid("id", "whistle_id"),
        _code("kind", "return extension suspension"),
        _code("state", "pending granted refused"),
        *_text("requested_by", "recorded_by"),
        *_instant("requested_at"),
        *_uuid("assignment_id", null=True),
        *_instant("until", null=True),
        *_uuid("words_id", null=True),
        *_text("decided_by"),
        *_instant("decided_at", null=True),
        *_uuid("decision_words_id", null=True),
        *_integer("position"),
        sa.PrimaryKeyConstraint("id"),
        _refers("whistle_id", "whistle.id"),
        _refers("assignment_id", "assignment.id", later=True),
        _refers("words_id", "words.id"),
        _refers("decision_words_id", "words.id"),
        _check("decided_at", "(decided_at IS NULL) = (state = 'pending')"),
        _check("decided_by", "(decided_by = '') = (state = 'pending')"),
        _check("subject", "(assignment_id IS NULL) = (kind = 'suspension')"),
        _check("until", "kind = 'return' OR until IS NOT NULL"),
    )
    op.create_index("ix_request_assignment_id", "request", ["assignment_id"])
    op.create_index("ix_request_whistle_id", "request", ["whistle_id"])
    op.create_table(
        "due",
        *_integer("id"),
        *_uuid("whistle_id"),
        *_uuid("assignment_id", null=True),
        _code(
            "kind",
            "draft_stale approval dispatch acknowledge report_in_half report_in zone_platform feedback "
            "made_safe consult close_half close check review rate",
        ),
        *_integer("nth"),
        *_instant("at"),
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


def _events() -> None:
    op.create_table(
        "event",
        *_integer("seq"),
        *_uuid("id"),
        *_text("stream"),
        *_integer("stream_version"),
        _code(
            "kind",
            "drafted revised blown approved rejected withdrawn levelled_up level_skipped dispatched noted "
            "made_safe checked rated countersigned reopened suspended resumed consultation_started "
            "consultation_concluded joined duplicate_reported suspension_requested suspension_decided "
            "plan_applied corrected undone acknowledged en_route reported_in work_noted done released "
            "return_requested return_decided extension_requested extension_decided no_show went_quiet "
            "spot_recorded shift_opened org_loaded policy_loaded station_created clock_set",
            checked=False,
        ),
        *_integer("schema"),
        *_text("payload"),
        *_uuid("corrects", null=True),
        *_text("actor"),
        _code(
            "role",
            "grid_member grid_leader duty_officer duty_leader street_admin zone_platform dept_liaison viewer system",
            checked=False,
        ),
        *_text("on_behalf_of"),
        _code("channel", "terminal phone radio meeting on_site platform system", checked=False),
        *_uuid("words_id", null=True),
        *_text("words_digest", null=True),
        *_instant("occurred_at"),
        _code("occurred_precision", "exact approx"),
        *_instant("recorded_at"),
        *_text("station"),
        *_uuid("whistle_id", null=True),
        sa.PrimaryKeyConstraint("seq"),
        _refers("words_id", "words.id"),
        _refers("corrects", "event.id"),
        _refers("whistle_id", "whistle.id", later=True),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("stream", "stream_version"),
        _check("stream_version", "stream_version >= 1"),
        _check("schema", "schema >= 1"),
        _check("kind", "kind <> ''"),
        _check("words", "(words_id IS NULL) = (words_digest IS NULL)"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_occurred_at", "event", ["occurred_at"])
    op.create_index("ix_event_whistle_id_seq", "event", ["whistle_id", "seq"])
    op.create_table(
        "spot",
        *_uuid("id"),
        *_text("kind", "grid"),
        *_text("place", null=True),
        *_text("matter", "recorded_by"),
        *_instant("occurred_at", "recorded_at"),
        *_uuid("words_id", null=True),
        sa.PrimaryKeyConstraint("id"),
        _refers("grid", "unit.code"),
        _refers("place", "place.code"),
        _refers("words_id", "words.id"),
        _check("kind", "kind IN ('finding', 'service', 'visit')"),
    )
    op.create_index("ix_spot_occurred_at", "spot", ["occurred_at"])


def _refuse(name: str, on: str, sentence: str, when: str = "") -> None:
    condition = f" WHEN {when}" if when else ""
    op.execute(f"CREATE TRIGGER {name} BEFORE {on}{condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END")


def _append_only() -> None:
    _refuse("event_no_update", "UPDATE ON event", "events are never changed")
    _refuse("event_no_delete", "DELETE ON event", "events are never deleted")
    _refuse(
        "words_only_emptied",
        "UPDATE ON words",
        "words are only ever emptied",
        "NEW.id <> OLD.id OR NEW.digest <> OLD.digest OR NEW.body IS NOT NULL",
    )
    _refuse("words_no_delete", "DELETE ON words", "words are never deleted")
    _refuse("policy_no_update", "UPDATE ON policy", "a policy version is never changed")
    _refuse("policy_no_delete", "DELETE ON policy", "a policy version is never deleted")
    _refuse(
        "meta_identity",
        "UPDATE ON meta",
        "a database keeps its identity, a drill stays a drill",
        "NEW.uuid <> OLD.uuid OR NEW.drill <> OLD.drill",
    )
    _refuse("meta_no_delete", "DELETE ON meta", "a database keeps its identity")

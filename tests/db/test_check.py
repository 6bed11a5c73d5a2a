"""The tables and the migrations say the same, and the check would notice if they did not."""

from __future__ import annotations

import pytest
from sqlalchemy import CheckConstraint

from db import check
from db.sqlite.triggers import TRIGGERS
from db.tables.base import table
from db.tables.station import PolicyRow


def test_tables_and_migrations_agree(capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m db.check`` finds nothing to say."""
    assert check.main() == 0
    assert capsys.readouterr().out == ""


def test_a_changed_check_and_a_changed_trigger_are_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What alembic does not see, a new CHECK and another trigger, makes the check fail and is named."""
    policy = table(PolicyRow)
    more = CheckConstraint("version < 1000", name="bound")
    monkeypatch.setitem(
        TRIGGERS, "event_no_delete", "CREATE TRIGGER event_no_delete DELETE ON event BEGIN SELECT 1; END"
    )
    policy.append_constraint(more)
    try:
        assert check.main() == 1
    finally:
        policy.constraints.discard(more)
    said = capsys.readouterr().out
    assert "ck_policy_bound" in said
    assert "trigger event_no_delete" in said

"""The day's briefing in a corner of the duty desk: from the reminder to prepare it until it is signed."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from app.domain.briefing import Section
from app.domain.briefing_day import briefing_due
from app.domain.org import SixRole
from app.main import CommandCenter
from app.samples.script import local
from app.screens import brief_pane
from tests.ui.helping import has_keys, lines, mode, open_desk, text, until
from tests.ui.night_house import LEADER, Night
from tests.ui.test_briefing import STREET


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read again at once."""
    monkeypatch.setattr(brief_pane, "OFTEN", 0.05)
    monkeypatch.setattr(brief_pane, "FIRST", 0.05)


async def shown(app: CommandCenter) -> None:
    """It stands there."""
    await until(lambda: mode(app).has_class("-brief"))


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2020-07-03 07:49", ""),
        ("2020-07-03 07:50", "2020-07-03 08:00"),
        ("2020-07-03 15:00", "2020-07-03 08:00"),
        ("2020-07-03 23:00", ""),
        ("2020-07-05 07:55", ""),  # a Sunday
        ("2020-06-28 07:55", "2020-06-28 08:00"),  # a Sunday that is worked
    ],
)
def test_it_is_near_from_the_reminder_on(night: Night, now: str, start: str) -> None:
    """By the policy's own reminder: on days without it none is prepared."""
    wanted: datetime | None = local(start) if start else None
    assert briefing_due(night.house.policies.current(), local(now)) == wanted


@pytest.mark.parametrize("size", [(120, 36), (160, 45)])
async def test_it_says_what_is_missing_and_opens(full: Night, size: tuple[int, int]) -> None:
    """Its numbers, who has not spoken; Tab and Enter lead into the briefing, and a note changes what it says."""
    full.wall.set("07-03 07:55")
    full.house.clock.refresh()
    async with open_desk(full, size, member=LEADER) as (app, pilot):
        await shown(app)
        await until(lambda: "晨会 08:00 · 未签" in text(app) and "缺：签到、六大员6员未报" in text(app))
        assert "未结 5" in next(line for line in lines(app) if "夜班接报" in line)
        full.house.briefings.note(
            full.actor(), uuid4(), STREET, Section.SIX_ROLES, "无", six_role=SixRole.OPINION_SURVEYOR
        )  # fmt: skip
        app.reload()
        await until(lambda: "六大员5员未报" in text(app))
        mode(app).query_one("#brief").focus()
        await pilot.press("enter")
        await until(lambda: app.current_mode == "briefing" and has_keys(app))


async def test_it_leaves_once_it_is_signed(full: Night) -> None:
    """Signed, the corner is the grids' again."""
    full.wall.set("07-03 07:55")
    full.house.clock.refresh()
    async with open_desk(full, member=LEADER) as (app, pilot):
        await shown(app)
        await pilot.click("#brief")
        await until(lambda: app.current_mode == "briefing" and has_keys(app))
        briefings = full.house.briefings
        briefings.sign(full.actor(LEADER), uuid4(), STREET, briefings.draft(STREET).digest)
        await pilot.press("1")
        await until(lambda: app.current_mode == "desk" and not mode(app).has_class("-brief"))
        await until(lambda: "晨会 08:00" not in text(app))


async def test_at_night_and_on_a_small_screen_nothing_is_in_the_way(full: Night) -> None:
    """Half past midnight there is none; at 80×24 the board has the whole screen."""
    async with open_desk(full) as (app, pilot):
        assert not mode(app).has_class("-brief")
        full.wall.set("07-03 07:55")
        full.house.clock.refresh()
        app.reload()
        await shown(app)
        await pilot.resize_terminal(80, 24)
        await until(lambda: app.size.width == 80 and "晨会 08:00" not in text(app))

"""What changed in a briefing since somebody looked at it: marked where it stands, and where a refusal leads."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.domain.briefing import Count, Section
from app.screens.confirm import Confirm
from tests.ui.helping import has_keys, open_desk, post, text, until
from tests.ui.night_house import LEADER, Night
from tests.ui.test_briefing import SIZES, STREET, in_briefing


@pytest.mark.parametrize("size", SIZES)
async def test_a_refused_signature_leads_to_what_changed(full: Night, size: tuple[int, int]) -> None:
    """A case blown and a note made meanwhile: nothing is signed, the cursor stands on what changed, old → new."""
    full.wall.set("07-03 07:55")
    full.house.clock.refresh()
    async with open_desk(full, size, member=LEADER) as (app, pilot):
        mode = await in_briefing(app)
        before = mode.briefing
        assert before is not None
        assert "changed/" not in mode.board.keys
        app.begin("briefing_sign")
        await until(lambda: isinstance(app.screen, Confirm))
        full.blow("路灯杆倾斜", "JF-WX-G01", place_text="湾溪桥头")
        full.house.briefings.note(full.actor(), uuid4(), STREET, Section.COORDINATION, "请街道牵头")
        await pilot.press("enter")
        await until(lambda: "看过以后有变化" in text(app) and mode.board.cursor == "changed/")
        assert full.house.briefings.signed(STREET) == ()
        count = before.sheet.figure(Count.OPEN).value
        await until(lambda: f"未结 {count + 1}  ● 原 {count}" in text(app) or size[1] < 30)
        post(app, "enter")
        await until(lambda: f"未结 {count} → {count + 1}" in text(app))
        await until(lambda: "新：请街道牵头" in text(app) and "路灯杆倾斜" in text(app))
        await pilot.press("escape")
        mode.board.move_to(f"{Section.COORDINATION}/")
        await pilot.press("enter")
        await until(lambda: "● 请街道牵头" in text(app))
        await pilot.press("escape")
        app.begin("briefing_sign")
        await until(lambda: isinstance(app.screen, Confirm) and "后有变化" in text(app))
        await pilot.press("enter")
        await until(lambda: len(full.house.briefings.signed(STREET)) == 1)


async def test_what_changed_since_the_last_look_is_marked(full: Night) -> None:
    """Away and back: what others wrote meanwhile is marked; the next time, having been looked at, it is not."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        mode = await in_briefing(app)
        await pilot.press("1")
        await until(lambda: app.current_mode == "desk" and has_keys(app))
        full.house.briefings.note(full.actor(), uuid4(), STREET, Section.SAFETY, "两人同行")
        await in_briefing(app)
        await until(lambda: "changed/" in mode.board.keys and "00:29 后有变化 1 处" in text(app))
        mode.board.move_to(f"{Section.SAFETY}/")
        await until(lambda: "● 两人同行" in text(app))
        await pilot.press("1")
        await until(lambda: app.current_mode == "desk" and has_keys(app))
        await in_briefing(app)
        await until(lambda: "changed/" not in mode.board.keys and "● 两人同行" not in text(app))

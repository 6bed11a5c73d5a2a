"""The street's briefing by communities, a community's by grids: the same numbers as their own, and their lists."""

from __future__ import annotations

import pytest

from app.domain.briefing import Count, RefKind
from app.render.meeting import PARTS
from tests.ui.helping import open_desk, post, text, until
from tests.ui.night_house import Night
from tests.ui.test_briefing import SIZES, STREET, in_briefing
from tests.ui.test_presenter import at, presented

SHUANGHE = "JF-SH"


@pytest.mark.parametrize("unit", [STREET, SHUANGHE])
def test_a_share_is_what_the_unit_itself_counts(full: Night, unit: str) -> None:
    """Each community's row of the street is that community's own briefing; each grid's row of a community too."""
    briefings = full.house.briefings
    parts = [part for part in briefings.draft(unit).sheet.parts if part.unit]
    assert len(parts) == {STREET: 6, SHUANGHE: 4}[unit]
    for part in parts:
        own = briefings.draft(part.unit).sheet
        for count in Count:
            assert set(part.figure(count).refs) == {
                ref for ref in own.figure(count).refs if ref.kind is not RefKind.REMINDER
            }, (part.unit, count)
    assert briefings.draft("JF-SH-G01").sheet.parts == ()


@pytest.mark.parametrize("size", SIZES)
async def test_a_community_opens_its_lists(full: Night, size: tuple[int, int]) -> None:
    """The table has a row for each and the sum; a community's row has its cases."""
    async with open_desk(full, size) as (app, pilot):
        mode = await in_briefing(app)
        mode.board.move_to("parts/")
        await pilot.press("enter")
        await until(lambda: "合计" in text(app) and "捧捧坳" in text(app))
        await pilot.press("escape")
        mode.board.move_to(f"part/{SHUANGHE}")
        await pilot.press("enter")
        await until(lambda: "特色街区门面招租三年无果" in text(app) and "排洪沟" not in text(app).partition("晨会")[2])


async def test_the_table_is_presented_and_opens(full: Night) -> None:
    """The second page; Tab points at a community, Enter opens its lists."""
    async with open_desk(full, (100, 30)) as (app, _pilot):
        show = await presented(app)
        post(app, "space")
        await at(app, show, PARTS)
        await until(lambda: "各 社 区" in text(app) and "合计" in text(app))
        post(app, "tab")
        post(app, "enter")
        await at(app, show, SHUANGHE)
        await until(lambda: "• 未结 2" in text(app))

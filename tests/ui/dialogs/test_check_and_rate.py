"""The check on the spot and the rating: one digit, what was seen, and what follows said before it is done."""

from __future__ import annotations

from uuid import UUID

from app.domain.moves import Action
from app.domain.whistle import WhistleState
from app.screens.dialogs.check import CheckDialog
from app.screens.dialogs.rate import RateDialog
from tests.ui.dialogs.stage import Hall, on_stage, shown, type_text, wait_for
from tests.ui.night_house import summon_few


def finished(hall: Hall) -> UUID:
    """A case whose two departments are done."""
    hall.night.wall.set("07-02 20:10")
    case = hall.night.blow("排洪沟堵塞", behalf="SH-G01-A").case.whistle.id
    summon_few(hall.night, case, "utilities_center", "emergency_bureau")
    return case


async def test_passed_closes_the_case_in_the_blowers_name(hall: Hall) -> None:
    """1, what was seen, Enter; the box says before that the case will be closed."""
    case = finished(hall)
    async with on_stage(CheckDialog(hall.context(), hall.file(case))) as (pilot, app):
        await pilot.press("1", "down")
        assert "结案，3日内" in shown(app)
        await type_text(pilot, "沟口畅通")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.state is WhistleState.CLOSED
    assert app.results[0].event.on_behalf_of == "SH-G01-A"


async def test_not_passed_sends_the_chosen_departments_back(hall: Hall) -> None:
    """2 proposes the lead and says that it is the first rework; another department is taken too."""
    case = finished(hall)
    async with on_stage(CheckDialog(hall.context(), hall.file(case))) as (pilot, app):
        await pilot.press("2")
        await pilot.pause()
        assert "第1次返工：退回公共事业中心" in shown(app)
        await pilot.press("down")
        await type_text(pilot, "还在渗水")
        await pilot.press("down", "2", "enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].event.payload["departments"] == ["utilities_center", "emergency_bureau"]
    assert app.results[0].case.whistle.rework_count == 1


async def test_neither_passed_nor_seen_is_asked_for(hall: Hall) -> None:
    """Enter at once asks passed or not, then what was seen; nothing is written."""
    case = finished(hall)
    async with on_stage(CheckDialog(hall.context(), hall.file(case))) as (pilot, app):
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.rows["passed"].wrong)
        await pilot.pause(0.7)
        await pilot.press("1", "enter")
        await wait_for(pilot, lambda: app.dialog.rows["remark"].wrong)
        assert app.dialog.rows["remark"].widget.has_focus
    assert hall.file(case).case.whistle.state is WhistleState.AWAITING_CHECK


async def test_a_rating_is_one_digit(hall: Hall) -> None:
    """4 and Enter, in the blower's name."""
    case = finished(hall)
    hall.night.act(case, Action.CHECK, "SH-G01-A", passed=True, remark="好")
    async with on_stage(RateDialog(hall.context(), hall.file(case))) as (pilot, app):
        await pilot.press("４", "enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert (app.results[0].case.whistle.score, app.results[0].event.on_behalf_of) == (4, "SH-G01-A")

"""Who sits at the desk, the shift when none runs, and what was solved on the spot."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.domain.actor import Channel
from app.domain.moves import Action
from app.domain.org import ShiftKind
from app.domain.policy import WhistleKind
from app.domain.whistle import Source
from app.screens.dialogs import form
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.duty import DutyDialog
from app.screens.dialogs.open_shift import OpenShift
from app.screens.dialogs.spot import SpotDialog
from app.widgets.fields.said import Said
from tests.night import local
from tests.ui.dialogs.stage import Hall, on_stage, quiet, shown, type_text, wait_for


async def test_the_running_shifts_officer_is_first(hall: Hall) -> None:
    """Enter alone takes the first officer of tonight's shift."""
    async with on_stage(DutyDialog(hall.context())) as (pilot, app):
        await wait_for(pilot, lambda: "本班" in shown(app))
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].code == "JF-ZB1"


async def test_a_member_is_found_by_initials_and_arrows(hall: Hall) -> None:
    """``dbld`` is 带班领导; Esc leaves without keeping what narrowed the list."""
    async with on_stage(DutyDialog(hall.context())) as (pilot, app):
        await quiet(pilot, app)
        await type_text(pilot, "dbld")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].code == "JF-DB"
    assert hall.drafts() == ()


async def test_without_a_shift_one_is_opened_on_the_way(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 23:00 on an unrostered day: the night shift until 08:00 is proposed, and one Enter opens it."""
    monkeypatch.setattr(form, "REREAD", 2.0)  # a pair of keys stays a pair, however slow the machine
    hall.night.wall.set("07-05 23:00")
    async with on_stage(DutyDialog(hall.context())) as (pilot, app):
        await wait_for(pilot, lambda: "当前无班次" in shown(app))
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, OpenShift) and bool(app.screen.rows))
        await pilot.press("enter")  # the second of a pair: it must not open anything unread
        assert hall.night.house.duty.shift() is None
        await pilot.pause(2.1)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    shift = hall.night.house.duty.shift()
    assert shift is not None
    assert (shift.kind, shift.ends_at) == (ShiftKind.NIGHT, local("07-06 08:00"))
    assert app.results[0].code in shift.officers


async def test_without_a_shift_one_may_sit_down_all_the_same(hall: Hall) -> None:
    """Esc in the shift's dialog: the member is chosen, no shift is opened."""
    hall.night.wall.set("07-05 23:00")
    async with on_stage(DutyDialog(hall.context())) as (pilot, app):
        await wait_for(pilot, lambda: "当前无班次" in shown(app))
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, OpenShift) and bool(app.screen.rows))
        await pilot.press("escape")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].code == "JF-ZB1"
    assert hall.night.house.duty.shift() is None


async def test_a_shift_that_another_desk_opened_first_is_named_and_then_shown(hall: Hall) -> None:
    """Its leader and end beside what was typed here; back in the list that shift stands."""
    hall.night.wall.set("07-05 23:00")
    async with on_stage(DutyDialog(hall.context()), (120, 36)) as (pilot, app):
        await wait_for(pilot, lambda: "当前无班次" in shown(app))
        await pilot.press("f4")
        await wait_for(pilot, lambda: isinstance(app.screen, OpenShift) and bool(app.screen.rows))
        opening = app.screen
        assert isinstance(opening, OpenShift)
        opening.rows["until"].widget.value = "07-06 09:00"  # type: ignore[attr-defined]
        second = hall.night.another("JF-ZB2")
        officer = second.actor("JF-ZB2")
        second.house.duty.open_shift(officer, ShiftKind.NIGHT, local("07-06 08:00"), "JF-DB", ("JF-ZB2",), uuid4())
        second.house.close()
        await wait_for(pilot, lambda: not opening._deaf)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "已有在值班次" in shown(app))
        assert "带班领导" in shown(app)
        assert opening.text("until") == "07-06 09:00"
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is app.dialog and "07-06 08:00" in shown(app))
        assert "当前无班次" not in shown(app)


async def test_a_service_is_one_line(hall: Hall) -> None:
    """Grid, what and when from the line; the grid's member on duty is proposed; nothing else is asked."""
    async with on_stage(SpotDialog(hall.context())) as (pilot, app):
        await type_text(pilot, "双河二 帮独居老人换电线 22:10")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    spot = app.results[0]
    assert (spot.kind, spot.grid, spot.by) == ("service", "JF-SH-G02", "SH-G02-A")
    assert (spot.texts["title"], spot.occurred_at) == ("帮独居老人换电线", local("07-02 22:10"))
    assert hall.drafts() == ()


async def test_a_spot_without_a_grid_asks_for_it(hall: Hall) -> None:
    """The cursor goes to the grid; typed as code letters and taken, it is recorded."""
    async with on_stage(SpotDialog(hall.context())) as (pilot, app):
        await type_text(pilot, "清扫落叶")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.rows["grid"].wrong)
        await type_text(pilot, "龙凤四")
        await pilot.pause(0.7)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].grid == "JF-LF-G04"


@pytest.mark.slow
async def test_a_call_is_taken_question_by_question(hall: Hall) -> None:
    """Enter goes on, the title proposes type, severity and kind, F2 blows from anywhere."""
    async with on_stage(CallForm(hall.context())) as (pilot, app):
        await type_text(pilot, "万溶江边井盖冲开翻水")
        await pilot.press("enter")
        await type_text(pilot, "sh1")
        await pilot.press("enter", "enter")
        await type_text(pilot, "双河桥")
        await pilot.press("enter", "enter")
        await type_text(pilot, "约23:40")
        await pilot.press("enter")
        await type_text(pilot, "晨练的人")
        await pilot.press("f2")
        await wait_for(pilot, lambda: bool(app.results))
    whistle, event = app.results[0].case.whistle, app.results[0].event
    assert (whistle.grid, whistle.place, whistle.matter) == ("JF-SH-G01", "shuanghe_bridge", "manhole")
    assert (whistle.kind, whistle.source) == (WhistleKind.EMERGENCY, Source.CALL)
    assert event.words["exposed"] == "晨练的人"
    assert (event.on_behalf_of, event.channel) == ("", Channel.TERMINAL)


async def test_what_a_call_lacks_is_named_and_the_cursor_goes_there(hall: Hall) -> None:
    """Without a grid nothing is blown; what was answered stays."""
    async with on_stage(CallForm(hall.context())) as (pilot, app):
        await type_text(pilot, "路灯不亮")
        app.dialog.rows["kind"].widget.focus()
        await pilot.press("3", "f2")
        await wait_for(pilot, lambda: app.dialog.rows["grid"].wrong)
        said = app.dialog.rows["grid"].query_one(".row--note", Said).said
        assert said == "还缺：网格、地点、参照物、影响谁、为何自己办不了。"
        assert app.dialog.text("title") == "路灯不亮"
    assert hall.open_numbers() == []


async def test_facts_of_a_case_are_changed_in_the_same_form(hall: Hall) -> None:
    """The form opens with the case's answers; F2 stores them as a change of facts."""
    case = hall.night.blow("井盖松动", exposed="行人", action=Action.BLOW).case.whistle.id
    async with on_stage(CallForm(hall.context(), case=hall.file(case))) as (pilot, app):
        assert app.dialog.text("exposed") == "行人"
        await type_text(pilot, ",已移位")
        await pilot.press("f2")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].event.kind.value == "revised"
    assert hall.file(case).row.title == "井盖松动,已移位"

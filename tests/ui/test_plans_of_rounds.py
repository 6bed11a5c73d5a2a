"""Plans of rounds on the desk: looked at, set in a form, tied to a case from its own menu, ended."""

from __future__ import annotations

from datetime import time
from uuid import uuid4

import pytest

from app.domain.recurrence import Days
from app.domain.round_plan import RoundPlan, Window
from app.main import CommandCenter
from app.screens.confirm import Confirm
from app.screens.dialogs.plan import PlanDialog
from app.screens.moves_menu import MovesMenu
from app.screens.plans import PlanSheet
from app.services.round_plans import PlanWanted
from app.widgets.fields.choice import ChoiceField
from app.widgets.fields.line import LineField
from tests.ui.helping import case_of, has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import Night

GRID = "JF-GNP-G02"
SCHOOL = (Window(time(7), time(7, 40)), Window(time(15, 50), time(16, 25)))


def plans(night: Night) -> list[RoundPlan]:
    """Those that somebody set."""
    return [plan for plan in night.house.round_plans.in_force()[0] if plan.set_by]


def planned(night: Night, **more: object) -> RoundPlan:
    """A plan of the officer."""
    wanted = PlanWanted("", "street_order", (Window(time(8), time(9)),), "JF-SH-G02", **more)  # type: ignore[arg-type]
    return night.house.round_plans.set(night.actor(), uuid4(), wanted)


async def sheet_of(app: CommandCenter) -> PlanSheet:
    """The list of plans stands."""
    post(app, "ctrl+g")
    await until(lambda: isinstance(app.screen, PlanSheet) and has_keys(app))
    assert isinstance(app.screen, PlanSheet)
    return app.screen


async def form_of(app: CommandCenter) -> PlanDialog:
    """The form stands, and Enter sends it."""
    await until(lambda: isinstance(app.screen, PlanDialog) and has_keys(app))
    form = app.screen
    assert isinstance(form, PlanDialog)
    await until(lambda: form._ready.is_set() and not form._deaf)
    return form


def write(form: PlanDialog, **fields: str) -> None:
    """Words in fields."""
    for name, words in fields.items():
        widget = form.rows[name].widget
        line = widget if isinstance(widget, LineField) else widget.line  # type: ignore[attr-defined]
        line.value = words


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_plan_is_set_by_keys(night: Night, size: tuple[int, int]) -> None:
    """Checklist by initials, grid, windows and days as typed; the list then says when the next one is due."""
    async with open_desk(night, size) as (app, pilot):
        sheet = await sheet_of(app)
        await pilot.press("f2")
        form = await form_of(app)
        for key in (*"jmzx", "enter", "tab", *"双河二", "enter", "tab", *"07:00-07:40, 15:50-16:25", "tab", "2"):
            post(app, key)
        await until(lambda: form.text("days") == "working")
        write(form, team="2", permit="吉区许〔2020〕3号", weekdays="一三五")
        role = form.rows["role"].widget
        assert isinstance(role, ChoiceField)
        role.restore("grid_leader")
        await until(lambda: "周一、周三、周五" in text(app))
        await pilot.press("enter")
        await until(lambda: app.screen is sheet)
        (plan,) = plans(night)
        assert (plan.template, plan.grid, plan.windows, plan.days, plan.weekdays) == (
            "street_order", "JF-SH-G02", SCHOOL, Days.WORKING, frozenset({0, 2, 4}))  # fmt: skip
        assert (sorted(plan.team.values()), plan.permit, plan.role) == ([2], "吉区许〔2020〕3号", "grid_leader")
        await until(lambda: sheet.list.cursor == plan.id and "07-03 07:00–07:40" in text(app))


@pytest.mark.slow
async def test_what_is_wrong_is_said_at_its_field(night: Night) -> None:
    """A checklist and a way are asked for, a window that is none is named, a team of nobody is refused."""
    async with open_desk(night) as (app, pilot):
        await sheet_of(app)
        await pilot.press("f2")
        form = await form_of(app)
        for fields, field in (
            ({}, "template"), ({"template": "街面秩序"}, "way"), ({"way": "双河社区二网格"}, "windows"),
            ({"windows": "07:00-25:00"}, "windows"), ({"windows": "7:00至7:40", "weekdays": "八"}, "weekdays"),
            ({"weekdays": "", "team": "0"}, "team"), ({"team": "1", "until": "大概"}, "until"),
            ({"until": "", "place": "没有这里"}, "place"), ({"place": "", "case": "0101-09"}, "case"),
        ):  # fmt: skip
            write(form, **fields)
            await until(lambda: not form._deaf)
            await pilot.press("enter")
            await until(lambda field=field: form.rows[field].wrong)  # type: ignore[misc]
        assert not plans(night)
        write(form, case="")
        await until(lambda: not form._deaf)
        await pilot.press("enter")
        await until(lambda: len(plans(night)) == 1)


async def test_rounds_are_planned_until_a_case_is_closed(full: Night) -> None:
    """From the menu of its moves: its grid stands there already, and the plan ends with it (domain 1, row 48)."""
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, "0702-01")
        await pilot.press("f6")
        await until(lambda: isinstance(app.screen, MovesMenu))
        await pilot.press("end")
        await until(lambda: app.screen._list.cursor == "plan_case")  # type: ignore[attr-defined]
        await pilot.press("enter")
        form = await form_of(app)
        assert file.case.whistle.number[2:] in text(app) or "0702-01" in text(app)
        write(form, template="上下学护学", windows="07:00-07:40, 15:50-16:25")
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app))
        (plan,) = plans(full)
        assert (plan.grid, plan.whistle, plan.windows) == (file.case.whistle.grid, file.case.whistle.number, SCHOOL)
        sheet = await sheet_of(app)
        await until(lambda: sheet.list.chosen is not None and "0702-01" in text(app))


async def test_a_plan_is_ended_after_asking(night: Night) -> None:
    """The question names it; one of the rules says where it stands."""
    mine = planned(night)
    async with open_desk(night, (160, 45)) as (app, pilot):
        sheet = await sheet_of(app)
        sheet.list.move_to("river")
        await pilot.press("f7")
        await until(lambda: "round template" in text(app))
        assert app.screen is sheet
        sheet.list.move_to(mine.id)
        await pilot.press("f7")
        await until(lambda: isinstance(app.screen, Confirm) and "街面秩序" in text(app))
        await pilot.press("enter")
        await until(lambda: app.screen is sheet and mine.id not in sheet.list.keys)
        assert not plans(night)


async def test_enter_begins_another_plan_like_the_one_under_the_cursor(night: Night) -> None:
    """Everything is filled in; what is changed makes a plan beside it."""
    mine = planned(night, days=Days.OFF, permit="许可三号")
    async with open_desk(night) as (app, pilot):
        sheet = await sheet_of(app)
        sheet.list.move_to(mine.id)
        await pilot.press("enter")
        form = await form_of(app)
        assert (form.text("windows"), form.text("days"), form.text("permit")) == ("08:00-09:00", "off", "许可三号")
        write(form, windows="20:00-21:00")
        await pilot.press("enter")
        await until(lambda: app.screen is sheet and len(plans(night)) == 2)


async def test_typing_narrows_the_list(night: Night) -> None:
    """By the name, the grid or the initials; the first one of what fits is under the cursor."""
    mine = planned(night)
    async with open_desk(night) as (app, pilot):
        sheet = await sheet_of(app)
        await pilot.press(*"jmzx")
        await until(lambda: sheet.list.keys == (mine.id,))
        await pilot.press(*"xyz")
        await until(lambda: "没有这样的计划" in text(app))


async def test_who_may_not_record_looks_and_is_told_who_does(night: Night) -> None:
    """A department's liaison sees the plans; no key opens the form."""
    planned(night)
    async with open_desk(night, member="ZP-1") as (app, pilot):
        await pilot.pause()
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        sheet = await sheet_of(app)
        for key in ("f2", "enter", "f7"):
            await pilot.press(key)
            assert app.screen is sheet
        assert "值班" in text(app)

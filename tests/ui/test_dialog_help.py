"""The help inside dialogs: what the keys do there now, from the dialog's own list; nothing in the form is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from app.domain.errors import BadInput
from app.key_rules import OF_DIALOGS, keymap_of
from app.main import CommandCenter
from app.screens.command_sheet import CommandSheet
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.dispatch import DispatchDialog
from app.screens.dialogs.spot import SpotDialog
from app.screens.go_sheet import GoSheet
from app.screens.key_sheet import KeySheet
from app.screens.moves_menu import MovesMenu
from app.widgets.fields.lookup import LookupField
from tests.ui.helping import case_of, has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import Night
from tests.ui.random_keys import alphabet, nodes
from tests.ui.test_desk import MANHOLE

LINE = "双河一 应急 井盖冲开"


async def stands(app: CommandCenter, kind: type[Screen[Any]]) -> None:
    """Wait for a dialog that has the keys."""
    await until(lambda: isinstance(app.screen, kind) and has_keys(app))


async def typed(app: CommandCenter, pilot: Pilot[None], words: str) -> None:
    """Type as the terminal sends it."""
    for character in words:
        post(app, character)
    await pilot.pause()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_help_of_a_form_is_about_its_field_and_its_form(night: Night, language: str) -> None:
    """F1 names both, typing narrows, Enter presses the key below: the words typed go with it into the full form."""
    night.speak(language)
    told = {
        "zh": ("帮助：吹哨", "补全", "整张表", "存草稿", "清空", "中文 / English", "一句话"),
        "en": ("Help: Blow a whistle", "complete", "full form", "save as draft", "clear", "Ctrl+Q", "In one line"),
    }
    async with open_desk(night, (80, 24)) as (app, pilot):
        await pilot.press("f2")
        await stands(app, BlowLine)
        form, field = app.screen, app.focused
        way_out = "Esc 离开" if language == "zh" else "Esc leave"
        assert way_out in text(app)
        await typed(app, pilot, LINE)
        await pilot.press("f1")
        await stands(app, KeySheet)
        await until(lambda: all(words in text(app) for words in told[language]))
        await pilot.press("escape")
        await until(lambda: app.screen is form)
        assert app.focused is field
        assert isinstance(form, BlowLine)
        assert form.text("line") == LINE
        for key in ("f1", "f", "2", "enter"):
            post(app, key)
        await stands(app, CallForm)
        full = app.screen
        assert isinstance(full, CallForm)
        assert full.text("title") == "井盖冲开"
        assert way_out in text(app)


async def test_what_is_typed_after_the_help_key_goes_into_the_help(night: Night) -> None:
    """In one breath: not a letter of it lands in the form; ？ is a sign in a text and asks for help elsewhere."""
    async with open_desk(night) as (app, pilot):
        await pilot.press("f7")
        await stands(app, SpotDialog)
        form = app.screen
        assert isinstance(form, SpotDialog)
        for key in ("补", "？", "f1", "清", "空"):
            post(app, key)
        await stands(app, KeySheet)
        sheet = app.screen
        assert isinstance(sheet, KeySheet)
        await until(lambda: sheet.typed == "清空")
        assert form.text("line") == "补？"
        await pilot.press("f1")
        await until(lambda: app.screen is form)
        await pilot.press("tab")
        post(app, "？")
        await stands(app, KeySheet)
        await until(lambda: "1–3" in text(app))


async def test_no_key_is_lost_to_another_language_or_an_empty_form(night: Night) -> None:
    """Ctrl+L, letters and the help key in one breath; F8 and what is typed once the form is empty."""
    async with open_desk(night) as (app, pilot):
        await pilot.press("f7")
        await stands(app, SpotDialog)
        form = app.screen
        assert isinstance(form, SpotDialog)
        for key in ("坡", "ctrl+l", "x", "y", "f1", "z"):
            post(app, key)
        await stands(app, KeySheet)
        sheet = app.screen
        assert isinstance(sheet, KeySheet)
        await until(lambda: sheet.typed == "z" and form.text("line") == "坡xy")
        await pilot.press("escape", "f8")
        await until(lambda: form.text("line") == "" and not form.torn)
        await typed(app, pilot, "ab")
        await until(lambda: form.text("line") == "ab")


async def test_an_open_list_stays_open_and_its_keys_come_first(night: Night) -> None:
    """Over the list of grids: Enter takes from it, and so the help says; Enter there takes it."""
    async with open_desk(night) as (app, pilot):
        await pilot.press("f7")
        await stands(app, SpotDialog)
        form = app.screen
        assert isinstance(form, SpotDialog)
        form.focus_field("grid")
        await typed(app, pilot, "双河")
        grid = form.rows["grid"].widget
        assert isinstance(grid, LookupField)
        assert grid.list.is_open
        await pilot.press("f1")
        await stands(app, KeySheet)
        await until(lambda: "收起列表" in text(app))
        assert "缺什么会先问" not in text(app)
        await pilot.press("enter")
        await until(lambda: app.screen is form and bool(grid.code))


async def test_a_key_of_another_field_is_grey_and_says_where_it_works(full: Night) -> None:
    """Who leads is said in the list of departments: from the time field the help says so, and Enter does nothing."""
    async with open_desk(full) as (app, pilot):
        form = DispatchDialog(app.seat.context(), await case_of(app, MANHOLE))
        app.push_screen(form)
        await stands(app, DispatchDialog)
        form.focus_field("occurred_at")
        await pilot.press("f1", *"f6")
        await stands(app, KeySheet)
        await until(lambda: "先把光标移到“部门”" in text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, KeySheet)
        await pilot.press("ctrl+l")
        await until(lambda: "Put the cursor into “Departments” first" in text(app))
        await until(lambda: "Help: Whistle for departments" in text(app))
        await pilot.press("escape")
        await until(lambda: app.screen is form)


async def test_sheets_open_and_close_with_the_keys_as_configured(full: Night) -> None:
    """Help on F11, palette on F1, go to on Ctrl+B, moves on F6: that key closes too, and every edge names F11."""
    keys = {"help": "f11", "needs": "f9", "palette": "f1", "go": "f12, ctrl+b", "moves": "f6"}
    full.settings = replace(full.settings, values={**full.settings.values, "keys": keys})
    async with open_desk(full) as (app, pilot):
        await case_of(app, MANHOLE)
        for key, kind in (("f11", CommandSheet), ("f1", CommandSheet), ("ctrl+b", GoSheet), ("f6", MovesMenu)):
            await pilot.press(key)
            await stands(app, kind)
            if kind is not CommandSheet:
                await until(lambda: "F11 帮助" in text(app))
                await pilot.press("f11")
                await stands(app, KeySheet)
                await pilot.press("f11")
                await stands(app, kind)
            await pilot.press(key)
            await until(lambda: app.screen is mode(app))
        await pilot.press("f2")
        await stands(app, BlowLine)
        await until(lambda: "F11 帮助" in text(app))
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, BlowLine)


def test_no_dialog_uses_a_key_that_the_help_may_have() -> None:
    """What is refused as a key of the help is what dialogs and fields bind; F1, F3, F9, F11 and F12 reach it always."""
    alphabet()  # every module of screens and widgets is imported
    bound = {key for kind in (*nodes(ModalScreen), *nodes(Widget)) for binding in kind.__dict__.get("BINDINGS", ())
             for key in binding.key.split(",") if key[0] == "f" and key[1:].isdigit()}  # fmt: skip
    assert {"f2", "f7"} <= bound <= set(OF_DIALOGS)
    with pytest.raises(BadInput):
        keymap_of({"help": "f5", "record": "f1"}, Path("config.toml"))

"""A Chinese input method that stays on: what it sends means what it looks like, and not a character is lost."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from app.screens.confirm import Confirm
from app.screens.jump import JumpScreen
from app.screens.moves_menu import MovesMenu
from tests.ui.helping import board, case_of, mode, open_desk, post, text, until
from tests.ui.night_house import Night
from tests.ui.test_desk import MANHOLE

COMMITTED = "坡，1 b\u3000ｃ"
"""What an input method commits at once: Han, punctuation, digits, blanks and letters that are commands elsewhere."""


def typed(app: object) -> str:
    """What stands in the search."""
    found = mode(app).query("#search")  # type: ignore[arg-type]
    return found.first(Input).value if found else ""


@pytest.mark.parametrize("page", ["1", "2"])
async def test_a_text_committed_at_once_is_searched_for_whole(full: Night, page: str) -> None:
    """In both modes, with a mark set: every character in its order, none of them a command."""
    async with open_desk(full) as (app, pilot):
        await pilot.press(page, "space")
        was = app.current_mode
        for character in COMMITTED:
            post(app, character)
        await until(lambda: len(typed(app)) == len(COMMITTED))
        assert typed(app) == "坡，1 b ｃ"
        assert (app.current_mode, app.screen) == (was, mode(app))


async def test_chinese_punctuation_is_the_key_it_stands_on(full: Night) -> None:
    """、 of the key / opens the search; 。 and full-width letters and the full-width space are commands."""
    async with open_desk(full) as (app, pilot):
        post(app, "、")
        await until(lambda: isinstance(app.focused, Input))
        await pilot.press("escape")
        post(app, "\u3000")
        await until(lambda: bool(mode(app).situation().marks))
        post(app, "\u3000")
        post(app, "ｆ")
        await until(lambda: isinstance(app.screen, JumpScreen))
        post(app, "２")
        await until(lambda: app.screen is mode(app))
        assert app.current_mode == "desk"
        post(app, "《")
        await until(lambda: typed(app) == "《")


async def test_text_where_no_text_is_taken_is_answered(full: Night) -> None:
    """In the menu, the question and the numbers: a Han character or a paste changes nothing and is not swallowed."""
    async with open_desk(full) as (app, pilot):
        await case_of(app, MANHOLE)
        for key, sheet in (("f6", MovesMenu), ("ctrl+z", Confirm), ("f", JumpScreen)):
            await pilot.press(key)
            await until(lambda sheet=sheet: isinstance(app.screen, sheet))
            for event in (events.Key("坡", "坡"), events.Paste("u\rc\n2\n")):
                app.post_message(event)
                told = "这里不输入文字" if isinstance(event, events.Key) else "没有粘贴"
                await until(lambda told=told: told in text(app))
                assert isinstance(app.screen, sheet)
            await pilot.press("escape")
            await until(lambda: app.screen is mode(app))


PASTES = (
    ("坡面 滑坡\r\nu\rc\n\n2", "坡面 滑坡", "只搜索第一行"),
    ("\r\r\n\t坡面\x1b[31m\u202e", "坡面[31m", "已搜索粘贴的内容"),
    ("坡" * 201, "", "没有粘贴"),
    ("坡" * 700_000, "", "没有粘贴"),
    ("\r\n \t\x07\n", "", "没有文字"),
)


async def test_what_is_pasted_on_the_board_is_searched_for_and_never_run(full: Night) -> None:
    """The first line of it, at most 200 characters; a sentence says what became of it; the same in the search line."""
    async with open_desk(full) as (app, pilot):
        for pasted, searched, told in PASTES:
            for already in ("", "f3"):
                if already:
                    await pilot.press(already)
                    await until(lambda: isinstance(app.focused, Input))
                app.tell("")
                app.post_message(events.Paste(pasted))
                if searched or not already:
                    await until(lambda told=told, already=already: bool(already) or told in text(app))
                await until(lambda searched=searched: typed(app) == searched)
                assert app.screen is mode(app)
                await pilot.press("escape")
                await until(lambda: app.focused is board(app))


async def test_a_sheet_that_is_searched_takes_pastes_and_the_full_width_space(full: Night) -> None:
    """The first line goes into its line; the space of the input method is a space; too long is refused, all said."""
    async with open_desk(full) as (app, pilot):
        for key in ("f9", "g", "v", "p"):
            await pilot.press(key)
            await until(lambda: app.screen is not mode(app) and isinstance(app.focused, Input))
            field = app.focused
            assert isinstance(field, Input)
            app.post_message(events.Paste("\n双河\nu\n"))
            await until(lambda field=field: field.value == "双河")
            await until(lambda: "只搜索第一行" in text(app))
            post(app, "\u3000")
            post(app, "二")
            app.post_message(events.Paste("字" * 2_000_000))
            await until(lambda: "没有粘贴" in text(app))
            await until(lambda field=field: field.value == "双河 二")  # the driver may hand keys over after the paste
            await pilot.press("escape")
            await until(lambda: app.screen is mode(app))

"""The palette finds a command by a few letters of either language, the best fit first, and Enter does it."""

from __future__ import annotations

import pytest

from app.screens.command_sheet import CommandSheet
from app.widgets.row_list import RowList
from tests.ui.helping import has_keys, mode, open_desk, until
from tests.ui.night_house import Night


@pytest.mark.slow
async def test_a_few_letters_put_the_command_first(full: Night) -> None:
    """Pinyin in full, initials, English, a key, in full width too; then Enter changes the mode."""
    async with open_desk(full) as (app, pilot):
        await pilot.press("f9")
        await until(lambda: isinstance(app.screen, CommandSheet) and has_keys(app))
        rows = app.screen.query_one(RowList)
        for typed, command in (("dianhuabu", "phones"), ("dhb", "phones"), ("phone", "phones"), ("F8", "duty"),
                               ("ｆ１", "help"), ("shaodan", "whistles")):  # fmt: skip
            await pilot.press(*typed)
            await until(lambda command=command: rows.keys[:1] == (command,))  # type: ignore[misc]
            if command != "whistles":
                await pilot.press(*["backspace"] * len(typed))
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app) and app.current_mode == "whistles")

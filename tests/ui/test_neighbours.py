"""A refresh between two keys never makes an action hit a neighbouring case (behaviours 28)."""

from __future__ import annotations

import random

from app.screens.moves_menu import MovesMenu
from tests.ui.helping import board, mode, open_desk, post, until
from tests.ui.night_house import Night


async def test_what_another_desk_writes_between_two_keys_never_changes_what_a_key_is_about(full: Night) -> None:
    """Cases come in above and below while keys are on their way: cursor, marks, search and scroll stay with theirs."""
    for number in range(30):
        full.blow(f"第{number}处积水", "JF-SH-G02", place_text=f"{number}号楼")
    other = full.another()
    dice = random.Random(28)
    async with open_desk(full, (80, 24)) as (app, _pilot):
        await until(lambda: len(board(app).keys) >= 30)
        for turn in range(6):
            wanted = dice.choice(board(app).keys)
            board(app).move_to(wanted)
            if turn % 2:
                post(app, "space")
                await until(lambda wanted=wanted: wanted in board(app).marks)
                wanted = board(app).cursor
            marks, count = set(board(app).marks), len(board(app).keys)
            for number in range(3):
                other.blow(f"新险情{turn}-{number}", "JF-LF-G04", place_text=f"{turn}{number}号")
            app.reload()
            post(app, "m")
            await until(lambda: app.screen is not mode(app))
            if not marks:
                assert isinstance(app.screen, MovesMenu)
                assert app.screen._file is not None
                assert app.screen._file.case.whistle.id == wanted
            post(app, "escape")
            await until(lambda count=count: app.screen is mode(app) and len(board(app).keys) > count)
            assert board(app).cursor == wanted
            assert set(board(app).marks) == marks
            line = list(board(app).keys).index(wanted)
            assert 0 <= line - board(app).scroll_y < board(app).size.height
            board(app).clear_marks()
        for key in ("slash", "积", "水", "enter"):
            post(app, key)
        await until(lambda: (hits := mode(app).hits) is not None and hits.needle == mode(app).needle == "积水")
        await until(lambda: mode(app).situation().file is not None)
        found, count = board(app).cursor, len(board(app).keys)
        other.blow("另一处积水", "JF-SH-G02", place_text="桥下")
        app.reload()
        post(app, "m")
        await until(lambda: app.screen is not mode(app))
        assert board(app).cursor == found
        post(app, "escape")
        await until(lambda: app.screen is mode(app) and len(board(app).keys) == count + 1)
        assert board(app).cursor == found
        assert mode(app).needle == "积水"
    other.house.close()

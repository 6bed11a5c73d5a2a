"""The next case that needs me, and the one field that leads anywhere, at the desk by keys."""

from __future__ import annotations

import pytest

from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity
from app.screens import archive_window
from app.screens.go_sheet import GoSheet
from tests.ui.helping import board, has_keys, mode, open_desk, text, until
from tests.ui.night_house import LEADER, Night


async def test_f11_goes_round_the_cases_that_need_me_and_keeps_the_filter(full: Night) -> None:
    """Each stop says why; a case outside the search stands on top and the search stays."""
    async with open_desk(full, member=LEADER) as (app, pilot):
        await pilot.press("f11")
        await until(lambda: "该您办" in text(app) or "已超时" in text(app))
        first = board(app).cursor
        await pilot.press("f11")
        await until(lambda: board(app).cursor != first)
        await pilot.press("f3", *"招租", "enter")
        await until(lambda: len(board(app).keys) == 1)
        await pilot.press("f11")
        await until(lambda: "置顶显示" in text(app))
        assert len(board(app).keys) == 2
        assert mode(app).needle == "招租"
        await until(lambda: mode(app).situation().file is not None)
        await pilot.press("x")
        await until(lambda: len(board(app).keys) > 2)


async def test_f11_says_plainly_when_nothing_needs_me(night: Night) -> None:
    """No case, no jump, one sentence."""
    async with open_desk(night) as (app, pilot):
        await pilot.press("f11")
        await until(lambda: "眼下没有该" in text(app))


@pytest.mark.slow
async def test_go_to_a_grid_a_member_and_a_case_that_ended_long_ago(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F12, from inside the search too: a grid narrows the list; an old number pages mode 2 to its case."""
    monkeypatch.setattr(archive_window, "PAGE", 20)
    ended = []
    for n in range(45):
        night.wall.add(seconds=20)
        case = night.blow(f"路灯不亮{n}", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL).case.whistle
        night.act(case.id, Action.WITHDRAW, reason="重复")
        ended.append(case)
    opened = night.blow("双河大桥旁井盖").case.whistle
    night.blow("龙凤安置房进水", "JF-LF-G04", behalf="")
    async with open_desk(night) as (app, pilot):
        await until(lambda: len(board(app).keys) == 2)
        await pilot.press("f3", "水", "f12")
        await until(lambda: isinstance(app.screen, GoSheet) and has_keys(app))
        await pilot.press(*"龙凤四")
        await until(lambda: "JF-LF-G04" in str(app.screen.query_one("#list").keys))
        await pilot.press("enter")
        await until(lambda: app.seat.narrowed is not None and len(board(app).keys) == 1)
        assert mode(app).needle == ""
        await pilot.press("x", "g")
        await until(lambda: isinstance(app.screen, GoSheet) and has_keys(app))
        await pilot.press(*"0702-0")
        await until(lambda: ("case", ended[8].id.hex) in app.screen.query_one("#list").keys)
        sheet = app.screen.query_one("#list").keys
        shown = [code for sort, code in sheet if sort == "case"]
        assert shown == [one.id.hex for one in reversed(ended[:9])]
        await pilot.press("5", "enter")
        old = ended[4]
        await until(lambda: mode(app).mode_id == "whistles" and board(app).cursor == old.id)
        await until(lambda: old.id in board(app).keys)
        await until(lambda: mode(app).situation().file is not None)
        assert ended[-1].id not in board(app).keys
        await pilot.press("f12")
        await until(lambda: isinstance(app.screen, GoSheet) and has_keys(app))
        await pilot.press(*"火星")
        await until(lambda: "没有叫这个名字的" in text(app))
        await pilot.press("ctrl+u", *"jg")
        await until(lambda: ("case", opened.id.hex) in app.screen.query_one("#list").keys)
        await pilot.press("ctrl+u", *"路灯44")
        await until(lambda: list(app.screen.query_one("#list").keys) == [("case", ended[44].id.hex)])
        await pilot.press("ctrl+u", *opened.number, "enter")
        await until(lambda: mode(app).situation().file is not None and board(app).cursor == opened.id)
        file = mode(app).situation().file
        assert file is not None
        assert file.case.whistle.number == opened.number

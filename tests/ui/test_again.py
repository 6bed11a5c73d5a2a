"""The last move once more, and a case as text, at the desk by keys."""

from __future__ import annotations

import stat

import pytest
from textual.widgets import Input

from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity, WhistleState
from app.main import CommandCenter
from app.screens import copying
from app.screens.confirm import Confirm
from app.screens.dialogs.marked import MarkedDialog
from app.screens.dialogs.move import MoveDialog
from app.widgets.row_list import RowList
from tests.ui.helping import board, case_of, has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import LEADER, Night


def typed(app: CommandCenter) -> list[str]:
    """What stands in the fields of the dialog; behind it the case before may still be shown."""
    return [field.value for field in app.screen.query(Input)]


@pytest.mark.slow
async def test_the_last_move_is_offered_with_its_answers_but_never_its_time(night: Night) -> None:
    """Rejected once with a reason: the same for the next case by 。 and Enter, then by a dot for two marked."""
    ids = [night.blow(f"路灯不亮{n}", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL).case.whistle.id
           for n in range(4)]  # fmt: skip
    night.blow("双河大桥旁井盖")
    night.wall.set("07-02 23:58")
    async with open_desk(night, member=LEADER) as (app, pilot):
        await until(lambda: len(board(app).keys) == 5)
        await pilot.press(".")
        await until(lambda: "还没有可重复的动作" in text(app))
        await case_of(app, "-01")
        await pilot.press("f6")
        await until(lambda: app.screen is not mode(app))
        app.screen.query_one(RowList).move_to(Action.REJECT)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MoveDialog) and has_keys(app))
        await pilot.press(*"不属实", "tab", *"23:52", "enter")
        await until(lambda: app.screen is mode(app))
        await case_of(app, "-02")
        post(app, "。")
        await until(lambda: isinstance(app.screen, MoveDialog) and "不属实" in typed(app))
        assert "23:52" not in typed(app)
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app))
        await case_of(app, "-05")
        await pilot.press(".")
        await until(lambda: "不能办这一步" in text(app))
        assert app.screen is mode(app)
        for number in ("-03", "-04"):
            await case_of(app, number)
            await pilot.press("space")
        await pilot.press(".")
        await until(lambda: isinstance(app.screen, MarkedDialog) and "不属实" in text(app))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app) and not app.seat.marks)
    files = [night.house.whistles.file(case) for case in ids]
    assert {file.case.whistle.state for file in files} == {WhistleState.REJECTED}
    assert {file.events[-1].words["reason"] for file in files} == {"不属实"}
    at = [file.events[-1].occurred_at for file in files]
    assert at[0] < at[1] == at[2] == at[3]


async def test_a_case_is_copied_and_the_way_is_told(full: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the desktop when it has a program for it; else through the terminal and into a file of mode 0600."""
    taken: list[str] = []

    def program(copied: str) -> str:
        taken.append(copied)
        return "xclip" if len(taken) == 1 else ""

    monkeypatch.setattr(copying, "copy_natively", program)
    async with open_desk(full) as (app, pilot):
        await case_of(app, "-05")
        await pilot.press("y")
        await until(lambda: "剪贴板（xclip）" in text(app))
        assert "双河大桥旁人行道" in taken[0]
        await pilot.press("y")
        path = full.settings.state / copying.FILE
        await until(lambda: "已存于" in text(app))
        assert app.clipboard == path.read_text(encoding="utf-8") == taken[0]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

"""Marks on the board and moves on many, at the desk by keys."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.domain.facts import Facts
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity, WhistleState
from app.screens.confirm import Confirm
from app.screens.dialogs.marked import MarkedDialog
from app.screens.marked_menu import MarkedMenu
from app.screens.marked_sheet import MarkedSheet
from app.widgets.row_list import RowList
from tests.ui.helping import board, has_keys, lines, mode, open_desk, text, until
from tests.ui.night_house import LEADER, Night


def blown(night: Night, count: int) -> list[UUID]:
    """Routine whistles that wait for approval, in the order of the board."""
    made = [night.blow(f"路灯不亮第{n}处", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL) for n in range(count)]
    return [one.case.whistle.id for one in made]


def routine(title: str) -> Facts:
    """The same matter with another title."""
    texts = {"title": title, "place_text": "社区服务中心旁", "exposed": "附近居民", "why": "网格无力处置"}
    return Facts(WhistleKind.ROUTINE, "JF-SH-G01", texts, Severity.NORMAL)


async def test_marks_are_kept_counted_and_taken_away_first(full: Night) -> None:
    """Space marks and goes on; a filter hides a mark and the title says so; Esc takes marks before the search."""
    async with open_desk(full) as (app, pilot):
        await pilot.press("space", "space")
        assert len(app.seat.marks) == 2
        await until(lambda: "已标记 2" in text(app))
        await pilot.press("f3", *"小学", "enter")
        await until(lambda: len(board(app).keys) == 1)
        await until(lambda: "已标记 2，其中" in text(app))
        await pilot.press("2")
        await until(lambda: mode(app).mode_id == "whistles" and "已标记 2" in text(app))
        await pilot.press("1")
        await until(lambda: mode(app).mode_id == "desk")
        await pilot.press("a", "escape")
        assert not app.seat.marks
        assert mode(app).needle
        await pilot.press("escape")
        assert not mode(app).needle


async def test_a_move_goes_to_all_marked_and_the_refused_stay_marked(night: Night) -> None:
    """F4 on three approvals asks once, names them, and a case that somebody else decided is told and stays marked."""
    first, second, third = blown(night, 3)
    async with open_desk(night, member=LEADER) as (app, pilot):
        await until(lambda: len(board(app).keys) == 3)
        await pilot.press("a", "f4")
        await until(lambda: isinstance(app.screen, MarkedDialog) and has_keys(app))
        night.act(second, Action.REJECT, member=LEADER, reason="不属实")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Confirm))
        assert "3 件" in lines(app)[0]
        assert "0702-01" in lines(app)[0]
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MarkedSheet))
        assert "0702-02" in text(app)
        await pilot.press("escape")
        assert app.seat.marks == {second}
    states = [night.house.whistles.file(case).case.whistle.state for case in (first, second, third)]
    assert states == [WhistleState.OPEN, WhistleState.REJECTED, WhistleState.OPEN]


async def test_marked_duplicates_are_merged_into_the_one_that_stays(night: Night) -> None:
    """F6 says for how many a move is possible; merging asks which stays, a digit answers."""
    ids = blown(night, 3)
    night.act(ids[0], Action.APPROVE, member=LEADER)
    async with open_desk(night) as (app, pilot):
        await until(lambda: len(board(app).keys) == 3)
        await pilot.press("a", "f6")
        await until(lambda: isinstance(app.screen, MarkedMenu))
        menu = app.screen.query_one(RowList)
        await until(lambda: "可 1/3" in text(app))
        menu.move_to(Action.JOIN)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MarkedDialog) and has_keys(app))
        dialog = app.screen
        assert isinstance(dialog, MarkedDialog)
        stays = dialog.files[1].case.whistle.id
        await pilot.press("2", "enter")
        await until(lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app))
        assert not app.seat.marks
    merged = [case for case in ids if night.house.whistles.file(case).case.whistle.merged_into == stays]
    assert len(merged) == 2


@pytest.mark.slow
async def test_words_for_many_outlive_those_who_were_faster(night: Night) -> None:
    """One overtaken but still possible: F4 offers the words again. One that is over: F7 writes them as a note."""
    first, second, third = blown(night, 3)
    other = night.another("JF-ZB2")
    async with open_desk(night, member=LEADER) as (app, pilot):
        await until(lambda: len(board(app).keys) == 3)
        await pilot.press("a", "f6")
        await until(lambda: isinstance(app.screen, MarkedMenu))
        app.screen.query_one(RowList).move_to(Action.REJECT)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MarkedDialog) and has_keys(app))
        await pilot.press(*"不属实")
        other.act(first, Action.REVISE, "", "JF-ZB2", facts=routine("路灯全灭"))
        other.act(second, Action.APPROVE, LEADER, "JF-ZB2")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MarkedSheet))
        await until(lambda: text(app).count("值班员乙") >= 2)
        assert "F4 再办一次" in text(app)
        assert "F7 留作备注" in text(app)
        assert app.seat.marks == {first, second}
        assert night.house.whistles.file(third).case.whistle.state is WhistleState.REJECTED
        await pilot.press("f4")
        await until(lambda: isinstance(app.screen, MarkedDialog) and "不属实" in text(app))
        again = app.screen
        assert isinstance(again, MarkedDialog)
        assert [file.case.whistle.id for file in again.files] == [first]
        await until(lambda: again._loaded and not again._deaf)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MarkedSheet) and "再办一次" not in text(app))
        await pilot.press("f7")
        await until(lambda: app.screen is mode(app) and not app.seat.marks)
    other.house.close()
    files = [night.house.whistles.file(case) for case in (first, second, third)]
    assert [file.case.whistle.state for file in files] == [
        WhistleState.REJECTED,
        WhistleState.OPEN,
        WhistleState.REJECTED,
    ]
    assert files[1].events[-1].words["note"] == "不属实"
    assert not list(night.settings.drafts.glob("*.json"))

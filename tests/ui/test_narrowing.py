"""Filters that stay, named views, the search over every case, and the archive page by page."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from app.domain.case_filter import CaseFilter
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.screens import archive_window
from app.screens.moves_menu import MovesMenu
from tests.ui.helping import board, mode, open_desk, post, text, until
from tests.ui.night_house import Night


def _withdrawn(night: Night, count: int) -> None:
    """So many cases that left the board."""
    for number in range(count):
        night.wall.add(minutes=1)
        case = night.blow(f"第{number:03d}处积水", "JF-SH-G02", place_text=f"{number}号楼").case.whistle.id
        night.act(case, Action.WITHDRAW, reason="误报")


async def test_a_filter_stays_through_refresh_and_mode_until_it_is_taken_away(full: Night) -> None:
    """Chosen in the sheet by keys; the chips say so; x shows all again."""
    async with open_desk(full) as (app, pilot):
        everything = set(board(app).keys)
        await pilot.press("v")
        await until(lambda: "筛选" in text(app))
        for character in "应急":
            app.post_message(_key(character))
        await until(lambda: app.screen.query_one("#find", Input).value == "应急")
        await pilot.press("enter", "escape")
        await until(lambda: app.screen is mode(app) and 0 < len(board(app).keys) < len(everything))
        few = set(board(app).keys)
        assert "只看" in text(app)
        await pilot.press("2")
        await until(lambda: app.current_mode == "whistles" and set(board(app).keys) == few)
        full.blow("另一处积水", "JF-SH-G02", kind=WhistleKind.ROUTINE)
        app.reload()
        await until(lambda: app.seat.view is not None and len(app.seat.view.board.rows) > len(everything))
        assert set(board(app).keys) == few
        await pilot.press("x")
        await until(lambda: len(board(app).keys) == len(everything) + 1 and "只看" not in text(app))


async def test_a_click_on_a_chip_takes_its_condition_away(full: Night) -> None:
    """Enter on a grid narrows to it; a click on its chip, and all are there again."""
    async with open_desk(full) as (app, pilot):
        everything = len(board(app).keys)
        app.screen.query_one("#grids").focus()
        await pilot.press("home", "enter")
        await until(lambda: len(board(app).keys) < everything and bool(app.screen.query("#filters")))
        await pilot.pause()
        await pilot.click("#filters", offset=(8, 0))
        await until(lambda: len(board(app).keys) == everything)


@pytest.mark.parametrize("number", ["1", "2"])
async def test_of_two_conditions_a_click_takes_one(full: Night, number: str) -> None:
    """A message reaches the handler of every class once: one chip goes, the other stays, in both modes."""
    async with open_desk(full) as (app, pilot):
        await pilot.press(number)
        mode(app).narrow(CaseFilter(kinds=frozenset(WhistleKind), overdue=True))
        await until(lambda: bool(app.screen.query("#filters")))
        await pilot.pause()
        await pilot.click("#filters", offset=(8, 0))
        await until(lambda: app.seat.narrowed is not None and len(app.seat.narrowed.conditions()) == len(WhistleKind))
        await pilot.pause()
        assert app.seat.narrowed is not None
        assert len(app.seat.narrowed.conditions()) == len(WhistleKind)


async def test_a_view_is_kept_by_name_and_shown_by_its_chip(full: Night) -> None:
    """F2 in the sheet writes it to the configuration; another desk opens with it."""
    async with open_desk(full) as (app, pilot):
        await pilot.press("v")
        await until(lambda: "筛选" in text(app))
        await pilot.press("enter")
        app.screen.query_one("#find", Input).value = "夜班"
        await pilot.pause()
        await pilot.press("f2")
        await until(lambda: "已存下" in text(app))
        await pilot.press("2")
        await until(lambda: "夜班" in text(app))
    kept = Path(full.settings.config).read_text(encoding="utf-8")
    assert 'name = "夜班"' in kept
    assert "overdue = true" in kept


@pytest.mark.slow
async def test_the_archive_is_paged_as_the_cursor_goes_and_its_end_is_one_key_away(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty ended cases in pages of twelve: down to the oldest, End and Home at once, cursor and case agree."""
    monkeypatch.setattr(archive_window, "PAGE", 12)
    monkeypatch.setattr(archive_window, "MOST", 36)
    _withdrawn(night, 60)
    async with open_desk(night, (120, 24)) as (app, pilot):
        await pilot.press("2")
        await until(lambda: "第059处积水" in text(app))
        for _ in range(59):
            await pilot.press("down")
            await until(lambda: len(board(app).keys) <= 36)
        await until(lambda: mode(app).file is not None and mode(app).file.row.title == "第000处积水")
        await pilot.press("home")
        await until(lambda: "第059处积水" in text(app) and board(app).cursor == board(app).keys[0])
        await pilot.press("end")
        await until(lambda: "第000处积水" in text(app) and board(app).cursor == board(app).keys[-1])


async def test_the_search_finds_ended_cases_too(night: Night) -> None:
    """On the duty desk it says how many; in mode 2 they are found at once, by one character and by initials."""
    _withdrawn(night, 3)
    night.blow("井盖冲开", "JF-SH-G01")
    async with open_desk(night) as (app, pilot):
        await mode(app).open_search("积水")
        await until(lambda: not board(app).keys and "已结 3" in text(app))
        await pilot.press("enter", "2")
        await until(lambda: app.current_mode == "whistles" and len(board(app).keys) == 3)  # searched for there too
        await pilot.press("escape")
        await until(lambda: len(board(app).keys) == 4)
        for needle, count in (("积", 3), ("cjs", 3), ("井", 1), ("第002处", 1), ("双河 积水", 3)):
            mode(app).widen()
            await mode(app).open_search(needle)
            await until(lambda: len(board(app).keys) == count)  # noqa: B023
            await pilot.press("escape")
            await until(lambda: len(board(app).keys) == 4)


def _key(character: str):
    from textual.events import Key
    from textual.keys import _character_to_key

    return Key(_character_to_key(character), character)


async def test_where_nothing_is_found_there_is_nothing_to_act_on_and_ended_cases_are_named(full: Night) -> None:
    """The desk says where the ended ones are; the next step asks for a case instead of taking the one not seen."""
    _withdrawn(full, 2)
    async with open_desk(full) as (app, pilot):
        await pilot.press("down", "slash")
        await until(lambda: bool(app.screen.query("#search")))
        for character in "第00":
            post(app, character)
        await until(lambda: not board(app).keys and "已结束的有 2 件：回车后按 2 看" in text(app))
        await pilot.press("enter", "f4")
        await until(lambda: "请先把光标" in text(app))
        assert app.screen is mode(app)
        first = app.seat.view.board.rows[0].whistle.id if app.seat.view else None
        await pilot.press("f3")
        for key in ("escape", "home", "down", "f6"):  # in one go: the list stands again before the next key
            post(app, key)
        await until(lambda: isinstance(app.screen, MovesMenu))
        assert mode(app).selected not in (None, first)

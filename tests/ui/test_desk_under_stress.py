"""The desk when things go badly: a slow database, a flood of keys, a crowd of cases, clicks."""

from __future__ import annotations

import time

import pytest
from textual import events

from app.domain.moves import Action
from app.screens.dialogs.blow import BlowLine
from app.services.desk import Desk, DeskView
from app.services.ports import BoardQuery
from app.widgets.lines import Lines
from tests.ui.helping import board, case_of, has_keys, open_desk, text, until
from tests.ui.night_house import Night


async def test_a_slow_database_is_told_within_a_second_and_keys_go_on(
    full: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read that takes two seconds: the sentence, and meanwhile the cursor moves."""
    real = Desk.view

    def slow(
        self: Desk, query: BoardQuery | None = None, known: DeskView | None = None, *, first: bool = False
    ) -> DeskView:
        time.sleep(2.0)
        return real(self, query, known, first=first)

    async with open_desk(full) as (app, pilot):
        monkeypatch.setattr(Desk, "view", slow)
        before = board(app).cursor
        started = time.monotonic()
        app.reload()
        await pilot.press("down")
        assert board(app).cursor != before
        assert time.monotonic() - started < 1.5
        await until(lambda: "读取较慢" in text(app), 5)


async def test_a_key_that_comes_when_the_screens_are_gone_is_no_error(full: Night) -> None:
    """A key behind ctrl+q, or struck while the line hangs up: nothing is there to take it, and nothing breaks."""
    async with open_desk(full) as (app, pilot):
        stack = app._screen_stacks[app.current_mode]
        there, stack[:] = list(stack), []
        try:
            await app.on_event(events.Key("down", None))
            await app.on_event(events.Paste("积水"))
            assert not app._stands(events.Key("2", "2"))
        finally:
            stack[:] = there
        before = board(app).cursor
        await pilot.press("end")
        assert board(app).cursor != before


async def test_leaving_with_words_that_no_disk_takes_is_said_first(full: Night) -> None:
    """The state folder cannot be written: ctrl+q in the form names the reason and stays; asked again, it leaves."""
    full.settings.drafts.parent.mkdir(parents=True, exist_ok=True)
    full.settings.drafts.write_text("in the way")
    async with open_desk(full) as (app, pilot):
        await pilot.press("f2")
        await until(lambda: isinstance(app.screen, BlowLine) and has_keys(app))
        await pilot.press(*"双河一", "ctrl+q")
        await until(lambda: "无法留存" in text(app) and "再按 Ctrl+Q" in text(app))
        assert app.is_running
        assert app._exit is False
        await pilot.press("ctrl+q")
        await until(lambda: app._exit)
    assert app.return_code == 0


async def test_hints_and_chips_answer_to_the_mouse(full: Night) -> None:
    """A click on F1 opens help; a click on a chip shows its group."""
    async with open_desk(full) as (app, pilot):
        await pilot.click("#hints", offset=(2, 0))
        await until(lambda: "现在能做什么" in text(app))
        await pilot.press("escape", "2")
        await until(lambda: app.current_mode == "whistles" and len(board(app).keys) == 6)
        await pilot.click("#chips", offset=(12, 0))
        await until(lambda: len(board(app).keys) == 2)
        assert app.screen.query_one("#chips", Lines)


async def test_two_hundred_cases_are_a_list_like_any_other(night: Night) -> None:
    """The board of a bad night: End and Home go at once, the cursor is in view, one reload keeps it."""
    for number in range(120):
        night.blow(f"第{number}件积水", "JF-SH-G02", place_text=f"{number}号楼")
    async with open_desk(night) as (app, pilot):
        await until(lambda: len(board(app).keys) == 120)
        await pilot.press("end")
        last = board(app).cursor
        assert board(app).scroll_y > 90
        night.wall.add(minutes=1)
        app.reload()
        await until(lambda: app.seat.view is not None and app.seat.view.now == night.wall.at)
        assert board(app).cursor == last
        await pilot.press("home")
        assert board(app).scroll_y == 0


async def test_enter_on_an_entry_shows_all_its_words(full: Night) -> None:
    """A long note is cut in the list and whole behind Enter."""
    manhole = next(row for row in full.house.desk.view().board.rows if row.whistle.number.endswith("-05"))
    full.act(manhole.whistle.id, Action.NOTE, note="积水已经退到路面以下，" * 30 + "末尾")
    async with open_desk(full) as (app, pilot):
        await case_of(app, "0702-05")
        await until(lambda: "时间线 13" in text(app))
        assert "末尾" not in text(app)
        await pilot.press("tab", "tab", "enter")
        await until(lambda: "末尾" in text(app))

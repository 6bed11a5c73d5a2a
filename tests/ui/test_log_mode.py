"""The log mode by keys: written in one line with an input method on, closed, put right, read shift by shift."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.bootstrap import duty_clock
from app.domain.shift_log import LogEntry, LogSource, LogState
from app.main import CommandCenter
from app.samples.script import local
from app.screens.dialogs.log_entry import CloseLogEntry, LogEntryDialog
from app.screens.shift_log import LogMode
from app.services.shift_log import Told
from tests.ui.helping import has_keys, lines, mode, open_desk, post, text, until
from tests.ui.night_house import OFFICER, Night

SIZES = [(80, 24), (120, 36), (160, 45)]
LINE = "23:40 电话 13800001111 双河二 楼道灯不亮 / 未了"


async def in_log(app: CommandCenter) -> LogMode:
    """Into the log by its digit, until it was read."""
    post(app, "6")
    await until(lambda: isinstance(app.mode_screen, LogMode) and app.mode_screen._page is not None)
    found = app.mode_screen
    assert isinstance(found, LogMode)
    await until(lambda: found.is_mounted and app.screen is found)
    return found


def write(night: Night, content: str, state: LogState = LogState.OPEN, at: str = "2020-07-02 23:40") -> LogEntry:
    """An entry by another program."""
    house = night.house
    told = Told({"content": content}, LogSource.PHONE, state, local(at), grid="JF-SH-G02")
    return house.log.add(house.duty.actor(OFFICER), uuid4(), told)


@pytest.mark.parametrize("size", SIZES)
async def test_an_entry_is_written_and_closed_with_an_input_method_on(full: Night, size: tuple[int, int]) -> None:
    """6, 6, one line, Enter; then Enter on it, what came of it, Enter: not a letter among the keys."""
    async with open_desk(full, size) as (app, _pilot):
        log = await in_log(app)
        post(app, "6")
        await until(lambda: isinstance(app.screen, LogEntryDialog) and has_keys(app))
        for character in LINE:
            post(app, character)
        await until(lambda: "138****1111" in text(app) and "未了：交班时列出" in text(app))
        post(app, "enter")
        await until(lambda: app.screen is log and "〔未了〕" in text(app))
        (entry,) = full.house.log.open_entries()
        assert (entry.grid, entry.source, entry.at) == ("JF-SH-G02", LogSource.PHONE, local("2020-07-02 23:40"))
        assert "13800001111" not in text(app)
        log.board.move_to(entry.id)
        post(app, "enter")
        await until(lambda: isinstance(app.screen, CloseLogEntry) and has_keys(app))
        post(app, "enter")
        await until(lambda: "还缺结果" in text(app))
        dialog = app.screen
        assert isinstance(dialog, CloseLogEntry)
        for character in "已报维修":
            post(app, character)
        await until(lambda: dialog.text("result") == "已报维修" and not dialog._deaf)
        post(app, "enter")
        await until(lambda: app.screen is log and "〔办结〕" in text(app))
        assert full.house.log.open_entries() == ()


async def test_an_entry_is_put_right_by_a_new_one(full: Night) -> None:
    """Enter on a note; what the new line does not say stays as it was; the old one is marked and counts no more."""
    write(full, "楼道灯不亮", LogState.NOTED)
    async with open_desk(full) as (app, pilot):
        log = await in_log(app)
        await until(lambda: "楼道灯不亮" in text(app))
        first = full.house.log.find("1")
        log.board.move_to(first.id)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, LogEntryDialog) and has_keys(app))
        for character in "楼梯灯不亮":
            post(app, character)
        post(app, "enter")
        await until(lambda: app.screen is log and "〔已更正〕" in text(app))
        second = full.house.log.find("2")
        assert (second.corrects, second.at, second.source, second.grid) == (
            first.id, first.at, LogSource.PHONE, "JF-SH-G02",
        )  # fmt: skip
        log.board.move_to(first.id)
        await pilot.press("enter")
        await until(lambda: "已由后面的一条更正" in text(app))


async def test_what_cannot_be_kept_is_said_and_stays_in_the_line(full: Night) -> None:
    """The sentence below the fields; the line waits as a draft."""
    async with open_desk(full) as (app, pilot):
        log = await in_log(app)
        post(app, "6")
        await until(lambda: isinstance(app.screen, LogEntryDialog) and has_keys(app))
        for character in "停电 / 来电人 王 13900002222":
            post(app, character)
        post(app, "enter")
        await until(lambda: "身份证号或手机号" in text(app))
        assert not [line for line in full.house.log.page().lines if line.entry is not None]
        dialog = app.screen
        assert isinstance(dialog, LogEntryDialog)
        await until(lambda: not dialog.busy)
        await pilot.press("escape")
        await until(lambda: app.screen is log)
        post(app, "6")
        await until(lambda: isinstance(app.screen, LogEntryDialog) and "13900002222" in app.screen.text("line"))


async def test_shifts_follow_each_other_by_arrows(full: Night) -> None:
    """Left to the day before, right back again; the title says which shift it is."""
    write(full, "白班的一条", LogState.NOTED, "2020-07-02 10:00")
    async with open_desk(full) as (app, pilot):
        log = await in_log(app)
        await until(lambda: "夜班 07-02 18:00" in text(app))
        await pilot.press("left")
        await until(lambda: "白班 07-02 08:00" in text(app) and "白班的一条" in text(app))
        await pilot.press("right")
        await until(lambda: "夜班 07-02 18:00" in text(app) and "白班的一条" not in text(app))
        await pilot.press("right")
        await pilot.pause()
        assert log._page is not None
        assert log._page.shift is not None
        assert log._page.shift.kind.value == "night"


async def test_what_happens_elsewhere_comes_by_itself(full: Night) -> None:
    """Written by another program: the line appears, the cursor stays; its case stands behind Enter."""
    async with open_desk(full) as (app, pilot):
        log = await in_log(app)
        before = log.board.cursor
        write(full, "另一台记的")
        await until(lambda: "另一台记的" in text(app))
        assert log.board.cursor == before
        case = next(line for line in log._page.lines if line.event.whistle_id is not None)  # type: ignore[union-attr]
        log.board.move_to(case.event.id)
        await until(lambda: log.situation().file is not None)
        await pilot.press("enter")
        await until(lambda: log.has_class("-detail"))
        await pilot.press("escape")
        await until(lambda: not log.has_class("-detail") and app.focused is log.board)


async def test_reminders_are_shown_when_asked_for(full: Night) -> None:
    """From the palette; again takes them away."""
    assert not duty_clock(full.house, "tick").tick().troubles
    async with open_desk(full) as (app, _pilot):
        log = await in_log(app)
        quiet = sum(line.quiet for line in log._page.lines)  # type: ignore[union-attr]
        assert quiet
        shown = len(log.board.keys)
        app.begin("log_reminders")
        await until(lambda: len(log.board.keys) > shown)
        line = next(line for line in log._page.lines if line.quiet)  # type: ignore[union-attr]
        await until(lambda: line.event.id in log.board.keys)
        app.begin("log_reminders")
        await until(lambda: len(log.board.keys) == shown)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_every_screen(full: Night, size: tuple[int, int], language: str) -> None:
    """Nothing runs over the edge; time and what happened are there at any size."""
    full.speak(language)
    async with open_desk(full, size) as (app, _pilot):
        await in_log(app)
        post(app, "home")
        await until(lambda: ("吹哨：" if language == "zh" else "blew the") in text(app))
        assert all(len(line) <= size[0] for line in lines(app))
        assert mode(app).mode_id == "log"

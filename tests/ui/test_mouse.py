"""Whatever a hint, a count or a chip says can be clicked; the wheel scrolls and the cursor stays with its case."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from app.commands import hints
from app.domain.policy import WhistleKind
from app.domain.whistle import WhistleState
from app.main import CommandCenter
from app.render.ways import pressed_by
from app.screens.answering import Answering
from app.screens.confirm import Confirm
from app.screens.dialogs.box import Box
from app.screens.dialogs.duty import DutyDialog
from app.screens.phone_book import PhoneBook
from app.widgets.row_list import RowList
from tests.ui.helping import board, case_of, has_keys, lines, mode, open_desk, text, until
from tests.ui.night_house import Night


async def click_on(app: CommandCenter, pilot: Pilot[None], said: str, line: int | None = None) -> None:
    """Click the first cell of a text on the screen, in a line when one is named."""
    for y, shown in enumerate(lines(app)):
        if said in shown and (line is None or y == line % app.size.height):
            from rich.cells import cell_len

            await pilot.click(offset=(cell_len(shown[: shown.index(said)]), y))
            return
    raise AssertionError(f"{said} is not on the screen\n{text(app)}")


@pytest.mark.parametrize("name", ["desk", "whistles"])
async def test_every_hint_of_the_hint_line_does_its_command_when_clicked(full: Night, name: str) -> None:
    """In both modes: each of the six that are shown, on its key and on its word."""
    async with open_desk(full, (160, 45)) as (app, pilot):
        await app.to_mode(name)
        await case_of(app, "0702-05")
        asked: list[str] = []

        async def note(command: str) -> None:
            asked.append(command)

        app.action_command = note  # type: ignore[method-assign]
        shown = [command.id for command in hints(mode(app).situation())]
        assert len(shown) >= 5
        for command in shown:
            key = mode(app).situation().keymap.key(command)
            await click_on(app, pilot, f" {key}", -1)
            await pilot.pause()
            await until(lambda command=command: asked[-1:] == [command])  # type: ignore[misc]


async def test_counts_of_the_title_and_the_header_lead_where_they_say(full: Night) -> None:
    """Emergencies and overdue ones alone, and all again; drafts in their group; the shift asks who is on duty."""
    async with open_desk(full, (160, 45)) as (app, pilot):
        every = len(board(app).keys)
        await click_on(app, pilot, "应急 3")
        await until(lambda: app.seat.narrowed is not None and len(board(app).keys) < every)
        assert {row.whistle.kind for row in board(app)._items} == {WhistleKind.EMERGENCY}
        await click_on(app, pilot, "应急 3")
        await until(lambda: len(board(app).keys) == every)
        await click_on(app, pilot, "超时")
        await until(lambda: app.seat.narrowed is not None and app.seat.narrowed.overdue)
        await click_on(app, pilot, "未结哨")
        await until(lambda: app.seat.narrowed is None and len(board(app).keys) == every)
        await click_on(app, pilot, "夜班", 0)
        await until(lambda: isinstance(app.screen, DutyDialog) and has_keys(app))
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        await click_on(app, pilot, "草稿 1")
        await until(lambda: app.current_mode == "whistles" and len(board(app).keys) > 0)
        await until(lambda: {row.whistle.state for row in board(app)._items} <= {
            WhistleState.DRAFT, WhistleState.PENDING_APPROVAL})  # fmt: skip


@pytest.mark.parametrize("keys", [("f5", "f6"), pytest.param(("f2", "f7", "c", "f1", "v", "p", "g"),
                                                             marks=pytest.mark.slow)])  # fmt: skip
async def test_hints_of_dialogs_press_their_keys_and_a_click_beside_a_sheet_closes_it(
    full: Night, keys: tuple[str, ...]
) -> None:
    """The edge of forms and sheets, the answers of a question; beside a form nothing happens."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        file = await case_of(app, "0702-05")
        for key in keys:
            await pilot.press(key)
            await until(lambda: isinstance(app.screen, Answering) and has_keys(app))
            await pilot.pause()
            dialog = app.screen
            assert isinstance(dialog, Answering)
            pressed: list[str] = []
            dialog._press = pressed.append  # type: ignore[method-assign]
            named = [way.key for way in dialog.ways() if way.edge and pressed_by(way.key)][:5]
            assert named
            bottom = dialog.query_one("#box", Widget).region.bottom - 1
            for way in named:
                await click_on(app, pilot, f"{way} ", bottom)
                await until(lambda way=way, pressed=pressed: pressed[-1:] == [pressed_by(way)])  # type: ignore[misc]
            del dialog._press
            await pilot.click(offset=(1, 1))
            await pilot.pause()
            if isinstance(dialog, Box):
                assert app.screen is dialog
                await click_on(app, pilot, "Esc ", bottom)
            await until(lambda: app.screen is mode(app))
        await pilot.press("u")
        await until(lambda: isinstance(app.screen, Confirm))
        await click_on(app, pilot, "否", 0)
        await until(lambda: app.screen is mode(app))
        assert len(full.house.whistles.file(file.case.whistle.id).events) == len(file.events)
        await pilot.press("u")
        await until(lambda: isinstance(app.screen, Confirm))
        await click_on(app, pilot, "Enter", 0)
        await until(lambda: app.screen is mode(app))
        await until(lambda: len(full.house.whistles.file(file.case.whistle.id).events) == len(file.events) + 1)


async def test_the_wheel_scrolls_and_a_refresh_does_not_pull_it_back(full: Night) -> None:
    """The cursor stays on its case while one reads further down; new cases leave cursor and view where they are."""
    for number in range(30):
        full.blow(f"路灯不亮第{number}处", kind=WhistleKind.ROUTINE)
    other = full.another("JF-ZB2")
    async with open_desk(full, (120, 36)) as (app, pilot):
        await until(lambda: len(board(app).keys) > 30)
        cursor, rows = board(app).cursor, board(app)
        await wheel(pilot, rows, 6)
        await until(lambda: rows.scroll_y >= 12)
        top = rows._keys[int(rows.scroll_y)]
        assert rows.cursor == cursor
        other.blow("又一处路灯不亮", kind=WhistleKind.ROUTINE)
        app.reload()
        await until(lambda: len(rows.keys) > 36)
        await pilot.pause()
        assert (rows.cursor, rows._keys[int(rows.scroll_y)]) == (cursor, top)
        await pilot.press("down")
        await pilot.pause()
        assert rows._line - int(rows.scroll_y) in range(rows.size.height)
    other.house.close()


async def wheel(pilot: Pilot[None], rows: RowList[Any], notches: int) -> None:
    """The wheel turned downwards over a list."""
    x, y = rows.content_region.x + 4, rows.content_region.y + 3
    for _ in range(notches):
        event = events.MouseScrollDown(None, x, y, 0, 0, 0, False, False, False, x, y)
        event.set_sender(pilot.app)
        pilot.app.post_message(event)
        await pilot.pause()


async def test_chips_of_the_filter_are_taken_away_by_a_click(full: Night) -> None:
    """A chip goes with its condition; a double click opens the case, in the phone book the wheel scrolls."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        every = len(board(app).keys)
        await click_on(app, pilot, "应急 3")
        await until(lambda: bool(mode(app).query("#filters")) and len(board(app).keys) < every)
        await pilot.pause()
        y = mode(app).query_one("#filters").region.y
        await click_on(app, pilot, "应急", y)
        await until(lambda: len(board(app).keys) == every and not mode(app).query("#filters"))
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, PhoneBook) and has_keys(app))
        rows = app.screen.query_one(RowList)
        cursor = rows.cursor
        await wheel(pilot, rows, 3)
        await until(lambda: rows.scroll_y > 0)
        assert rows.cursor == cursor

"""Short words for tests that drive the desk: open it, wait for a condition, read what is on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from app.main import CommandCenter
from app.screens.mode import ModeScreen
from app.services.whistles import CaseFile
from app.settings import remember_member
from app.widgets.row_list import RowList
from tests.ui.night_house import OFFICER, Night


@asynccontextmanager
async def open_desk(
    night: Night, size: tuple[int, int] = (120, 36), *, member: str = OFFICER, clockwork: bool = False
) -> AsyncIterator[tuple[CommandCenter, Pilot[None]]]:
    """The desk over a night's house, with its first rows shown; ``member`` is remembered, empty = nobody.

    The duty clock runs in it only where a test asks for it: time stands still in most of them.
    """
    if member:
        remember_member(night.settings, member)
    app = CommandCenter(night.settings, night.house, clockwork=clockwork)
    async with app.run_test(size=size) as pilot:
        await until(lambda: app.seat.view is not None and app._started)
        await pilot.pause()
        yield app, pilot
        for _ in range(100):  # left while it opens, a screen has nothing to show
            if not app.is_running or not app._screen_stacks.get(app.current_mode) or app.screen.is_mounted:
                break
            await asyncio.sleep(0.02)
        app.release()


async def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for a condition on the event loop; AssertionError when it never holds."""
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came true")


def has_keys(app: App[Any]) -> bool:
    """Whether what is on top stands: it is filled, and something in it has the keys."""
    return app.screen.is_mounted and app.screen.focused is not None


def mode(app: CommandCenter) -> ModeScreen:
    """The mode on the screen."""
    found = app.mode_screen
    assert found is not None
    return found


def board(app: CommandCenter) -> RowList:
    """The list of cases."""
    return mode(app).board


def lines(app: CommandCenter) -> list[str]:
    """Every line of the screen as text."""
    height = app.size.height
    strips = app.screen._compositor.render_strips()
    return [strip.text for strip in strips[:height]]


def text(app: CommandCenter) -> str:
    """The whole screen as text."""
    return "\n".join(lines(app))


async def case_of(app: CommandCenter, number: str) -> CaseFile:
    """Put the board's cursor on a case and wait until it is read."""
    row = next(row for row in mode(app).rows() if row.whistle.number.endswith(number))
    board(app).move_to(row.whistle.id)
    await until(lambda: mode(app).situation().file is not None)
    file = mode(app).situation().file
    assert file is not None
    return file


async def laid_out(app: CommandCenter) -> None:
    """Wait until the panes of the case under the cursor are filled and have the heights they keep."""
    departments, timeline = (mode(app).query_one(name, RowList) for name in ("#departments", "#timeline"))
    await until(lambda: len(timeline.keys) > 0 and departments.size.height > len(departments.keys))
    edge = timeline.region.y
    for _ in range(50):
        await asyncio.sleep(0.02)
        if timeline.region.y == edge:
            return
        edge = timeline.region.y


def colours(app: CommandCenter) -> set[str]:
    """Every colour of text on the screen, as ``#rrggbb``."""
    styles = [segment.style for strip in app.screen._compositor.render_strips() for segment in strip]
    return {style.color.triplet.hex for style in styles if style and style.color and style.color.triplet}


def post(app: App[None], key: str) -> None:
    """Send a key as the terminal does, without waiting for what comes of it."""
    character = key if len(key) == 1 else None
    event = events.Key(_character_to_key(key) if character else key, character)
    event.set_sender(app)
    assert app._driver is not None
    app._driver.send_message(event)

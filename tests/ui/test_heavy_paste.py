"""Two megabytes pasted wherever the desk takes keys: refused or taken with a sentence, and nothing waits for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.widget import Widget

from app.main import CommandCenter
from app.screens.dialogs.box import Box
from app.services.drafts import Drafts
from app.widgets.fields.choice import ChoiceField
from app.widgets.fields.completing import CompletingLine
from app.widgets.fields.filtering import FilteringList
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.pick import PickField
from tests.ui.helping import case_of, has_keys, mode, open_desk, text, until
from tests.ui.night_house import Night
from tests.ui.test_desk import MANHOLE

HEAVY = ("坡" * 700_000, "桥头有树倒了\n" * 110_000, "\r\n \t" * 500_000, "\x1b[31m\u202e" * 300_000)
"""About 2 MB each: one line, many lines, nothing to be seen, what a terminal must never be sent."""
HELD = 0.3
"""Seconds that the event loop may be held; the test gives five times as much."""
FORMS = ("f2", "c", "f5", "f7", "f8")
SAID = ("没有粘贴", "没有文字", "只搜索第一行")


class Lag:
    """The longest time in which nothing else could run."""

    longest = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Lag]:
    """Look at the clock a hundred times a second."""
    lag = Lag()

    async def tick() -> None:
        before = time.perf_counter()
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            lag.longest, before = max(lag.longest, now - before - 0.01), now

    task = asyncio.create_task(tick())
    try:
        yield lag
    finally:
        task.cancel()


async def pasted(app: CommandCenter, heavy: str, where: str) -> None:
    """Paste it as a terminal does: a sentence answers, and the loop was held for a moment at most."""
    async with watched() as lag:
        app.post_message(events.Paste(heavy))
        await asyncio.sleep(0.03)
        await until(lambda: any(said in text(app) for said in SAID), 10)
        await asyncio.sleep(0.02)
    assert lag.longest < HELD * 5, where


@pytest.mark.slow
async def test_no_paste_holds_the_desk(full: Night) -> None:
    """Every kind of field of five forms, the board, the search, sheets and a menu; nothing of it is kept as a draft."""
    async with open_desk(full) as (app, pilot):
        await case_of(app, MANHOLE)
        kinds: set[type[Widget]] = set()
        for key in FORMS:
            await pilot.press(key)
            await until(lambda: isinstance(app.screen, Box) and has_keys(app))
            form = app.screen
            assert isinstance(form, Box)
            for name, row in form.rows.items():
                if not row.hidden and type(row.widget) not in kinds:
                    kinds.add(type(row.widget))
                    form.focus_field(name)
                    for heavy in HEAVY:
                        await pasted(app, heavy, f"{key} {name}")
                    assert form.typed().get(name, "") in ("", "\t")
            await pilot.press("escape")
            await until(lambda: app.screen is mode(app))
        assert kinds == {LineField, LookupField, CompletingLine, FilteringList, ChoiceField, PickField}
        for key in ("", "f3", "f9", "g", "p", "v", "f6"):
            for heavy in HEAVY:
                if key and app.screen is mode(app):
                    await pilot.press(key)
                await pasted(app, heavy, key)
            await pilot.press("escape", "escape")
            await until(lambda: app.screen is mode(app))
        assert not Drafts(full.settings.drafts, "desk-1").forms()

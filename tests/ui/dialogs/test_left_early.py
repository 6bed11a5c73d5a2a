"""A dialog that is left before it stands: a loaded machine gives it that long."""

from __future__ import annotations

import asyncio

import pytest

from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.box import Box
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.record import RecordDialog
from tests.ui.dialogs.stage import Hall, on_stage, wait_for

TURNS = (0, 5, 10, 15, 20, 25, 30, 40, 50)
"""Turns of the event loop that a dialog is given: from not begun to nearly there."""


@pytest.mark.slow
async def test_a_dialog_left_while_it_opens_takes_nothing_down(hall: Hall) -> None:
    """Popped so many turns after it was pushed, and again: the desk runs on with the dialog below."""
    file = hall.file(hall.night.blow("井盖冲开", "JF-SH-G01").case.whistle.id)
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        for turns in TURNS:
            early: list[Box[object]] = [CallForm(hall.context()), BlowLine(hall.context()),
                                        RecordDialog(hall.context(), file)]  # fmt: skip
            for dialog in early:
                app.push_screen(dialog)
                for _ in range(turns):
                    await asyncio.sleep(0)
                await app.pop_screen()
        await wait_for(pilot, lambda: app.screen is app.dialog)
        assert app.is_running
        assert app._exception is None

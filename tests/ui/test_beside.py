"""Work beside a screen that is left in the same instant."""

from __future__ import annotations

import asyncio
import gc
import warnings

from app.screens.flood_sheet import FloodSheet
from tests.ui.helping import has_keys, open_desk, post, until
from tests.ui.night_house import Night


async def test_work_of_a_sheet_that_is_left_at_once_was_never_begun(full: Night) -> None:
    """Read again and left in one instant: no half-made work complains when it is thrown away."""
    async with open_desk(full) as (app, _pilot):
        post(app, "9")
        await until(lambda: isinstance(app.screen, FloodSheet) and has_keys(app))
        sheet = app.screen
        assert isinstance(sheet, FloodSheet)
        with warnings.catch_warnings(record=True) as complaints:
            warnings.simplefilter("always")
            sheet.hear()
            sheet.workers.cancel_node(sheet)
            await asyncio.sleep(0)
            gc.collect()
        assert [str(one.message) for one in complaints] == []

"""What is really painted can be read: every form and list, in every look, measured cell by cell."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.geometry import Region
from textual.pilot import Pilot

from app.main import CommandCenter
from app.widgets.themes import CONTRAST, DAY, NIGHT, THEMES
from tests.seeing import contrast
from tests.ui.helping import case_of, has_keys, mode, open_desk, until
from tests.ui.night_house import Night

LEAST = {NIGHT.name: 4.5, DAY.name: 4.5, CONTRAST.name: 6.99}
"""Contrast of text; WCAG asks for 4.5, and for 7 where eyes are weak."""
NO_TEXT = " ─│╭╮╰╯█▇▆▅▄▃▂▁▏▎▍▌▋▊▉▔"
FORMS = ("f2", "c", "f5", "f8", "f1", "p")
"""Keys that open one of each sort of form and sheet."""


def _unreadable(app: CommandCenter, area: Region, least: float) -> dict[str, float]:
    """Text in an area with too little contrast to what it stands on."""
    found: dict[str, float] = {}
    strips = app.screen._compositor.render_strips()[area.y : area.bottom]
    for text, style, _ in (part for strip in strips for part in strip.crop(area.x, area.right)):
        if not text.strip(NO_TEXT) or style is None or style.color is None or style.bgcolor is None:
            continue
        fore, back = (Color(*colour.get_truecolor()) for colour in (style.color, style.bgcolor))
        if style.reverse:
            fore, back = back, fore
        if contrast(fore, back) < least:
            found[f"{text.strip()}: {fore.hex} on {back.hex}"] = round(contrast(fore, back), 2)
    return found


@pytest.mark.slow
async def test_every_cell_of_text_can_be_read(full: Night) -> None:
    """4.5 to one in the desk, in every form and in every sheet, seven in the high contrast; only what lies behind a
    form is dimmed."""

    async def looked_at(app: CommandCenter, pilot: Pilot[None], where: str) -> None:
        for theme in THEMES:
            app.theme = theme.name
            await pilot.pause()
            area = app.screen.query_one("#box").region if where else app.screen.region
            assert not _unreadable(app, area, LEAST[theme.name]), (theme.name, where)

    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        await looked_at(app, pilot, "")
        for key in FORMS:
            await pilot.press(key)
            await until(lambda: app.screen is not mode(app) and has_keys(app))
            await looked_at(app, pilot, key)
            await pilot.press("escape")
            await until(lambda: app.screen is mode(app))

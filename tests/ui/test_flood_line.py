"""The posture on the desk: a second header line, a column for the signal, and neither in season (design 4)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.posture import Colour, ResponseLevel
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from tests.ui.helping import board, lines, mode, open_desk, until
from tests.ui.night_house import LEADER, Night

ISSUER = "永顺县气象台"
SAID = {
    "zh": "防汛Ⅳ级 自07-02 22:40 · 暴雨黄色",
    "en": "flood response Ⅳ from 07-02 22:40 · yellow rainstorm",
}


def raise_it(night: Night, colour: Colour = Colour.YELLOW) -> None:
    """A signal from 00:09 on and a response from 22:40 on."""
    now, flood = night.wall.at, night.house.flood
    flood.warnings.add(
        night.actor(), uuid4(), colour, "暴雨", ISSUER, issued_at=now - timedelta(minutes=20),
        until=now + timedelta(hours=2),
    )  # fmt: skip
    flood.add_level(night.actor(), uuid4(), ResponseLevel.IV, "县防指", "12号", begins_at=now - timedelta(minutes=109))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_posture_stands_below_the_header(full: Night, size: tuple[int, int], language: str) -> None:
    """In every size and language, in each mode; the board keeps its place below."""
    raise_it(full)
    full.speak(language)
    async with open_desk(full, size) as (app, pilot):
        said = (
            "防汛Ⅳ级 自07-02 22:40 · 暴雨黄色"
            if language == "zh"
            else "flood response Ⅳ from 07-02 22:40 · yellow rainstorm"
        )
        await until(lambda: said in lines(app)[1])
        assert mode(app).query_one("#header", Lines).size.height == 2
        await pilot.press("2")
        await until(lambda: app.current_mode == "whistles" and said in lines(app)[1])


async def test_raised_elsewhere_it_appears_lowered_it_goes(full: Night) -> None:
    """Another desk records it: line and column appear without a hand moving; lowered, both go."""
    async with open_desk(full, (160, 45)) as (app, pilot):
        grids = mode(app).query_one("#grids", RowList)
        await until(lambda: len(grids.keys) > 0)
        assert mode(app).query_one("#header", Lines).size.height == 1
        cursor = board(app).cursor
        raise_it(full)
        app.reload()
        await until(lambda: "暴雨黄色" in lines(app)[1])
        await until(lambda: any("黄色" in line[:40] for line in lines(app)[3:]))
        assert board(app).cursor == cursor
        full.wall.add(hours=2, minutes=1)
        app.reload()
        await until(lambda: "可降为蓝色" in lines(app)[1])
        full.house.flood.end_level(full.actor(), uuid4())
        full.house.flood.lower(full.actor(LEADER), uuid4())
        app.reload()
        await until(lambda: mode(app).query_one("#header", Lines).size.height == 1)
        assert board(app).cursor == cursor
        await pilot.pause()


async def test_a_click_on_the_second_line_opens_nothing(full: Night) -> None:
    """Only the first line has parts that lead somewhere."""
    raise_it(full)
    async with open_desk(full, (120, 36)) as (app, pilot):
        await until(lambda: "暴雨黄色" in lines(app)[1])
        await pilot.click(offset=(30, 1))
        await pilot.pause()
        assert app.screen is mode(app)

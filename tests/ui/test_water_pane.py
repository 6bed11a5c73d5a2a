"""Rounds and river on the duty desk, and the line of a gauge over the whole screen at any size."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from app.main import CommandCenter
from app.screens.dialogs.drop_reading import DropReading
from app.screens.water_pane import WaterPane
from app.widgets.row_list import RowList
from tests.ui.helping import has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import Night
from tests.ui.walks import walked

BRIDGE = "双河大桥水尺"


def read(night: Night, *levels: str) -> None:
    """Readings a quarter of an hour apart, the last one now."""
    now = night.house.clock.now()
    gauge = night.house.gauges.find(BRIDGE)
    for n, metres in enumerate(reversed(levels)):
        night.house.gauges.record(
            night.actor(), gauge, Decimal(metres), uuid4(), at=now - timedelta(minutes=15) * n
        )  # fmt: skip


def title(app: CommandCenter, pane: str) -> str:
    """The border words of a pane."""
    return str(mode(app).query_one(pane).border_title)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_the_line_of_a_gauge_stands_alone_at_any_size(night: Night, size: tuple[int, int]) -> None:
    """`8` shows it, arrows change between a day and three, Esc gives the screen back."""
    read(night, "200.10", "200.24", "200.41")
    async with open_desk(night, size) as (app, pilot):
        await pilot.press("8")
        await until(lambda: app.current_mode == "rounds" and "200.41 m" in text(app))
        pane = mode(app).query_one("#water", WaterPane)
        await until(lambda: pane.has_focus and pane.size.height > size[1] // 2)
        assert "24小时" in title(app, "#water")
        await pilot.press("right")
        await until(lambda: "72小时" in title(app, "#water"))
        await pilot.press("space")
        await until(lambda: "24小时" in title(app, "#water"))
        await pilot.press("escape")
        await until(lambda: pane.size.height < size[1] // 2)


async def test_rounds_and_river_stand_on_the_duty_desk(night: Night) -> None:
    """Where there is something to see; a new reading moves nothing but the line; Enter on a round opens it."""
    file = walked(night.house, "JF-ZB1")
    read(night, "200.10", "200.30")
    async with open_desk(night, (120, 36)) as (app, pilot):
        await until(lambda: "200.30 m" in text(app))
        walks: RowList[Any] = mode(app).query_one("#walks", RowList)
        await until(lambda: list(walks.keys) == [file.round.id])
        board = mode(app).query_one("#board", RowList)
        assert board.has_focus
        read(night, "200.10", "200.30", "200.52")
        app.reload()
        await until(lambda: "200.52 m" in text(app))
        assert board.has_focus
        walks.focus()
        await pilot.press("enter")
        await until(lambda: app.current_mode == "rounds" and has_keys(app))
        listed = mode(app).query_one("#board", RowList)
        await until(lambda: listed.cursor == file.round.id)


async def test_a_street_without_rounds_and_readings_keeps_the_room(night: Night) -> None:
    """No empty pane stands between the board and the case."""
    async with open_desk(night, (120, 36)) as (app, _pilot):
        await until(lambda: bool(mode(app).query("#watch")))
        assert not mode(app).query_one("#watch").display or mode(app).query_one("#watch").size.height == 0


async def test_a_slip_is_struck_out_from_the_palette(night: Night) -> None:
    """Which one and why; it is named afterwards, and the line is the one without it."""
    read(night, "200.10", "200.24", "200.41")
    gauge = night.house.gauges.find(BRIDGE)
    night.house.gauges.record(night.actor(), gauge, Decimal("1999.41"), uuid4(),
                              at=night.house.clock.now() - timedelta(minutes=4), sure=True)  # fmt: skip
    async with open_desk(night, (120, 36)) as (app, pilot):
        await pilot.press("8")
        await until(lambda: app.current_mode == "rounds" and has_keys(app))
        app.begin("drop_reading")
        await until(lambda: isinstance(app.screen, DropReading) and "1999.41" in text(app))
        for key in (*"1999", "enter"):
            post(app, key)
        await until(lambda: app.screen.rows["reason"].wrong)  # type: ignore[attr-defined]
        for key in (*"错录", "enter"):
            post(app, key)
        await until(lambda: "1999.41 米已作废" in text(app))
        (dropped,) = night.house.gauges.dropped(gauge, night.house.clock.now() - timedelta(hours=1))
        assert (dropped.reading.metres, dropped.reason) == (Decimal("1999.41"), "错录")
        latest = night.house.gauges.now(gauge).latest
        assert latest is not None
        assert latest.metres == Decimal("200.41")

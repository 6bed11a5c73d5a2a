"""The map on the duty desk: arrows, mouse, what it chooses, how it keeps its place, and when the list stands in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from app.main import CommandCenter
from app.samples import MAP, sample_text
from app.screens.duty_desk import DutyDesk
from app.settings import remembered_grids
from app.widgets.row_list import RowList
from app.widgets.street_map import StreetMapPane
from tests.ui.helping import board, lines, mode, open_desk, text, until
from tests.ui.night_house import Night
from tests.unit.maps import area, ring, written

ADMIN = "JF-GL"


def load(night: Night, text_of_map: str = "") -> None:
    """Load a map as the administrator does."""
    night.house.maps.load(text_of_map or sample_text(MAP), night.actor(ADMIN), uuid4())


@asynccontextmanager
async def with_map(night: Night, size: tuple[int, int] = (160, 45)) -> AsyncIterator[tuple[CommandCenter, Pilot[Any]]]:
    """The desk with the shipped map; where it stands at once, it is drawn."""
    load(night)
    async with open_desk(night, size) as (app, pilot):
        if size >= (160, 45):
            await until(lambda: bool(app.query(StreetMapPane)) and "双河一" in text(app))
            await until(lambda: pane(app).size.width > 40 and "双河一" in "\n".join(drawn(app)))
        yield app, pilot


def pane(app: CommandCenter) -> StreetMapPane:
    """The map."""
    return mode(app).query_one(StreetMapPane)


def desk(app: CommandCenter) -> DutyDesk:
    """The duty desk."""
    found = mode(app)
    assert isinstance(found, DutyDesk)
    return found


def grids(app: CommandCenter) -> RowList[Any]:
    """The list of grids, to be seen or not."""
    return mode(app).query_one("#grids", RowList)


def place_of(app: CommandCenter, code: str) -> tuple[int, int]:
    """The cell of the screen at which a grid's name begins."""
    x, y, _ = next(one for one in pane(app).names_in_view() if one[2] == code)
    area_ = pane(app).content_region
    return area_.x + x, area_.y + y


def drawn(app: CommandCenter) -> list[str]:
    """The map's lines as they stand on the screen."""
    region = pane(app).region
    return [crop(line, region.x, region.right) for line in lines(app)[region.y : region.bottom]]


def crop(line: str, begin: int, end: int) -> str:
    """Some cells of a line."""
    shown, x = "", 0
    for character in line:
        if begin <= x < end:
            shown += character
        x += cell_len(character)
    return shown


async def test_on_a_large_screen_the_map_stands_in_the_place_of_the_list(full: Night) -> None:
    """With names, status, the river, the mark that it is a schematic one; the board beside it has its room."""
    async with with_map(full) as (app, _):
        shown = "\n".join(drawn(app))
        for wanted in ("示意图", "双河一", "! 告警", "万溶江", "╪", "哨", "┌", "┛"):
            assert wanted in shown, shown
        assert not grids(app).display
        assert board(app).size.width >= 95
        assert app.focused is board(app)


async def test_arrows_walk_the_map_and_the_list_goes_along(full: Night) -> None:
    """What is said of the grid follows; Enter shows its whistles, once more all of them."""
    async with with_map(full) as (app, pilot):
        pane(app).focus()
        for key, code in (("right", "JF-SH-G02"), ("up", "JF-GNP-G04"), ("down", "JF-SH-G02"), ("left", "JF-SH-G01")):
            await pilot.press(key)
            await until(lambda code=code: grids(app).cursor == code)  # type: ignore[misc]
            assert pane(app).cursor == code
        assert "双河社区一网格" in text(app)
        await pilot.press("left")
        assert pane(app).cursor == "JF-SH-G01", "the edge of the map"
        everything = len(board(app).keys)
        await pilot.press("enter")
        await until(lambda: len(board(app).keys) < everything)
        assert {row.whistle.grid for row in mode(app).found(mode(app).rows())} == {"JF-SH-G01"}
        await until(lambda: app.focused is board(app))
        pane(app).focus()
        await pilot.press("enter")
        await until(lambda: len(board(app).keys) == everything)


async def test_a_click_chooses_a_grid_and_a_second_one_shows_its_whistles(full: Night) -> None:
    """Wherever in its area; a click beside the street chooses nothing."""
    async with with_map(full) as (app, pilot):
        x, y = place_of(app, "JF-LF-G04")
        await pilot.click(offset=(x + 1, y + 2))
        await until(lambda: grids(app).cursor == "JF-LF-G04")
        assert app.focused is pane(app)
        corner = pane(app).content_region
        await pilot.click(offset=(corner.x, corner.y))
        assert pane(app).cursor == "JF-LF-G04"
        await pilot.click(offset=(x, y), times=2)
        await until(lambda: mode(app).seat.narrowed is not None)
        assert {row.whistle.grid for row in mode(app).found(mode(app).rows())} == {"JF-LF-G04"}


async def test_what_happens_elsewhere_moves_no_choice_and_paints_only_its_lines(full: Night) -> None:
    """A new whistle in another grid changes that grid; the chosen one, its outline and the focus stay."""
    async with with_map(full) as (app, pilot):
        pane(app).focus()
        await pilot.press("right")
        before = drawn(app)
        other = full.another()
        painted: list[Any] = []
        refresh = pane(app).refresh
        pane(app).refresh = lambda *regions, **how: painted.append((regions, how)) or refresh(*regions, **how)  # type: ignore
        other.blow("路灯杆倾斜", "JF-PPA-G02", place="pengpengao_station")
        app.on_changed()
        await until(lambda: "! 告警 哨1" in "\n".join(drawn(app)[-8:]))
        after = drawn(app)
        changed = [n for n, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
        assert 1 <= len(changed) <= 3, changed
        lines_painted = [region for regions, how in painted for region in regions if not how.get("layout")]
        assert 1 <= len({region.y for region in lines_painted}) <= 8, "the lines of that grid, coloured now"
        assert (pane(app).cursor, app.focused) == ("JF-SH-G02", pane(app))
        other.house.close()


async def test_the_list_stands_in_where_the_map_has_no_room(full: Night) -> None:
    """From large to small and back: the choice and the keys stay; asked for where it does not fit, it says so."""
    async with with_map(full) as (app, pilot):
        pane(app).focus()
        await pilot.press("right")
        await pilot.resize_terminal(120, 36)
        await until(lambda: grids(app).display and not pane(app).display and app.focused is grids(app))
        assert grids(app).cursor == "JF-SH-G02"
        await pilot.press("7")
        await until(lambda: pane(app).display and app.focused is pane(app))
        assert pane(app).cursor == "JF-SH-G02"
        assert remembered_grids(full.settings) == "map"
        await pilot.resize_terminal(120, 20)
        await until(lambda: not pane(app).display or pane(app).size.height == 0)
        await pilot.press("7")
        await until(lambda: "这里放不下地图" in text(app) and app.focused is grids(app))
        await pilot.resize_terminal(160, 45)
        await until(lambda: pane(app).display and "双河二" in "\n".join(drawn(app)))
        assert pane(app).cursor == "JF-SH-G02"


async def test_on_a_small_screen_the_map_comes_to_the_front(full: Night) -> None:
    """One key shows it, the next one the list; Esc goes back to the board; Tab comes back to what stood there."""
    async with with_map(full, (80, 24)) as (app, pilot):
        await pilot.press("7")
        await until(lambda: app.focused is pane(app) and "双河一" in text(app) and "─" in drawn(app)[1])
        assert not board(app).region
        await pilot.press("escape")
        assert app.focused is board(app)
        await pilot.press("tab")
        assert app.focused is pane(app)
        await pilot.press("7")
        await until(lambda: app.focused is grids(app))
        assert remembered_grids(full.settings) == "list"


async def test_without_a_map_it_is_said_how_one_is_loaded_and_a_load_is_seen_at_once(full: Night) -> None:
    """The list stays; a map that somebody loads meanwhile comes by itself."""
    async with open_desk(full, (160, 45)) as (app, pilot):
        await pilot.press("7")
        await until(lambda: "org map load" in text(app))
        assert not app.query(StreetMapPane)
        load(full)
        app.on_changed()
        await until(lambda: bool(app.query(StreetMapPane)) and "示意图" in text(app))


async def test_a_map_of_some_grids_names_those_in_alarm_that_are_missing(full: Night) -> None:
    """The chosen grid of the list may be one that is not drawn: an arrow leads onto the map."""
    load(full, written([area(f"JF-LF-G0{n}", ring((n * 50, 0, n * 50 + 50, 90))) for n in (1, 2, 3)], schematic=True))
    async with open_desk(full, (160, 45)) as (app, pilot):
        await until(lambda: "图上缺 19 格" in text(app))
        assert "!双河一" in "\n".join(drawn(app))
        pane(app).focus()
        await pilot.press("right")
        assert pane(app).cursor == "JF-LF-G01"


async def test_it_speaks_the_other_language_and_takes_the_other_look(full: Night) -> None:
    """At once, with names and legend; the areas are coloured by the new theme."""
    async with with_map(full) as (app, pilot):
        before = grounds(app)
        await pilot.press("l")
        await until(lambda: "schematic map" in text(app) and "Shuanghe 1" in text(app))
        assert "Wanrong River" in text(app)
        await pilot.press("t")
        await until(lambda: grounds(app).isdisjoint(before))
        assert len(grounds(app)) >= 3


def grounds(app: CommandCenter) -> set[str]:
    """Colours behind the cells of the map."""
    region = pane(app).content_region
    strips = app.screen._compositor.render_strips()[region.y : region.bottom - 1]
    styles = [segment.style for strip in strips for segment in strip.crop(region.x, region.right)]
    return {style.bgcolor.triplet.hex for style in styles if style and style.bgcolor and style.bgcolor.triplet}


async def test_it_fills_the_screen_and_gives_it_back(full: Night) -> None:
    """Zoom, as with every list."""
    async with with_map(full) as (app, pilot):
        pane(app).focus()
        width = pane(app).size.width
        await pilot.press("z")
        await until(lambda: pane(app).size.width > 150)
        await pilot.press("escape")
        await until(lambda: pane(app).size.width == width)
        assert app.focused is pane(app)


async def test_numbers_lead_to_grids_of_the_map(full: Night) -> None:
    """Jump mode has a place at the name of each."""
    async with with_map(full) as (app, _):
        from app.screens.jump import places

        found = {place.what: place for place in places(mode(app))}
        place = found["map", "JF-WX-G04"]
        assert (place.x, place.y) == place_of(app, "JF-WX-G04")
        place.go()
        await until(lambda: grids(app).cursor == "JF-WX-G04")


@pytest.mark.parametrize("name", ["whistles", "reminders"])
async def test_from_another_mode_the_key_leads_to_the_map(full: Night, name: str) -> None:
    """The desk comes first, with the map, not without it."""
    async with with_map(full, (120, 36)) as (app, pilot):
        await app.to_mode(name)
        await pilot.press("7")
        await until(lambda: app.current_mode == "desk" and desk(app).map_side.shown)

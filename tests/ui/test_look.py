"""Zoom, jump mode, language and size: what the desk looks like never costs the person their place."""

from __future__ import annotations

import pytest

from app.screens.jump import JumpScreen, numbers
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from tests.ui.helping import board, case_of, lines, mode, open_desk, text, until
from tests.ui.night_house import Night


def test_numbers_never_begin_one_another() -> None:
    """However many places there are: all different, at most two digits, none the beginning of another."""
    for count in (1, 9, 10, 37, 60, 99, 100):
        given = numbers(count)
        assert len(given) == len(set(given)) == count
        assert all(one.isdecimal() and len(one) <= 2 for one in given)
        assert not any(a != b and b.startswith(a) for a in given for b in given)
    assert numbers(3) == ["1", "2", "3"]


async def test_a_pane_zooms_and_comes_back_with_cursor_and_focus(full: Night) -> None:
    """z: the timeline alone, through a resize; Esc: all as before; Enter on the zoomed board opens the case."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        timeline = mode(app).query_one("#timeline", RowList)
        await until(lambda: len(timeline.keys) > 5)
        before = lines(app)
        timeline.focus()
        await pilot.pause()
        cursor = timeline.cursor
        await pilot.press("z")
        await pilot.pause()
        assert timeline.size.width == 120 or timeline.size.width == 119
        assert timeline.size.height >= 30
        assert "部门报到" not in text(app)
        assert (timeline.cursor, timeline.has_focus) == (cursor, True)
        await pilot.resize_terminal(100, 30)
        app.reload()
        await pilot.pause()
        assert timeline.size.height >= 25
        await pilot.resize_terminal(120, 36)
        await pilot.press("escape")
        await pilot.pause()
        assert timeline.has_focus
        assert timeline.cursor == cursor
        assert [line[:60] for line in lines(app)[1:20]] == [line[:60] for line in before[1:20]]
        board(app).focus()
        await pilot.press("z", "enter")
        await until(lambda: mode(app).query_one("#departments", RowList).has_focus)
        assert "部门报到" in text(app)


async def test_jump_goes_to_panes_rows_and_chips_by_digits_letters_and_mouse(full: Night) -> None:
    """f shows numbers; digits, also full-width ones, go there; the letters below the digits do; Esc changes nothing."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")

        async def jump() -> JumpScreen:
            await pilot.press("f")
            await until(lambda: isinstance(app.screen, JumpScreen))
            screen = app.screen
            assert isinstance(screen, JumpScreen)
            await pilot.pause()
            return screen

        screen = await jump()
        panes = [mode(app).query_one(name, RowList) for name in ("#grids", "#board", "#departments", "#timeline")]
        place = screen._places
        assert "点选" in lines(app)[-1]
        target = panes[1].keys[2]
        number = next(n for n, p in place.items() if p.y == panes[1].content_region.y + 3
                      and p.x == panes[1].content_region.x)  # fmt: skip
        await pilot.press("1")
        await until(lambda: panes[0].has_focus and app.screen is mode(app))
        await jump()
        await pilot.press(*(chr(ord(digit) + 0xFEE0) for digit in number))
        await until(lambda: board(app).cursor == target and board(app).has_focus)
        await jump()
        await pilot.press("q")
        await until(lambda: panes[0].has_focus and app.screen is mode(app))
        await jump()
        await pilot.press("escape")
        assert panes[0].has_focus
        await pilot.press("2")
        await until(lambda: app.current_mode == "whistles" and "已结" in text(app))
        screen = await jump()
        chips = mode(app).query_one("#chips", Lines)
        closed = [n for n, p in screen._places.items() if p.y == chips.content_region.y][4]
        label = screen.query_one(f"#n{closed}")
        await pilot.click(offset=(label.region.x, label.region.y))
        await until(lambda: app.screen is mode(app) and mode(app)._group == 4)  # type: ignore[attr-defined]


pytestmark = pytest.mark.filterwarnings("error")

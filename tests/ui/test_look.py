"""Zoom, jump mode, language and size: what the desk looks like never costs the person their place."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len
from textual import events

from app.domain.case_filter import CaseFilter
from app.domain.moves import BY_ACTION, Action
from app.domain.policy import WhistleKind
from app.screens.dialogs.box import Box
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.check import CheckDialog
from app.screens.dialogs.dispatch import DispatchDialog
from app.screens.dialogs.duty import DutyDialog
from app.screens.dialogs.move import MoveDialog
from app.screens.dialogs.rate import RateDialog
from app.screens.dialogs.spot import SpotDialog
from app.screens.jump import JumpScreen, numbers
from app.screens.moves_menu import MovesMenu
from app.widgets.fields.line import LineField
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from tests.ui.helping import board, case_of, has_keys, laid_out, lines, mode, open_desk, text, until
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
        await laid_out(app)
        before = lines(app)
        timeline.focus()
        await pilot.pause()
        cursor = timeline.cursor
        await pilot.press("z")
        await pilot.pause()
        assert timeline.size.width == 120 or timeline.size.width == 119
        assert timeline.size.height >= 30
        assert "部门报到" not in text(app)
        assert "只看这一栏" in text(app)
        assert (timeline.cursor, timeline.has_focus) == (cursor, True)
        await pilot.resize_terminal(100, 30)
        app.reload()
        await pilot.pause()
        assert timeline.size.height >= 25
        await pilot.resize_terminal(120, 36)
        await pilot.press("escape")
        await pilot.pause()
        assert "只看这一栏" not in text(app), "it holds no longer"
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
        await laid_out(app)

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


@pytest.mark.slow
async def test_ctrl_l_speaks_the_other_language_in_every_form_and_loses_nothing(full: Night) -> None:
    """Words typed, the cursor in them, lines taken, a complaint: all there after Ctrl+L, in the other language."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")

        def form() -> Box[Any]:
            assert isinstance(app.screen, Box)
            return app.screen

        async def opened(key: str) -> None:
            await pilot.press(key)
            await until(lambda: isinstance(app.screen, Box) and has_keys(app))
            await pilot.pause()

        await opened("f2")
        await pilot.press(*"双河一 漏水", "left", "left", "enter")
        await until(lambda: form().complaint is not None)
        form().focus_field("line")
        await pilot.pause()
        line = form().rows["line"].widget.line  # type: ignore[attr-defined]
        typed, cursor = line.value, line.cursor_position
        said = text(app)
        assert "一行写完" in said or "吹哨" in said
        await pilot.press("ctrl+l")
        await until(lambda: not form().torn and "Blow a whistle" in text(app))
        line = form().rows["line"].widget.line  # type: ignore[attr-defined]
        assert (line.value, line.cursor_position) == (typed, cursor)
        assert form().complaint is not None
        assert "Say what happened." in text(app) or "Which" in text(app)
        await pilot.press("X")
        await pilot.pause()
        assert form().typed()["line"] == f"{typed[:cursor]}X{typed[cursor:]}"
        await pilot.press("escape", "escape")
        await until(lambda: app.screen is mode(app))
        assert "Open whistles" in text(app)
        await opened("f5")
        pick = form().rows["departments"].widget
        form().focus_field("departments")
        await pilot.press("4", "down", "space")
        await pilot.pause()
        taken, at = pick.taken, pick.cursor  # type: ignore[attr-defined]
        assert taken
        await pilot.press("ctrl+l")
        await until(lambda: not form().torn and form().words.language == "zh")
        pick = form().rows["departments"].widget
        assert (pick.taken, pick.cursor, pick.has_focus) == (taken, at, True)  # type: ignore[attr-defined]


@pytest.mark.slow
async def test_every_other_form_is_said_again_as_it_stood(full: Night) -> None:
    """Words and a time typed into the fields of each form come back after the language changed twice."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        file = await case_of(app, "0702-05")
        done = await case_of(app, "0702-03")
        context = app.seat.context()
        forms: list[Box[Any]] = [
            CallForm(context), SpotDialog(context), DutyDialog(context), DispatchDialog(context, file),
            CheckDialog(context, done), RateDialog(context, done),
            MoveDialog(context, file, BY_ACTION[Action.MADE_SAFE]),
            MoveDialog(context, file, BY_ACTION[Action.REQUEST_SUSPENSION]),
        ]  # fmt: skip
        for form in forms:
            app.push_screen(form)
            await until(lambda form=form: app.screen is form and form.focused is not None)  # type: ignore[misc]
            await pilot.pause()
            for row in form.rows.values():
                if isinstance(row.widget, LineField) and not row.hidden:
                    row.widget.focus()
                    await pilot.press(*"12:00x")
            await pilot.pause()
            typed, focus = form.typed(), form.focused.id if form.focused else ""
            for language in ("en", "zh"):
                await pilot.press("ctrl+l")
                await until(lambda form=form, la=language: not form.torn and form.words.language == la)  # type: ignore[misc]
                await pilot.pause()
                assert form.typed() == typed, form
                assert form.focused is not None
                assert form.focused.id == focus
            form.dismiss(None)
            await until(lambda: app.screen is mode(app))


@pytest.mark.slow
async def test_a_terminal_that_is_too_small_says_so_and_gives_everything_back(full: Night) -> None:
    """From 200×60 down to 40×10 and back: one sentence meanwhile; cursor, a form and its words are
    still there, and so is what was typed into it while it could not be seen."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        cursor = board(app).cursor
        for size in ((200, 60), (60, 16), (100, 24), (80, 24), (59, 16), (40, 10), (160, 45)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            small = size[0] < 60 or size[1] < 16
            await until(lambda small=small: ("这个终端" in text(app)) is small)  # type: ignore[misc]
            assert board(app).cursor == cursor
            assert {cell_len(line) for line in lines(app)} == {size[0]}
            if not small:
                assert "井盖" in text(app)
                assert "F1" in lines(app)[-1]
        await pilot.press("f2", *"双河一")
        await until(lambda: isinstance(app.screen, Box))
        form = app.screen
        assert isinstance(form, Box)
        await pilot.resize_terminal(50, 12)
        await until(lambda: app.screen is not form)
        await pilot.press("井", "escape", "enter")
        app.post_message(events.Paste("盖"))
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await until(lambda: app.screen is form and form.focused is not None)
        await until(lambda: form.typed().get("line") == "双河一井盖")
        await pilot.press("漏")
        await until(lambda: form.typed().get("line") == "双河一井盖漏")


@pytest.mark.parametrize(("width", "language"), [(160, "en"), (80, "en"), (120, "zh")])
async def test_who_came_is_shown_beside_the_board(full: Night, width: int, language: str) -> None:
    """The person on site has a column of their own at every usual size, in both languages."""
    full.speak(language)
    async with open_desk(full, (width, 45)) as (app, pilot):
        await case_of(app, "0702-05")
        if width == 80:
            await pilot.press("enter")
        await until(lambda: ("By whom" if language == "en" else "到场人员") in text(app))


async def test_empty_lists_say_why_and_which_key_helps(full: Night) -> None:
    """A search without hits, a filter that leaves nothing: each says so, with the key that shows all."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await pilot.press("f3", *"zzqq", "enter")
        await until(lambda: "没有“zzqq”。Esc 全部显示" in text(app))
        await pilot.press("x")
        await until(lambda: len(board(app).keys) > 3)
        mode(app).narrow(CaseFilter(kinds=frozenset({WhistleKind.ROUTINE})))
        await until(lambda: "没有符合筛选的哨。x 全部显示" in text(app))
        await pilot.press("l")
        await until(lambda: "No case fits the filter. x shows all" in text(app))


async def test_the_mouse_goes_where_keys_go(full: Night) -> None:
    """Click: cursor and focus; double click: into the case; right click: its moves; a click on a hint does it."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        rows = board(app)
        area = rows.content_region
        grids = mode(app).query_one("#grids", RowList)
        await pilot.click(offset=(grids.content_region.x + 4, grids.content_region.y + 2))
        assert grids.has_focus
        await pilot.click(offset=(area.x + 10, area.y + 2))
        await until(lambda: rows.has_focus and rows.cursor == rows.keys[1])
        await pilot.click(offset=(area.x + 10, area.y + 3), button=3)
        await until(lambda: isinstance(app.screen, MovesMenu))
        assert rows.cursor == rows.keys[2]
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        await pilot.click(offset=(area.x + 10, area.y + 1), times=2)
        await until(lambda: mode(app).case_panes.first_pane().has_focus)
        hint = lines(app)[-1].index("F2")
        await pilot.click(offset=(hint + 1, 35))
        await until(lambda: isinstance(app.screen, Box))


@pytest.mark.slow
async def test_ctrl_l_speaks_the_other_language_in_every_sheet(full: Night) -> None:
    """Help, moves, filter, phone book: titles and rows in the other language, the cursor where it was."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        for key, zh, en in (("f1", "帮助", "Help"), ("f6", "全部动作", "all moves"), ("v", "筛选", "Show only"),
                            ("p", "电话", "Phone book")):  # fmt: skip
            await pilot.press(key)
            await until(lambda: app.screen is not mode(app) and has_keys(app))
            await until(lambda zh=zh: zh in text(app))  # type: ignore[misc]
            await pilot.press("down", "down")
            rows = app.screen.query_one("#list", RowList)
            await pilot.pause()
            cursor = rows.cursor
            await pilot.press("ctrl+l")
            await until(lambda en=en: en in text(app))  # type: ignore[misc]
            await until(lambda rows=rows, cursor=cursor: rows.cursor == cursor)  # type: ignore[misc]
            assert app.screen.focused is not None
            await pilot.press("ctrl+l")
            await until(lambda zh=zh: zh in text(app))  # type: ignore[misc]
            await pilot.press("escape")
            await until(lambda: app.screen is mode(app))

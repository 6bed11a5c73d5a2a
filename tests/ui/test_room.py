"""What each size of terminal has room for, in both languages: columns, whole titles, nothing cut that matters."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from app.main import CommandCenter
from app.screens.dialogs.box import Box
from app.screens.dialogs.call_form import CallForm
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from tests.ui.helping import board, case_of, has_keys, laid_out, lines, mode, open_desk, text, until
from tests.ui.night_house import Night

COLUMNS = {
    ("zh", 80, 24): "哨号 事项 网格 等待 起 剩余",
    ("zh", 120, 36): "哨号 事项 网格 等待 起 剩余",
    ("zh", 160, 45): "哨号 事项 地点 网格 哨类 等待 所等部门 起 剩余",
    ("zh", 200, 60): "哨号 事项 地点 网格 哨类 等待 所等部门 起 剩余",
    ("en", 80, 24): "No. Matter Grid Waits for Left",
    ("en", 120, 36): "No. Matter Grid Waits for Since Left",
    ("en", 160, 45): "No. Matter Where Grid Kind Waits for Since Left",
    ("en", 200, 60): "No. Matter Where Grid Kind Waits for Outstanding Since Left",
}
"""The columns of the board by language and size."""


def _titles(app: CommandCenter) -> str:
    return " ".join(column.title for column, _ in board(app).fitted if column.title)


def _pane(app: CommandCenter, name: str) -> str:
    """What stands in a pane, its title too."""
    pane = mode(app).query_one(name, RowList)
    area = pane.region
    found = []
    for line in lines(app)[area.y : area.bottom]:
        cells = "".join(character + "\0" * (len(character.encode("gb18030", "replace")) == 2 and character > "⺀")
                        for character in line)  # fmt: skip
        found.append(cells[area.x : area.right].replace("\0", ""))
    return "\n".join(found)


async def test_every_size_has_its_columns_in_both_languages(full: Night) -> None:
    """The board gains columns with the width; titles end with whole parts; limits of the next hour are not cut."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        for language in ("zh", "en"):
            if language == "en":
                await pilot.press("l")
            for (spoken, width, height), columns in COLUMNS.items():
                if spoken != language:
                    continue
                await pilot.resize_terminal(width, height)
                await until(lambda width=width: mode(app).size.width == width)  # type: ignore[misc]
                await pilot.pause()
                assert _titles(app) == columns, (language, width)
                hint = "Enter 看详情" if language == "zh" else "Enter opens the case"
                mode(app).hush(mode(app)._sentences)  # a slow machine says so there for a while
                await until(lambda hint=hint, width=width: (hint in lines(app)[-2]) == (width == 80))  # type: ignore[misc]
                titles = [pane.border_title for pane in mode(app).query(RowList) if pane.display]
                assert not any("…" in str(title) for title in titles), titles
                if width >= 160:
                    coming = _pane(app, "#upcoming")
                    assert "0702-05" in coming
                    assert "…" not in coming, coming
                    assert "报到到期" in coming or "report-in due" in coming
                if width == 160:
                    assert ("By whom" if language == "en" else "到场人员") in text(app)


async def test_the_narrow_case_pane_says_words_below_what_happened(full: Night) -> None:
    """Mode 2 at 120 columns in English: every group has its chip whole, and no entry loses its words."""
    full.speak("en")
    async with open_desk(full, (120, 36)) as (app, pilot):
        await pilot.press("2")
        await until(lambda: app.current_mode == "whistles" and len(board(app).keys) > 3)
        await case_of(app, "0702-05")
        await until(lambda: "acknowledged" in text(app))
        chips = mode(app).query_one("#chips", Lines)
        assert chips.outer_size.width == 120
        assert "Not pursued" in lines(app)[1]
        assert "…" not in lines(app)[1]
        timeline = mode(app).query_one("#timeline", RowList)
        assert "said" not in [column.id for column, _ in timeline.fitted]
        await until(lambda: "已到双河大桥" in _pane(app, "#timeline"))
        assert "" not in [line.strip() for line in _pane(app, "#timeline").splitlines()[:8]]


async def test_forms_at_80_columns_cut_nothing_that_matters(full: Night) -> None:
    """English, 80×24: where each department stands is said whole, no key at the edge is cut, all rows are seen."""
    full.speak("en")
    async with open_desk(full, (80, 24)) as (app, pilot):
        await case_of(app, "0702-05")

        async def opened(key: str) -> Box[Any]:
            await pilot.press(key)
            await until(lambda: isinstance(app.screen, Box) and has_keys(app))
            await pilot.pause()
            assert isinstance(app.screen, Box)
            box = app.screen.query_one("#box")
            assert "…" not in str(box.border_subtitle), key
            bottom = next(line for line in reversed(lines(app)) if "╰" in line)
            assert "…" not in bottom, bottom
            return app.screen

        form = await opened("f5")
        assert "assist · acknowledged" in text(app)
        assert "lead · reported in" in text(app)
        body = form.query_one("#body")
        assert body.max_scroll_y == 0
        assert "Platform" in text(app)
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        await opened("f2")
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        await opened("f8")
        await until(lambda: "this shift · Duty officer" in text(app))
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        assert isinstance(await opened("c"), CallForm)


async def test_the_search_says_that_it_is_one_and_keeps_its_cursor_in_the_text(full: Night) -> None:
    """The word stands before what is typed, and the terminal's cursor behind it."""
    async with open_desk(full, (80, 24)) as (app, pilot):
        await pilot.press("f3", "j", "g")
        await until(lambda: lines(app)[-1].startswith(" 检索 jg"))
        assert app.screen.focused is not None
        assert app.screen.focused.cursor_screen_offset.x in (8, 9)  # Textual counts the cell of the cursor itself


def but_news(drawn: list[str]) -> list[str]:
    """The lines of a screen that say nothing of the time and of how the disk does."""
    return [*drawn[2:-2], drawn[-1]]


@pytest.mark.slow
async def test_open_forms_and_sheets_stand_through_every_size(full: Night) -> None:
    """Through six sizes and back: no line too long, no key cut at the edge, then all as before to the cell.

    But for the desk's first lines and its last but one, which say the time and that a loaded machine reads slowly.
    """
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        await laid_out(app)
        for keys in (("f2", *"双河一 漏水"), ("f5", "4"), ("c", *"漏水"), ("f1",), ("p",), ("f6",)):
            await pilot.press(*keys)
            await until(lambda: app.screen is not mode(app) and has_keys(app))
            await pilot.pause()
            focused, before = app.screen.focused, lines(app)
            for width, height in ((80, 24), (200, 60), (60, 16), (150, 40), (99, 29), (120, 36)):
                await pilot.resize_terminal(width, height)
                await pilot.pause()
                await until(lambda width=width: {cell_len(line) for line in lines(app)} == {width})  # type: ignore[misc]
                edge = next((line for line in reversed(lines(app)) if "╰" in line), "")
                assert "…" not in edge[edge.index("╰") : edge.index("╯") + 1], (keys, width, edge)
            assert app.screen.focused is focused
            await until(lambda before=before: but_news(lines(app)) == but_news(before))  # type: ignore[misc]
            await pilot.press("f8") if keys[0] in ("f2", "f5", "c") else None
            await pilot.press("escape")
            await until(lambda: app.screen is mode(app))

"""The list of our own: cursor, marks and scroll stay with their keys, and only what changed is painted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from math import ceil

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.scrollbar import ScrollBar, ScrollBarRender

from app.render.rows import Column, Row, Tone, one
from app.widgets.painted_rows import Span
from app.widgets.row_list import RowList
from app.widgets.themes import NIGHT

COLUMNS = (Column("name", "NAME", 6, 9, most=40), Column("number", "N", 4, 8, right=True), Column("more", "MORE", 8, 1))


class Shown(App[None]):
    """One list alone on a small screen."""

    CSS = "RowList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.rows: RowList[tuple[str, int]] = RowList(markable=True)
        self.register_theme(NIGHT)
        self.theme = NIGHT.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours."""
        return {"quiet": "#888888", "line": "#444444", "cursor": "#224466", "resting": "#222222"}

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.rows

    def on_mount(self) -> None:
        """Its columns."""
        self.rows.set_columns(COLUMNS, one("empty", Tone.QUIET))

    def put(self, *items: tuple[str, int]) -> None:
        """Show these."""
        self.rows.sync(items, draw, lambda item: item[0])


def draw(item: tuple[str, int]) -> Row:
    """A row of a name and a number; names that begin with # are headings."""
    cells = {"name": one(item[0]), "number": one(str(item[1]), Tone.DANGER)}
    return Row(item[0], cells, still=item[0].startswith("#"))


@asynccontextmanager
async def shown(*items: tuple[str, int], size: tuple[int, int] = (30, 8)) -> AsyncIterator[tuple[Shown, Pilot[None]]]:
    """The list with items, focused."""
    app = Shown()
    async with app.run_test(size=size) as pilot:
        app.rows.focus()
        app.put(*items)
        await pilot.pause()
        yield app, pilot


def letters(count: int) -> list[tuple[str, int]]:
    """Rows a0, a1 …"""
    return [(f"a{n}", n) for n in range(count)]


def visible(app: Shown) -> list[str]:
    """The lines of the list as text."""
    return [app.rows.render_line(y).text.rstrip() for y in range(app.rows.size.height)]


async def test_the_cursor_stays_with_its_row_when_rows_come_above_it() -> None:
    """Two new rows above: the cursor is on the same key, one key down is its neighbour."""
    async with shown(("a", 1), ("b", 2), ("c", 3)) as (app, pilot):
        await pilot.press("down")
        assert app.rows.cursor == "b"
        app.put(("x", 0), ("y", 0), ("a", 1), ("b", 2), ("c", 3))
        await pilot.pause()
        assert app.rows.cursor == "b"
        await pilot.press("down")
        assert app.rows.cursor == "c"


async def test_a_row_that_goes_away_leaves_no_neighbour_under_the_cursor() -> None:
    """The key stays with the vanished row; only the next arrow moves on, to what stands in its place."""
    async with shown(("a", 1), ("b", 2), ("c", 3)) as (app, pilot):
        await pilot.press("down")
        app.put(("a", 1), ("c", 3))
        await pilot.pause()
        assert app.rows.cursor == "b"
        assert app.rows.chosen is None
        await pilot.press("down")
        assert app.rows.cursor == "c"


async def test_scroll_holds_the_first_visible_row() -> None:
    """Rows inserted above a scrolled list do not move what the person reads; at the top new rows are seen."""
    async with shown(*letters(40)) as (app, pilot):
        await pilot.press(*["pagedown"] * 3)
        first = visible(app)[1]
        app.put(("n0", 0), ("n1", 0), *letters(40))
        await pilot.pause()
        assert visible(app)[1] == first
        await pilot.press("home")
        app.put(("top", 9), ("n0", 0), ("n1", 0), *letters(40))
        await pilot.pause()
        assert "top" in visible(app)[1]


async def test_marks_live_and_die_with_their_rows() -> None:
    """Space marks by key; a refresh keeps the mark, a row that is gone takes it away."""
    async with shown(("a", 1), ("b", 2), ("c", 3)) as (app, pilot):
        await pilot.press("space", "space")
        assert app.rows.marks == ("a", "b")
        app.put(("c", 3), ("b", 5), ("z", 1))
        await pilot.pause()
        assert app.rows.marks == ("b",)


async def test_only_changed_cells_are_painted() -> None:
    """One number changes: one region of one line and one column is refreshed."""
    async with shown(*letters(5)) as (app, pilot):
        painted: list[Region] = []
        app.rows.refresh = lambda *regions, **_kw: painted.extend(regions) or app.rows  # type: ignore[assignment,method-assign]
        app.put(("a0", 0), ("a1", 1), ("a2", 777), ("a3", 3), ("a4", 4))
        await pilot.pause()
        assert [(region.y, region.height) for region in painted] == [(3, 1)]
        assert painted[0].width < 10


async def test_headings_are_passed_over() -> None:
    """The cursor starts on the first row that can be chosen and jumps over headings both ways."""
    async with shown(("#one", 0), ("a", 1), ("#two", 0), ("b", 2)) as (app, pilot):
        assert app.rows.cursor == "a"
        await pilot.press("down")
        assert app.rows.cursor == "b"
        await pilot.press("up", "up")
        assert app.rows.cursor == "a"


async def test_the_mouse_chooses_the_row_under_it() -> None:
    """A click moves the cursor; clicks below the last row do nothing."""
    async with shown(("a", 1), ("b", 2)) as (app, pilot):
        await pilot.click(app.rows, offset=(4, 2))
        assert app.rows.cursor == "b"
        await pilot.click(app.rows, offset=(4, 6))
        assert app.rows.cursor == "b"


async def test_chinese_is_cut_to_whole_characters_and_columns_stay_aligned() -> None:
    """Wide characters never break a column: every line is exactly as wide as the list."""
    async with shown(("井盖被倒灌的河水冲失洞口翻水一二三四五", 1), ("短", 22), size=(26, 6)) as (app, _pilot):
        strips = [app.rows.render_line(y) for y in range(app.rows.size.height)]
        assert {strip.cell_length for strip in strips} == {app.rows.size.width}
        assert "…" in strips[1].text
        assert strips[1].text.rstrip().endswith("1")
        assert strips[2].text.rstrip().endswith("22")


async def test_an_empty_list_says_what_would_stand_here() -> None:
    """No rows: the words for it; the first row takes their place."""
    async with shown() as (app, pilot):
        assert "empty" in "".join(visible(app))
        app.put(("a", 1))
        await pilot.pause()
        assert "empty" not in "".join(visible(app))


async def test_hostile_text_is_only_text() -> None:
    """Markup, escapes and control characters reach the screen as harmless characters."""
    async with shown(("[/] [@click=app.quit]x[/]", 1), ("a\x1b]0;x\x07\u202eb", 2)) as (app, _pilot):
        drawn = "".join(visible(app))
        assert "[/] [@click" in drawn
        assert "\x1b" not in drawn
        assert "\x07" not in drawn
        assert "\u202e" not in drawn


async def test_the_scroll_bar_is_painted_again_exactly_when_it_looks_otherwise() -> None:
    """Down through 300 rows: each step that changes the thumb repaints the bar, most steps change nothing."""
    async with shown(*letters(300), size=(30, 12)) as (app, pilot):
        bar = app.rows.vertical_scrollbar
        painted = []
        refresh = bar.refresh
        bar.refresh = lambda *regions, **how: (painted.append(regions), refresh(*regions, **how))[1]  # type: ignore[assignment]
        for top in range(1, 289):
            before = _thumb(bar, bar.position)
            painted.clear()
            app.rows.scroll_to(y=top, animate=False)
            assert bar.position == top
            if _thumb(bar, top) != before:
                assert painted, f"at {top} the thumb has moved"
            elif top > 1:
                assert not painted, f"at {top} the thumb is where it was"
        await pilot.pause()


def _thumb(bar: ScrollBar, position: float) -> str:
    """How the bar looks at a position."""
    drawn = ScrollBarRender.render_bar(
        bar.size.height, ceil(bar.window_virtual_size), ceil(bar.window_size), position, vertical=True
    )
    return repr([(segment.text, segment.style and segment.style.reverse) for segment in drawn.segments])


async def test_as_time_goes_on_only_rows_that_read_otherwise_are_drawn() -> None:
    """Each row says from when until when it stands; back in time everything is looked at again."""
    began = datetime(2021, 6, 9, 14, tzinfo=UTC)
    async with shown(size=(30, 8)) as (app, pilot):
        drawn: list[str] = []
        now = began

        def counted(item: tuple[str, int]) -> Row:
            drawn.append(item[0])
            return Row(item[0], {"name": one(item[0]), "number": one(str((now - began).seconds // item[1]))})

        def lasts(item: tuple[str, int]) -> Span:
            return now, now + timedelta(seconds=item[1])

        items = [("fast", 1), ("slow", 60), *((f"a{n}", 600) for n in range(20))]
        app.rows.sync(items, counted, lambda item: item[0], lasts=lasts)
        await pilot.pause()
        drawn.clear()
        for seconds, wanted in ((1, ["fast"]), (2, ["fast"]), (60, ["fast", "slow"]), (60, []), (61, ["fast"])):
            drawn.clear()
            now = began + timedelta(seconds=seconds)
            app.rows.turn(counted, lasts, now)
            assert drawn == wanted, seconds
            await pilot.pause()
        assert visible(app)[1].split() == ["fast", "61"]
        assert visible(app)[2].split() == ["slow", "1"]
        now = began - timedelta(hours=1)
        drawn.clear()
        app.rows.turn(counted, lasts, now)
        assert drawn == [item[0] for item in items[:7]]
        app.rows.scroll_to(y=10, animate=False)
        await pilot.pause()
        drawn.clear()
        app.rows.turn(counted, lasts, began + timedelta(hours=2))
        assert drawn[0] == "a8"

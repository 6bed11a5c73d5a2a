"""What is painted bit by bit is what a fresh paint would show, and a key paints only what it changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pyte
import pytest
from rich.console import ColorSystem
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot

from app.main import CommandCenter
from app.render import board as drawing
from app.widgets.row_list import RowList
from tests.ui.helping import board, mode, open_desk, until
from tests.ui.night_house import Night

KEYS = ("down", "down", "down", "up", "pagedown", "pageup", "home", "end", "tab", "shift+tab", "enter", "escape",
        "1", "2", "left", "right", "l", "t", "space", "x")  # fmt: skip
SIZES = ((120, 36), (80, 24), (160, 45))


class Seen:
    """A terminal that is sent what the desk displays."""

    def __init__(self, app: CommandCenter) -> None:
        self._app = app
        app.console._color_system = ColorSystem.TRUECOLOR
        self._screen = pyte.Screen(*app.size)
        self._display = app._display
        app._display = self._show  # type: ignore[method-assign]
        app.refresh(layout=True)

    def _show(self, screen: Any, update: Any) -> None:
        if isinstance(update, CompositorUpdate):
            if (self._screen.columns, self._screen.lines) != tuple(self._app.size):
                self._screen = pyte.Screen(*self._app.size)
            _feed(self._screen, update.render_segments(self._app.console))
        self._display(screen, update)

    def cells(self) -> list[list[tuple[str, ...]]]:
        """Every cell as it was painted bit by bit."""
        return _cells(self._screen)


def _feed(screen: pyte.Screen, sent: str) -> None:
    pyte.Stream(screen).feed(sent.replace("\n", ""))


def _cells(screen: pyte.Screen) -> list[list[tuple[str, ...]]]:
    """Character, colours and weight; of a blank only its ground is seen."""
    found = []
    for y in range(screen.lines):
        row = (screen.buffer[y][x] for x in range(screen.columns))
        found.append([(c.data, c.bg) if c.data == " " else (c.data, c.bg, c.fg, str(c.bold)) for c in row])
    return found


def _afresh(app: CommandCenter) -> list[list[tuple[str, ...]]]:
    """Every cell as a desk would paint it that has kept nothing."""
    for widget in app.screen.walk_children(with_self=True):
        widget._styles_cache.clear()
        if isinstance(widget, RowList):
            widget._strips.clear()
            widget._drawn.clear()
            widget._styles.clear()
    screen = pyte.Screen(*app.size)
    _feed(screen, app.screen._compositor.render_full_update().render_segments(app.console))
    return _cells(screen)


def _stale(app: CommandCenter, seen: Seen) -> list[tuple[int, int]]:
    """Cells (column, line) that are not what a fresh paint would show."""
    shown, fresh = seen.cells(), _afresh(app)
    return [(x, y) for y, row in enumerate(fresh) for x, cell in enumerate(row) if shown[y][x] != cell]


async def _rest(app: CommandCenter, pilot: Pilot[None]) -> None:
    """Wait until nothing is read and nothing is left to paint."""
    for _ in range(2000):
        await pilot.pause(0.01)
        feed = app._feed
        dirty = app.screen._dirty_widgets or app.screen._layout_required or app.screen._compositor._dirty_regions
        if feed is not None and not feed._running and not dirty:
            await pilot.pause(0.01)
            if not feed._running and not app.screen._dirty_widgets:
                return
    raise AssertionError("it never rested")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_was_painted_bit_by_bit_is_what_a_fresh_paint_shows(full: Night, seed: int) -> None:
    """Random keys, sizes, minutes: after each few the terminal shows no stale cell."""
    chance = random.Random(seed)
    async with open_desk(full) as (app, pilot):
        seen = Seen(app)
        await _rest(app, pilot)
        done: list[str] = []
        for _ in range(14):
            for _ in range(chance.randrange(1, 6)):
                done.append(chance.choice(KEYS))
                await pilot.press(done[-1])
            if chance.random() < 0.3:
                done.append(str(size := chance.choice(SIZES)))
                await pilot.resize_terminal(*size)
            if chance.random() < 0.4:
                done.append("a minute")
                full.wall.add(seconds=61)
                mode(app).tick()
            await _rest(app, pilot)
            stale = _stale(app, seen)
            assert not stale, f"seed {seed}: stale at {stale[:5]} after {done}"


@pytest.mark.parametrize("key", ["f1", "f6", "f8", "f12", "p"])
async def test_the_edge_of_a_dialog_leaves_no_half_of_a_character(full: Night, key: str) -> None:
    """A dialog that grows over rows of wide characters: what is left of them beside it has its ground."""
    async with open_desk(full) as (app, pilot):
        seen = Seen(app)
        await pilot.press(key)
        await until(lambda: app.screen is not mode(app))
        (box,) = app.screen.query("#box")
        for width in range(50, 56):  # whatever the column at which a wide character begins
            box.styles.max_height, box.styles.width = 3, width
            await _rest(app, pilot)
            box.styles.max_height = 30
            await _rest(app, pilot)
            for _ in range(100):  # what is painted late is no stale cell
                if not (stale := _stale(app, seen)):
                    break
                await pilot.pause(0.05)
            assert not stale, f"{width} cells wide: stale at {stale[:5]}"


async def test_a_key_draws_nothing_that_was_drawn_and_a_minute_only_what_is_seen(
    full: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work is counted, not timed: rows drawn and lines made by a cursor key, by scrolling and by a tick."""
    drawn, made = _counted(monkeypatch)
    monkeypatch.setattr(CommandCenter, "_tick", lambda _app: None)  # on a busy machine it comes between two lines here
    async with open_desk(full, (120, 24)) as (app, pilot):
        await pilot.press("home", "down", "up")
        await until(lambda: mode(app).situation().file is not None)
        await _rest(app, pilot)
        rows = board(app)
        seen = rows.size.height - 1
        drawn.clear(), made.clear()
        rows.action_move(1)
        await pilot.pause()
        assert not drawn, "the rows are as they were"
        assert made.count(rows) <= 2, "the row left and the row reached"
        await _rest(app, pilot)
        assert mode(app).situation().file is not None
        assert not drawn, "reading the case draws no row of the board"
        full.wall.add(seconds=61)
        mode(app).tick()
        assert 0 < len(drawn) <= seen + 1, "only what is seen is drawn for the clocks"


def _counted(monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], list[RowList[Any]]]:
    """Cases drawn as rows, and lists that made a line, as it happens."""
    drawn: list[object] = []
    made: list[RowList[Any]] = []
    draw: Callable[..., Any] = drawing.board_row
    make = RowList._row_strip

    def counting(row: Any, sight: Any) -> Any:
        drawn.append(row)
        return draw(row, sight)

    def making(rows: RowList[Any], *more: Any) -> Any:
        made.append(rows)
        return make(rows, *more)

    monkeypatch.setattr(drawing, "board_row", counting)
    monkeypatch.setattr(RowList, "_row_strip", making)
    return drawn, made

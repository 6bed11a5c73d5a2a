"""The sheet that every list over the desk is: a line that narrows it, the rows, and a word about the one chosen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from app.render.paint import paint
from app.render.rows import Cell, Column, Row, one
from app.screens.answering import Answering
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.search import FindLine
from app.widgets.titles import painted

R = TypeVar("R")
T = TypeVar("T")

WIDE = [(0, "-narrow"), (140, "-wide")]
"""For sheets of whole sentences; in others the columns would only stand apart."""
ABOUT = 2
"""Lines below the list."""


class SheetLine(FindLine):
    """Enter comes after the letters before it, however fast they were typed: it is no key of the screen's."""

    BINDINGS = [Binding("enter", "screen.choose", show=False)]


class ListSheet(Answering[R | None], Generic[R, T]):
    """The line keeps the keys; arrows and Enter are for the list. Subclasses say what stands in it."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,f10", "leave", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    AUTO_FOCUS = "#find"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (42, "-high")]

    has_about = True
    """Whether there are lines below the list."""

    def __init__(self) -> None:
        super().__init__(classes="sheet -list")
        self.list: RowList[T] = RowList(id="list", titles=False, lit=True)
        self.list.can_focus = False
        self._line = SheetLine(id="find")
        self._about = Lines(id="about")
        self._narrowed_by = ""

    # -- what a sheet says of itself -----------------------------------------------------------
    def asks(self) -> str:
        """What stands in the empty line."""
        raise NotImplementedError

    def columns(self) -> Sequence[Column]:
        """The columns of the list."""
        raise NotImplementedError

    def nothing(self) -> Cell:
        """What the list says when nothing fits."""
        raise NotImplementedError

    def items(self, typed: str) -> Iterable[T]:
        """What fits what was typed; everything for an empty text."""
        raise NotImplementedError

    def row(self, item: T) -> Row:
        """An item as a line of the list."""
        raise NotImplementedError

    def key_of(self, item: T) -> Hashable:
        """What an item is known by."""
        raise NotImplementedError

    def about(self, item: T | None) -> Sequence[Cell]:  # noqa: ARG002
        """The lines below, for the item under the cursor."""
        return ()

    async def choose(self, item: T) -> None:
        """Enter or a double click on an item."""
        raise NotImplementedError

    # -- layout --------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """The line, the list, what is said below."""
        box = Vertical(id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        with box:
            self._line.placeholder = paint(self.asks()).plain
            yield self._line
            yield self.list
            if self.has_about:
                yield self._about

    def on_mount(self) -> None:
        """Columns once, rows as they are typed for."""
        self.list.set_columns(self.columns(), self.nothing())
        self.fit_box()
        self.fill()

    def fit_box(self) -> None:
        """The size of the box, once its rows are known."""

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow the list; the cursor goes to its top."""
        self.catch_up()

    def catch_up(self) -> None:
        """The list as it is for what is typed now: who types fast is ahead of the word that something was typed."""
        if self.typed != self._narrowed_by:
            self.fill()

    @property
    def typed(self) -> str:
        """What the list is narrowed by."""
        return self._line.value.strip()

    def fill(self, *, stay: bool = False) -> None:
        """The rows that fit; ``stay`` = the same list again, with the cursor where it is."""
        if not stay:
            self.list.forget()
        self._narrowed_by = self.typed
        self.list.sync(list(self.items(self.typed)), self.row, self.key_of)
        self.show_about()

    def show_about(self) -> None:
        """Say all of the row under the cursor."""
        if self.has_about:
            self.say(self.about(self.list.chosen))

    def say(self, lines: Sequence[Cell]) -> None:
        """Below the list."""
        self._about.show([*lines, (), ()][:ABOUT])

    @property
    def room(self) -> int:
        """Cells of a line below the list."""
        return max(20, self._about.content_size.width)

    # -- keys ----------------------------------------------------------------------------------
    def on_row_list_moved(self, _event: RowList.Moved) -> None:
        """Another row."""
        self.show_about()

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click."""
        event.stop()
        await self.action_choose()

    async def action_choose(self) -> None:
        """Enter."""
        self.catch_up()
        item: Any = self.list.chosen
        if item is not None:
            await self.choose(item)

    def action_step(self, step: int) -> None:
        """Up and down while the field has the keys."""
        self.catch_up()
        self.list.action_move(step)

    def action_page(self, step: int) -> None:
        """A screenful up or down."""
        self.catch_up()
        self.list.action_page(step)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

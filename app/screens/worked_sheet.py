"""A sheet that is worked in: one list over the desk, with a key for everything that can be done about its rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.domain.errors import WanggeError
from app.domain.message import Message
from app.render.rows import Cell, Column, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.screens.beside import beside
from app.screens.context import DialogContext
from app.screens.dialogs.sights import sight_of
from app.screens.retelling import retell_sheet
from app.screens.told import Told
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.titles import painted

R = TypeVar("R")
E = TypeVar("E")


class WorkedSheet(Answering[R | None], Generic[R, E]):
    """What is above the list, the list, and a word about the row under the cursor.

    It is read again whenever anybody writes; cursor and scroll stay. What can be done runs beside the screen, and
    what came of it, or why it was refused, is said below until the cursor moves. Subclasses say what stands in it.
    """

    CSS_PATH = "sheet.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-middle"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (42, "-high")]
    BINDINGS = [Binding("escape,f10", "leave", show=False)]
    AUTO_FOCUS = "#list"

    OPENS: ClassVar[frozenset[str]] = frozenset()
    """Printable keys after which a dialog may stand: what is typed next is for it."""
    ABOUT: ClassVar[int] = 2
    """Lines below the list."""

    def __init__(
        self, context: DialogContext, *, classes: str, refusal: Message | None, changed: Callable[[], None]
    ) -> None:
        """``refusal`` = why nothing can be written here; ``changed`` is called when something was."""
        super().__init__(classes=f"sheet -list -flood {classes}".strip())
        self._given = context
        self._words = context.words
        self._refusal = refusal
        self._changed = changed
        self._reading = self._again = False
        self._opening = 0
        """Doings under way that ask something: until their dialog stands, keys wait."""
        self._said: tuple[Message, Tone] | None = None
        """What is said below until the cursor moves."""
        self._led: Hashable = None
        """The row to which the cursor was led: what is said stands."""
        self._shown: list[E] = []
        self._list: RowList[E] = RowList(id="list", titles=False)
        self._facts = Lines(id="facts")
        self._about = Lines(id="about")

    # -- what a sheet says of itself -----------------------------------------------------------
    def columns(self, sight: Sight) -> Sequence[Column]:
        """The columns of the list."""
        raise NotImplementedError

    def items(self, sight: Sight) -> Sequence[E]:
        """What stands in the list."""
        raise NotImplementedError

    def row(self, item: E, sight: Sight) -> Row:
        """An item as a line of the list."""
        raise NotImplementedError

    def key_of(self, item: E) -> Hashable:
        """What an item is known by."""
        raise NotImplementedError

    def head(self, sight: Sight, room: int) -> Sequence[Cell]:
        """The lines above the list, in ``room`` cells."""
        raise NotImplementedError

    def about(self, item: E | None, sight: Sight) -> Sequence[str]:
        """The sentences below the list, for the item under the cursor."""
        raise NotImplementedError

    async def look(self) -> bool:
        """Read what is shown again; False when it is not what is asked for any more, and is to be read once more."""
        raise NotImplementedError

    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    @property
    def sight(self) -> Sight:
        """How it looks now."""
        return sight_of(replace(self._given, words=self._words))

    @property
    def refusal(self) -> Message | None:
        """Why nothing can be written here, now."""
        return self._refusal

    @property
    def settled(self) -> bool:
        """Not while a dialog is on its way."""
        return super().settled and not self._opening

    def may_open(self, key: str) -> bool:
        """Whether after this key another dialog may have the keys."""
        return super().may_open(key) or key in self.OPENS

    # -- layout --------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """What is above, the list, a word about the row."""
        box = Vertical(id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        with box:
            yield self._facts
            yield self._list
            yield self._about

    def on_mount(self) -> None:
        """Columns and rows."""
        self._list.set_columns(self.columns(self.sight))
        self.fill()
        self.call_after_refresh(self.point)

    def on_resize(self) -> None:
        """It wraps at another width."""
        super().on_resize()
        self.call_after_refresh(self.point)

    def fill(self) -> None:
        """The rows as they were read last."""
        sight = self.sight
        self._shown = list(self.items(sight))
        before = self._list.cursor
        self._list.sync(self._shown, lambda item: self.row(item, sight), self.key_of)
        if self._list.cursor != before:
            self._led = self._list.cursor
        self.point()

    def point(self) -> None:
        """The keys for what is under the cursor, and all that is known of it."""
        if not self.is_mounted:
            return
        for box in self.query("#box"):
            box.border_subtitle = self.edge()
        sight, room = self.sight, max(20, self._about.content_size.width)
        self._facts.show(self.head(sight, room))
        self._about.show([*self._below(sight, room), *[()] * self.ABOUT][: self.ABOUT])

    def _below(self, sight: Sight, room: int) -> list[Cell]:
        if self._said is not None:
            said, tone = self._said
            return [one(line, tone) for line in wrap(self._words.say(said, sight.now), room, most=self.ABOUT)]
        lines = (line for text in self.about(self._list.chosen, sight) for line in wrap(text, room, most=2))
        return [one(line, Tone.QUIET) for line in lines]

    async def retell(self, words: Words) -> None:
        """In the other language."""
        if self.is_mounted:
            retell_sheet(self, words)

    # -- reading -------------------------------------------------------------------------------
    def hear(self) -> None:
        """Somebody wrote, or time went on: read it again, once more for what is heard meanwhile."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        beside(self, self._read, "sheet")

    async def _read(self) -> None:
        try:
            while True:
                self._again = False
                if not await self.look():
                    continue
                if self.is_attached and not self.over:
                    self.fill()
                    self.lead()
                if not self._again:
                    return
        finally:
            self._reading = False

    def lead(self) -> None:
        """The cursor to where it belongs after a reading."""

    # -- what is said and done -----------------------------------------------------------------
    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another row."""
        event.stop()
        if event.key != self._led:
            self._said = None
        self._led = None
        self.point()

    def say(self, said: Message, tone: Tone = Tone.GOOD) -> None:
        """Below the list, until the cursor moves."""
        self._said = said, tone
        self.point()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def begin(self, doing: Callable[[], Awaitable[Told]], *, reads: bool = False, asks: bool = True) -> None:
        """Do it beside the screen; keys wait until the dialog stands that it ``asks`` with.

        ``reads`` = nothing is written: it can be done by anybody.
        """
        if not reads and self.refusal is not None:
            self.say(self.refusal, Tone.SOON)
            return
        self._opening += asks
        beside(self, partial(self._done, doing, asks=asks), "sheet doing")

    async def _done(self, doing: Callable[[], Awaitable[Told]], *, asks: bool) -> None:
        try:
            said = await doing()
        except WanggeError as error:
            self.say(error.message, Tone.SOON)
        else:
            if said is not None:
                self.say(said)
                self._changed()
        finally:
            self._opening -= asks
            if self.is_attached:
                self.hear()

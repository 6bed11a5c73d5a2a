"""防汛: what is in force and why, the rounds that follow, who is to leave; every flood command has a key here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.domain.due_round import DueRound
from app.domain.errors import WanggeError
from app.domain.flood import Household, Response, Signal
from app.domain.message import N_, Message
from app.domain.posture import Posture
from app.render.flood_sheet import Entry, Heading, entries, flood_columns, flood_row, head_lines, key_of
from app.render.on_post import advice_words, post_parts
from app.render.rows import Cell, Tone, one, plain
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.render.wrap import flow, wrap
from app.screens.answering import Answering
from app.screens.beside import beside
from app.screens.context import DialogContext
from app.screens.dialogs.household_call import Came
from app.screens.dialogs.sights import sight_of
from app.screens.flood_doings import FloodDoings, Told
from app.screens.retelling import retell_sheet
from app.services.flood_board import FloodBoard, flood_board
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.titles import painted

SIGNAL = Way("F2", N_("signal"), N_("Record a warning signal, in one line or field by field."))
LEVEL = Way("F4", N_("level"), N_("Record a response level from its document."))
IMPORT = Way("F5", N_("import"), N_("Warnings from a CAP file or a folder of them."), edge=False)
LOWER = Way("F6", N_("lower"), N_("Lower the posture, on the word of the duty leader; asks once more."))
UNDO = Way(
    "F7",
    N_("undo"),
    N_("Take back the last signal, level or lowering recorded here, at most ten minutes ago, after asking."),
)
LIST = Way("F8", N_("household"), N_("List a household that is to leave."))
TAKE = Way("5", N_("from a round"), N_("Take over the households that a round named."), edge=False)
WHOLE = Way(
    "6", N_("past ones"), N_("What is over too: signals and levels of a month, households back home."), edge=False
)
PHONES = Way("7", N_("numbers"), N_("Phone numbers of households in full, or masked again."), edge=False)
PART = Way(
    "Tab", N_("part"),
    N_("To the next part of the list: signals, levels, rounds, households; Shift+Tab back."), edge=False,
)  # fmt: skip
KEYS = (
    Way("1", N_("answered"), N_("The household under the cursor was called and answered.")),
    Way("2", N_("no answer"), N_("It was called and nobody answered; each attempt is kept.")),
    Way("3", N_("left"), N_("It has left: where to is asked.")),
    Way("4", N_("back home"), N_("It is back home and leaves the list.")),
    Way("Enter", N_("more"), N_("The same with who called, what was said, and when."), edge=False),
    Way("8", N_("every entry"), N_("All that was recorded of the household: each call, what was said, by whom.")),
)
"""Of a household."""
SIGNAL_KEYS = (
    Way("Enter", N_("all of it"), N_("The warning whole, in every language it came in.")),
    Way("0", N_("cancel it"), N_("The signal was lifted: it ends now; the posture stays until it is lowered.")),
)
LEVEL_KEYS = (Way("0/Enter", N_("terminate"), N_("The response is over; the posture stays until it is lowered.")),)
ABOUT = 2
"""Lines below the list."""
ROOMY = 30
"""Lines of a screen from which on what stands above the list may take two lines."""


class FloodSheet(Answering[None]):
    """One list over the desk. It is read again whenever anybody writes; cursor and scroll stay."""

    CSS_PATH = "sheet.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-middle"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (42, "-high")]
    BINDINGS = [
        Binding("escape,f10", "leave", show=False),
        Binding("f2", "do('signal')", show=False),
        Binding("f4", "do('level')", show=False),
        Binding("f5", "do('import_warnings')", show=False),
        Binding("f6", "do('lower')", show=False),
        Binding("f7", "do('undo')", show=False),
        Binding("f8", "household", show=False),
        Binding("5", "do('take_over')", show=False),
        Binding("1", "came('answered')", show=False),
        Binding("2", "came('no_answer')", show=False),
        Binding("3", "came('left')", show=False),
        Binding("4", "came('returned')", show=False),
        Binding("0", "over", show=False),
        Binding("6", "whole", show=False),
        Binding("8", "history", show=False),
        Binding("tab", "part(1)", show=False),
        Binding("shift+tab", "part(-1)", show=False),
        Binding("7", "phones", show=False),
    ]
    AUTO_FOCUS = "#list"
    OPENS = frozenset({"0", "3", "5", "8"})
    """Printable keys after which a dialog may stand: what is typed next is for it."""
    opened_by = ("flood",)

    def __init__(
        self, context: DialogContext, board: FloodBoard, doings: FloodDoings, *, refusal: Message | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """``refusal`` = why nothing can be written here; ``changed`` is called when something was."""
        super().__init__(classes="sheet -list -flood")
        self._given = context
        self._words = context.words
        self._board = board
        self._doings = doings
        self._refusal = refusal
        self._changed = changed
        self._phones = False
        self._reading = self._again = False
        self._opening = 0
        """Doings under way that ask something: until their dialog stands, keys wait."""
        self._said: tuple[Message, Tone] | None = None
        """What is said below until the cursor moves."""
        self._led: Hashable = None
        """The row to which the cursor was led: what is said stands."""
        self._shown: list[Entry] = []
        self._list: RowList[Entry] = RowList(id="list", titles=False)
        self._facts = Lines(id="facts")
        self._about = Lines(id="about")

    # -- what it says of itself ----------------------------------------------------------------
    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    def title_text(self) -> str:
        """What it is."""
        return self._words.t("Flood")

    @property
    def sight(self) -> Sight:
        """How it looks now."""
        return sight_of(replace(self._given, words=self._words))

    def ways(self) -> Sequence[Way]:
        """Those of the row under the cursor first."""
        chosen = self._list.chosen
        own: tuple[Way, ...] = ()
        if isinstance(chosen, Household):
            own = KEYS
        elif isinstance(chosen, Signal):
            own = SIGNAL_KEYS
        elif isinstance(chosen, Response):
            own = LEVEL_KEYS
        return (*own, SIGNAL, LEVEL, LOWER, UNDO, LIST, BACK, IMPORT, TAKE, WHOLE, PHONES, PART, MOVE)

    @property
    def settled(self) -> bool:
        """Not while a dialog is on its way."""
        return super().settled and not self._opening

    def may_open(self, key: str) -> bool:
        """Whether after this key another dialog may have the keys."""
        return super().may_open(key) or key in self.OPENS

    # -- layout --------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """What is in force, the list, a word about the row."""
        box = Vertical(id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        with box:
            yield self._facts
            yield self._list
            yield self._about

    def on_mount(self) -> None:
        """Columns and rows."""
        self._list.set_columns(flood_columns(self.sight))
        self._fill()
        self.call_after_refresh(self._point)

    def on_resize(self) -> None:
        """It wraps at another width."""
        super().on_resize()
        self.call_after_refresh(self._point)

    def _fill(self) -> None:
        board, sight = self._board, self.sight
        self._shown = list(
            entries(board.signals, board.responses, board.rounds, board.households, board.counted, sight)
        )
        before = self._list.cursor
        self._list.sync(self._shown, lambda entry: flood_row(entry, sight, phones=self._phones), key_of)
        if self._list.cursor != before:
            self._led = self._list.cursor
        self._point()

    def _point(self) -> None:
        """The keys for what is under the cursor, and all that is known of it."""
        if not self.is_mounted:
            return
        for box in self.query("#box"):
            box.border_subtitle = self.edge()
        room = max(20, self._about.content_size.width)
        self._facts.show(self._head(room))
        if self._said is not None:
            said, tone = self._said
            lines: list[Cell] = [
                one(line, tone) for line in wrap(self._words.say(said, self.sight.now), room, most=ABOUT)
            ]
        else:
            lines = [one(line, Tone.QUIET) for line in wrap(self._told(), room, most=ABOUT)]
        self._about.show([*lines, (), ()][:ABOUT])

    def _head(self, room: int) -> list[Cell]:
        """The posture and what holds it up; who is on post, in a line on a small screen, and what rounds keep to."""
        view, sight = self._board.view, self.sight
        lines = list(head_lines(view, sight))
        if view.posture is not Posture.SEASON:
            most = 1 if self.size.height < ROOMY else 2
            if posts := post_parts(self._board.posts, sight):
                lines += [one(line) for line in flow(posts, room, most=most)]
            lines += [one(line, Tone.QUIET) for line in wrap(advice_words(view.posture, sight), room, most=2)]
        return lines

    def _told(self) -> str:
        """The row under the cursor in full."""
        chosen = self._list.chosen
        if chosen is None or isinstance(chosen, Heading):
            return ""
        row = flood_row(chosen, self.sight, phones=self._phones)
        parts = [plain(cell) for name, cell in row.cells.items() if name != "glyph"]
        if isinstance(chosen, Signal | Response) and chosen.reason:
            parts.append(chosen.reason)
        return " · ".join(part for part in parts if part)

    async def retell(self, words: Words) -> None:
        """In the other language."""
        if self.is_mounted:
            retell_sheet(self, words)

    # -- reading -------------------------------------------------------------------------------
    def hear(self) -> None:
        """Somebody wrote, or time went on: read it again."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        beside(self, self._read, "flood")

    async def _read(self) -> None:
        try:
            while True:
                self._again = False
                whole = self._board.whole
                board = await self._given.submit(flood_board, self._given.house, whole=whole)
                if self._board.whole != whole:
                    continue
                self._board = board
                if self.is_attached and not self.over:
                    self._fill()
                    self._lead()
                if not self._again:
                    return
        finally:
            self._reading = False

    def _lead(self) -> None:
        """The cursor to what this desk has just recorded, once."""
        made = self._doings.made
        if made is not None and made in self._list.keys:
            self._doings.made = None
            if self._list.cursor != made:
                self._led = made
                self._list.move_to(made)

    # -- keys ----------------------------------------------------------------------------------
    def action_part(self, step: int) -> None:
        """To the first row of the next part of the list, round and round."""
        rows = [entry for entry in self._shown if not isinstance(entry, Heading)]
        firsts = list({type(entry): key_of(entry) for entry in reversed(rows)}.values())[::-1]
        here = self._list.chosen
        kinds: list[type[Entry]] = list(dict.fromkeys(type(entry) for entry in rows))
        if here is not None and type(here) in kinds:
            self._list.move_to(firsts[(kinds.index(type(here)) + step) % len(kinds)])

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another row."""
        if event.key != self._led:
            self._said = None
        self._led = None
        self._point()

    def say(self, said: Message, tone: Tone = Tone.GOOD) -> None:
        """Below the list, until the cursor moves."""
        self._said = said, tone
        self._led = self._list.cursor  # the word that the cursor came here may still be on its way
        self._point()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_do(self, name: str) -> None:
        """One of the doings."""
        self._begin(getattr(self._doings, name))

    def action_household(self) -> None:
        """List one, in the grid of the one under the cursor."""
        chosen = self._list.chosen
        grid = chosen.grid if isinstance(chosen, Household) else ""
        self._begin(lambda: self._doings.household(grid))

    def action_came(self, came: str) -> None:
        """What became of the household under the cursor at this moment."""
        chosen = self._list.chosen
        if not isinstance(chosen, Household):
            self.say(Message("Put the cursor on a household first."), Tone.SOON)
        elif came == Came.LEFT:
            self._begin(lambda: self._doings.household_form(chosen, Came.LEFT))
        else:
            self._begin(lambda: self._doings.household_key(chosen, Came(came)), asks=False)

    def action_over(self) -> None:
        """The signal or the response under the cursor is over."""
        chosen = self._list.chosen
        if isinstance(chosen, Signal | Response):
            self._begin(lambda: self._doings.over(chosen))
        else:
            self.say(Message("Put the cursor on a signal or a response level first."), Tone.SOON)

    def action_whole(self) -> None:
        """What is over too, or only what is in force again."""
        self._board = replace(self._board, whole=not self._board.whole)
        self.hear()
        if self._board.whole:
            self.say(Message("With what is over: signals and levels of a month, households back home."))
        else:
            self.say(Message("Only what is in force or to come."))

    def action_history(self) -> None:
        """All that was recorded of the household under the cursor."""
        chosen = self._list.chosen
        if isinstance(chosen, Household):
            self._begin(lambda: self._doings.history(chosen, phones=self._phones), reads=True)
        else:
            self.say(Message("Put the cursor on a household first."), Tone.SOON)

    def action_phones(self) -> None:
        """Phone numbers in full, or masked."""
        self._phones = not self._phones
        self._fill()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter: all of a signal, the end of a response, more about a household."""
        event.stop()
        chosen = self._list.chosen
        if isinstance(chosen, Signal):
            self._begin(lambda: self._doings.whole(chosen), reads=True)
        elif isinstance(chosen, Response):
            self.action_over()
        elif isinstance(chosen, Household):
            self._begin(lambda: self._doings.household_form(chosen, Came.ANSWERED))
        elif isinstance(chosen, DueRound):
            self.say(Message("Rounds are begun and walked in their mode: Esc, then {key}.",
                             {"key": self.desk_keys.way("rounds")}), Tone.PLAIN)  # fmt: skip

    def _begin(self, doing: Callable[[], Awaitable[Told]], *, reads: bool = False, asks: bool = True) -> None:
        """Do it beside the screen; keys wait until the dialog stands that it asks with."""
        if not reads and self._refusal is not None:
            self.say(self._refusal, Tone.SOON)
            return
        self._opening += asks
        beside(self, partial(self._done, doing, asks=asks), "flood doing")

    async def _done(self, doing: Callable[[], Awaitable[Told]], *, asks: bool) -> None:
        try:
            said = await doing()
        except WanggeError as error:
            self.say(error.message, Tone.SOON)
            self.hear()
        else:
            if said is not None:
                self.say(said)
                self._changed()
                self.hear()
        finally:
            self._opening -= asks

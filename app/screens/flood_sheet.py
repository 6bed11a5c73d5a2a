"""防汛: what is in force and why, the rounds that follow, who is to leave; every flood command has a key here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from textual.binding import Binding

from app.domain.due_round import DueRound
from app.domain.flood import Household, Response, Signal
from app.domain.message import N_, Message
from app.domain.posture import Posture
from app.render.flood_sheet import Entry, Heading, entries, flood_columns, flood_row, head_lines, key_of
from app.render.on_post import advice_words, post_parts
from app.render.rows import Cell, Column, Row, Tone, one, plain
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.wrap import flow, wrap
from app.screens.context import DialogContext
from app.screens.dialogs.household_call import Came
from app.screens.flood_doings import FloodDoings
from app.screens.worked_sheet import WorkedSheet
from app.services.flood_board import FloodBoard, flood_board
from app.widgets.row_list import RowList

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
ROOMY = 30
"""Lines of a screen from which on what stands above the list may take two lines."""


class FloodSheet(WorkedSheet[None, Entry]):
    """What is in force, what comes of it, and who is to leave, in parts of one list."""

    BINDINGS = [
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
    OPENS = frozenset({"0", "3", "5", "8"})
    opened_by = ("flood",)

    def __init__(
        self, context: DialogContext, board: FloodBoard, doings: FloodDoings, *, refusal: Message | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """``refusal`` = why nothing can be written here; ``changed`` is called when something was."""
        super().__init__(context, classes="", refusal=refusal, changed=changed)
        self._board = board
        self._doings = doings
        self._phones = False

    # -- what it says of itself ----------------------------------------------------------------
    def title_text(self) -> str:
        """What it is."""
        return self._words.t("Flood")

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

    # -- what stands in it ---------------------------------------------------------------------
    def columns(self, sight: Sight) -> Sequence[Column]:
        """What, until when, and how far."""
        return flood_columns(sight)

    def items(self, sight: Sight) -> Sequence[Entry]:
        """Signals, levels, the rounds that follow, households."""
        board = self._board
        return list(entries(board.signals, board.responses, board.rounds, board.households, board.counted, sight))

    def row(self, item: Entry, sight: Sight) -> Row:
        """Phone numbers masked unless they were asked for."""
        return flood_row(item, sight, phones=self._phones)

    def key_of(self, item: Entry) -> Hashable:
        """Its number; a heading by what is below it."""
        return key_of(item)

    def head(self, sight: Sight, room: int) -> Sequence[Cell]:
        """The posture and what holds it up; who is on post, in a line on a small screen, and what rounds keep to."""
        view = self._board.view
        lines = list(head_lines(view, sight))
        if view.posture is not Posture.SEASON:
            most = 1 if self.size.height < ROOMY else 2
            if posts := post_parts(self._board.posts, sight):
                lines += [one(line) for line in flow(posts, room, most=most)]
            lines += [one(line, Tone.QUIET) for line in wrap(advice_words(view.posture, sight), room, most=2)]
        return lines

    def about(self, item: Entry | None, sight: Sight) -> Sequence[str]:
        """The row in full."""
        if item is None or isinstance(item, Heading):
            return ()
        parts = [plain(cell) for name, cell in self.row(item, sight).cells.items() if name != "glyph"]
        if isinstance(item, Signal | Response) and item.reason:
            parts.append(item.reason)
        return (" · ".join(part for part in parts if part),)

    # -- reading -------------------------------------------------------------------------------
    async def look(self) -> bool:
        """The board, with what is over when that is asked for."""
        whole = self._board.whole
        board = await self._given.submit(flood_board, self._given.house, whole=whole)
        if self._board.whole != whole:
            return False
        self._board = board
        return True

    def lead(self) -> None:
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

    def say(self, said: Message, tone: Tone = Tone.GOOD) -> None:
        """Below the list, until the cursor moves."""
        self._led = self._list.cursor  # the word that the cursor came here may still be on its way
        super().say(said, tone)

    def action_do(self, name: str) -> None:
        """One of the doings."""
        self.begin(getattr(self._doings, name))

    def action_household(self) -> None:
        """List one, in the grid of the one under the cursor."""
        chosen = self._list.chosen
        grid = chosen.grid if isinstance(chosen, Household) else ""
        self.begin(lambda: self._doings.household(grid))

    def action_came(self, came: str) -> None:
        """What became of the household under the cursor at this moment."""
        chosen = self._list.chosen
        if not isinstance(chosen, Household):
            self.say(Message("Put the cursor on a household first."), Tone.SOON)
        elif came == Came.LEFT:
            self.begin(lambda: self._doings.household_form(chosen, Came.LEFT))
        else:
            self.begin(lambda: self._doings.household_key(chosen, Came(came)), asks=False)

    def action_over(self) -> None:
        """The signal or the response under the cursor is over."""
        chosen = self._list.chosen
        if isinstance(chosen, Signal | Response):
            self.begin(lambda: self._doings.over(chosen))
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
            self.begin(lambda: self._doings.history(chosen, phones=self._phones), reads=True)
        else:
            self.say(Message("Put the cursor on a household first."), Tone.SOON)

    def action_phones(self) -> None:
        """Phone numbers in full, or masked."""
        self._phones = not self._phones
        self.fill()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter: all of a signal, the end of a response, more about a household."""
        event.stop()
        chosen = self._list.chosen
        if isinstance(chosen, Signal):
            self.begin(lambda: self._doings.whole(chosen), reads=True)
        elif isinstance(chosen, Response):
            self.action_over()
        elif isinstance(chosen, Household):
            self.begin(lambda: self._doings.household_form(chosen, Came.ANSWERED))
        elif isinstance(chosen, DueRound):
            self.say(Message("Rounds are begun and walked in their mode: Esc, then {key}.",
                             {"key": self.desk_keys.way("rounds")}), Tone.PLAIN)  # fmt: skip

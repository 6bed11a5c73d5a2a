"""交接班: what is open and what comes next, in one list; everything of the handover has a key here (domain 6.2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.domain.errors import WanggeError
from app.domain.handover import HandoverFile, HandoverState, ItemLine, Step, next_step
from app.domain.handover_turn import Doing, asked_of, sides, turn_at
from app.domain.message import N_, Message
from app.render.handover_rows import (
    Entry,
    about_lines,
    entries,
    handover_columns,
    handover_row,
    head_lines,
    key_of,
)
from app.render.rows import Cell, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.screens.beside import beside
from app.screens.context import DialogContext
from app.screens.dialogs.sights import sight_of
from app.screens.handover_doings import HandoverDoings, Told
from app.screens.retelling import retell_sheet
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.titles import painted

LINE = Way("F2", N_("say"), N_("Outgoing: what the relief must know about the item under the cursor."))
ACCEPT = Way("F4", N_("accept"), N_("Incoming: accept the item under the cursor; a critical one is read back."))
GEAR = Way("F5", N_("equipment"), N_("Outgoing: what is there and what is missing."))
NOTE = Way("F6", N_("note"), N_("A note for the relief; once both have signed, an addition."))
SIGN = Way("F7", N_("sign"), N_("First the outgoing shift, then the incoming one; asks once more."))
WHO = Way("F8", N_("who is here"), N_("The relief sits down: who is at this desk now."))
CASE = Way("F3", N_("the case"), N_("Leaves the sheet for the case of the item under the cursor."))
PRINT = Way("9", N_("print"), N_("Writes it as a document and as Markdown into your folder of papers."), edge=False)
ENTER = Way("Enter", N_("next thing"), N_("What the row still lacks: say, accept; else what the sentence above says."))
ABOUT = 3
"""Lines below the list."""

FIRST: dict[Step, tuple[Way, ...]] = {
    Step.LINES: (LINE, GEAR), Step.EQUIPMENT: (GEAR,), Step.SIGN_OUT: (SIGN, NOTE), Step.ROSTER: (WHO,),
    Step.ACCEPT: (WHO, ACCEPT), Step.SIGN_IN: (WHO, SIGN), Step.DONE: (NOTE,),
}  # fmt: skip
"""The keys of each step, which the edge names first."""
DOES: dict[Doing, Way] = {
    Doing.LINE: LINE, Doing.ACCEPT: ACCEPT, Doing.EQUIPMENT: GEAR, Doing.SIGN: SIGN, Doing.WHO: WHO, Doing.CASE: CASE,
}  # fmt: skip
"""The key of what a step asks for, which the sentence above the list names."""


class HandoverSheet(Answering[UUID | None]):
    """Whoever is at the desk does their part; F8 lets the relief sit down. Result: the case to go to."""

    CSS_PATH = "sheet.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-middle"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (42, "-high")]
    BINDINGS = [
        Binding("escape,f10", "leave", show=False),
        Binding("f2", "line", show=False),
        Binding("f3", "case", show=False),
        Binding("f4", "accept", show=False),
        Binding("f5", "equipment", show=False),
        Binding("f6", "note", show=False),
        Binding("f7", "sign", show=False),
        Binding("f8", "who", show=False),
        Binding("9", "print", show=False),
    ]
    AUTO_FOCUS = "#list"
    OPENS = frozenset({"9"})
    opened_by = ("handover",)

    def __init__(
        self, context: DialogContext, file: HandoverFile, doings: HandoverDoings, *, refusal: Message | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """``refusal`` = why nothing can be written here; ``changed`` is called when something was."""
        super().__init__(classes="sheet -list -flood -handover -reasons")
        self._given = context
        self._words = context.words
        self._file = file
        self._doings = doings
        self._refusal = refusal
        self._changed = changed
        self._reading = self._again = False
        self._opening = 0
        """Doings under way that ask something: until their dialog stands, keys wait."""
        self._said: tuple[Message, Tone] | None = None
        """What is said below until the cursor moves."""
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
        return self._words.t("Handover")

    @property
    def sight(self) -> Sight:
        """How it looks now."""
        return sight_of(replace(self._given, words=self._words))

    @property
    def file(self) -> HandoverFile:
        """What is shown."""
        return self._file

    def ways(self) -> Sequence[Way]:
        """Those of the next step first."""
        first, (_, coming) = FIRST[next_step(self._file)], sides(self._file, self._doings.member)
        if coming:  # the relief sits here already
            first = tuple(way for way in first if way is not WHO)
        under_way = () if self._file.state is HandoverState.TAKEN else (ENTER, LINE, ACCEPT, GEAR, SIGN, WHO)
        rest = (*under_way, NOTE, BACK, CASE, PRINT, MOVE)
        return (*first, *(way for way in rest if way not in first))

    @property
    def settled(self) -> bool:
        """Not while a dialog is on its way."""
        return super().settled and not self._opening

    def may_open(self, key: str) -> bool:
        """Whether after this key another dialog may have the keys."""
        return super().may_open(key) or key in self.OPENS

    # -- layout --------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """What comes next, the list, a word about the row."""
        box = Vertical(id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        with box:
            yield self._facts
            yield self._list
            yield self._about

    def on_mount(self) -> None:
        """Columns and rows."""
        self._list.set_columns(handover_columns(self.sight))
        self._fill()
        self.call_after_refresh(self._point)

    def on_resize(self) -> None:
        """It wraps at another width."""
        super().on_resize()
        self.call_after_refresh(self._point)

    def _fill(self) -> None:
        sight = self.sight
        self._shown = list(entries(self._file, sight))
        self._list.sync(self._shown, lambda entry: handover_row(entry, sight), key_of)
        self._point()

    def _point(self) -> None:
        """The keys of the step, and all that is known of what is under the cursor."""
        if not self.is_mounted:
            return
        for box in self.query("#box"):
            box.border_subtitle = self.edge()
        room = max(20, self._about.content_size.width)
        asked = asked_of(self._file, self._doings.member)
        self._facts.show(head_lines(self._file, self.sight, room, DOES[asked].key if asked is not None else ""))
        lines: list[Cell] = []
        if self._said is not None:
            said, tone = self._said
            lines = [one(line, tone) for line in wrap(self._words.say(said, self.sight.now), room, most=ABOUT)]
        else:
            for text in about_lines(self._list.chosen, self.sight):
                lines += [one(line, Tone.QUIET) for line in wrap(text, room, most=2)]
        self._about.show([*lines, (), (), ()][:ABOUT])

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
        beside(self, self._read, "handover")

    async def _read(self) -> None:
        handovers = self._given.house.handovers
        try:
            while True:
                self._again = False
                signed = self._doings.signed
                read = partial(handovers.file, signed) if signed is not None else handovers.current
                self._file = await self._given.submit(read)
                if self.is_attached and not self.over:
                    self._fill()
                if not self._again:
                    return
        finally:
            self._reading = False

    # -- keys ----------------------------------------------------------------------------------
    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another row."""
        event.stop()
        self._said = None
        self._point()

    def say(self, said: Message, tone: Tone = Tone.GOOD) -> None:
        """Below the list, until the cursor moves."""
        self._said = said, tone
        self._point()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    @property
    def _item(self) -> ItemLine | None:
        chosen = self._list.chosen
        if isinstance(chosen, ItemLine):
            return chosen
        self.say(Message("Put the cursor on an item first."), Tone.SOON)
        return None

    @property
    def _is_taken(self) -> bool:
        """Whether both have signed, which is then said."""
        if self._file.state is HandoverState.TAKEN:
            self.say(Message("Both have signed: only a note can be added."), Tone.SOON)
            return True
        return False

    def action_line(self) -> None:
        """The outgoing officer says something about the item."""
        item = None if self._is_taken else self._item
        if item is not None:
            self._begin(lambda: self._doings.line(item))

    def action_accept(self) -> None:
        """The incoming officer accepts it, and the cursor goes to the next one."""
        item = None if self._is_taken else self._item
        if item is not None:
            self._begin(lambda: self._accept(item))

    async def _accept(self, item: ItemLine) -> Told:
        said = await self._doings.accept(item)
        if said is not None:
            self._onward(item)
        return said

    def _onward(self, item: ItemLine) -> None:
        """To the next item that is still to be accepted, from here on and round again."""
        lines = [entry for entry in self._shown if isinstance(entry, ItemLine)]
        here = next((place for place, line in enumerate(lines) if line.item.key == item.item.key), 0)
        for line in (*lines[here + 1 :], *lines[:here]):
            if not line.is_accepted:
                self._list.move_to(line.item.key)
                return

    def action_equipment(self) -> None:
        """The list of the equipment."""
        if not self._is_taken:
            self._begin(lambda: self._doings.equipment(self._file))

    def action_note(self) -> None:
        """A note."""
        self._begin(lambda: self._doings.note(self._file))

    def action_sign(self) -> None:
        """Sign for the shift whose turn it is."""
        self._begin(lambda: self._doings.sign(self._file))

    def action_who(self) -> None:
        """Who is at this desk now."""
        self._begin(lambda: self._doings.who(self._file))

    def action_print(self) -> None:
        """The paper."""
        self._begin(lambda: self._doings.print_out(self._file), reads=True)

    def action_case(self) -> None:
        """To the case of the item."""
        item = self._item
        if item is not None and item.item.whistle_id is not None:
            self.dismiss(item.item.whistle_id)
        elif item is not None:
            self.say(Message("This is about no case."), Tone.SOON)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter: what the row still asks of whoever is at the desk, else what the sentence above the list says."""
        event.stop()
        turn = turn_at(self._file, self._list.chosen, self._doings.member)
        if turn is None:
            return
        if turn.line is not None:
            self._list.move_to(turn.line.item.key)
        {
            Doing.LINE: self.action_line, Doing.ACCEPT: self.action_accept, Doing.EQUIPMENT: self.action_equipment,
            Doing.SIGN: self.action_sign, Doing.WHO: self.action_who, Doing.CASE: self.action_case,
        }[turn.doing]()  # fmt: skip

    def _begin(self, doing: Callable[[], Awaitable[Told]], *, reads: bool = False) -> None:
        """Do it beside the screen; keys wait until the dialog stands that it asks with."""
        if not reads and self._refusal is not None and not self._doings.member:
            self.say(self._refusal, Tone.SOON)
            return
        self._opening += 1
        beside(self, partial(self._done, doing), "handover doing")

    async def _done(self, doing: Callable[[], Awaitable[Told]]) -> None:
        try:
            said = await doing()
        except WanggeError as error:
            self.say(error.message, Tone.SOON)
        else:
            if said is not None:
                self._changed()
                self.say(said)
        finally:
            self._opening -= 1
            self.hear()

"""交接班: what is open and what comes next, in one list; everything of the handover has a key here (domain 6.2)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from uuid import UUID

from textual.binding import Binding

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
from app.render.rows import Cell, Column, Row, Tone
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.screens.context import DialogContext
from app.screens.handover_doings import HandoverDoings
from app.screens.told import Told
from app.screens.worked_sheet import WorkedSheet
from app.widgets.row_list import RowList

LINE = Way("F2", N_("say"), N_("Outgoing: what the relief must know about the item under the cursor."))
ACCEPT = Way("F4", N_("accept"), N_("Incoming: accept the item under the cursor; a critical one is read back."))
GEAR = Way("F5", N_("equipment"), N_("Outgoing: what is there and what is missing."))
NOTE = Way("F6", N_("note"), N_("A note for the relief; once both have signed, an addition."))
SIGN = Way("F7", N_("sign"), N_("First the outgoing shift, then the incoming one; asks once more."))
WHO = Way("F8", N_("who is here"), N_("The relief sits down: who is at this desk now."))
CASE = Way("F3", N_("the case"), N_("Leaves the sheet for the case of the item under the cursor."))
PRINT = Way("9", N_("print"), N_("Writes it as a document and as Markdown into your folder of papers."), edge=False)
ENTER = Way("Enter", N_("next thing"), N_("What the row still lacks: say, accept; else what the sentence above says."))

FIRST: dict[Step, tuple[Way, ...]] = {
    Step.LINES: (LINE, GEAR), Step.EQUIPMENT: (GEAR,), Step.SIGN_OUT: (SIGN, NOTE), Step.ROSTER: (WHO,),
    Step.ACCEPT: (WHO, ACCEPT), Step.SIGN_IN: (WHO, SIGN), Step.DONE: (NOTE,),
}  # fmt: skip
"""The keys of each step, which the edge names first."""
DOES: dict[Doing, Way] = {
    Doing.LINE: LINE, Doing.ACCEPT: ACCEPT, Doing.EQUIPMENT: GEAR, Doing.SIGN: SIGN, Doing.WHO: WHO, Doing.CASE: CASE,
}  # fmt: skip
"""The key of what a step asks for, which the sentence above the list names."""


class HandoverSheet(WorkedSheet[UUID, Entry]):
    """Whoever is at the desk does their part; F8 lets the relief sit down. Result: the case to go to."""

    BINDINGS = [
        Binding("f2", "line", show=False),
        Binding("f3", "case", show=False),
        Binding("f4", "accept", show=False),
        Binding("f5", "equipment", show=False),
        Binding("f6", "note", show=False),
        Binding("f7", "sign", show=False),
        Binding("f8", "who", show=False),
        Binding("9", "print", show=False),
    ]
    OPENS = frozenset({"9"})
    ABOUT = 3
    opened_by = ("handover",)

    def __init__(
        self, context: DialogContext, file: HandoverFile, doings: HandoverDoings, *, refusal: Message | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """``refusal`` = why nothing can be written here; ``changed`` is called when something was."""
        super().__init__(context, classes="-handover -reasons", refusal=refusal, changed=changed)
        self._file = file
        self._doings = doings

    # -- what it says of itself ----------------------------------------------------------------
    def title_text(self) -> str:
        """What it is."""
        return self._words.t("Handover")

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
    def refusal(self) -> Message | None:
        """None once the relief sits here: what they may do is theirs."""
        return None if self._doings.member else super().refusal

    # -- what stands in it ---------------------------------------------------------------------
    def columns(self, sight: Sight) -> Sequence[Column]:
        """What it is, and what both have said of it."""
        return handover_columns(sight)

    def items(self, sight: Sight) -> Sequence[Entry]:
        """The open items, the equipment, the notes."""
        return list(entries(self._file, sight))

    def row(self, item: Entry, sight: Sight) -> Row:
        """As it stands now."""
        return handover_row(item, sight)

    def key_of(self, item: Entry) -> Hashable:
        """Its number; a heading by what is below it."""
        return key_of(item)

    def head(self, sight: Sight, room: int) -> Sequence[Cell]:
        """Who hands over to whom, and what comes next with which key."""
        asked = asked_of(self._file, self._doings.member)
        return head_lines(self._file, sight, room, DOES[asked].key if asked is not None else "")

    def about(self, item: Entry | None, sight: Sight) -> Sequence[str]:
        """All that is known of it."""
        return list(about_lines(item, sight))

    async def look(self) -> bool:
        """The handover as it is now, or the one signed here."""
        handovers, signed = self._given.house.handovers, self._doings.signed
        self._file = await self._given.submit(
            partial(handovers.file, signed) if signed is not None else handovers.current
        )
        return True

    # -- keys ----------------------------------------------------------------------------------
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
            self.begin(lambda: self._doings.line(item))

    def action_accept(self) -> None:
        """The incoming officer accepts it, and the cursor goes to the next one."""
        item = None if self._is_taken else self._item
        if item is not None:
            self.begin(lambda: self._accept(item))

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
            self.begin(lambda: self._doings.equipment(self._file))

    def action_note(self) -> None:
        """A note."""
        self.begin(lambda: self._doings.note(self._file))

    def action_sign(self) -> None:
        """Sign for the shift whose turn it is."""
        self.begin(lambda: self._doings.sign(self._file))

    def action_who(self) -> None:
        """Who is at this desk now."""
        self.begin(lambda: self._doings.who(self._file))

    def action_print(self) -> None:
        """The paper."""
        self.begin(lambda: self._doings.print_out(self._file), reads=True)

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

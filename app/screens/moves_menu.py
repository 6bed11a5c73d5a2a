"""Everything that can be done to one case: possible moves first, the rest greyed with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.commands import BY_ID, Command, Need
from app.domain.message import N_, Message
from app.domain.moves import MOVES, Action, Move
from app.domain.next_step import next_step, out_of_reach, why_not
from app.domain.permissions import roles_of
from app.render.board import case_number
from app.render.rows import Column, Row, Tone, one
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.screens.answering import Answering
from app.screens.seat import Seat
from app.widgets.row_list import RowList
from app.widgets.titles import painted

if TYPE_CHECKING:
    from app.services.whistles import CaseFile

CHOOSES = Way("Enter", N_("chooses"), N_("Opens the form of the move under the cursor; nothing is written yet."))
BESIDE = tuple(BY_ID[name] for name in ("report_form", "case_print", "plan_case"))
"""Done from the menu too, though they are no moves of the case."""
LEFT_OUT = frozenset({Action.DRAFT, Action.UNDO})
"""Not done from the menu: a draft is a new case, undo has its own key and question."""


class MovesMenu(Answering[Action | str | None]):
    """Enter chooses; a letter of the list's own is not needed, so that it works with an input method on."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [Binding("escape,f10", "leave", show=False)]
    opened_by: ClassVar[tuple[str, ...]] = ("moves",)
    AUTO_FOCUS = "#list"

    def __init__(self, seat: Seat, file: CaseFile) -> None:
        super().__init__(classes="sheet -list")
        self._seat = seat
        self._file = file
        self._words = seat.words
        self._list: RowList[Move | Command] = RowList(id="list", titles=False)

    def compose(self) -> ComposeResult:
        """One list."""
        box = Vertical(id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        with box:
            yield self._list

    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (CHOOSES, BACK, MOVE)

    def title_text(self) -> str:
        """Which case it is about."""
        return self._words.t("{case}: all moves", case=case_number(self._file.case.whistle, self._words))

    beside: ClassVar[Sequence[Command]] = BESIDE
    """Commands below the moves."""

    def moves(self) -> list[Move]:
        """The moves in their order."""
        step = next_step(self._file.case)
        likely = step.action if step else None
        moves = [move for move in MOVES if move.action not in LEFT_OUT]
        moves.sort(key=lambda move: (self.reason(move) is not None, move.action is not likely))
        return moves

    def on_mount(self) -> None:
        """The likely one first, then what else is possible, in the order of the life cycle."""
        room = 20 if self._words.language == "zh" else 28
        self._list.set_columns((Column("move", "", room, 9), Column("about", "", 20, 8, most=999)))
        self._list.sync([*self.moves(), *self.beside], self._row, _key)

    def reason(self, move: Move) -> Message | None:
        """Why a move cannot be made now; None when it can."""
        refused = self._refused()
        if refused is not None or self._seat.actor is None:
            return refused
        reason = why_not(self._file.case, move) or out_of_reach(move, self._seat.actor)
        if reason is None and move not in self._file.possible:
            return Message("The case already runs under the current plan.")
        return reason

    def _refused(self) -> Message | None:
        """Why nothing at all can be written here."""
        if self._seat.read_only:
            return Message("Read only: {why}", {"why": Message(self._seat.read_only)})
        if self._seat.actor is None:
            return Message("Say first who is on duty: {key}.", {"key": self._seat.keymap.way("duty")})
        return None

    def _out_of_reach(self, command: Command) -> Message | None:
        """Why a command cannot be done; what only reads can always be."""
        return self._refused() if Need.WRITE in command.needs else None

    def about(self, move: Move) -> str:
        """A word about a move that can be made: whose it is."""
        return self._words.listed(roles_of(move))

    def _row(self, move: Move | Command) -> Row:
        if isinstance(move, Command):
            why = self._out_of_reach(move)
            return Row(move.id, {
                "move": one(self._words.t(move.title), Tone.QUIET if why else Tone.STRONG),
                "about": one(self._words.say(why) if why else self._words.t(move.help), Tone.QUIET),
            })  # fmt: skip
        reason = self.reason(move)
        about = self._words.say(reason) if reason else self.about(move)
        return Row(move.action, {
            "move": one(self._words.t(move.label), Tone.QUIET if reason else Tone.STRONG),
            "about": one(about, Tone.QUIET),
        })  # fmt: skip

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Close with the move, if it can be made."""
        move = self._list.chosen
        if isinstance(move, Command):
            if event.key == move.id and self._out_of_reach(move) is None:
                self.dismiss(move.id)
        elif move is not None and event.key == move.action and self.reason(move) is None:
            self.dismiss(move.action)

    def action_leave(self) -> None:
        """Back without a move."""
        self.dismiss(None)


def _key(row: Move | Command) -> str:
    return row.id if isinstance(row, Command) else row.action

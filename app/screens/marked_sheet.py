"""What a move for many cases did not do, case by case, with the reasons, and what can be done with the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.domain.message import N_, Message
from app.render.board import case_number
from app.render.rows import Column, Row, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.titles import painted

if TYPE_CHECKING:
    from app.screens.dialogs.marked import Refusal
    from app.services.whistles import CaseFile

AGAIN, NOTE = "again", "note"
"""What can be answered beside going back."""
ONCE_MORE = Way("F4", N_("once more"), N_("The same answers again, for those that can still take them."))
KEEP = Way("F7", N_("keep the words"), N_("Writes what you typed as a note into each of these cases."))
ABOUT = 3
"""Lines for the whole reason."""


class MarkedSheet(Answering[str | None]):
    """Shows; Enter or Esc goes back. Result: ``AGAIN`` with the same answers, ``NOTE`` the words, or None."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,enter,f10", "leave", show=False, priority=True),
        Binding("f4", "again", show=False),
        Binding("f7", "note", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, title: Message, refused: Sequence[Refusal], files: Sequence[CaseFile], sight: Sight, *,
                 again: bool = False, words: str = "") -> None:  # fmt: skip
        """``again`` = some of them can still take the move; ``words`` = what was typed and not sent to all."""
        super().__init__(classes="sheet -list -reasons")
        self._title = title
        self._refused = refused
        self._files = {file.case.whistle.id: file for file in files}
        self._sight = sight
        self._again = again
        self._said = words
        self._list: RowList[Row] = RowList(id="list", titles=False)

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What was not done."""
        return self._sight.say(self._title)

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        again = (ONCE_MORE,) if self._again else ()
        return (*again, *((KEEP,) if self._said else ()), BACK, MOVE)

    def compose(self) -> ComposeResult:
        """One list."""
        box = Vertical(id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        with box:
            yield self._list
            yield Lines(id="about")

    def on_mount(self) -> None:
        """A row for each refusal."""
        self._list.set_columns((
            Column("case", "", 8, 10), Column("reason", "", 30, 9, most=60), Column("title", "", 16, 8, most=999),
        ))  # fmt: skip
        rows = [self._row(place, refusal) for place, refusal in enumerate(self._refused)]
        self._list.sync(rows, lambda row: row, lambda row: row.key)
        self.call_after_refresh(self._about)

    def on_row_list_moved(self, _event: RowList.Moved) -> None:
        """All of the reason under the cursor."""
        self._about()

    def on_resize(self) -> None:
        """It wraps at another width."""
        self.call_after_refresh(self._about)

    def _about(self) -> None:
        about, place = self.query_one("#about", Lines), self._list.cursor
        refusal = self._refused[place] if isinstance(place, int) else self._refused[0]
        lines = wrap(self._reason(refusal), max(20, about.size.width), most=ABOUT)
        about.show([one(line, Tone.SOON) for line in (*lines, *[""] * ABOUT)][:ABOUT])

    def _reason(self, refusal: Refusal) -> str:
        reason = self._sight.say(refusal.reason)
        return f"{self._sight.short(refusal.department)}: {reason}" if refusal.department else reason

    def _row(self, place: int, refusal: Refusal) -> Row:
        file = self._files.get(refusal.whistle_id)
        number = case_number(file.case.whistle, self._sight.words) if file else ""
        return Row(place, {
            "case": one(number, Tone.STRONG), "reason": one(self._reason(refusal), Tone.SOON),
            "title": one(file.row.title if file else "", Tone.QUIET),
        })  # fmt: skip

    def action_again(self) -> None:
        """The same answers once more, for those that can still take them."""
        if self._again:
            self.dismiss(AGAIN)

    def action_note(self) -> None:
        """The words into each of the cases."""
        if self._said:
            self.dismiss(NOTE)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

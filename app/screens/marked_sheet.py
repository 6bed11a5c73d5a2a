"""What a move for many cases did not do, case by case, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.render.board import case_number
from app.render.rows import Column, Row, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.screens.answering import Answering
from app.widgets.row_list import RowList
from app.widgets.titles import painted

if TYPE_CHECKING:
    from app.screens.dialogs.marked import Refusal
    from app.services.whistles import CaseFile


class MarkedSheet(Answering[None]):
    """Only shows; Enter or Esc goes back."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [Binding("escape,enter,f10", "leave", show=False, priority=True)]
    AUTO_FOCUS = "#list"

    def __init__(self, title: str, refused: Sequence[Refusal], files: Sequence[CaseFile], sight: Sight) -> None:
        super().__init__(classes="sheet -list")
        self._title = title
        self._refused = refused
        self._files = {file.case.whistle.id: file for file in files}
        self._sight = sight
        self._list: RowList[Row] = RowList(id="list", titles=False)

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What was not done."""
        return self._title

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (BACK, MOVE)

    def compose(self) -> ComposeResult:
        """One list."""
        box = Vertical(id="box")
        box.border_title = painted(one(self._title))
        box.border_subtitle = self.edge()
        with box:
            yield self._list

    def on_mount(self) -> None:
        """A row for each refusal."""
        self._list.set_columns((
            Column("case", "", 8, 10), Column("reason", "", 30, 9, most=60), Column("title", "", 16, 8, most=999),
        ))  # fmt: skip
        rows = [self._row(place, refusal) for place, refusal in enumerate(self._refused)]
        self._list.sync(rows, lambda row: row, lambda row: row.key)

    def _row(self, place: int, refusal: Refusal) -> Row:
        file = self._files.get(refusal.whistle_id)
        number = case_number(file.case.whistle, self._sight.words) if file else ""
        reason = self._sight.say(refusal.reason)
        if refusal.department:
            reason = f"{self._sight.short(refusal.department)}: {reason}"
        return Row(place, {
            "case": one(number, Tone.STRONG), "reason": one(reason, Tone.SOON),
            "title": one(file.row.title if file else "", Tone.QUIET),
        })  # fmt: skip

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

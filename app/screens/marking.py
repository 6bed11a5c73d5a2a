"""The part of a mode that knows the marked cases: kept by id, counted in the title, taken away by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.message import Message
from app.render.rows import Cell, Piece, Tone
from app.screens.narrowed import NarrowedScreen

if TYPE_CHECKING:
    from app.widgets.row_list import RowList


class MarkedScreen(NarrowedScreen):
    """Marks belong to cases, not to rows: a filter, a page or a refresh takes none of them away."""

    def retouch(self) -> None:
        """Draw again what depends on the time."""
        raise NotImplementedError

    @property
    def marked(self) -> tuple[UUID, ...]:
        """Ids of the marked cases: those of the list in its order, then the others."""
        if not self.seat.marks:
            return ()
        here = [key for key in self.board.marks if isinstance(key, UUID)]
        return (*here, *sorted(self.seat.marks.difference(here)))

    def marked_cell(self) -> Cell:
        """How many are marked and how many of them are not in the list, for the title; empty without marks."""
        words, marks = self.seat.words, self.seat.marks
        if not marks:
            return ()
        away = len(marks) - len(self.board.marks)
        said = words.t("marked {n}", n=len(marks))
        if away:
            said = words.t("marked {n}, {away} not in this list", n=len(marks), away=away)
        return (Piece(" · ", Tone.QUIET), Piece(said, Tone.ACCENT))

    def mark(self) -> None:
        """Mark the case under the cursor, or take its mark away."""
        self.board.action_mark()

    def mark_all(self) -> None:
        """Mark all that are shown, or none."""
        self.board.action_mark_all()

    def unmark(self) -> bool:
        """Take every mark away; whether there was one."""
        if not self.seat.marks:
            return False
        self.seat.marks.clear()
        self.board.retouch()
        self._marks_changed()
        self.say(Message("Nothing is marked any more."))
        return True

    def marks_done(self, done: set[UUID]) -> None:
        """These are done; the others stay marked."""
        self.seat.marks.difference_update(done)
        self.board.retouch()
        self._marks_changed()

    def on_row_list_marked(self, event: RowList.Marked) -> None:
        """Count them anew."""
        if event.rows is self.board:
            self._marks_changed()

    def _marks_changed(self) -> None:
        if self.sight is not None:
            self.retouch()
        self.show_hints()

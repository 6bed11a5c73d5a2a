"""Mode 5, 提醒: what waits for an answer, what was missed, what comes, what is over; beside it the case it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from app.domain.text import normalise_width
from app.render.rows import Cell, Piece, Tone, one
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.render.board import CaseRow
    from app.render.reminder_rows import Item


class RemindersMode(ModeScreen):
    """List left, the case it is about right; on a small screen the list, and the case behind Enter."""

    mode_id = "reminders"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._board: RowList[Any] = RowList(id="board")

    def panes(self) -> ComposeResult:
        """The body."""
        with Horizontal(id="body", classes="-whistles"):
            with Vertical(id="middle"):
                yield self._board
            yield self.case_panes

    @property
    def chosen(self) -> Item | None:
        """What is under the cursor."""
        return self._board.chosen if self.is_mounted else None

    @property
    def selected(self) -> UUID | None:
        """The case that the reminder under the cursor is about."""
        from app.domain.notice_file import NoticeFile, ReminderFile

        item = self.chosen
        if isinstance(item, NoticeFile):
            return item.notice.whistle_id
        return item.reminder.whistle_id if isinstance(item, ReminderFile) else None

    @property
    def in_reach(self) -> UUID | None:
        """The same: what is not in the list is not acted on."""
        return self.selected

    def wanted(self) -> Wanted:
        """What comes and what is over too."""
        return Wanted(self.selected, reminders=True)

    def rows(self) -> list[CaseRow]:
        """No cases of its own."""
        return []

    def speak_panes(self) -> None:
        """Columns, titles and empty texts."""
        words = self.seat.words
        ready = self.sight is not None
        self._board.set_title(one(words.t("Reminders")))
        if ready:
            from app.render.reminder_rows import reminder_columns
            from app.render.teaching import no_reminder

            self._board.set_columns(reminder_columns(words), no_reminder(words, self.seat.keymap.way("remind")))
        self.case_panes.speak(words, ready=ready, way=self.seat.keymap.way)

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        if not fresh.only_case:
            self.retouch()
        if self.sight is not None and fresh.selected == self.selected:
            self.case_panes.show(self.file if self.selected else None, self.sight)

    def retouch(self) -> None:
        """The list with the clocks as they are now."""
        sight, duty = self.sight, self.seat.duty
        if sight is None or duty is None:
            return
        from app.render.reminder_rows import engine_line, items, key_of, reminder_row

        shown = [
            item
            for item in items(duty.live, duty.later or (), duty.ended or ())
            if isinstance(item, str) or self._fits(item)
        ]
        shown = [item for n, item in enumerate(shown) if not isinstance(item, str) or _has_rows(shown, n)]
        title: Cell = (Piece(sight.t("Reminders") + " "), Piece(str(len(duty.live)), Tone.STRONG))
        house = self.seat.open_house()
        own = self.seat.engine.owner if self.seat.engine is not None else ""
        title = (*title, Piece(" · "), *engine_line(duty.engines, own, house.clock.wall(), sight))
        if self.needle:
            title = (*title, Piece(" " + sight.t("· search “{needle}”", needle=self.needle), Tone.ACCENT))
        self._board.set_title(title)
        self._board.sync(shown, lambda item: reminder_row(item, sight), key_of)
        self.case_panes.retouch(sight)

    def _fits(self, item: Item) -> bool:
        """Whether every word that is searched for stands in the row."""
        if not self.searched or self.sight is None:
            return True
        from app.render.reminder_rows import reminder_row

        cells = reminder_row(item, self.sight).cells.values()
        text = normalise_width(" ".join(piece.text for cell in cells for piece in cell)).casefold()
        return all(word in text for word in normalise_width(self.searched).casefold().split())

    def deadlines(self) -> Iterable[timedelta]:
        """Nothing runs in the list itself."""
        return self.case_panes.deadlines() if self.sight is not None else ()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter on what waits: answer it. On a department or an entry Textual goes on to what every mode does."""
        self._answer_instead(event)

    def on_row_list_asked(self, event: RowList.Asked) -> None:
        """A right click does the same."""
        self._answer_instead(event)

    def _answer_instead(self, event: RowList.Moved) -> None:
        if event.rows.id == "board":
            event.prevent_default()
            self.post_message(self.Do("answer"))


def _has_rows(shown: list[Item], heading: int) -> bool:
    """Whether anything stands under a heading."""
    return heading + 1 < len(shown) and not isinstance(shown[heading + 1], str)

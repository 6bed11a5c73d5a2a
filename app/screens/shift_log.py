"""Mode 6, 日志: the log of a shift, what was written and what happened elsewhere; beside it the case it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from app.domain.text import normalise_width
from app.render.rows import Cell, Piece, Tone, one
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, LogWish, Seat, Wanted
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.domain.shift_log import LogLine
    from app.render.board import CaseRow
    from app.services.shift_log import LogPage


class LogMode(ModeScreen):
    """The log as one list, the latest below; ← → go from shift to shift. The case of a line stands behind Enter."""

    mode_id = "log"
    BINDINGS = [
        Binding("left", "shift(-1)", show=False),
        Binding("right", "shift(1)", show=False),
    ]

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._board: RowList[Any] = RowList(id="board")
        self._wish = LogWish()
        self._page: LogPage | None = None
        self._quiet = False
        """Whether reminders are shown too."""
        self._to_end = True
        """The cursor goes to the latest line: at the first look, and after an entry was written."""

    def panes(self) -> ComposeResult:
        """The body."""
        with Horizontal(id="body", classes="-log"):
            with Vertical(id="middle"):
                yield self._board
            yield self.case_panes

    # -- what is chosen ----------------------------------------------------------------------
    @property
    def chosen(self) -> LogLine | None:
        """What is under the cursor."""
        key = self._board.cursor if self.is_mounted else None
        lines = self._page.lines if self._page is not None else ()
        return next((line for line in lines if line.event.id == key), None)

    @property
    def selected(self) -> UUID | None:
        """The case that the line under the cursor is about."""
        line = self.chosen
        if line is None:
            return None
        return (line.entry.whistle_id if line.entry else None) or line.event.whistle_id

    @property
    def in_reach(self) -> UUID | None:
        """The same: what is not in the list is not acted on."""
        return self.selected

    def wanted(self) -> Wanted:
        """The stretch that is shown, or a step from it."""
        return Wanted(self.selected, log=self._wish)

    def rows(self) -> list[CaseRow]:
        """No cases of its own."""
        return []

    # -- filling -----------------------------------------------------------------------------
    def speak_panes(self) -> None:
        """Columns, titles and empty texts."""
        words = self.seat.words
        ready = self.sight is not None
        self._board.set_title(one(words.t("Shift log")))
        if ready:
            from app.render.shift_log import log_columns
            from app.render.teaching import no_log

            self._board.set_columns(log_columns(words), no_log(words, self.seat.keymap.way("log")))
        self.case_panes.speak(words, ready=ready, way=self.seat.keymap.way)

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        if fresh.log is not None:
            turned = self._page is None or fresh.log.since != self._page.since
            self._page = fresh.log
            running = self.sight is not None and fresh.log.since <= self.sight.now < fresh.log.until
            self._wish = LogWish() if running else LogWish(fresh.log.since, fresh.log.until)
            self._to_end |= turned
        if not fresh.only_case:
            self.retouch()
        if self.sight is not None and fresh.selected == self.selected:
            self.case_panes.show(self.file if self.selected else None, self.sight)

    def retouch(self) -> None:
        """The list as it reads now."""
        sight, page = self.sight, self._page
        if sight is None or page is None:
            return
        from app.render.shift_log import log_rows, what_width

        lines = [line for line in page.lines if self._fits(line)]
        room = what_width(self._board.fitted, self._board.size.width)
        rows = log_rows(lines, sight, room, quiet=self._quiet or bool(self.searched))
        self._board.set_title(self._title(page))
        self._board.sync(rows, lambda row: row, lambda row: row.key)
        if self._to_end and rows:
            self._to_end = False
            self._board.action_edge(1)
        self.case_panes.retouch(sight)

    def _title(self, page: LogPage) -> Cell:
        sight = self.sight
        assert sight is not None
        from app.render.shift_log import span_words

        reminders = sum(line.quiet for line in page.lines)
        span = span_words(page.since, page.until, page.shift, sight)
        title: Cell = (Piece(sight.t("Shift log") + " "), Piece(span, Tone.STRONG))
        title = (*title, Piece(" " + sight.t("{n} lines", n=len(page.lines) - reminders)))
        if page.open:
            title = (*title, Piece(" · " + sight.t("{n} open", n=len(page.open)), Tone.SOON))
        if reminders and not self._quiet:
            key = self.seat.keymap.way("reminders")
            title = (*title, Piece(" · " + sight.t("{n} reminders, see {key}", n=reminders, key=key), Tone.QUIET))
        if self.needle:
            title = (*title, Piece(" " + sight.t("· search “{needle}”", needle=self.needle), Tone.ACCENT))
        return (*title, Piece("  " + ("<- ->" if sight.glyphs.ascii else "← →"), Tone.QUIET))

    def _fits(self, line: LogLine) -> bool:
        """Whether every word that is searched for stands in the line."""
        if not self.searched or self.sight is None:
            return True
        from app.render.shift_log import searched_words

        text = normalise_width(searched_words(line, self.sight)).casefold()
        return all(word in text for word in normalise_width(self.searched).casefold().split())

    def deadlines(self) -> Iterable[timedelta]:
        """Nothing runs in the list itself."""
        return self.case_panes.deadlines() if self.sight is not None else ()

    # -- keys --------------------------------------------------------------------------------
    def action_shift(self, step: int) -> None:
        """The shift before, or after."""
        page = self._page
        if page is not None:
            self._wish = LogWish(page.since, page.until, step)
            self.post_message(self.Look(lists=True))

    def toggle_reminders(self) -> None:
        """Those about reminders too, or not."""
        self._quiet = not self._quiet
        self.retouch()

    def to_latest(self) -> None:
        """An entry was written: to the shift that runs, and to its last line."""
        self._wish, self._to_end = LogWish(), True

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter: an entry that is open is closed, another one put right; of what happened elsewhere the case."""
        line = self.chosen
        if event.rows.id == "board" and line is not None and (line.entry is not None or self.selected is None):
            event.prevent_default()
            self.post_message(self.Do("log_line"))

    def on_row_list_asked(self, event: RowList.Asked) -> None:
        """A right click does the same on an entry."""
        line = self.chosen
        if event.rows.id == "board" and line is not None and (line.entry is not None or self.selected is None):
            event.prevent_default()
            self.post_message(self.Do("log_line"))

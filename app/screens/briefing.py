"""Mode 4, 晨会: the next briefing of a unit as it would be now; every number opens the list that it counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus

from app.render.rows import one
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.domain.briefing import Section
    from app.domain.briefing_file import BriefingFile
    from app.render.board import CaseRow
    from app.render.briefing_changes import Since
    from app.render.briefing_rows import Entry, Item


HOLD, NEXT, SIGNED = "hold", "next", "signed"
"""Rows of the left list that do something, as ``briefing_rows`` calls them: it is imported once there is a briefing."""


class BriefingMode(ModeScreen):
    """Sections and numbers left, what they say or count right; the case of a line stands behind Enter."""

    mode_id = "briefing"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._board: RowList[Any] = RowList(id="board", titles=False)
        self._lines: RowList[Any] = RowList(id="sheet", titles=False)
        self.briefing: BriefingFile | None = None
        """What is shown; a note, and who signs, are about this."""
        self.since: Since | None = None
        """What changed in it since it was looked at last; None when nothing did."""
        self.point_at = ""
        """A row of the left list to which the cursor goes once it stands there."""

    def panes(self) -> ComposeResult:
        """The body."""
        with Horizontal(id="body", classes="-briefing"):
            with Vertical(id="middle"):
                yield self._board
            yield self._lines
            yield self.case_panes

    # -- what is chosen ----------------------------------------------------------------------
    @property
    def chosen(self) -> Entry | None:
        """The section or number under the cursor."""
        return self._board.chosen if self.is_mounted else None

    @property
    def section(self) -> Section | None:
        """The section under the cursor."""
        return self.chosen.section if self.chosen is not None else None

    @property
    def selected(self) -> UUID | None:
        """The case of the line under the cursor, while the lines have the keys or the case is shown."""
        item: Item | None = self._lines.chosen if self.is_mounted else None
        reading = self.is_mounted and (self._lines.has_focus or self.has_class("-detail"))
        return item.case if item is not None and reading else None

    @property
    def in_reach(self) -> UUID | None:
        """The same."""
        return self.selected

    def wanted(self) -> Wanted:
        """The briefing of the unit."""
        return Wanted(self.selected, briefing=self.seat.briefing_unit, briefing_next=self.seat.briefing_next)

    def rows(self) -> list[CaseRow]:
        """No cases of its own."""
        return []

    # -- filling -----------------------------------------------------------------------------
    def speak_panes(self) -> None:
        """Columns, titles and empty texts."""
        words = self.seat.words
        ready = self.sight is not None
        self._board.set_title(one(words.t("Morning briefing")))
        if ready:
            from app.render.briefing_rows import briefing_columns

            self._board.set_columns(briefing_columns())
            self._lines.set_columns(briefing_columns())
        self.case_panes.speak(words, ready=ready, way=self.seat.keymap.way)

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        if fresh.briefing is not None:
            from app.render.briefing_changes import since

            before, file = self.briefing, fresh.briefing
            self.briefing = file
            look = self.seat.look_of(file)
            self.since = None if file.signed else since(look.sheet, look.at, file.sheet)
            if before is not None and (before.signed, before.until) != (file.signed, file.until):
                self._board.call_next(self._board.to_visible)  # the row that led here is not there any more
        if not fresh.only_case:
            self.retouch()
        if self.sight is not None and fresh.selected == self.selected:
            self.case_panes.show(self.file if self.selected else None, self.sight)

    def retouch(self) -> None:
        """Both lists as they read now."""
        sight, file = self.sight, self.briefing
        if sight is None or file is None:
            return
        from app.render.briefing_rows import entries, entry_row, title_cell

        self._board.set_title(title_cell(file, sight))
        rows = entries(file, self.since, coming=self.seat.briefing_next)
        self._board.sync(rows, lambda entry: entry_row(entry, file, sight, self.since), lambda entry: entry.key)
        if self.point_at in self._board.keys:
            self._board.move_to(self.point_at)
            self.point_at = ""
        self._read_out()
        self.case_panes.retouch(sight)

    def _read_out(self) -> None:
        """The lines of the row under the cursor."""
        sight, file, entry = self.sight, self.briefing, self.chosen
        if sight is None or file is None or entry is None:
            return
        from app.render.briefing_rows import items, lines_title

        room = self._lines.scrollable_content_region.width or self.size.width - 1  # hidden, it will have all of it
        found = items(entry, file, sight, max(10, room - 2), self.since)
        self._lines.set_title(lines_title(entry, file, sight, self.since))
        self._lines.sync(found, lambda item: item.row, lambda item: item.row.key)

    def deadlines(self) -> Iterable[timedelta]:
        """Nothing runs in the lists."""
        return self.case_panes.deadlines() if self.sight is not None else ()

    # -- keys --------------------------------------------------------------------------------
    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another section: its lines; another line: its case."""
        if event.rows is self._board:
            self._lines.forget()
            self._read_out()
        elif event.rows is self._lines:
            self.call_after_refresh(self.post_message, self.Look())

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The lines have the keys now: the case of the line under the cursor."""
        if event.widget is self._lines:
            self.post_message(self.Look())

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter: the briefing is held; into the lines; there into the case of the line."""
        if event.rows is self._board:
            event.prevent_default()
            chosen = self.chosen.other if self.chosen is not None else ""
            if chosen == HOLD:
                self.post_message(self.Do("briefing_present"))
                return
            if chosen in (NEXT, SIGNED):
                self.seat.briefing_next = chosen == NEXT
                self.post_message(self.Look(whole=True))
                return
            self.add_class("-reading")
            self._lines.focus()
        elif event.rows is self._lines:
            event.prevent_default()
            if self.selected is not None:
                self.add_class("-detail")
                self.case_panes.first_pane().focus()
                self.post_message(self.Look())

    def on_row_list_asked(self, event: RowList.Asked) -> None:
        """A right click does the same."""
        if event.rows in (self._board, self._lines):
            event.prevent_default()

    def action_back(self) -> None:
        """Esc: out of the case, out of the lines, then as everywhere."""
        if self.has_class("-detail"):
            self.remove_class("-detail")
            self._lines.focus()
            return
        self.remove_class("-reading")
        super().action_back()

    def on_screen_suspend(self) -> None:
        """Gone to another mode: what stood here has been looked at. Below a dialog it is still being looked at."""
        if self.app.current_mode != self.mode_id and self.briefing is not None:
            self.seat.look_again(self.briefing)

    def on_resize(self) -> None:
        """Words wrap at another width."""
        self.call_after_refresh(self._read_out)

"""What every mode shares: header, status and hint lines, search, and how panes are spoken, filled and ticked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message as TextualMessage
from textual.widget import Widget
from textual.widgets import Input

from app.commands import Situation
from app.domain.message import Message
from app.screens.case_panes import CasePanes
from app.screens.going import GoingScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.screens.signs import is_text
from app.widgets.lines import Lines
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.render.board import CaseRow
    from app.screens.zoom import Zoom


class ModeScreen(GoingScreen):
    """One mode. Subclasses give the panes and fill them; the app tells them when."""

    mode_id = ""
    AUTO_FOCUS = "#board"
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (150, "-wide"), (190, "-huge")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    BINDINGS = [Binding("escape", "back", show=False)]

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.case_panes = CasePanes()
        self._zoom: Zoom | None = None
        self._zoom_said = 0

    # -- what a mode is made of --------------------------------------------------------------
    def panes(self) -> ComposeResult:
        """The body."""
        raise NotImplementedError

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        raise NotImplementedError

    def speak_panes(self) -> None:
        """Columns, titles and empty texts in the language of the desk."""
        raise NotImplementedError

    def retouch(self) -> None:
        """Draw again what depends on the time."""
        raise NotImplementedError

    def turn(self) -> None:
        """Time went on, nothing else: the same, for less where a mode knows what reads otherwise."""
        self.retouch()

    def deadlines(self) -> Iterable[timedelta]:
        """How long until each clock on the screen reads otherwise."""
        return ()

    def wanted(self) -> Wanted:
        """What must be read for this screen."""
        return Wanted(self.selected, needle=self.searched)

    def rows(self) -> list[CaseRow]:
        """The rows of the board, before the search."""
        raise NotImplementedError

    # -- layout ------------------------------------------------------------------------------
    def fit(self, width: int, height: int) -> None:
        """The classes of the size the screen will have, so that nothing is styled twice when it is shown."""
        across = [name for least, name in self.HORIZONTAL_BREAKPOINTS if width >= least]
        down = [name for least, name in self.VERTICAL_BREAKPOINTS if height >= least]
        self.add_class(across[-1], down[-1])

    def compose(self) -> ComposeResult:
        """Header, body, one line for sentences and search, one for hints."""
        yield Lines([self.opening_line()], id="header")
        yield from self.panes()
        yield Lines(id="status")
        yield Lines(id="hints")

    @property
    def board(self) -> RowList[Any]:
        """The list of cases."""
        return self.query_one("#board", RowList)

    def home(self) -> Widget | None:
        """The list, whatever else was hidden."""
        return self.board if self.is_mounted else None

    @property
    def selected(self) -> UUID | None:
        """The case under the cursor; stays when the case leaves the list."""
        key = self.board.cursor if self.is_mounted else None
        return key if isinstance(key, UUID) else None

    @property
    def in_reach(self) -> UUID | None:
        """The case that a key acts on; where search or filter leave nothing in the list, none."""
        nothing_found = self.is_mounted and not self.board.keys and bool(self.searched or self.seat.narrowed)
        return None if nothing_found else self.selected

    async def on_mount(self) -> None:
        """The frame before anything was read, or at once the last picture."""
        if self.seat.view is not None:
            await self.furnish()
        self.speak()

    async def furnish(self) -> None:
        """The panes that may come after the very first frame."""
        await self.case_panes.furnish()

    # -- told by the app ---------------------------------------------------------------------
    def speak(self, fresh: Fresh | None = None) -> None:
        """Everything in the language, glyphs and names as they are now, over what was just read or the last picture."""
        self.sight = self.seat.sight()
        self.speak_panes()
        self.speak_search()
        if self.seat.view is not None:
            self.fill(fresh or Fresh(self.seat.view, self.selected, self.file))
        self.show_lines()

    def show(self, fresh: Fresh) -> None:
        """Something was read."""
        self.sight = self.seat.sight()
        if fresh.selected == self.selected:
            self.file = fresh.file
        typed = fresh.found is not None and (self.hits is None or self.hits.needle != fresh.found.needle)
        self.hits = fresh.found or (self.hits if self.searched else None)
        self.fill(fresh)
        if typed:
            self.board.to_visible()
        if self.seat.go_to in self.board.keys:
            self.board.move_to(self.seat.go_to)
            self.seat.go_to = None
        self.show_lines()

    def tick(self) -> timedelta:
        """Draw the clocks again; returns how long they now stay true."""
        self.sight = self.seat.sight()
        if self.sight is None or not self.query("#header"):  # nothing was read yet, or the desk is going down
            return timedelta(seconds=1)
        self.turn()
        self.show_header()
        local = self.sight.now.astimezone(self.sight.zone)
        minute = timedelta(seconds=60 - local.second, microseconds=-local.microsecond)
        return min([minute, *self.deadlines()])

    def situation(self) -> Situation:
        """What is on the screen now."""
        file = self.file if self.file and self.file.case.whistle.id == self.in_reach else None
        step = None
        if file is not None:
            from app.domain.next_step import next_step

            step = next_step(file.case)
        entry = self.case_panes.entry
        return Situation(self.mode_id, self.seat.view is not None, self.seat.read_only, self.seat.actor, file, step,
                         entry.id if entry else None, self.case_panes.chosen_departments(), self.marked,
                         keymap=self.seat.keymap)  # fmt: skip

    # -- the cursor --------------------------------------------------------------------------
    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another case: once the cursor is painted, read it; the answer comes with its number (decisions 32)."""
        if event.rows.id == "board":
            self.call_after_refresh(self.post_message, self.Look())

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter: into the case; on a department, record for it; on an entry, all its words."""
        if event.rows.id == "board":
            self.unzoom()
            self.add_class("-detail")
            self.case_panes.first_pane().focus()
            self.show_status()
        elif event.rows.id == "departments":
            self.post_message(self.Do("record"))
        elif event.rows.id == "timeline":
            self.post_message(self.Do("entry"))

    def on_row_list_asked(self, event: RowList.Asked) -> None:
        """A right click: every move of the case; on a department, record for it."""
        if event.rows.id in ("board", "timeline"):
            self.post_message(self.Do("moves"))
        elif event.rows.id == "departments":
            self.post_message(self.Do("record"))

    def refill(self) -> None:
        """The panes again from the last picture."""
        if self.seat.view is not None:
            self.fill(Fresh(self.seat.view, self.selected, self.file))

    # -- keys --------------------------------------------------------------------------------
    async def on_key(self, event: events.Key) -> None:
        """A Chinese character outside a field opens the search with it typed; keys after it wait until it stands."""
        if is_text(event.character) and not isinstance(self.focused, Input):
            if self.seat.view is not None:
                await self.open_search(event.character or "")
                self.post_message(self.InputMethod())
            event.stop()

    async def on_paste(self, event: events.Paste) -> None:
        """What is pasted outside a field is searched for: its first line, and the status line says so."""
        if isinstance(self.focused, Input) or self.seat.view is None:
            return
        from app.widgets.pasted import pasted_line
        from app.widgets.search import FindLine

        line, remark = pasted_line(event.text, FindLine.MOST - len(self.needle))
        if line:
            await self.open_search(line)
        self.post_message(FindLine.Remarked(remark or Message("What was pasted is searched for.")))
        event.stop()

    class InputMethod(TextualMessage):
        """A Chinese character arrived outside a field: the input method is on."""

    def zoom(self) -> None:
        """The pane with the focus alone, or all of them again."""
        pane = self.focused
        if self.unzoom() or pane is None or not (isinstance(pane, RowList) or getattr(pane, "zoomable", False)):
            return
        self.zoom_on(pane)

    def zoom_on(self, pane: Widget) -> None:
        """This pane alone, also one that has no room beside the others."""
        self.unzoom()
        from app.screens.zoom import Zoom

        self._zoom = Zoom(pane)
        self._zoom.open()
        key = self.seat.keymap.way("zoom")
        self._zoom_said = self.say(Message("This pane alone; {key} or Esc brings the others back.", {"key": key}))

    def unzoom(self) -> bool:
        """All panes again; False when they stand already."""
        zoomed, self._zoom = self._zoom, None
        if zoomed is None:
            return False
        zoomed.close()
        self.hush(self._zoom_said)
        self.refill()
        return True

    def action_back(self) -> None:
        """Esc: out of a zoomed pane, marks away, out of a search, out of the detail: one after the other."""
        if self.unzoom() or (self.board.has_focus and self.unmark()):
            return
        if self.needle and self.board.has_focus:
            self.needle = ""
            self.search()
        self.remove_class("-detail", "-grids")
        self.board.focus()
        self.show_status()

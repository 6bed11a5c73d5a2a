"""The half of a mode that decides which cases its list shows: the search and the filter, and their lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.message import Message as TextualMessage
from textual.widget import Widget
from textual.widgets import Input

from app.render.rows import Cell
from app.screens.mode_lines import ModeLines
from app.screens.seat import Seat
from app.widgets.lines import Lines
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.domain.case_filter import CaseFilter
    from app.render.board import CaseRow
    from app.screens.seat import Found
    from app.widgets.search import SearchLine


class NarrowedScreen(ModeLines):
    """Search and filter narrow the list; both are read for beside the screen, and the newest word wins."""

    class Look(TextualMessage):
        """The screen needs something read: the case under a new cursor, a page or a search, or everything."""

        def __init__(self, *, whole: bool = False, lists: bool = False) -> None:
            super().__init__()
            self.whole = whole
            self.lists = lists

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.needle = ""
        self.hits: Found | None = None
        """What was found last; what is typed now may be another word already."""

    @property
    def board(self) -> RowList[Any]:
        """The list of cases."""
        raise NotImplementedError

    def refill(self) -> None:
        """The panes again from the last picture."""
        raise NotImplementedError

    @property
    def searched(self) -> str:
        """What is searched for, empty when nothing is: marks alone are nothing to look for."""
        if not self.needle.strip():
            return ""
        from app.domain.search_text import search_words

        return self.needle.strip() if search_words(self.needle) else ""

    # -- search ------------------------------------------------------------------------------
    async def open_search(self, typed: str = "") -> None:
        """Show the search line with what was typed so far."""
        from app.widgets.search import SearchLine

        if not self.is_attached:  # the app is ending
            return
        if not self.query("#search"):
            await self.mount(SearchLine(id="search"), before="#hints")
        line = self.query_one("#search", SearchLine)
        self.query_one("#hints", Lines).display = False
        prompt = self.seat.words.t("Search")
        line.open(self.needle + typed, prompt, self._search_hint(), self.board, self._search_closed)

    def speak_search(self) -> None:
        """The open search line in the language of the desk: the word before it, and what it says while it is empty."""
        if self.query("#search"):
            from app.widgets.search import SearchLine

            self.query_one("#search", SearchLine).ask(self.seat.words.t("Search"), self._search_hint())

    def _search_hint(self) -> str:
        return self.seat.words.t("search the list, pinyin initials too · Enter keeps it · Esc shows all")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list while it is typed: what was typed is looked for beside, and the newest word wins."""
        if event.input.id == "search":
            self.needle = event.value
            self.search()

    def search(self) -> None:
        """Look for what is typed now; without a word show all again."""
        self.seat.guest = None
        if self.searched:
            self.post_message(self.Look(lists=True))
        else:
            self.hits = None
            self.refill()
            self.board.to_visible()
            self.post_message(self.Look(lists=True))

    def _search_closed(self, keep: bool) -> None:
        """Enter keeps the search, Esc shows all again."""
        if not keep:
            self.needle = ""
            self.search()
        self.query_one("#hints", Lines).display = True

    def on_search_line_stepped(self, event: SearchLine.Stepped) -> None:
        """The cursor of the list moves while the search has the keys."""
        self.board.action_move(event.step)

    def found(self, rows: Iterable[CaseRow]) -> list[CaseRow]:
        """The open cases that filter and search leave."""
        narrowed, sight = self.seat.narrowed, self.sight
        if narrowed and sight is not None:
            rows = [row for row in rows if narrowed.holds(row.whistle, row.departments, sight.now)]
        if self.searched and self.hits is not None:
            hits = self.hits.on_board
            rows = [row for row in rows if row.whistle.id in hits]
        return list(rows)

    def nothing_here(self, *, group: int | None = None) -> Cell:
        """What an empty list says: why it is empty, and which key helps."""
        from app.render.teaching import no_case, no_street

        words, way, view = self.seat.words, self.seat.keymap.way, self.seat.view
        if view is not None and not view.street.street.units:
            return no_street(words, way)
        current = self.hits is not None and self.hits.needle == self.searched
        ended = self.hits.ended if self.hits is not None and current and group is None else 0
        return no_case(words, way, needle=self.searched, narrowed=bool(self.seat.narrowed), group=group, ended=ended)

    # -- filter ------------------------------------------------------------------------------
    def narrow(self, narrowed: CaseFilter) -> None:
        """Show only such cases, in every mode, until somebody says otherwise."""
        self.seat.narrowed, self.seat.guest = narrowed or None, None
        self.refill()
        self.board.to_visible()
        self.post_message(self.Look(lists=True))

    def widen(self) -> None:
        """Every case again: no filter, no search."""
        self.needle, self.hits, self.seat.narrowed, self.seat.guest = "", None, None, None
        self.refill()
        self.board.to_visible()
        self.post_message(self.Look(lists=True))

    def show_filter(self, shown: int) -> None:
        """The chips of the filter above the list, while there is one."""
        narrowed, sight, board = self.seat.narrowed, self.sight, self.board
        if not narrowed or sight is None:
            if self.query("#filters"):
                self.query("#filters").remove()
            return
        from app.render.chips import filter_cell

        if not self.query("#filters") and isinstance(board.parent, Widget):
            board.parent.mount(Lines(id="filters"), before=board)
        self.query_one("#filters", Lines).show([filter_cell(narrowed, shown, sight, self.seat.keymap.way("widen"))])

    def on_lines_hit(self, event: Lines.Hit) -> None:
        """A click on a chip takes its condition away."""
        if event.lines.id == "filters" and self.seat.narrowed and event.piece % 2:
            conditions = self.seat.narrowed.conditions()
            if event.piece // 2 < len(conditions):
                self.narrow(self.seat.narrowed.toggled(*conditions[event.piece // 2]))

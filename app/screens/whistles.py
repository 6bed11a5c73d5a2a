"""Mode 2, 哨单: every whistle by state, the open ones and all that ever left the board, with the case beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from app.domain.case_filter import EVERY_CASE, View
from app.domain.message import N_
from app.domain.whistle import ENDED_STATES, WhistleState
from app.render.rows import Cell, Piece, Tone, one
from app.screens.archive_window import ArchiveWindow, Frame
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.services.ports import MANY, archive_key
from app.widgets.lines import Lines
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.render.board import CaseRow
    from app.render.sight import Sight
    from app.services.ports import BoardRow

W = WhistleState

GROUPS: tuple[tuple[str, frozenset[WhistleState]], ...] = (
    (N_("All"), frozenset(W)),
    (N_("To decide"), frozenset({W.DRAFT, W.PENDING_APPROVAL})),
    (N_("Under way"), frozenset({W.OPEN, W.REOPENED, W.CONSULTING, W.SUSPENDED})),
    (N_("To check"), frozenset({W.AWAITING_CHECK})),
    (N_("Closed"), frozenset({W.CLOSED, W.RATED})),
    (N_("Not pursued"), frozenset({W.REJECTED, W.WITHDRAWN, W.MERGED})),
)
"""Groups of states as the chips above the list; msgids."""
GROUPS_OF = {"drafts": 1, "to_rate": 4}
"""Where the cases of a count of the desk stand."""


class WhistlesMode(ModeScreen):
    """List left, case right; on a small screen the list, and the case behind Enter."""

    mode_id = "whistles"
    BINDINGS = [
        Binding("left", "group(-1)", show=False),
        Binding("right", "group(1)", show=False),
    ]

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._board: RowList[CaseRow] = RowList(id="board", lasting=seat.marks)
        self._archive = ArchiveWindow()
        self._group = 0
        self._edge = 0
        """Whether the cursor waits for the very first (-1) or last (1) page."""

    def panes(self) -> ComposeResult:
        """The body."""
        yield Lines(id="chips")
        with Horizontal(id="body", classes="-whistles"):
            with Vertical(id="middle"):
                yield self._board
            yield self.case_panes

    def wanted(self) -> Wanted:
        """A page of the archive too, while the group has such cases."""
        ended = GROUPS[self._group][1] & ENDED_STATES
        self._archive.show(Frame(ended, self.seat.narrowed or EVERY_CASE, self.searched))
        return Wanted(self.selected, needle=self.searched, archive=self._archive.wish(self.selected) if ended else None)

    def speak_panes(self) -> None:
        """Columns, titles and empty texts."""
        words = self.seat.words
        ready = self.sight is not None
        if ready:
            from app.render.board import board_columns

            self._board.set_columns(board_columns(words), self.nothing_here(group=self._group))
        self.case_panes.speak(words, ready=ready, way=self.seat.keymap.way)
        self._board.set_title(one(words.t("Whistles")))

    def rows(self) -> list[CaseRow]:
        """Open cases, then those that left the board, the newest first."""
        view = self.seat.view
        return [*(view.board.rows if view else ()), *self._archive.rows]

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        came = fresh.archive is not None and self._archive.take(fresh.archive)
        if not fresh.only_case:
            self.retouch()
        if came and self._edge:
            edge, self._edge = self._edge, 0
            self._board.action_edge(edge)
        if self.sight is not None and fresh.selected == self.selected:
            self.case_panes.show(self.file if self.in_reach else None, self.sight)

    def retouch(self) -> None:
        """The list and the departments with the clocks as they are now."""
        sight, view = self.sight, self.seat.view
        if sight is None or view is None:
            return
        from app.render.board import board_row, reads_so

        states, archive = GROUPS[self._group][1], self._archive
        ended: Sequence[CaseRow] = archive.rows if states & ENDED_STATES else ()
        running: list[CaseRow] = []
        if archive.at_top or not ended:  # else there are pages between the open cases and those that are here
            running = self.found(row for row in view.board.rows if row.whistle.state in states)
        shown = self.with_guest([*running, *(row for row in ended if row.whistle.state in states)])
        self._chips(sight)
        self._title(len(shown), bool(ended) and (archive.earlier or archive.later), sight)
        self.show_filter(len(shown))
        self._board.set_empty(self.nothing_here(group=self._group))
        more = (bool(ended) and archive.later, bool(ended) and archive.earlier)
        self._board.sync(shown, lambda row: board_row(row, sight), lambda row: row.whistle.id, more=more,
                         lasts=lambda row: reads_so(row, sight))  # fmt: skip
        self.case_panes.retouch(sight)

    def turn(self) -> None:
        """The rows whose clock reads otherwise, and the departments."""
        sight = self.sight
        if sight is None or self.seat.view is None:
            return
        from app.render.board import board_row, reads_so

        self._board.turn(lambda row: board_row(row, sight), lambda row: reads_so(row, sight), sight.now)
        self.case_panes.retouch(sight)

    def _title(self, shown: int, more: bool, sight: Sight) -> None:
        title: Cell = (Piece(sight.t("Whistles") + " "), Piece(f"{shown}{'+' if more else ''}", Tone.STRONG))
        title = (*title, *self.marked_cell())
        if self.needle:
            title = (*title, Piece(" " + sight.t("· search “{needle}”", needle=self.needle), Tone.ACCENT))
        self._board.set_title(title)

    def _chips(self, sight: Sight) -> None:
        pieces: list[Piece] = []
        for number, (name, states) in enumerate(GROUPS):
            count, many = self._count(states)
            tone = Tone.CHIP if number == self._group else Tone.PLAIN if count else Tone.QUIET
            pieces += [Piece(f" {sight.t(name)} {count}{'+' if many else ''} ", tone), Piece(" ")]
        pieces += [Piece(f"{'<- ->' if sight.glyphs.ascii else '← →'}  ", Tone.QUIET), Piece(" ")]
        for view in self.seat.views():
            tone = Tone.CHIP if self._is_on(view) else Tone.ACCENT
            pieces += [Piece(f" {view.name} ", tone), Piece(" ")]
        self.query_one("#chips", Lines).show([tuple(pieces)])

    def _count(self, states: frozenset[WhistleState]) -> tuple[int, bool]:
        """Cases in these states, filter and search apart; whether there are more than were counted."""
        open_rows = self.seat.view.board.rows if self.seat.view else ()
        ended = sum(self._archive.counts.get(state, 0) for state in states)
        many = any(self._archive.counts.get(state, 0) > MANY for state in states)
        return sum(row.whistle.state in states for row in open_rows) + min(ended, MANY if many else ended), many

    def deadlines(self) -> Iterable[timedelta]:
        """The limits on the screen and of the departments."""
        from app.render.clock import changes_in

        if self.sight is not None:
            for row in self._board.visible_items():
                if row.whistle.deadline_at is not None:
                    yield changes_in(row.whistle.deadline_at, self.sight.now)
            yield from self.case_panes.deadlines()

    def on_screen_resume(self) -> None:
        """Entered by a click on a count of the desk: the group in which those cases stand."""
        wanted, self.seat.group = self.seat.group, ""
        if wanted in GROUPS_OF:
            self._group = GROUPS_OF[wanted]

    # -- groups, views, pages ------------------------------------------------------------------
    def action_group(self, step: int) -> None:
        """The next or the previous group of states."""
        self._choose((self._group + step) % len(GROUPS))

    def _choose(self, group: int) -> None:
        self._group = group
        self.retouch()
        self._board.to_visible()
        self.post_message(self.Look(lists=True))

    def reaches(self, row: BoardRow) -> bool:
        """Another group when this one lacks it, and the page of the archive on which it stands."""
        whistle = row.whistle
        ended = whistle.state in ENDED_STATES
        if (self.seat.narrowed or self.searched) if ended else not self.found([row]):
            return False
        if whistle.state not in GROUPS[self._group][1]:
            self._group = 0
        self.wanted()
        if ended:
            self._archive.go_around(archive_key(whistle))
        else:
            self._archive.go_to_edge(-1)
        self.retouch()
        if whistle.id not in self.board.keys:
            self.seat.go_to = whistle.id
        self.post_message(self.Look(whole=not ended, lists=True))
        return True

    def _is_on(self, view: View) -> bool:
        return (self.seat.narrowed or EVERY_CASE) == view.filter and self.needle == view.search

    def show_view(self, view: View) -> None:
        """A named view: its filter and its search; once more takes both away."""
        if self._is_on(view):
            self.widen()
        else:
            self.needle = view.search
            self.narrow(view.filter)

    def on_row_list_neared(self, event: RowList.Neared) -> None:
        """The page beyond, or the very first or last one."""
        if event.rows is self._board:
            wanted = self._archive.go_to_edge(event.step) if event.edge else self._archive.go_on(event.step)
            if wanted:
                self._edge = event.step if event.edge else 0
                self.post_message(self.Look(lists=True))

    def on_lines_hit(self, event: Lines.Hit) -> None:
        """A chip was clicked."""
        place = event.piece // 2
        if event.lines.id != "chips":
            return
        beyond = place - len(GROUPS) - 1
        if beyond < 0:  # the arrows after the groups go to the next one
            self._choose(place if place < len(GROUPS) else (self._group + 1) % len(GROUPS))
        elif beyond < len(self.seat.views()):
            self.show_view(self.seat.views()[beyond])

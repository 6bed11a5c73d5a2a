"""Mode 2, 哨单: every whistle by state, open ones and those that left the board lately, with the case beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from app.domain.message import N_
from app.domain.whistle import WhistleState
from app.render.rows import Cell, Piece, Tone, one
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.widgets.lines import Lines
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.render.board import CaseRow
    from app.services.ports import BoardRow

W = WhistleState

GROUPS: tuple[tuple[str, frozenset[WhistleState]], ...] = (
    (N_("All"), frozenset(W)),
    (N_("To decide"), frozenset({W.DRAFT, W.PENDING_APPROVAL})),
    (N_("Under way"), frozenset({W.OPEN, W.REOPENED, W.CONSULTING, W.SUSPENDED})),
    (N_("To check"), frozenset({W.AWAITING_CHECK})),
    (N_("Closed"), frozenset({W.CLOSED, W.RATED})),
    (N_("Ended otherwise"), frozenset({W.REJECTED, W.WITHDRAWN, W.MERGED})),
)
"""Groups of states as the chips above the list; msgids."""


class WhistlesMode(ModeScreen):
    """List left, case right; on a small screen the list, and the case behind Enter."""

    mode_id = "whistles"
    BINDINGS = [
        Binding("left", "group(-1)", show=False),
        Binding("right", "group(1)", show=False),
    ]

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._board: RowList[CaseRow] = RowList(id="board")
        self._recent: tuple[BoardRow, ...] = ()
        self._group = 0

    def panes(self) -> ComposeResult:
        """The body."""
        with Horizontal(id="body", classes="-whistles"):
            with Vertical(id="middle"):
                yield Lines(id="chips")
                yield self._board
            yield self.case_panes

    def wanted(self) -> Wanted:
        """The cases that left the board lately too."""
        return Wanted(self.selected, recent=True)

    def speak_panes(self) -> None:
        """Columns, titles and empty texts."""
        words = self.seat.words
        ready = self.sight is not None
        if ready:
            from app.render.board import board_columns

            nothing = words.t("No whistle here. ← → shows another group, F2 blows one.")
            self._board.set_columns(board_columns(words), one(nothing, Tone.QUIET))
        self.case_panes.speak(words, ready=ready)
        self._board.set_title(one(words.t("Whistles")))

    def rows(self) -> list[CaseRow]:
        """Open cases, then those that left the board, the newest first."""
        view = self.seat.view
        return [*(view.board.rows if view else ()), *self._recent]

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        if fresh.recent is not None:
            self._recent = fresh.recent
        self.retouch()
        if self.sight is not None and fresh.selected == self.selected:
            self.case_panes.show(self.file, self.sight)

    def retouch(self) -> None:
        """The list and the departments with the clocks as they are now."""
        sight = self.sight
        if sight is None:
            return
        from app.render.board import board_row

        everything = self.rows()
        mine = [row for row in everything if row.whistle.state in GROUPS[self._group][1]]
        found = self.found(mine)
        self._chips(everything)
        title: Cell = (Piece(sight.t("Whistles") + " "), Piece(str(len(found)), Tone.STRONG))
        if self.needle:
            title = (*title, Piece(" " + sight.t("· search “{needle}”", needle=self.needle), Tone.ACCENT))
        self._board.set_title(title)
        self._board.sync(found, lambda row: board_row(row, sight), lambda row: row.whistle.id)
        self.case_panes.retouch(sight)

    def _chips(self, rows: list[CaseRow]) -> None:
        sight = self.sight
        if sight is None:
            return
        pieces: list[Piece] = []
        for number, (name, states) in enumerate(GROUPS):
            count = sum(row.whistle.state in states for row in rows)
            tone = Tone.CHIP if number == self._group else Tone.PLAIN if count else Tone.QUIET
            pieces += [Piece(f" {sight.t(name)} {count} ", tone), Piece(" ")]
        self.query_one("#chips", Lines).show([tuple(pieces)])

    def deadlines(self) -> Iterable[timedelta]:
        """The limits of the list and of the departments."""
        from app.render.clock import changes_in

        if self.sight is not None:
            for row in self.rows():
                if row.whistle.deadline_at is not None:
                    yield changes_in(row.whistle.deadline_at, self.sight.now)
            yield from self.case_panes.deadlines()

    def action_group(self, step: int) -> None:
        """The next or the previous group of states."""
        self._choose((self._group + step) % len(GROUPS))

    def _choose(self, group: int) -> None:
        self._group = group
        self.retouch()
        self._board.to_visible()

    def on_lines_hit(self, event: Lines.Hit) -> None:
        """A chip was clicked."""
        if event.lines.id == "chips":
            self._choose(min(event.piece // 2, len(GROUPS) - 1))
        else:
            super().on_lines_hit(event)

"""The part of a mode that is sent to a case or to a list: nothing that was narrowed is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.message import Message
from app.render.rows import Tone
from app.screens.marking import MarkedScreen

if TYPE_CHECKING:
    from app.domain.case_filter import CaseFilter
    from app.render.board import CaseRow
    from app.services.ports import BoardRow


class GoingScreen(MarkedScreen):
    """A case outside the filter stands as a guest on top of the list until another list is asked for."""

    def go(self, row: BoardRow, said: Message | None = None) -> None:
        """Put the cursor on a case, wherever it is; ``said`` goes before what is said of the way."""
        self.seat.guest, self.seat.go_to = None, None
        self.remove_class("-detail", "-grids")
        self.board.focus()
        if row.whistle.id not in self.board.keys and not self.reaches(row):
            self.seat.guest = row
            self.refill()
            outside = Message("on top, outside the filter")
            said = Message("{said} · {more}", {"said": said, "more": outside}) if said else outside
        self.board.move_to(row.whistle.id)
        if said:
            self.say(said, Tone.ACCENT)

    def reaches(self, row: BoardRow) -> bool:
        """Whether the list will have the case once it is read again; then the cursor goes there."""
        from app.domain.whistle import BOARD_STATES

        if row.whistle.state not in BOARD_STATES or not self.found([row]):
            return False
        self.seat.go_to = row.whistle.id
        self.post_message(self.Look(whole=True))
        return True

    def go_to_list(self, narrowed: CaseFilter) -> None:
        """Only such cases; what was searched before is forgotten."""
        self.needle = ""
        self.narrow(narrowed)
        self.remove_class("-detail", "-grids")
        self.board.focus()

    def with_guest(self, rows: list[CaseRow]) -> list[CaseRow]:
        """The list with the guest on top, unless it is in it anyway."""
        guest = self.seat.guest
        if guest is None or any(row.whistle.id == guest.whistle.id for row in rows):
            return rows
        fresh: list[CaseRow] = [row for row in self.rows() if row.whistle.id == guest.whistle.id]
        if not fresh and self.file is not None and self.file.case.whistle.id == guest.whistle.id:
            fresh = [self.file.row]
        return [*(fresh[:1] or [guest]), *rows]

    def rows(self) -> list[CaseRow]:
        """The rows of the board, before the search."""
        raise NotImplementedError

"""The phone book: whom one can call now, the departments of the case under the cursor first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from app.domain.phones import Phone
from app.domain.text import normalise_width
from app.render.paint import paint
from app.render.phones import phone_columns, phone_rows, phone_text
from app.render.rows import Row, Tone, one
from app.render.sight import Sight
from app.screens.answering import Answering
from app.screens.finding import initials
from app.widgets.row_list import RowList
from app.widgets.search import FindLine
from app.widgets.titles import painted


class PhoneBook(Answering[None]):
    """Type to narrow it down, by name, number or pinyin initials; it only shows."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,enter,f9,f10", "leave", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
    ]
    AUTO_FOCUS = "#find"

    def __init__(self, phones: Sequence[Phone], sight: Sight) -> None:
        super().__init__(classes="sheet -list")
        self._phones = phones
        self._sight = sight
        self._list: RowList[Row] = RowList(id="list", titles=False, lit=True)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The field above, the numbers below."""
        t = self._sight.t
        box = Vertical(id="box")
        box.border_title = painted(one(t("Phone book")))
        box.border_subtitle = painted(one(t("Esc back")))
        with box:
            yield FindLine(id="find", placeholder=paint(t("type a name, a number or initials")).plain)
            yield self._list

    def on_mount(self) -> None:
        """Columns once, rows as they are typed for."""
        nobody = one(self._sight.t("Nobody is called that."), Tone.QUIET)
        self._list.set_columns(phone_columns(self._sight.words), nobody)
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        wanted = normalise_width(typed).casefold().split()
        found = [phone for phone in self._phones if self._fits(phone, wanted)]
        self._list.forget()
        self._list.sync(phone_rows(found, self._sight), lambda row: row, lambda row: row.key)

    def _fits(self, phone: Phone, wanted: Sequence[str]) -> bool:
        text = normalise_width(phone_text(phone, self._sight)) if wanted else ""
        return all(
            word in text or (word.isascii() and word.isalpha() and word in initials(text)) for word in wanted
        )  # fmt: skip

    def action_step(self, step: int) -> None:
        """Up and down while the field has the keys."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A screenful up or down."""
        self._list.action_page(step)

    def action_leave(self) -> None:
        """Back; nothing was changed."""
        self.dismiss(None)

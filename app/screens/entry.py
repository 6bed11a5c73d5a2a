"""One entry of a timeline with all its words, for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from app.render.rows import one
from app.render.timeline import full_entry
from app.screens.answering import Answering
from app.widgets.lines import Lines
from app.widgets.titles import painted

if TYPE_CHECKING:
    from app.domain.events import Event
    from app.render.sight import Sight


class EntryScreen(Answering[None]):
    """Scrolls when it is long; Esc or Enter goes back."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [Binding("escape,enter,f1", "leave", show=False)]

    def __init__(self, event: Event, sight: Sight) -> None:
        super().__init__(classes="sheet")
        self._event = event
        self._sight = sight

    def compose(self) -> ComposeResult:
        """One box with the text."""
        box = VerticalScroll(Lines(id="text"), id="box")
        box.border_title = painted(one(self._sight.t("Entry")))
        box.border_subtitle = painted(one(self._sight.t("Esc back")))
        yield box

    def on_mount(self) -> None:
        """Wrap to the width of the box."""
        self.call_after_refresh(self._wrap)

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        text = self.query_one("#text", Lines)
        text.show(full_entry(self._event, self._sight, max(10, text.size.width)))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

"""One entry of a timeline with all its words, for reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from app.domain.message import N_
from app.render.rows import one
from app.render.timeline import full_entry
from app.render.ways import BACK, Way
from app.render.words import Words
from app.screens.answering import Answering
from app.widgets.lines import Lines
from app.widgets.titles import painted

if TYPE_CHECKING:
    from app.domain.events import Event
    from app.render.sight import Sight


SCROLL = Way("↑↓", N_("scroll"), N_("An entry that is longer than the box."), edge=False)


class EntryScreen(Answering[None]):
    """Scrolls when it is long; Esc or Enter goes back."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [Binding("escape,enter,f10", "leave", show=False)]

    def __init__(self, event: Event, sight: Sight) -> None:
        super().__init__(classes="sheet")
        self._event = event
        self._sight = sight

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What it is."""
        return self._sight.t("Entry")

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (BACK, SCROLL)

    def compose(self) -> ComposeResult:
        """One box with the text."""
        box = VerticalScroll(Lines(id="text"), id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
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

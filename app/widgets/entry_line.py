"""The line in which one answer of a checklist is typed: it opens with the first key and gives the list back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.widget import Widget

from app.render.paint import paint
from app.render.rows import Tone
from app.widgets.search import FindLine, Prompt
from app.widgets.tones import style_of


class EntryLine(FindLine):
    """Enter hands the text on, Esc leaves it standing in its row; going elsewhere does the same as Esc."""

    DEFAULT_CSS = """
    EntryLine {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
        background: $panel;
        &:focus { border: none; background: $panel; background-tint: $foreground 0%; }
    }
    """
    BINDINGS = [Binding("escape", "close(False)", show=False)]

    def __init__(self, **arguments: Any) -> None:
        super().__init__(classes="hands-back", **arguments)
        self._back: Widget | None = None
        self._when_closed: Callable[[str, bool], None] = lambda _text, _sent: None
        self._prompt = self._styles_cache = Prompt()

    def open(
        self, typed: str, prompt: str, placeholder: str, back: Widget, closed: Callable[[str, bool], None]
    ) -> None:
        """Show the line with what was typed so far and take the keys at once; ``back`` gets them when it closes.

        ``closed`` is called then with the text, and whether it was sent, before the next key is looked at.
        """
        self._back, self._when_closed = back, closed
        self._prompt.said, self._prompt.style = f" {prompt} ", style_of(self, Tone.ACCENT)
        self.styles.padding = (0, 1, 0, cell_len(prompt) + 2)
        self.placeholder = paint(placeholder).plain
        self.value = typed
        self.cursor_position = len(typed)
        self.display = True
        self.screen.set_focus(self)

    def action_close(self, sent: bool) -> None:
        """Hide the line and hand on what stood in it."""
        if not self.display:
            return
        text = self.value
        if self.has_focus:
            self.screen.set_focus(self._back)
        self.display = False
        self._when_closed(text, sent)

    async def action_submit(self) -> None:
        """Enter."""
        self.action_close(bool(self.value.strip()))

    def on_blur(self, _event: events.Blur) -> None:
        """Going elsewhere leaves it unsent."""
        if self.app.app_focus:
            self.action_close(False)

"""The line in which the list is searched: it takes the place of the status line and gives it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._styles_cache import StylesCache
from textual.binding import Binding
from textual.css.styles import StylesBase
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from app.domain import message as domain
from app.render.paint import paint, paint_cells
from app.render.rows import Tone
from app.widgets.fields.line import too_long
from app.widgets.pasted import pasted_line
from app.widgets.tame_input import TameInput
from app.widgets.tones import style_of


class FindLine(TameInput):
    """A short line that narrows a list. What a terminal must never be sent stays out, whatever is pasted."""

    MOST = 200
    """Characters; a longer paste is not taken at all."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(compact=True, select_on_focus=False, max_length=self.MOST, **arguments)

    class Remarked(Message):
        """The line has something to say about what was typed or pasted."""

        def __init__(self, remark: domain.Message) -> None:
            super().__init__()
            self.remark = remark

    def validate_value(self, value: str) -> str:
        """Visible characters on one line."""
        return paint_cells(value)

    def restricted(self) -> None:
        """Too long: nothing is taken and that is said; no bell rings at night."""
        self.post_message(self.Remarked(too_long(self.MOST)))

    def take(self, text: str) -> None:
        """Put the first line of a paste in; what does not fit is refused whole, and both are said."""
        start, end = sorted(self.selection)
        line, remark = pasted_line(text, self.MOST - (len(self.value) - (end - start)))
        if line:
            self.replace(line, start, end)
        if remark is not None:
            self.post_message(self.Remarked(remark))


class Prompt(StylesCache):
    """Words in the blank cells before the text of a line."""

    said = ""
    style = Style.null()

    def render_line(self, styles: StylesBase, y: int, *more: Any) -> Strip:
        """One line with the words at its beginning."""
        line = super().render_line(styles, y, *more)
        room = cell_len(self.said)
        if not room or line.cell_length <= room:
            return line
        return Strip([Segment(self.said, self.style), *line.crop(room)], line.cell_length)


class SearchLine(FindLine):
    """Enter keeps what was found, Esc shows all again; up and down move the list's cursor meanwhile."""

    DEFAULT_CSS = """
    SearchLine {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
        background: $panel;
        &:focus { border: none; background: $panel; background-tint: $foreground 0%; }
    }
    """
    BINDINGS = [
        Binding("escape", "close(False)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    class Stepped(Message):
        """Up or down was pressed."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._back: Widget | None = None
        self._when_closed: Callable[[bool], None] = lambda _: None
        self._prompt = self._styles_cache = Prompt()

    def open(self, typed: str, prompt: str, placeholder: str, back: Widget, closed: Callable[[bool], None]) -> None:
        """Show the line with what was typed so far and take the keys; ``back`` gets them when it closes.

        ``closed`` is called then, before the next key is looked at: whether the list stays narrowed.
        """
        self._back, self._when_closed = back, closed
        self.ask(prompt, placeholder)
        self.value = typed
        self.cursor_position = len(typed)
        self.display = True
        self.screen.set_focus(self)  # at once: the next key or paste is meant for the search

    def ask(self, prompt: str, placeholder: str) -> None:
        """The word before the line, and what it says while it is empty."""
        self._prompt.said, self._prompt.style = f" {prompt} ", style_of(self, Tone.ACCENT)
        self.styles.padding = (0, 1, 0, cell_len(prompt) + 2)
        self.placeholder = paint(placeholder).plain

    def action_close(self, keep: bool) -> None:
        """Hide the line."""
        if not self.display:
            return
        if self.has_focus:
            self.screen.set_focus(self._back)  # at once: the next key belongs to the list already
        self.display = False
        if not keep:
            self.value = ""
        self._when_closed(keep)

    def action_step(self, step: int) -> None:
        """Let the list's cursor move."""
        self.post_message(self.Stepped(step))

    async def action_submit(self) -> None:
        """Enter."""
        self.action_close(bool(self.value.strip()))

    def on_blur(self, _event: events.Blur) -> None:
        """Going elsewhere in the program keeps what was found."""
        if self.app.app_focus:
            self.action_close(bool(self.value.strip()))

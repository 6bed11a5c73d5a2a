"""What stands on a terminal too small for the desk: the size it needs. Everything below waits as it is."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from app.render.rows import Tone, one
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.widgets.lines import Lines


class TooSmall(Answering[None]):
    """Goes away by itself once there is room; F10 leaves as ever."""

    DEFAULT_CSS = "TooSmall { background: $background; align: center middle; #needs { width: 90%; height: auto; } }"

    def __init__(self, words: Words, width: int, height: int) -> None:
        super().__init__(id="too-small")
        self._words = words
        self._least = width, height
        self._kept: list[events.Event] = []

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Lines(id="needs")

    def on_mount(self) -> None:
        """For the size of the moment."""
        self.on_resize()

    def on_resize(self) -> None:
        """Say it for this size."""
        size, (width, height) = self.app.size, self._least
        said = self._words.t(
            "The desk needs {width}×{height}; this terminal has {now_width}×{now_height}. Make it larger, or the "
            "letters smaller: everything is still here.", width=width, height=height,
            now_width=size.width, now_height=size.height,
        )  # fmt: skip
        self.query_one("#needs", Lines).show([one(line, Tone.PLAIN) for line in wrap(said, max(8, size.width - 6))])

    async def retell(self, words: Words) -> None:
        """The same sentence in another language."""
        self._words = words
        if self.is_mounted:
            self.on_resize()

    # -- what was on its way into a form -------------------------------------------------------
    def on_key(self, event: events.Key) -> None:
        """Text for the field below that arrived with the new size waits for it; every other key does nothing."""
        event.prevent_default()
        if event.is_printable and event.character and self._is_for_a_field():
            event.stop()
            self._kept.append(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """A paste too."""
        event.prevent_default()
        event.stop()
        if self._is_for_a_field():
            self._kept.append(events.Paste(event.text))

    def give_back(self) -> None:
        """Hand what waited to the field, in its order, once the form is on top again."""
        for event in self._kept:
            self.app.post_message(event)
        self._kept.clear()

    def _is_for_a_field(self) -> bool:
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        return below is not None and isinstance(below.focused, Input)

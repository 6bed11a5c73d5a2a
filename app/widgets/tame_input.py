"""A line of text that takes what an input method sends, and nothing that a terminal must never be sent."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.widgets import Input

from app.domain.text import visible

IDEOGRAPHIC_SPACE = "\u3000"


class TameInput(Input):
    """Textual's swallows some characters of names and cuts a paste at its first line; subclasses ``take`` pastes."""

    def take(self, text: str) -> None:
        """Put what was pasted into the line, or say why not."""
        raise NotImplementedError

    async def _on_key(self, event: events.Key) -> None:
        if is_unprintable_text(event.character):
            event.prevent_default()
            event.stop()
            self.replace(tame(event.character or ""), *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the program, with the same care."""
        self.take(self.app.clipboard)


def is_unprintable_text(character: str | None) -> bool:
    """Whether it is text that Python does not call printable and Textual would swallow.

    The full-width space of an input method is, and so are the rare characters of names that older systems keep
    in the private-use area.
    """
    return character is not None and (character == IDEOGRAPHIC_SPACE or unicodedata.category(character[:1]) == "Co")


def tame(text: str) -> str:
    """The text on one line without what a terminal must never be sent; white space of any kind becomes a space."""
    if text.isascii() and text.isprintable():
        return text
    text = visible(text)
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or unicodedata.category(c) == "Co" else " " if c.isspace() else "" for c in text
    )

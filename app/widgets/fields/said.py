"""A piece of text in a form that is painted anew only when it says something else: a layout costs more than a key."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Said(Static):
    """Text made in code. ``say`` does nothing when nothing changed, and lays out again only when the size may."""

    def __init__(self, content: Content | None = None, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(content or Content(""), id=id, classes=classes)
        self._content_said = content or Content("")

    @property
    def said(self) -> str:
        """The text that stands there."""
        return self._content_said.plain

    def say(self, content: Content, *, fixed_width: bool = False) -> None:
        """Say this. With ``fixed_width`` only the number of lines decides about the size."""
        before = self._content_said
        if content.is_same(before):
            return
        self._content_said = content
        lines = content.plain.count("\n") == before.plain.count("\n") and bool(content.plain) == bool(before.plain)
        same_size = lines and (fixed_width or content.cell_length == before.cell_length)
        self.update(content, layout=not same_size)

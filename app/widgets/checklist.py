"""A list whose rows are answered with one key: what a key says to a row is the screen's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events

from app.widgets.row_list import RowList


class Checklist(RowList[Any]):
    """Asks ``take`` of every key and paste before anything else does; what it takes is no command."""

    def __init__(self, take: Callable[[events.Key | events.Paste], bool], **arguments: Any) -> None:
        super().__init__(**arguments)
        self._take_key = take

    def on_key(self, event: events.Key) -> None:
        """An answer, the beginning of one, or a key like any other."""
        if self._take_key(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is typed into the line of the row."""
        if self._take_key(event):
            event.stop()
            event.prevent_default()

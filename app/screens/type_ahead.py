"""Keys typed while a dialog is still opening: kept, and given to it in their order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events

LONGEST = 6.0
"""Seconds that keys are kept at most; then they go where they would have gone."""
STEP = 0.01


class TypeAhead:
    """Who types fast presses F2 and goes on typing: not a letter may be lost, none may act as a command."""

    def __init__(self, ready: Callable[[], bool], give: Callable[[events.Event], object]) -> None:
        self._ready = ready
        self._give = give
        self._kept: list[events.Event] = []
        self._waiting: asyncio.Task[None] | None = None

    def keep(self, event: events.Event) -> bool:
        """Whether the event is kept for later; False when it may go on at once."""
        if not self._kept and self._ready():
            return False
        self._kept.append(event)
        if self._waiting is None:
            self._waiting = asyncio.create_task(self._wait())
        return True

    async def _wait(self) -> None:
        for _ in range(int(LONGEST / STEP)):
            if self._ready():
                break
            await asyncio.sleep(STEP)
        kept, self._kept, self._waiting = self._kept, [], None
        for event in kept:
            self._give(_again(event))


def _again(event: events.Event) -> events.Event:
    """The same key or paste as a new event: one that was handled once is not handled again."""
    if isinstance(event, events.Key):
        return events.Key(event.key, event.character)
    if isinstance(event, events.Paste):
        return events.Paste(event.text)
    return event

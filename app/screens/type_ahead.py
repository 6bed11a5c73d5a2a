"""Keys typed while a dialog is still opening or closing: kept, and given to what comes next in their order."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

from textual import events

LONGEST = 6.0
"""Seconds that keys are kept at most; then they go where they would have gone."""
STEP = 0.01


class TypeAhead:
    """Who types fast presses F2 and goes on typing: not a letter may be lost, none may act as a command.

    ``ready`` tells whether what an event is meant for stands; ``give`` sends an event on its way once more. Events
    are given one at a time: what one opens is waited for before the next, and what arrives meanwhile stays behind.
    """

    def __init__(self, ready: Callable[[events.Event], bool], give: Callable[[events.Event], object]) -> None:
        self._ready = ready
        self._give = give
        self._kept: deque[events.Event] = deque()
        self._given: events.Event | None = None
        """On its way once more; whatever arrives before it was typed after it."""
        self._arrived = asyncio.Event()
        self._waiting: asyncio.Task[None] | None = None
        self._patient = True
        """Whether they are still waited for."""

    def keep(self, event: events.Event) -> bool:
        """Whether the event is kept for later; False when it may go on at once."""
        if event is self._given:
            self._given = None
            self._arrived.set()
            if not self._patient or self._ready(event):
                return False
            self._kept.appendleft(event)  # what came before it has opened or closed something on the way
            return True
        if self._waiting is None and self._ready(event):
            return False
        self._kept.append(event)
        if self._waiting is None:
            self._waiting = asyncio.create_task(self._wait())
        return True

    async def _wait(self) -> None:
        self._patient = True
        while self._kept:
            self._patient = self._patient and await self._stands(self._kept[0])
            self._arrived.clear()
            self._given = _again(self._kept.popleft())
            self._give(self._given)
            await self._arrived.wait()
        self._waiting = None

    async def _stands(self, event: events.Event) -> bool:
        until = time.monotonic() + LONGEST
        while not self._ready(event):
            if time.monotonic() > until:
                return False
            await asyncio.sleep(STEP)
        return True


def _again(event: events.Event) -> events.Event:
    """The same key or paste as a new event: one that was handled once is not handled again."""
    if isinstance(event, events.Key):
        return events.Key(event.key, event.character)
    if isinstance(event, events.Paste):
        return events.Paste(event.text)
    return event

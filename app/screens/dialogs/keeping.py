"""Keeps what is being typed on disk while it is typed, and the request number it will be sent under."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

from app.domain.message import Message
from app.services.drafts import Drafts, Left

REQUEST = "~"
"""Begins the names under which request numbers lie in a draft; no field is called so."""


class DraftKeeper:
    """The draft of one form. Calls may come from any lane in any order: only the newest one counts."""

    def __init__(self, drafts: Drafts, form: str) -> None:
        self._drafts = drafts
        self._form = form
        self._lock = threading.Lock()
        self._turn = 0
        self._done = 0

    def turn(self) -> int:
        """A number for the next call; take it on the event loop, before the call is handed to a lane."""
        self._turn += 1
        return self._turn

    def load(self) -> dict[str, str]:
        """What was left of an earlier time; empty when there is nothing."""
        return self._drafts.load(self._form)

    def recover(self) -> Left:
        """The same, and which file was spoiled and kept aside."""
        return self._drafts.recover(self._form)

    @property
    def trouble(self) -> Message | str:
        """Why the last save failed."""
        return self._drafts.trouble

    def save(self, turn: int, typed: Mapping[str, str]) -> bool:
        """Keep it, unless something newer was kept already. False when the disk refuses."""
        with self._lock:
            if turn < self._done:
                return True
            self._done = turn
            return self._drafts.save(self._form, typed)

    def drop(self, turn: int) -> None:
        """It was sent, or thrown away."""
        with self._lock:
            self._done = turn
            self._drafts.drop(self._form)


class Requests:
    """One request number for each action of an opened dialog, the same until it succeeded (reliability 4).

    A draft restored after a crash is sent under its old number as long as nothing in it was changed:
    what was stored just before the crash is then found again instead of being done twice.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, UUID] = {}
        self._restored: dict[str, UUID] = {}
        self._as_restored: Mapping[str, str] = {}

    def number(self, action: str, typed: Mapping[str, str]) -> UUID:
        """The number for an action with what is typed now."""
        known = self._numbers.get(action)
        if known is None:
            old = self._restored.get(action) if typed == self._as_restored else None
            known = self._numbers[action] = old or uuid4()
        return known

    def succeeded(self, action: str) -> None:
        """The next time is another action."""
        self._numbers.pop(action, None)
        self._restored.pop(action, None)

    def used(self, numbers: Collection[UUID]) -> None:
        """These were answered: what is sent after them is another action, even with the same words."""
        for known in (self._numbers, self._restored):
            for action in [action for action, number in known.items() if number in numbers]:
                del known[action]

    def told_again(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """The same answers stand there in another language: a restored draft is as unchanged as it was."""
        if before == self._as_restored:
            self._as_restored = after

    def stored(self, typed: Mapping[str, str]) -> dict[str, str]:
        """The numbers that belong to what is typed now, for the draft."""
        old = self._restored if typed == self._as_restored else {}
        return {REQUEST + action: number.hex for action, number in {**old, **self._numbers}.items()}

    def restore(self, kept: Mapping[str, str]) -> dict[str, str]:
        """Take the numbers out of a draft; returns the fields."""
        fields = {name: text for name, text in kept.items() if not name.startswith(REQUEST)}
        self._as_restored = fields
        for name, text in kept.items():
            if name.startswith(REQUEST):
                try:
                    self._restored[name.removeprefix(REQUEST)] = UUID(hex=text)
                except ValueError:
                    continue
        return fields

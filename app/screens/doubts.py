"""Readings that were asked about because they look like a slip: the same line sent once more is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.gauge_doubt import Doubtful
from app.domain.message import Message

if TYPE_CHECKING:
    from uuid import UUID

    from app.domain.errors import WanggeError
    from app.domain.round import Item
    from app.screens.answer_queue import Given


class Doubts:
    """Of the checklists of one desk."""

    def __init__(self) -> None:
        self._lines: dict[tuple[UUID, Item], str] = {}

    def are_over(self, round_id: UUID, item: Item, typed: str) -> bool:
        """Whether this very line was asked about before; it is not the next time."""
        return bool(typed) and self._lines.pop((round_id, item), None) == typed

    def refused(self, given: Given, error: WanggeError) -> tuple[Message, bool]:
        """What is said of an answer that was not recorded, and whether the hand goes back to it."""
        if not isinstance(error, Doubtful) or not given.typed:
            return Message("Not recorded: {why}", {"why": error.message}), False
        self._lines[given.round_id, given.item] = given.typed
        said = Message("Not recorded yet; Enter twice if it is right. {why}", {"why": error.message})
        return said, True

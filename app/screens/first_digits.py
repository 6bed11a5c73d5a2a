"""Digits where a digit is a command: followed at once by text they were the beginning of it, as in 8栋."""

from __future__ import annotations

from typing import Generic, TypeVar

AT_ONCE = 0.4
"""Seconds from a digit to the next sign of the same text: an input method sends them all in one go."""

T = TypeVar("T")


class FirstDigits(Generic[T]):
    """The digits typed last, and where one was before the first of them did what it does alone."""

    def __init__(self) -> None:
        self._typed = ""
        self._at = 0.0
        self._origin: T | None = None

    def add(self, digit: str, at: float, here: T) -> None:
        """A digit at ``at`` (monotonic seconds), typed ``here``."""
        if not self._typed or at - self._at > AT_ONCE:
            self._typed, self._origin = "", here
        self._typed += digit
        self._at = at

    def take(self, at: float) -> tuple[str, T | None]:
        """The digits that begin the text that goes on at ``at``, and where they were typed; '' and None without any."""
        typed, origin = (self._typed, self._origin) if at - self._at <= AT_ONCE else ("", None)
        self._typed, self._origin = "", None
        return typed, origin

"""A sign of life to an outside watch (a heartbeat address): sent only after a round whose audit was clean (design 3).

Whoever watches from outside raises the alarm when the signs stop: a dead machine cannot raise it itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread

from app.engine.duty_clock import Round

EVERY = 60.0
"""Seconds between two signs."""


class Heartbeat:
    """Pings after clean rounds, at most once a minute, each on a thread of its own so that no round waits for it."""

    def __init__(self, ping: Callable[[], object]) -> None:
        self._ping = ping
        self._sent = float("-inf")

    def after(self, done: Round) -> bool:
        """Called after each round; whether a sign was sent."""
        now = time.monotonic()
        if not done.sound or now - self._sent < EVERY:
            return False
        self._sent = now
        Thread(target=self._ping, name="heartbeat", daemon=True).start()
        return True

"""The duty clock as a program runs it: the drive that wakes it, the thread that sends, stopped cleanly (design 3)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from app.domain.errors import WanggeError
from app.engine.clockwork import Clockwork
from app.engine.duty_clock import DutyClock, Round
from app.engine.post import Post
from app.engine.sending import Sending

HEARTBEAT = 15.0
"""Seconds between two rounds when nothing is due: the safety net."""


class Running:
    """One program's engine. ``on_round`` and ``on_trouble`` are called on its own threads and must not block."""

    def __init__(
        self, clock: DutyClock, sending: Sending, wall: Callable[[], datetime],
        on_round: Callable[[Round], None], on_trouble: Callable[[BaseException], None],
    ) -> None:  # fmt: skip
        self.clock = clock
        self._life = Lock()
        self._over = False
        self._on_round = on_round
        self._post = Post(sending, wall, on_trouble)
        self._drive = Clockwork(self._tick, wall, heartbeat=HEARTBEAT, on_trouble=on_trouble)

    @property
    def owner(self) -> str:
        """Its name among the programs that run the clock."""
        return self.clock.owner

    @property
    def last_tick(self) -> float | None:
        """Monotonic second of the last round that ended; None before the first."""
        return self._drive.last_tick

    def start(self) -> None:
        """Begin at once, on threads of its own; never after ``stop``, however the two come about."""
        with self._life:
            if not self._over:
                self._drive.start()
                self._post.start()

    def heard(self) -> None:
        """Somebody wrote: look again what is due and what is to be sent. From any thread, cheap."""
        self._drive.nudge()
        self._post.nudge()

    def stop(self, patience: float = 4.0) -> bool:
        """No more rounds and no more sending; True when both have ended within ``patience`` seconds."""
        with self._life:
            self._over = True
        posted = self._post.stop(patience)
        return self._drive.stop(patience) and posted

    def leave(self) -> None:
        """Stop, and take away the sign that this program runs the clock, if the database lets it."""
        self.stop()
        with contextlib.suppress(WanggeError):
            self.clock.leave()

    def _tick(self) -> datetime | None:
        done = self.clock.tick()
        if not done.quiet:
            self._post.nudge()
        self._on_round(done)
        return self.clock.next_at()

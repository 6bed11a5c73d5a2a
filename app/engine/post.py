"""The thread that sends: beside the clock's, so that a slow network delays no reminder."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread

from app.engine.sending import Posted, Sending

LOOKS_EVERY = 10.0
"""Seconds between two looks at the outbox when nothing is known to be due."""
SHORTEST = 0.05
AFTER_NOTHING = 1.0
"""Seconds until the next look when something is due that this machine cannot send, or the database refused."""


class Post:
    """Runs ``Sending.round`` whenever something is due; ``on_trouble`` hears what the database refused."""

    def __init__(
        self, sending: Sending, wall: Callable[[], datetime], on_trouble: Callable[[BaseException], None]
    ) -> None:
        self._sending = sending
        self._wall = wall
        self._on_trouble = on_trouble
        self._bell: SimpleQueue[bool] = SimpleQueue()
        self._thread: Thread | None = None
        self._over = False

    def start(self) -> None:
        """Begin to send; a second call does nothing."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="outbox", daemon=True)
            self._thread.start()

    def nudge(self) -> None:
        """Something was put into the outbox; may be called from any thread."""
        self._bell.put(True)

    def stop(self, patience: float = 4.0) -> bool:
        """Send no more; True when what was on its way is settled. A message given up is held by its lease alone."""
        self._over = True
        self.nudge()
        if self._thread is None:
            return True
        self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._over:
            began = time.monotonic()
            try:
                posted = self._sending.round()
                pause = self._pause(posted)
            except BaseException as error:  # noqa: BLE001  a locked or full database must not end the sending
                self._on_trouble(error)
                pause = AFTER_NOTHING
            self._wait(max(pause - (time.monotonic() - began), SHORTEST))

    def _pause(self, posted: Posted) -> float:
        at = self._sending.next_at()
        if at is None:
            return LOOKS_EVERY
        idle = AFTER_NOTHING if posted == Posted() else SHORTEST
        return min(max((at - self._wall()).total_seconds(), idle), LOOKS_EVERY)

    def _wait(self, seconds: float) -> None:
        """Until the time is over or somebody rings; rings that came together count as one."""
        try:
            self._bell.get(timeout=seconds)
            while True:
                self._bell.get_nowait()
        except Empty:
            return

"""The drive of the duty clock: calls one function whenever something is due, whatever the machine's clock does."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Callable
from datetime import datetime

from app.engine.pulse import Orders, Pulse


class Clockwork:
    """Calls ``tick`` at once, then at the instants it asks for, after every nudge, and every ``heartbeat`` seconds.

    ``tick`` does all work that is due and returns the machine instant (aware UTC) of the next one, or None when
    nothing is due ahead. It runs on one thread of the clockwork's own, never twice at once. ``wall`` gives the
    machine's instant, aware UTC. Every ``watch_every`` seconds a watchdog looks whether the wall clock was set,
    the machine slept or an instant went by. What goes wrong is handed to ``on_trouble``, on the thread it happened
    on, and never ends anything; neither does an error of ``on_trouble``. Raises ValueError for seconds that are none.
    """

    def __init__(
        self,
        tick: Callable[[], datetime | None],
        wall: Callable[[], datetime],
        *,
        heartbeat: float = 15.0,
        watch_every: float = 2.0,
        on_trouble: Callable[[BaseException], None],
    ) -> None:
        if not (0 < heartbeat < math.inf and 0 < watch_every < math.inf):
            raise ValueError("heartbeat and watch_every are seconds, more than 0")
        self._orders = Orders(tick, wall, heartbeat, watch_every, self._ended, self._report)
        self._on_trouble = on_trouble
        self._life = threading.Lock()
        self._ticking = threading.Lock()
        self._pulse: Pulse | None = None
        self._last_tick: float | None = None

    @property
    def last_tick(self) -> float | None:
        """Monotonic second of the last tick that ended without an error; None before the first."""
        return self._last_tick

    def start(self) -> None:
        """Begin; returns at once, and does nothing while it runs already. After ``stop`` it may begin again.

        Raises OSError or RuntimeError when the machine has no handle or thread left.
        """
        with self._life:
            if self._pulse is None or self._pulse.stopping:
                self._pulse = Pulse(self._orders, self._ticking)

    def nudge(self) -> None:
        """Say that something changed: tick soon. Cheap, from any thread, from a signal handler too."""
        if self._pulse is not None:
            self._pulse.ring()

    def stop(self, patience: float = 4.0) -> bool:
        """End; waits at most ``patience`` seconds for a running tick. True when it ended, or never began."""
        with self._life:
            pulse = self._pulse
        return pulse is None or pulse.end(patience)

    def _ended(self) -> None:
        self._last_tick = time.monotonic()

    def _report(self, error: BaseException) -> None:
        with contextlib.suppress(BaseException):
            self._on_trouble(error)

"""Leaving for sure: on a signal or a closed terminal the desk goes in order, and at the latest after a few seconds."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable

PATIENCE = 3.0
"""Seconds that leaving may take before the process ends all the same."""

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def leave_on_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """Call ``leave`` with 128 + n when a signal asks the program to end."""
    if sys.platform == "win32":
        return
    for number in _SIGNALS:
        loop.add_signal_handler(number, leave, 128 + number)


def end_at_the_latest(status: int) -> None:
    """End the process after ``PATIENCE`` whatever hangs: a dead terminal blocks whoever writes to it."""
    timer = threading.Timer(PATIENCE, os._exit, (status,))
    timer.daemon = True
    timer.start()

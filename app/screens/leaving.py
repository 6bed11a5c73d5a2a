"""Leaving for sure: on a signal or a closed terminal the desk goes in order, and at the latest after a few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

PATIENCE = 3.0
"""Seconds that leaving may take before the process ends all the same."""

LAST_WAIT = 0.5
"""Seconds for which threads that are told to end are waited for when everything else is over."""

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


def others_run(patience: float = LAST_WAIT) -> bool:
    """Whether a thread beside this one still runs after so many seconds."""
    until = time.monotonic() + patience
    others = [thread for thread in threading.enumerate() if thread is not threading.current_thread()]
    for thread in others:
        thread.join(max(0.0, until - time.monotonic()))
    return any(thread.is_alive() for thread in others)


def end_now(status: int) -> None:
    """End the process as it stands, once all is written and closed.

    Taking the interpreter apart while a thread is in the middle of an import waits for that thread for ever.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # the line may be gone
            stream.flush()
    os._exit(status)

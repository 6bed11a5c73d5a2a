"""Waits for news without a busy loop, and notices when nobody reads any more or the program is told to end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

ENDS = {name: 128 + getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}
"""Signals that end a waiting command, with the exit status of each; Ctrl+C is told as KeyboardInterrupt."""


class Waiting:
    """Woken by another thread, by a time, or by the reader of standard output going away (BrokenPipeError)."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self._out = _descriptor()
        self._reads, self._writes = os.pipe()
        os.set_blocking(self._reads, False)
        os.set_blocking(self._writes, False)

    def wake(self) -> None:
        """Let ``wait`` return; from any thread, any number of times."""
        self._woken.set()
        with contextlib.suppress(OSError):  # full: it is awake anyway; closed: nobody waits
            os.write(self._writes, b"!")

    def wait(self, seconds: float) -> None:
        """Sleep until woken, or that long."""
        if self._out is None:
            self._woken.wait(seconds)
        else:
            poll = select.poll()
            poll.register(self._reads, select.POLLIN)
            poll.register(self._out, 0)
            if any(fd == self._out for fd, _ in poll.poll(max(0, int(seconds * 1000) + 1))):
                raise BrokenPipeError
        self._woken.clear()
        with contextlib.suppress(BlockingIOError):
            while os.read(self._reads, 4096):
                pass

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._reads)
        os.close(self._writes)


def _descriptor() -> int | None:
    """Standard output where it can be asked whether anybody listens."""
    if not hasattr(select, "poll"):
        return None
    try:
        return sys.stdout.fileno()
    except (OSError, ValueError):
        return None


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Within it a signal to end is a SystemExit with its own status, so that everything is closed on the way out."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        before = {name: signal.signal(getattr(signal, name), end) for name in ENDS}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)

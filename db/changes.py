"""Who else wrote? A thread of its own that hears when another connection has committed (design 2)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from db.sqlite.driver import connect, driver
from db.sqlite.recognise import FILES_IN_USE

STORM = 5
"""Beats in a row with a change, from which on the beats grow."""


class ChangeWatcher:
    """Polls ``PRAGMA data_version`` (5 µs) and calls ``on_change`` on its own thread after any other commit.

    ``interval`` and ``calm`` are in seconds. A change is heard within ``interval``. After five beats in a row
    that each brought one a beat takes twice as long as the one before, up to ``calm``, until one is quiet: whoever
    listens reads the street again each time, and in a storm must leave the machine to those who write. The last
    change is always heard.

    A locked or unreachable file is asked again at the next beat. Of a file that this user may only read the times of
    change are watched instead: nothing is made beside it.
    """

    def __init__(self, path: Path, on_change: Callable[[], None], interval: float = 0.1, calm: float = 0.5) -> None:
        self._path = path.resolve()
        self._on_change = on_change
        self.heard_at = 0.0
        """Monotonic second at which the file last answered."""
        self._interval = interval
        self._calm = max(interval, calm)
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="wangge-changes", daemon=True)

    def start(self) -> None:
        """Begin to listen; commits from here on are heard."""
        self._thread.start()
        self._ready.wait(timeout=2.0)

    def stop(self) -> None:
        """Stop listening, at once; a second call does nothing."""
        self._stopping.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=2.0)

    def _watch(self) -> None:
        mark = _Versions(self._path) if os.access(self._path, os.W_OK) else _Times(self._path)
        seen: Hashable = None
        pause, storm = self._interval, 0
        try:
            while not self._stopping.is_set():
                now = mark.now()
                changed = now is not None and seen is not None and now != seen
                if now is not None:
                    seen, self.heard_at = now, time.monotonic()
                self._ready.set()
                storm = storm + 1 if changed else 0
                pause = min(2 * pause, self._calm) if storm >= STORM else self._interval
                if changed:
                    self._on_change()
                self._stopping.wait(pause)
        finally:
            mark.close()


class _Versions:
    """The data version as one connection sees it: it moves when another commits."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: Any = None
        self._inode = FILES_IN_USE.enter(path)

    def now(self) -> Hashable:
        """The version, None while it cannot be asked."""
        try:
            self._connection = self._connection or connect(self._path, "ro", busy_timeout=0.05)
            return tuple(self._connection.execute("PRAGMA data_version").fetchone())
        except driver.Error:
            return None

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
        FILES_IN_USE.leave(self._inode)


class _Times:
    """When the file and its journal were last changed."""

    def __init__(self, path: Path) -> None:
        self._paths = (path, path.with_name(path.name + "-wal"))

    def now(self) -> Hashable:
        """Times and sizes, None while the file cannot be asked."""
        try:
            return tuple((s.st_mtime_ns, s.st_size) for s in (path.stat() for path in self._paths if path.exists()))
        except OSError:
            return None

    def close(self) -> None:
        """Nothing is held."""

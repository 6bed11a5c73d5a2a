"""Who else wrote? A thread of its own that hears when another connection has committed (design 2)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from db.sqlite.driver import connect, driver
from db.sqlite.recognise import FILES_IN_USE


class ChangeWatcher:
    """Polls ``PRAGMA data_version`` (5 µs) and calls ``on_change`` on its own thread after any other commit.

    ``interval`` is in seconds. A locked or unreachable file is asked again at the next beat.
    """

    def __init__(self, path: Path, on_change: Callable[[], None], interval: float = 0.1) -> None:
        self._path = path
        self._on_change = on_change
        self._interval = interval
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
        seen: int | None = None
        connection: Any = None
        inode = FILES_IN_USE.enter(self._path)
        try:
            while not self._stopping.is_set():
                try:
                    connection = connection or connect(self._path, "ro", busy_timeout=0.05)
                    (version,) = connection.execute("PRAGMA data_version").fetchone()
                except driver.Error:
                    version = seen
                changed = seen is not None and version != seen
                seen = version
                self._ready.set()
                if changed:
                    self._on_change()
                self._stopping.wait(self._interval)
        finally:
            if connection is not None:
                connection.close()
            FILES_IN_USE.leave(inode)

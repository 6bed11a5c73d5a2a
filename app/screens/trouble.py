"""What is kept of an error nobody foresaw: when, which type, where in the program; never a word people typed."""

from __future__ import annotations

import contextlib
import os
import time
import traceback
from pathlib import Path

LOG = "trouble.log"
MOST = 512 * 1024
"""Bytes after which the log begins anew."""


def log_trouble(state: Path, error: BaseException, doing: str) -> Path:
    """Append type and places of an error, no message and no variables; returns the file, written or not."""
    path = state / LOG
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    line = f"{stamp} {os.getpid()} {doing} {type(error).__qualname__} {places}\n"
    with contextlib.suppress(OSError):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size > MOST:
                path.unlink()
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line)
    return path

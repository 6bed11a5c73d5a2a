"""Which SQLite is used, and one connection to a file with every setting that safety needs (reliability 2)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

APPLICATION_ID = 0x57474745
"""Our mark in the header of the file (``WGGE``): who made it is known before anything is asked of it."""

BUSY_TIMEOUT = 3.0
"""Seconds one statement waits for a lock before the store decides whether to try again."""


def _driver() -> Any:
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3.dbapi2")


driver: Any = _driver()
"""The DB-API module: pysqlite3 with its own, newer SQLite where it is installed, else the one Python came with."""

WAL_SAFE: bool = driver.sqlite_version_info >= (3, 51, 3)
"""Older ones can damage a file that several programs write in WAL mode; they get the DELETE journal."""

JOURNAL = "wal" if WAL_SAFE else "delete"

_SETTINGS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)


def connect(path: Path, mode: str = "rw", busy_timeout: float = BUSY_TIMEOUT) -> Any:
    """A DB-API connection in autocommit with all settings; raises ``driver.Error``.

    ``mode``: ``rw``, ``ro``, or ``immutable`` for a file in a folder where nothing may be made beside it.
    It never creates a file.
    """
    access = "ro&immutable=1" if mode == "immutable" else mode
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={access}",
        uri=True,
        timeout=busy_timeout,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
    except driver.Error:
        connection.close()
        raise
    return connection

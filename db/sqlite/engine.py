"""The SQLAlchemy engine over one file: pooled connections, transactions that we begin ourselves (reliability 2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from db.sqlite.driver import BUSY_TIMEOUT, JOURNAL, connect, driver
from db.sqlite.trouble import is_busy

WRITE = {"begin": "BEGIN IMMEDIATE"}
"""Execution options of a connection that will write: the lock is taken first, so nothing read can be stale."""

AT_ONCE = "PRAGMA busy_timeout = 0"
"""Who waits for the write lock does so outside SQLite, which makes those who have waited longest ask most rarely:
among four busy writers one can starve for ten seconds. The store asks again at even, short intervals."""

_POOLS: dict[bool, dict[str, Any]] = {
    True: {"poolclass": QueuePool, "pool_size": 8, "max_overflow": -1, "pool_use_lifo": True},
    False: {"poolclass": NullPool},
}
"""Connections that write are kept for the next call; a file that is only read is opened anew each time."""


def open_engine(path: Path, busy_timeout: float = BUSY_TIMEOUT, mode: Callable[[], str] | None = None) -> Engine:
    """An engine whose every connection has all settings; reads begin with BEGIN, writes as ``WRITE`` says.

    ``mode`` is asked before each connection to a file that is only read; without it the file is written.
    """
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, mode() if mode else "rw", busy_timeout),
        hide_parameters=True,  # typed text must not reach a log through an error
        **_POOLS[mode is None],
    )
    waits = f"PRAGMA busy_timeout = {round(busy_timeout * 1000)}"

    def begin(connection: Connection) -> None:
        how = connection.get_execution_options().get("begin", "BEGIN")
        if how == "BEGIN":
            connection.exec_driver_sql(how)
            return
        connection.exec_driver_sql(AT_ONCE)
        try:
            connection.exec_driver_sql(how)
        finally:
            connection.exec_driver_sql(waits)

    event.listen(engine, "begin", begin)
    return engine


def choose_journal(connection: Any) -> str:
    """Bring the file to the journal that is safe with this SQLite; returns the one it has then."""
    (now,) = connection.execute("PRAGMA journal_mode").fetchone()
    if now != JOURNAL:
        try:
            (now,) = connection.execute(f"PRAGMA journal_mode={JOURNAL}").fetchone()
        except driver.Error as error:
            if not is_busy(error):
                raise
    return str(now)


def settle_journal(engine: Engine) -> str:
    """``choose_journal`` on a connection of the pool."""
    pooled = engine.raw_connection()
    try:
        return choose_journal(pooled.dbapi_connection)
    finally:
        pooled.close()

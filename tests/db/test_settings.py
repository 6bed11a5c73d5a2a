"""Every connection has every setting, and the files are this user's alone (reliability 2, 10)."""

from __future__ import annotations

import stat
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.sqlite.driver import APPLICATION_ID, JOURNAL, WAL_SAFE, driver
from db.sqlite.engine import open_engine
from db.unit_of_work import SqlStore, open_store
from tests.db.story import START

SETTINGS = {
    "journal_mode": JOURNAL,
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 3000,
    "application_id": APPLICATION_ID,
}


def settings_of(engine: Engine, connections: int) -> list[dict[str, object]]:
    """The settings of that many connections that are open at once."""
    with ExitStack() as stack:
        opened = [stack.enter_context(engine.connect()) for _ in range(connections)]
        return [{name: c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SETTINGS} for c in opened]


def test_twenty_pooled_connections_and_their_successors_have_all_settings(database: Path) -> None:
    """Twenty at once, and twenty again after the pool was thrown away, are set alike."""
    open_store(database, create=False).close()
    engine = open_engine(database)
    assert settings_of(engine, 20) == [SETTINGS] * 20
    engine.dispose()
    assert settings_of(engine, 20) == [SETTINGS] * 20
    engine.dispose()


def test_the_journal_fits_the_sqlite_that_is_used() -> None:
    """WAL needs a SQLite without the WAL-reset bug; pysqlite3 brings one."""
    assert (driver.sqlite_version_info >= (3, 51, 3)) == WAL_SAFE
    assert ("wal" if WAL_SAFE else "delete") == JOURNAL


def test_an_unsafe_sqlite_gets_the_delete_journal(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an older SQLite the file is brought out of WAL when it is opened."""
    monkeypatch.setattr("db.sqlite.engine.JOURNAL", "delete")
    monkeypatch.setattr("db.unit_of_work.WAL_SAFE", False)
    store = open_store(database, create=False)
    store.write(lambda writes: writes.set_street("JF"))
    assert not database.with_name("wangge.db-wal").exists()
    assert database.read_bytes()[18] == 1
    store.close()


def test_files_and_folders_are_this_users_alone_from_birth(tmp_path: Path) -> None:
    """Database, -wal and -shm are 0600 and new folders 0700, whatever the umask; nothing else is left there."""
    path = tmp_path / "a" / "b" / "new.db"
    store = open_store(path, create=True)
    store.write(lambda writes: writes.set_street("JF"))
    names = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    store.close()
    beside = {"new.db-wal", "new.db-shm"} if WAL_SAFE else set()
    assert set(names) == {"new.db"} | beside
    assert set(names.values()) == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)} == {0o700}


def test_an_error_of_the_database_tells_no_typed_text(store: SqlStore) -> None:
    """What was typed does not travel in an exception's text: it could reach a log."""
    with pytest.raises(Exception, match="CHECK constraint failed") as caught:
        store.write(lambda writes: writes.add_policy("", START))
    assert "parameters hidden" in str(caught.value)

"""Another's commit is heard (design 2), and copies can be trusted (reliability 10)."""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app.domain.errors import Refused, StoreTrouble, Trouble
from app.domain.message import Message
from app.services.ports import Writes
from db.backup import back_up, quick_check
from db.changes import ChangeWatcher
from db.unit_of_work import SqlStore, open_store
from tests.db.children import in_child
from tests.db.raw import by_hand
from tests.db.saving import save_all
from tests.db.story import Story
from tests.engine.driving import until


def write_street(path: Path, code: str) -> None:
    """One commit by a store of its own."""
    store = open_store(path, create=False)
    store.write(lambda writes: writes.set_street(code))
    store.close()


@pytest.fixture
def heard(database: Path) -> Iterator[threading.Event]:
    """Set when a watcher of the database heard a change."""
    event = threading.Event()
    watcher = ChangeWatcher(database, event.set, interval=0.02)
    watcher.start()
    yield event
    watcher.stop()


def test_another_process_is_heard(store: SqlStore, database: Path, heard: threading.Event) -> None:
    """A commit by another program calls back; what it wrote can be read then."""
    in_child(lambda _: write_street(database, "from afar"))
    assert heard.wait(5)
    with store.read() as reads:
        assert reads.station().street == "from afar"


def test_reading_and_taking_back_are_not_heard(store: SqlStore, heard: threading.Event) -> None:
    """Only commits are changes; after a quiet while one commit is heard again."""
    with store.read() as reads:
        reads.street()

    def work(writes: Writes) -> None:
        writes.set_street("gone")
        raise Refused(Message("no"))

    with pytest.raises(Refused):
        store.write(work)
    assert not heard.wait(0.2)
    store.write(lambda writes: writes.set_street("stays"))
    assert heard.wait(5)


def test_a_locked_database_does_not_end_the_watch(store: SqlStore, database: Path, heard: threading.Event) -> None:
    """While a lock is held nothing is heard and nothing breaks; the next commit is."""
    with by_hand(database) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(0.2)
        other.execute("ROLLBACK")
    assert not heard.is_set()
    store.write(lambda writes: writes.set_street("after"))
    assert heard.wait(5)


def test_a_file_that_may_only_be_read_is_watched_too(
    store: SqlStore, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """View mode hears what others commit, without a connection of its own."""
    monkeypatch.setattr("db.changes.os.access", lambda path, mode: False)
    monkeypatch.setattr("db.changes.connect", None)
    heard = threading.Event()
    watcher = ChangeWatcher(database, heard.set, interval=0.02)
    watcher.start()
    assert not heard.wait(0.1)
    store.write(lambda writes: writes.set_street("from afar"))
    assert heard.wait(5)
    watcher.stop()


def test_a_storm_is_heard_at_ever_longer_beats_and_to_its_end(store: SqlStore, database: Path) -> None:
    """While every beat brings a change beats grow, up to the calm one; the last is heard, a later one soon."""
    at: list[tuple[float, str]] = []

    def hear() -> None:
        with store.read() as reads:
            at.append((time.monotonic(), reads.station().street))

    def say(writes: Writes, street: str) -> None:
        writes.set_street(street)

    watcher = ChangeWatcher(database, hear, interval=0.1, calm=0.8)
    watcher.start()
    began, written = time.monotonic(), 0
    while (over := time.monotonic()) < began + 3:
        written += 1
        store.write(partial(say, street=f"storm {written}"))
    until(lambda: at[-1][1] == f"storm {written}")
    during = [moment for moment, _ in at if moment < over]
    assert 2 <= len(during) <= 12, "four times 0.1 seconds apart, then 0.2, 0.4, 0.8: not thirty times"
    time.sleep(1.0)
    quiet = len(at)
    store.write(lambda writes: writes.set_street("after the storm"))
    until(lambda: len(at) > quiet)
    assert at[-1][1] == "after the storm"
    watcher.stop()


def test_the_watch_stops_at_once(database: Path) -> None:
    """Stopping does not wait for the next beat, and may be done twice or from within the callback."""
    watcher = ChangeWatcher(database, lambda: None, interval=30)
    watcher.start()
    began = time.monotonic()
    watcher.stop()
    watcher.stop()
    assert time.monotonic() - began < 1
    assert not [thread for thread in threading.enumerate() if thread.name == "wangge-changes"]


def test_a_copy_holds_what_was_committed_and_is_private(store: SqlStore, database: Path, tmp_path: Path) -> None:
    """A backup under a running writer is whole, sound, 0600, one plain file; an existing target is not overwritten."""
    told = [Story(f"case {n}", number=f"W-20200702-{n:02d}").blow() for n in range(1, 9)]
    cases = save_all(store, told)
    target = tmp_path / "copy.db"
    back_up(database, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert {entry.name for entry in tmp_path.iterdir() if "copy" in entry.name} == {"copy.db"}
    assert quick_check(target) is None
    with pytest.raises(FileExistsError):
        back_up(database, target)
    copied = open_store(target, create=False)
    with copied.read() as reads:
        assert [reads.case(story.id) for story in told] == cases
    copied.close()


def test_a_damaged_file_is_said_to_be_damaged(store: SqlStore, database: Path, tmp_path: Path) -> None:
    """quick_check finds torn pages and says so in a sentence; no backup is made of such a file."""
    save_all(store, [Story(f"case {n}", number=f"W-20200702-{n:02d}").blow() for n in range(1, 60)])
    store.close()
    assert quick_check(database) is None
    content = bytearray(database.read_bytes())
    for page in range(20, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    database.write_bytes(content)
    said = quick_check(database)
    assert said is not None
    assert said.params["path"] == str(database)
    with pytest.raises(StoreTrouble) as caught:
        back_up(database, tmp_path / "copy.db")
    assert caught.value.trouble is Trouble.DAMAGED
    assert not list(tmp_path.glob("*copy*"))

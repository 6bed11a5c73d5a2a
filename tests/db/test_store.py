"""One transaction a call: whole or not at all, tried again when it was busy, shared by threads and processes."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.errors import Refused, StoreTrouble, Trouble
from app.domain.message import Message
from app.services.ports import DrillClock, Raced, Writes
from db.sqlite.driver import WAL_SAFE
from db.unit_of_work import SqlStore, open_store
from tests.db.children import Child, child
from tests.db.raw import by_hand
from tests.db.saving import save
from tests.db.story import START, Story

DAY = date(2020, 7, 2)


def test_a_refusal_writes_nothing_and_passes_through(store: SqlStore) -> None:
    """What a rule refuses inside the work reaches the caller as it is; the transaction is taken back."""
    refusal = Refused(Message("no"))

    def work(writes: Writes) -> None:
        writes.set_street("JF-elsewhere")
        raise refusal

    with pytest.raises(Refused) as caught:
        store.write(work)
    assert caught.value is refusal
    with store.read() as reads:
        assert reads.station().street == "JF"


def test_work_that_met_a_race_runs_again_from_its_start(store: SqlStore) -> None:
    """Raced takes back what was written, and the second run sees a clean slate."""
    seen = []

    def work(writes: Writes) -> str:
        seen.append(writes.station().street)
        writes.set_street(f"JF-{len(seen)}")
        if len(seen) < 3:
            raise Raced
        return "done"

    assert store.write(work) == "done"
    assert seen == ["JF", "JF", "JF"]


@pytest.mark.skipif(not WAL_SAFE, reason="with the DELETE journal nobody commits while another reads")
def test_a_read_is_one_snapshot(store: SqlStore) -> None:
    """What another thread commits meanwhile is not seen before the next read."""
    with store.read() as reads:
        before = reads.station()
        writer = threading.Thread(target=store.write, args=(lambda writes: writes.set_street("JF-other"),))
        writer.start()
        writer.join()
        assert reads.station() == before
    with store.read() as reads:
        assert reads.station().street == "JF-other"


def test_the_drill_clock_is_one_row_and_drills_only(store: SqlStore, tmp_path: Path) -> None:
    """Set, read and removed; in a database that is no drill the table refuses it."""
    clock = DrillClock(START, START + timedelta(days=2000), 0.0)
    store.write(lambda writes: writes.set_clock(clock))
    with store.read() as reads:
        assert reads.station().clock == clock
    store.write(lambda writes: writes.set_clock(None))
    with store.read() as reads:
        assert reads.station().clock is None
    real = open_store(tmp_path / "real.db", create=True)
    with pytest.raises(Exception, match="ck_meta_clock_of_drill"):
        real.write(lambda writes: writes.set_clock(clock))
    real.close()


def test_a_locked_database_is_busy_in_a_sentence(database: Path) -> None:
    """While another program keeps the lock, a write gives up after its budget and reads go on; then it works again."""
    store = open_store(database, create=False, busy_budget=0.3)
    with by_hand(database) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StoreTrouble) as caught:
            store.write(lambda writes: writes.set_street("late"))
        assert 0.25 < time.monotonic() - began < 3
        assert caught.value.trouble is Trouble.BUSY
        assert str(database) in caught.value.message.params.values()
        with store.read() as reads:
            assert reads.station().street == "JF"
        other.execute("ROLLBACK")
    store.write(lambda writes: writes.set_street("in time"))
    store.close()


def test_a_lock_that_is_freed_in_time_is_waited_for(database: Path) -> None:
    """A write that begins under another's lock succeeds when the lock goes within the budget."""
    store = open_store(database, create=False, busy_budget=20)
    with by_hand(database) as other:
        other.execute("BEGIN IMMEDIATE")
        free = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        free.start()
        store.write(lambda writes: writes.set_street("waited"))
        free.join()
    store.close()


def test_closing_ends_a_write_that_waits(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that is closed does not hang for the whole budget of a locked database."""
    monkeypatch.setattr("db.unit_of_work.BUSY_TIMEOUT", 0.3)
    store = open_store(database, create=False, busy_budget=60)
    ended = []

    def wait() -> None:
        with pytest.raises(StoreTrouble):
            store.write(lambda writes: writes.set_street("never"))
        ended.append(time.monotonic())

    with by_hand(database) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.2)
        began = time.monotonic()
        store.close()
        waiting.join(timeout=10)
        other.execute("ROLLBACK")
    assert ended
    assert ended[0] - began < 4


def test_a_forked_child_writes_through_connections_of_its_own(store: SqlStore, database: Path) -> None:
    """The child neither uses nor closes what its parent had open; both go on writing."""
    store.write(lambda writes: writes.next_number(DAY))

    def go_on(_: object) -> None:
        for _ in range(20):
            store.write(lambda writes: writes.next_number(DAY))
        store.close()

    with child(go_on) as forked:
        go_on_here = [store.write(lambda writes: writes.next_number(DAY)) for _ in range(20)]
        assert forked.status() == 0
    assert len(set(go_on_here)) == 20
    assert store.write(lambda writes: writes.next_number(DAY)) == "W-20200702-42"
    with by_hand(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def take(database: Path, took: Path, each: int) -> None:
    """Two threads over one store; every number that was given is one line of a file of their own."""
    store = open_store(database, create=False)

    def thread(name: int) -> None:
        handle = os.open(f"{took}-{name}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for _ in range(each):
            os.write(handle, f"{store.write(lambda writes: writes.next_number(DAY))}\n".encode())
        os.close(handle)

    threads = [threading.Thread(target=thread, args=(name,)) for name in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    store.close()


def worker(database: Path, folder: Path, number: int, each: int) -> Child:
    """A process that takes numbers."""
    return Child(lambda _: take(database, folder / f"took-{number}", each))


def acknowledged(folder: Path) -> list[str]:
    """Every number any thread wrote down."""
    return [line for path in folder.glob("took-*") for line in path.read_text().splitlines()]


def last_number(database: Path) -> int:
    """The counter itself, of a sound file."""
    with by_hand(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (last,) = connection.execute("SELECT last FROM number_day").fetchone()
        return int(last)


def test_two_processes_of_two_threads_lose_no_update(database: Path, tmp_path: Path) -> None:
    """Four writers read, add one and write: every number is given once."""
    workers = [worker(database, tmp_path, number, 100) for number in range(2)]
    assert [one.status() for one in workers] == [0, 0]
    given = acknowledged(tmp_path)
    assert len(given) == len(set(given)) == last_number(database) == 400


@pytest.mark.slow
def test_killed_writers_lose_no_acknowledged_update(database: Path, tmp_path: Path) -> None:
    """Four processes, a hundred killed at any moment: what was acknowledged is there once, and the file is sound."""
    rng = random.Random(1)
    running = [worker(database, tmp_path, number, 10**6) for number in range(4)]
    started = 4
    for _ in range(100):
        time.sleep(rng.uniform(0.02, 0.4))
        running.pop(rng.randrange(4)).kill()
        running.append(worker(database, tmp_path, started, 10**6))
        started += 1
    for one in running:
        one.kill()
        assert one.status() == -9
    given = acknowledged(tmp_path)
    assert len(given) == len(set(given)) > 1000
    lost = last_number(database) - len(given)
    assert 0 <= lost <= 2 * started, "more was written than could have been under way"


def test_other_tools_can_read_the_file(store: SqlStore, database: Path) -> None:
    """Python's own sqlite3 sees what was committed: the file is plain SQLite."""
    save(store, Story("plain").blow())
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    assert connection.execute("SELECT state FROM whistle").fetchall() == [("open",)]
    connection.close()

"""`wangge watch` as a process: fires at its second, says so, ends cleanly, two at once do each thing once."""

from __future__ import annotations

import json
import queue
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from app.bootstrap import WallClock
from app.domain.due_phrases import DuePhrase
from tests.services.room import Room
from tests.terminal.desk import ROOT, STREET, environment, lay
from tests.unit.cases import OFFICER

PROMISE = 5.0
"""Seconds: five times what is promised to a person (decisions 29)."""


class Watch:
    """The process and its lines as they come."""

    def __init__(self, database: Path, *options: str) -> None:
        line = [sys.executable, "-m", "app", "--db", str(database), "watch", *options]
        env = environment(database.parent / "home", "zh")
        self.process = subprocess.Popen(line, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.lines: queue.Queue[tuple[float, str]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self.lines.put((time.time(), line.rstrip("\n")))

    def next(self, part: str, seconds: float = 30.0) -> tuple[float, str]:
        """When the next line with a part in it came, and the line."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            try:
                at, line = self.lines.get(timeout=left)
            except queue.Empty:
                break
            if part in line:
                return at, line
        raise AssertionError(f"no line with {part}")

    def end(self, number: int) -> int:
        """Send a signal; the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(15)
        self._reader.join(10)
        return status


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return lay(tmp_path, STREET)


def remind(database: Path, seconds: float) -> datetime:
    """Set a reminder so many seconds from now, street time; its instant on the machine."""
    room = Room.open(database, WallClock())  # type: ignore[arg-type]
    span = timedelta(seconds=seconds)
    due, at = datetime.now(UTC) + span, room.house.clock.now() + span
    room.house.reminders.add(room.house.duty.actor(OFFICER), "看水位", DuePhrase(at), uuid4())
    room.house.close()
    return due


@pytest.mark.slow
def test_it_fires_at_its_second_says_so_and_ends_when_told(database: Path) -> None:
    """Set by another program while it sleeps; SIGTERM is an end as it was meant, and leaves no sign of life."""
    watch = Watch(database)
    watch.next("值班时钟已运行")
    due = remind(database, 2.0)
    said_at, line = watch.next("提醒")
    assert "已提醒" in line or "设了提醒" in line
    if "已提醒" not in line:
        said_at, line = watch.next("已提醒")
    assert 0 <= said_at - due.timestamp() < PROMISE
    assert watch.end(signal.SIGTERM) == 0
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM engine").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM notice WHERE topic = 'reminder'").fetchone()[0] >= 1


@pytest.mark.slow
def test_two_at_once_do_each_thing_once_and_speak_json(database: Path) -> None:
    """Killed, the other goes on; every line is one object."""
    first, second = Watch(database, "--json"), Watch(database, "--json")
    first.next('"watch"')
    second.next('"watch"')
    remind(database, 1.0)
    _, line = second.next('"reminded"')
    assert json.loads(line)["kind"] == "reminded"
    first.process.kill()
    due = remind(database, 1.0)
    said_at, _ = second.next('"reminded"')
    assert said_at - due.timestamp() < PROMISE
    with sqlite3.connect(database) as connection:
        fired = connection.execute("SELECT payload FROM event WHERE kind = 'reminded' AND payload LIKE '%reminder%'")
        ids = [json.loads(row[0])["notice"] for row in fired]
    assert len(ids) == len(set(ids))
    first.process.wait(10)
    assert second.end(signal.SIGINT) == 0


def test_a_database_that_may_only_be_read_is_refused(database: Path) -> None:
    """A clock that cannot write reminds nobody: it does not pretend to."""
    answer = subprocess.run(
        [sys.executable, "-m", "app", "--db", str(database.parent / "none.db"), "watch"], cwd=ROOT,
        env=environment(database.parent / "home", "zh"), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert answer.returncode == 3
    assert "没有" in answer.stderr

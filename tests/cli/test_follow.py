"""`wangge status --follow` as a process: told within a second, ended by whoever ends it, with the right status."""

from __future__ import annotations

import json
import queue
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.bootstrap import WallClock
from app.domain.moves import Action
from tests.services.room import Room
from tests.terminal.desk import ROOT, STREET, environment, lay

PROMISE = 5.0
"""Seconds: five times what is promised to a person (decisions 29)."""


class Follower:
    """The process and its lines as they come."""

    def __init__(self, database: Path, *options: str, language: str = "zh") -> None:
        line = [sys.executable, "-m", "app", "--db", str(database), "status", "--follow", *options]
        env = environment(database.parent / "home", language)
        self.process = subprocess.Popen(line, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self.lines.put(line.rstrip("\n"))

    def next(self, part: str, seconds: float = 20.0) -> str:
        """The next line with a part in it; AssertionError when it does not come."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left)
            except queue.Empty:
                break
            assert "\x1b" not in line
            if part in line:
                return line
        raise AssertionError(f"no line with {part}")

    def end(self, number: int) -> int:
        """Send a signal; the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(10)
        self._reader.join(10)
        return status


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The night at 00:40, with its clock standing there."""
    return lay(tmp_path)


@pytest.mark.slow
def test_what_another_process_writes_is_told_and_a_signal_ends_it(database: Path) -> None:
    """The present state, then a sentence in time for each entry; SIGTERM is 143, Ctrl+C 130."""
    room = Room.open(database, WallClock())
    case = room.house.whistles.find("0702-01")
    follower = Follower(database)
    follower.next("0702-01")
    follower.next("捧捧坳三")
    for number in range(3):
        started = time.monotonic()
        room.act(case, Action.NOTE, note=f"水位第{number}次回落")
        line = follower.next("次回落")
        assert time.monotonic() - started < PROMISE
        assert f"第{number}次" in line
        assert "0702-01 双河一" in line
    assert follower.end(signal.SIGTERM) == 143
    documents = Follower(database, "--json", language="en")
    assert json.loads(documents.next("{"))["news"] == "status"
    room.act(case, Action.NOTE, note="退了")
    entry = json.loads(documents.next("退了"))
    assert (entry["news"], entry["kind"]) == ("entry", "noted")
    assert entry["case"]["number"] == "W-20200702-01"
    assert documents.end(signal.SIGINT) == 130
    room.house.close()


@pytest.mark.slow
def test_no_reader_no_file_and_a_lock_are_told_in_a_status_or_a_sentence(database: Path) -> None:
    """The reader goes: 141 without another line. The file goes: said once; back again, it goes on with what was new."""
    pipe = subprocess.Popen(
        [sys.executable, "-m", "app", "--db", str(database), "status", "--follow"], cwd=ROOT,
        env=environment(database.parent / "home"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert pipe.stdout is not None
    pipe.stdout.readline()
    pipe.stdout.close()
    assert pipe.wait(10) == 141
    assert pipe.stderr is not None
    assert pipe.stderr.read() == b""
    pipe.stderr.close()
    room = Room.open(database, WallClock())
    follower = Follower(database)
    follower.next("捧捧坳三")
    aside = database.with_name("aside.db")
    database.rename(aside)
    follower.next("没有数据库", 20)
    time.sleep(1.5)
    assert follower.lines.empty()
    aside.rename(database)
    follower.next("已恢复响应", 20)
    room.act(room.house.whistles.find("0702-01"), Action.NOTE, note="还在")
    follower.next("还在", 20)
    assert follower.end(signal.SIGHUP) == 129
    room.house.close()


@pytest.mark.slow
def test_entries_a_second_apart_are_told_one_by_one_as_lines_of_a_drill(database: Path) -> None:
    """Each before the next one comes, while another program holds the database now and then; no sign but text."""
    room = Room.open(database, WallClock())
    case = room.house.whistles.find("0702-01")
    follower = Follower(database, language="en")
    assert "drill" in follower.next("Jifeng")
    follower.next("Pengpeng'ao 3")
    other = sqlite3.connect(database, isolation_level=None)
    for number in range(6):
        started = time.monotonic()
        room.act(case, Action.NOTE, note=f"水位\u202e第{number}次回落")
        line = follower.next(f"第{number}次")
        assert time.monotonic() - started < PROMISE
        assert line.startswith("DRILL ")
        assert line.isprintable()
        other.execute("BEGIN IMMEDIATE")
        time.sleep(max(0.0, 1.0 - (time.monotonic() - started)))
        other.execute("ROLLBACK")
    other.close()
    room.act(case, Action.UNDO)
    line = follower.next("took back")
    assert "“note”" in line
    assert follower.lines.empty()
    room.house.close()
    folder = database.parent / "next"
    folder.mkdir()
    other_street = lay(folder, STREET)
    for path in database.parent.glob("wangge.db-*"):
        path.unlink()
    other_street.replace(database)
    follower.next("2020-10-26", 30)
    assert follower.end(signal.SIGTERM) == 143

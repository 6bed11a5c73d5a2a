"""The worst night at the desk: locked, full, contradicted, the clock wrong; it says so, loses nothing and goes on."""

from __future__ import annotations

import contextlib
import json
import resource
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from app.domain.moves import Action
from app.services.whistles import LookAlike
from tests.crash.conflict import MEMBERS
from tests.services.room import Room
from tests.terminal.desk import CASE, DRY, ROOT, command, environment, lay, open_desk
from tests.terminal.pty_screen import PtyScreen
from tests.unit.cases import UTILITIES

BUSY, TAKEN = "数据库正忙", "正被其他程序占用"
BACK = "已恢复上次没发出的内容"
FULL = ("磁盘已满", "磁盘无法读写")
LINE = "双河二 应急 加油站旁电杆冒火花"
MATTER = "加油站旁电杆冒火花"
BOX = "╭"
REREAD = 0.8
"""Just after a refusal Enter does nothing for a moment."""
SLOWEST_KEY = 1.0
"""Seconds from a key to its paint while something is wrong; five times what is promised."""


@contextlib.contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another program writes and does not come to an end."""
    other = sqlite3.connect(database, timeout=5, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def titles(database: Path) -> list[str]:
    """The titles of all cases, by hand."""
    plain = sqlite3.connect(database)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    bodies = plain.execute("SELECT body FROM words JOIN whistle ON words.id = whistle.words_id").fetchall()
    plain.close()
    return [json.loads(body)["title"] for (body,) in bodies]


def type_whistle(screen: PtyScreen) -> None:
    """A whole whistle in the blow line, not sent."""
    screen.press("f2")
    screen.wait_for(BOX, 30)
    screen.send(LINE)
    screen.wait_for(f"✓ {MATTER}")


def lag(screen: PtyScreen, key: str, seen: str) -> float:
    """Seconds from a key to its paint."""
    screen.send(key)
    return screen.wait_for(seen, 30)


def in_box(screen: PtyScreen) -> str:
    """The lines of the dialog."""
    return "\n".join(line for line in screen.lines() if "│" in line)


# -- the database is locked ----------------------------------------------------------------------
def test_a_locked_database_is_said_and_costs_no_word(tmp_path: Path) -> None:
    """Said within a second, keys answered at once, refused in the end, left at once; afterwards sent exactly once."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        type_whistle(screen)
        with locked(database):
            screen.press("enter")
            assert screen.wait_for(BUSY, 15) < 5.0
            assert lag(screen, "急", f"{MATTER}急") < SLOWEST_KEY
            screen.press("backspace")
            screen.wait_for(TAKEN, 40)
            assert LINE in screen.text()
            time.sleep(REREAD)
            screen.press("enter")
            screen.wait_for(BUSY, 15)
            began = time.monotonic()
            screen.press("ctrl+q")
            assert screen.ended(30) == 0
            assert time.monotonic() - began < 20.0
            assert screen.left_clean()
    assert titles(database).count(MATTER) == 0
    with open_desk(database) as screen:
        screen.press("f2")
        screen.wait_for(BACK)
        assert LINE in screen.text()
        screen.press("enter")
        screen.wait_gone(BOX, 30)
        screen.wait_until(lambda shown: shown.count(MATTER) >= 1 and "未结哨 4" in shown)
        screen.press("f2")
        screen.wait_for(BOX)
        assert LINE not in screen.settle()
    assert titles(database).count(MATTER) == 1


@pytest.mark.slow
def test_locked_for_a_minute(tmp_path: Path) -> None:
    """The figure in full: a minute of retries and keys; opening under the lock works; one whistle in the end."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        type_whistle(screen)
        with locked(database):
            until = time.monotonic() + 60
            slowest = 0.0
            while time.monotonic() < until:
                screen.press("enter")
                assert screen.wait_for(BUSY, 15) < 5.0
                for _ in range(3):
                    slowest = max(slowest, lag(screen, "急", f"{MATTER}急"))
                    screen.press("backspace")
                    screen.wait_gone(f"{MATTER}急")
                screen.wait_for(TAKEN, 40)
                time.sleep(REREAD)
            assert slowest < SLOWEST_KEY
            with open_desk(database) as second:
                assert lag(second, "\x1b[B", "沿江护栏松动约 8 米") < SLOWEST_KEY
        screen.press("enter")
        screen.wait_gone(BOX, 30)
    assert titles(database).count(MATTER) == 1


@pytest.mark.slow
def test_a_lock_that_ends_in_time_is_waited_out(tmp_path: Path) -> None:
    """Held for four seconds: one Enter, no second question, one whistle."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        type_whistle(screen)
        with locked(database):
            screen.press("enter")
            screen.wait_for(BUSY, 15)
            time.sleep(3.0)
        screen.wait_gone(BOX, 30)
        screen.wait_for("未结哨 4")
    assert titles(database).count(MATTER) == 1


# -- the disk is full ----------------------------------------------------------------------------
def survive_a_full_disk(screen: PtyScreen) -> None:
    """Enter is refused in a sentence, nothing typed is lost, reads go on."""
    screen.press("enter")
    screen.wait_until(lambda shown: any(sentence in shown for sentence in FULL), 30)
    assert MATTER in in_box(screen)
    time.sleep(REREAD)
    screen.press("escape")
    screen.wait_gone(BOX)
    screen.press("down")
    screen.wait_for(f"{DRY}  ")
    screen.press("up")
    screen.wait_for(f"{CASE}  ")


@pytest.mark.slow
def test_a_full_disk_is_said_and_the_whistle_goes_out_once_there_is_room(tmp_path: Path) -> None:
    """Nothing of ours may grow any more, drafts included; then it may."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        type_whistle(screen)
        time.sleep(2.5)
        pid, free = screen.process.pid, resource.RLIM_INFINITY
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, free))
        survive_a_full_disk(screen)
        assert titles(database).count(MATTER) == 0
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (free, free))
        screen.press("f2")
        screen.wait_for(BACK)
        screen.press("enter")
        screen.wait_for("未结哨 4", 30)
        screen.press("ctrl+q")
        assert screen.ended(10) == 0
    assert titles(database).count(MATTER) == 1


@pytest.mark.slow
def test_a_disk_of_three_megabytes(tmp_path: Path) -> None:
    """The figure in full: a real file system of 3 MB with the whole home on it, filled and freed."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    unshare = ["unshare", "-r", "-m"]
    probe = f"mount -t tmpfs -o size=3m tmpfs {shlex.quote(str(mounted))}"
    if not shutil.which("unshare") or subprocess.run([*unshare, "sh", "-c", probe], capture_output=True).returncode:
        pytest.skip("this system lets no program mount a disk of its own")
    source, database = lay(tmp_path), mounted / "wangge.db"
    copy = shlex.join(["cp", str(source), str(database)])
    script = f"{probe} && {copy} && exec {shlex.join(command(database))}"
    env = environment(mounted / "home")
    with PtyScreen([*unshare, "sh", "-c", script], env=env, cwd=ROOT) as screen:
        screen.wait_for(CASE, 60)
        type_whistle(screen)
        time.sleep(2.5)
        inside = Path(f"/proc/{screen.process.pid}/root{mounted}")
        with contextlib.suppress(OSError), (inside / "ballast").open("wb", buffering=0) as ballast:
            while ballast.write(b"0" * 4096):
                continue
        survive_a_full_disk(screen)
        (inside / "ballast").unlink()
        screen.press("f2")
        screen.wait_for(BACK)
        screen.press("enter")
        screen.wait_for("未结哨 4", 30)
        copied = tmp_path / "after"
        copied.mkdir()
        for path in inside.glob("wangge.db*"):
            shutil.copy(path, copied)
    assert titles(copied / "wangge.db").count(MATTER) == 1


# -- two people, two clocks ---------------------------------------------------------------------------
def conflicts(tmp_path: Path, rounds: int) -> None:
    """Two programs change one draft ``rounds`` times at the same moment."""
    database = lay(tmp_path)
    two = [sys.executable, str(ROOT / "tests/crash/conflict.py"), str(database), str(rounds)]
    env = environment(tmp_path / "home")
    ended = subprocess.run(two, env=env, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["statuses"] == [0, 0]
    won = []
    for pair in told["outcomes"]:
        assert sorted(key for one in pair for key in one if key != "said") == ["lost", "won"], pair
        (winner,) = (one["won"] for one in pair if "won" in one)
        (said,) = (one["said"] for one in pair if "lost" in one)
        assert "was faster" in said
        assert f"officer {'AB'[MEMBERS.index(winner.split()[0])]}" in said
        assert "facts changed" in said
        won.append(winner)
    assert told["titles"] == ["路灯不亮", *won]
    assert told["version"] == rounds + 1


@pytest.mark.slow
def test_of_two_who_change_a_case_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    """Sixty times: exactly one wins, the other learns who and what, the history holds every winner."""
    conflicts(tmp_path, 60)


@pytest.mark.slow
def test_five_hundred_conflicts(tmp_path: Path) -> None:
    """The figure in full."""
    conflicts(tmp_path, 500)


def test_a_clock_set_back_an_hour_breaks_nothing(tmp_path: Path) -> None:
    """The board opens, notes and new whistles are taken; a step before the one it follows is refused in a sentence."""
    room = Room.open(lay(tmp_path))
    try:
        drill = room.house.station.clock
        assert drill is not None
        room.clock.at = drill.real_at
        case = room.house.desk.view().board.rows[0].whistle.id
        step = {"told": UTILITIES, "department": UTILITIES, "note": "泵车已到"}
        told = room.act(case, Action.WORK_NOTE, **step)
        room.later(hours=-1)
        assert room.house.desk.view().board.rows
        with pytest.raises(BadInput, match="before the step it follows"):
            room.act(case, Action.WORK_NOTE, **step)
        noted = room.act(case, Action.NOTE, note="机房的钟慢了一小时")
        blown = room.blow(look_alike=LookAlike(is_new=True))
        assert told.event.seq < noted.event.seq < blown.event.seq
        assert [event.seq for event in room.events(case)] == sorted(event.seq for event in room.events(case))
        room.later(hours=1, minutes=1)
        room.act(case, Action.WORK_NOTE, **step)
        for one in (case, blown.case.whistle.id):
            room.check(one)
    finally:
        room.house.close()

"""The desk on a real terminal: it opens, lives, and however it ends leaves terminal, drafts and database in order."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from app.services.clocks import set_drill_clock
from app.settings import remember_member
from tests.terminal.pty_screen import PtyScreen
from tests.ui.night_house import OFFICER, Night, found_night

ROOT = Path(__file__).resolve().parents[2]
DESK = """
import sys
from app.main import run_desk
from app.settings import load_settings
sys.exit(run_desk(load_settings()))
"""
BROKEN = (
    """
from app.screens.duty_desk import DutyDesk
def moved(self, event):
    caller = "张三 13800000000"
    raise KeyError(caller)
DutyDesk.on_row_list_moved = moved
"""
    + DESK
)

STUCK = (
    """
import _imp, gc, threading, time
from app.engine.running import Running
class Late:
    def __init__(self):
        self.me = self
    def __del__(self):
        import wave
def last():
    threading.main_thread().join()
    gc.disable()
    Late()
    time.sleep(1)
def hold():
    threading.main_thread().join()
    _imp.acquire_lock()
    time.sleep(60)
def stuck(self):
    print("starting", file=open("starting", "w"))
    threading.Thread(target=hold, daemon=True).start()
    threading.Thread(target=last, daemon=False).start()
    time.sleep(60)
Running.start = stuck
"""
    + DESK
)
"""A desk whose engine takes a minute to start; at the very end one thread stops in an import, and one more imports."""


class RealWall:
    """The machine's clock."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)

    wall = now


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """One emergency on the board of a drill whose clock runs from 23:57."""
    made = found_night(tmp_path)
    made.blow(place_text="双河大桥旁")
    made.wall.set("07-02 23:57")
    set_drill_clock(made.house.store, RealWall(), made.wall.at, 1.0, made.actor(), uuid4())
    remember_member(made.settings, OFFICER)
    yield made
    made.house.close()


@contextmanager
def desk(night: Night, script: str = DESK, cols: int = 120, rows: int = 36, **more: str) -> Iterator[PtyScreen]:
    """The desk on a terminal over the night's database, its settings in the test's folder."""
    env = {name: text for name, text in os.environ.items() if not name.startswith(("WANGGE", "TEXTUAL", "NO_COLOR"))}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "WANGGE_HOME": str(night.settings.state.parent), **more}
    with PtyScreen([sys.executable, "-c", script], cols=cols, rows=rows, env=env, cwd=ROOT) as screen:
        yield screen


def kept_drafts(night: Night) -> str:
    """All that lies in the folder of drafts."""
    return "".join(path.read_text("utf-8") for path in night.settings.drafts.glob("*.json"))


def type_half_a_line(screen: PtyScreen, words: str) -> None:
    """Open the one-line whistle and type, without sending."""
    screen.wait_for("未结哨 1")
    screen.press("f2")
    screen.wait_for("╭")
    screen.press(*words)
    screen.wait_for(words)


def test_it_opens_shows_live_rows_and_leaves_a_clean_terminal(night: Night) -> None:
    """A frame, then rows; another process's whistle appears by itself; F10 ends with 0 and the terminal as it was."""
    with desk(night) as screen:
        screen.wait_for("网格指挥台")
        screen.wait_for("井盖被倒灌的河水冲失")
        night.blow("加油站旁边电杆冒火花", "JF-PPA-G02")
        assert screen.wait_for("电杆冒火花") < 1.5
        screen.press("f10")
        assert screen.ended() == 0
        assert screen.left_clean()


@pytest.mark.slow
def test_a_small_terminal_in_english(night: Night) -> None:
    """80×24: the board, and the case behind Enter."""
    with desk(night, cols=80, rows=24, WANGGE_LANG="en") as screen:
        screen.wait_for("raise to zone")
        screen.press("enter")
        screen.wait_for("whistle blown")
        screen.press("f10")
        assert screen.ended() == 0


def test_a_size_somebody_exported_is_not_believed(night: Night) -> None:
    """COLUMNS and LINES of another terminal: the desk fills this one, and follows when it is resized."""
    with desk(night, cols=120, rows=36, COLUMNS="80", LINES="24") as screen:
        screen.wait_for("时间线")
        assert max(map(len, screen.lines())) > 80
        assert "F1" in screen.lines()[35]
        screen.resize(100, 30)
        screen.wait_until(lambda shown: shown.split("\n")[29].strip().startswith("F1"))


@pytest.mark.slow
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_keeps_the_draft_and_restores_the_terminal(night: Night, number: signal.Signals, status: int) -> None:
    """Typed half a line, then asked to end: the words are on disk, the screen is the shell's, no lock is held."""
    with desk(night) as screen:
        type_half_a_line(screen, "电线杆倒了")
        screen.signal(number)
        assert screen.ended(6.0) == status
        assert screen.left_clean()
    assert "电线杆倒了" in kept_drafts(night)
    night.blow("锁已放开", "JF-SH-G02")


def test_a_hung_up_line_ends_the_desk_and_keeps_the_draft(night: Night) -> None:
    """The terminal is gone without a word: the process ends by itself within seconds."""
    with desk(night) as screen:
        type_half_a_line(screen, "桥上有人")
        screen.hang_up()
        screen.ended(8.0)
    assert "桥上有人" in kept_drafts(night)


def test_a_bug_in_the_screen_prints_one_sentence_and_no_variables(night: Night) -> None:
    """Status 70, one line, the caller's name and number neither on the terminal nor in the log."""
    with desk(night, BROKEN) as screen:
        assert screen.ended(15.0) == 70
        assert screen.left_clean()
        said = screen.last_words()
        sent = screen.bytes.decode("utf-8", "replace")
    assert said.startswith("指挥台意外停止")
    assert len(said.splitlines()) == 1
    log = (night.settings.state / "trouble.log").read_text("utf-8")
    assert "KeyError" in log
    assert "13800000000" not in log + sent


@pytest.mark.parametrize("content", [b"not a database at all" * 100, None], ids=["foreign", "missing"])
def test_a_database_that_cannot_be_opened_is_one_line_and_status_3(night: Night, content: bytes | None) -> None:
    """Foreign or missing: one sentence after the terminal is back, nothing written over it."""
    other = night.settings.state / "other.db"
    if content is not None:
        other.write_bytes(content)
    with desk(night, WANGGE_DB=str(other)) as screen:
        assert screen.ended(15.0) == 3
        assert screen.left_clean()
        said = screen.last_words()
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    assert (other.read_bytes() if other.exists() else None) == content


@pytest.mark.slow
def test_who_leaves_while_the_duty_clock_still_starts_is_not_held(night: Night, tmp_path: Path) -> None:
    """A lane that does not come back, and a thread in the middle of an import, keep nobody at the desk."""
    with desk(night, f"import os; os.chdir({str(tmp_path)!r})\n{STUCK}", PYTHONPATH=str(ROOT)) as screen:
        screen.wait_for("双河大桥")
        until = time.monotonic() + 20
        while not (tmp_path / "starting").exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert (tmp_path / "starting").exists()
        screen.press("f10")
        assert screen.ended(10) == 0
        assert screen.left_clean()
        assert "RuntimeWarning" not in screen.text()

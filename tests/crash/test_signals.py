"""However the desk is ended, typed words come back, the terminal is restored, no lock stays (reliability 8)."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import wire
from tests.terminal.desk import lay, open_desk
from tests.terminal.pty_screen import PtyScreen

BACK = "已恢复上次没发出的内容"
"""What a form says when it found an unsent draft."""

BLOW, CALL = "f2", "c"
"""The keys of the blow line and of the call form."""


def terminate(screen: PtyScreen) -> None:
    """As `kill` does."""
    screen.signal(signal.SIGTERM)
    assert screen.ended(8) == 143
    assert screen.left_clean()
    assert wire.restored(screen.bytes) == []


def tell_hang_up(screen: PtyScreen) -> None:
    """SIGHUP while the terminal still listens."""
    screen.signal(signal.SIGHUP)
    assert screen.ended(8) == 129
    assert screen.left_clean()
    assert wire.restored(screen.bytes) == []


def drop_the_line(screen: PtyScreen) -> None:
    """The terminal is gone without a word."""
    screen.hang_up()
    assert screen.ended(10) == 129


def kill(screen: PtyScreen) -> None:
    """kill -9, just after the two seconds in which the draft must be on disk."""
    time.sleep(2.0)
    screen.signal(signal.SIGKILL)
    assert screen.ended(8) == -signal.SIGKILL


End = Callable[[PtyScreen], None]
ENDS: tuple[End, ...] = (terminate, tell_hang_up, drop_the_line, kill)


def nothing_is_locked(database: Path) -> None:
    """Another program writes at once."""
    other = sqlite3.connect(database, timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    other.close()


def only_ours(drafts: Path) -> None:
    """What is being typed is nobody else's business: 0600 in a folder of 0700."""
    assert {path.stat().st_mode & 0o777 for path in drafts.iterdir()} == {0o600}
    assert drafts.stat().st_mode & 0o777 == 0o700


def type_words(screen: PtyScreen, form: str, words: str) -> None:
    """Open a form and type into its first line of text."""
    screen.press(form)
    screen.wait_for("╭", 30)
    for piece in words:
        screen.send(piece)
    screen.wait_for(words, 30)


def words_are_back(screen: PtyScreen, form: str, words: str) -> None:
    """The form opens with them; F8 clears it, Esc leaves it."""
    screen.press(form)
    screen.wait_for(BACK, 30)
    assert words in screen.text()
    screen.press("f8")
    screen.wait_gone(words, 20)
    screen.press("escape")
    screen.wait_gone("╭", 20)


def end_again_and_again(folder: Path, ends: list[tuple[End, str]]) -> None:
    """A desk after the other: each finds the words of the one before, types new ones and is ended."""
    database = lay(folder)
    before: tuple[str, str] | None = None
    for number, (end, form) in enumerate(ends):
        words = f"桥头第{number}棵树倒了"
        with open_desk(database) as screen:
            if before is not None:
                words_are_back(screen, *before)
            type_words(screen, form, words)
            end(screen)
        nothing_is_locked(database)
        only_ours(folder / "home/state/drafts")
        before = form, words
    with open_desk(database) as screen:
        assert before is not None
        words_are_back(screen, *before)
        screen.press("f10")
        assert screen.ended(10) == 0
    assert not (folder / "home/state/trouble.log").exists()
    assert not list((folder / "home/state/drafts").iterdir())


@pytest.mark.slow
def test_words_outlive_every_way_to_end(tmp_path: Path) -> None:
    """Killed politely, hung up, cut off and killed hard, in the blow line and in the call form."""
    end_again_and_again(tmp_path, [(terminate, CALL), (tell_hang_up, BLOW), (drop_the_line, CALL), (kill, BLOW)])


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("form", [BLOW, CALL])
def test_ten_times(tmp_path: Path, end: End, form: str) -> None:
    """The figure in full: 20 of each, ten in each form."""
    end_again_and_again(tmp_path, [(end, form)] * 10)


def test_a_signal_while_the_database_opens_ends_the_desk(tmp_path: Path) -> None:
    """The first second is no exception: it ends at once, the terminal is as it was."""
    database = lay(tmp_path)
    with open_desk(database, wait="") as screen:
        screen.wait_until(lambda shown: "网格指挥台" in shown, 30)
        screen.signal(signal.SIGTERM)
        assert screen.ended(8) == 143
        assert screen.left_clean()
    nothing_is_locked(database)

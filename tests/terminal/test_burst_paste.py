"""A terminal that does not bracket its pastes: what is pasted is text and never runs as keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.desk import CASE, DRY, lay, open_desk
from tests.terminal.pty_screen import PtyScreen

BOX = "╭"
PASTED = "u\rc\r2\rt\rmnb delete these cases\rz"
"""Undo, a call, the other mode, another look … if it ran."""
COMMITTED = "加油站旁边的电杆冒火花了"


def calm(screen: PtyScreen) -> None:
    """Out of the search, and nothing lies over the desk."""
    screen.press("escape", "escape", pause=0.2)
    screen.settle()


@pytest.mark.slow
def test_a_paste_without_brackets_is_searched_for_and_never_run(tmp_path: Path) -> None:
    """On the board its first line is searched for, and what stands below it runs nothing."""
    with open_desk(lay(tmp_path)) as screen:
        screen.send("mnb delete these cases\r" + PASTED)
        screen.wait_for("mnb delete these cases", 10)
        screen.wait_for("只搜索第一行", 10)
        screen.press("escape", "f10", pause=0.2)
        assert screen.ended(10) == 0


@pytest.mark.slow
def test_a_large_one_is_refused_and_in_a_form_it_is_one_line(tmp_path: Path) -> None:
    """In several reads it stays one; the line ends of one pasted into a form do not send it."""
    with open_desk(lay(tmp_path)) as screen:
        screen.send(PASTED * 4_000)
        screen.settle(1.0)
        assert BOX not in screen.text()
        calm(screen)
        screen.press("f2")
        screen.wait_for(BOX)
        screen.settle()
        screen.send("双河二 应急 加油站旁\r电杆冒火花")
        screen.wait_for("双河二 应急 加油站旁 电杆冒火花", 10)
        assert BOX in screen.settle()
        screen.press("f8")
        screen.settle()
        screen.press("escape")
        screen.wait_gone(BOX)
        assert CASE in screen.text()
        screen.press("f10")
        assert screen.ended(10) == 0


@pytest.mark.slow
def test_keys_and_what_an_input_method_commits_are_what_they_were(tmp_path: Path) -> None:
    """A dozen Chinese characters at once open the search and say why; held keys move; F2 and a line blow a whistle."""
    with open_desk(lay(tmp_path)) as screen:
        screen.send(COMMITTED)
        screen.wait_for(COMMITTED, 10)
        screen.wait_for("输入法开着", 10)
        calm(screen)
        screen.send("j" * 12 + "k" * 12)
        screen.wait_for(f"{CASE}  ", 10)
        screen.send("jjjjjjjjjj")
        screen.wait_until(lambda shown: f"{CASE}  " not in shown, 10)
        screen.send("kkkkkkkkkkkk")
        screen.wait_for(f"{CASE}  ", 10)
        screen.press("down")
        screen.wait_for(f"{DRY}  ", 10)
        for key in "z/ubcdnm":  # one key a read, as fast as a hand: z zooms, / opens the search, the rest is its text
            screen.press(key, pause=0.02)
        screen.wait_for("ubcdnm", 10)
        calm(screen)
        screen.press("f2")
        screen.wait_for(BOX)
        screen.settle()
        screen.send("双河二 应急 加油站旁电杆冒火花\r")
        screen.wait_gone(BOX)
        screen.wait_for("加油站旁电杆冒火花", 10)
        screen.press("f10")
        assert screen.ended(10) == 0


def test_esc_and_the_next_key_in_one_go_leave_a_form_and_open_another(tmp_path: Path) -> None:
    """No key with Alt is read out of them: the call's form opens, and Enter behind Esc sends nothing."""
    with open_desk(lay(tmp_path)) as screen:
        screen.press("f2")
        screen.wait_for(f"{BOX}─ 吹哨", 30)
        screen.send("双河二 应急 加油站旁电杆冒火花")
        screen.wait_for("加油站旁电杆冒火花", 20)
        screen.send("\x1bc")
        screen.wait_for(f"{BOX}─ 接电话", 20)
        screen.send("\x1b\x1bOQ")
        screen.wait_for("加油站旁电杆冒火花", 20)
        screen.send("\x1b\r")
        screen.wait_gone(BOX, 20)
        screen.press("f10")
        assert screen.ended(10) == 0
    assert list((tmp_path / "home/state/drafts").glob("*.blow.json"))

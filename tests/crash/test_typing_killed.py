"""kill -9 in the midst of typing, again and again: what stood on the screen two seconds before is offered again."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from tests.crash.test_signals import BACK, BLOW, CALL
from tests.terminal.desk import lay, open_desk
from tests.terminal.pty_screen import PtyScreen

ROUNDS = 5
PROMISE = 2.0
"""Seconds from a key to the disk (decisions 9)."""
SURELY_TYPED = 4
"""So many letters in a row stand nowhere else on the screen."""
TITLES = {BLOW: "╭─ 吹哨", CALL: "╭─ 接电话"}
"""What stands in the border of the form a key opens."""
LETTERS = "双河一网格井盖洞口翻水树倒路灯不亮积水"


@pytest.mark.slow
def test_what_was_typed_two_seconds_before_a_kill_is_back(tmp_path: Path) -> None:
    """Typed at any speed, killed at any moment."""
    dice = random.Random(20200702)
    database = lay(tmp_path)
    before: tuple[str, str] | None = None
    for number in range(ROUNDS + 1):
        with open_desk(database) as screen:
            if before is not None:
                words_are_back(screen, *before, tmp_path / "home/state/drafts")
            if number == ROUNDS:
                break
            form = dice.choice((BLOW, CALL))
            before = form, type_until_killed(screen, form, dice)


def type_until_killed(screen: PtyScreen, form: str, dice: random.Random) -> str:
    """Type for a while, then kill -9; what stood on the screen two seconds before."""
    screen.press(form)
    screen.wait_for(TITLES[form], 30)
    ends = time.monotonic() + dice.uniform(2.2, 3.4)
    text, seen = "", [(0.0, "")]
    while time.monotonic() < ends:
        letter = dice.choice(LETTERS)
        screen.send(letter)
        text += letter
        time.sleep(dice.uniform(0.02, 0.12))
        if len(text) >= SURELY_TYPED and text[-6:] in screen.text().replace("\n", ""):
            seen.append((time.monotonic(), text))
    killed = time.monotonic()
    screen.signal(signal.SIGKILL)
    assert screen.ended(8) == -signal.SIGKILL
    return max((shown for at, shown in seen if at <= killed - PROMISE), key=len)


def words_are_back(screen: PtyScreen, form: str, safe: str, drafts: Path) -> None:
    """They are offered by the form and lie in its draft; F8 clears them."""
    kept = [path.read_text(encoding="utf-8") for path in drafts.glob("*.json")]
    assert any(safe in text for text in kept) or not safe
    screen.press(form)
    screen.wait_for(TITLES[form], 30)
    if safe:
        screen.wait_for(BACK, 30)
        assert safe[:10] in screen.text()
    screen.press("f8")
    screen.wait_gone(BACK, 20)
    screen.press("escape")
    screen.wait_gone("╭", 20)


@pytest.mark.slow
def test_two_desks_killed_with_the_same_form_open_keep_their_own_words(tmp_path: Path) -> None:
    """Each comes back to its own, in the other language too; neither finds the other's."""
    database = lay(tmp_path)
    words = ("双河一 树倒了挡路", "湾溪一 路灯全不亮")
    with open_desk(database) as first, open_desk(database) as second:
        for screen, text in zip((first, second), words, strict=True):
            screen.press(BLOW)
            screen.wait_for("╭", 30)
            screen.send(text)
            screen.wait_for(text[-4:], 20)
        time.sleep(PROMISE)
        for screen in (first, second):
            screen.signal(signal.SIGKILL)
            assert screen.ended(8) == -signal.SIGKILL
    with open_desk(database, language="en") as first, open_desk(database) as second:
        for screen, text, back in zip((first, second), words, ("is back", BACK), strict=True):
            screen.press(BLOW)
            screen.wait_for(back, 30)
            assert text[-4:] in screen.text()
        assert words[1][-4:] not in first.text()
        assert words[0][-4:] not in second.text()

"""Pastes, sizes and terminals of every kind: the desk answers the next key at once (reliability 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import wire
from tests.terminal.desk import CASE, DRY, lay, open_desk
from tests.terminal.pty_screen import PtyScreen

BOX = "╭"
LINE, MATTER = "双河二 应急 加油站旁电杆冒火花", "加油站旁电杆冒火花"
SLOWEST_KEY = 1.0
"""Seconds from a key to its paint; five times what is promised."""


def lag(screen: PtyScreen, key: str, seen: str) -> float:
    """Seconds from a key to its paint."""
    screen.send(key)
    return screen.wait_for(seen, 30)


HEAVY = ("字" * 700_000, "桥头有树倒了\n" * 200_000)
"""2 MB on one line, and 200,000 lines."""


FIELDS = (("f2", HEAVY[1]),)
MORE_FIELDS = (("c", HEAVY[0]), ("c", HEAVY[1]), ("f2", HEAVY[0]), ("f7", HEAVY[0]), ("f8", HEAVY[1]))


@pytest.mark.parametrize("fields", [FIELDS, pytest.param(MORE_FIELDS, marks=pytest.mark.slow)])
def test_two_megabytes_pasted_are_refused_with_a_sentence(tmp_path: Path, fields: tuple[tuple[str, str], ...]) -> None:
    """In the blow line and the call form: refused whole, said, and the next key is painted at once."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        for form, heavy in fields:
            screen.press(form)
            screen.wait_for(BOX, 30)
            screen.settle()
            screen.paste(heavy)
            assert screen.wait_for("没有粘贴", 30) < 5.0
            assert lag(screen, "Q", "Q") < 1.5
            screen.press("f8")
            screen.settle()
            screen.press("escape")
            screen.wait_gone(BOX)
        screen.press("f10")
        assert screen.ended(10) == 0
        assert wire.foreign(screen.bytes) == []


@pytest.mark.slow
def test_two_megabytes_pasted_where_nothing_asks_for_text(tmp_path: Path) -> None:
    """On the board, in the search and in the palette: short lines, never a frozen screen."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        for key in ("", "f3", "f9"):
            for heavy in HEAVY:
                if key:
                    screen.press(key)
                    screen.settle()
                screen.paste(heavy)
                screen.settle(0.5)
                screen.press("escape", "escape", pause=0.3)
                assert lag(screen, "\x1b[B", f"{DRY}  ") < 1.5
                assert lag(screen, "\x1b[A", f"{CASE}  ") < 1.5
        screen.press("f10")
        assert screen.ended(10) == 0
        assert wire.foreign(screen.bytes) == []


@pytest.mark.slow
def test_a_terminal_of_another_encoding_does_not_end_the_desk(tmp_path: Path) -> None:
    """What is no UTF-8 becomes a stand-in; what follows is understood."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        screen.press("f2")
        screen.wait_for(BOX)
        screen.send_bytes("双河一".encode("gbk"))
        screen.wait_for("\N{REPLACEMENT CHARACTER}")
        screen.send("井盖冲开")
        screen.wait_for("井盖冲开")
        assert screen.alive


@pytest.mark.slow
def test_the_desk_follows_every_size(tmp_path: Path) -> None:
    """Wide, small, tiny and back, with a dialog open and without: it lives, and one thing has the focus."""
    database = lay(tmp_path)
    with open_desk(database) as screen:
        for dialog in (False, True):
            if dialog:
                screen.press("f2")
                screen.wait_for(BOX)
                screen.send(LINE)
            for cols, rows in ((80, 24), (200, 60), (40, 10), (120, 36))[dialog * 2 :]:
                screen.resize(cols, rows)
                shown = screen.settle()
                assert max(map(len, shown.splitlines())) <= cols
                assert screen.alive
            if dialog:
                screen.wait_for(f"✓ {MATTER}")
                assert lag(screen, "急", f"{MATTER}急") < SLOWEST_KEY
            else:
                screen.press("down")
                screen.wait_for(f"{DRY}  ")
        screen.press("ctrl+q")
        assert screen.ended(10) == 0
        assert wire.restored(screen.bytes) == []


POOR = (
    {"TERM": "dumb"}, {"NO_COLOR": "1"}, {"LC_ALL": "C", "LANG": "C"}, {"PYTHONIOENCODING": "gbk"}, {"TERM": ""},
    {"COLORTERM": "", "TERM": "vt100"},
)  # fmt: skip


@pytest.mark.parametrize("poor", [pytest.param(p, marks=() if n == 0 else pytest.mark.slow)
                                  for n, p in enumerate(POOR)])  # fmt: skip
def test_a_poor_terminal_is_no_reason_to_fail(tmp_path: Path, poor: dict[str, str]) -> None:
    """No colours, no UTF-8 locale, a terminal nobody knows: it opens, takes keys and leaves."""
    database = lay(tmp_path)
    with open_desk(database, wait="0702-01", **poor) as screen:
        screen.press("down")
        screen.wait_for("0701-01")
        screen.press("f10")
        assert screen.ended(15) == 0
        assert screen.left_clean()

"""Whatever is stored or pasted, the terminal gets visible text and Textual's own sequences (reliability 7)."""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from itertools import count
from pathlib import Path

import pytest

from app.__main__ import main
from app.domain.errors import BadInput
from app.samples import STREET as STREET_FILE
from app.samples import sample_text
from app.services.org_file import read_org_toml
from tests.terminal import wire
from tests.terminal.desk import NIGHT, STREET, lay, open_desk
from tests.terminal.hostile import CLICK, PAYLOADS, poison, text
from tests.terminal.pty_screen import KEYS, PtyScreen

BOX = "╭"
"""The corner of a dialog: nothing else on the desk has one."""
PASTES = ("".join(PAYLOADS[:9])[:180], "".join(PAYLOADS[10:18])[:180], CLICK + "[/] [bold")


class Walk:
    """Opens things and leaves them again; remembers what was seen."""

    def __init__(self, screen: PtyScreen) -> None:
        self.screen = screen
        self.seen = ""
        self.opened: set[str] = set()
        """Labels of the moves whose dialog was open."""

    def look(self) -> str:
        """Let the screen come to rest and remember it."""
        shown = self.screen.settle(0.2)
        self.seen += shown
        return shown

    def into(self, keys: str) -> None:
        """Open a dialog."""
        self.screen.send(keys)
        self.screen.wait_for(BOX, 30)
        self.look()

    def out(self) -> None:
        """Leave all dialogs: Esc closes lists first, then the dialog."""
        for _ in range(6):
            if BOX not in self.screen.text():
                return
            self.screen.send(KEYS["escape"])
            try:
                self.screen.wait_gone(BOX, 2)
            except AssertionError:
                continue
        self.screen.wait_gone(BOX, 5)

    def visit(self, keys: str, *pastes: str) -> None:
        """Open a dialog, paste into its field, go through its fields, leave it empty."""
        self.into(keys)
        for paste in pastes:
            self.screen.paste(paste)
        for _ in range(4):
            self.screen.send(KEYS["down"])
        self.look()
        if pastes:
            self.screen.send(KEYS["f8"])
            self.look()
        self.out()

    def moves(self, most: int) -> int:
        """Open from the menu what was not opened yet, at most so many moves; returns how many."""
        opened = nth = 0
        while opened < most:
            self.into(KEYS["f6"])
            menu = self.screen.lines()
            rows = [line.split("│")[1].strip() for line in menu if line.count("│") > 1]
            labels = [row.split("  ")[0] for row in rows if row]
            while nth < len(labels) and labels[nth] in self.opened:
                nth += 1
            if nth >= len(labels):
                break
            self.screen.send(KEYS["down"] * nth + KEYS["enter"])
            try:
                self.screen.wait_until(lambda shown: _title(shown) != _title("\n".join(menu)), 4)  # noqa: B023
            except AssertionError:
                break
            self.opened.add(labels[nth])
            opened += 1
            self.screen.send(KEYS["down"] * 3)
            self.look()
            self.out()
        self.out()
        return opened

    def entry(self) -> bool:
        """Open an entry of the timeline, wherever Tab leads before; whether there was one."""
        for _ in range(9):
            self.screen.send(KEYS["tab"])
            self.look()
            self.screen.send(KEYS["enter"])
            try:
                self.screen.wait_for(BOX, 5)
            except AssertionError:
                self.screen.send("1")  # a round leads to its own mode: back to the desk, and to the next pane
                self.look()
                continue
            found = _title(self.look()) in ("记录 ", "Entry ")
            self.out()
            if found:
                return True
        return False

    def end(self) -> None:
        """Quit, and judge every byte that was sent."""
        self.screen.send(KEYS["ctrl+q"])
        assert self.screen.ended(30) == 0
        sent = self.screen.bytes
        assert wire.foreign(sent) == []
        assert wire.restored(sent) == []


def _title(shown: str) -> str:
    found = re.search(f"{BOX}─ ([^─]*)", shown)
    return found[1] if found else ""


def _pasted(shown: str) -> bool:
    """Whether the end of the last paste stands in the search line, as text."""
    return CLICK in shown.rpartition("\n")[2]


def hostile(folder: Path, name: str) -> Path:
    """A sample with attacks in every text."""
    database = lay(folder, name)
    assert poison(database) > 500
    return database


@pytest.mark.slow
def test_the_board_and_a_form_show_hostile_text_as_text(tmp_path: Path) -> None:
    """The first look, a paste into the blow line and one into the search: nothing of it commands the terminal."""
    database = hostile(tmp_path, NIGHT)
    with open_desk(database) as screen:
        walk = Walk(screen)
        walk.look()
        walk.visit(KEYS["f2"], PASTES[0])
        screen.send(KEYS["f3"])
        for paste in PASTES:
            screen.paste(paste)
        screen.wait_until(_pasted, 30)
        walk.look()
        walk.end()


@pytest.mark.slow
def test_nothing_stored_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    """Board, detail, help, palette, search, and dialogs in both languages: every byte is text or Textual's own."""
    database = hostile(tmp_path, NIGHT)
    with open_desk(database) as screen:
        walk = Walk(screen)
        walk.look()
        walk.visit(KEYS["f2"], *PASTES)
        walk.visit("c", PASTES[0])
        walk.visit(KEYS["f5"], PASTES[1])
        walk.visit(KEYS["f1"], PASTES[1])
        screen.send("l2")
        screen.wait_for("Whistles", 20)
        walk.look()
        screen.send("1" + KEYS["f3"])
        walk.look()
        for paste in PASTES:
            screen.paste(paste)
        screen.wait_until(_pasted, 30)
        walk.look()
        screen.send(KEYS["escape"] + KEYS["down"])
        assert walk.moves(2) == 2
        assert walk.entry()
        walk.end()
    assert CLICK in walk.seen
    assert not (tmp_path / "home/state/trouble.log").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "size"), [("zh", (200, 50)), ("en", (80, 24))])
def test_every_dialog_shows_hostile_text_as_text(tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    """The street with every state: the dialog of every move this desk can make, both modes, all other dialogs."""
    database = hostile(tmp_path, STREET)
    with open_desk(database, language=language, cols=size[0], rows=size[1], wait="") as screen:
        screen.wait_for("F1", 60)
        screen.wait_for("眼", 60)
        walk = Walk(screen)
        for mode in ("2", "1"):
            screen.send(mode)
            walk.look()
            for _ in range(14):
                walk.moves(25)
                screen.send(KEYS["down"])
                walk.look()
        for keys in ("c", "s", "d", "b", KEYS["f9"]):
            walk.visit(keys, *PASTES)
        walk.end()
    assert len(walk.opened) > 20
    assert CLICK in walk.seen
    assert not (tmp_path / "home/state/trouble.log").exists()


VERBS = (
    ("status",), ("whistle", "list"), ("whistle", "show", "W-20200702-01"), ("whistle", "timeline", "W-20200702-01"),
    ("whistle", "show", "no\x1b]0;evil\x07such\u202e"), ("org", "show"), ("org", "show", "\x9b31m"), ("spot", "list"),
    ("shift", "show"), ("policy", "show"), ("--as", "\x1b[2J眼", "status"), ("\x1b]0;evil\x07",),
)  # fmt: skip


@pytest.mark.slow
def test_the_command_line_prints_no_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers and refusals, for people and as JSON, in both languages."""
    database = hostile(tmp_path, NIGHT)
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    told = ""
    for verb in VERBS:
        for more in (("--lang", "zh"), ("--lang", "en"), ("--json",)):
            status = main(["--db", str(database), *verb, *more])
            printed = capsys.readouterr()
            assert status in (0, 1, 2)
            told += printed.out
            for line in (printed.out + printed.err).split("\n"):
                assert wire.foreign(line.encode("utf-8", "surrogatepass")) == [], (verb, more)
            if more == ("--json",) and status == 0:
                json.loads(printed.out)
    assert CLICK in told


def test_a_path_with_control_characters_is_told_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a file is somebody's text too."""
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    evil = tmp_path / "\x1b]0;evil\x07\x9b31m.db"
    evil.write_text("not a database at all")
    for words in (["status"], ["status", "--json"], []):
        assert main(["--db", str(evil), *words]) == 3
        printed = capsys.readouterr()
        assert "evil" in printed.err
        assert wire.foreign((printed.out + printed.err).replace("\n", "").encode()) == []


def test_an_organisation_file_of_attacks_is_cleaned_or_refused() -> None:
    """What a loaded file brings into names, places and phones is visible text only, or the file is refused."""
    loaded = refused = 0
    for number in range(len(PAYLOADS)):
        toml = _attacked(_toml(json.dumps(text(number, surrogates=False, most=50))))
        try:
            street = read_org_toml(toml, "evil.toml")
        except BadInput:
            refused += 1
            continue
        loaded += 1
        assert _strings(astuple(street))
        for name in _strings(astuple(street)):
            assert wire.foreign(name.encode()) == [], (number, name)
    assert loaded
    assert loaded + refused == len(PAYLOADS)


def _attacked(quoted: str) -> str:
    """The sample street with this in every name and remark; a number tells them apart, as a loader wants it."""
    numbers = count()
    return re.sub(r'\b(zh|en|short_zh|short_en|landmarks|remit|hazard|note) = "[^"]*"',
                  lambda found: f'{found[1]} = {quoted[:-1]}{next(numbers)}"', sample_text(STREET_FILE))  # fmt: skip


def _toml(quoted: str) -> str:
    """A JSON string as TOML has it: it knows the same escapes but surrogate pairs."""
    whole = re.sub(r"\\u(d[89ab]..)\\u(d[c-f]..)", lambda m: f"\\U{_point(m[1], m[2]):08x}", quoted)
    return re.sub(r"\x7f", r"\\u007f", whole)


def _point(high: str, low: str) -> int:
    return 0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list | dict):
        return [found for part in (value.values() if isinstance(value, dict) else value) for found in _strings(part)]
    return []

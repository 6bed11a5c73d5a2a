"""The desk as people start it: a real process on a terminal, over a sample database made once and copied."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from app.bootstrap import WallClock
from app.samples.build import build_sample
from app.samples.script import local
from app.settings import Settings
from tests.terminal.pty_screen import PtyScreen

ROOT = Path(__file__).resolve().parents[2]
OFFICER = "JF-ZB1"
"""Sits at the desk in every test."""
NIGHT, STREET = "night", "street"
OPENS = {NIGHT: "2020-07-03 00:40", STREET: "2020-10-26 08:30"}
CASE, DRY = "0702-01", "0701-01"
"""Two cases of the night as the board calls them."""


@cache
def sample(name: str) -> bytes:
    """The file of a sample, made once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.db"
        build_sample(settings_at(path), name, local(OPENS[name]), WallClock()).close()
        return path.read_bytes()


def settings_at(path: Path, language: str = "zh") -> Settings:
    """Settings whose every folder is the file's own."""
    return Settings(home=path.parent, config=path.parent / "none.toml", state=path.parent / "state", database=path,
                    language=language)  # fmt: skip


def lay(folder: Path, name: str = NIGHT) -> Path:
    """A copy of a sample in a folder."""
    path = folder / "wangge.db"
    path.write_bytes(sample(name))
    path.chmod(0o600)
    return path


def environment(home: Path, language: str = "zh", **more: str) -> dict[str, str]:
    """The variables of a test's own home; nothing of the machine's settings."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("WANGGE", "TEXTUAL", "NO_COLOR"))}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return {**kept, **terminal, "WANGGE_HOME": str(home), "WANGGE_LANG": language, **more}


def command(database: Path, *, member: str = OFFICER) -> list[str]:
    """The command line that opens the desk."""
    return [sys.executable, "-m", "app", "--db", str(database), *(("--as", member) if member else ())]


def open_desk(
    database: Path, *, language: str = "zh", cols: int = 120, rows: int = 36, wait: str = CASE, member: str = OFFICER,
    **more: str,
) -> PtyScreen:  # fmt: skip
    """Start the desk over a database, with its home beside it, and wait until the board shows ``wait``."""
    env = environment(database.parent / "home", language, **more)
    screen = PtyScreen(command(database, member=member), cols=cols, rows=rows, env=env, cwd=ROOT)
    if wait:
        try:
            screen.wait_for(wait, 60)
        except BaseException:
            screen.close()
            raise
    return screen

"""How the person started the program, for sentences that name a command: `wangge`, or `python3 run.py`."""

from __future__ import annotations

import os

VARIABLE = "WANGGE_CALLED"
"""Set by ``run.py``, which knows how it was called."""


def called() -> str:
    """What stands before a verb; ``wangge`` when nobody said otherwise."""
    return os.environ.get(VARIABLE, "") or "wangge"


def opens(path: str) -> str:
    """The command that opens a database."""
    return f'{called()} --db "{path}"' if " " in path else f"{called()} --db {path}"


def as_called(command: str) -> str:
    """A command written as ``wangge …`` the way it is called here."""
    return command.replace("wangge", called(), 1)

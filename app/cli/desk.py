"""Opens the desk; the first time, asks whether to look at a sample or to found a street's own database."""

from __future__ import annotations

import gc
import sys

from app.cli.command_line import Unclear
from app.cli.session import Session
from app.cli.tongue import N_
from app.domain.errors import BadInput, StoreTrouble, Trouble
from app.domain.message import Message
from app.domain.text import visible


def open_desk(session: Session) -> int:
    """Run the desk on the chosen database and return its exit status."""
    if session.options.json:
        raise Unclear(N_("The desk has no JSON; ask `wangge status --json`."))
    if not session.settings.database.exists():
        _first_run(session)
    elif session.options.clock:
        session.open()
    session.close()
    return run_desk(session)


def run_desk(session: Session) -> int:
    """Run the desk on a database that is there.

    What is imported stays: collecting garbage among it costs a seventh of the start and finds nothing.
    ``CommandCenter`` collects again once rows are shown.
    """
    gc.disable()
    from app.main import run_desk as run

    return run(session.settings)


def _first_run(session: Session) -> None:
    """Make the database that the person chooses; without a terminal to ask on, say what can be done."""
    path = str(session.settings.database)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise StoreTrouble(
            Message(
                "There is no database at {path} yet. `wangge demo` opens a sample, `wangge init --org FILE` "
                "founds one for your street.", {"path": path},
            ),
            Trouble.MISSING,
        )  # fmt: skip
    t = session.words.t
    print(visible(t("There is no database at {path} yet. What shall it be?", path=path)))
    print(t("  1  the sample: the night of 2 July 2020, a drill in a file of its own"))
    print(t("  2  your street, from an organisation file (.toml or .xlsx)"))
    print(t("  3  an empty database; the organisation is loaded later"))
    while not _chosen(session, _ask("1/2/3: ")):
        pass


def _chosen(session: Session, choice: str) -> bool:
    """Do what was chosen; False when it has to be asked again."""
    from app.cli.demo import NIGHT, make
    from app.cli.init import found

    try:
        if choice == "1":
            make(session, NIGHT, None)
        elif choice == "2":
            found(session, org=_ask(session.words.t("Organisation file: ")))
        elif choice == "3":
            found(session)
        else:
            return False
    except BadInput as error:
        print(visible(session.words.say(error.message)))
        return False
    return True


def _ask(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError as end:
        raise KeyboardInterrupt from end

"""Opens the desk; the first time, asks whether to look at a sample or to found a street's own database."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from pathlib import Path

from app.called import called, opens
from app.cli.command_line import Unclear
from app.cli.session import Session
from app.cli.tongue import N_
from app.domain.errors import BadInput, StoreTrouble, Trouble, WanggeError
from app.domain.message import Message
from app.domain.text import visible


def open_desk(session: Session) -> int:
    """Run the desk on the chosen database and return its exit status."""
    if session.options.json:
        raise Unclear(N_("The desk has no JSON; ask `{wangge} status --json`."), wangge=called())
    if session.settings.values.get("keys"):
        from app.key_rules import keymap_of

        keymap_of(session.settings.values["keys"], session.settings.config)
    wanted = session.settings.database
    if not wanted.exists():
        if not _first_run(session):
            return 0
        if session.settings.database != wanted:
            say_where(session)
    elif session.options.clock:
        session.open()
    session.close()
    return run_desk(session)


def say_where(session: Session) -> None:
    """Which file the sample is and how it is opened again: stands in the terminal even when the desk is killed."""
    path = str(session.settings.database)
    print(visible(session.words.t("This drill is kept in {path}. Open it again:", path=path)), file=sys.stderr)
    print(visible(opens(path)), file=sys.stderr, flush=True)  # on a line of its own, to be copied whole


def run_desk(session: Session) -> int:
    """Run the desk on a database that is there.

    What is imported stays: collecting garbage among it costs a seventh of the start and finds nothing.
    ``CommandCenter`` collects again once rows are shown.
    """
    gc.disable()
    from app.main import run_desk as run

    return run(session.settings)


def _first_run(session: Session) -> bool:
    """Make or open what the person chooses; False when they leave. Without a terminal, say what can be done.

    On a terminal that cannot place a cursor the same is asked line by line.
    """
    path = str(session.settings.database)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise StoreTrouble(
            Message(
                "There is no database at {path} yet. `{wangge} demo` opens a sample, `{wangge} init --org FILE` "
                "founds one for your street.", {"path": path, "wangge": called()},
            ),
            Trouble.MISSING,
        )  # fmt: skip
    if os.environ.get("TERM", "") not in ("", "dumb"):
        return _welcome(session)
    _ask_by_line(session)
    return True


def _welcome(session: Session) -> bool:
    from app.screens.first_run import FirstRun
    from app.screens.terminal import believe_the_terminal
    from app.settings import remember_language

    believe_the_terminal()
    page = FirstRun(session.settings, lambda digit, path: _begin(session, digit, path), _write_template)
    page.dress_for_terminal()
    page.run()
    if page.last_word:
        print(visible(page.last_word), file=sys.stderr)
    if page.language != session.settings.language:
        remember_language(session.settings, page.language)
    session.settings = replace(session.settings, language=page.language)
    if page.return_code:
        raise SystemExit(page.return_code)
    return page.begun


def _begin(session: Session, digit: str, path: str) -> None:
    """What a choice of the first page means; a refusal leaves everything as it was."""
    from app.cli.demo import NIGHT, make
    from app.cli.init import found
    from app.screens.first_run import EMPTY, SAMPLE, STREET

    if digit == SAMPLE:
        make(session, NIGHT, None)
    elif digit in (STREET, EMPTY):
        found(session, org=str(Path(path).expanduser()) if path else "")
    else:
        _open_other(session, Path(path).expanduser())


def _open_other(session: Session, path: Path) -> None:
    before = session.settings
    if not path.is_file():
        raise BadInput(Message("There is no file {path}.", {"path": str(path)}), "path")
    session.settings = replace(before, database=path)
    try:
        session.open()
    except WanggeError:
        session.settings = before
        raise


def _write_template(path: str, language: str) -> None:
    from app.services.org_sheet import write_org_template

    wanted = Path(path).expanduser()
    if wanted.suffix.lower() != ".xlsx":
        raise BadInput(Message("Give the sheet a name that ends in .xlsx."), "path")
    write_org_template(wanted, language)


def _ask_by_line(session: Session) -> None:
    path = str(session.settings.database)
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

"""The way in and out of a command: what is asked, one answer or one refusal, the exit status (decisions 30)."""

from __future__ import annotations

import io
import os
import sys

from app.cli.command_line import Options, Unclear, split
from app.cli.tongue import N_, Tongue, spoken
from app.cli.verbs import VERBS, VERSION, main_help, unknown, verb_of, wants_help

TYPE_CHECKING = False
if TYPE_CHECKING:
    from app.cli.session import Session

DONE, NOT_UNDERSTOOD, INTERRUPTED, NOBODY_READS = 0, 2, 130, 141


def run(arguments: list[str]) -> int:
    """Do what a command line says and return its exit status."""
    _write_anyway()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _write_nowhere()
        return NOBODY_READS
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    return status


def _run(arguments: list[str]) -> int:
    options, rest, wrong = split(arguments)
    tongue = Tongue(spoken(options.language))
    try:
        if wrong is not None:
            raise wrong
        if wants_help(rest):
            print(main_help(tongue))
            return DONE
        if rest[:1] == [VERSION]:
            return _version()
        if rest and rest[0] not in VERBS:
            raise unknown("wangge", rest[0], VERBS)
        return _answered(options, rest, tongue)
    except Unclear as unclear:
        return _unclear(options, unclear, tongue)


def _version() -> int:
    """Which program and which SQLite: what somebody who helps from far away asks first."""
    from app import __version__
    from app.bootstrap import sqlite_version

    print(f"wangge {__version__} · SQLite {sqlite_version()} · Python {sys.version.split()[0]}")
    return DONE


def _unclear(options: Options, unclear: Unclear, tongue: Tongue) -> int:
    from app.cli.answers import refuse_text

    return refuse_text(options, tongue.t(unclear.msgid, **unclear.params), "bad_input", NOT_UNDERSTOOD)


def _answered(options: Options, rest: list[str], tongue: Tongue) -> int:
    """Run the verb, or the desk without one, and give its answer or its refusal."""
    from app.cli.session import Session
    from app.domain.errors import WanggeError
    from app.render.words import Words
    from app.settings import load_settings

    words = Words("en" if tongue.language == "en" else "zh")
    session: Session | None = None
    try:
        settings = load_settings(file_of(options.database), options.language, options.acting, options.theme)
        session = Session(options, settings)
        words = session.words
        if not rest:
            from app.cli.desk import open_desk

            return open_desk(session)
        from app.cli.answers import tell

        answer = verb_of(rest[0])(session, rest[1:])
        return answer if isinstance(answer, int) else tell(options, answer)
    except Unclear as unclear:
        return _unclear(options, unclear, session.tongue if session else tongue)
    except WanggeError as error:
        from app.cli.answers import refuse

        return refuse(options, error, words)
    finally:
        if session is not None:
            session.close()


def file_of(database: str) -> str:
    """The path that ``--db`` names; Unclear for a server, which this version does not know."""
    path = database.removeprefix("sqlite:///")
    if "://" in path:
        raise Unclear(N_("{url} is no file: this version keeps its data in one file."), url=database)
    return path


def _write_anyway() -> None:
    """A terminal that cannot show a character shows a stand-in instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace" if stream.encoding.lower() == "utf-8" else "replace")


def _write_nowhere() -> None:
    """Nobody reads any more; what the interpreter still flushes at its end must not complain about that."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except OSError:
        return

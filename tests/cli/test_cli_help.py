"""Help: what it costs, that it is whole, and that every action of the life cycle has one."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import __version__
from app.cli.door import run
from app.cli.verbs import VERBS
from app.cli.whistle import ACTIONS
from app.domain.moves import MOVES, ArgType
from tests.cli.conftest import Type

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "platformdirs", "dataclasses", "app.domain", "db")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_loads_nothing_heavy(language: str) -> None:
    """Neither the screen, nor the database, nor the domain, nor what the standard library is slow at."""
    call = f"status = main(['--help', '--lang', {language!r}])"
    probe = f"import sys; from app.__main__ import main; {call}; print(status, *sys.modules, file=sys.stderr)"
    status, *loaded = _run("-c", probe).stderr.split()
    assert status == "0"
    assert [name for name in HEAVY if any(one == name or one.startswith(name + ".") for one in loaded)] == []


def test_help_takes_a_few_times_as_long_as_python_itself() -> None:
    """Promised are four times `python -c pass`; the least of several runs is compared, so that load counts less."""

    def least(*words: str) -> float:
        spans = []
        for _ in range(7):
            start = time.perf_counter()
            _run(*words)
            spans.append(time.perf_counter() - start)
        return min(spans)

    assert least("-m", "app", "--help") <= 4 * least("-c", "pass")


def test_help_names_every_verb(wangge: Type) -> None:
    """All verbs and global options, exit 0."""
    said = wangge("--help")
    assert (said.status, said.err) == (0, "")
    for word in (*VERBS, "--db", "--lang", "--as", "--clock", "--request-id", "--json"):
        assert f"  {word} " in said.out


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(wangge: Type, verb: str, language: str) -> None:
    """In both languages, without a database."""
    said = wangge(verb, "--help", "--lang", language)
    assert (said.status, said.err) == (0, "")
    assert f"wangge {verb}" in said.out


@pytest.mark.parametrize("name", ACTIONS)
def test_every_move_has_an_action_with_its_arguments(wangge: Type, name: str) -> None:
    """Generated from the life cycle: an option for each argument, and those every action takes."""
    said = wangge("whistle", name, "--help")
    assert (said.status, said.err) == (0, "")
    usage = said.out.split("\n\n", 1)[0]
    for arg in ACTIONS[name].args:
        if arg.type is ArgType.FACTS:
            assert "--line" in usage
            assert "--place-text" in usage
        elif arg.type is ArgType.FLAG:
            assert {"passed": "--passed | --failed", "granted": "--granted | --refused"}[arg.name] in usage
        else:
            assert "--" + arg.name.replace("_", "-") in usage
    for option in ("--on-behalf-of", "--channel", "--at", "--about", "--seen"):
        assert option in usage


def test_the_actions_are_those_of_the_life_cycle(wangge: Type) -> None:
    """One for each move, in the table's order, its words joined by hyphens."""
    assert list(ACTIONS) == [move.action.value.replace("_", "-") for move in MOVES]
    listed = wangge("whistle", "--help").out
    assert all(f"  {name} " in listed for name in ("list", "show", "timeline", *ACTIONS))


@pytest.mark.parametrize("group", ["whistle", "org", "policy", "spot", "shift"])
def test_a_verb_without_its_action_shows_them_and_fails(wangge: Type, group: str) -> None:
    """Nothing was done, so it is no success."""
    said = wangge(group)
    assert said.status == 2
    assert f"wangge {group} ACTION" in said.out


def test_the_version_names_program_and_database(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, without a database; the help lists it."""
    assert run(["--version"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"wangge {__version__} · SQLite ")
    assert said.count("\n") == 1
    assert run(["--lang", "en", "--help"]) == 0
    assert "--version" in capsys.readouterr().out

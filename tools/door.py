"""What run.py does when a plain start is not enough: prepares .venv, and runs the developers' verbs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tools import passed, sentences
from tools.environment import Environment
from tools.installer import PipInstaller
from tools.sentences import Refusal, say

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", ("-m", "ruff", "check", "--quiet", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("mypy", ("-m", "mypy", "--no-error-summary")),
    ("layers", ("-c", "from importlinter.cli import lint_imports_command as check; check()", "--no-logo")),
    ("migrations", ("-m", "db.check")),
    ("translations", ("-m", "tools.messages", "--check")),
)
"""Name of each check and the arguments to Python that run it."""

TWO_WORKERS = ("-n", "2", "--dist", "worksteal")
SLOW = ["-m", "slow", *TWO_WORKERS]
"""The second half of a whole `--all`: what these tests promise to a person holds with a busy core beside them."""


def answer(here: str, words: list[str]) -> list[str]:
    """Prepare what the words need and return the command to become; a check or a refusal ends the process."""
    root = Path(here)
    signal.signal(signal.SIGTERM, stop)
    try:
        wheels, words = split_wheels(words)
        environment = Environment(root)
        developer = words[:1] in (["test"], ["check"], ["bench"])
        environment.prepare(PipInstaller(wheels), developer=developer)
    except Refusal as refusal:
        refuse(refusal, root)
    except KeyboardInterrupt:
        say(sentences.STOPPED)
        sys.exit(130)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    python = str(environment.python)
    if not developer:
        return [python, "-P", "-m", "app", *words]
    os.chdir(root)
    verb, *rest = words
    try:
        if verb == "check":
            sys.exit(check(python))
        if verb == "test" and not rest:
            sys.exit(quick_tests(root, python))
        if verb == "test" and rest == ["--all"]:
            first_half(root, python)
            rest = SLOW
    except KeyboardInterrupt:
        sys.exit(130)
    return [python, "benchmarks/run.py", *rest] if verb == "bench" else [python, "-m", "pytest", *test_arguments(rest)]


def split_wheels(words: list[str]) -> tuple[Path | None, list[str]]:
    """Take a leading `--wheels DIR` off the words; without one, WANGGE_WHEELS may name the folder."""
    folder = os.environ.get("WANGGE_WHEELS", "")
    if words and words[0].startswith("--wheels="):
        folder, words = words[0].partition("=")[2], words[1:]
    elif words[:1] == ["--wheels"]:
        folder, words = (words[1] if len(words) > 1 else "--wheels"), words[2:]
    if not folder:
        return None, words
    if not Path(folder).is_dir():
        raise Refusal(sentences.missing_wheels(Path(folder)))
    return Path(folder).resolve(), words


def test_arguments(words: list[str]) -> list[str]:
    """What pytest is given: two workers for the quick suite; with `--all`, every test of a choice, one at a time."""
    if "--all" in words:
        return ["-m", "", *(word for word in words if word != "--all")]
    return words or list(TWO_WORKERS)


def quick_tests(root: Path, python: str) -> int:
    """Run the quick suite on its two workers; its exit code. That it passed is kept for a whole `--all` after it."""
    tests = passed.fingerprint(root)
    status = subprocess.call([python, "-m", "pytest", *TWO_WORKERS])
    passed.remember(root, "" if status else tests)
    return status


def first_half(root: Path, python: str) -> None:
    """The first half of a whole `--all`: the quick suite, unless these files passed it; a failure ends the process."""
    if passed.has_passed(root):
        say(sentences.QUICK_PASSED)
    elif status := quick_tests(root, python):
        sys.exit(status)


def check(python: str) -> int:
    """Run every check, print each one's result and the words of those that failed; 1 if any did."""
    failed = []
    for name, arguments in CHECKS:
        start = time.perf_counter()
        done = subprocess.run(
            [python, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        took = time.perf_counter() - start
        print(f"{'ok' if done.returncode == 0 else 'FAILED':<7}{name:<14}{took:6.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout.decode("utf-8", "replace").rstrip() + "\n", flush=True)
    print(
        f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed"
        + (f"; failed: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


def refuse(refusal: Refusal, root: Path) -> NoReturn:
    """Say why preparing failed, with the installer's last words if it had any; exit code 1."""
    say(refusal.sentence)
    if refusal.last_lines:
        print(*(f"  | {line}" for line in refusal.last_lines), sep="\n", file=sys.stderr)
        say(sentences.see_log(Environment(root).log))
    sys.exit(1)


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Being told to end is an orderly end: children stopped, nothing half-made kept."""
    sys.exit(128 + number)

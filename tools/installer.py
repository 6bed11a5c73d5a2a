"""Fills an environment from a hashed requirements file with whichever pip this machine has."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Protocol

from tools import sentences
from tools.sentences import Refusal, Sentence

OPTIONAL = "pysqlite3"
"""The one requirement that may be left out where no wheel fits; the program then uses Python's own SQLite."""

DISTURBING = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME")
"""Settings of the user's own pip that would send the packages elsewhere than into the environment."""

DISK_FULL = re.compile("No space left on device|Errno 28|Disk quota exceeded")
NO_NETWORK = re.compile(
    "NewConnectionError|NameResolution|Temporary failure|ConnectTimeout|ReadTimeout|ProxyError|SSLError|"
    "Connection (refused|reset|broken|aborted|timed out)|Network is unreachable|NetworkConnectionError"
)
"""How pip's own words tell one trouble from another; its exit code does not."""


class Installer(Protocol):
    """Whatever can put the packages of a requirements file into an environment."""

    def __call__(self, python: Path, requirements: Path, log: Path) -> None:
        """Install for that interpreter and write down what happened; raises Refusal when it cannot."""


class PipInstaller:
    """Installs by pip: the environment's own, or the one of the Python that runs us."""

    def __init__(self, wheels: Path | None = None) -> None:
        """With a folder of wheels nothing is fetched from a network."""
        self.wheels = wheels

    def __call__(self, python: Path, requirements: Path, log: Path) -> None:
        """See `Installer`."""
        pip = find_pip(python, log)
        code, words = run_logged([*pip, *self._arguments(requirements)], log)
        if code and f"No matching distribution found for {OPTIONAL}" in words and not NO_NETWORK.search(words):
            lean = python.parents[1] / "requirements-without-optional.txt"
            lean.write_text(without(OPTIONAL, requirements.read_text("utf-8")), "utf-8")
            code, words = run_logged([*pip, *self._arguments(lean)], log)
        if code:
            raise Refusal(explain(words, self.wheels), last_lines(words))

    def _arguments(self, requirements: Path) -> list[str]:
        quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--no-compile"]
        source = ["--no-index", "--find-links", str(self.wheels)] if self.wheels else []
        rules = ["--require-hashes", "--no-user", "--only-binary", OPTIONAL]
        return ["install", *quiet, *rules, *source, "-r", str(requirements)]


def explain(words: str, wheels: Path | None) -> Sentence:
    """The sentence for what pip said when it failed."""
    if DISK_FULL.search(words):
        return sentences.DISK_FULL
    if "DO NOT MATCH THE HASHES" in words:
        return sentences.WRONG_HASH
    if wheels is None and NO_NETWORK.search(words):
        return sentences.NO_NETWORK
    if "No matching distribution" in words:
        return sentences.incomplete_wheels(wheels) if wheels else sentences.NOT_FOUND
    return sentences.FAILED


def find_pip(python: Path, log: Path) -> list[str]:
    """The command that runs a pip for that environment; raises Refusal when there is none.

    Debian's Python comes without ensurepip unless python3-venv is installed; then the pip of the Python that
    runs us is made to work for the environment.
    """
    if run_logged([str(python), "-c", "import pip"], log)[0] == 0:
        return [str(python), "-m", "pip"]
    bundled = [str(python), "-m", "ensurepip", "--default-pip"]
    if importlib.util.find_spec("ensurepip") and run_logged(bundled, log)[0] == 0:
        return [str(python), "-m", "pip"]
    own = importlib.util.find_spec("pip")
    if own and own.origin:
        home = Path(own.origin).parent
        runner = home / "__pip-runner__.py"
        return [str(python), str(runner if runner.exists() else home)]
    raise Refusal(sentences.NO_PIP)


def run_logged(command: list[str], log: Path) -> tuple[int, str]:
    """Run a command without a terminal; returns (exit code, what it printed) and adds both to the log."""
    environ = {name: value for name, value in os.environ.items() if name not in DISTURBING}
    environ["PYTHONIOENCODING"] = "utf-8"
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environ,
        check=False,
    )
    words = done.stdout.decode("utf-8", "replace")
    try:
        log.touch(0o600)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"$ {' '.join(command)}\n{words}\n")
    except OSError as trouble:
        # A full disk must not hide what pip said about the full disk.
        print(f"{log}: {trouble.strerror}", file=sys.stderr)
    return done.returncode, words


def without(name: str, requirements: str) -> str:
    """The requirements text less one package and the hashes below it."""
    return re.sub(rf"(?m)^{re.escape(name)}==.*\n(?:[ \t].*\n)*", "", requirements)


def last_lines(words: str, count: int = 6) -> tuple[str, ...]:
    """The last lines that say something, shortened; the notices of pip about itself are left out."""
    said = [line for line in words.splitlines() if line.strip() and not line.startswith("[notice]")]
    return tuple(textwrap.shorten(line, 150, placeholder=" …") for line in said[-count:])

"""Measures from outside: whole processes and real terminals, two programs in turn, ratios pair by pair.

A ratio of two programs started one after the other on the same machine holds on another machine too; a time
does not. So benchmarks give ratios, and only promises made to a person are times (decisions 29).
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X].*?\x1b\\|\x1b[ -/]*[0-~]", re.DOTALL
)
"""What steers the terminal and is not text."""

ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[c": b"\x1b[?62;22c",
}
"""What a program may ask its terminal, and what a modern one answers; silence would be measured as slowness."""


FRAME_END = b"\x1b[?2026l"
"""With this a frame is complete (synchronised output)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure and what was promised about it; `promise` None is shown and never fails."""

    name: str
    value: float
    unit: str
    promise: float | None = None
    higher_is_worse: bool = True

    @property
    def is_kept(self) -> bool:
        """Whether the promise holds; a figure that could not be measured (NaN) keeps none."""
        if self.promise is None:
            return True
        return self.value <= self.promise if self.higher_is_worse else self.value >= self.promise


class NeverSeen(Exception):
    """A program ended, or the time ran out, before the text appeared; carries what its screen showed."""


def paired_ratio(ours: Callable[[], float], theirs: Callable[[], float], pairs: int) -> float:
    """The median of ours ÷ theirs over A B A B …, so that a machine that grows slower cancels out.

    Each is called once before, unmeasured, which fills the caches of both alike.
    """
    ours(), theirs()
    return statistics.median(ours() / theirs() for _ in range(pairs))


def seconds_to_end(command: Sequence[str | Path], environ: Mapping[str, str] | None = None) -> float:
    """Seconds from starting a command to its end; raises CalledProcessError when it fails."""
    start = time.perf_counter()
    subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True, env=everyday(environ or {})
    )
    return time.perf_counter() - start


def everyday(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of an ordinary start, and ``more``: Python keeps what it compiled, as it does for users."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "LINES", "COLUMNS", "NO_COLOR", "TMUX")
    return {**{name: text for name, text in os.environ.items() if name not in unwanted}, **more}


def seconds_to_text(
    command: Sequence[str | Path],
    text: str,
    *,
    columns: int = 120,
    rows: int = 36,
    environ: Mapping[str, str] | None = None,
    limit: float = 30.0,
) -> float:
    """Seconds from starting a command in a new terminal to the chunk with which the text (a regex) stood on it.

    The program is ended afterwards. Raises NeverSeen.
    """
    with Terminal(command, columns=columns, rows=rows, environ=environ) as terminal:
        return terminal.wait_for(text, limit)


class Terminal:
    """A program in a pseudo-terminal of its own; ends it on leaving. POSIX only."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        columns: int = 120,
        rows: int = 36,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        words = [os.fspath(word) for word in command]
        wanted = everyday({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environ or {})})
        self.shown = b""
        self.started = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.execvpe(words[0], words, wanted)
            except OSError as trouble:
                os.write(2, f"{words[0]}: {trouble.strerror}\n".encode())
            os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def wait_for(self, text: str, limit: float = 30.0) -> float:
        """Seconds from the start to when the text (a regex) stood there; raises NeverSeen."""
        wanted = re.compile(text.encode())
        until = time.perf_counter() + limit
        while not wanted.search(ESCAPES.sub(b"", self.shown)):
            if not self.read(until - time.perf_counter()):
                raise NeverSeen(f"{text!r} was not seen; the terminal showed:\n{self.tail()}")
        return self.last_read - self.started

    def read(self, seconds: float) -> bool:
        """Read one chunk and answer what it asks; False when the program ended or nothing came in time."""
        if seconds <= 0 or not select.select([self.handle], [], [], seconds)[0]:
            return False
        self.last_read = time.perf_counter()
        try:
            chunk = os.read(self.handle, 65536)
        except OSError:
            return False  # Linux says EIO when the last process on the terminal is gone.
        asked = self.shown[-12:] + chunk
        for question, reply in ANSWERS.items():
            if asked.rfind(question) + len(question) > len(self.shown[-12:]) and question in asked:
                os.write(self.handle, reply)
        self.shown += chunk
        return bool(chunk)

    def send(self, keys: bytes) -> float:
        """Type the keys; gives the instant (perf_counter) just before."""
        at = time.perf_counter()
        os.write(self.handle, keys)
        return at

    def frame_after(self, keys: bytes, limit: float = 10.0) -> float:
        """Type the keys; seconds until the first whole frame that came back. Raises NeverSeen."""
        self.shown = self.shown[-2000:]
        mark, sent = len(self.shown), self.send(keys)
        while FRAME_END not in self.shown[mark:]:
            if not self.read(sent + limit - time.perf_counter()):
                raise NeverSeen(f"no frame after {keys!r}; the terminal showed:\n{self.tail()}")
        return self.last_read - sent

    def settle(self, silence: float = 0.12, limit: float = 10.0) -> None:
        """Read on until nothing has come for so many seconds."""
        until = time.perf_counter() + limit
        while time.perf_counter() < until and self.read(silence):
            self.shown = self.shown[-4000:]

    def tail(self) -> str:
        """The last text that was shown, for a sentence about what went wrong."""
        return ESCAPES.sub(b"", self.shown).decode("utf-8", "replace")[-2000:].strip()

    def end(self) -> None:
        """Hang up, wait two seconds for the program to leave, then end it for certain."""
        os.kill(self.pid, signal.SIGHUP)
        until = time.perf_counter() + 2.0
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.perf_counter() > until:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            self.read(0.01)
        os.close(self.handle)


def cpu_seconds(pid: int) -> float:
    """CPU time that a process and its threads have used so far; Linux only."""
    found = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        found += int((thread / "schedstat").read_text().split()[0])
    return found / 1e9


def peak_memory(pid: int) -> int:
    """The most memory a process ever held, kB; Linux only."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def program(*words: str | Path) -> list[str | Path]:
    """The command that runs wangge directly, as `run.py` does once all is prepared."""
    return [sys.executable, "-P", "-m", "app", *words]

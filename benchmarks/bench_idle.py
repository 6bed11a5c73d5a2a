"""What a desk costs while nobody touches it: 200 open cases, each with a limit that runs."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.big_street import NoRoom, Size, lend_copy
from benchmarks.harness import Figure, NeverSeen, Terminal, cpu_seconds, program

NAME = "idle"
NIGHT = Size(100, 200, clocks=timedelta(seconds=36))
"""The limits lie over two hours: a hundred an hour pass, and the duty clock tells somebody of each."""
WORST = Size(100, 200, clocks=timedelta(seconds=9))
"""They lie in one half hour: a dozen are seen in their last minutes, four hundred an hour pass."""


def run(quick: bool) -> list[Figure]:
    """The share of one core: in both modes on a full night, and on the desk when everything comes at once."""
    seconds = 10.0 if quick else 60.0
    return [*_figures(NIGHT, {"desk": b"1", "whistles": b"2"}, seconds, 2.0),
            *_figures(WORST, {"desk, all in half an hour": b"1"}, seconds, None)]  # fmt: skip


def _figures(size: Size, modes: dict[str, bytes], seconds: float, promise: float | None) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        try:
            street = lend_copy(size, Path(folder), runs=True)
        except NoRoom as trouble:
            raise NeverSeen(str(trouble)) from trouble
        words = program("--db", street, "--lang", "zh", "--as", "JF-ZB1")
        with Terminal(words, columns=160, rows=45, environ={"WANGGE_HOME": folder}) as terminal:
            terminal.wait_for("0702-", 60.0)
            for mode, key in modes.items():
                terminal.send(key)
                terminal.settle(1.5, limit=4.0)
                figures.append(Figure(f"{mode}: 200 running clocks", _share(terminal, seconds), "% CPU", promise))
    return figures


def _share(terminal: Terminal, seconds: float) -> float:
    """Per cent of one core over so many seconds, all threads together."""
    begun, spent = time.perf_counter(), cpu_seconds(terminal.pid)
    while (left := begun + seconds - time.perf_counter()) > 0:
        terminal.read(left)
        terminal.shown = terminal.shown[-4000:]
    return 100 * (cpu_seconds(terminal.pid) - spent) / (time.perf_counter() - begun)

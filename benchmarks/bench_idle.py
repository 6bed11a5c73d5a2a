"""What a desk costs while nobody touches it: 200 open cases, each with a limit that runs."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.big_street import NoRoom, Size, lend
from benchmarks.harness import Figure, NeverSeen, Terminal, cpu_seconds, program

NAME = "idle"
CLOCKS = Size(100, 200, clocks=True)


def run(quick: bool) -> list[Figure]:
    """The share of one core, in both modes; several limits that are seen run through their last minute all the time."""
    seconds = 10.0 if quick else 60.0
    try:
        kept = lend(CLOCKS)
    except NoRoom as trouble:
        raise NeverSeen(str(trouble)) from trouble
    figures = []
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        street = Path(shutil.copy(kept, folder))  # the duty clock writes into it: the kept one stays as it is
        words = program("--db", street, "--lang", "zh", "--as", "JF-ZB1")
        with Terminal(words, columns=160, rows=45, environ={"WANGGE_HOME": folder}) as terminal:
            terminal.wait_for("0702-", 60.0)
            for mode, key in (("desk", b"1"), ("whistles", b"2")):
                terminal.send(key)
                terminal.settle(1.5, limit=4.0)
                figures.append(Figure(f"{mode}: 200 running clocks", _share(terminal, seconds), "% CPU", 2.0))
    return figures


def _share(terminal: Terminal, seconds: float) -> float:
    """Per cent of one core over so many seconds, all threads together."""
    begun, spent = time.perf_counter(), cpu_seconds(terminal.pid)
    while (left := begun + seconds - time.perf_counter()) > 0:
        terminal.read(left)
        terminal.shown = terminal.shown[-4000:]
    return 100 * (cpu_seconds(terminal.pid) - spent) / (time.perf_counter() - begun)

"""From a key to its paint on the board, at a million closed cases, against one label and against a hundred cases."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.big_street import NoRoom, Size, lend
from benchmarks.harness import ROOT, Figure, NeverSeen, Terminal, peak_memory, program

NAME = "board"
OFFICER = "JF-ZB1"
MILLION, QUICK = Size(1_000_000), Size(10_000)
HUNDRED = Size(4, 96)
"""A hundred cases altogether, so many of them open that three pages are full in either mode."""

DOWN, UP, PAGE_DOWN, HOME = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[H"
MODES = {"desk": b"1", "whistles": b"2"}
IN_ONE_VIEW = 30
"""So many steps down and the cursor is on the last row that is seen, in either mode."""


@dataclass
class Station:
    """A program in a terminal and what was measured of it: kind of key → seconds."""

    terminal: Terminal
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def press(self, key: bytes, kind: str = "") -> None:
        """Type a key and wait for silence; with a kind, the time to its first frame is measured."""
        if kind:
            self.seconds.setdefault(kind, []).append(self.terminal.frame_after(key))
        else:
            self.terminal.send(key)
        self.terminal.settle()

    def median(self, kind: str) -> float:
        """The median of one kind."""
        return statistics.median(self.seconds[kind])


def run(quick: bool) -> list[Figure]:
    """The promises about keys and memory, in both modes."""
    rounds = 1 if quick else 8
    try:
        big, small = lend(QUICK if quick else MILLION), lend(HUNDRED)
    except NoRoom as trouble:
        raise NeverSeen(str(trouble)) from trouble
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        environ = {"WANGGE_HOME": folder}

        @contextmanager
        def desk(street: Path) -> Iterator[Station]:
            words = program("--db", street, "--lang", "zh", "--as", OFFICER)
            with Terminal(words, environ=environ) as terminal:
                terminal.wait_for("0702-", 60.0)
                terminal.settle(1.0)
                yield Station(terminal)

        with ExitStack() as stack:
            label = Station(stack.enter_context(Terminal([sys.executable, ROOT / "benchmarks" / "label_app.py"])))
            label.terminal.wait_for("keys so far", 30.0)
            label.terminal.settle(0.5)
            many, few = stack.enter_context(desk(big)), stack.enter_context(desk(small))
            for mode, key in MODES.items():
                for one in (many, few):
                    one.seconds.clear()
                    one.terminal.send(key)
                    one.terminal.settle(1.5)
                label.seconds.clear()
                for _ in range(rounds):
                    _one_round([many, few, label])
                figures += _figures(mode, many, few, label)
            memory = peak_memory(many.terminal.pid) / peak_memory(few.terminal.pid)
            figures.append(Figure("peak memory ÷ at a hundred", memory, "×", 1.2))
    return figures


def _one_round(stations: list[Station]) -> None:
    """Up and down within the view, then scrolling line by line, then pages; the programs in turn, key by key.

    Another one begins each time: the first after a pause is slower, whichever it is (measured: by a tenth).
    """
    turn = deque(stations)

    def each(key: bytes, kind: str = "") -> None:
        for station in turn:
            station.press(key, kind)
        turn.rotate()

    each(HOME)
    for _ in range(4):
        each(DOWN)
    for _ in range(6):
        each(DOWN, "view")
        each(UP, "view")
    for station in stations:
        for _ in range(IN_ONE_VIEW):
            station.terminal.send(DOWN)
            station.terminal.settle(0.03)
        station.terminal.settle()
    for _ in range(10):
        each(DOWN, "scroll")
    each(HOME)
    each(PAGE_DOWN)  # to the last row that is seen
    for _ in range(2):
        each(PAGE_DOWN, "page")


def _figures(mode: str, many: Station, few: Station, label: Station) -> list[Figure]:
    floor = label.median("view")

    def ratio(kind: str) -> float:
        return many.median(kind) / few.median(kind)

    return [
        Figure(f"{mode}: a label changes", floor * 1000, "ms"),
        Figure(f"{mode}: key → cursor ÷ label", many.median("view") / floor, "×", 1.5),
        Figure(f"{mode}: scrolling ÷ label", many.median("scroll") / floor, "×", 3.5),
        Figure(f"{mode}: page ÷ label", many.median("page") / floor, "×"),
        Figure(f"{mode}: key → cursor ÷ at a hundred", ratio("view"), "×", 1.1),
        Figure(f"{mode}: scrolling ÷ at a hundred", ratio("scroll"), "×", 1.1),
        Figure(f"{mode}: page ÷ at a hundred", ratio("page"), "×", 1.1),
    ]

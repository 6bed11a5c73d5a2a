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
from typing import TypeAlias

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


Seconds: TypeAlias = dict[str, list[float]]
"""What was measured, by kind of key."""


@dataclass
class Station:
    """A program in a terminal and what is measured of it."""

    terminal: Terminal
    seconds: Seconds = field(default_factory=dict)

    def press(self, key: bytes, kind: str = "") -> None:
        """Type a key and wait for silence; with a kind, the time to its first frame is measured."""
        if kind:
            self.seconds.setdefault(kind, []).append(self.terminal.frame_after(key))
        else:
            self.terminal.send(key)
        self.terminal.settle()


def run(quick: bool) -> list[Figure]:
    """The promises about keys and memory, in both modes.

    The desks are started anew some times: the same program on the same street differs from start to start by up to
    6 % (measured: 1.00 to 1.06 against itself), which more keys in one start do not even out.
    """
    starts, rounds = (1, 1) if quick else (3, 3)
    try:
        big, small = lend(QUICK if quick else MILLION), lend(HUNDRED)
    except NoRoom as trouble:
        raise NeverSeen(str(trouble)) from trouble
    seconds: dict[tuple[str, int], Seconds] = {}
    memory: list[float] = []
    for _ in range(starts):
        with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder, ExitStack() as stack:
            label = Station(stack.enter_context(Terminal([sys.executable, ROOT / "benchmarks" / "label_app.py"])))
            label.terminal.wait_for("keys so far", 30.0)
            label.terminal.settle(0.5)
            many, few = (stack.enter_context(_desk(street, folder)) for street in (big, small))
            stations = [many, few, label]
            for mode, key in MODES.items():
                for one in (many, few):
                    one.terminal.send(key)
                    one.terminal.settle(1.5)
                for n, one in enumerate(stations):
                    one.seconds = seconds.setdefault((mode, n), {})
                for _ in range(rounds):
                    _one_round(stations)
            memory.append(peak_memory(many.terminal.pid) / peak_memory(few.terminal.pid))
    return [
        *(figure for mode in MODES for figure in _figures(mode, *(seconds[mode, n] for n in range(3)))),
        Figure("peak memory ÷ at a hundred", statistics.median(memory), "×", 1.2),
    ]


@contextmanager
def _desk(street: Path, home: str) -> Iterator[Station]:
    words = program("--db", street, "--lang", "zh", "--as", OFFICER)
    with Terminal(words, environ={"WANGGE_HOME": home}) as terminal:
        terminal.wait_for("0702-", 60.0)
        terminal.settle(1.0)
        yield Station(terminal)


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


def _figures(mode: str, many: Seconds, few: Seconds, label: Seconds) -> list[Figure]:
    floor = statistics.median(label["view"])

    def to_label(kind: str) -> float:
        return statistics.median(many[kind]) / floor

    def to_few(kind: str) -> float:
        return statistics.median(many[kind]) / statistics.median(few[kind])

    return [
        Figure(f"{mode}: a label changes", floor * 1000, "ms"),
        Figure(f"{mode}: key → cursor ÷ label", to_label("view"), "×", 1.5),
        Figure(f"{mode}: scrolling ÷ label", to_label("scroll"), "×", 3.5),
        Figure(f"{mode}: page ÷ label", to_label("page"), "×"),
        Figure(f"{mode}: key → cursor ÷ at a hundred", to_few("view"), "×", 1.1),
        Figure(f"{mode}: scrolling ÷ at a hundred", to_few("scroll"), "×", 1.1),
        Figure(f"{mode}: page ÷ at a hundred", to_few("page"), "×", 1.1),
    ]

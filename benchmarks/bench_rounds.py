"""Opening the rounds screen after a year of rounds against after a day of them."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.bootstrap import open_house
from app.services.house import House
from app.services.rounds_view import rounds_view
from app.services.water_view import water_view
from app.settings import Settings
from benchmarks.harness import Figure, Terminal, paired_ratio, program
from benchmarks.year_of_rounds import make_street

NAME = "rounds"
YEAR, QUICK = 365, 20
LIST = "已巡完"
"""Text of the list: a round of this night that is over."""


def run(quick: bool) -> list[Figure]:
    """Read as the screen does it, and opened in a terminal; `quick` takes fewer days and starts."""
    days, starts, pairs = (QUICK, 1, 11) if quick else (YEAR, 5, 41)
    promise = None if quick else 1.3
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        many, few = (make_street(Path(folder), days) for days in (days, 1))
        houses = [open_house(Settings(home=Path(folder), config=Path(folder), state=Path(folder), database=path))
                  for path in (many, few)]  # fmt: skip
        try:
            ratio = paired_ratio(_reads(houses[0]), _reads(houses[1]), pairs)
        finally:
            for house in houses:
                house.close()
        opened: dict[Path, list[float]] = {many: [], few: []}
        for _ in range(starts):
            for path, seconds in opened.items():
                seconds.append(_opens(path, folder))
    return [
        Figure(f"rounds read after {days} days ÷ one", ratio, "×", promise),
        Figure(f"rounds opened after {days} days ÷ one",
               statistics.median(opened[many]) / statistics.median(opened[few]), "×", promise),
        Figure("rounds opened, key to list", statistics.median(opened[many]) * 1000, "ms"),
    ]  # fmt: skip


def _reads(house: House) -> Callable[[], float]:
    def seconds() -> float:
        start = time.perf_counter()
        rounds_view(house, None)
        water_view(house, "", 24)
        return time.perf_counter() - start

    return seconds


def _opens(path: Path, home: str) -> float:
    """Seconds from the key to the list, the first time in a program."""
    words = program("--db", path, "--lang", "zh", "--as", "JF-ZB1")
    with Terminal(words, environ={"WANGGE_HOME": home}) as terminal:
        terminal.wait_for("双河一", 60.0)
        terminal.settle(1.5, limit=4.0)
        terminal.shown = b""
        sent = terminal.send(b"3")
        terminal.wait_for(LIST, 20.0)
        return terminal.last_read - sent

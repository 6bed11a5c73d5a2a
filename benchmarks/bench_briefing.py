"""Composing the street's briefing and reading its log after a year against after a day of the same work."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from app.bootstrap import open_house
from app.services.house import House
from app.settings import load_settings
from benchmarks.big_street import NOW, NoRoom, Size, lend
from benchmarks.harness import Figure, NeverSeen, paired_ratio, program, seconds_to_end

NAME = "briefing"
OPEN = 60
"""Cases that are open in either: a night after a busy day."""
YEAR, DAY = Size(100_000, OPEN, days=365), Size(274, OPEN, days=1)
QUICK, QUICK_DAY = Size(10_000, OPEN, days=36), Size(277, OPEN, days=1)
"""As many cases a day in either of a pair."""
STRETCH = timedelta(hours=14)
"""A night shift of the log."""


def run(quick: bool) -> list[Figure]:
    """Through the services that the desk uses, and once as a verb; `quick` holds a month against a day."""
    pairs, starts = (5, 1) if quick else (21, 5)
    try:
        big, small = (lend(size) for size in ((QUICK, QUICK_DAY) if quick else (YEAR, DAY)))
    except NoRoom as trouble:
        raise NeverSeen(str(trouble)) from trouble
    many, few = (open_house(load_settings(database=str(path)), station="bench") for path in (big, small))
    try:
        composed = paired_ratio(_composes(many), _composes(few), pairs)
        read = paired_ratio(_reads(many), _reads(few), pairs)
        seconds = statistics.median(_composes(many)() for _ in range(pairs))
    finally:
        many.close()
        few.close()
    after = f"after {YEAR.days if not quick else QUICK.days} days ÷ one"
    return [
        Figure(f"briefing composed {after}", composed, "×", 1.5),
        Figure(f"night's log read {after}", read, "×", 1.5),
        Figure(f"log --json {after}", paired_ratio(_asks(big), _asks(small), starts), "×", 1.5),
        Figure("briefing composed", seconds * 1000, "ms"),
    ]


def _composes(house: House) -> Callable[[], float]:
    street = house.briefings.street()
    return _timed(lambda: house.briefings.draft(street))


def _reads(house: House) -> Callable[[], float]:
    return _timed(lambda: house.log.page(since=NOW - STRETCH, until=NOW))


def _asks(path: Path) -> Callable[[], float]:
    """A whole process, from its start to its end."""
    return lambda: seconds_to_end(program("--db", path, "log", "show", "--json"))


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    def seconds() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return seconds

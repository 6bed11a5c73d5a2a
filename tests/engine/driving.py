"""A clockwork with real threads, a tick that remembers, and a wall clock moved by hand.

Limits of the tests are five times what a quiet machine needs, or more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path

import pytest

from app.engine.clockwork import Clockwork

ROOT = Path(__file__).parents[2]
OURS = ("wangge-alarm", "wangge-tick", "wangge-watchdog")


class Wall:
    """The machine's clock, moved by hand as a person or a time server would."""

    def __init__(self) -> None:
        self.moved = timedelta()

    def __call__(self) -> datetime:
        """The instant it shows."""
        return datetime.now(UTC) + self.moved


class Work:
    """A tick that remembers when it was called and gives what it is told to give."""

    def __init__(self, wall: Wall) -> None:
        self.wall = wall
        self.dues: list[datetime] = []
        """What is to be done, each once, in order."""
        self.done: list[tuple[datetime, float]] = []
        """What was due, and seconds it was late by the wall."""
        self.began: list[float] = []
        """Monotonic seconds."""
        self.threads: set[str] = set()
        self.inside = self.most_inside = 0
        self.takes = 0.0
        self.fails = 0
        self.troubles: list[BaseException] = []

    def __call__(self) -> datetime | None:
        """Do what is due."""
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        self.began.append(time.monotonic())
        self.threads.add(threading.current_thread().name)
        try:
            if self.fails:
                self.fails -= 1
                raise SystemExit("a tick fails")
            now = self.wall()
            while self.dues and self.dues[0] <= now:
                due = self.dues.pop(0)
                self.done.append((due, (now - due).total_seconds()))
            time.sleep(self.takes)
            return self.dues[0] if self.dues else None
        finally:
            self.inside -= 1

    def in_seconds(self, *seconds: float) -> None:
        """Have something to do that many seconds from now."""
        now = self.wall()
        self.dues.extend(now + timedelta(seconds=each) for each in seconds)


@contextmanager
def going(work: Work, heartbeat: float = 30.0, watch_every: float = 0.2) -> Iterator[Clockwork]:
    """A started clockwork whose first tick is over."""
    clockwork = Clockwork(
        work, work.wall, heartbeat=heartbeat, watch_every=watch_every, on_trouble=work.troubles.append
    )
    clockwork.start()
    try:
        until(lambda: len(work.began) >= 1 and not work.inside and alarm_of(clockwork) is not None)
        yield clockwork
    finally:
        assert clockwork.stop()


def alarm_of(clockwork: Clockwork) -> object:
    """The alarm of now, None while there is none."""
    return clockwork._pulse._alarm


def show_the_library(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the scheduler see the moved clock too, as it is when the machine's own is moved."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + wall.moved

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Moved)
    monkeypatch.setattr("app.engine.alarm.datetime", Moved)


def until(true: Callable[[], object], seconds: float = 10.0) -> float:
    """Wait for it; how many seconds it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() < began + seconds, "it did not happen"
        time.sleep(0.005)
    return time.monotonic() - began


def shortest(instants: list[float]) -> float:
    """Seconds between the two of them that are nearest to each other."""
    return min(after - before for before, after in pairwise(instants))


def our_threads() -> list[str]:
    """The threads of any clockwork."""
    return [thread.name for thread in threading.enumerate() if thread.name in OURS]

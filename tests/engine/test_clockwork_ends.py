"""The drive of the duty clock ends when it is told to, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.engine.clockwork import Clockwork
from tests.engine.driving import ROOT, Wall, Work, alarm_of, our_threads, until


def test_stop_does_not_wait_for_a_hanging_tick(wall: Wall) -> None:
    """Longer than it was told; the tick that ends later is the last one, and a new start waits for it."""
    inside, free, ticks = threading.Event(), threading.Event(), []

    def tick() -> None:
        ticks.append(1)
        inside.set()
        free.wait(20)

    clockwork = Clockwork(tick, wall, on_trouble=pytest.fail)
    clockwork.start()
    assert inside.wait(5)
    began = time.monotonic()
    assert not clockwork.stop(0.3)
    assert time.monotonic() - began < 1.5
    assert not clockwork.stop(0)
    clockwork.start()
    time.sleep(0.2)
    assert ticks == [1]
    assert not clockwork.stop(0)
    free.set()
    assert clockwork.stop(5)
    assert clockwork.stop()
    until(lambda: not our_threads())
    assert ticks == [1]


def test_a_tick_may_stop_its_own_clock(wall: Wall) -> None:
    """It cannot wait for itself, and says so."""
    said: list[bool] = []
    clockwork = Clockwork(lambda: said.append(clockwork.stop()), wall, on_trouble=pytest.fail)  # type: ignore[func-returns-value]
    clockwork.start()
    until(lambda: said)
    until(lambda: clockwork.stop())
    assert said == [False]


def test_starting_and_stopping_leaves_nothing_behind(work: Work) -> None:
    """No thread and no handle, fifty times over, of one clockwork and of new ones."""
    handles = Path("/proc/self/fd")
    clockwork = Clockwork(work, work.wall, on_trouble=work.troubles.append)
    assert clockwork.stop()
    clockwork.nudge()
    before = len(list(handles.iterdir())) if handles.is_dir() else 0
    for n in range(50):
        if n % 2:
            clockwork = Clockwork(work, work.wall, on_trouble=work.troubles.append)
        clockwork.start()
        clockwork.start()
        if n % 5 == 0:
            until(lambda began=clockwork: alarm_of(began) is not None)
        assert clockwork.stop()
        assert clockwork.stop()
    assert our_threads() == []
    assert (len(list(handles.iterdir())) if handles.is_dir() else 0) <= before
    assert not work.troubles


def test_leaving_the_program_never_hangs() -> None:
    """With a tick that never ends and nobody who stops it; nothing is printed, and the library comes with start."""
    program = """if True:
        import logging, sys, threading, time
        from datetime import UTC, datetime
        from app.engine.clockwork import Clockwork
        assert "apscheduler" not in sys.modules
        logging.basicConfig(level=logging.DEBUG)
        inside = threading.Event()
        def tick():
            inside.set()
            time.sleep(60)
        clockwork = Clockwork(tick, lambda: datetime.now(UTC), on_trouble=print)
        clockwork.start()
        inside.wait()
        while clockwork._pulse._alarm is None:
            time.sleep(0.01)
        assert "apscheduler" in sys.modules
    """
    environment = {**os.environ, "TZ": "Nowhere/Never", "PYTHONWARNINGS": "error"}
    began = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=30,
        check=False,
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    assert time.monotonic() - began < 15

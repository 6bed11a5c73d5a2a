"""The drive of the duty clock and the scheduler under it, which may fail in any way."""

from __future__ import annotations

import logging
import sys
import time

import pytest

from app.engine.clockwork import Clockwork
from tests.engine.driving import Work, alarm_of, going, our_threads, until


@pytest.mark.parametrize("how", ["shut down", "error"])
def test_a_dead_scheduler_is_replaced(work: Work, how: str) -> None:
    """It ticks at once and the instants after it are met; an error that killed it is told."""
    work.in_seconds(30)
    with going(work) as clockwork:
        before, alarm = len(work.began), alarm_of(clockwork)
        if how == "error":
            alarm._scheduler._process_jobs = lambda: 1 / 0
            alarm._scheduler.wakeup()
        else:
            alarm._scheduler.shutdown(wait=False)
        assert until(lambda: len(work.began) > before) < 1.2
        until(lambda: alarm_of(clockwork) not in (None, alarm))
        work.dues.clear()
        work.in_seconds(0.15)
        clockwork.nudge()
        until(lambda: work.done)
        assert our_threads().count("wangge-alarm") == 1
    assert work.done[0][1] < 0.5
    assert [type(error) for error in work.troubles] == ([ZeroDivisionError] if how == "error" else [])


def test_a_scheduler_that_sleeps_on_is_overtaken(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that lets an instant pass is replaced, and the tick comes from the watchdog."""
    monkeypatch.setattr("app.engine.pulse.LATE", 0.3)
    work.in_seconds(0.4)
    with going(work) as clockwork:
        alarm = alarm_of(clockwork)
        alarm._scheduler._process_jobs = lambda: 3600
        alarm._scheduler.wakeup()
        until(lambda: work.done)
        until(lambda: alarm_of(clockwork) not in (None, alarm))
    assert work.done[0][1] < 2.5


def test_without_the_library_it_still_ticks(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """Late by the watchdog's beat and its patience; what hinders it is told, not at every look."""
    monkeypatch.setitem(sys.modules, "app.engine.alarm", None)
    monkeypatch.setattr("app.engine.pulse.LATE", 0.3)
    work.in_seconds(0.3)
    clockwork = Clockwork(work, work.wall, heartbeat=30, watch_every=0.05, on_trouble=work.troubles.append)
    clockwork.start()
    until(lambda: work.done)
    assert clockwork.stop()
    assert 1 <= len(work.troubles) <= 3
    assert all(isinstance(error, ImportError) for error in work.troubles)


def test_the_library_says_nothing(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    """Not even to a log that takes everything."""
    caplog.set_level(logging.DEBUG)
    work.in_seconds(0.2)
    with going(work):
        until(lambda: work.done)
    assert caplog.records == []


def test_a_long_tick_is_no_late_alarm(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watchdog lets it work, and has it followed by no other."""
    monkeypatch.setattr("app.engine.pulse.LATE", 0.1)
    with going(work, watch_every=0.05) as clockwork:
        alarm = alarm_of(clockwork)
        work.in_seconds(0.15)
        clockwork.nudge()
        until(lambda: len(work.began) == 2)
        work.takes = 0.4
        until(lambda: work.done and not work.inside)
        ticks, work.takes = len(work.began), 0.0
        time.sleep(0.2)
        assert alarm_of(clockwork) is alarm
    assert len(work.began) == ticks

"""The drive of the duty clock, with real threads; limits are five times what a quiet machine needs, or more."""

from __future__ import annotations

import logging
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path

import pytest

from app.engine.clockwork import Clockwork
from app.engine.pulse import GAP, Pauses

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


@pytest.fixture
def wall() -> Wall:
    """A clock that goes right until it is moved."""
    return Wall()


@pytest.fixture
def work(wall: Wall) -> Work:
    """A tick."""
    return Work(wall)


@contextmanager
def going(work: Work, heartbeat: float = 30.0, watch_every: float = 0.2) -> Iterator[Clockwork]:
    """A started clockwork whose first tick is over."""
    clockwork = Clockwork(
        work, work.wall, heartbeat=heartbeat, watch_every=watch_every, on_trouble=work.troubles.append
    )
    clockwork.start()
    try:
        until(lambda: len(work.began) >= 1 and alarm_of(clockwork) is not None)
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


def test_it_wakes_at_the_instant(work: Work) -> None:
    """Ten instants, none of them on a beat, are met: never early, and late by little."""
    work.in_seconds(*(0.25 + 0.067 * n for n in range(10)))
    with going(work):
        until(lambda: len(work.done) == 10)
    late = [seconds for _, seconds in work.done]
    assert min(late) >= 0
    assert statistics.median(late) < 0.25
    assert len(work.began) <= 13
    assert work.threads == {"wangge-tick"}
    assert not work.troubles


def test_nothing_due_beats_on(work: Work) -> None:
    """With nothing ahead, or something far ahead, it still ticks at the heartbeat; the last tick is told."""
    work.dues = [datetime.max.replace(tzinfo=UTC)]
    with going(work, heartbeat=0.2) as clockwork:
        until(lambda: len(work.began) >= 4)
        until(lambda: clockwork.last_tick is not None and clockwork.last_tick >= work.began[3])
    assert work.began[3] - work.began[0] > 3 * 0.19


def test_many_nudges_make_one_more_tick(work: Work) -> None:
    """A thousand nudges while a tick runs are one tick after it; one more nudge is one more."""
    with going(work) as clockwork:
        work.takes = 0.15
        clockwork.nudge()
        until(lambda: work.inside)
        for _ in range(1000):
            clockwork.nudge()
        until(lambda: len(work.began) == 3 and not work.inside)
        time.sleep(0.1)
        assert len(work.began) == 3
        work.takes = 0.0
        clockwork.nudge()
        until(lambda: len(work.began) == 4, seconds=1)


def test_never_two_ticks_at_once(work: Work) -> None:
    """Whoever nudges, whatever is due: one thread, one tick, and a pause between two."""
    work.takes = 0.005
    work.in_seconds(*(0.01 * n for n in range(100)))
    with going(work, heartbeat=0.05, watch_every=0.05) as clockwork:
        over = time.monotonic() + 0.6

        def press() -> None:
            while time.monotonic() < over:
                clockwork.nudge()
                time.sleep(0.001)

        pressing = [threading.Thread(target=press) for _ in range(4)]
        for thread in pressing:
            thread.start()
        for thread in pressing:
            thread.join()
    assert work.most_inside == 1
    assert len(work.began) > 5
    assert shortest(work.began) >= GAP + work.takes
    assert not work.troubles


def test_an_instant_in_the_past_is_no_hot_loop(wall: Wall) -> None:
    """What stays due is tried again at once, at most fifty times a second."""
    began: list[float] = []

    def tick() -> datetime:
        began.append(time.monotonic())
        return wall() - timedelta(hours=1)

    clockwork = Clockwork(tick, wall, on_trouble=pytest.fail)
    clockwork.start()
    time.sleep(0.4)
    assert clockwork.stop()
    assert 3 <= len(began) <= 21
    assert shortest(began) >= GAP


def test_an_error_is_told_and_survived(work: Work) -> None:
    """A tick that fails, even by leaving the program, is tried again; failing to tell it changes nothing."""
    work.fails = 2

    def tell(error: BaseException) -> None:
        work.troubles.append(error)
        raise RuntimeError("nobody listens")

    clockwork = Clockwork(work, work.wall, heartbeat=0.2, watch_every=0.3, on_trouble=tell)
    clockwork.start()
    until(lambda: clockwork.last_tick is not None)
    assert clockwork.stop()
    assert [type(error) for error in work.troubles] == [SystemExit, SystemExit]
    assert work.began[2] - work.began[0] > 2 * 0.19
    assert clockwork.last_tick is not None
    assert clockwork.last_tick >= work.began[2]


def test_a_failed_tick_is_tried_after_a_second(work: Work) -> None:
    """Long before the heartbeat."""
    work.fails = 1
    with going(work):
        until(lambda: len(work.began) == 2)
    assert 0.99 < work.began[1] - work.began[0] < 5


def test_a_failed_tick_is_tried_after_a_nudge(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long before its pause is over, but not as fast as it fails: its own changes nudge, too."""
    monkeypatch.setattr("app.engine.pulse.FIRST_PAUSE", 30.0)
    work.fails = 4
    with going(work) as clockwork:
        over = time.monotonic() + 0.4
        while time.monotonic() < over:
            clockwork.nudge()
            time.sleep(0.01)
        assert len(work.began) in (1, 2)
        clockwork.nudge()
        until(lambda: len(work.began) >= 3, seconds=5)


def test_pauses_grow_up_to_the_heartbeat() -> None:
    """One second, two, four, eight, then the heartbeat; from the beginning after a success."""
    pauses = Pauses(15)
    assert [pauses.after_failure() for _ in range(6)] == [1, 2, 4, 8, 15, 15]
    pauses.after_success()
    assert pauses.after_failure() == 1


def test_an_instant_without_a_zone_is_trouble(wall: Wall) -> None:
    """It is told as any other error of a tick."""
    troubles: list[BaseException] = []
    clockwork = Clockwork(lambda: datetime(2026, 1, 1), wall, on_trouble=troubles.append)  # noqa: DTZ001
    clockwork.start()
    until(lambda: troubles)
    assert clockwork.stop()
    assert isinstance(troubles[0], TypeError)
    assert clockwork.last_tick is None


@pytest.mark.parametrize("whole_machine", [True, False], ids=["the library too", "our clock alone"])
@pytest.mark.parametrize("hours", [1, -1, 8], ids=["set forward", "set back", "suspended"])
def test_a_moved_wall_clock_ticks_at_once(
    work: Work, wall: Wall, hours: int, whole_machine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the watchdog's beat and a second; what is due by the new time is done, what follows comes in time."""
    if whole_machine:
        show_the_library(wall, monkeypatch)
    work.in_seconds(1800)
    with going(work) as clockwork:
        before, alarm = len(work.began), alarm_of(clockwork)
        wall.moved = timedelta(hours=hours)
        assert until(lambda: len(work.began) > before) < 1.2
        assert len(work.done) == (1 if hours > 0 else 0)
        work.dues.clear()
        work.in_seconds(0.15)
        clockwork.nudge()
        until(lambda: work.done and work.done[-1][1] < 5)
        assert alarm_of(clockwork) is alarm
    assert not work.troubles


def test_a_small_step_of_the_wall_clock_is_no_jump(work: Work, wall: Wall) -> None:
    """Time servers move it by less than a second all the time."""
    with going(work, watch_every=0.05):
        until(lambda: len(work.began) == 1)
        for _ in range(3):
            wall.moved += timedelta(seconds=0.3)
            time.sleep(0.1)
    assert len(work.began) == 1


def test_many_small_steps_do_not_lose_an_instant(work: Work, wall: Wall) -> None:
    """The alarm hears nothing of them; the watchdog sees that the instant went by."""
    work.in_seconds(8)
    with going(work, watch_every=0.02):
        for _ in range(12):
            wall.moved += timedelta(seconds=0.8)
            time.sleep(0.06)
        until(lambda: work.done, seconds=4)


def test_many_small_steps_back_do_not_stop_the_heart(work: Work, wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would wait until the wall clock shows again what it showed before."""
    monkeypatch.setattr("app.engine.pulse.LATE", 0.2)
    show_the_library(wall, monkeypatch)
    with going(work, heartbeat=0.2, watch_every=0.02):
        over = time.monotonic() + 0.8
        while time.monotonic() < over:
            wall.moved -= timedelta(seconds=0.8)
            time.sleep(0.06)
        assert len(work.began) >= 2


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


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs interval timers")
def test_a_signal_may_nudge(work: Work) -> None:
    """Even one that interrupts a nudge of the same thread, again and again."""
    with going(work) as clockwork:
        old = signal.signal(signal.SIGALRM, lambda *_: clockwork.nudge())
        signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
        try:
            over = time.monotonic() + 0.4
            while time.monotonic() < over:
                clockwork.nudge()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, old)
        before = len(work.began)
        clockwork.nudge()
        until(lambda: len(work.began) > before, seconds=2)


def test_doing_nothing_costs_nothing(work: Work) -> None:
    """At its usual beats: less than five times 0.3 % of a core over three seconds, all threads of this process."""
    work.in_seconds(3600)
    with going(work, heartbeat=15.0, watch_every=2.0):
        time.sleep(0.2)
        busy, began = time.process_time(), time.monotonic()
        time.sleep(3)
        share = (time.process_time() - busy) / (time.monotonic() - began)
    assert share < 5 * 0.003


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


def test_the_library_says_nothing(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    """Not even to a log that takes everything."""
    caplog.set_level(logging.DEBUG)
    work.in_seconds(0.2)
    with going(work):
        until(lambda: work.done)
    assert caplog.records == []


@pytest.mark.parametrize(("heartbeat", "watch_every"), [(0, 2), (15, 0), (float("inf"), 2), (15, float("nan"))])
def test_seconds_that_are_none_are_refused(work: Work, heartbeat: float, watch_every: float) -> None:
    """Before anything begins."""
    with pytest.raises(ValueError, match="seconds"):
        Clockwork(work, work.wall, heartbeat=heartbeat, watch_every=watch_every, on_trouble=pytest.fail)

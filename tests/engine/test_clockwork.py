"""The drive of the duty clock ticks when it must and no oftener, with real threads."""

from __future__ import annotations

import signal
import statistics
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from app.engine.clockwork import Clockwork
from app.engine.pulse import GAP, Pauses
from tests.engine.driving import Wall, Work, going, shortest, until


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


@pytest.mark.parametrize(("heartbeat", "watch_every"), [(0, 2), (15, 0), (float("inf"), 2), (15, float("nan"))])
def test_seconds_that_are_none_are_refused(work: Work, heartbeat: float, watch_every: float) -> None:
    """Before anything begins."""
    with pytest.raises(ValueError, match="seconds"):
        Clockwork(work, work.wall, heartbeat=heartbeat, watch_every=watch_every, on_trouble=pytest.fail)

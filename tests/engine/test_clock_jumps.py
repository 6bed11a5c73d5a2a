"""The drive of the duty clock while the machine's clock is set, steps or stood still."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest

from app.engine.clockwork import Clockwork
from tests.engine.driving import Wall, Work, alarm_of, going, show_the_library, until


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


def test_an_instant_without_a_zone_is_trouble(wall: Wall) -> None:
    """It is told as any other error of a tick."""
    troubles: list[BaseException] = []
    clockwork = Clockwork(lambda: datetime(2026, 1, 1), wall, on_trouble=troubles.append)  # noqa: DTZ001
    clockwork.start()
    until(lambda: troubles)
    assert clockwork.stop()
    assert isinstance(troubles[0], TypeError)
    assert clockwork.last_tick is None

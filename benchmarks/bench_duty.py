"""The duty clock: a tick with nothing due, a start, how late it fires, and what a watch costs all night."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from app.bootstrap import WallClock, duty_clock, found_house, open_house
from app.domain.due_phrases import DuePhrase
from app.engine.running import Running
from app.engine.sending import Sending
from app.samples import STREET, sample_text
from app.services.house import House
from app.services.org_file import read_org_toml
from app.services.ports import Writes
from app.settings import Settings, load_settings
from benchmarks.big_street import NoRoom, Size, lend_copy
from benchmarks.harness import Figure, NeverSeen, cpu_seconds, everyday, paired_ratio, program

NAME = "duty"
OFFICER = "JF-ZB1"
FUTURE, FEW = 100_000, 10
LATENESS = 40
"""Reminders whose lateness is measured, a tenth of a second apart."""


def run(quick: bool) -> list[Figure]:
    """`quick` takes a thousand reminders and a shorter night."""
    pairs = 5 if quick else 31
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        try:
            big, small = (lend_copy(Size(100, still), Path(folder)) for still in (200 if quick else 10_000, 10))
        except NoRoom as trouble:
            raise NeverSeen(str(trouble)) from trouble
        many, few = (open_house(load_settings(database=str(path)), station="bench") for path in (big, small))
        try:
            for house, count in ((many, 1_000 if quick else FUTURE), (few, FEW)):
                _remind(house, count)
            tick = paired_ratio(_ticked(many), _ticked(few), pairs)
            start = paired_ratio(_started(big), _started(small), max(3, pairs // 4))
        finally:
            many.close()
            few.close()
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        late = _lateness(Path(folder), 10 if quick else LATENESS)
        share = _watch(Path(folder), 8.0 if quick else 40.0)
    return [
        Figure("tick, nothing due, many ÷ few", tick, "×", None if quick else 2.0),
        Figure("start of the clock, many ÷ few", start, "×", None if quick else 1.2),
        Figure("lateness, median", 1000 * statistics.median(late), "ms", 50.0),
        Figure("lateness, most", 1000 * max(late), "ms"),
        Figure("wangge watch, idle", share, "% CPU", 0.5),
    ]


def _remind(house: House, count: int) -> None:
    """Reminders of the far future."""
    at = house.clock.now() + timedelta(days=30)
    first = house.reminders.add(house.duty.actor(OFFICER), "看水位", DuePhrase(at), uuid4())

    def work(writes: Writes) -> None:
        for n in range(1, count):
            writes.duty.save_reminder(replace(first, id=uuid4(), next_at=at + timedelta(seconds=n)))

    house.store.write(work)
    duty_clock(house, "tick").tick()


def _ticked(house: House) -> Callable[[], float]:
    clock = duty_clock(house, "tick")
    clock.tick()

    def taken() -> float:
        begun = time.perf_counter()
        for _ in range(10):
            clock.tick()
            clock.next_at()
        return time.perf_counter() - begun

    return taken


def _started(database: Path) -> Callable[[], float]:
    """From a closed file to the first instant the clock will wake at."""

    def taken() -> float:
        begun = time.perf_counter()
        house = open_house(load_settings(database=str(database)), station="bench")
        clock = duty_clock(house, "tick")
        clock.tick()
        clock.next_at()
        spent = time.perf_counter() - begun
        house.close()
        return spent

    return taken


def _lateness(folder: Path, count: int) -> list[float]:
    """Seconds from each instant to the transaction that fired it, in a street of its own."""
    settings = Settings(folder, folder / "config.toml", folder, folder / "late.db")
    house = found_house(settings, street=read_org_toml(sample_text(STREET), STREET), wall=WallClock())
    begins = house.clock.now() + timedelta(seconds=3)
    actor = house.duty.actor(OFFICER)
    mine = [
        house.reminders.add(actor, "看水位", DuePhrase(begins + timedelta(seconds=n / 10)), uuid4()).id
        for n in range(count)
    ]
    clock = duty_clock(house, "watch")
    sending = Sending(house.store, house.clock, clock.owner, dict, lambda _parcels: ("", ""))
    running = Running(clock, sending, house.clock.wall, lambda _round: None, lambda _error: None)
    running.start()
    time.sleep(4 + count / 10)
    running.leave()
    notices = [file.notice for file in house.notices.live() if file.notice.reminder_id in set(mine)]
    house.close()
    if len(notices) < count:
        raise NeverSeen(f"only {len(notices)} of {count} reminders came")
    return [(notice.fired_at - notice.due_at).total_seconds() for notice in notices]


def _watch(folder: Path, seconds: float) -> float:
    """Per cent of one core that a watch takes while nothing is due."""
    import subprocess

    settings = Settings(folder, folder / "config.toml", folder, folder / "idle.db")
    found_house(settings, street=read_org_toml(sample_text(STREET), STREET), wall=WallClock()).close()
    environ = everyday({"WANGGE_HOME": str(folder / "home")})
    command = [str(word) for word in program("--db", folder / "idle.db", "watch")]
    watch = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(6)
        begun, spent = time.perf_counter(), cpu_seconds(watch.pid)
        time.sleep(seconds)
        return 100 * (cpu_seconds(watch.pid) - spent) / (time.perf_counter() - begun)
    finally:
        watch.terminate()
        watch.wait(10)

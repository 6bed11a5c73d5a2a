"""Four duty clocks on one file, killed again and again until everything has fired; run as a program of its own.

``python duty_torture.py FOLDER REMINDERS KILLS AT_POINTS LEASE_SECONDS`` prints one JSON document. The parent imports
the whole product first and forks: a child must use none of its parent's connections (reliability table).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID, uuid5

from app.bootstrap import WallClock, duty_clock, found_house, open_house
from app.channels.sender import AppriseSender
from app.domain.outbox import Parcel, Route
from app.domain.reminder import ONCE, Reminder, ReminderState
from app.domain.topics import Audience
from app.engine.running import Running
from app.engine.sending import Sending
from app.samples import STREET, sample_text
from app.services.house import House
from app.services.org_file import read_org_toml
from app.services.ports import Writes
from app.settings import Settings

SPACE = UUID("d0d0d0d0-0000-4000-8000-000000000004")
EVER = datetime(2020, 1, 1, tzinfo=UTC)
ENGINES = 4
A_SECOND = 13
"""Reminders that come due a second."""
OFFICER = "JF-ZB1"
LONGEST = 300.0
"""Seconds after which it is given up."""
SAFE = 8
"""Every so many-th engine never kills itself: a slow machine too has killed enough before all is sent, and goes on."""
POINTS = ("claimed", "sending")
"""Between the claim and the sending: nothing has left yet."""
IN_HAND = {"sending": 1, "settled": -1}
"""From here to there a message may have left and not be noted: who is killed then leaves it to be sent again."""


class Hook(BaseHTTPRequestHandler):
    """A webhook on the loopback; writes the id of every message that reached it."""

    got: Counter[str] = Counter()
    lock = threading.Lock()

    def do_POST(self) -> None:
        """Take one message."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with Hook.lock:
            Hook.got[self.headers["X-Wangge-Id"]] += 1
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Silent."""


def settings_in(folder: Path) -> Settings:
    """Settings whose every path lies in a folder."""
    return Settings(home=folder, config=folder / "config.toml", state=folder, database=folder / "wangge.db")


def prepare(folder: Path, count: int, over: float) -> None:
    """A street that is no drill, one route, and reminders spread over some seconds from soon on."""
    house = found_house(settings_in(folder), street=read_org_toml(sample_text(STREET), STREET))
    begins = datetime.now(UTC) + timedelta(seconds=3)
    policy = house.policies.current()

    def reminder(n: int) -> Reminder:
        at = begins + timedelta(seconds=over * n / count)
        return Reminder(
            id=uuid5(SPACE, str(n)), state=ReminderState.ACTIVE, version=1, tell=Audience.MEMBER, member=OFFICER,
            set_by=OFFICER, created_at=begins, urgent=True, next_at=at, next_key=ONCE, code="torture",
            policy_version=policy.version,
        )  # fmt: skip

    def work(writes: Writes) -> None:
        writes.duty.save_routes([Route(OFFICER, "hook")])
        for n in range(count):
            writes.duty.save_reminder(reminder(n))

    house.store.write(work)
    house.close()


def engine(folder: Path, url: str, seed: int, at_points: bool, lease: timedelta) -> None:
    """One duty clock until it is killed; where asked, it kills itself between claim and sending."""
    dice = random.Random(seed)
    house = open_house(settings_in(folder), wall=WallClock())
    clock = duty_clock(house, "watch")
    way = AppriseSender(url).send

    def at(point: str) -> None:
        if at_points and point in POINTS and dice.random() < 0.8:
            with (folder / "points").open("ab") as file:
                file.write(b".")
            os.kill(os.getpid(), signal.SIGKILL)
        if point in IN_HAND:
            with (folder / "in-hand").open("a") as file:
                file.write(f"{seed} {IN_HAND[point]}\n")

    def compose(parcels: Sequence[Parcel]) -> tuple[str, str]:
        return f"{len(parcels)}", "看水位"

    sending = Sending(house.store, house.clock, clock.owner, lambda: {"hook": way}, compose, at, lease)
    running = Running(clock, sending, house.clock.wall, lambda _round: None, lambda _error: None)
    watcher = house.watch(running.heard)
    running.start()
    while watcher is not None:
        time.sleep(3600)


class Engines:
    """Forks, kills and forks again."""

    def __init__(self, folder: Path, url: str, at_points: int, lease: timedelta) -> None:
        self._folder, self._url, self._at_points, self._lease = folder, url, at_points, lease
        self._born = 0
        self.pids: dict[int, float] = {}
        self.killed = 0

    @property
    def points(self) -> int:
        """How many killed themselves between claim and sending."""
        path = self._folder / "points"
        return path.stat().st_size if path.exists() else 0

    def keep_up(self) -> None:
        """Bury the dead, and fork until all run."""
        while self.pids:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            self.pids.pop(pid, None)
            self.killed += 1
        while len(self.pids) < ENGINES:
            self._born += 1
            risky = self.points < self._at_points and self._born % SAFE != 0
            pid = os.fork()
            if not pid:
                try:
                    engine(self._folder, self._url, self._born, risky, self._lease)
                finally:
                    os._exit(1)
            self.pids[pid] = time.monotonic()

    def kill_one(self, dice: random.Random) -> None:
        """Any of them that has lived long enough to be at work."""
        old = [pid for pid, born in self.pids.items() if time.monotonic() - born > 0.3]
        if old:
            os.kill(dice.choice(old), signal.SIGKILL)

    def end(self) -> None:
        """All of them."""
        for pid in list(self.pids):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.pids.clear()


def sent(house: House) -> int:
    """Messages whose sending is settled."""
    with house.store.read() as reads:
        return sum(one.state.value == "sent" for one in reads.duty.parcels_since(EVER, 10**6))


def main(folder: Path, count: int, kills: int, at_points: int, lease: float) -> dict[str, object]:
    """Run it and say what was seen."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    prepare(folder, count, over=count / A_SECOND)
    url = f"json://127.0.0.1:{server.server_address[1]}/"
    engines, dice = Engines(folder, url, at_points, timedelta(seconds=lease)), random.Random(2020)
    engines.keep_up()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    house = open_house(settings_in(folder))
    began = looked = time.monotonic()
    while time.monotonic() - began < LONGEST:
        time.sleep(dice.uniform(0.05, 0.45))
        if engines.killed < kills:
            engines.kill_one(dice)
        engines.keep_up()
        if time.monotonic() - looked > 2.0:
            looked = time.monotonic()
            if sent(house) >= count and engines.killed >= kills and engines.points >= at_points:
                break
    seconds = time.monotonic() - began
    engines.end()
    return {
        **seen(house, count),
        "broken_off": broken_off(folder),
        "kills": engines.killed,
        "at_points": engines.points,
        "seconds": round(seconds, 1),
    }


def broken_off(folder: Path) -> int:
    """Messages that an engine had in hand when it was killed: those alone may come twice."""
    left: Counter[str] = Counter()
    for line in (folder / "in-hand").read_text().splitlines():
        born, step = line.split()
        left[born] += int(step)
    return left.total()


def seen(house: House, count: int) -> dict[str, object]:
    """What the file and the webhook say."""
    with house.store.read() as reads:
        notices = [one for n in range(count) if (one := reads.duty.notice(uuid5(uuid5(SPACE, str(n)), ONCE)))]
        events = [one for one in reads.events_since(0, 10**6) if one.kind == "reminded"]
        parcels = reads.duty.parcels_since(EVER, 10**6)
    late = sorted((one.fired_at - one.due_at).total_seconds() for one in notices)
    fired = Counter(event.payload["notice"] for event in events if event.payload.get("key") == ONCE)
    mine = {one.id.hex for one in notices}
    asked = {str(one.bundle or one.id) for one in parcels if one.notice_id.hex in mine}
    return {
        "fired": len(notices),
        "fired_twice": sum(fired[one] != 1 for one in mine),
        "undelivered": len([one for one in asked if not Hook.got[one]]),
        "unknown": len([one for one in Hook.got if one not in asked]),
        "repeated": sum(times - 1 for times in Hook.got.values()),
        "late_median": late[len(late) // 2], "late_p99": late[int(len(late) * 0.99)], "late_most": late[-1],
        "states": dict(Counter(one.state.value for one in parcels)),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:5]), float(sys.argv[5]))))

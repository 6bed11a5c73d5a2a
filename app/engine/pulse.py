"""What goes on between a start and a stop of the clockwork: the thread that ticks, and the one that watches."""

from __future__ import annotations

import contextlib
import math
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine.alarm import Alarm

GAP = 0.02
"""Seconds between the end of a tick and the next one, at least."""
GAP_AFTER_TROUBLE = 0.25
"""The same after a tick that failed: changes it makes itself must not drive it in a circle."""
FIRST_PAUSE = 1.0
"""Seconds until what failed is tried again; doubled each time, up to the heartbeat."""
JUMP = 1.0
"""Seconds by which the wall clock may part from the monotonic one between two looks."""
LATE = 1.0
"""Seconds after an instant when the watchdog waits for the alarm no longer."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a pulse is to do, see ``Clockwork``; ``ended`` is called after each good tick, ``report`` never raises."""

    tick: Callable[[], datetime | None]
    wall: Callable[[], datetime]
    heartbeat: float
    watch_every: float
    ended: Callable[[], None]
    report: Callable[[BaseException], None]


class Pauses:
    """How long to wait after one failure, and after the next, in seconds."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self.after_success()

    def after_success(self) -> None:
        """Begin anew."""
        self._next = FIRST_PAUSE

    def after_failure(self) -> float:
        """This pause; the next one is twice as long."""
        pause = min(self._next, self._longest)
        self._next = 2 * pause
        return pause


class Pulse:
    """Ticks from now on until ``end``. ``ticking`` is held during a tick, so that two pulses never tick at once.

    All threads are daemons: leaving the program never waits for them. The alarm may fail in any way, the watchdog
    then does its work, up to ``watch_every`` and a second late.
    """

    def __init__(self, orders: Orders, ticking: threading.Lock) -> None:
        self._orders = orders
        self._ticking = ticking
        self.stopping = False
        self._rings: SimpleQueue[None] = SimpleQueue()  # its put may interrupt itself: safe in signal handlers
        self._busy = False
        self._gap_until = 0.0
        self._pauses = Pauses(orders.heartbeat)
        # A lock's time-out follows the wall clock in some builds of Python (no sem_clockwait), a socket's never.
        self._bell, self._ear = socket.socketpair()
        self._ear.settimeout(orders.watch_every)
        self._arming = threading.Lock()
        self._alarm: Alarm | None = None
        self._next_at: datetime | None = None
        self._next_mono = math.inf
        self._offset: float | None = None
        self._mend_at = 0.0
        self._mend_pauses = Pauses(orders.heartbeat)
        self._hand = threading.Thread(target=self._work, name="wangge-tick", daemon=True)
        self._watchdog = threading.Thread(target=self._watch, name="wangge-watchdog", daemon=True)
        try:
            self._watchdog.start()
            self._hand.start()
        except BaseException:
            self.stopping = True
            self._wake_watchdog()
            if not self._watchdog.is_alive():
                self._bell.close()
                self._ear.close()
            raise
        self.ring()

    def ring(self) -> None:
        """Tick soon; while nobody has heard the last ring this one is the same."""
        if self._rings.empty():
            self._rings.put(None)

    def end(self, patience: float) -> bool:
        """Begin no other tick; wait at most ``patience`` seconds for the running one. True when it ended."""
        until = time.monotonic() + patience
        self.stopping = True
        self.ring()
        self._wake_watchdog()
        for thread in (self._watchdog, self._hand):
            if thread is not threading.current_thread():
                thread.join(max(0.0, until - time.monotonic()))
        return not self._hand.is_alive()

    # The thread that ticks

    def _work(self) -> None:
        while not self.stopping:
            try:
                self._rings.get()
                self._busy = True
                self._keep_the_gap()
                self._hear_all_rings()
                with self._ticking:
                    if not self.stopping:
                        self._turn()
            except BaseException as error:  # noqa: BLE001  whatever it is, later ticks must come
                self._orders.report(error)
                time.sleep(GAP_AFTER_TROUBLE)
            finally:
                self._busy = False

    def _keep_the_gap(self) -> None:
        while not self.stopping and (left := self._gap_until - time.monotonic()) > 0:
            time.sleep(min(left, GAP))

    def _hear_all_rings(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                self._rings.get_nowait()

    def _turn(self) -> None:
        """One tick, and the alarm set for the next one."""
        gap = GAP
        try:
            due = self._orders.tick()
            left = self._orders.heartbeat if due is None else (due - self._orders.wall()).total_seconds()
        except BaseException as error:  # noqa: BLE001  whatever it is, later ticks must come
            self._orders.report(error)
            left, gap = self._pauses.after_failure(), GAP_AFTER_TROUBLE
        else:
            self._pauses.after_success()
            self._orders.ended()
        self._gap_until = time.monotonic() + gap
        if left <= 0:
            self.ring()
        self._arm(min(left, self._orders.heartbeat) if left > 0 else self._orders.heartbeat)

    def _arm(self, left: float) -> None:
        with self._arming:
            self._next_mono = time.monotonic() + left
            if self._alarm is not None and not self.stopping:
                self._alarm.ring_in(left)
            self._next_at = self._orders.wall() + timedelta(seconds=left)

    # The thread that watches

    def _watch(self) -> None:
        with self._bell, self._ear:
            while not self.stopping:
                try:
                    self._look()
                except BaseException as error:  # noqa: BLE001  whatever it is, the next look must come
                    self._orders.report(error)
                self._rest()
        self._take_alarm_away()

    def _rest(self) -> None:
        try:
            self._ear.recv(1)
        except TimeoutError:
            return
        except OSError as error:
            self._orders.report(error)
        if not self.stopping:  # nobody rang: the socket is broken, and must not drive us in a circle
            time.sleep(self._orders.watch_every)

    def _wake_watchdog(self) -> None:
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    def _look(self) -> None:
        mono, wall = time.monotonic(), self._orders.wall()
        offset = wall.timestamp() - mono
        jumped = self._offset is not None and abs(offset - self._offset) > JUMP
        self._offset = offset
        late = not self._busy and self._is_late(mono, wall)
        alarm = self._alarm
        fallen = alarm is not None and not alarm.works
        if jumped or late or fallen:
            self.ring()
        if alarm is None or fallen or (late and not jumped):
            self._renew_alarm(mono)

    def _is_late(self, mono: float, wall: datetime) -> bool:
        with self._arming:
            if self._next_at is None:
                return False
            return mono > self._next_mono + LATE or wall > self._next_at + timedelta(seconds=LATE)

    def _renew_alarm(self, mono: float) -> None:
        """Another alarm in the place of one that is missing, fallen or let an instant pass; raises what hinders it."""
        self._take_alarm_away()
        if mono < self._mend_at:
            return
        try:
            from app.engine.alarm import Alarm  # only now: loading the library takes a tenth of a second

            alarm = Alarm(self.ring)
        except BaseException:
            self._mend_at = mono + self._mend_pauses.after_failure()
            raise
        self._mend_pauses.after_success()
        with self._arming:
            self._alarm = alarm
            if self._next_at is not None:
                alarm.ring_in(self._next_mono - time.monotonic())

    def _take_alarm_away(self) -> None:
        with self._arming:
            alarm, self._alarm = self._alarm, None
        if alarm is not None:
            if alarm.trouble is not None:
                self._orders.report(alarm.trouble)
            alarm.retire()

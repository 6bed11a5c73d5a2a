"""One alarm on APScheduler, used as a clock only; this is the one module that knows it (imported late: 0.1 s)."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_SCHEDULER_STARTED
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.base import STATE_RUNNING
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.date import DateTrigger

JOB = "next"


class Alarm:
    """Calls ``ring`` at one instant of the machine's wall clock; ``ring`` must return at once and not raise.

    The scheduler runs on a daemon thread of ours: its own would print a traceback into the screen when it
    falls, and its pool of workers would be waited for when the program ends. Raises what kept it from starting.
    """

    def __init__(self, ring: Callable[[], None]) -> None:
        _be_quiet()
        self._ring = ring
        self._scheduler = BlockingScheduler(timezone=UTC, executors={"default": DebugExecutor()})
        self._begun = threading.Event()
        self._scheduler.add_listener(lambda _: self._begun.set(), EVENT_SCHEDULER_STARTED)
        self.trouble: BaseException | None = None
        """What ended the scheduler's thread, None while nothing did."""
        self._thread = threading.Thread(target=self._drive, name="wangge-alarm", daemon=True)
        self._thread.start()
        self._begun.wait()  # a job given while it starts could be lost
        if self.trouble is not None:
            raise self.trouble

    @property
    def works(self) -> bool:
        """Whether the scheduler and its thread are there."""
        return self._thread.is_alive() and self._scheduler.state == STATE_RUNNING

    def ring_in(self, seconds: float) -> None:
        """Ring when the wall clock shows that much more, at once if that is not more; only the last call counts."""
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        self._scheduler.add_job(
            self._ring, DateTrigger(at, timezone=UTC), id=JOB, name=JOB, replace_existing=True,
            misfire_grace_time=None, coalesce=True, max_instances=1,
        )  # fmt: skip

    def retire(self, patience: float = 1.0) -> None:
        """Ring no more; waits at most ``patience`` seconds for the thread. Not to be called by ``ring``."""
        with contextlib.suppress(SchedulerNotRunningError):
            self._scheduler.shutdown(wait=False)
        self._thread.join(patience)

    def _drive(self) -> None:
        try:
            self._scheduler.start()
        except BaseException as error:  # noqa: BLE001  whatever it is, the watchdog reports it and starts another
            self.trouble = error
        finally:
            self._begun.set()


def _be_quiet() -> None:
    """Keep the scheduler's remarks off the terminal; what matters of them is in ``trouble`` and ``works``."""
    logger = logging.getLogger("apscheduler")
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False

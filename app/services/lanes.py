"""Worker lanes of our own for the database, so that a slow disk never holds up the screen (reliability 1)."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LANES = 3


class Lanes:
    """A few daemon threads that run calls one after another each; leaving the program never waits for them."""

    def __init__(self, lanes: int = LANES) -> None:
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"lane-{n}", daemon=True) for n in range(lanes)]
        for thread in self._threads:
            thread.start()

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call on a free lane and wait for it without blocking the event loop; its errors are raised here."""
        future: Future[T] = Future()
        self._calls.put((future, lambda: call(*args, **kwargs)))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Tell the lanes to stop after what they are doing; does not wait."""
        for _ in self._threads:
            self._calls.put(None)

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            future, call = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = call()
            except BaseException as error:  # noqa: BLE001  whatever it is, whoever waits gets it
                with contextlib.suppress(asyncio.InvalidStateError):
                    future.set_exception(error)
            else:
                future.set_result(result)

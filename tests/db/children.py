"""Real processes for tests: forked, so that they need not import the product again, and ended without farewell."""

from __future__ import annotations

import os
import select
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str], object]
NOBODY = 65534


class Child:
    """A forked process that runs ``work`` and may tell lines to its parent."""

    def __init__(self, work: Callable[[Tell], object]) -> None:
        self._reader, writer = os.pipe()
        sys.stdout.flush()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # about threads, which no child of ours needs
            self.pid = os.fork()
        if self.pid == 0:
            _run(work, writer)
        os.close(writer)
        self._buffer = b""
        self._status: int | None = None

    def line(self, seconds: float = 60) -> str:
        """The next line the child tells; empty when it has ended."""
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([self._reader], [], [], seconds)
            more = os.read(self._reader, 65536) if ready else b""
            if not more:
                return ""
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode()

    def kill(self) -> None:
        """SIGKILL, at this moment."""
        os.kill(self.pid, signal.SIGKILL)
        self.status()

    def status(self) -> int:
        """Wait for the end; 0 when all went well, minus the signal's number when one ended it."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            os.close(self._reader)
        return self._status


def _run(work: Callable[[Tell], object], writer: int) -> None:
    status = 1
    try:
        work(lambda text: os.write(writer, f"{text}\n".encode()))
        status = 0
    except BaseException:  # noqa: BLE001  nothing of the parent may go on in the child
        traceback.print_exc()
    finally:
        os._exit(status)


@contextmanager
def child(work: Callable[[Tell], object]) -> Iterator[Child]:
    """A child that does not outlive the block."""
    forked = Child(work)
    try:
        yield forked
    finally:
        if forked._status is None:
            forked.kill()


def in_child(work: Callable[[Tell], object]) -> list[str]:
    """Run in a child to its end, which must be a good one; returns the lines it told."""
    with child(work) as forked:
        lines = []
        while line := forked.line():
            lines.append(line)
        assert forked.status() == 0
        return lines


def give_up_rights() -> None:
    """Root becomes nobody: rights of files count again."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)

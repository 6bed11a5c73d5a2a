"""Processes that take numbers from one database, some of them killed: run as a program, prints a JSON summary.

    python tests/db/counters.py DATABASE FOLDER --workers 4 --each 100 --kills 0

The parent imports the product, opens nothing and forks. Each worker has two threads, and every number a thread
was given is one line of its own file. With kills, a worker that dies is followed by a new one until all are done.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from db.unit_of_work import open_store

DAY = date(2020, 7, 2)


def take(database: Path, folder: Path, worker: int, each: int) -> None:
    """One worker: two threads over one store."""
    store = open_store(database, create=False)

    def thread(name: int) -> None:
        handle = os.open(folder / f"took-{worker}-{name}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for _ in range(each):
            number = store.write(lambda writes: writes.next_number(DAY))
            os.write(handle, f"{number}\n".encode())

    threads = [threading.Thread(target=thread, args=(name,)) for name in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    store.close()


def start(database: Path, folder: Path, worker: int, each: int) -> int:
    """Fork one worker; returns its process id."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        take(database, folder, worker, each)
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    """Read the arguments, run to the end, print the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--kills", type=int, default=0)
    asked = parser.parse_args()
    rng = random.Random(1)
    running = [start(asked.database, asked.folder, n, asked.each) for n in range(asked.workers)]
    started = asked.workers
    for _ in range(asked.kills):
        time.sleep(rng.uniform(0.02, 0.4))
        victim = running.pop(rng.randrange(len(running)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        running.append(start(asked.database, asked.folder, started, asked.each))
        started += 1
    if asked.kills:
        for pid in running:
            os.kill(pid, signal.SIGKILL)
    statuses = [os.waitpid(pid, 0)[1] for pid in running]
    failed = sum(status not in (0, signal.SIGKILL) for status in statuses)
    print(json.dumps({"started": started, "failed": failed}))


if __name__ == "__main__":
    main()

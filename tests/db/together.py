"""Many processes that create the same database at the same moment: run as a program, prints one line a process.

    python tests/db/together.py FOLDER PROCESSES ROUNDS

The parent imports the product, opens nothing and forks; a round's children wait at a gate file. Each child
appends the identity of the database it met to the round's file, or its error.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import db.migrations.run  # noqa: F401  the children should be quick to meet
from db.unit_of_work import open_store


def meet(path: Path, gate: Path, told: Path) -> None:
    """One child: wait, open, tell who the database is."""
    while not gate.exists():
        time.sleep(0.001)
    store = open_store(path, create=True, drill=True)
    with store.read() as reads:
        station = reads.station()
    store.close()
    handle = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(handle, f"{station.uuid} {station.schema}\n".encode())


def main(folder: Path, processes: int, rounds: int) -> None:
    """Play the rounds one after the other."""
    for number in range(rounds):
        path, gate, told = (folder / f"{number}.{end}" for end in ("db", "gate", "told"))
        children = []
        for _ in range(processes):
            pid = os.fork()
            if pid == 0:
                status = 1
                try:
                    meet(path, gate, told)
                    status = 0
                finally:
                    os._exit(status)
            children.append(pid)
        gate.touch()
        statuses = [os.waitpid(pid, 0)[1] for pid in children]
        print(number, sum(status != 0 for status in statuses), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

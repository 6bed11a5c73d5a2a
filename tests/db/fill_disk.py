"""Writes until the disk is full, frees some, goes on: run as a program, prints what happened as JSON.

    python tests/db/fill_disk.py FOLDER

In FOLDER lies a file ``ballast`` that is removed to make room again.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.domain.errors import StoreTrouble
from app.domain.events import Event, EventKind
from app.domain.org import Role
from db.backup import quick_check
from db.unit_of_work import SqlStore, open_store

NOW = datetime(2020, 7, 2, tzinfo=UTC)


def write(store: SqlStore, serial: int) -> UUID:
    """One event with a long text."""
    event = Event(
        uuid4(), f"note/{serial}", 1, EventKind.NOTED, {}, "JF-ZB1", Role.DUTY_OFFICER, NOW, NOW,
        words={"note": "水" * 6000},
    )  # fmt: skip
    store.write(lambda writes: writes.append([event]))
    return event.id


def fill(folder: Path, limit: int) -> dict[str, object]:
    """Fill, free, go on, and tell; ``limit`` is the largest file in bytes, 0 = none."""
    store = open_store(folder / "wangge.db", create=True)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    kept: list[UUID] = []
    trouble = ""
    while not trouble:
        try:
            kept.append(write(store, len(kept)))
        except StoreTrouble as error:
            trouble = error.trouble
    with store.read() as reads:
        readable = all(reads.event(id_) is not None for id_ in kept)
        count = reads.last_seq()
    (folder / "ballast").unlink(missing_ok=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    after = [write(store, 1_000_000 + n) for n in range(5)]
    with store.read() as reads:
        lost = sum(reads.event(id_) is None for id_ in (*kept, *after))
    store.close()
    sound = quick_check(folder / "wangge.db") is None
    return {
        "kept": len(kept), "count": count, "trouble": trouble, "readable": readable, "lost": lost, "sound": sound,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(fill(Path(sys.argv[1]), int(sys.argv[2]))))

"""A copy that can be trusted: made in one step, checked, on the disk before it gets its name (reliability 10)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.domain.errors import StoreTrouble, Trouble
from app.domain.message import Message
from db.sqlite.birth import empty_file, publish
from db.sqlite.driver import connect
from db.sqlite.trouble import explained


def back_up(path: Path, target: Path) -> None:
    """Copy the database to ``target``, which must not exist; rights 0600.

    Raises StoreTrouble when either cannot be read or written or the copy is not sound, FileExistsError when
    ``target`` is there.
    """
    made = target.with_name(f".{target.name}.{uuid4().hex}.new")
    try:
        empty_file(made)
        with _open(path, "ro") as source, _open(made, "rw") as copy:
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            if _faults(copy):
                raise _damaged(path)
        with made.open("r+b") as file:
            os.fsync(file.fileno())
        if not publish(made, target):
            raise FileExistsError(target)
    finally:
        made.unlink(missing_ok=True)


def back_up_beside(path: Path, revision: str) -> Path:
    """Copy the database beside itself before it is brought to a revision; returns the copy's path."""
    n = 1
    while True:
        target = path.with_name(f"{path.name}.before-{revision}" + (f"-{n}" if n > 1 else ""))
        try:
            back_up(path, target)
        except FileExistsError:
            n += 1
        else:
            return target


def quick_check(path: Path) -> Message | None:
    """Why the file is not sound, None when it is; reads all of it, so it belongs in a worker."""
    try:
        with _open(path, "ro") as connection:
            faults = _faults(connection)
    except StoreTrouble as trouble:
        return trouble.message
    return _damaged(path).message if faults else None


def _faults(connection: Any) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
    return [] if found == ["ok"] else found


def _damaged(path: Path) -> StoreTrouble:
    return StoreTrouble(Message("{path} is damaged. Please restore a backup.", {"path": str(path)}), Trouble.DAMAGED)


@contextmanager
def _open(path: Path, mode: str) -> Iterator[Any]:
    with explained(path):
        connection = connect(path, mode)
        try:
            yield connection
        finally:
            connection.close()

"""A new database: made whole under another name with rights 0600, then given its own in one step."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from db.sqlite.driver import APPLICATION_ID, connect
from db.sqlite.engine import choose_journal
from db.sqlite.folders import sync_folder

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def empty_file(path: Path) -> None:
    """Make the file, readable and writable by this user alone from its first moment; it must not exist."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def create(path: Path, fill: Callable[[Path], None]) -> bool:
    """Make the database at ``path``; False when another program was faster, whose database then stands there.

    ``fill`` writes tables and identity into a file nobody else knows, so no program ever meets a half-made
    database, and a kill at any moment leaves nothing at ``path``.
    """
    made = path.with_name(f".{path.name}.{uuid4().hex}.new")
    try:
        empty_file(made)
        _mark(made)
        fill(made)
        _settle(made)
        return publish(made, path)
    finally:
        for leftover in (made, *(made.with_name(made.name + end) for end in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)


def _mark(path: Path) -> None:
    connection = connect(path)
    try:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        connection.close()


def _settle(path: Path) -> None:
    connection = connect(path)
    try:
        choose_journal(connection)
    finally:
        connection.close()
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def publish(made: Path, path: Path) -> bool:
    """Give a finished file its name, at which no program can have met it before; False when the name is taken."""
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _publish_without_links(made, path)
    sync_folder(path.parent)
    return True


def _publish_without_links(made: Path, path: Path) -> bool:
    """On file systems that know no links: whoever makes the empty name first may fill it."""
    with contextlib.suppress(FileExistsError):
        empty_file(path)
        made.replace(path)
        sync_folder(path.parent)
        return True
    return False

"""What an existing file is, found out before anything is written to it (reliability, "file kinds")."""

from __future__ import annotations

import os
import stat
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import StoreTrouble, Trouble
from app.domain.message import Message
from db.sqlite.driver import APPLICATION_ID, connect, driver
from db.sqlite.trouble import as_trouble

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


class FilesInUse:
    """Files this process has open through SQLite.

    Closing any other handle of such a file would drop SQLite's locks in this process (POSIX), so a
    file in use is never opened by hand.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users: Counter[tuple[int, int]] = Counter()

    def header(self, path: Path) -> bytes | None:
        """The first bytes of the file; None when it is in use here, and so known already."""
        with self._lock:
            if self._users[_inode(path)]:
                return None
            with path.open("rb") as file:
                return file.read(_HEADER)

    def enter(self, path: Path) -> tuple[int, int]:
        """Count one more user; give the result to ``leave``."""
        with self._lock:
            inode = _inode(path)
            self._users[inode] += 1
            return inode

    def leave(self, inode: tuple[int, int]) -> None:
        """Count one user less."""
        with self._lock:
            self._users[inode] -= 1


FILES_IN_USE = FilesInUse()


def _inode(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


@dataclass(frozen=True, slots=True)
class Recognised:
    """An existing database of ours: its schema version and how it has to be opened for reading."""

    schema: str
    read_mode: str
    """``ro``, or ``immutable`` in a folder where SQLite may not make its files beside it."""


def recognise(path: Path) -> Recognised | None:
    """The database at ``path``, None when there is no file; StoreTrouble when it is anything else.

    Told apart without touching the file: folders and devices, empty files, files of other programs,
    damaged ones. The version is one SELECT.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(Message("{path} is not a file.", {"path": str(path)}), Trouble.NOT_OURS)
        header = FILES_IN_USE.header(path)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise _refusal(Message("{path} cannot be reached.", {"path": str(path)}), Trouble.UNREACHABLE) from None
    except PermissionError:
        raise _refusal(Message("This user may not read {path}.", {"path": str(path)}), Trouble.UNREACHABLE) from None
    if header is not None:
        _judge(header, path)
    read_mode = _read_mode(path, header)
    return Recognised(_schema(path, read_mode), read_mode)


def _judge(header: bytes, path: Path) -> None:
    named = {"path": str(path)}
    if not header:
        raise _refusal(Message("{path} is empty; it is not a wangge database.", named), Trouble.NOT_OURS)
    if not header.startswith(_MAGIC):
        raise _refusal(Message("{path} is not a wangge database.", named), Trouble.NOT_OURS)
    if len(header) < _HEADER:
        raise _refusal(Message("{path} is damaged. Please restore a backup.", named), Trouble.DAMAGED)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _refusal(Message("{path} belongs to another program.", named), Trouble.NOT_OURS)


def _read_mode(path: Path, header: bytes | None) -> str:
    journal_is_wal = header is not None and header[18] == 2
    beside = path.with_name(path.name + "-wal")
    if journal_is_wal and not os.access(path.parent, os.W_OK) and not beside.exists():
        return "immutable"
    return "ro"


def _schema(path: Path, read_mode: str) -> str:
    try:
        connection = connect(path, read_mode)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except driver.Error as error:
        trouble = as_trouble(error, path)
        if trouble is not None:
            raise trouble from error
        row = None
    if row is None:
        raise _refusal(Message("{path} is damaged. Please restore a backup.", {"path": str(path)}), Trouble.DAMAGED)
    return str(row[0])


def _refusal(message: Message, trouble: Trouble) -> StoreTrouble:
    return StoreTrouble(message, trouble)

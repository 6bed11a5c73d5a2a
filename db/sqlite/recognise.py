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
from db.sqlite.driver import APPLICATION_ID, WAL_SAFE, connect, driver
from db.sqlite.trouble import as_trouble, explained

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
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._after_fork)

    def _after_fork(self) -> None:
        """Another thread of the parent may have held the lock; nobody in the child does."""
        self._lock = threading.Lock()

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
    """An existing database of ours."""

    schema: str
    wal: bool
    """Its journal, as far as the header tells: WAL, or a rollback journal."""


def recognise(path: Path) -> Recognised | None:
    """The database at ``path``, None when there is no file; StoreTrouble when it is anything else.

    Told apart without touching the file: folders and devices, empty files, files of other programs,
    damaged ones. The version is one SELECT.
    """
    named = {"path": str(path)}
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise StoreTrouble(Message("{path} is not a file.", named), Trouble.NOT_OURS)
        header = FILES_IN_USE.header(path)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise StoreTrouble(Message("{path} cannot be reached.", named), Trouble.UNREACHABLE) from None
    except PermissionError:
        raise StoreTrouble(Message("This user may not read {path}.", named), Trouble.UNREACHABLE) from None
    if header is not None:
        _judge(header, status.st_size, path)
    wal = WAL_SAFE if header is None else header[18] == 2
    return Recognised(_schema(path, wal), wal)


def reading_mode(path: Path, wal: bool) -> str:
    """How to open a file just to read it, so that nothing is made beside it.

    A WAL database that has no -wal file is open nowhere, and may be read as one that does not change. One
    with a rollback journal left by a killed program must be repaired first, if we may.
    """
    if wal:
        return "ro" if path.with_name(path.name + "-wal").exists() else "immutable"
    hot = path.with_name(path.name + "-journal").exists()
    return "rw" if hot and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"


def _judge(header: bytes, size: int, path: Path) -> None:
    named = {"path": str(path)}
    if not header:
        raise StoreTrouble(Message("{path} is empty; it is not a wangge database.", named), Trouble.NOT_OURS)
    if not header.startswith(_MAGIC):
        raise StoreTrouble(Message("{path} is not a wangge database.", named), Trouble.NOT_OURS)
    if len(header) == _HEADER and _number(header, 68) != APPLICATION_ID:
        raise StoreTrouble(Message("{path} belongs to another program.", named), Trouble.NOT_OURS)
    if len(header) < _HEADER or (size < _promised(header) and not _journal_beside(path)):
        raise _damaged(path)


def _promised(header: bytes) -> int:
    """How large the file must be by its own header; a page size of 1 means 65,536."""
    page = int.from_bytes(header[16:18], "big")
    return (65_536 if page == 1 else page) * _number(header, 28)


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def _journal_beside(path: Path) -> bool:
    """Whether a program was killed here: what is missing in the file may be in its journal."""
    return any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))


def _schema(path: Path, wal: bool) -> str:
    row = None
    with explained(path):
        connection = connect(path, reading_mode(path, wal))
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except driver.OperationalError as error:
            if as_trouble(error, path) is not None:
                raise
        finally:
            connection.close()
    if row is None:
        raise _damaged(path)
    return str(row[0])


def _damaged(path: Path) -> StoreTrouble:
    return StoreTrouble(Message("{path} is damaged. Please restore a backup.", {"path": str(path)}), Trouble.DAMAGED)

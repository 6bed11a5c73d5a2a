"""SQLite's result codes as one plain sentence each (``app.domain.errors.Trouble``)."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.domain.errors import StoreTrouble, Trouble
from app.domain.message import N_, Message
from db.sqlite.driver import driver

_CONSTRAINT, _IO_ERROR, _FULL = 19, 10, 13

_SENTENCES: dict[int, tuple[Trouble, str]] = {
    5: (Trouble.BUSY, N_("{path} is in use by another program. Nothing was saved; please try again.")),
    13: (Trouble.FULL, N_("The disk is full: nothing could be saved in {path}.")),
    8: (Trouble.READ_ONLY, N_("{path} may only be read; nothing was saved.")),
    26: (Trouble.NOT_OURS, N_("{path} is not a wangge database.")),
    11: (Trouble.DAMAGED, N_("{path} is damaged. Please restore a backup.")),
    10: (Trouble.UNREACHABLE, N_("The disk did not read or write {path}; nothing was saved.")),
    14: (Trouble.UNREACHABLE, N_("{path} cannot be opened.")),
}
_LIKE = {6: 5, 15: 5, 3: 14, 23: 14}
"""LOCKED and PROTOCOL are busy; PERM and AUTH cannot be opened."""


def result_code(error: BaseException) -> int:
    """SQLite's primary result code behind an exception of the driver or of SQLAlchemy; 0 when there is none.

    Extended codes are left out: pysqlite3 does not give them.
    """
    origin = getattr(error, "orig", error)
    return int(getattr(origin, "sqlite_errorcode", 0) or 0) & 0xFF


def is_busy(error: BaseException) -> bool:
    """Whether somebody else held the lock: the same work may succeed a moment later."""
    code = result_code(error)
    return _LIKE.get(code, code) == 5


def is_duplicate(error: BaseException) -> bool:
    """Whether a unique or primary key refused a row that is already there."""
    reason = str(getattr(error, "orig", error))
    return result_code(error) == _CONSTRAINT and reason.startswith("UNIQUE constraint failed")


@contextmanager
def explained(path: Path, *, system: bool = False) -> Iterator[None]:
    """Errors of the file leave as StoreTrouble, slips of the program as they are.

    ``system`` = the operating system's errors too, where files are made.
    """
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        trouble = as_trouble(error, path)
        if trouble is None:
            raise
        raise trouble from error
    except OSError as error:
        if not system:
            raise
        raise file_trouble(error, path) from error


def as_trouble(error: BaseException, path: Path) -> StoreTrouble | None:
    """The sentence for an error of the file, or None when it is a slip of the program."""
    code = result_code(error)
    primary = _LIKE.get(code, code)
    if primary == _IO_ERROR and _is_full(path):
        primary = _FULL
    if primary not in _SENTENCES:
        return None
    trouble, sentence = _SENTENCES[primary]
    return StoreTrouble(Message(sentence, {"path": str(path)}), trouble)


def _is_full(path: Path) -> bool:
    """Whether there is no room left for a page: some writes to a full disk fail without saying why."""
    try:
        return shutil.disk_usage(path.parent).free < 65_536
    except OSError:
        return False


def file_trouble(error: OSError, path: Path) -> StoreTrouble:
    """The sentence for an error of the operating system while a file was made or copied."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        code = 13
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        code = 8
    else:
        code = 14
    trouble, sentence = _SENTENCES[code]
    return StoreTrouble(Message(sentence, {"path": str(path)}), trouble)

"""Small private files: 0600 from birth, replaced whole or not at all (reliability 10)."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from app.domain.errors import Refused
from app.domain.message import N_, Message


def private_folder(folder: Path) -> Path:
    """The folder, made with mode 0700 when it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EEXIST: N_("there is a file of that name already"),
    errno.EACCES: N_("you may not do that there"),
    errno.EPERM: N_("you may not do that there"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("its links lead in a circle"),
    errno.EIO: N_("the disk does not answer"),
}


def os_reason(error: OSError) -> Message | str:
    """Why the system refused, as a text of ours where it is a usual one."""
    known = _REASONS.get(error.errno or 0)
    return Message(known) if known else error.strerror or str(error)


def printable(path: Path | str) -> str:
    """A path as one line that any terminal shows: line breaks, control characters, bytes of no text as escapes."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in str(path))


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, readable by its owner alone; a half-written one is taken away.

    Raises Refused when it exists or cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise Refused(Message("{path} already exists; nothing was written", {"path": str(path)})) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> Refused:
    return Refused(Message("{path} cannot be written: {reason}", {"path": str(path), "reason": os_reason(error)}))


def write_private(path: Path, text: str) -> None:
    """Write a text so that readers see the old or the new one, never half; OSError when it cannot be kept.

    The file is 0600 from birth whatever the umask, its line ends are those of the text, and its name outlives a
    power cut where the system can. A folder that is missing is made.
    """
    private_folder(path.parent)
    replace_private(path, text.encode())


def replace_private(path: Path, content: bytes) -> None:
    """As ``write_private``, into a folder that is there."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:20]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            if os.name != "nt":
                os.fchmod(file.fileno(), 0o600)  # a strange umask may have taken more away
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Warnings from files: each good message recorded, each bad file named with its reason (reliability 11)."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from app.domain.actor import Actor
from app.domain.errors import BadInput, Refused
from app.domain.message import Message
from app.domain.warning import Alert
from app.files import os_reason
from app.services.cap import read_messages
from app.services.flood_entries import Recorded
from app.services.warnings import Warnings
from app.services.xml_tree import LARGEST

MOST_FILES = 5_000
"""Files of one folder."""
MOST_BYTES = 32 << 20
"""Bytes of all files of one folder that are not each too large: they are read together, to be recorded in order."""

AT_ONCE = 100
"""Messages of one transaction."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file: its messages, and why it or some of them were skipped."""

    file: str
    alerts: tuple[tuple[Alert, Recorded], ...] = ()
    troubles: tuple[Message, ...] = ()

    @property
    def skipped(self) -> bool:
        """Whether nothing of it was recorded."""
        return bool(self.troubles) and not self.alerts


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: its good messages and its bytes, and why it or some of them are skipped."""

    file: str
    alerts: tuple[Alert, ...] = ()
    content: bytes = b""
    troubles: tuple[Message, ...] = ()


def import_warnings(
    warnings: Warnings, actor: Actor, request_id: UUID, path: Path, zone: ZoneInfo
) -> tuple[Imported, ...]:
    """Record the warnings of a file, or of every file of a folder, the earliest sent first; BadInput for no such path.

    What was recorded stays, whatever the next file holds; what had begun meanwhile comes into force with it.
    """
    read = [read_file(one, zone) for one in files_of(path)]
    found: dict[str, list[tuple[Alert, Recorded]]] = {one.file: [] for one in read}
    troubles = {one.file: list(one.troubles) for one in read}
    waiting = sorted(((alert.sent, n, alert, one) for n, one in enumerate(read) for alert in one.alerts),
                     key=lambda entry: entry[:2])  # fmt: skip
    requests = {one.file: uuid5(request_id, sha256(one.content).hexdigest()) for one in read}
    for start in range(0, len(waiting), AT_ONCE):
        part = [(alert, one) for _, _, alert, one in waiting[start : start + AT_ONCE]]
        for (alert, one), made in zip(part, _recorded(warnings, actor, requests, part), strict=True):
            if isinstance(made, Message):
                troubles[one.file].append(_of(alert, one, made))
            else:
                found[one.file].append((alert, made))
    if waiting:
        warnings.take_effect()
    return tuple(Imported(one.file, tuple(found[one.file]), tuple(troubles[one.file])) for one in read)


def _recorded(
    warnings: Warnings, actor: Actor, requests: Mapping[str, UUID], part: Sequence[tuple[Alert, Read]]
) -> Sequence[Recorded | Message]:
    """What each of some messages came to: together, or one by one when one of them is refused, which says why."""
    batch = [(requests[one.file], alert, one.content) for alert, one in part]
    try:
        return warnings.add_messages(actor, batch)
    except (BadInput, Refused) as error:
        if error.code == "not_permitted":
            raise
        if len(part) == 1:
            return [error.message]
    return [made for one in part for made in _recorded(warnings, actor, requests, [one])]


def _of(alert: Alert, file: Read, reason: Message) -> Message:
    """Why a message was not recorded; it is named where the file holds others."""
    if len(file.alerts) + len(file.troubles) == 1:
        return reason
    return Message("message {identifier}: {reason}", {"identifier": alert.identifier, "reason": reason})


def files_of(path: Path) -> tuple[Path, ...]:
    """The file itself, or the files of a folder by name; hidden ones are left out. BadInput."""
    if not path.is_dir():
        return (path,)
    try:
        with os.scandir(path) as entries:
            found = {one.name: _size(one) for one in entries if not one.name.startswith(".")}
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error
    if len(found) > MOST_FILES:
        raise BadInput(Message("{file} holds more than {n} files.", {"file": str(path), "n": MOST_FILES}), "file")
    if sum(size for size in found.values() if size <= LARGEST) > MOST_BYTES:
        raise BadInput(Message("{file} holds more than {n} MB of files.", {"file": str(path), "n": MOST_BYTES >> 20}),
                       "file")  # fmt: skip
    return tuple(path / name for name in sorted(found))


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:  # a link that leads nowhere: it is named when it is read
        return 0


def read_file(path: Path, zone: ZoneInfo) -> Read:
    """The messages of one file, and why it or some of them are skipped."""
    try:
        content = read_bytes(path)
        found = read_messages(content, zone)
    except BadInput as error:
        return Read(str(path), troubles=(error.message,))
    return Read(str(path), found.alerts, content, found.bad)


def read_bytes(path: Path) -> bytes:
    """A plain file of at most 1 MB; BadInput for a folder, a pipe, a device, a circle of links, one too large."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise BadInput(_reason(error), "file") from error
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            kind = Message("it is a folder") if stat.S_ISDIR(about.st_mode) else Message("it is no plain file")
            raise BadInput(kind, "file")
        if about.st_size > LARGEST:
            raise BadInput(Message("it is larger than {n} MB", {"n": LARGEST >> 20}), "file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            content: bytes | None = file.read(LARGEST + 1)
        if content is None:  # what is no real file has nothing to read just now
            raise BadInput(Message("it is no plain file"), "file")
        return content
    except OSError as error:
        raise BadInput(_reason(error), "file") from error
    finally:
        os.close(handle)


def _reason(error: OSError | ValueError) -> Message:
    reason = os_reason(error) if isinstance(error, OSError) else Message("there is no such file or folder")
    return reason if isinstance(reason, Message) else Message("the system says: {reason}", {"reason": reason})


def _unreadable(path: Path, reason: Message | str) -> BadInput:
    return BadInput(Message("{file} cannot be read: {reason}", {"file": str(path), "reason": reason}), "file")

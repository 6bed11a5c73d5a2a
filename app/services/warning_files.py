"""Warnings from files: each good message recorded, each bad file named with its reason (reliability 11)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from app.domain.actor import Actor
from app.domain.errors import BadInput, Refused
from app.domain.message import Message
from app.domain.warning import Alert
from app.files import os_reason, printable
from app.services.cap import read_messages
from app.services.flood_entries import Recorded
from app.services.warnings import Warnings
from app.services.xml_tree import LARGEST

MOST_FILES = 5_000
"""Files of one folder."""
MOST_BYTES = 32 << 20
"""Bytes of files that are read together, to be recorded in order; a larger folder is read part by part."""

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
class ImportedAll:
    """What came of a file or a folder: its files by name, and how many hidden ones were left out."""

    files: tuple[Imported, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """The files to be read with their sizes, by name."""

    files: tuple[tuple[Path, int], ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: its good messages and its bytes, and why it or some of them are skipped."""

    path: Path
    alerts: tuple[Alert, ...] = ()
    content: bytes = b""
    troubles: tuple[Message, ...] = ()


def import_warnings(warnings: Warnings, actor: Actor, request_id: UUID, path: Path, zone: ZoneInfo) -> ImportedAll:
    """Record the warnings of a file, or of every file of a folder, the earliest sent first; BadInput for no such path.

    What was recorded stays, whatever the next file holds; what had begun meanwhile comes into force with it.
    """
    folder = files_of(path)
    came: dict[Path, Imported] = {}
    for part in _parts(folder, zone):
        came |= _imported(warnings, actor, request_id, [read_file(one, zone) for one in part])
    if any(one.alerts for one in came.values()):
        warnings.take_effect()
    return ImportedAll(tuple(came[one] for one, _ in folder.files), folder.hidden)


def _parts(folder: Folder, zone: ZoneInfo) -> Iterator[list[Path]]:
    """The files that are read together; of more than that each is looked at twice, first for its place in the order."""
    files = folder.files
    if sum(map(_held, files)) > MOST_BYTES:
        files = tuple(sorted(files, key=lambda one: _first_sent(one[0], zone)))
    part, held = list[Path](), 0
    for one in files:
        if part and held + _held(one) > MOST_BYTES:
            yield part
            part, held = [], 0
        part.append(one[0])
        held += _held(one)
    yield part


def _held(file: tuple[Path, int]) -> int:
    """Bytes that are kept of a file; one that is too large is not read."""
    return file[1] if file[1] <= LARGEST else 0


def _first_sent(path: Path, zone: ZoneInfo) -> datetime:
    return min((alert.sent for alert in read_file(path, zone).alerts), default=datetime.max.replace(tzinfo=UTC))


def _imported(warnings: Warnings, actor: Actor, request_id: UUID, read: Sequence[Read]) -> Mapping[Path, Imported]:
    found: dict[Path, list[tuple[Alert, Recorded]]] = {one.path: [] for one in read}
    troubles = {one.path: list(one.troubles) for one in read}
    waiting = sorted(((alert.sent, n, alert, one) for n, one in enumerate(read) for alert in one.alerts),
                     key=lambda entry: entry[:2])  # fmt: skip
    requests = {one.path: uuid5(request_id, sha256(one.content).hexdigest()) for one in read}
    for start in range(0, len(waiting), AT_ONCE):
        part = [(alert, one) for _, _, alert, one in waiting[start : start + AT_ONCE]]
        for (alert, one), made in zip(part, _recorded(warnings, actor, requests, part), strict=True):
            if isinstance(made, Message):
                troubles[one.path].append(_of(alert, one, made))
            else:
                found[one.path].append((alert, made))
    return {
        one.path: Imported(printable(one.path), tuple(found[one.path]), tuple(troubles[one.path])) for one in read
    }  # fmt: skip


def _recorded(
    warnings: Warnings, actor: Actor, requests: Mapping[Path, UUID], part: Sequence[tuple[Alert, Read]]
) -> Sequence[Recorded | Message]:
    """What each of some messages came to: together, or one by one when one of them is refused, which says why."""
    batch = [(requests[one.path], alert, one.content) for alert, one in part]
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


def files_of(path: Path) -> Folder:
    """The file itself, or the files of a folder by name; hidden ones are left out and counted. BadInput."""
    if not path.is_dir():
        return Folder(((path, 0),))
    try:
        with os.scandir(path) as entries:
            found = {one.name: _size(one) for one in entries}
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error
    shown = sorted(name for name in found if not name.startswith("."))
    if len(shown) > MOST_FILES:
        raise BadInput(Message("{file} holds more than {n} files.", {"file": printable(path), "n": MOST_FILES}), "file")
    return Folder(tuple((path / name, found[name]) for name in shown), len(found) - len(shown))


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
        return Read(path, troubles=(error.message,))
    return Read(path, found.alerts, content, found.bad)


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
    return BadInput(Message("{file} cannot be read: {reason}", {"file": printable(path), "reason": reason}), "file")

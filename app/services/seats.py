"""Which desk of this machine a process is: the lowest number nobody holds. Its lock ends with the process, however."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.files import private_folder
from app.services.drafts import Drafts

MOST = 64
"""Desks of one database on one machine; who comes later shares the last one's drafts."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One desk. ``name`` begins with the database: a drill's drafts never turn up in the street's own."""

    name: str
    lock: int = -1
    """The open file that holds the seat; -1 where nothing could be locked."""
    alone: bool = True
    """Whether no other desk of the database was open on this machine when it was taken."""

    def leave(self) -> None:
        """Let the next desk have it."""
        if self.lock >= 0:
            os.close(self.lock)


def take_seat(drafts: Path, locks: Path, station: UUID) -> Seat:
    """Take the first free seat, and the drafts of desks that are gone: what somebody typed there comes up here.

    Where the folder cannot be written the first seat is shared; keeping drafts fails there anyway.
    """
    seat = Seat(_name(station, 1))
    for number in range(1, MOST + 1):
        name = _name(station, number)
        try:
            lock = _locked(private_folder(locks) / f"{name}.lock")
        except OSError:
            return seat
        if lock is not None:
            seat = Seat(name, lock, not _others(locks, station, name))
            break
    _inherit(drafts, locks, station, seat)
    return seat


def _name(station: UUID, number: int) -> str:
    return f"{station.hex[:8]}-{number}"


def _inherit(drafts: Path, locks: Path, station: UUID, seat: Seat) -> None:
    """Move over the drafts of seats that nobody holds, form by form, where this seat has none."""
    names = {path.name.partition(".")[0] for path in drafts.glob(f"{station.hex[:8]}-*.json")} - {seat.name}
    for name in sorted(names):
        try:
            lock = _locked(locks / f"{name}.lock")
            if lock is None:
                continue
            mine = set(Drafts(drafts, seat.name).forms())
            for form in set(Drafts(drafts, name).forms()) - mine:
                (drafts / f"{name}.{form}.json").rename(drafts / f"{seat.name}.{form}.json")
            os.close(lock)
        except OSError:
            continue


def _others(locks: Path, station: UUID, mine: str) -> bool:
    """Whether another desk holds a seat."""
    for path in locks.glob(f"{station.hex[:8]}-*.lock"):
        if path.name != f"{mine}.lock":
            with contextlib.suppress(OSError):
                lock = _locked(path)
                if lock is None:
                    return True
                os.close(lock)
    return False


def _locked(path: Path) -> int | None:
    """The file open and locked, None when somebody else holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle

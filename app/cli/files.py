"""Files that are named on the command line, read with a sentence for what can be wrong with them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.org import Street
from app.files import os_reason
from app.services.org_file import EMPTY, STREET_ZONE, read_org_toml

LARGEST = 8_000_000
"""Bytes of a text file; a street's organisation takes about a hundred thousand."""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; BadInput when it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(Message("{file} is too large to be such a file.", {"file": str(path)}), "file")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(Message("{file} is not written in UTF-8.", {"file": str(path)}), "file") from error
    except OSError as error:
        raise BadInput(
            Message("{file} cannot be read: {reason}", {"file": str(path), "reason": os_reason(error)}),
            "file",
        ) from error


def read_bytes(path: Path, most: int) -> bytes:
    """A file as it is, its encoding not known yet; BadInput when it cannot be read or is larger than ``most`` bytes."""
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
        if len(raw) > most:
            raise BadInput(Message("{file} is too large to be such a file.", {"file": str(path)}), "file")
        return raw
    except OSError as error:
        raise BadInput(
            Message("{file} cannot be read: {reason}", {"file": str(path), "reason": os_reason(error)}), "file"
        ) from error


def read_street(path: Path, zone: ZoneInfo = STREET_ZONE, standing: Street = EMPTY) -> Street:
    """The organisation in a .toml or .xlsx; BadInput names what is wrong with it.

    Tables of which the file says nothing are those of ``standing``.
    """
    if path.suffix.casefold() == ".xlsx":
        from app.services.org_sheet import read_org_sheet

        return read_org_sheet(path, zone=zone, standing=standing)
    if path.suffix.casefold() != ".toml":
        raise BadInput(Message("{file} is neither .toml nor .xlsx.", {"file": str(path)}), "file")
    return read_org_toml(read_text(path), path.name, zone=zone, standing=standing)

"""Refuses a workbook that would unpack into too much, before any sheet program opens it (reliability 11)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from app.domain.errors import BadInput
from app.domain.message import Message
from app.files import os_reason

MOST_UNPACKED = 50 * 1024 * 1024
"""Bytes of all parts together."""
MOST_RATIO = 100
"""Unpacked bytes for each byte of the file."""
MOST_PARTS = 2_000
MOST_CELLS = 2_000_000
"""Cells of the rectangle that a sheet's outermost cells span: a reader keeps room for every one of them."""

_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL_AT = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_ROW_AT = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"']([0-9]{1,7})[\"']")


def bounded_workbook(path: Path) -> io.BytesIO:
    """The workbook unpacked within its bounds and stored again uncompressed, so that no reader is surprised.

    Raises BadInput with one sentence when the file cannot be read, is no workbook, is encrypted or too large.
    """
    name = path.name
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
            _check_sizes(name, parts, path.stat().st_size)
            stored = io.BytesIO()
            with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as plain:
                for part in parts:
                    content = packed.read(part)
                    if part.filename.startswith("xl/worksheets/"):
                        _check_span(name, content)
                    plain.writestr(zipfile.ZipInfo(part.filename), content)
    except OSError as error:
        reason = os_reason(error)
        raise BadInput(
            Message("{file} cannot be read: {reason}", {"file": name, "reason": reason}), field=name
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError) as error:
        raise not_a_workbook(name) from error
    stored.seek(0)
    return stored


def not_a_workbook(name: str) -> BadInput:
    """What is said of a file that is no .xlsx workbook, or a damaged or encrypted one."""
    return BadInput(
        Message("{file} is no workbook in .xlsx format, or is damaged or encrypted", {"file": name}),
        field=name,
    )


def _check_sizes(name: str, parts: list[zipfile.ZipInfo], packed_size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise _too_large(name)
    if unpacked > MOST_RATIO * max(1, packed_size):
        message = Message(
            "{file} was refused: it unpacks to more than {ratio} times its size",
            {"file": name, "ratio": MOST_RATIO},
        )
        raise BadInput(message, field=name)


def _check_span(name: str, sheet: bytes) -> None:
    """Refuse a sheet with cells far apart; a cell that does not say where it is lies in its row."""
    columns, rows, placed = 1, 1, 0
    for found in _CELL_AT.finditer(sheet):
        placed += 1
        columns = max(columns, _column_number(found.group(1)))
        rows = max(rows, int(found.group(2)))
    if len(_CELL.findall(sheet)) > placed:
        rows = max([rows, *(int(found.group(1)) for found in _ROW_AT.finditer(sheet))])
    if columns * rows > MOST_CELLS:
        raise _too_large(name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> BadInput:
    return BadInput(
        Message(
            "{file} was refused: it is larger than {size} MB unpacked, or its cells lie too far apart",
            {"file": name, "size": MOST_UNPACKED // (1024 * 1024)},
        ),
        field=name,
    )

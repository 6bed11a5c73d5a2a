"""One cell of an organisation file: from what TOML or a sheet holds to a value, and back to text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.message import Message
from app.domain.text import clean, normalise_width
from app.services.org_labels import LABELS, choice
from app.services.org_tables import CellKind, Column, Value

LARGEST_NUMBER = 1_000_000_000
SEPARATOR = "; "
_SPLIT = re.compile(r"[;；、,，\n]")
_CODE = re.compile(r"\w[\w.\-]*")
_PHONE = re.compile(r"[0-9xX*#+()（）/、,，;；.\-\s转分机ext]+")
_TIME = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?")
_YES = frozenset({"是", "yes", "y", "true", "1", "√", "有"})
_NO = frozenset({"否", "no", "n", "false", "0", "×", "无"})


class BadCell(Exception):
    """The cell cannot be understood; ``reason`` says why. Never leaves the reader."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def read_cell(column: Column, cell: object, zone: ZoneInfo) -> Value:
    """The value of a cell; an empty one gives the column's default.

    ``cell`` is what TOML or a sheet gives: text, number, truth value, date, time or list. Local times are of
    ``zone``. Raises BadCell.
    """
    if column.kind is CellKind.INSTANT and isinstance(cell, date):
        return _instant(cell, zone)
    if column.kind is CellKind.FLAG and isinstance(cell, bool):
        return cell
    text = _joined(cell) if isinstance(cell, list) else _text(cell)
    if len(text) > 4 * column.cap + 1_000:
        raise BadCell(_too_long(len(text), column.cap))
    text = clean(text, one_line=column.kind not in (CellKind.TEXTS, CellKind.CODES, CellKind.CHOICES))
    if not text:
        if column.required:
            raise BadCell(Message("must not be empty"))
        return column.empty
    if len(text) > column.cap:
        raise BadCell(_too_long(len(text), column.cap))
    return _understood(column, text, zone)


def _understood(column: Column, text: str, zone: ZoneInfo) -> Value:
    """The value of a cell that holds clean text."""
    match column.kind:
        case CellKind.TEXT:
            return text
        case CellKind.TEXTS:
            return tuple(_parts(text))
        case CellKind.CODE:
            return _code(text)
        case CellKind.CODES:
            return tuple(_code(part) for part in _parts(text))
        case CellKind.PHONE:
            return _phone(text)
        case CellKind.NUMBER:
            return _number(text)
        case CellKind.FLAG:
            return _flag(text)
        case CellKind.CHOICE:
            return _choice(column, text)
        case CellKind.CHOICES:
            return tuple(_choice(column, part) for part in _parts(text))
        case CellKind.INSTANT:
            return _instant(text, zone)


def write_cell(value: Value, language: str, zone: ZoneInfo) -> str | int:
    """What stands in a sheet for a value: labels in the language, local times, joined lists, numbers."""
    match value:
        case None:
            return ""
        case StrEnum():
            return LABELS[value].in_language(language)
        case bool():
            return yes_no(language)[0 if value else 1]
        case int() | str():
            return value
        case datetime():
            local = value.astimezone(zone)
            return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
        case tuple():
            return SEPARATOR.join(str(write_cell(part, language, zone)) for part in value)


def yes_no(language: str) -> tuple[str, str]:
    """The two words of a truth value."""
    return ("Yes", "No") if language == "en" else ("是", "否")


def _text(cell: object) -> str:
    """The cell as text: ``1.0`` is "1", as every sheet program means it."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            raise BadCell(Message("must be text, not a yes or no"))
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case date() | time() | timedelta():
            raise BadCell(Message("is a date or a time; format the cell as text and type it again"))
    raise BadCell(Message("must be text"))


def _joined(cells: Iterable[object]) -> str:
    return "\n".join(_text(cell) for cell in cells)


def _parts(text: str) -> list[str]:
    """The entries of a list cell, each once, in their order."""
    parts = (" ".join(part.split()) for part in _SPLIT.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def _code(text: str) -> str:
    if _CODE.fullmatch(text) is None:
        raise BadCell(Message('"{text}" is no code; use letters, digits, dot, hyphen and underscore', {"text": text}))
    return text


def _phone(text: str) -> str:
    if _PHONE.fullmatch(text) is None or sum(character in "0123456789xX*" for character in text) < 3:
        raise BadCell(Message('"{text}" is no phone number', {"text": text}))
    return text


def _number(text: str) -> int:
    flat = normalise_width(text)
    if not (flat.isascii() and flat.isdigit()) or len(flat) > 10 or int(flat) > LARGEST_NUMBER:
        raise BadCell(Message('"{text}" is no whole number from 0 to 1,000,000,000', {"text": text}))
    return int(flat)


def _flag(text: str) -> bool:
    folded = normalise_width(text).casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise BadCell(Message('"{text}" is neither yes nor no', {"text": text}))


def _choice(column: Column, text: str) -> StrEnum:
    if column.enum is None:
        raise LookupError(column.key)
    found = choice(column.enum, text)
    if found is None:
        raise BadCell(
            Message(
                '"{text}" is not one of: {allowed}',
                {"text": text, "allowed": tuple(LABELS[one] for one in column.enum if one in LABELS)},
            )
        )
    return found


def _instant(cell: date | str, zone: ZoneInfo) -> datetime:
    """Aware UTC; a sheet's own time is rounded to the second, which is as exact as its number is."""
    if isinstance(cell, str):
        found = _TIME.fullmatch(normalise_width(cell))
        try:
            if found is None:
                raise ValueError(cell)
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise BadCell(Message('"{text}" is no time; write it like 2020-07-02 18:00', {"text": cell})) from error
    if not isinstance(cell, datetime):
        raise BadCell(Message("is a date without a time; write it like 2020-07-02 18:00"))
    exact = cell + timedelta(microseconds=500_000)
    return (exact if exact.tzinfo else exact.replace(tzinfo=zone)).astimezone(UTC).replace(microsecond=0)


def _too_long(count: int, cap: int) -> Message:
    return Message("is {count} characters long; at most {cap} are kept", {"count": count, "cap": cap})

"""Reads a CSV of gauge readings as stations and offices write them; every bad line is named (reliability 11)."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.checklist import Trend
from app.domain.errors import BadInput
from app.domain.gauge_words import read_instant, read_level, read_trend
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.route import Gauge
from app.domain.text import normalise_width

LARGEST = 32_000_000
"""Bytes of a file; a gauge that is read each minute writes 25 million in a year."""
MOST_LINES = 500_000
LONGEST_LINE = 2_000
NAMED = 1_000
"""Bad lines that are named; what lies beyond is counted."""

_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "gauge",
            "station",
            "测站",
            "站名",
            "站点",
            "水尺",
            "水位站",
            "测站名称",
            "测站编码",
            "编码",
            "名称",
            "站码",
            "测站代码",
            "站点编码",
            "站点名称",
            "水尺编码",
            "水尺名称",
            "code",
            "name",
            "stationcode",
            "stationname",
            "stationid",
            "gaugecode",
            "gaugename",
        ),
        "gauge",
    ),
    **dict.fromkeys(("time", "at", "datetime", "时间", "日期时间", "观测时间", "测时"), "time"),
    **dict.fromkeys(("level", "stage", "metres", "水位", "水位值", "读数"), "level"),
    **dict.fromkeys(("trend", "涨落", "水势", "趋势"), "trend"),
}
_UNIT = re.compile(r"[(\[](?:m|米|metres?)[)\]]$")
_SEPARATOR = re.compile(r" *[\"']?sep=(.)[\"']?[\s,;，；]*", re.IGNORECASE)
"""The line that a spreadsheet writes above the heading."""
_COMMAS, _SEMICOLONS = ",，", ";；"
_DELIMITERS = f"{_COMMAS}{_SEMICOLONS}\t"
_NEWLINE = re.compile("\r\n|\n|\r")


class FileReading(NamedTuple):
    """A reading as a line says it."""

    line: int
    gauge: str
    at: datetime
    metres: Decimal
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class GaugeFile:
    """What a file holds: the readings of its good lines in their order, and a sentence for each bad one."""

    readings: tuple[FileReading, ...]
    problems: tuple[Message, ...]
    bad: int
    """Bad lines, those beyond ``NAMED`` too."""
    ignored: tuple[str, ...]
    """Columns that nobody asked for."""


def read_gauge_csv(raw: bytes, gauges: Mapping[str, Gauge], zone: ZoneInfo, now: datetime) -> GaugeFile:
    """The readings of a file with a heading: gauge, time, level and, where there is one, trend; in any order.

    UTF-8 with or without BOM, UTF-16, or GB18030; columns by comma or semicolon, of either width, or tab, as the
    heading or a line ``sep=;`` above it has it. A gauge may be named by code and name, each in a column. Times without
    an offset are the street's. BadInput when it is no such file at all; lines are judged one by one.
    """
    lines = _NEWLINE.split(_decoded(raw))
    heading = next((n for n, line in enumerate(lines) if line.strip()), None)
    if heading is None:
        raise BadInput(Message("The file is empty."), "file")
    if len(lines) - heading > MOST_LINES + 2:
        raise BadInput(Message("The file has more than {n} lines: please split it.", {"n": MOST_LINES}), "file")
    above = _SEPARATOR.fullmatch(lines[heading])
    if above is not None:
        heading = next((n for n in range(heading + 1, len(lines)) if lines[n].strip()), heading)
    delimiter = above[1] if above is not None else max(_DELIMITERS, key=lines[heading].count)
    columns, ignored, width = _columns(_cells(lines[heading], delimiter))
    names = {_folded(name): one.id for one in gauges.values() for name in (one.id, one.name.zh, one.name.en) if name}
    reader = _Reader(columns, width, names, zone, now + AHEAD)
    return reader.read(lines[heading + 1 :], heading + 2, delimiter, ignored)


class _Reader:
    """Judges the lines of one file."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[int]],
        width: int,
        names: Mapping[str, str],
        zone: ZoneInfo,
        latest: datetime,
    ) -> None:
        self._columns = columns
        self._width = width
        self._names = names
        self._zone = zone
        self._latest = latest
        self._problems: list[Message] = []
        self._bad = 0

    def read(self, lines: Sequence[str], first: int, delimiter: str, ignored: Sequence[str]) -> GaugeFile:
        """Every line that says something; one instant of a gauge has one reading, said twice it is kept once."""
        found: dict[tuple[str, datetime], FileReading] = {}
        for number, line in enumerate(lines, start=first):
            if not line.strip().strip(delimiter):
                continue
            try:
                one = self._line(number, line, delimiter)
                known = found.setdefault((one.gauge, one.at), one)
                if known[3:] != one[3:]:
                    raise BadInput(Message("line {n} says otherwise for the same instant", {"n": known.line}))
            except BadInput as error:
                self._bad += 1
                if len(self._problems) < NAMED:
                    self._problems.append(Message("line {n}: {reason}", {"n": number, "reason": error.message}))
        return GaugeFile(tuple(found.values()), tuple(self._problems), self._bad, tuple(ignored))

    def _line(self, number: int, line: str, delimiter: str) -> FileReading:
        if len(line) > LONGEST_LINE:
            raise BadInput(Message("longer than {n} characters", {"n": LONGEST_LINE}))
        cells = _cells(line, delimiter)
        while len(cells) > self._width and not cells[-1]:
            cells.pop()
        if len(cells) > self._width:
            raise BadInput(Message("{n} columns instead of {wanted}; a level is written with a point, 200.35",
                                   {"n": len(cells), "wanted": self._width}))  # fmt: skip
        texts = {name: cells[at[0]] if at[0] < len(cells) else "" for name, at in self._columns.items()}
        gauge = self._gauge([cells[at] for at in self._columns["gauge"] if at < len(cells) and cells[at]])
        at = read_instant(texts["time"], self._zone)
        if at > self._latest:
            raise BadInput(Message("{at} has not come yet", {"at": at}))
        return FileReading(number, gauge, at, read_level(texts["level"]), read_trend(texts.get("trend", "")))

    def _gauge(self, texts: Sequence[str]) -> str:
        """The gauge that a line names, by its code, its name or both; a code that nobody entered does no harm."""
        found = dict.fromkeys(self._names[name] for name in map(_folded, texts) if name in self._names)
        if not found:
            raise BadInput(Message("there is no gauge “{text}”", {"text": " ".join(texts)[:40]}))
        if len(found) > 1:
            raise BadInput(Message("“{text}” are two gauges", {"text": " ".join(texts)[:40]}))
        return next(iter(found))


def _decoded(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise BadInput(Message("The file is larger than {n} MB: please split it.", {"n": LARGEST // 1_000_000}), "file")
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(Message("The file is no text in UTF-8, UTF-16 or GB18030: please save it as CSV."), "file")


def _encodings(raw: bytes) -> tuple[str, ...]:
    """What it may be written in: by its mark, by the zero bytes between its digits, else one of the usual two."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    start = raw[:2_000]
    odd, even = start[1::2].count(0), start[::2].count(0)
    if max(odd, even) * 4 > len(start) and not min(odd, even):
        return ("utf-16-le" if odd else "utf-16-be",)
    return ("utf-8-sig", "gb18030")


def _columns(cells: Sequence[str]) -> tuple[dict[str, list[int]], list[str], int]:
    found: dict[str, list[int]] = {}
    ignored = []
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    for place, cell in enumerate(cells):
        name = _HEADINGS.get(_UNIT.sub("", _folded(cell).replace(" ", "")))
        if name is None:
            ignored += [cell] if cell else []
        elif name in found and name != "gauge":
            raise BadInput(Message("The heading names {what} twice.", {"what": cell[:40]}), "file")
        else:
            found.setdefault(name, []).append(place)
    missing = [name for name in ("gauge", "time", "level") if name not in found]
    if missing:
        raise BadInput(Message("The first line must name the columns gauge, time, level (测站, 时间, 水位); "
                               "not found: {missing}.", {"missing": tuple(missing)}), "file")  # fmt: skip
    return found, ignored, len(cells)


def _cells(line: str, delimiter: str) -> list[str]:
    for alike in (_COMMAS, _SEMICOLONS):
        if delimiter in alike and delimiter not in line:  # a hand that types the other width in between
            delimiter = alike[delimiter == alike[0]]
    if '"' not in line:
        return [cell.strip() for cell in line.split(delimiter)]
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True))]
    except (csv.Error, StopIteration) as error:
        raise BadInput(Message("a quotation mark is not closed")) from error


def _folded(text: str) -> str:
    return normalise_width(text).strip().casefold()

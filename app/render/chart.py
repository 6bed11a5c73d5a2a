"""A line over time in terminal cells: Braille dots, levels as dashed lines, metres and local hours at the edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from app.domain.gauge import Spot
from app.domain.local_time import at_local
from app.render.glyphs import Glyphs
from app.render.paint import paint_cells
from app.render.rows import Cell, Piece, Tone

LEAST_COLUMNS, LEAST_ROWS = 12, 3
"""Cells that the line needs; where there are fewer, only the last value is shown."""
LEAST_SPAN = 200
"""Millimetres from the bottom to the top at least: nobody is alarmed by a ripple."""
REACH = 500
"""Millimetres beyond the line within which a level is drawn; others are named at the edge."""
STEPS = tuple(step * 10**n for n in range(1, 7) for step in (1, 2, 5))
HOURS = (1, 2, 3, 4, 6, 8, 12, 24)
CELLS_A_LABEL, CELLS_A_HEIGHT = 8, 2
"""So far apart are the labels of hours and of heights."""
MARGIN = 16
"""This part of the height stays free above and below the line."""
SILENCE = (3_600.0, 8 * 3_600.0)
"""Seconds: a gap in the readings is not bridged when it is four times the usual one, within these bounds."""
_HOUR = timedelta(hours=1)


class Level(NamedTuple):
    """A level across the chart, with its name in the language of the screen."""

    name: str
    metres: Decimal
    tone: Tone


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: few readings by time, the more the slower; ``app.services`` thins them (``Gauges.curve``)."""

    spots: Sequence[Spot]
    since: datetime
    until: datetime
    zone: ZoneInfo
    levels: Sequence[Level] = ()
    glyphs: Glyphs = field(default_factory=Glyphs)


def silence_of(seconds: Sequence[float]) -> float:
    """From how many seconds without a reading the line is broken; when it was read, by time."""
    usual = 4 * median([later - earlier for earlier, later in pairwise(seconds)]) if len(seconds) > 1 else SILENCE[1]
    return min(max(usual, SILENCE[0]), SILENCE[1])


def draw(plot: Plot, width: int, height: int) -> tuple[Cell, ...]:
    """The chart as ``height`` lines of exactly ``width`` cells; blank where there are no readings."""
    if width <= 0 or height <= 0:
        return ()
    spots = [one for one in plot.spots if plot.since <= one.at <= plot.until]
    if not spots:
        return ((Piece(" " * width),),) * height
    scale = _Scale.of(spots, plot.levels, height - 1)
    gutter = scale.gutter
    if width - gutter < LEAST_COLUMNS or height - 1 < LEAST_ROWS:
        last = (Piece(paint_cells(f"{spots[-1].metres} m", width, pad=True, ellipsis=plot.glyphs.ellipsis)),)
        return (last, *((Piece(" " * width),),) * (height - 1))
    canvas = _Canvas(plot, scale, width - gutter)
    canvas.levels()
    canvas.line(spots)
    canvas.names()
    canvas.latest(spots)
    rows = (canvas.row(y) for y in range(scale.rows))
    edge = _edge(scale, plot.glyphs)
    return (*((left, *row) for left, row in zip(edge, rows, strict=True)), _hours(plot, gutter, width))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Millimetres at the bottom and the top, the step between labels, and the cells that there are."""

    low: int
    high: int
    step: int
    rows: int

    @classmethod
    def of(cls, spots: Sequence[Spot], levels: Sequence[Level], rows: int) -> _Scale:
        found = [int(one.metres * 1000) for one in spots]
        low, high = min(found), max(found)
        reach = max(high - low, REACH)
        near = [int(one.metres * 1000) for one in levels]
        near = [one for one in near if low - reach <= one <= high + reach]
        low, high = min(low, *near, low), max(high, *near, high)
        spare = max((high - low) // MARGIN, (LEAST_SPAN - high + low) // 2)
        low, high = low - spare, high + spare
        step = next((one for one in STEPS if (high - low) * CELLS_A_HEIGHT <= one * max(1, rows - 1)), STEPS[-1])
        return cls(low, high, step, rows)

    @property
    def ticks(self) -> dict[int, str]:
        """Row → label, where a label stands."""
        decimals = 2 if self.step < 100 else 1 if self.step < 1000 else 0
        found: dict[int, str] = {}
        for at in range(-(-self.low // self.step) * self.step, self.high + 1, self.step):
            found.setdefault(self.row(at), f"{at / 1000:.{decimals}f}")
        return found

    @property
    def gutter(self) -> int:
        """Cells of labels and axis."""
        return max(map(len, self.ticks.values()), default=0) + 1

    def dot(self, millimetres: int, a_row: int = 1) -> int:
        """Counted from the bottom."""
        last = self.rows * a_row - 1
        return (2 * (millimetres - self.low) * last + self.high - self.low) // (2 * (self.high - self.low))

    def row(self, millimetres: int) -> int:
        """Counted from the top."""
        return self.rows - 1 - self.dot(millimetres, 4) // 4

    def holds(self, metres: Decimal) -> bool:
        return self.low <= metres * 1000 <= self.high


class _Canvas:
    """Cells of the plot: a character and its tone each; the second cell of a wide character is empty."""

    def __init__(self, plot: Plot, scale: _Scale, columns: int) -> None:
        self._plot, self._scale, self._columns = plot, scale, columns
        self._glyphs = plot.glyphs
        self._cells = [[(" ", Tone.PLAIN)] * columns for _ in range(scale.rows)]
        self._taken = [[False] * columns for _ in range(scale.rows)]

    def levels(self) -> None:
        """Dashed lines."""
        for level in self._plot.levels:
            if self._scale.holds(level.metres):
                y = self._scale.row(int(level.metres * 1000))
                self._cells[y] = [(self._glyphs.dashed, level.tone)] * self._columns

    def line(self, spots: Sequence[Spot]) -> None:
        """The dots, each column of them from its lowest to its highest."""
        across, a_row = self._glyphs.dots()
        whole = (1 << a_row) - 1
        masks = [0] * (self._columns * across)
        for x, low, high in self._covered(spots, len(masks), a_row):
            masks[x] |= (1 << high + 1) - (1 << low)
        for x in range(self._columns):
            here = masks[x * across : (x + 1) * across]
            lowest = min((mask & -mask for mask in here if mask), default=0)
            highest = max(here)
            first, last = (lowest.bit_length() - 1) // a_row, (highest.bit_length() - 1) // a_row
            for row in range(first, last + 1 if highest else first):
                columns = [mask >> row * a_row & whole for mask in here]
                if any(columns):
                    self._put(x, self._scale.rows - 1 - row, self._glyphs.dotted(columns), Tone.ACCENT)

    def _covered(self, spots: Sequence[Spot], columns: int, a_row: int) -> Iterator[tuple[int, int, int]]:
        """Column, lowest and highest dot: each reading, and the way from the one before unless it was long ago."""
        seconds = [one.at.timestamp() for one in spots]
        silence, since = silence_of(seconds), self._plot.since.timestamp()
        a_second, last = columns / (self._plot.until.timestamp() - since), columns - 1
        at, x, y = float("-inf"), 0, 0
        for second, (_, metres) in zip(seconds, spots, strict=True):
            to_x = min(last, int((second - since) * a_second))
            to_y = self._scale.dot(int(metres * 1000), a_row)
            if second - at > silence:
                yield to_x, to_y, to_y
            elif to_x > x:
                yield from _way(x, y, to_x, to_y)
            elif to_y != y:
                yield x, min(y, to_y), max(y, to_y)
            at, x, y = second, to_x, to_y

    def _column(self, at: datetime, columns: int) -> int:
        return _column(self._plot, at, columns)

    def names(self) -> None:
        """Each level is named on its line; the nearest beyond the edges there, with an arrow."""
        above = [one for one in self._plot.levels if one.metres * 1000 > self._scale.high]
        below = [one for one in self._plot.levels if one.metres * 1000 < self._scale.low]
        for level in self._plot.levels:
            if self._scale.holds(level.metres):
                self._name(level, self._scale.row(int(level.metres * 1000)), "")
        if above:
            self._name(min(above, key=lambda one: one.metres), 0, self._glyphs.up)
        if below:
            self._name(max(below, key=lambda one: one.metres), self._scale.rows - 1, self._glyphs.down)

    def _name(self, level: Level, y: int, arrow: str) -> None:
        text = paint_cells(f" {arrow}{level.name} {level.metres} ", self._columns - 2, ellipsis=self._glyphs.ellipsis)
        self._write(self._free(y, cell_len(text)) or 1, y, text, level.tone)

    def latest(self, spots: Sequence[Spot]) -> None:
        """Mark the last reading and write it beside the line, where there is room."""
        last = spots[-1]
        x, y = self._column(last.at, self._columns), self._scale.row(int(last.metres * 1000))
        under = [one.tone for one in sorted(self._plot.levels, key=lambda one: one.metres) if one.metres <= last.metres]
        tone = under[-1] if under else Tone.STRONG
        self._write(x, y, self._glyphs.latest, tone)
        text = str(last.metres)
        rising = len(spots) < 2 or last.metres >= spots[-2].metres
        for row in (y - 1, y + 1, y - 2, y + 2) if rising else (y + 1, y - 1, y + 2, y - 2):
            start = min(max(0, x - len(text) + 1), self._columns - len(text))
            if 0 <= row < self._scale.rows and not any(self._taken[row][start : start + len(text)]):
                self._write(start, row, text, tone)
                return

    def row(self, y: int) -> Iterator[Piece]:
        """The pieces of a line."""
        for tone, cells in groupby(self._cells[y], key=lambda one: one[1]):
            yield Piece("".join(text for text, _ in cells), tone)

    def _put(self, x: int, y: int, text: str, tone: Tone) -> None:
        self._cells[y][x] = text, tone
        self._taken[y][x] = True

    def _free(self, y: int, width: int) -> int | None:
        """The first column from which so many cells are free of the line and of other texts."""
        free = 0
        for x, taken in enumerate(self._taken[y]):
            free = 0 if taken else free + 1
            if free == width + 2:
                return x - width
        return None

    def _write(self, x: int, y: int, text: str, tone: Tone) -> None:
        for character in text:
            width = cell_len(character)
            if x + width > self._columns:
                return
            for cell in range(x, x + width):
                self._clear(cell, y)
                self._put(cell, y, character if cell == x else "", tone)
            x += width

    def _clear(self, x: int, y: int) -> None:
        """Blank the other half of a wide character of which one half is to be written over."""
        row = self._cells[y]
        if not row[x][0]:
            row[x - 1] = " ", row[x - 1][1]
        elif cell_len(row[x][0]) > 1:
            row[x + 1] = " ", row[x + 1][1]


def _way(x: int, y: int, to_x: int, to_y: int) -> Iterator[tuple[int, int, int]]:
    """The columns of a straight line after its first: each joins the one before it."""
    last = y
    for column in range(x + 1, to_x + 1):
        here = y + round((to_y - y) * (column - x) / (to_x - x))
        first = last if here == last else last + (1 if here > last else -1)
        yield column, min(first, here), max(first, here)
        last = here


def _column(plot: Plot, at: datetime, columns: int) -> int:
    return min(columns - 1, int((at - plot.since) * columns / (plot.until - plot.since)))


def _edge(scale: _Scale, glyphs: Glyphs) -> Iterator[Piece]:
    """What stands left of each row."""
    ticks = scale.ticks
    width = scale.gutter - 1
    for y in range(scale.rows):
        label = ticks.get(y)
        yield Piece((label or "").rjust(width) + (glyphs.tick if label else glyphs.axis), Tone.QUIET)


def _hours(plot: Plot, gutter: int, width: int) -> Cell:
    """Local hours below the columns in which they begin, the date at midnight."""
    columns = width - gutter
    hours = (plot.until - plot.since) / _HOUR
    step = next((one for one in HOURS if columns * one >= hours * CELLS_A_LABEL), HOURS[-1])
    line = ""
    day, last = plot.since.astimezone(plot.zone).date(), plot.until.astimezone(plot.zone).date()
    while day <= last:
        for hour in range(0, 24, step):
            at = at_local(day, time(hour), plot.zone)
            if not plot.since <= at <= plot.until:
                continue
            label = f"{hour:02}:00" if hour else f"{day:%m-%d}"
            start = min(gutter + _column(plot, at, columns) - 2, width - len(label))
            if start > len(line) or not line:
                line = line.ljust(max(0, start)) + label
        day += timedelta(days=1)
    return (Piece(line[:width].ljust(width), Tone.QUIET),)

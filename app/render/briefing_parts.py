"""The numbers of a briefing unit by unit: a table whose last row is the sum, and behind each unit its lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from app.domain.briefing import Count, Part, Sheet
from app.domain.org import UnitLevel
from app.render.briefing import ALARMING, COUNTS, Said
from app.render.counted import counted_words
from app.render.rows import Tone
from app.render.sight import Sight

COLUMNS = (
    Count.OPEN, Count.EMERGENCY, Count.OVERDUE, Count.ROUNDS_WALKED, Count.PROBLEMS, Count.RECEIVED, Count.DUE_TODAY,
    Count.ROUNDS_MISSED, Count.SPOTS, Count.TASKS,
)  # fmt: skip
"""The most wanted first: the last ones go where there is no room."""
GAP = 2


@dataclass(frozen=True, slots=True)
class Shares:
    """The table: names of its columns, a row for each unit, and the sum."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The last one is the sum."""
    units: tuple[str, ...]
    """Of each row; empty for the unit itself. The sum has none."""


def parts_title(sheet: Sheet, sight: Sight) -> str:
    """``各社区``, ``各网格``."""
    grids = _level(sheet, sight) is UnitLevel.GRID
    return sight.t("Grid by grid") if grids else sight.t("Community by community")


def _level(sheet: Sheet, sight: Sight) -> UnitLevel:
    """What the units below are."""
    first = sight.street.known_units.get(sheet.parts[0].unit) if sheet.parts else None
    return first.level if first is not None else UnitLevel.COMMUNITY


def part_name(part: Part, sight: Sight) -> str:
    """The short name of a unit, or that it is what belongs to none."""
    return sight.short(part.unit) if part.unit else sight.t("to none of them")


def part_of(sheet: Sheet, unit: str) -> Part:
    """The share of a unit; an empty one when there is none."""
    return next((part for part in sheet.parts if part.unit == unit), Part(unit, ()))


def shares(sheet: Sheet, sight: Sight, width: int = 0) -> Shares:
    """The table in as many columns as ``width`` cells have room for; all of them without a width."""
    names = [part_name(part, sight) for part in sheet.parts]
    level = sight.words.enum(_level(sheet, sight))
    first = max(cell_len(name) for name in (*names, level, sight.t("together")))
    shown: list[Count] = []
    for count in COLUMNS:
        first += GAP + _wide(count, sight)
        if width and first > width:
            break
        shown.append(count)
    rows = [
        (name, *(str(part.figure(count).value) for count in shown))
        for name, part in zip(names, sheet.parts, strict=True)
    ]  # fmt: skip
    total = (sight.t("together"), *(str(sheet.figure(count).value) for count in shown))
    return Shares((level, *(count_label(count, sight) for count in shown)), (*rows, total),
                  tuple(part.unit for part in sheet.parts))  # fmt: skip


def table_lines(sheet: Sheet, sight: Sight, width: int) -> list[Said]:
    """The same as lines of text: a head, a line for each unit in its order, the sum."""
    table = shares(sheet, sight, width)
    widths = [max(cell_len(row[place]) for row in (table.head, *table.rows)) for place in range(len(table.head))]

    def line(row: tuple[str, ...]) -> str:
        name = row[0]
        texts = [" " * (wide - cell_len(text)) + text for text, wide in zip(row[1:], widths[1:], strict=True)]
        return (" " * GAP).join([name + " " * (widths[0] - cell_len(name)), *texts])

    units = [
        Said(line(row), Tone.DANGER if _alarming(part) else Tone.PLAIN)
        for row, part in zip(table.rows[:-1], sheet.parts, strict=True)
    ]  # fmt: skip
    return [Said(line(table.head), Tone.QUIET), *units, Said(line(table.rows[-1]), Tone.STRONG)]


def part_lines(part: Part, sheet: Sheet, sight: Sight) -> Iterator[Said]:
    """Every list of a unit that holds something, under its number."""
    some = [figure for figure in part.figures if figure.refs]
    if not some:
        yield Said(sight.t("Nothing."), Tone.QUIET)
    for figure in some:
        alarming = figure.count in ALARMING
        yield Said(sight.t(COUNTS[figure.count], n=figure.value), Tone.DANGER if alarming else Tone.STRONG)
        yield from (Said(text, deep=True) for text, _case in counted_words(figure, sheet, sight))


def count_label(count: Count, sight: Sight) -> str:
    """What a number is called, without it: 应报到（家）."""
    before, _, after = sight.t(COUNTS[count], n="\0").partition("\0")
    unit = after.strip()
    if not unit:
        return before.strip()
    return f"{before.strip()}（{unit}）" if sight.words.language == "zh" else f"{before.strip()} ({unit})"


def _wide(count: Count, sight: Sight) -> int:
    return max(cell_len(count_label(count, sight)), 3)


def _alarming(part: Part) -> bool:
    return bool(part.figure(Count.OVERDUE).refs)

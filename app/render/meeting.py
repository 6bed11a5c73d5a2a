"""The briefing in front of everybody: one section a page, large and calm, nothing cropped (domain 6.1).

A page is a pure value of the briefing, the place and the room: the same facts in the same room give the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from app.domain.briefing import Count, Section
from app.domain.briefing_file import BriefingFile
from app.domain.text import mask_phone
from app.render.big_digits import LINES, big
from app.render.briefing import (
    COUNTS,
    Said,
    numbers,
    section_lines,
    section_title,
)
from app.render.briefing_changes import Since
from app.render.briefing_parts import count_label, part_lines, part_name, part_of, parts_title, table_lines
from app.render.counted import counted_words
from app.render.meeting_lines import attendance_lines, closing_lines
from app.render.paint import paint_text
from app.render.rows import Cell, Piece, Tone, one
from app.render.sight import Sight
from app.render.wrap import wrap

PRESENT, PARTS, CLOSING = "present", "parts", "closing"
"""Places that are no section: who is there and the units below come first, what stays to do comes last."""
WIDEST = 112
"""Cells of a line at most: longer ones are hard to follow from the back of the room."""
GAP = 4
"""Cells between two numbers."""
DIGIT_SHARE = 0.45
"""Of the height of a page at most this much goes to large numbers; more of them are said in words."""


@dataclass(frozen=True, slots=True)
class Room:
    """Cells and lines that the body of a page has."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Slide:
    """A page: ``part`` of ``of`` of its place, counted from nought."""

    place: str
    part: int
    of: int
    title: str
    lines: tuple[Cell, ...]
    targets: tuple[str, ...] = ()
    """What it shows that can be opened: numbers by their ``Count``, units below by their code."""


def places(file: BriefingFile) -> tuple[str, ...]:
    """What is gone through, in this order."""
    parts = (PARTS,) if file.sheet.parts else ()
    return (PRESENT, *parts, *(section.value for section in Section), CLOSING)


def slides(
    place: str, file: BriefingFile, sight: Sight, room: Room, chosen: int | None = None, since: Since | None = None
) -> list[Slide]:
    """The pages of one place; ``chosen`` = which of its numbers is pointed at, ``since`` = what the last page adds."""
    head: list[Cell] = []
    targets: tuple[str, ...] = ()
    if place == PARTS:
        return _table_pages(file, sight, room, chosen)
    if place == PRESENT:
        title, said = sight.t("Who is there"), attendance_lines(file, sight)
        if file.sheet.present:
            here = sum(one.here for one in file.sheet.present)
            head = figures([
                Figured(len(file.sheet.present), sight.t("expected"), Tone.STRONG),
                Figured(here, sight.t("here"), Tone.STRONG),
                Figured(len(file.sheet.present) - here, sight.t("away"),
                        Tone.SOON if here < len(file.sheet.present) else Tone.QUIET),
            ], room, large=not sight.glyphs.ascii)  # fmt: skip
    elif place == CLOSING:
        title, said = sight.t("What stays to do"), closing_lines(file, sight, since)
    else:
        section = Section(place)
        title, said = section_title(section, sight), section_lines(section, file.sheet, sight)
        counted = numbers(section, file.sheet, sight)
        targets = tuple(number.count for number in counted)
        values = [
            Figured(file.sheet.figure(n.count).value, count_label(n.count, sight), n.tone, n.text) for n in counted
        ]
        head = figures(values, room, chosen, large=not sight.glyphs.ascii)
    return _pages(place, title, head, said, room, targets)


def opened(target: str, file: BriefingFile, sight: Sight, room: Room) -> list[Slide]:
    """The list that a number counts, or all lists of a unit below, as pages."""
    sheet = file.sheet
    if target in set(Count):
        figure = sheet.figure(Count(target))
        title = sight.t(COUNTS[figure.count], n=figure.value)
        return _pages(target, title, [], [Said(text) for text, _ in counted_words(figure, sheet, sight)], room, ())
    part = part_of(sheet, target)
    return _pages(target, part_name(part, sight), [], list(part_lines(part, sheet, sight)), room, ())


def _table_pages(file: BriefingFile, sight: Sight, room: Room, chosen: int | None) -> list[Slide]:
    """The units below with their numbers; the head stands on every page, the sum on the last."""
    head, *rows = table_lines(file.sheet, sight, room.width)
    units = [part.unit for part in file.sheet.parts]
    each = max(1, room.height - 2)
    pages = [rows[start : start + each] for start in range(0, len(rows), each)]
    found: list[Slide] = []
    for number, page in enumerate(pages):
        first = number * each
        mine = units[first : first + each]
        lines: list[Cell] = [one(head.text, head.tone), ()]
        airy = 2 * len(page) + 2 <= room.height
        for place, row in enumerate(page):
            lines += [one(row.text, Tone.CHIP if place == chosen and place < len(mine) else row.tone)]
            lines += [()] if airy else []
        found.append(Slide(PARTS, number, len(pages), parts_title(file.sheet, sight), tuple(lines), tuple(mine)))
    return found


# -- numbers -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Figured:
    """A number with what it is called; ``text`` = both in a few words."""

    value: int
    label: str
    tone: Tone
    text: str = ""


def figures(numbers_: Sequence[Figured], room: Room, chosen: int | None = None, *, large: bool = True) -> list[Cell]:
    """The numbers large, as many side by side as there is room; in words where they would fill the page.

    Not ``large`` = in words anyway: without half blocks a digit is not to be made out.
    """
    if not numbers_:
        return []
    rows: list[list[int]] = [[]]
    used = 0
    for place, number in enumerate(numbers_):
        wide = _wide(number) + (GAP if rows[-1] else 0)
        if rows[-1] and used + wide > room.width:
            rows.append([])
            used, wide = 0, _wide(number)
        rows[-1].append(place)
        used += wide
    if not large or len(rows) * (LINES + 2) > room.height * DIGIT_SHARE:
        return [*_in_words(numbers_, room, chosen), ()]
    lines: list[Cell] = []
    for row in rows:
        shown = [(numbers_[place], _wide(numbers_[place]), place == chosen) for place in row]
        lines += [
            *(_beside(Piece(_padded(big(n.value)[line], wide), n.tone) for n, wide, _ in shown)
              for line in range(LINES)),
            _beside(Piece(_padded(n.label, wide), Tone.CHIP if at else Tone.QUIET) for n, wide, at in shown), (),
        ]  # fmt: skip
    return lines


def _in_words(numbers_: Sequence[Figured], room: Room, chosen: int | None) -> list[Cell]:
    """``未结 5   应急 2``, several to a line."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for place, number in enumerate(numbers_):
        text = number.text or f"{number.label} {number.value}"
        gap = GAP if lines[-1] else 0
        if lines[-1] and used + gap + cell_len(text) > room.width:
            lines.append([])
            used = gap = 0
        if gap:
            lines[-1].append(Piece(" " * gap))
        lines[-1].append(Piece(text, Tone.CHIP if place == chosen else number.tone))
        used += gap + cell_len(text)
    return [tuple(line) for line in lines]


def _wide(number: Figured) -> int:
    return max(len(big(number.value)[0]), cell_len(number.label))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _beside(pieces: Iterator[Piece]) -> Cell:
    found: list[Piece] = []
    for piece in pieces:
        found += [Piece(" " * GAP), piece] if found else [piece]
    return tuple(found)


# -- pages ---------------------------------------------------------------------------------------
def _pages(
    place: str, title: str, head: Sequence[Cell], said: Sequence[Said], room: Room, targets: tuple[str, ...]
) -> list[Slide]:
    blocks = _blocks(said, room.width)
    whole = _airy(head, blocks)
    if len(whole) <= room.height:
        return [Slide(place, 0, 1, title, tuple(whole), targets)]
    pages = list(_split(head, blocks, room.height))
    return [
        Slide(place, number, len(pages), title, tuple(page), targets if not number else ())
        for number, page in enumerate(pages)
    ]


def _blocks(said: Sequence[Said], width: int) -> list[list[Cell]]:
    """What is said, each with what belongs below it, wrapped to the width."""
    blocks: list[list[Cell]] = []
    for line in said:
        first, rest = ("    ", "    ") if line.deep else ("• ", "  ")
        texts = wrap(paint_text(mask_phone(line.text)), max(10, width - len(first)))
        shown: list[Cell] = [one(f"{rest if number else first}{text}", line.tone) for number, text in enumerate(texts)]
        if line.deep and blocks:
            blocks[-1] += shown
        else:
            blocks.append(shown)
    return blocks


def _airy(head: Sequence[Cell], blocks: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Everything on one page, with a blank line between any two."""
    lines: list[Cell] = list(head)
    for number, block in enumerate(blocks):
        lines += [(), *block] if number else block
    return lines


def _split(head: Sequence[Cell], blocks: Sequence[Sequence[Cell]], height: int) -> Iterator[list[Cell]]:
    """As few pages as hold it, close together; what belongs together stays on one page where it fits on one."""
    page: list[Cell] = list(head)
    for block in blocks:
        rest = list(block)
        if len(page) + len(rest) > height and page and (len(rest) <= height or len(page) >= height):
            yield page
            page = []
        while len(page) + len(rest) > height:
            cut = height - len(page)
            yield [*page, *rest[:cut]]
            page, rest = [], rest[cut:]
        page += rest
    if page:
        yield page

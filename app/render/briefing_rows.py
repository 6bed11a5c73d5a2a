"""A briefing as two lists: sections with their numbers, and beside them what a section says or what a number counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.domain.briefing import Count, Part, Section, Sheet
from app.domain.briefing_file import BriefingFile
from app.domain.message import N_
from app.render.briefing import COUNTS, OF_SECTION, Said, numbers, section_lines, section_title, unknown_lines
from app.render.briefing_changes import MARK, Since, change_lines
from app.render.briefing_paper import addition_words, signed_words
from app.render.briefing_parts import part_lines, part_name, part_of, parts_title, table_lines
from app.render.clock import day
from app.render.counted import counted_words
from app.render.meeting_lines import attendance_lines, closing_lines
from app.render.paint import paint_text
from app.render.rows import Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.wrap import wrap

HOLD, CHANGED, PRESENT, PARTS, UNKNOWN, ADDED = "hold", "changed", "present", "parts", "unknown", "added"
NEXT, SIGNED = "next", "signed"
"""Entries of the left list that are no section."""
IN_SHORT = (Count.OPEN, Count.EMERGENCY, Count.OVERDUE)
"""What stands beside a unit below in the left list."""


DOES: dict[str, tuple[str, str]] = {
    HOLD: ("▶", N_("Hold the briefing")),
    NEXT: ("▶", N_("The next briefing")),
    SIGNED: ("◀", N_("The one signed today")),
}
"""Rows on which Enter does something: sign and msgid."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the left list: a section, a number of it, or one of the words above."""

    section: Section | None = None
    count: Count | None = None
    other: str = ""
    part: str | None = None
    """A unit below, by its code; empty = what belongs to none."""

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.section or self.other}/{self.count or self.part or ''}"


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the right list, with the case it is about where there is one."""

    row: Row
    case: UUID | None = None


def briefing_columns() -> tuple[Column, ...]:
    """One column: the words."""
    return (Column("what", "", 20, 10, most=400),)


def entries(file: BriefingFile, since: Since | None = None, *, coming: bool = False) -> list[Entry]:
    """Holding it, what changed, who is there, sections with their numbers, what is not known, what was added.

    A signed one leads to the next; ``coming`` = that one is shown though today's was signed: it leads back.
    """
    found = [Entry(other=NEXT if file.signed else HOLD), *([Entry(other=SIGNED)] if coming and not file.signed else [])]
    found += [*([Entry(other=CHANGED)] if since is not None else []), Entry(other=PRESENT)]
    if file.sheet.parts:
        found += [Entry(other=PARTS), *(Entry(other="part", part=part.unit) for part in file.sheet.parts)]
    for section in Section:
        found.append(Entry(section))
        found += [Entry(section, one.count) for one in file.sheet.figures if one.count in OF_SECTION.get(section, ())]
    if file.sheet.unknown and not file.signed:
        found.append(Entry(other=UNKNOWN))
    if file.additions:
        found.append(Entry(other=ADDED))
    return found


def entry_row(entry: Entry, file: BriefingFile, sight: Sight, since: Since | None = None) -> Row:
    """A line of the left list; numbers stand in by two, those that count nothing are quiet, changed ones are marked."""
    sheet = file.sheet
    if entry.count is not None and entry.section is not None:
        number = next(one for one in numbers(entry.section, sheet, sight) if one.count is entry.count)
        moved = since.changes.number(entry.count) if since is not None else None
        before: Cell = ()
        if moved is not None:
            was = sight.t("was {n}", n=moved.before) if moved.before != moved.after else sight.t("others")
            before = one(f"  {MARK} {was}", Tone.SOON)
        return Row(entry.key, {"what": (Piece("    "), Piece(number.text, number.tone), *before)})
    if entry.section is not None:
        touched = since is not None and since.touched(entry.section)
        mark = one(f"  {MARK}", Tone.SOON) if touched else ()
        return Row(entry.key, {"what": (*one(section_title(entry.section, sight), Tone.STRONG), *mark)})
    if entry.other == CHANGED and since is not None:
        told = sight.t("Changed since {at}: {n}", at=sight.stamp(since.at), n=len(since.changes))
        return Row(entry.key, {"what": one(f"{MARK} {told}", Tone.SOON)})
    if entry.other in DOES:
        sign, what = DOES[entry.other]
        does = (Piece(f"{sign} ", Tone.ACCENT), Piece(sight.t(what), Tone.ACCENT), Piece("  Enter", Tone.QUIET))
        return Row(entry.key, {"what": does})
    if entry.part is not None:
        return Row(entry.key, {"what": _part_cell(part_of(sheet, entry.part), sight)})
    here = sum(one.here for one in sheet.present)
    said = {
        PARTS: parts_title(sheet, sight),
        PRESENT: sight.t("Attendance {n}/{of}", n=here, of=len(sheet.present)),
        UNKNOWN: sight.t("Not known {n}", n=len(sheet.unknown)),
        ADDED: sight.t("Added after signing {n}", n=len(file.additions)),
    }[entry.other]
    return Row(entry.key, {"what": one(said, Tone.SOON if entry.other == UNKNOWN else Tone.PLAIN)})


def _part_cell(part: Part, sight: Sight) -> Cell:
    """``双河  未结 3 · 应急 1 · 超时 1``: what is nought is left out."""
    cell: list[Piece] = [Piece("    "), Piece(part_name(part, sight))]
    for count in IN_SHORT:
        value = part.figure(count).value
        if value:
            alarming = count in (Count.EMERGENCY, Count.OVERDUE)
            cell += [Piece("  "), Piece(sight.t(COUNTS[count], n=value), Tone.DANGER if alarming else Tone.QUIET)]
    return tuple(cell)


def items(entry: Entry, file: BriefingFile, sight: Sight, width: int, since: Since | None = None) -> list[Item]:
    """What the right list shows for a row of the left one; what changed since the last look is marked."""
    if entry.count is not None:
        return list(_counted(entry.count, file.sheet, sight, width))
    if entry.section is not None:
        lines = section_lines(entry.section, file.sheet, sight)
        cases = {line.number: line.id for line in (*file.sheet.open, *file.sheet.received)}
        fresh = since.fresh(entry.section, file.sheet, sight) if since is not None else frozenset()
        found: list[Item] = []
        for number, line in enumerate(lines):
            case = next((id_ for name, id_ in cases.items() if name and name[6:] in line.text), None)
            mark = f"{MARK} " if line.text in fresh else ""
            found += _wrapped(
                (entry.key, number), line.text, line.tone, width, 2 if line.deep else 0, case=case, mark=mark
            )
        return found
    if entry.other == PARTS:
        table = table_lines(file.sheet, sight, width)
        return [Item(Row((entry.key, number), {"what": one(line.text, line.tone)}))
                for number, line in enumerate(table)]  # fmt: skip
    others = list(_others(entry, file, sight, since))
    return [
        item for number, line in enumerate(others)
        for item in _wrapped((entry.key, number), line.text, line.tone, width, 2 if line.deep else 0)
    ]  # fmt: skip


def _others(entry: Entry, file: BriefingFile, sight: Sight, since: Since | None) -> Iterator[Said]:
    other = entry.other
    if entry.part is not None:
        yield from part_lines(part_of(file.sheet, entry.part), file.sheet, sight)
    elif other == CHANGED:
        yield from change_lines(since.changes, sight) if since is not None else ()
    elif other == UNKNOWN:
        yield from map(Said, unknown_lines(file.sheet, sight))
    elif other == ADDED:
        yield from (Said(addition_words(note, sight)) for note in file.additions)
    elif other == NEXT:
        yield Said(sight.t("Signed: it stays as it is. What is noted now is added with its author and time."))
        yield Said(signed_words(file, sight), Tone.QUIET)
    elif other == SIGNED:
        yield Said(sight.t("Back to the briefing that was signed today."))
    elif other == HOLD:
        yield Said(sight.t("In front of everybody: one section a page. Space goes on, F2 notes, Esc leaves."))
        yield from closing_lines(file, sight)
    else:
        yield from attendance_lines(file, sight)


def _counted(count: Count, sheet: Sheet, sight: Sight, width: int) -> Iterator[Item]:
    """Each thing that a number counts, one after the other."""
    figure = sheet.figure(count)
    refs, words = figure.refs, counted_words(figure, sheet, sight)
    if not refs:
        yield Item(Row((count, 0), {"what": one(words[0][0], Tone.QUIET)}))
    for ref, (text, case) in zip(refs, words, strict=False):
        yield from _wrapped((count, ref), text, Tone.PLAIN, width, case=case)


def _wrapped(
    key: tuple[object, object], text: str, tone: Tone, width: int, indent: int = 0, case: UUID | None = None,
    mark: str = "",
) -> Iterator[Item]:  # fmt: skip
    blank = " " * (indent + len(mark))
    first, *more = wrap(paint_text(text), max(10, width - len(blank)))
    yield Item(Row(key, {"what": (Piece(" " * indent + mark, Tone.SOON), Piece(first, tone))}), case)
    for number, line in enumerate(more, 1):
        yield Item(Row((*key, number), {"what": one(blank + line, tone)}, still=True), case)


def lines_title(entry: Entry, file: BriefingFile, sight: Sight, since: Since | None = None) -> Cell:
    """The title of the right list: the row of the left one."""
    return tuple(piece for piece in entry_row(entry, file, sight, since).cells["what"] if piece.text.strip())


def title_cell(file: BriefingFile, sight: Sight) -> Cell:
    """The title of the left list: of which unit, of which day, and whether it is signed."""
    local = file.until.astimezone(sight.zone)
    named = f"{sight.short(file.unit)} {day(file.until, sight.zone)} {sight.words.weekday(local)}"
    at = file.record.signed_at if file.record is not None else None
    state = sight.t("signed {at}", at=sight.stamp(at)) if at is not None else sight.t("not signed")
    title = (Piece(sight.t("Briefing") + " "), Piece(named, Tone.STRONG))
    return (*title, Piece(f"  {state}", Tone.GOOD if file.signed else Tone.SOON))

"""The handover sheet as rows: critical items first, the rest, the equipment, the notes; above it what comes next."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from app.domain.handover import GROUPS, Gear, HandoverFile, HandoverState, ItemLine, ReliefNote, Step, next_step
from app.domain.holding import Holding
from app.render.handover import (
    count_words,
    gear_words,
    item_number,
    note_words,
    people_words,
    said_lines,
    shift_span,
    signed_words,
    stands_words,
    status_words,
    step_words,
    what_words,
    where_words,
    why_words,
)
from app.render.header import late_words
from app.render.rows import WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.wrap import wrap

MOST_HEAD = 2
"""Lines of the sentence that says what comes next."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above a part of the list, or what an empty part says."""

    key: str
    text: str
    quiet: bool = False


Entry = Heading | ItemLine | Gear | ReliefNote
"""What a line of the list is about."""


def handover_columns(sight: Sight) -> tuple[Column, ...]:
    """Glyph, status, number, what, where, how it stands, what kind."""
    zh = sight.words.language == "zh"
    return (
        Column("glyph", "", 1, 10), Column("status", "", 8 if zh else 16, 9), Column("number", "", 8, 9),
        Column("what", "", 26, 10, most=44, least=14), Column("stands", "", 26, 8, most=56, least=14),
        Column("where", "", 8 if zh else 12, 4, most=14), Column("kind", "", 8 if zh else 16, 3),
    )  # fmt: skip


def key_of(entry: Entry) -> Hashable:
    """What a line is known by through every refresh."""
    match entry:
        case ItemLine():
            return entry.item.key
        case Gear():
            return f"gear:{entry.code}"
        case ReliefNote():
            return entry.id
        case Heading():
            return entry.key


def entries(file: HandoverFile, sight: Sight) -> Iterator[Entry]:
    """Part after part; an empty one says so."""
    sheet, t = file.sheet, sight.t
    critical = [line for line in sheet.items if line.item.critical]
    others = [line for line in sheet.items if not line.item.critical]
    yield Heading("critical", t("Critical: read back {n}", n=len(critical)))
    if not critical:
        yield Heading("none critical", "  " + t("Nothing is critical."), quiet=True)
    yield from critical
    yield Heading("others", t("Everything else {n}", n=len(others)))
    if not others:
        yield Heading("no others", "  " + t("Nothing else is open."), quiet=True)
    yield from others
    yield Heading("gear", t("Equipment"))
    yield from sheet.gear
    yield Heading("notes", t("For the relief"))
    if not sheet.notes and not file.additions:
        yield Heading("no notes", "  " + t("No notes; F6 writes one."), quiet=True)
    yield from (*sheet.notes, *file.additions)


def handover_row(entry: Entry, sight: Sight) -> Row:
    """A line of the list."""
    glyphs = sight.glyphs
    match entry:
        case Heading():
            return Row(entry.key, {WHOLE: one(entry.text, Tone.QUIET if entry.quiet else Tone.STRONG)}, still=True)
        case ReliefNote():
            return Row(entry.id, {"glyph": one(glyphs.normal, Tone.QUIET), WHOLE: one(note_words(entry, sight))})
        case Gear():
            missing = entry.ok is False
            tone = Tone.SOON if missing else Tone.GOOD if entry.ok else Tone.PLAIN
            glyph = glyphs.attention if missing else glyphs.done if entry.ok else glyphs.nobody
            return Row(key_of(entry), {WHOLE: (Piece(f"{glyph} ", tone), Piece(gear_words(entry, sight)))})
        case ItemLine():
            return Row(entry.item.key, _cells(entry, sight))


def _cells(line: ItemLine, sight: Sight) -> dict[str, Cell]:
    item, glyphs = line.item, sight.glyphs
    tone = Tone.GOOD if line.is_accepted else Tone.SOON if line.changed or line.silent else Tone.PLAIN
    glyph = glyphs.done if line.is_accepted else glyphs.attention if item.critical else glyphs.nobody
    mark = Tone.GOOD if line.is_accepted else Tone.DANGER if item.critical else Tone.QUIET
    return {
        "glyph": one(glyph, mark), "status": one(status_words(line, sight), tone),
        "number": one(item_number(item, sight), Tone.STRONG), "what": one(what_words(item, sight)),
        "stands": one(stands_words(item, sight), Tone.QUIET), "where": one(where_words(item, sight), Tone.QUIET),
        "kind": one(sight.t(GROUPS[item.kind]), Tone.QUIET),
    }  # fmt: skip


# -- above and below the list --------------------------------------------------------------------
def head_lines(file: HandoverFile, sight: Sight, room: int, key: str = "") -> list[Cell]:
    """From whom to whom, how much, who signed; then the next step in a sentence, with the ``key`` that does it."""
    sheet = file.sheet
    step = next_step(file)
    tone = Tone.GOOD if step is Step.DONE else Tone.ACCENT
    after = (
        f"{shift_span(sheet.incoming, sight)}  {people_words(sheet.incoming, sight)}" if sheet.incoming is not None
        else sight.t("no shift yet")
    )  # fmt: skip
    before: Cell = one(f"  {shift_span(sheet.outgoing, sight)}  {people_words(sheet.outgoing, sight)}")
    late = Holding(sheet.outgoing).late(sight.now)
    if late is not None and file.state is not HandoverState.TAKEN:
        before = (Piece("  "), Piece(f" {late_words(late, sight)} ", Tone.CHIP), *before)
    return [
        before,
        one(f"{sight.glyphs.into} {after}"),
        *(one(line, Tone.QUIET) for line in wrap(
            f"{count_words(sheet, sight)}  {'  '.join(signed_words(file, sight))}", room, most=MOST_HEAD)),
        *(one(line, tone) for line in wrap(step_words(file, sight, key), room, most=MOST_HEAD)),
    ]  # fmt: skip


def about_lines(entry: Entry | None, sight: Sight) -> Iterator[str]:
    """All of the row under the cursor: why it is critical, what was said, what was read back."""
    if isinstance(entry, ItemLine):
        why = why_words(entry.item, sight)
        what = f"{item_number(entry.item, sight)} {what_words(entry.item, sight)}".strip()
        said = sight.t("{what}: {why}", what=what, why=why) if why else what
        yield "  ".join(part for part in (said, stands_words(entry.item, sight)) if part)
        yield from said_lines(entry, sight)
    elif isinstance(entry, Gear):
        yield gear_words(entry, sight)
    elif isinstance(entry, ReliefNote):
        yield note_words(entry, sight)

"""A handover on paper (交接班记录, domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.domain.handover import GROUPS, HandoverFile, ItemKind, ItemLine
from app.domain.org import Shift
from app.render.clock import hm
from app.render.handover import (
    count_words,
    gear_words,
    item_number,
    note_words,
    people_words,
    said_lines,
    stands_words,
    state_words,
    status_words,
    step_words,
    what_words,
    where_words,
    why_words,
)
from app.render.paper import Block, Item, Paper, Para, Table, drill_mark, paper_date, paper_stamp, section
from app.render.sight import Sight


def handover_paper(file: HandoverFile, sight: Sight, *, issuer: str = "", drill: bool = False) -> Paper:
    """The whole handover: what is open by kind, what was said and read back, equipment, notes, both signatures.

    One that both have signed reads the same whenever it is printed: as at the moment of the second signature.
    """
    if file.sheet.taken_at is not None:
        sight = replace(sight, now=file.sheet.taken_at)
    return Paper(
        sight.t("Record of the handover"), tuple(_blocks(file, sight)), issuer,
        sight.t("{before} {into} {after}", before=_span(file.sheet.outgoing, sight), into=sight.glyphs.into,
                after=_span(file.sheet.incoming, sight) if file.sheet.incoming else sight.t("no shift yet")),
        tuple(_signatures(file, sight)), drill_mark(sight, drill=drill),
    )  # fmt: skip


def handover_mark(file: HandoverFile, sight: Sight) -> str:
    """What tells the file of one handover from that of another: ``2020年7月3日 夜班→白班``, ``… 草稿`` until signed."""
    sheet, word = file.sheet, sight.words.enum
    shifts = [word(shift.kind) for shift in (sheet.outgoing, sheet.incoming) if shift is not None]
    parts = [paper_date(sheet.taken_at or sheet.outgoing.ends_at, sight), sight.glyphs.into.join(shifts)]
    return " ".join(parts if sheet.taken_at is not None else [*parts, sight.t("draft")])


def _span(shift: Shift, sight: Sight) -> str:
    """``夜班 2020年7月2日 18:00–08:00``."""
    begin, end = hm(shift.starts_at, sight.zone), hm(shift.ends_at, sight.zone)
    return f"{sight.words.enum(shift.kind)} {paper_date(shift.starts_at, sight)} {begin}–{end}"


def _signatures(file: HandoverFile, sight: Sight) -> Iterator[str]:
    """Both, each with the whole date; or that nobody has signed yet."""
    sheet, nobody = file.sheet, sight.t("not signed yet")
    out = f"{sight.name(sheet.handed_by)} {paper_stamp(sheet.handed_at, sight)}" if sheet.handed_at else nobody
    in_ = f"{sight.name(sheet.taken_by)} {paper_stamp(sheet.taken_at, sight)}" if sheet.taken_at else nobody
    yield sight.t("Signed out: {who}", who=out)
    yield sight.t("Signed in: {who}", who=in_)


def _blocks(file: HandoverFile, sight: Sight) -> Iterator[Block]:
    sheet = file.sheet
    yield Para(sight.t("Outgoing shift: {people}", people=people_words(sheet.outgoing, sight)))
    if sheet.incoming is not None:
        yield Para(sight.t("Incoming shift: {people}", people=people_words(sheet.incoming, sight)))
    yield Para(count_words(sheet, sight))
    if file.record is None or file.record.taken_at is None:
        yield Para(f"{state_words(file.state, sight)} · {step_words(file, sight)}", strong=True)
    number = 1
    for kind in ItemKind:
        lines = sheet.of(kind)
        if lines:
            yield section(number, sight.t(GROUPS[kind]), sight)
            number += 1
            for line in lines:
                yield from _item(line, sight)
    yield section(number, sight.t("Equipment"), sight)
    yield Table(
        (sight.t("Equipment"), sight.t("Who looked"), sight.t("When")),
        tuple((gear_words(one, sight), sight.person(one.by) if one.by else "", sight.stamp(one.at))
              for one in sheet.gear),
        (3, 2, 1),
    )  # fmt: skip
    yield section(number + 1, sight.t("For the relief"), sight)
    yield from (Item(note_words(note, sight)) for note in sheet.notes)
    if not sheet.notes:
        yield Item(sight.t("none"))
    if file.additions:
        yield section(number + 2, sight.t("Added after signing"), sight)
        yield from (Item(note_words(note, sight)) for note in file.additions)


def _item(line: ItemLine, sight: Sight) -> Iterator[Block]:
    item = line.item
    why = why_words(item, sight)
    mark = sight.t("[{why}]", why=why) if why else ""
    parts = (mark, item_number(item, sight), where_words(item, sight), what_words(item, sight),
             stands_words(item, sight), status_words(line, sight))  # fmt: skip
    yield Item("  ".join(part for part in parts if part))
    yield from (Item(text, deep=True) for text in said_lines(line, sight))

"""A briefing on paper (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.domain.briefing import NoteLine, Section
from app.domain.briefing_file import BriefingFile
from app.render.briefing import meta_words, numbers, section_lines, section_title, title_words, unknown_lines
from app.render.briefing_parts import parts_title, shares
from app.render.paper import Block, Heading, Item, Paper, Para, Table, drill_mark, paper_stamp
from app.render.sight import Sight


def briefing_paper(file: BriefingFile, sight: Sight, *, issuer: str = "", drill: bool = False) -> Paper:
    """The whole briefing: every section, what is not known of a draft, what was added to a signed one.

    A signed one reads the same whenever it is printed: as on its morning.
    """
    if file.signed:
        sight = replace(sight, now=file.until)
    return Paper(
        title_words(file.unit, file.until, sight), tuple(_blocks(file, sight)), issuer,
        meta_words(file.sheet, file.record, sight), tuple(_signatures(file, sight)), drill_mark(sight, drill=drill),
    )  # fmt: skip


def _signatures(file: BriefingFile, sight: Sight) -> Iterator[str]:
    """Who, and below it the date, as papers of an office end."""
    record = file.record
    if record is None or record.signed_at is None:
        yield sight.t("Draft, not signed.")
        return
    yield sight.t("Signed: {who}", who=sight.name(record.signed_by))
    yield paper_stamp(record.signed_at, sight)


def _blocks(file: BriefingFile, sight: Sight) -> Iterator[Block]:
    sheet = file.sheet
    for section in Section:
        yield Heading(section_title(section, sight))
        if counted := numbers(section, sheet, sight):
            yield Para(" · ".join(number.text for number in counted))
        yield from (Item(line.text, line.deep) for line in section_lines(section, sheet, sight))
    if sheet.parts:
        table = shares(sheet, sight)
        yield Heading(parts_title(sheet, sight))
        yield Table(table.head, table.rows)
    unknown = unknown_lines(sheet, sight)
    if unknown and not file.signed:
        yield Para(sight.t("Not known"), strong=True)
        yield from map(Item, unknown)
    if file.additions:
        yield Heading(sight.t("Added after signing"))
        yield from (Item(addition_words(note, sight)) for note in file.additions)


def signed_words(file: BriefingFile, sight: Sight) -> str:
    """Who signed it and when, or that nobody has."""
    record = file.record
    if record is None or record.signed_at is None:
        return sight.t("Draft, not signed.")
    return sight.t("Signed by {who}, {at}.", who=sight.name(record.signed_by), at=sight.stamp(record.signed_at))


def addition_words(note: NoteLine, sight: Sight) -> str:
    """What was added, in which section, by whom and when."""
    where = section_title(note.section, sight)
    if note.six_role is not None:
        where = sight.t("{section}, {role}", section=where, role=note.six_role)
    return sight.t("{section}: {text} ({who}, {at})", section=where, text=note.text,
                   who=sight.name(note.by), at=sight.stamp(note.at))  # fmt: skip

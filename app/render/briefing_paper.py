"""A briefing on paper: Markdown that reads as it is, and prints (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.briefing import NoteLine, Section
from app.domain.briefing_file import BriefingFile
from app.render.briefing import meta_words, numbers, section_lines, section_title, title_words, unknown_lines
from app.render.sight import Sight


def briefing_markdown(file: BriefingFile, sight: Sight) -> Iterator[str]:
    """Line by line."""
    sheet = file.sheet
    yield f"# {title_words(file.unit, file.until, sight)}"
    yield ""
    yield meta_words(sheet, file.record, sight)
    for section in Section:
        yield ""
        yield f"## {section_title(section, sight)}"
        yield ""
        if counted := numbers(section, sheet, sight):
            yield " · ".join(number.text for number in counted)
            yield ""
        for line in section_lines(section, sheet, sight):
            yield f"{'  ' if line.deep else ''}- {_plain(line.text)}"
    unknown = unknown_lines(sheet, sight)
    if unknown and not file.signed:
        yield ""
        yield f"**{sight.t('Not known')}**"
        yield ""
        yield from (f"- {_plain(text)}" for text in unknown)
    if file.additions:
        yield ""
        yield f"## {sight.t('Added after signing')}"
        yield ""
        yield from (f"- {_plain(addition_words(note, sight))}" for note in file.additions)
    yield ""
    yield signed_words(file, sight)


def signed_words(file: BriefingFile, sight: Sight) -> str:
    """Who signed it and when, or that nobody has."""
    record = file.record
    if record is None or record.signed_at is None:
        return sight.t("Draft, not signed.")
    return sight.t("Signed by {who}, {at}.", who=sight.name(record.signed_by), at=sight.stamp(record.signed_at))


def addition_words(note: NoteLine, sight: Sight) -> str:
    """What was added, in which section, by whom and when."""
    return sight.t("{section}: {text} ({who}, {at})", section=section_title(note.section, sight), text=note.text,
                   who=sight.name(note.by), at=sight.stamp(note.at))  # fmt: skip


def _plain(text: str) -> str:
    """Signs that Markdown would take for something else."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>" else sign for sign in text)

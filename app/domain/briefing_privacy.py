"""What must not stand in a signed briefing: texts that look like identity or phone numbers (domain 6.1, 10)."""

from __future__ import annotations

from app.domain.briefing import SECTIONS, Section, Sheet
from app.domain.errors import BadInput
from app.domain.message import Message, Param
from app.domain.text import looks_personal


def refuse_personal_numbers(sheet: Sheet) -> None:
    """BadInput naming the section, and the case or entry, of the first text that looks like such a number."""
    texts: list[tuple[Section, str, str]] = [
        *((Section.NIGHT, line.number, line.title) for line in sheet.received),
        *((Section.NIGHT, story.number, f"{story.title} {story.place}") for story in sheet.stories),
        *((Section.NIGHT, f"#{note.number}", note.text) for note in sheet.log),
        *((Section.OPEN, line.number, line.title) for line in sheet.open),
        *((Section.ROUNDS, problem.number, problem.place) for problem in sheet.problems),
        *((Section.TODAY, "", f"{task.text} {task.place}") for task in sheet.tasks),
        *((note.section, "", note.text) for note in sheet.notes),
        *((Section.SIX_ROLES, "", present.why) for present in sheet.present),
    ]
    for section, where, text in texts:
        found = looks_personal(text)
        if found is not None:
            place: Param = Message(SECTIONS[section]) if not where else Message(
                "{section}, {where}", {"section": Message(SECTIONS[section]), "where": where})  # fmt: skip
            raise BadInput(Message(
                "{place}: “{text}” looks like an identity or phone number; mend it before signing.",
                {"place": place, "text": text[max(0, found[0] - 8) : found[0]] + "…"},
            ), "text")  # fmt: skip

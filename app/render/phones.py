"""The phone book as rows: the name left, what it is, the number right (domain 1, rows 31–33, 49)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.message import N_
from app.domain.phones import Line, Phone, PhoneGroup
from app.render.rows import WHOLE, Column, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words

GROUPS = {
    PhoneGroup.CALL: N_("To be phoned now: Enter says whether they answered"),
    PhoneGroup.CASE: N_("This case"),
    PhoneGroup.DEPARTMENTS: N_("Departments"),
    PhoneGroup.CONTACTS: N_("Contacts"),
    PhoneGroup.ON_DUTY: N_("On duty"),
    PhoneGroup.LEADERS: N_("Leaders"),
    PhoneGroup.MEMBERS: N_("Other members"),
}
LINES = {
    Line.DUTY: N_("duty phone"),
    Line.STATIONED: N_("stationed officer"),
    Line.BACKUP: N_("backup"),
    Line.BLOWER: N_("blew the whistle"),
    Line.OTHER: "",
}
"""What the parts and the lines are called; msgids."""


def phone_columns(words: Words) -> tuple[Column, ...]:
    """Name, what it is, number."""
    zh = words.language == "zh"
    return (
        Column("name", "", 24 if zh else 34, 9, most=44),
        Column("line", "", 12 if zh else 18, 5),
        Column("note", "", 10, 2, most=40),
        Column("phone", "", 15, 10, right=True),
    )


def phone_rows(phones: Sequence[Phone], sight: Sight) -> list[Row]:
    """A heading a part, then its numbers; officers stand below their department."""
    rows: list[Row] = []
    group = None
    for phone in phones:
        if phone.group is not group:
            group = phone.group
            rows.append(Row(("group", group), {WHOLE: one(sight.t(GROUPS[group]), Tone.QUIET)}, still=True))
        rows.append(_row(phone, sight))
    return rows


def _row(phone: Phone, sight: Sight) -> Row:
    officer = phone.line in (Line.STATIONED, Line.BACKUP)
    name = ("  " if officer else "") + sight.words.name(phone.name)
    note = phone.note if sight.words.language == "zh" or phone.line is not Line.DUTY else ""
    return Row(
        phone.code,
        {
            "name": one(name, Tone.PLAIN if officer else Tone.STRONG),
            "line": one(sight.t(LINES[phone.line]), Tone.QUIET),
            "note": one(note, Tone.QUIET),
            "phone": one(phone.phone, Tone.ACCENT) if phone.phone else one(sight.t("no number"), Tone.QUIET),
        },
    )


def phone_text(phone: Phone, sight: Sight) -> str:
    """Everything of a line that can be searched for, in both languages; officers by their department too."""
    department = sight.street.label(phone.department) if phone.department else phone.name
    words = (phone.name.zh, phone.name.en, department.zh, department.en, sight.t(LINES[phone.line]), phone.note)
    return " ".join((*words, phone.phone)).casefold()

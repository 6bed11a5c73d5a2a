"""Whom one can call: a case's departments first, then everybody else, each with a number (domain 1, rows 31–33, 49)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.message import Name
from app.domain.org import Department, Member, Role, Shift
from app.domain.street_index import StreetIndex


class PhoneGroup(StrEnum):
    """The parts of the phone book, in their order."""

    CALL = "call"
    """Who is to be phoned now: they were told and have not answered."""
    CASE = "case"
    DEPARTMENTS = "departments"
    CONTACTS = "contacts"
    ON_DUTY = "on_duty"
    LEADERS = "leaders"
    MEMBERS = "members"


class Line(StrEnum):
    """Which of a department's lines a number is."""

    DUTY = "duty"
    STATIONED = "stationed"
    BACKUP = "backup"
    BLOWER = "blower"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phone:
    """One number. These are numbers of posts, not of residents: shown in full."""

    group: PhoneGroup
    line: Line
    name: Name
    phone: str
    """Empty when the organisation names the person without one."""
    code: str
    department: str = ""
    note: str = ""
    """What a department or contact is for, as loaded."""


LEADING = frozenset({Role.DUTY_LEADER, Role.STREET_ADMIN, Role.ZONE_PLATFORM, Role.GRID_LEADER})


def phone_book(
    street: StreetIndex,
    shift: Shift | None,
    departments: Sequence[str] = (),
    blower: str = "",
    unanswered: Sequence[tuple[str, str, str]] = (),
) -> tuple[Phone, ...]:
    """Everybody who can be called; ``departments`` and ``blower`` are the case's. Nobody stands in it twice.

    ``unanswered`` are those to be phoned now, first: member, what about (for the screen), and a key of its own.
    """
    seen: set[str] = set()
    found: list[Phone] = [
        replace(_member(street.members[member], PhoneGroup.CALL), code=key, note=about)
        for member, about, key in unanswered
        if member in street.members
    ]
    for phone in _everybody(street, shift, [code for code in departments if code in street.departments], blower):
        if phone.code not in seen:
            seen.add(phone.code)
            found.append(phone)
    return tuple(found)


def _everybody(street: StreetIndex, shift: Shift | None, mine: Sequence[str], blower: str) -> Iterator[Phone]:
    for code in mine:
        yield from _department(street, street.departments[code], PhoneGroup.CASE)
    if blower in street.members:
        yield _member(street.members[blower], PhoneGroup.CASE, Line.BLOWER)
    for code, department in street.departments.items():
        if code not in mine:
            yield from _department(street, department, PhoneGroup.DEPARTMENTS)
    for contact in street.street.contacts:
        note = contact.note or contact.kind
        yield Phone(PhoneGroup.CONTACTS, Line.OTHER, contact.name, contact.phone, f"contact/{contact.code}", note=note)
    on_duty = (shift.leader, *shift.officers, *(duty.member for duty in shift.grid_duty)) if shift else ()
    for code in on_duty:
        if code in street.members:
            yield _member(street.members[code], PhoneGroup.ON_DUTY)
    people = street.street.members
    yield from (_member(m, PhoneGroup.LEADERS) for m in people if any(m.holds(role) for role in LEADING))
    yield from (_member(m, PhoneGroup.MEMBERS) for m in people if m.phone)


def _department(street: StreetIndex, department: Department, group: PhoneGroup) -> Iterator[Phone]:
    code = department.code
    yield Phone(group, Line.DUTY, department.name, department.duty_phone, f"duty/{code}", code, department.remit)
    for line, member in ((Line.STATIONED, department.stationed), (Line.BACKUP, department.backup)):
        if member in street.members:
            yield _member(street.members[member], group, line, code)


def _member(member: Member, group: PhoneGroup, line: Line = Line.OTHER, department: str = "") -> Phone:
    return Phone(group, line, member.name, member.phone, member.code, department)

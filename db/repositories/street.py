"""The organisation as it stands: active rows, in the order of the street (domain 1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, bindparam, select

from app.domain.message import Name
from app.domain.org import (
    ChainLink,
    CommitteeMember,
    Contact,
    Department,
    GridDuty,
    Member,
    Place,
    Post,
    Shift,
    SixRole,
    Street,
    Unit,
)
from db.repositories.rows import AnyRow, Rows
from db.tables.base import table
from db.tables.duty import GridDutyRow, ShiftOfficerRow, ShiftRow
from db.tables.org import (
    ChainLinkRow,
    CommitteeMemberRow,
    ContactRow,
    DepartmentRow,
    MemberPostRow,
    MemberRow,
    MemberSixRoleRow,
    PlaceRow,
    UnitRow,
)

UNIT = table(UnitRow)
DEPARTMENT = table(DepartmentRow)
MEMBER = table(MemberRow)
POST = table(MemberPostRow)
SIX_ROLE = table(MemberSixRoleRow)
COMMITTEE = table(CommitteeMemberRow)
CHAIN = table(ChainLinkRow)
CONTACT = table(ContactRow)
PLACE = table(PlaceRow)
SHIFT = table(ShiftRow)
OFFICER = table(ShiftOfficerRow)
GRID_DUTY = table(GridDutyRow)

_LAST_RECORDS = select(UNIT.c.code, UNIT.c.last_record_at).where(UNIT.c.last_record_at.is_not(None))
_SHIFTS = select(SHIFT).where(SHIFT.c.retired_at.is_(None)).order_by(SHIFT.c.starts_at, SHIFT.c.code)
_SHIFT_AT = (
    select(SHIFT)
    .where(
        SHIFT.c.retired_at.is_(None),
        SHIFT.c.starts_at <= bindparam("instant"),
        SHIFT.c.ends_at > bindparam("instant"),
    )
    .order_by(SHIFT.c.starts_at.desc(), SHIFT.c.code)
    .limit(1)
)
_SHIFT = select(SHIFT).where(SHIFT.c.code == bindparam("shift"))
_SHIFT_BEFORE = (
    select(SHIFT)
    .where(SHIFT.c.retired_at.is_(None), SHIFT.c.ends_at <= bindparam("instant"))
    .order_by(SHIFT.c.ends_at.desc(), SHIFT.c.code)
    .limit(1)
)
_SHIFTS_IN = _SHIFTS.where(SHIFT.c.ends_at > bindparam("since"), SHIFT.c.starts_at < bindparam("until"))
_OFFICERS = select(OFFICER.c.shift, OFFICER.c.member).order_by(OFFICER.c.shift, OFFICER.c.position)
_GRID_DUTIES = select(GRID_DUTY.c.shift, GRID_DUTY.c.grid, GRID_DUTY.c.member).order_by(
    GRID_DUTY.c.shift, GRID_DUTY.c.position
)
_POSTS = select(POST).order_by(POST.c.member, POST.c.position)
_SIX_ROLES = select(SIX_ROLE.c.member, SIX_ROLE.c.six_role).order_by(SIX_ROLE.c.member, SIX_ROLE.c.position)


def _active(rows: Table, *order: str) -> Select[Any]:
    columns = [rows.c[name] for name in (*order, "position")]
    return select(rows).where(rows.c.retired_at.is_(None)).order_by(*columns)


def _retired(rows: Table) -> Select[Any]:
    return select(rows).where(rows.c.retired_at.is_not(None)).order_by(rows.c.code)


_UNITS, _DEPARTMENTS = _active(UNIT, "sort"), _active(DEPARTMENT, "sort")
_MEMBERS, _COMMITTEE, _CHAIN = _active(MEMBER), _active(COMMITTEE), _active(CHAIN)
_CONTACTS, _PLACES = _active(CONTACT), _active(PLACE)
_OLD_UNITS, _OLD_DEPARTMENTS = _retired(UNIT), _retired(DEPARTMENT)
_OLD_MEMBERS, _OLD_PLACES = _retired(MEMBER), _retired(PLACE)


class StreetReading(Rows):
    """Reads of the organisation and the roster."""

    def street(self) -> Street:
        """The organisation: what is not retired."""
        return Street(
            units=tuple(self._all(_UNITS, _unit)),
            departments=tuple(self._all(_DEPARTMENTS, _department)),
            members=tuple(self._members(_MEMBERS, {})),
            committee=tuple(self._all(_COMMITTEE, _committee_member)),
            chain=tuple(self._all(_CHAIN, lambda r: ChainLink(r.grid, r.level, r.member))),
            contacts=tuple(self._all(_CONTACTS, _contact)),
            places=tuple(self._all(_PLACES, _place)),
            shifts=tuple(self._shifts(_SHIFTS, {})),
        )

    def retired(self) -> Street:
        """What is retired of the tables that cases stand on."""
        return Street(
            units=tuple(self._all(_OLD_UNITS, _unit)),
            departments=tuple(self._all(_OLD_DEPARTMENTS, _department)),
            members=tuple(self._members(_OLD_MEMBERS, {})),
            places=tuple(self._all(_OLD_PLACES, _place)),
        )

    def member(self, code: str) -> Member | None:
        """One member, retired or not."""
        found = self._members(select(MEMBER).where(MEMBER.c.code == bindparam("member")), {"member": code})
        return found[0] if found else None

    def shift_at(self, instant: datetime) -> Shift | None:
        """The shift that runs at an instant; of several the one that began last."""
        found = self._shifts(_SHIFT_AT, {"instant": instant})
        return found[0] if found else None

    def shift_before(self, instant: datetime) -> Shift | None:
        """The shift that had ended by an instant, the last of them."""
        found = self._shifts(_SHIFT_BEFORE, {"instant": instant})
        return found[0] if found else None

    def shift(self, code: str) -> Shift | None:
        """A shift by its code, whatever became of it."""
        found = self._shifts(_SHIFT, {"shift": code})
        return found[0] if found else None

    def shifts_in(self, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """Shifts that run at any time in [since, until), the earliest first."""
        return tuple(self._shifts(_SHIFTS_IN, {"since": since, "until": until}))

    def last_record_by_grid(self) -> Mapping[str, datetime]:
        """Grid code → when a person last recorded anything there."""
        return dict(self._all(_LAST_RECORDS, lambda r: (r[0], r[1])))

    def _members(self, statement: Select[Any], values: Mapping[str, object]) -> list[Member]:
        rows = self._all(statement, lambda row: row, values)
        codes = [row.code for row in rows]
        if not codes:
            return []
        posts, six_roles = _POSTS, _SIX_ROLES
        if len(codes) == 1:
            posts, six_roles = posts.where(POST.c.member == codes[0]), six_roles.where(SIX_ROLE.c.member == codes[0])
        of_posts: dict[str, list[Post]] = {}
        for post in self._all(posts, lambda row: row):
            of_posts.setdefault(post.member, []).append(Post(post.role, post.unit or post.department or "", post.title))
        of_six: dict[str, list[SixRole]] = {}
        for member, six_role in self._all(six_roles, lambda row: (row[0], row[1])):
            of_six.setdefault(member, []).append(six_role)
        return [_member(row, tuple(of_six.get(row.code, ())), tuple(of_posts.get(row.code, ()))) for row in rows]

    def _shifts(self, statement: Select[Any], values: Mapping[str, object]) -> list[Shift]:
        rows = self._all(statement, lambda row: row, values)
        codes = [row.code for row in rows]
        officers: dict[str, list[str]] = {}
        for shift, member in self._all(_OFFICERS.where(OFFICER.c.shift.in_(codes)), lambda r: (r[0], r[1])):
            officers.setdefault(shift, []).append(member)
        duties: dict[str, list[GridDuty]] = {}
        of_these = _GRID_DUTIES.where(GRID_DUTY.c.shift.in_(codes))
        for shift, grid, member in self._all(of_these, lambda r: (r[0], r[1], r[2])):
            duties.setdefault(shift, []).append(GridDuty(grid, member))
        return [
            Shift(
                row.code, row.kind, row.starts_at, row.ends_at, row.leader or "",
                tuple(officers.get(row.code, ())), tuple(duties.get(row.code, ())),
            )
            for row in rows
        ]  # fmt: skip


def _name(row: AnyRow) -> Name:
    return Name(row.name_zh, row.name_en)


def _unit(row: AnyRow) -> Unit:
    return Unit(
        row.code, row.level, _name(row), row.parent or "", Name(row.short_zh, row.short_en), row.official_code,
        row.landmarks, row.delegated_powers, row.residents, row.sort, row.party_branch,
    )  # fmt: skip


def _department(row: AnyRow) -> Department:
    return Department(
        row.code, _name(row), Name(row.short_zh, row.short_en), row.duty_phone, row.stationed or "",
        row.backup or "", row.remit, row.sort, row.workplace or "",
    )  # fmt: skip


def _member(row: AnyRow, six_roles: tuple[SixRole, ...], posts: tuple[Post, ...]) -> Member:
    return Member(
        row.code, _name(row), row.home_unit, row.home_department, row.phone, row.employment, row.grid or "",
        six_roles, posts, row.party_level, row.is_party_lead, row.member_type, row.pre_post_trained, row.active,
        row.managed_by or "",
    )  # fmt: skip


def _committee_member(row: AnyRow) -> CommitteeMember:
    return CommitteeMember(
        row.code, row.unit, _name(row), row.home_unit, row.party, row.title, row.department or "", row.unit_type
    )


def _contact(row: AnyRow) -> Contact:
    return Contact(row.code, _name(row), row.kind, row.phone, row.note, row.unit or "")


def _place(row: AnyRow) -> Place:
    aliases = tuple(json.loads(row.aliases))
    return Place(row.code, _name(row), row.grid, row.kind, aliases, row.hazard, row.pinyin, row.own_pinyin or "")

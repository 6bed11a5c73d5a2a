"""Loading an organisation: rows are updated by code, retired when missing, never deleted (domain 1)."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from app.domain.message import Name
from app.domain.org import Department, Member, Place, Post, Shift, Street, Unit
from app.services.ports import LoadReport
from db.repositories.initials import initials, own_initials
from db.repositories.rows import primary_key
from db.repositories.street import (
    CHAIN,
    COMMITTEE,
    CONTACT,
    DEPARTMENT,
    GRID_DUTY,
    MEMBER,
    OFFICER,
    PLACE,
    POST,
    SHIFT,
    SIX_ROLE,
    UNIT,
    StreetReading,
)

_Row = dict[str, Any]
_Key = tuple[Any, ...]


@dataclass(slots=True)
class _Changes:
    """What a load changed, codes by table."""

    added: dict[str, tuple[str, ...]] = field(default_factory=dict)
    updated: dict[str, tuple[str, ...]] = field(default_factory=dict)
    retired: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def note(self, name: str, added: Iterable[_Key], updated: Iterable[_Key], retired: Iterable[_Key]) -> None:
        for report, keys in ((self.added, added), (self.updated, updated), (self.retired, retired)):
            codes = tuple("/".join(str(part) for part in key) for key in keys)
            if codes:
                report[name] = codes


class StreetWriting(StreetReading):
    """Changes of the organisation and the roster."""

    def save_street(self, street: Street, at: datetime) -> LoadReport:
        """Bring the organisation in line with ``street``; what is back is no longer retired.

        Shifts that have begun stay as history; of the coming ones those missing from a roster are retired.
        """
        changes = _Changes()
        self._bring(changes, "units", UNIT, [_unit_row(unit) for unit in street.units], at)
        self._bring(changes, "departments", DEPARTMENT, [_department_row(one) for one in street.departments], at)
        self._members_in_line(changes, street.members, at)
        self._bring(
            changes, "committee", COMMITTEE,
            [{"code": c.code, "unit": c.unit, **_named(c.name), "home_unit": c.home_unit, "party": c.party,
              "title": c.title, "department": c.department or None, "unit_type": c.unit_type}
             for c in street.committee], at,
        )  # fmt: skip
        self._bring(
            changes, "chain", CHAIN,
            [{"grid": link.grid, "level": link.level, "member": link.member} for link in street.chain], at,
        )  # fmt: skip
        self._bring(
            changes, "contacts", CONTACT,
            [{"code": c.code, **_named(c.name), "kind": c.kind, "phone": c.phone, "note": c.note,
              "unit": c.unit or None}
             for c in street.contacts], at,
        )  # fmt: skip
        self._bring(changes, "places", PLACE, [_place_row(place) for place in street.places], at)
        self._roster_in_line(changes, street.shifts, at)
        return LoadReport(changes.added, changes.updated, changes.retired)

    def save_shift(self, shift: Shift) -> None:
        """Add a shift or replace the one of the same code."""
        self._bring(_Changes(), "shifts", SHIFT, [_shift_row(shift)], shift.starts_at, retire=lambda _: False)
        self._replace_roster([shift])

    # -- how ---------------------------------------------------------------------------------
    def _bring(
        self,
        changes: _Changes,
        name: str,
        rows_of: Table,
        rows: Sequence[_Row],
        at: datetime,
        retire: Callable[[Mapping[Any, Any]], bool] = lambda _: True,
        touched: Iterable[_Key] = (),
    ) -> None:
        """Upsert rows by primary key and retire the others; ``touched`` names rows whose parts changed."""
        keys = [column.name for column in primary_key(rows_of)]
        if "position" in rows_of.c:
            rows = [{**row, "position": n} for n, row in enumerate(rows)]
        there = {tuple(row[key] for key in keys): row for row in self._connection.execute(select(rows_of)).mappings()}
        wanted = {tuple(row[key] for key in keys): row for row in rows}
        added = [key for key in wanted if key not in there]
        back = [key for key in wanted if key in there and there[key]["retired_at"] is not None]
        differs = [key for key, row in wanted.items() if key in there and _differs(row, there[key])]
        changed = dict.fromkeys([*differs, *back, *(key for key in touched if key in there)])
        moved = [key for key in wanted if key in there and _differs(wanted[key], there[key], also="position")]
        gone = [key for key, row in there.items() if key not in wanted and row["retired_at"] is None and retire(row)]
        if added:
            self._connection.execute(insert(rows_of), [wanted[key] for key in added])
        self._update(rows_of, keys, [{**wanted[key], "retired_at": None} for key in dict.fromkeys([*back, *moved])])
        self._update(rows_of, keys, [{**dict(zip(keys, key, strict=True)), "retired_at": at} for key in gone])
        changes.note(name, added, [key for key in wanted if key in changed], gone)

    def _update(self, rows_of: Table, keys: Sequence[str], rows: Sequence[_Row]) -> None:
        if not rows:
            return
        statement = update(rows_of).values({name: bindparam(name) for name in rows[0] if name not in keys})
        for key in keys:
            statement = statement.where(rows_of.c[key] == bindparam(f"key_{key}"))
        self._connection.execute(
            statement,
            [{(f"key_{name}" if name in keys else name): value for name, value in row.items()} for row in rows],
        )

    def _members_in_line(self, changes: _Changes, members: Sequence[Member], at: datetime) -> None:
        before = {member.code: member for member in self._members(select(MEMBER), {})}
        touched = [
            (m.code,)
            for m in members
            if m.code in before and (m.posts != before[m.code].posts or m.six_roles != before[m.code].six_roles)
        ]
        self._bring(changes, "members", MEMBER, [_member_row(member) for member in members], at, touched=touched)
        anew = [m for m in members if m.code not in before or (m.code,) in touched]
        if not anew:
            return
        codes = [{"of_member": member.code} for member in anew]
        for part in (POST, SIX_ROLE):
            self._connection.execute(delete(part).where(part.c.member == bindparam("of_member")), codes)
        of_departments = set(self._connection.scalars(select(DEPARTMENT.c.code)))
        posts = [
            _post_row(member.code, n, post, of_departments) for member in anew for n, post in enumerate(member.posts)
        ]
        if posts:
            self._connection.execute(insert(POST), posts)
        six_roles = [
            {"member": member.code, "six_role": six_role, "position": n}
            for member in anew
            for n, six_role in enumerate(member.six_roles)
        ]
        if six_roles:
            self._connection.execute(insert(SIX_ROLE), six_roles)

    def _roster_in_line(self, changes: _Changes, shifts: Sequence[Shift], at: datetime) -> None:
        before = {shift.code: shift for shift in self._shifts(select(SHIFT), {})}
        touched = [(s.code,) for s in shifts if s.code in before and s != before[s.code]]
        self._bring(
            changes, "shifts", SHIFT, [_shift_row(shift) for shift in shifts], at,
            retire=lambda row: bool(shifts) and row["starts_at"] > at, touched=touched,
        )  # fmt: skip
        self._replace_roster([s for s in shifts if s.code not in before or (s.code,) in touched])

    def _replace_roster(self, shifts: Sequence[Shift]) -> None:
        if not shifts:
            return
        codes = [{"of_shift": shift.code} for shift in shifts]
        for part in (OFFICER, GRID_DUTY):
            self._connection.execute(delete(part).where(part.c.shift == bindparam("of_shift")), codes)
        officers = [
            {"shift": shift.code, "position": n, "member": member}
            for shift in shifts
            for n, member in enumerate(shift.officers)
        ]
        if officers:
            self._connection.execute(insert(OFFICER), officers)
        duties = [
            {"shift": shift.code, "position": n, "grid": duty.grid, "member": duty.member}
            for shift in shifts
            for n, duty in enumerate(shift.grid_duty)
        ]
        if duties:
            self._connection.execute(insert(GRID_DUTY), duties)


def _differs(row: _Row, there: Mapping[Any, Any], also: str = "") -> bool:
    return any(there[name] != value for name, value in row.items() if name != "position" or also == name)


def _named(name: Name, short: Name | None = None) -> _Row:
    row = {"name_zh": name.zh, "name_en": name.en}
    return row if short is None else {**row, "short_zh": short.zh, "short_en": short.en}


def _unit_row(unit: Unit) -> _Row:
    return {
        "code": unit.code, "level": unit.level, **_named(unit.name, unit.short), "parent": unit.parent or None,
        "official_code": unit.official_code, "landmarks": unit.landmarks, "delegated_powers": unit.delegated_powers,
        "residents": unit.residents, "sort": unit.sort, "initials": initials(unit.name.zh, unit.short.zh),
        "party_branch": unit.party_branch,
    }  # fmt: skip


def _department_row(one: Department) -> _Row:
    return {
        "code": one.code, **_named(one.name, one.short), "duty_phone": one.duty_phone,
        "stationed": one.stationed or None, "backup": one.backup or None, "remit": one.remit, "sort": one.sort,
        "initials": initials(one.name.zh, one.short.zh), "workplace": one.workplace or None,
    }  # fmt: skip


def _member_row(member: Member) -> _Row:
    return {
        "code": member.code, **_named(member.name), "home_unit": member.home_unit,
        "home_department": member.home_department, "phone": member.phone, "employment": member.employment,
        "grid": member.grid or None, "party_level": member.party_level, "is_party_lead": member.is_party_lead,
        "member_type": member.member_type, "pre_post_trained": member.pre_post_trained, "active": member.active,
        "managed_by": member.managed_by or None,
    }  # fmt: skip


def _post_row(member: str, position: int, post: Post, departments: Container[str]) -> _Row:
    at_department = post.at in departments
    return {
        "member": member, "position": position, "role": post.role, "title": post.title,
        "unit": None if at_department else post.at or None, "department": post.at if at_department else None,
    }  # fmt: skip


def _place_row(place: Place) -> _Row:
    return {
        "code": place.code, **_named(place.name), "grid": place.grid, "kind": place.kind,
        "aliases": json.dumps(list(place.aliases), ensure_ascii=False), "hazard": place.hazard,
        "pinyin": own_initials(place.own_pinyin) or initials(place.name.zh), "own_pinyin": place.own_pinyin or None,
    }  # fmt: skip


def _shift_row(shift: Shift) -> _Row:
    return {
        "code": shift.code, "kind": shift.kind, "starts_at": shift.starts_at, "ends_at": shift.ends_at,
        "leader": shift.leader or None,
    }  # fmt: skip

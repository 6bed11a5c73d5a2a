"""What loading an organisation would take away or rewrite, and what its event keeps of it (domain 1, 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from app.domain.events import Json
from app.domain.message import Message, Name, Param
from app.domain.org import Post, Role, Shift, Street
from app.services.org_tables import TABLES
from app.services.ports import LoadReport

FEW = 3
"""Fewer rows of a table than this may always be retired; of more, at most a fifth without being told to."""

SHARE = 5
NAMED = 5
"""How many rows a sentence names before it counts the rest."""

OpenCases = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Table → code → numbers of the open cases that stand on it."""


def ended_shifts(before: Street, after: Street, now: datetime) -> tuple[Message, ...]:
    """A sentence for each shift that has ended and would be another afterwards: what was, stays."""
    known = {shift.code: shift for shift in before.shifts}
    changed = [s for s in after.shifts if s.code in known and s != known[s.code] and known[s.code].ends_at <= now]
    return tuple(
        Message(
            "Shift {code} ended at {at}: what was is not changed by a file. Leave it as it was or take it out.",
            {"code": shift.code, "at": known[shift.code].ends_at},
        )
        for shift in changed
    )


def objections(before: Street, after: Street, report: LoadReport, cases: OpenCases) -> tuple[Message, ...]:
    """Why a load should not go through unless it is told to retire: one sentence each."""
    return (*_stood_on(before, report, cases), *_too_many(before, report), *_no_administrator(before, after))


def _stood_on(before: Street, report: LoadReport, cases: OpenCases) -> Iterator[Message]:
    for table, codes in report.retired.items():
        for code in codes:
            numbers = cases.get(table, {}).get(code, ())
            if numbers:
                name = name_of(before, table, code)
                said: dict[str, Param] = {"name": name, "code": code, "cases": _some(numbers)}
                yield Message("{name} ({code}) would be retired, but open cases stand on it: {cases}.", said)


def _too_many(before: Street, report: LoadReport) -> Iterator[Message]:
    for table, codes in report.retired.items():
        total = len(getattr(before, table))
        if len(codes) >= FEW and len(codes) * SHARE > total:
            label = next(one.label for one in TABLES if one.key == table)
            names = some_names(before, table, codes)
            yield Message(
                "{table}: {n} of {total} would be retired: {names}.",
                {"table": label, "n": len(codes), "total": total, "names": names},
            )


def _no_administrator(before: Street, after: Street) -> Iterator[Message]:
    def administrators(street: Street) -> list[Name]:
        return [member.name for member in street.members if member.active and member.holds(Role.STREET_ADMIN)]

    were = administrators(before)
    if were and not administrators(after):
        yield Message("No street administrator would be left; until now there are: {names}.", {"names": _some(were)})


def name_of(street: Street, table: str, code: str) -> Name:
    """The name of a row; its code where the table has no names."""
    found = next((one for one in getattr(street, table) if getattr(one, "code", "") == code), None)
    name = getattr(found, "name", None)
    return name if isinstance(name, Name) else Name(code)


def some_names(street: Street, table: str, codes: tuple[str, ...]) -> tuple[Param, ...]:
    """The first names, and how many more there are."""
    return _some([name_of(street, table, code) for code in codes])


def _some(names: tuple[str, ...] | list[Name]) -> tuple[Param, ...]:
    shown = tuple[Param, ...](names[:NAMED])
    return shown if len(names) <= NAMED else (*shown, Message("{n} more", {"n": len(names) - NAMED}))


def recoverable(before: Street, after: Street, now: datetime) -> dict[str, Json]:
    """What a load rewrites of posts and of the running shift, old and new, as codes: rows do not keep the old.

    ``posts``: member → posts taken away (``-``) and given (``+``), each ``role@place``. ``shifts``: code →
    field → ``[old, new]``. Empty parts are left out.
    """
    posts = dict(_posts_changed(before, after))
    shifts = dict(_shifts_changed(before, after, now))
    return {key: changed for key, changed in (("posts", posts), ("shifts", shifts)) if changed}


def _posts_changed(before: Street, after: Street) -> Iterator[tuple[str, Json]]:
    known = {member.code: member.posts for member in before.members}
    for member in after.members:
        if member.code not in known:
            continue
        old, new = _written(known[member.code]), _written(member.posts)
        lost, won = [one for one in old if one not in new], [one for one in new if one not in old]
        if lost or won:
            yield member.code, {key: list[Json](codes) for key, codes in (("-", lost), ("+", won)) if codes}


def _written(posts: tuple[Post, ...]) -> list[str]:
    return [f"{post.role.value}@{post.at}" for post in posts]


def _shifts_changed(before: Street, after: Street, now: datetime) -> Iterator[tuple[str, Json]]:
    known = {shift.code: shift for shift in before.shifts if shift.starts_at <= now < shift.ends_at}
    for shift in after.shifts:
        if shift.code in known and shift != known[shift.code]:
            old, new = _fields(known[shift.code]), _fields(shift)
            yield shift.code, {key: [old[key], new[key]] for key in old if old[key] != new[key]}


def _fields(shift: Shift) -> dict[str, Json]:
    return {
        "kind": shift.kind.value,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
        "leader": shift.leader,
        "officers": list[Json](shift.officers),
        "grid_duty": [f"{duty.grid}={duty.member}" for duty in shift.grid_duty],
    }

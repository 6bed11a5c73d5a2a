"""The organisation as text: every table of the file, the chain and the four parties (domain 1, rows 8–34)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from app.cli.tongue import N_
from app.domain.org import (
    CommitteeMember,
    Contact,
    Department,
    FourParty,
    Member,
    PartyLevel,
    Place,
    Shift,
    Unit,
    UnitLevel,
)
from app.domain.staffing import staffing
from app.render.sight import Sight
from app.render.table import columns


def org_lines(sight: Sight, tables: Iterable[str] = ()) -> Iterator[str]:
    """The tables asked for, each under its heading; without any all of them, and the head-counts first."""
    asked = list(tables)
    if not asked:
        yield from _staffing(sight)
    for number, key in enumerate(asked or SHOWN):
        if number or not asked:
            yield ""
        yield sight.t(SHOWN[key][0])
        yield from SHOWN[key][1](sight)


def _staffing(sight: Sight) -> Iterator[str]:
    count = staffing(sight.street.street)
    yield sight.t(
        "Department heads on the street committee {heads} · police deputy secretaries in communities {deputies} · "
        "full-time grid members {full}",
        heads=count.committee_heads, deputies=count.branch_deputies, full=count.full_time,
    )  # fmt: skip


def _units(sight: Sight) -> Iterator[str]:
    return columns(_unit(sight, unit) for unit in _tree(sight.street.street.units))


def _tree(units: tuple[Unit, ...], parent: str = "") -> Iterator[Unit]:
    """Units with what belongs to each right below it."""
    for unit in units:
        if unit.parent == parent:
            yield unit
            yield from _tree(units, unit.code)


def _unit(sight: Sight, unit: Unit) -> tuple[str, ...]:
    depth = list(UnitLevel).index(unit.level)
    residents = f"{unit.residents:,}" if unit.residents else ""
    return (
        "  " * depth + unit.code,
        sight.words.name(unit.name),
        sight.words.enum(unit.level),
        residents,
        _word(sight, unit.party_branch),
        unit.landmarks,
    )


def _departments(sight: Sight) -> Iterator[str]:
    def row(one: Department) -> tuple[str, ...]:
        sits = (sight.name(code) for code in (one.stationed, one.backup) if code)
        return (one.code, sight.words.name(one.name), one.duty_phone, " / ".join(sits), one.workplace)

    return columns(row(one) for one in sight.street.street.departments)


def _members(sight: Sight) -> Iterator[str]:
    def row(member: Member) -> tuple[str, ...]:
        posts = " ".join(f"{sight.words.enum(post.role)}@{post.at}" for post in member.posts)
        grid = sight.short(member.grid) if member.grid else ""
        home = member.home_unit
        if member.managed_by and member.managed_by != home:
            home = sight.t("{home}, managed by {by}", home=home, by=member.managed_by)
        six = " ".join(sight.words.enum(role) for role in member.six_roles)
        return (member.code, sight.words.name(member.name), member.phone, grid, home, posts, six)

    return columns(row(member) for member in sight.street.street.members)


def _committee(sight: Sight) -> Iterator[str]:
    def row(one: CommitteeMember) -> tuple[str, ...]:
        kind = _word(sight, one.unit_type)
        return (one.code, sight.short(one.unit), sight.words.name(one.name), one.title,
                _word(sight, one.party), kind if kind != _word(sight, one.party) else "",
                sight.short(one.department) if one.department else one.home_unit)  # fmt: skip

    return columns(row(one) for one in sight.street.street.committee)


def _parties(sight: Sight) -> Iterator[str]:
    """Each community's joint committee by the four parties it is drawn from."""
    committee = sight.street.street.committee
    communities = [unit for unit in sight.street.street.units if unit.level is UnitLevel.COMMUNITY]

    def count(unit: str, party: FourParty) -> str:
        return str(sum(one.unit == unit and one.party is party for one in committee))

    heads = ("", *(sight.words.enum(party) for party in FourParty))
    return columns(((sight.short(unit.code), *(count(unit.code, party) for party in FourParty))
                    for unit in communities), heads)  # fmt: skip


def _chain(sight: Sight) -> Iterator[str]:
    """A grid a row: who answers for it on each of the five levels."""
    held: dict[str, dict[PartyLevel, list[str]]] = {}
    for link in sight.street.street.chain:
        held.setdefault(link.grid, {}).setdefault(link.level, []).append(sight.person(link.member))
    heads = (sight.t("Grid"), *(sight.words.enum(level) for level in PartyLevel))
    return columns(((sight.short(grid), *(" ".join(levels.get(level, ())) for level in PartyLevel))
                    for grid, levels in held.items()), heads)  # fmt: skip


def _contacts(sight: Sight) -> Iterator[str]:
    def row(one: Contact) -> tuple[str, ...]:
        of = sight.short(one.unit) if one.unit else ""
        return (one.code, sight.words.name(one.name), one.phone, one.kind, of, one.note)

    return columns(row(one) for one in sight.street.street.contacts)


def _places(sight: Sight) -> Iterator[str]:
    def row(one: Place) -> tuple[str, ...]:
        aliases = " ".join(one.aliases)
        return (one.code, sight.words.name(one.name), sight.short(one.grid), sight.words.enum(one.kind), aliases,
                one.hazard)  # fmt: skip

    return columns(row(one) for one in sight.street.street.places)


def _shifts(sight: Sight) -> Iterator[str]:
    def row(one: Shift) -> tuple[str, ...]:
        span = f"{sight.words.when(one.starts_at)}–{sight.words.when(one.ends_at)}"
        return (one.code, sight.words.enum(one.kind), span, sight.person(one.leader) if one.leader else "",
                " ".join(sight.person(code) for code in one.officers), str(len(one.grid_duty)))  # fmt: skip

    heads = ("", "", "", sight.t("Duty leader"), sight.t("Duty officer"), sight.t("On duty in grids"))
    return columns((row(one) for one in sight.street.street.shifts), heads)


def _word(sight: Sight, value: StrEnum | None) -> str:
    return sight.words.enum(value) if value is not None else ""


SHOWN: dict[str, tuple[str, Callable[[Sight], Iterator[str]]]] = {
    "units": (N_("Units"), _units),
    "departments": (N_("Departments"), _departments),
    "members": (N_("Members"), _members),
    "committee": (N_("Joint committees"), _committee),
    "parties": (N_("Four parties"), _parties),
    "chain": (N_("Five-level chain"), _chain),
    "contacts": (N_("Contacts"), _contacts),
    "places": (N_("Places"), _places),
    "shifts": (N_("Shifts"), _shifts),
}
"""Table → its heading (msgid) and its lines; ``parties`` is drawn from the committees."""

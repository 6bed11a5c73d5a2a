"""Between checked rows and a Street: built from them to read a file, laid out as them to write one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.domain.message import Name
from app.domain.org import (
    ChainLink,
    CommitteeMember,
    Contact,
    Department,
    Employment,
    FourParty,
    GridDuty,
    Member,
    PartyBranch,
    PartyLevel,
    Place,
    PlaceKind,
    Post,
    Role,
    Shift,
    ShiftKind,
    SixRole,
    Street,
    Unit,
    UnitLevel,
    UnitType,
)
from app.services.org_rows import Row, Rows
from app.services.org_tables import Value


def street_from(rows: Rows) -> Street:
    """The street that checked rows describe; the order of the file is kept."""
    posts = _grouped(rows["posts"], "member")
    duties = _grouped(rows["grid_duty"], "shift")
    return Street(
        units=tuple(_unit(row) for row in rows["units"]),
        departments=tuple(_department(row) for row in rows["departments"]),
        members=tuple(_member(row, posts) for row in rows["members"]),
        committee=tuple(_committee_member(row) for row in rows["committee"]),
        chain=tuple(
            ChainLink(row.text("grid"), row.chosen(PartyLevel, "level"), row.text("member")) for row in rows["chain"]
        ),
        contacts=tuple(
            Contact(
                row.text("code"), row.name(), row.text("kind"), row.text("phone"), row.text("note"), row.text("unit")
            )
            for row in rows["contacts"]
        ),
        places=tuple(_place(row) for row in rows["places"]),
        shifts=tuple(_shift(row, duties) for row in rows["shifts"]),
    )


def _unit(row: Row) -> Unit:
    return Unit(
        code=row.text("code"),
        level=row.chosen(UnitLevel, "level"),
        name=row.name(),
        parent=row.text("parent"),
        short=row.name("short_"),
        official_code=row.text("official_code"),
        landmarks=row.text("landmarks"),
        delegated_powers=row.text("delegated_powers"),
        residents=row.number_of("residents"),
        sort=row.number_of("sort"),
        party_branch=row.optional(PartyBranch, "party_branch"),
    )


def _department(row: Row) -> Department:
    return Department(
        code=row.text("code"),
        name=row.name(),
        short=row.name("short_"),
        duty_phone=row.text("duty_phone"),
        stationed=row.text("stationed"),
        backup=row.text("backup"),
        remit=row.text("remit"),
        sort=row.number_of("sort"),
        workplace=row.text("workplace"),
    )


def _member(row: Row, posts: Mapping[str, Sequence[Row]]) -> Member:
    code = row.text("code")
    return Member(
        code=code,
        name=row.name(),
        home_unit=row.text("home_unit"),
        home_department=row.text("home_department"),
        phone=row.text("phone"),
        employment=row.chosen(Employment, "employment"),
        grid=row.text("grid"),
        six_roles=row.all_chosen(SixRole, "six_roles"),
        posts=tuple(
            Post(post.chosen(Role, "role"), post.text("at"), post.text("title")) for post in posts.get(code, ())
        ),
        party_level=row.optional(PartyLevel, "party_level"),
        is_party_lead=row.flag("is_party_lead"),
        member_type=row.text("member_type"),
        pre_post_trained=row.flag("pre_post_trained"),
        active=row.flag("active"),
        managed_by=row.text("managed_by"),
    )


def _committee_member(row: Row) -> CommitteeMember:
    return CommitteeMember(
        code=row.text("code"),
        unit=row.text("unit"),
        name=row.name(),
        home_unit=row.text("home_unit"),
        party=row.optional(FourParty, "party"),
        title=row.text("title"),
        department=row.text("department"),
        unit_type=row.optional(UnitType, "unit_type"),
    )


def _place(row: Row) -> Place:
    return Place(
        code=row.text("code"),
        name=row.name(),
        grid=row.text("grid"),
        kind=row.chosen(PlaceKind, "kind"),
        aliases=row.texts("aliases"),
        hazard=row.text("hazard"),
        pinyin=row.text("pinyin"),
        own_pinyin=row.text("pinyin"),
    )


def _shift(row: Row, duties: Mapping[str, Sequence[Row]]) -> Shift:
    code = row.text("code")
    return Shift(
        code=code,
        kind=row.chosen(ShiftKind, "kind"),
        starts_at=row.instant("starts_at"),
        ends_at=row.instant("ends_at"),
        leader=row.text("leader"),
        officers=row.texts("officers"),
        grid_duty=tuple(GridDuty(duty.text("grid"), duty.text("member")) for duty in duties.get(code, ())),
    )


def _grouped(rows: Sequence[Row], key: str) -> Mapping[str, Sequence[Row]]:
    """Rows by the code that a column names, each group in the order of the file."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.text(key), []).append(row)
    return groups


def rows_of(street: Street) -> Mapping[str, list[Mapping[str, Value]]]:
    """The street as rows by table key, each a value by column key: the reverse of ``street_from``."""
    return {
        "units": [dict(_fields(unit), **_names(unit.name, unit.short)) for unit in street.units],
        "departments": [dict(_fields(one), **_names(one.name, one.short)) for one in street.departments],
        "members": [dict(_fields(member), **_names(member.name)) for member in street.members],
        "posts": [
            {"member": member.code, "role": post.role, "at": post.at, "title": post.title}
            for member in street.members
            for post in member.posts
        ],
        "committee": [dict(_fields(one), **_names(one.name)) for one in street.committee],
        "chain": [dict(_fields(link)) for link in street.chain],
        "contacts": [dict(_fields(contact), **_names(contact.name)) for contact in street.contacts],
        "places": [dict(_fields(place), **_names(place.name), pinyin=place.own_pinyin) for place in street.places],
        "shifts": [dict(_fields(shift)) for shift in street.shifts],
        "grid_duty": [
            {"shift": shift.code, "grid": duty.grid, "member": duty.member}
            for shift in street.shifts
            for duty in shift.grid_duty
        ],
    }


def _fields(
    record: Unit | Department | Member | CommitteeMember | ChainLink | Contact | Place | Shift,
) -> Iterator[tuple[str, Value]]:
    """The fields of a record that are columns under the same name."""
    for key in record.__dataclass_fields__:
        if key not in ("name", "short", "posts", "grid_duty", "own_pinyin"):
            yield key, getattr(record, key)


def _names(name: Name, short: Name | None = None) -> dict[str, Value]:
    names: dict[str, Value] = {"zh": name.zh, "en": name.en}
    if short is not None:
        names |= {"short_zh": short.zh, "short_en": short.en}
    return names

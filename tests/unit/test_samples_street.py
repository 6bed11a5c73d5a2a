"""The demo street: the totals of the report, who can decide for whom, and no trace of a real person."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.domain.org import (
    Employment,
    FourParty,
    PartyLevel,
    PlaceKind,
    Role,
    ShiftKind,
    SixRole,
    Street,
    UnitLevel,
)
from app.domain.staffing import Staffing, staffing
from app.domain.text import looks_personal
from app.samples import POLICY, STREET, sample_text
from app.services.org_file import read_org_toml

NIGHT = "N20200702"


@pytest.fixture(scope="module")
def street() -> Street:
    """The demo street."""
    return read_org_toml(sample_text(STREET), STREET)


def grids(street: Street) -> list[str]:
    return [unit.code for unit in street.units if unit.level is UnitLevel.GRID]


def test_one_zone_one_street_six_communities_22_grids(street: Street) -> None:
    """The tree of the reference, with its codes (domain 9)."""
    assert Counter(unit.level for unit in street.units) == {
        UnitLevel.ZONE: 1,
        UnitLevel.STREET: 1,
        UnitLevel.COMMUNITY: 6,
        UnitLevel.GRID: 22,
    }
    counts = Counter(code.rsplit("-", 1)[0] for code in grids(street))
    assert counts == {"JF-SH": 4, "JF-GNP": 4, "JF-LF": 4, "JF-WX": 4, "JF-MLP": 3, "JF-PPA": 3}
    shorts = {unit.code: unit.short.zh for unit in street.units}
    assert (shorts["JF-SH-G01"], shorts["JF-GNP-G02"]) == ("双河一", "牯牛坪二")
    assert len({unit.sort for unit in street.units if unit.level is UnitLevel.GRID}) == 22


def test_residents_add_up_to_the_census(street: Street) -> None:
    """27,595 on every level below the zone."""
    for level in (UnitLevel.STREET, UnitLevel.COMMUNITY, UnitLevel.GRID):
        assert sum(unit.residents for unit in street.units if unit.level is level) == 27_595


def test_fifty_full_time_members_each_in_a_grid(street: Street) -> None:
    """50 full-time grid members (domain 1, row 28); everybody else is not full-time."""
    full = [member for member in street.members if member.employment is Employment.FULL]
    assert len(full) == 50
    assert all(member.grid and member.holds(Role.GRID_MEMBER) for member in full)
    assert {member.grid for member in full} == set(grids(street))


def test_every_name_stands_in_both_languages(street: Street) -> None:
    """The board is bilingual to the last row."""
    named = (*street.units, *street.departments, *street.members, *street.committee, *street.contacts, *street.places)
    assert [one.code for one in named if not one.name.en or not one.name.zh] == []
    shorts = [unit for unit in street.units if not unit.short.en]
    assert shorts == []
    assert all(department.short.zh and department.short.en for department in street.departments)


def test_members_are_told_apart_by_name(street: Street) -> None:
    """Nobody at the desk can choose the wrong one of two equal names."""
    for language in ("zh", "en"):
        names = Counter(member.name.in_language(language) for member in street.members)
        assert [name for name, count in names.items() if count > 1] == []


def test_ten_departments_with_phone_stationed_officer_and_backup(street: Street) -> None:
    """Rows 31–33: two different liaisons of the department itself, who hold the post there."""
    members = {member.code: member for member in street.members}
    assert len(street.departments) == 10
    for department in street.departments:
        assert department.duty_phone
        assert department.stationed != department.backup
        for code in (department.stationed, department.backup):
            assert members[code].home_department == department.code
            assert [(post.role, post.at) for post in members[code].posts] == [(Role.DEPT_LIAISON, department.code)]


def test_six_roles_are_full_in_two_grids_and_vacant_in_some(street: Street) -> None:
    """双河一 and 牯牛坪二 lack nobody; vacancies elsewhere are shown live (row 24)."""
    held = {code: {role for m in street.members if m.grid == code for role in m.six_roles} for code in grids(street)}
    vacant = {code: set(SixRole) - roles for code, roles in held.items() if set(SixRole) - roles}
    assert not vacant.keys() & {"JF-SH-G01", "JF-GNP-G02"}
    assert vacant.keys() == {"JF-WX-G02", "JF-WX-G04", "JF-LF-G04", "JF-MLP-G03", "JF-PPA-G03"}
    for code in grids(street):
        roles = Counter(role for member in street.members if member.grid == code for role in member.six_roles)
        assert max(roles.values()) == 1


def test_somebody_else_can_always_decide(street: Street) -> None:
    """Every role that decides for others is held by at least two persons (decisions 10)."""
    for role in (
        Role.GRID_LEADER,
        Role.DUTY_OFFICER,
        Role.DUTY_LEADER,
        Role.STREET_ADMIN,
        Role.ZONE_PLATFORM,
        Role.DEPT_LIAISON,
    ):
        assert sum(member.holds(role) for member in street.members) >= 2
    communities = {unit.code for unit in street.units if unit.level is UnitLevel.COMMUNITY}
    led = {post.at for member in street.members for post in member.posts if post.role is Role.GRID_LEADER}
    assert led == communities


def test_joint_committees_have_the_totals_of_the_report(street: Street) -> None:
    """Two department heads at the street, six police deputies, four parties in each community (rows 22–28)."""
    at_street = [one for one in street.committee if one.unit == "JF"]
    police = [one for one in street.committee if one.unit != "JF" and one.party is None]
    assert len(at_street) == 2
    assert len(police) == 6
    assert {one.home_unit for one in police} == {"公安"}
    assert all("副书记" in one.title for one in police)
    for unit in street.units:
        if unit.level is UnitLevel.COMMUNITY:
            parties = {one.party for one in street.committee if one.unit == unit.code and one.party}
            assert parties == set(FourParty)


def test_the_five_level_chain_is_whole_in_every_grid(street: Street) -> None:
    """Five levels of responsible persons for each of the 22 grids (row 12)."""
    for grid in grids(street):
        assert {link.level for link in street.chain if link.grid == grid} == set(PartyLevel)


def test_the_head_counts_of_the_report_are_counted(street: Street) -> None:
    """2, 6 and 50 (row 28), from the rows and not from a number."""
    assert staffing(street) == Staffing(committee_heads=2, branch_deputies=6, full_time=50)
    fewer = replace(street, committee=street.committee[1:], members=street.members[1:])
    assert staffing(fewer) == Staffing(committee_heads=1, branch_deputies=6, full_time=49)


def test_every_community_has_a_contact_and_a_service_center(street: Street) -> None:
    """Row 14: one contact point for each of the six, and a place where it is found."""
    communities = [unit.code for unit in street.units if unit.level is UnitLevel.COMMUNITY]
    assert sorted(one.unit for one in street.contacts if one.unit) == sorted(communities)
    parents = {unit.code: unit.parent for unit in street.units}
    centers = [parents[place.grid] for place in street.places if place.kind is PlaceKind.SERVICE_CENTER]
    assert sorted(centers) == sorted(communities)


def test_what_the_report_tells_of_departments_and_vendors(street: Street) -> None:
    """Heads and officers name their department (22), sunk staff are managed by the street (32), B3 is a zone (50)."""
    spoken = {one.code: one.department for one in street.committee if one.party is None}
    assert all(spoken.values())
    assert spoken["DGW-1"] == "enforcement_brigade"
    sunk = [member for member in street.members if member.grid and member.home_department]
    assert sunk
    assert {member.managed_by for member in sunk} == {"吉凤街道"}
    assert [place.code for place in street.places if place.kind is PlaceKind.VENDING_ZONE] == ["longfeng_b3"]
    assert all(department.workplace for department in street.departments)


def test_the_night_of_2_july_has_leader_officers_and_every_grid(street: Street) -> None:
    """18:00 to 08:00 with one leader and two officers; the two who patrol the river are on (domain 9)."""
    shift = next(shift for shift in street.shifts if shift.code == NIGHT)
    assert (shift.kind, shift.starts_at, shift.ends_at) == (
        ShiftKind.NIGHT,
        datetime(2020, 7, 2, 10, 0, tzinfo=UTC),
        datetime(2020, 7, 3, 0, 0, tzinfo=UTC),
    )
    names = {member.code: member.name.zh for member in street.members}
    assert names[shift.leader] == "街道·带班领导"
    assert [names[code] for code in shift.officers] == ["街道·值班员甲", "街道·值班员乙"]
    assert {duty.grid for duty in shift.grid_duty} == set(grids(street))
    river = [names[duty.member] for duty in shift.grid_duty if duty.grid == "JF-SH-G01"]
    assert river == ["双河一网格·网格员甲", "双河一网格·网格员乙"]


def test_the_roster_keeps_its_own_rules(street: Street) -> None:
    """One leader and two officers who hold the post, everybody trained, 11 hours of rest (domain 7)."""
    members = {member.code: member for member in street.members}
    worked: dict[str, list[tuple[datetime, datetime]]] = {}
    for shift in street.shifts:
        assert members[shift.leader].holds(Role.DUTY_LEADER)
        assert len(shift.officers) == 2
        assert all(members[code].holds(Role.DUTY_OFFICER) for code in shift.officers)
        for code in (shift.leader, *shift.officers, *(duty.member for duty in shift.grid_duty)):
            assert members[code].pre_post_trained
            worked.setdefault(code, []).append((shift.starts_at, shift.ends_at))
        for duty in shift.grid_duty:
            assert members[duty.member].grid == duty.grid
    for code, spans in worked.items():
        for (_, ended), (began, _) in pairwise(sorted(spans)):
            assert began - ended >= timedelta(hours=11), code
    assert [member.code for member in street.members if not member.pre_post_trained]


def test_both_samples_have_a_shift_at_their_time(street: Street) -> None:
    """Somebody is on at 23:53 of the night and on the morning of 26 October (decisions 21)."""
    for instant in (datetime(2020, 7, 2, 15, 53, tzinfo=UTC), datetime(2020, 10, 26, 2, 0, tzinfo=UTC)):
        assert [shift for shift in street.shifts if shift.starts_at <= instant < shift.ends_at]


def test_places_of_the_report_are_known_by_name(street: Street) -> None:
    """Each in the grid where the report has it; at least forty over all communities and grids."""
    places = {place.name.zh: place for place in street.places}
    for name, grid in {
        "双河大桥": "JF-SH-G01",
        "吉凤家园": "JF-SH-G01",
        "吉凤家园后步行道": "JF-SH-G01",
        "万溶江": "JF-SH-G01",
        "下游排水口": "JF-SH-G01",
        "溶江小学": "JF-GNP-G02",
        "溶江小区": "JF-GNP-G02",
        "州幼儿园分园": "JF-GNP-G02",
        "湘西职院": "JF-LF-G03",
        "龙凤B3区路口": "JF-LF-G03",
    }.items():
        assert places[name].grid == grid
    assert places["双河大桥"].kind is PlaceKind.BRIDGE
    assert places["吉凤家园后步行道"].hazard
    assert len(places) == len(street.places) >= 40
    assert {place.grid for place in street.places} == set(grids(street))


def test_no_two_places_answer_to_one_name(street: Street) -> None:
    """A name or alias typed in one line points to one place."""
    names = Counter(name for place in street.places for name in (place.name.zh, *place.aliases))
    assert [name for name, count in names.items() if count > 1] == []


def test_phones_lead_nowhere_and_nothing_looks_personal(street: Street) -> None:
    """Phones are 000-0000-xxxx; no text of either sample looks like an identity or mobile number (domain 9, 10)."""
    phones = [one.phone for one in (*street.members, *street.contacts)]
    phones += [department.duty_phone for department in street.departments]
    shape = re.compile(r"(?:000-0000-\d{4})?")
    assert all(shape.fullmatch(phone) for phone in phones)
    assert len({phone for phone in phones if phone}) == len([phone for phone in phones if phone])
    for name in (STREET, POLICY):
        assert looks_personal(sample_text(name)) is None


def test_members_are_named_by_post_alone(street: Street) -> None:
    """Every name says a post of the network, so that none can be a person's."""
    post = re.compile(
        r"书记|工作人员|网格员[甲乙]|驻格员|驻格民警|社区干部|带班领导|办事处主任|值班员|值班长|管理员|大屏|联系委员"
        r"|常驻员|替补|楼栋长|居民组长|代表|家庭医生|法律顾问|专业社工|志愿者|负责人|公安干警"
    )
    assert [one.name.zh for one in (*street.members, *street.committee) if not post.search(one.name.zh)] == []


def test_an_unknown_sample_is_not_found() -> None:
    """The loader reads what the package carries and nothing else."""
    with pytest.raises(FileNotFoundError):
        sample_text("nowhere.toml")

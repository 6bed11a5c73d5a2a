"""The street as it is organised: units, grids, departments, members, places, contacts, shifts (domain 1, rows 1–34)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.message import Name


class UnitLevel(StrEnum):
    """The operational line zone → street → community → grid (domain 1, rows 1–9)."""

    ZONE = "zone"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"


class Role(StrEnum):
    """What a member may do in the product (domain 2.10)."""

    GRID_MEMBER = "grid_member"
    GRID_LEADER = "grid_leader"
    DUTY_OFFICER = "duty_officer"
    DUTY_LEADER = "duty_leader"
    STREET_ADMIN = "street_admin"
    ZONE_PLATFORM = "zone_platform"
    DEPT_LIAISON = "dept_liaison"
    VIEWER = "viewer"
    SYSTEM = "system"


class SixRole(StrEnum):
    """The six officers of a grid, 六大员 (domain 1, row 24)."""

    OPINION_SURVEYOR = "opinion_surveyor"
    DISPUTE_MEDIATOR = "dispute_mediator"
    URBAN_ENFORCER = "urban_enforcer"
    POLICY_PUBLICIST = "policy_publicist"
    SERVICE_HELPER = "service_helper"
    DEMOCRACY_SUPERVISOR = "democracy_supervisor"


class PartyLevel(StrEnum):
    """The five-level chain of responsibility (domain 1, row 12)."""

    ZONE_COMMITTEE = "zone_committee"
    STREET_COMMITTEE = "street_committee"
    COMMUNITY_BRANCH = "community_branch"
    GRID_PARTY_GROUP = "party_group"
    PARTY_MEMBER = "party_member"


class PartyBranch(StrEnum):
    """How a party branch was set up: 分类, 联合, 挂靠 (domain 1, row 13)."""

    CLASSIFIED = "classified"
    JOINT = "joint"
    AFFILIATED = "affiliated"


class UnitType(StrEnum):
    """What kind of unit a committee member comes from (domain 1, rows 16, 21, 22)."""

    DEPARTMENT = "department"
    RESIDENT_UNIT = "resident_unit"
    ENTERPRISE = "enterprise"
    NEW_ORG = "new_org"
    """两新组织: new economic and social organisations."""
    OWNERS_COMMITTEE = "owners_committee"
    PROPERTY_COMPANY = "property_company"
    SOCIAL_ORG = "social_org"
    ECONOMIC_ORG = "economic_org"
    MASS_ORG = "mass_org"


class FourParty(StrEnum):
    """The four kinds of party a community's joint committee is drawn from (domain 1, row 23)."""

    RESIDENT_UNIT = "resident_unit"
    ENTERPRISE = "enterprise"
    OWNERS_COMMITTEE = "owners_committee"
    RESIDENT = "resident"


class Employment(StrEnum):
    """Full-time or part-time grid work (domain 1, row 29)."""

    FULL = "full"
    PART = "part"


class PlaceKind(StrEnum):
    """What kind of place a landmark is (domain 1, row 10)."""

    ESTATE = "estate"
    FIRM = "firm"
    MARKET = "market"
    BUILDING = "building"
    SCHOOL = "school"
    BRIDGE = "bridge"
    RIVER = "river"
    ROAD = "road"
    WALKWAY = "walkway"
    SERVICE_CENTER = "service_center"
    """党群服务中心: where a community is found (row 14)."""
    VENDING_ZONE = "vending_zone"
    """Where vendors were given a place (row 50)."""
    OTHER = "other"


class ShiftKind(StrEnum):
    """Shift types of the roster (domain 7)."""

    DAY = "day"
    NIGHT = "night"
    STANDBY = "standby"


@dataclass(frozen=True, slots=True)
class Unit:
    """Zone, street, community or grid. ``code`` is ours (``JF-SH-G01``), ``official_code`` the standard's, if known."""

    code: str
    level: UnitLevel
    name: Name
    parent: str = ""
    short: Name = field(default_factory=lambda: Name(""))
    """What a row of the board shows: 双河一."""
    official_code: str = ""
    landmarks: str = ""
    delegated_powers: str = ""
    residents: int = 0
    sort: int = 0
    party_branch: PartyBranch | None = None
    """How its party branch was set up (row 13), where it is known."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department, bureau or office that is whistled for; on site through a stationed officer (rows 31–33)."""

    code: str
    name: Name
    short: Name
    duty_phone: str = ""
    stationed: str = ""
    """Member code of the stationed officer (常驻)."""
    backup: str = ""
    remit: str = ""
    sort: int = 0
    workplace: str = ""
    """Where its people in the street sit: 固化工作场地 (row 33)."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in a unit or department: one person may hold posts on two levels (row 21a)."""

    role: Role
    at: str
    """Unit code, or department code for ``dept_liaison``."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the network by role placeholder: never a real name in samples (domain 9)."""

    code: str
    name: Name
    home_unit: str = ""
    """Where the person comes from (domain 1, row 26), free text."""
    home_department: str = ""
    phone: str = ""
    employment: Employment = Employment.FULL
    grid: str = ""
    six_roles: tuple[SixRole, ...] = ()
    posts: tuple[Post, ...] = ()
    party_level: PartyLevel | None = None
    is_party_lead: bool = False
    member_type: str = ""
    """The open-ended N of 1+4+6N (row 25): 家庭医生, 社会志愿者 …"""
    pre_post_trained: bool = True
    active: bool = True
    managed_by: str = ""
    """Who directs the work where that is not the home unit: 区属、街管、街用 (row 32), free text."""

    def holds(self, role: Role) -> bool:
        """Whether any post of the member carries ``role``."""
        return any(post.role is role for post in self.posts)


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    """A part-time member of the street's or a community's joint committee (大工委/大党委, rows 15, 22, 23)."""

    code: str
    unit: str
    name: Name
    home_unit: str = ""
    party: FourParty | None = None
    """Which of the four parties; None for the street's department heads."""
    title: str = ""
    department: str = ""
    """Department code, where the member speaks for a department (row 22)."""
    unit_type: UnitType | None = None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """Who answers for a grid at one of the five party levels (row 12)."""

    grid: str
    level: PartyLevel
    member: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An outside contact: supplier, school, college (rows 49, 56); or the contact point of a unit (row 14)."""

    code: str
    name: Name
    kind: str = ""
    phone: str = ""
    note: str = ""
    unit: str = ""
    """Community or street whose contact point it is; empty for others."""


@dataclass(frozen=True, slots=True)
class Place:
    """A landmark inside a grid, with the aliases people use for it."""

    code: str
    name: Name
    grid: str
    kind: PlaceKind = PlaceKind.OTHER
    aliases: tuple[str, ...] = ()
    hazard: str = ""
    pinyin: str = ""
    """Initials by which it is found, computed when written (``shdq`` for 双河大桥), unless it has its own."""
    own_pinyin: str = ""
    """Initials that somebody typed, for characters with several readings; they win."""


@dataclass(frozen=True, slots=True)
class GridDuty:
    """Who is on duty in one grid during a shift."""

    grid: str
    member: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A duty shift of the street's desk with its leader and officers (domain 6.2)."""

    code: str
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    leader: str
    officers: tuple[str, ...]
    grid_duty: tuple[GridDuty, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Codes of the leader and the officers, each once."""
        return tuple(dict.fromkeys((self.leader, *self.officers)))


@dataclass(frozen=True, slots=True)
class Street:
    """The whole organisation as loaded: what one org file or sheet holds."""

    units: tuple[Unit, ...] = ()
    departments: tuple[Department, ...] = ()
    members: tuple[Member, ...] = ()
    committee: tuple[CommitteeMember, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    contacts: tuple[Contact, ...] = ()
    places: tuple[Place, ...] = ()
    shifts: tuple[Shift, ...] = ()

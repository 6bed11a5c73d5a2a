"""The street as it is organised. Rows are keyed by code and retired, never deleted: history names them (domain 1)."""

from datetime import datetime

from sqlmodel import Field

from app.domain.org import (
    Employment,
    FourParty,
    PartyBranch,
    PartyLevel,
    PlaceKind,
    Role,
    SixRole,
    UnitLevel,
    UnitType,
)
from db.tables.base import Row, check, coded, refers


class UnitRow(Row, table=True):
    """Zone, street, community or grid."""

    __table_args__ = (
        refers("parent", "unit.code", later=True),
        check("code", "code <> ''"),
        check("name", "name_zh <> ''"),
        check("parent_other", "parent <> code"),
        check("residents", "residents >= 0"),
    )

    code: str = Field(primary_key=True)
    level: UnitLevel = Field(sa_type=coded(UnitLevel, "level"))
    name_zh: str
    name_en: str = ""
    short_zh: str = ""
    short_en: str = ""
    parent: str | None = None
    official_code: str = ""
    landmarks: str = ""
    delegated_powers: str = ""
    residents: int = 0
    sort: int = 0
    initials: str = ""
    """Pinyin initials of the name and of the short name, for completion."""
    last_record_at: datetime | None = None
    """When a person last recorded anything there (case or spot); survives a new org file."""
    position: int = 0
    """Where the row stood in its file."""
    retired_at: datetime | None = None
    party_branch: PartyBranch | None = Field(default=None, sa_type=coded(PartyBranch, "party_branch", checked=False))


class DepartmentRow(Row, table=True):
    """A department, bureau or office that is whistled for."""

    __table_args__ = (
        refers("stationed", "member.code", later=True),
        refers("backup", "member.code", later=True),
        check("code", "code <> ''"),
        check("name", "name_zh <> ''"),
    )

    code: str = Field(primary_key=True)
    name_zh: str
    name_en: str = ""
    short_zh: str = ""
    short_en: str = ""
    duty_phone: str = ""
    stationed: str | None = None
    backup: str | None = None
    remit: str = ""
    sort: int = 0
    initials: str = ""
    position: int = 0
    retired_at: datetime | None = None
    workplace: str | None = None


class MemberRow(Row, table=True):
    """A person of the network."""

    __table_args__ = (
        refers("grid", "unit.code", later=True),
        check("code", "code <> '' AND code <> 'system'"),
        check("name", "name_zh <> ''"),
    )

    code: str = Field(primary_key=True)
    name_zh: str
    name_en: str = ""
    home_unit: str = ""
    home_department: str = ""
    phone: str = ""
    employment: Employment = Field(sa_type=coded(Employment, "employment"))
    grid: str | None = None
    party_level: PartyLevel | None = Field(default=None, sa_type=coded(PartyLevel, "party_level"))
    is_party_lead: bool = False
    member_type: str = ""
    pre_post_trained: bool = True
    active: bool = True
    position: int = 0
    retired_at: datetime | None = None
    managed_by: str | None = None


class MemberPostRow(Row, table=True):
    """A role a member holds in a unit or, as liaison, in a department."""

    __table_args__ = (
        refers("member", "member.code", later=True),
        refers("unit", "unit.code", later=True),
        refers("department", "department.code", later=True),
        check("one_place", "unit IS NULL OR department IS NULL"),
        check("liaison", "role <> 'dept_liaison' OR unit IS NULL"),
        check("not_system", "role <> 'system'"),
    )

    member: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    role: Role = Field(sa_type=coded(Role, "role"))
    unit: str | None = None
    department: str | None = None
    title: str = ""


class MemberSixRoleRow(Row, table=True):
    """One of the six officers' parts a member plays in the grid (六大员)."""

    __table_args__ = (refers("member", "member.code", later=True),)

    member: str = Field(primary_key=True)
    six_role: SixRole = Field(primary_key=True, sa_type=coded(SixRole, "six_role"))
    position: int = 0


class CommitteeMemberRow(Row, table=True):
    """A part-time member of a joint committee (大工委/大党委)."""

    __table_args__ = (
        refers("unit", "unit.code", later=True),
        check("code", "code <> ''"),
        check("name", "name_zh <> ''"),
    )

    code: str = Field(primary_key=True)
    unit: str
    name_zh: str
    name_en: str = ""
    home_unit: str = ""
    party: FourParty | None = Field(default=None, sa_type=coded(FourParty, "party"))
    title: str = ""
    position: int = 0
    retired_at: datetime | None = None
    department: str | None = None
    unit_type: UnitType | None = Field(default=None, sa_type=coded(UnitType, "unit_type", checked=False))


class ChainLinkRow(Row, table=True):
    """Who answers for a grid at one of the five party levels."""

    __table_args__ = (
        refers("grid", "unit.code", later=True),
        refers("member", "member.code", later=True),
    )

    grid: str = Field(primary_key=True)
    level: PartyLevel = Field(primary_key=True, sa_type=coded(PartyLevel, "level"))
    member: str = Field(primary_key=True)
    position: int = 0
    retired_at: datetime | None = None


class ContactRow(Row, table=True):
    """An outside contact: supplier, school, college."""

    __table_args__ = (check("code", "code <> ''"), check("name", "name_zh <> ''"))

    code: str = Field(primary_key=True)
    name_zh: str
    name_en: str = ""
    kind: str = ""
    phone: str = ""
    note: str = ""
    position: int = 0
    retired_at: datetime | None = None
    unit: str | None = None


class PlaceRow(Row, table=True):
    """A landmark inside a grid."""

    __table_args__ = (
        refers("grid", "unit.code", later=True),
        check("code", "code <> ''"),
        check("name", "name_zh <> ''"),
    )

    code: str = Field(primary_key=True)
    name_zh: str
    name_en: str = ""
    grid: str
    kind: PlaceKind = Field(sa_type=coded(PlaceKind, "kind"))
    aliases: str = "[]"
    """JSON list of the names people use for it."""
    hazard: str = ""
    pinyin: str = ""
    position: int = 0
    retired_at: datetime | None = None
    own_pinyin: str | None = None

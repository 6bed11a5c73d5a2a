"""What the organisation's enum values are called in a file: the label in either language, or the code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.message import Name
from app.domain.org import (
    Employment,
    FourParty,
    PartyBranch,
    PartyLevel,
    PlaceKind,
    Role,
    ShiftKind,
    SixRole,
    UnitLevel,
    UnitType,
)

LABELS: Mapping[StrEnum, Name] = {
    UnitLevel.ZONE: Name("开发区", "Zone"),
    UnitLevel.STREET: Name("街道", "Street"),
    UnitLevel.COMMUNITY: Name("社区", "Community"),
    UnitLevel.GRID: Name("网格", "Grid"),
    Role.GRID_MEMBER: Name("网格员", "Grid member"),
    Role.GRID_LEADER: Name("网格长", "Grid leader"),
    Role.DUTY_OFFICER: Name("值班员", "Duty officer"),
    Role.DUTY_LEADER: Name("带班领导", "Duty leader"),
    Role.STREET_ADMIN: Name("街道管理员", "Street administrator"),
    Role.ZONE_PLATFORM: Name("开发区平台", "Zone platform"),
    Role.DEPT_LIAISON: Name("部门联络员", "Department liaison"),
    Role.VIEWER: Name("只读", "Viewer"),
    SixRole.OPINION_SURVEYOR: Name("社情民意调查员", "Opinion surveyor"),
    SixRole.DISPUTE_MEDIATOR: Name("矛盾纠纷化解员", "Dispute mediator"),
    SixRole.URBAN_ENFORCER: Name("城市管理执法员", "Urban enforcer"),
    SixRole.POLICY_PUBLICIST: Name("政策法规宣传员", "Policy publicist"),
    SixRole.SERVICE_HELPER: Name("惠民便民服务员", "Service helper"),
    SixRole.DEMOCRACY_SUPERVISOR: Name("民主制度监督员", "Democracy supervisor"),
    PartyLevel.ZONE_COMMITTEE: Name("区党工委", "Zone Party working committee"),
    PartyLevel.STREET_COMMITTEE: Name("街道党工委", "Street Party working committee"),
    PartyLevel.COMMUNITY_BRANCH: Name("社区党支部", "Community Party branch"),
    PartyLevel.GRID_PARTY_GROUP: Name("网格党小组", "Grid Party group"),
    PartyLevel.PARTY_MEMBER: Name("党员", "Party member"),
    PartyBranch.CLASSIFIED: Name("分类组建", "Classified"),
    PartyBranch.JOINT: Name("联合组建", "Joint"),
    PartyBranch.AFFILIATED: Name("挂靠组建", "Affiliated"),
    UnitType.DEPARTMENT: Name("职能部门", "Department"),
    UnitType.RESIDENT_UNIT: Name("驻区单位", "Resident unit"),
    UnitType.ENTERPRISE: Name("企业", "Enterprise"),
    UnitType.NEW_ORG: Name("两新组织", "New organisation"),
    UnitType.OWNERS_COMMITTEE: Name("业委会", "Owners' committee"),
    UnitType.PROPERTY_COMPANY: Name("物业公司", "Property company"),
    UnitType.SOCIAL_ORG: Name("社会组织", "Social organisation"),
    UnitType.ECONOMIC_ORG: Name("经济组织", "Economic organisation"),
    UnitType.MASS_ORG: Name("群团组织", "Mass organisation"),
    FourParty.RESIDENT_UNIT: Name("驻区单位", "Resident unit"),
    FourParty.ENTERPRISE: Name("企业", "Enterprise"),
    FourParty.OWNERS_COMMITTEE: Name("小区业委会", "Owners' committee"),
    FourParty.RESIDENT: Name("社区居民", "Resident"),
    Employment.FULL: Name("专职", "Full-time"),
    Employment.PART: Name("兼职", "Part-time"),
    PlaceKind.ESTATE: Name("小区", "Estate"),
    PlaceKind.FIRM: Name("企业", "Firm"),
    PlaceKind.MARKET: Name("市场商铺", "Market or shops"),
    PlaceKind.BUILDING: Name("楼栋", "Building"),
    PlaceKind.SCHOOL: Name("学校", "School"),
    PlaceKind.BRIDGE: Name("桥梁", "Bridge"),
    PlaceKind.RIVER: Name("河道", "River"),
    PlaceKind.ROAD: Name("道路", "Road"),
    PlaceKind.WALKWAY: Name("步行道", "Walkway"),
    PlaceKind.SERVICE_CENTER: Name("党群服务中心", "Service center"),
    PlaceKind.VENDING_ZONE: Name("摊贩疏导点", "Vending zone"),
    PlaceKind.OTHER: Name("其他", "Other"),
    ShiftKind.DAY: Name("白班", "Day shift"),
    ShiftKind.NIGHT: Name("夜班", "Night shift"),
    ShiftKind.STANDBY: Name("备勤", "Standby"),
}
"""Every value a file may hold. ``Role.SYSTEM`` is missing on purpose: no person is the program itself."""


def choices(enum: type[StrEnum]) -> tuple[StrEnum, ...]:
    """The values of an enum that a file may hold, in their order of declaration."""
    return tuple(member for member in enum if member in LABELS)


def choice(enum: type[StrEnum], text: str) -> StrEnum | None:
    """The value meant by a code or by a label in either language, regardless of case; None when none is."""
    wanted = text.strip().casefold()
    for member in choices(enum):
        label = LABELS[member]
        if wanted in (member.value, label.zh.casefold(), label.en.casefold()):
            return member
    return None

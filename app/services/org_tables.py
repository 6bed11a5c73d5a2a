"""The organisation file as data: tables and their columns, read by the TOML and by the sheet reader alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

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

Value: TypeAlias = str | int | bool | datetime | StrEnum | tuple[str, ...] | tuple[StrEnum, ...] | None
"""What a cell holds once it is understood; instants are aware UTC."""


class CellKind(StrEnum):
    """How the text of a cell is understood."""

    TEXT = "text"
    TEXTS = "texts"
    CODE = "code"
    CODES = "codes"
    PHONE = "phone"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    INSTANT = "instant"


EMPTY: Mapping[CellKind, Value] = {
    CellKind.TEXT: "",
    CellKind.TEXTS: (),
    CellKind.CODE: "",
    CellKind.CODES: (),
    CellKind.PHONE: "",
    CellKind.NUMBER: 0,
    CellKind.FLAG: False,
    CellKind.CHOICE: None,
    CellKind.CHOICES: (),
    CellKind.INSTANT: None,
}

NO_NOTE = Name("")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` names it in TOML, ``label`` heads it in a sheet."""

    key: str
    label: Name
    kind: CellKind = CellKind.TEXT
    required: bool = False
    enum: type[StrEnum] | None = None
    refers: str = ""
    """Key of the table whose codes the cell names."""
    levels: tuple[UnitLevel, ...] = ()
    """Levels of the unit it may name; empty = any."""
    default: Value = None
    """What an empty cell means; None = the empty value of its kind."""
    cap: int = 200
    note: Name = NO_NOTE

    @property
    def empty(self) -> Value:
        """What an empty cell means."""
        return EMPTY[self.kind] if self.default is None else self.default


@dataclass(frozen=True, slots=True)
class Table:
    """One array of tables in TOML, one sheet in a workbook."""

    key: str
    label: Name
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ("code",)
    """Columns whose values together occur once."""
    examples: tuple[Mapping[str, str], ...] = field(default=())
    """Rows of the template, written with codes; together they make one valid street."""

    def column(self, key: str) -> Column:
        """The column with this key; KeyError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


def _code(note: Name) -> Column:
    return Column("code", Name("编码", "Code"), CellKind.CODE, required=True, cap=40, note=note)


def _names(*, short: bool = False, short_required: bool = False) -> tuple[Column, ...]:
    names = (
        Column("zh", Name("名称", "Name (Chinese)"), required=True, cap=60),
        Column("en", Name("英文名称", "Name (English)"), cap=120, note=Name("可不填", "May be left empty")),
    )
    if not short:
        return names
    note = Name("大屏一格里显示的字", "What a row of the board shows")
    return (
        *names,
        Column("short_zh", Name("简称", "Short (Chinese)"), required=short_required, cap=20, note=note),
        Column("short_en", Name("英文简称", "Short (English)"), cap=40),
    )


def _unit(key: str, label: Name, *levels: UnitLevel, required: bool = True) -> Column:
    return Column(key, label, CellKind.CODE, required=required, refers="units", levels=levels, cap=40)


def _member(key: str, label: Name, *, required: bool = False) -> Column:
    note = Name("人员编码", "Code of a member")
    return Column(key, label, CellKind.CODE, required=required, refers="members", cap=40, note=note)


_LIST = Name("多个用顿号或分号隔开", "Several are separated by semicolons")
_SORT = Column("sort", Name("排序", "Order"), CellKind.NUMBER, note=Name("小的在前", "Small ones first"))
_PHONE = Column("phone", Name("电话", "Phone"), CellKind.PHONE, cap=40)
_GRID = Name("网格", "Grid")
_TIME = Name("街道当地时间,如 2020-07-02 18:00", "Local time of the street, e.g. 2020-07-02 18:00")

UNITS = Table(
    "units",
    Name("单位", "Units"),
    (
        _code(Name("自编,如 JF-SH-G01", "Yours, e.g. JF-SH-G01")),
        Column("level", Name("层级", "Level"), CellKind.CHOICE, required=True, enum=UnitLevel),
        *_names(short=True),
        Column(
            "parent",
            Name("上级编码", "Parent"),
            CellKind.CODE,
            refers="units",
            cap=40,
            note=Name("网格属社区,社区属街道,街道属开发区", "Grid in community in street in zone"),
        ),
        Column("official_code", Name("标准编码", "Official code"), cap=40),
        Column("landmarks", Name("地标范围", "Landmarks"), cap=500),
        Column("delegated_powers", Name("赋权事项", "Delegated powers"), cap=2000),
        Column("residents", Name("居民数", "Residents"), CellKind.NUMBER),
        Column(
            "party_branch",
            Name("党组织组建方式", "Party branch set up"),
            CellKind.CHOICE,
            enum=PartyBranch,
            note=Name("分类、联合或挂靠,可不填", "How its branch was set up; may be left empty"),
        ),
        _SORT,
    ),
    examples=(
        {"code": "KFQ", "level": "zone", "zh": "某开发区管委会", "en": "Example Zone"},
        {"code": "JD", "level": "street", "zh": "某街道", "en": "Example Street", "parent": "KFQ"},
        {"code": "JD-SQ", "level": "community", "zh": "某社区", "en": "Example Community", "parent": "JD"},
        {"code": "JD-SQ-G01", "level": "grid", "zh": "某社区一网格", "short_zh": "某一", "parent": "JD-SQ"},
    ),
)

DEPARTMENTS = Table(
    "departments",
    Name("部门", "Departments"),
    (
        _code(Name("自编,如 utilities_center", "Yours, e.g. utilities_center")),
        *_names(short=True, short_required=True),
        Column("duty_phone", Name("值班电话", "Duty phone"), CellKind.PHONE, cap=40),
        _member("stationed", Name("常驻人员", "Stationed officer")),
        _member("backup", Name("替补人员", "Backup")),
        Column("remit", Name("职责", "Remit"), cap=500),
        Column("workplace", Name("驻点", "Workplace"), note=Name("常驻街道的工作场地", "Where its people sit"), cap=60),
        _SORT,
    ),
    examples=(
        {
            "code": "utilities_center",
            "zh": "公共事业中心",
            "en": "Public Utilities Center",
            "short_zh": "公共",
            "short_en": "Utilities",
            "duty_phone": "000-0000-0001",
            "stationed": "GG-1",
        },
    ),
)

MEMBERS = Table(
    "members",
    Name("人员", "Members"),
    (
        _code(Name("自编,终端里用它选人", "Yours; chosen at the desk")),
        *_names(),
        Column("home_unit", Name("来自单位", "Home unit"), cap=60),
        Column(
            "home_department",
            Name("派出部门", "Home department"),
            CellKind.CODE,
            refers="departments",
            cap=40,
            note=Name("部门编码", "Code of a department"),
        ),
        _PHONE,
        Column(
            "employment",
            Name("专兼职", "Employment"),
            CellKind.CHOICE,
            enum=Employment,
            default=Employment.FULL,
        ),
        _unit("grid", _GRID, UnitLevel.GRID, required=False),
        Column("six_roles", Name("六大员", "Six roles"), CellKind.CHOICES, enum=SixRole, note=_LIST),
        Column("party_level", Name("党组织层级", "Party level"), CellKind.CHOICE, enum=PartyLevel),
        Column("is_party_lead", Name("党员牵头", "Party lead"), CellKind.FLAG),
        Column("member_type", Name("人员类别", "Member type"), cap=40),
        Column("pre_post_trained", Name("已岗前培训", "Pre-post trained"), CellKind.FLAG, default=True),
        Column("active", Name("在岗", "Active"), CellKind.FLAG, default=True),
        Column(
            "managed_by",
            Name("管理单位", "Managed by"),
            cap=60,
            note=Name("区属街管街用的,填街道", "Who directs the work, when not the home unit"),
        ),
    ),
    examples=(
        {
            "code": "G01-A",
            "zh": "某社区一网格·网格员甲",
            "en": "Example Grid 1 · grid member A",
            "home_unit": "某社区",
            "phone": "000-0000-0002",
            "employment": "full",
            "grid": "JD-SQ-G01",
            "six_roles": "opinion_surveyor; service_helper",
        },
        {"code": "DB-1", "zh": "街道·带班领导", "en": "Street · duty leader", "employment": "part"},
        {
            "code": "GG-1",
            "zh": "公共事业中心·常驻员",
            "home_department": "utilities_center",
            "employment": "part",
        },
    ),
)

POSTS = Table(
    "posts",
    Name("任职", "Posts"),
    (
        _member("member", Name("人员", "Member"), required=True),
        Column("role", Name("角色", "Role"), CellKind.CHOICE, required=True, enum=Role),
        Column(
            "at",
            Name("任职单位", "At"),
            CellKind.CODE,
            required=True,
            cap=40,
            note=Name("单位编码;部门联络员填部门编码", "Code of a unit; of a department for a liaison"),
        ),
        Column("title", Name("职务", "Title"), cap=60),
    ),
    unique=("member", "role", "at"),
    examples=(
        {"member": "G01-A", "role": "grid_member", "at": "JD-SQ-G01"},
        {"member": "DB-1", "role": "duty_leader", "at": "JD", "title": "带班领导"},
        {"member": "GG-1", "role": "dept_liaison", "at": "utilities_center"},
    ),
)

COMMITTEE = Table(
    "committee",
    Name("大工委大党委", "Joint committees"),
    (
        _code(Name("自编", "Yours")),
        _unit("unit", Name("街道或社区", "Unit"), UnitLevel.STREET, UnitLevel.COMMUNITY),
        *_names(),
        Column("home_unit", Name("来自单位", "Home unit"), cap=60),
        Column(
            "party",
            Name("四类对象", "Four parties"),
            CellKind.CHOICE,
            enum=FourParty,
            note=Name("部门负责人、公安干警不填", "Empty for department heads and police"),
        ),
        Column("title", Name("职务", "Title"), cap=60),
        Column(
            "department",
            Name("所属部门", "Department"),
            CellKind.CODE,
            refers="departments",
            cap=40,
            note=Name("代表部门的,填部门编码", "Code, of whom speaks for a department"),
        ),
        Column("unit_type", Name("单位类型", "Unit type"), CellKind.CHOICE, enum=UnitType),
    ),
    examples=({"code": "WY-1", "unit": "JD-SQ", "zh": "某小区业委会·党员代表", "party": "owners_committee"},),
)

CHAIN = Table(
    "chain",
    Name("五级责任链", "Five-level chain"),
    (
        _unit("grid", _GRID, UnitLevel.GRID),
        Column("level", Name("党组织层级", "Party level"), CellKind.CHOICE, required=True, enum=PartyLevel),
        _member("member", Name("责任人", "Member"), required=True),
    ),
    unique=("grid", "level", "member"),
    examples=({"grid": "JD-SQ-G01", "level": "party_group", "member": "G01-A"},),
)

CONTACTS = Table(
    "contacts",
    Name("联系单位", "Contacts"),
    (
        _code(Name("自编", "Yours")),
        *_names(),
        Column("kind", Name("类别", "Kind"), cap=40),
        _PHONE,
        Column("note", Name("备注", "Note"), cap=500),
        Column(
            "unit",
            Name("联系点所属", "Contact point of"),
            CellKind.CODE,
            refers="units",
            levels=(UnitLevel.STREET, UnitLevel.COMMUNITY),
            cap=40,
            note=Name("街道或社区的联系点才填", "Code of the street or community it is the contact point of"),
        ),
    ),
    examples=({"code": "manhole_supplier", "zh": "井盖商家", "kind": "供应商", "phone": "000-0000-0003"},),
)

PLACES = Table(
    "places",
    Name("地点", "Places"),
    (
        _code(Name("自编", "Yours")),
        *_names(),
        _unit("grid", _GRID, UnitLevel.GRID),
        Column("kind", Name("类别", "Kind"), CellKind.CHOICE, enum=PlaceKind, default=PlaceKind.OTHER),
        Column("aliases", Name("别名", "Aliases"), CellKind.TEXTS, cap=500, note=_LIST),
        Column("hazard", Name("隐患", "Hazard"), cap=500),
        Column(
            "pinyin",
            Name("拼音首字母", "Pinyin initials"),
            cap=60,
            note=Name("不填则自动生成;多音字可自填", "Made when empty; fill in for odd readings"),
        ),
    ),
    examples=({"code": "QIAO", "zh": "某大桥", "grid": "JD-SQ-G01", "kind": "bridge", "aliases": "大桥; 老桥"},),
)

SHIFTS = Table(
    "shifts",
    Name("班次", "Shifts"),
    (
        _code(Name("自编", "Yours")),
        Column("kind", Name("班别", "Kind"), CellKind.CHOICE, required=True, enum=ShiftKind),
        Column("starts_at", Name("开始", "Starts"), CellKind.INSTANT, required=True, note=_TIME),
        Column("ends_at", Name("结束", "Ends"), CellKind.INSTANT, required=True, note=_TIME),
        _member("leader", Name("带班领导", "Leader"), required=True),
        Column(
            "officers",
            Name("值班员", "Officers"),
            CellKind.CODES,
            required=True,
            refers="members",
            cap=500,
            note=_LIST,
        ),
    ),
    examples=(
        {
            "code": "N0702",
            "kind": "night",
            "starts_at": "2020-07-02 18:00",
            "ends_at": "2020-07-03 08:00",
            "leader": "DB-1",
            "officers": "G01-A",
        },
    ),
)

GRID_DUTY = Table(
    "grid_duty",
    Name("网格值守", "Grid duty"),
    (
        Column(
            "shift",
            Name("班次", "Shift"),
            CellKind.CODE,
            required=True,
            refers="shifts",
            cap=40,
            note=Name("班次编码", "Code of a shift"),
        ),
        _unit("grid", _GRID, UnitLevel.GRID),
        _member("member", Name("人员", "Member"), required=True),
    ),
    unique=("shift", "grid", "member"),
    examples=({"shift": "N0702", "grid": "JD-SQ-G01", "member": "G01-A"},),
)

TABLES: tuple[Table, ...] = (
    UNITS,
    DEPARTMENTS,
    MEMBERS,
    POSTS,
    COMMITTEE,
    CHAIN,
    CONTACTS,
    PLACES,
    SHIFTS,
    GRID_DUTY,
)
"""Every table, in the order of the template's sheets."""

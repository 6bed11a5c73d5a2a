"""The organisation TOML: what is understood, what is refused, and by which words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.errors import BadInput
from app.domain.message import Message, Name
from app.domain.org import Employment, PlaceKind, Post, Role, SixRole, Street, UnitLevel
from app.services.org_file import OrgProblems, read_org_toml
from app.services.org_labels import LABELS, choice, choices
from app.services.org_tables import TABLES, CellKind
from app.services.problems import KEPT

UNITS = """
[[units]]
code = "JD"
level = "街道"
zh = "某街道"
[[units]]
code = "SQ"
level = "community"
zh = "某社区"
parent = "JD"
[[units]]
code = "G1"
level = "Grid"
zh = "某社区一网格"
short_zh = "某一"
parent = "SQ"
"""
PEOPLE = """
[[members]]
code = "A"
zh = "网格员甲"
grid = "G1"
[[members]]
code = "B"
zh = "网格员乙"
employment = "兼职"
"""
SHIFT = """
[[shifts]]
code = "N1"
kind = "夜班"
starts_at = "2020-07-02 18:00"
ends_at = 2020-07-03T08:00:00
leader = "A"
officers = ["A", "B"]
"""


def read(text: str) -> Street:
    return read_org_toml(text, "street.toml")


def problems(text: str) -> list[tuple[str, str, str, str]]:
    """Table, row, column and reason of each problem of a text that must be refused."""
    with pytest.raises(OrgProblems) as refused:
        read(text)
    return [_place(problem) for problem in refused.value.problems]


def _place(problem: Message) -> tuple[str, str, str, str]:
    reason = problem.params.get("reason")
    return (
        str(problem.params.get("table")),
        str(problem.params.get("row", "")),
        str(problem.params.get("column", "")),
        reason.msgid if isinstance(reason, Message) else problem.msgid,
    )


def test_an_empty_file_is_an_empty_street() -> None:
    """A street starts empty and is useful on day one (domain 1, row 5)."""
    assert read("# nothing yet\n") == Street()


def test_units_members_posts_and_shifts_come_out_as_values() -> None:
    """Labels or codes, lists or text, names in both languages: all mean the same values."""
    street = read(
        UNITS
        + PEOPLE
        + SHIFT
        + """
[[posts]]
member = "A"
role = "grid_member"
at = "G1"
title = "组长"
[[posts]]
member = "A"
role = "网格长"
at = "SQ"
[[grid_duty]]
shift = "N1"
grid = "G1"
member = "A"
"""
    )
    assert [unit.level for unit in street.units] == [UnitLevel.STREET, UnitLevel.COMMUNITY, UnitLevel.GRID]
    assert street.units[2].short == Name("某一")
    first, second = street.members
    assert first.posts == (Post(Role.GRID_MEMBER, "G1", "组长"), Post(Role.GRID_LEADER, "SQ"))
    assert first.employment is Employment.FULL
    assert second.employment is Employment.PART
    shift = street.shifts[0]
    assert shift.starts_at == datetime(2020, 7, 2, 10, 0, tzinfo=UTC)
    assert shift.ends_at == datetime(2020, 7, 3, 0, 0, tzinfo=UTC)
    assert shift.officers == ("A", "B")
    assert [(duty.grid, duty.member) for duty in shift.grid_duty] == [("G1", "A")]


def test_times_are_local_to_the_zone_given() -> None:
    """The policy's zone, not the machine's, says what 18:00 means."""
    street = read_org_toml(PEOPLE.replace('grid = "G1"\n', "") + SHIFT, "x", zone=ZoneInfo("Europe/Berlin"))
    assert street.shifts[0].starts_at == datetime(2020, 7, 2, 16, 0, tzinfo=UTC)


def test_an_instant_with_an_offset_keeps_its_meaning() -> None:
    """TOML's own offset times are not read as local ones."""
    text = SHIFT.replace("2020-07-03T08:00:00", "2020-07-03T00:00:00Z")
    street = read(PEOPLE.replace('grid = "G1"\n', "") + text)
    assert street.shifts[0].ends_at == datetime(2020, 7, 3, 0, 0, tzinfo=UTC)


def test_lists_are_split_on_any_separator_and_said_once() -> None:
    """Aliases and six roles may be a list or one text with 、 or ; between."""
    street = read(
        UNITS
        + """
[[members]]
code = "A"
zh = "甲"
six_roles = "社情民意调查员、dispute_mediator; Urban Enforcer"
[[places]]
code = "Q"
zh = "双河大桥"
grid = "G1"
kind = "桥梁"
aliases = ["双河桥", "大桥,双河桥"]
"""
    )
    assert street.members[0].six_roles == (
        SixRole.OPINION_SURVEYOR,
        SixRole.DISPUTE_MEDIATOR,
        SixRole.URBAN_ENFORCER,
    )
    assert street.places[0].kind is PlaceKind.BRIDGE
    assert street.places[0].aliases == ("双河桥", "大桥")


def test_texts_are_cleaned_when_read() -> None:
    """Invisible characters never reach the database (reliability 7)."""
    street = read('[[contacts]]\ncode = "C"\nzh = " 井盖\\u200b商家\\n"\nnote = "a\\u001bb\\tc"\n')
    assert street.contacts[0].name == Name("井盖商家")
    assert street.contacts[0].note == "ab c"


def test_text_over_its_cap_is_refused_not_cut() -> None:
    """Over a cap it is a problem with both numbers (decisions 8)."""
    [found] = problems(f'[[contacts]]\ncode = "C"\nzh = "{"长" * 61}"\n')
    assert found == ("contacts", "1 (C)", "zh", "is {count} characters long; at most {cap} are kept")


GRID_TWINS = """
[[units]]
code = "Z"
level = "zone"
zh = "区"
[[units]]
code = "S"
level = "street"
zh = "街道"
parent = "Z"
[[units]]
code = "C"
level = "community"
zh = "社区"
parent = "S"
[[units]]
code = "C-1"
level = "grid"
zh = "一网格"
short_zh = "双河一"
parent = "C"
[[units]]
code = "C-2"
level = "grid"
zh = "二网格"
parent = "C"
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[[unit]]\ncode = "A"\n', ("unit", "", "", 'there is no table "{table}"; known are: {allowed}')),
        ("units = 3\n", ("units", "", "", '"{table}" must be written as [[{table}]], one for each row')),
        ("[units]\n", ("units", "", "", '"{table}" must be written as [[{table}]], one for each row')),
        (
            '[[contacts]]\ncode = "C"\nzh = "某"\nfax = "1"\n',
            ("contacts", "1", "fax", '{table}, row {row}: there is no column "{column}"'),
        ),
        ('[[contacts]]\nzh = "某"\n', ("contacts", "1", "code", "must not be empty")),
        ('[[contacts]]\ncode = "C"\nzh = "  "\n', ("contacts", "1 (C)", "zh", "must not be empty")),
        ('[[contacts]]\ncode = "C"\nzh = true\n', ("contacts", "1 (C)", "zh", "must be text, not a yes or no")),
        ('[[contacts]]\ncode = "C"\nzh = {}\n', ("contacts", "1 (C)", "zh", "must be text")),
        (
            '[[contacts]]\ncode = "C"\nzh = 2020-07-02\n',
            ("contacts", "1 (C)", "zh", "is a date or a time; format the cell as text and type it again"),
        ),
        (
            '[[contacts]]\ncode = "# C"\nzh = "某"\n',
            ("contacts", "1", "code", '"{text}" is no code; use letters, digits, dot, hyphen and underscore'),
        ),
        (
            '[[contacts]]\ncode = "C"\nzh = "某"\nphone = "打他手机"\n',
            ("contacts", "1 (C)", "phone", '"{text}" is no phone number'),
        ),
        (
            '[[units]]\ncode = "U"\nzh = "某"\nlevel = "district"\n',
            ("units", "1 (U)", "level", '"{text}" is not one of: {allowed}'),
        ),
        (
            '[[units]]\ncode = "U"\nzh = "某"\nlevel = "zone"\nresidents = -1\n',
            ("units", "1 (U)", "residents", '"{text}" is no whole number from 0 to 1,000,000,000'),
        ),
        (
            '[[members]]\ncode = "M"\nzh = "某"\nactive = "maybe"\n',
            ("members", "1 (M)", "active", '"{text}" is neither yes nor no'),
        ),
        (
            '[[members]]\ncode = "system"\nzh = "某"\n',
            ("members", "1 (system)", "code", '"{code}" is the program itself'),
        ),
        (
            '[[members]]\ncode = "M"\nzh = "某"\nsix_roles = ["网格长"]\n',
            ("members", "1 (M)", "six_roles", '"{text}" is not one of: {allowed}'),
        ),
    ],
)
def test_what_cannot_be_understood_is_named(text: str, found: tuple[str, str, str, str]) -> None:
    """Each problem names table, row, column and reason; nothing else is said of a file with one fault."""
    assert problems(text) == [found]


@pytest.mark.parametrize(
    ("more", "table", "column", "reason"),
    [
        ('[[units]]\ncode = "G1"\nlevel = "grid"\nzh = "又一"\nparent = "SQ"\n', "units", "code", "the same"),
        ('[[units]]\ncode = "G2"\nlevel = "grid"\nzh = "二"\nparent = "JD"\n', "units", "parent", "is of level"),
        ('[[units]]\ncode = "G2"\nlevel = "grid"\nzh = "二"\nparent = "XX"\n', "units", "parent", "there is no"),
        ('[[units]]\ncode = "G2"\nlevel = "grid"\nzh = "二"\n', "units", "parent", "must not be empty"),
        ('[[units]]\ncode = "J2"\nlevel = "street"\nzh = "二"\n', "units", "level", "more than one"),
        ('[[units]]\ncode = "Z"\nlevel = "zone"\nzh = "区"\nparent = "JD"\n', "units", "parent", "nothing above"),
        ('[[members]]\ncode = "C"\nzh = "丙"\ngrid = "SQ"\n', "members", "grid", "is of level"),
        ('[[members]]\ncode = "C"\nzh = "丙"\ngrid = "G9"\n', "members", "grid", "there is no"),
        ('[[members]]\ncode = "C"\nzh = "丙"\nhome_department = "D"\n', "members", "home_department", "there is no"),
        (
            '[[departments]]\ncode = "D"\nzh = "某局"\nshort_zh = "某"\nstationed = "Z"\n',
            "departments",
            "stationed",
            "there is no",
        ),
        ('[[posts]]\nmember = "A"\nrole = "duty_officer"\nat = "G1"\n', "posts", "at", "is of level"),
        ('[[posts]]\nmember = "A"\nrole = "dept_liaison"\nat = "G1"\n', "posts", "at", "no department"),
        ('[[posts]]\nmember = "A"\nrole = "grid_member"\nat = "D"\n', "posts", "at", "no unit"),
        ('[[posts]]\nmember = "A"\nrole = "system"\nat = "JD"\n', "posts", "role", "is not one of"),
        ('[[posts]]\nmember = "Z"\nrole = "viewer"\nat = "JD"\n', "posts", "member", "there is no"),
        ('[[chain]]\ngrid = "SQ"\nlevel = "party_group"\nmember = "A"\n', "chain", "grid", "is of level"),
        ('[[committee]]\ncode = "W"\nzh = "某"\nunit = "G1"\n', "committee", "unit", "is of level"),
        ('[[places]]\ncode = "P"\nzh = "某"\ngrid = "G9"\n', "places", "grid", "there is no"),
        ('[[grid_duty]]\nshift = "N1"\ngrid = "G1"\nmember = "Z"\n', "grid_duty", "member", "there is no"),
        ('[[grid_duty]]\nshift = "N9"\ngrid = "G1"\nmember = "A"\n', "grid_duty", "shift", "there is no"),
        (SHIFT.replace("N1", "N2"), "shifts", "starts_at", "overlaps"),
        (SHIFT.replace("N1", "N2").replace("-02 18:00", "-03 09:00"), "shifts", "ends_at", "after the start"),
        (
            SHIFT.replace("N1", "N2").replace("夜班", "白班").replace('"B"]', '"Z"]'),
            "shifts",
            "officers",
            "there is no",
        ),
        (SHIFT.replace("N1", "N2").replace("夜班", "白班").replace("18:00", "今晚"), "shifts", "starts_at", "no time"),
        (
            SHIFT.replace("N1", "N2").replace("夜班", "白班").replace('"2020-07-02 18:00"', "2020-07-02"),
            "shifts",
            "starts_at",
            "date without a time",
        ),
    ],
)
def test_what_does_not_fit_together_is_named(more: str, table: str, column: str, reason: str) -> None:
    """Duplicate codes, unknown references, wrong levels, impossible shifts: one sentence each."""
    text = UNITS + PEOPLE + SHIFT + more
    read(UNITS + PEOPLE + SHIFT)
    [found] = problems(text)
    assert (found[0], found[2]) == (table, column)
    assert reason in found[3]


def test_shifts_of_the_same_kind_may_touch() -> None:
    """The next night may begin on the minute the last one ends; another kind may overlap."""
    text = UNITS + PEOPLE + SHIFT
    text += SHIFT.replace("N1", "N2").replace("2020-07-03T08:00:00", "2020-07-04T08:00:00").replace("-02 18", "-03 08")
    text += SHIFT.replace("N1", "S1").replace("夜班", "备勤")
    assert len(read(text).shifts) == 3


def test_a_bad_cell_does_not_drag_others_along() -> None:
    """A member whose phone is wrong is still known to those who name the member."""
    found = problems(UNITS + PEOPLE.replace('grid = "G1"', 'phone = "?"') + SHIFT)
    assert [problem[2] for problem in found] == ["phone"]


def test_all_problems_are_told_at_once_up_to_twenty() -> None:
    """A person mends the file in one go; the count tells how much is left."""
    text = "".join(f'[[contacts]]\ncode = "C{n}"\n' for n in range(30))
    with pytest.raises(OrgProblems) as refused:
        read(text)
    assert refused.value.total == 30
    assert len(refused.value.problems) == KEPT
    assert refused.value.message.params["count"] == 30
    assert refused.value.exit_status == 2


def test_text_that_is_no_toml_names_the_line() -> None:
    """The place of the slip is in the sentence."""
    with pytest.raises(BadInput) as refused:
        read("[[units]\n")
    assert refused.value.message.params["line"] == 1


def test_every_enum_of_the_tables_has_labels_and_reads_them_back() -> None:
    """A new enum value without a label would be impossible to write in a sheet."""
    columns = [column for table in TABLES for column in table.columns]
    enums = {column.enum for column in columns if column.enum is not None}
    for enum in enums:
        assert set(enum) - {Role.SYSTEM} == set(choices(enum))
        for value in choices(enum):
            label = LABELS[value]
            assert choice(enum, label.zh) is choice(enum, label.en.upper()) is choice(enum, value.value) is value
    assert all(column.enum for column in columns if column.kind in (CellKind.CHOICE, CellKind.CHOICES))


def member(code: str, name: str, home: str) -> str:
    """A member in TOML."""
    return f'[[members]]\ncode = "{code}"\nzh = "{name}"\nhome_unit = "{home}"\n'


TWINS = member("A", "网格员甲", "双河") + member("B", "网格员甲", "双河")


@pytest.mark.parametrize(
    ("text", "row", "named"),
    [(f'{GRID_TWINS}short_zh = "双河一"\n', "4 (C-1)", "双河一"), (TWINS, "1 (A)", "网格员甲")],
)
def test_nobody_and_no_grid_is_named_twice(text: str, row: str, named: str) -> None:
    """Two grids with one short name and two members of one unit with one name are refused, naming both rows."""
    with pytest.raises(OrgProblems) as refused:
        read(text)
    (found,) = refused.value.problems
    reason = found.params["reason"]
    assert isinstance(reason, Message)
    assert (reason.params["name"], reason.params["row"]) == (named, row)


def test_members_of_different_units_may_share_a_name() -> None:
    """Each has a unit that tells them apart."""
    assert len(read(member("A", "值班员", "应急局") + member("B", "值班员", "安监局")).members) == 2

"""What `wangge org load` may take away: nothing that a case stands on, and nothing much, unless it is told to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.samples import STREET, sample_text
from tests.cli.conftest import ADMIN, PATROLLER, PLATFORM, Type

GRID, DEPARTMENT = "JF-SH-G01", "utilities_center"
PHONE = ("--channel", "phone")


def without(*patterns: str) -> str:
    """The demo street's file without the lines in which a pattern is found."""
    lines = sample_text(STREET).splitlines()
    return "\n".join(line for line in lines if not any(re.search(pattern, line) for pattern in patterns))


def file(text: str, name: str = "changed.toml") -> str:
    """Write a file into the test's folder; its name."""
    Path(name).write_text(text, encoding="utf-8")
    return name


NO_UTILITIES = without(r'code = "utilities_center"', '"GGZX-', 'at = "utilities_center"')
NO_GRID = without(
    "D20200702", '"JF-SH-G01"', 'code = "SH-G01', 'member = "SH-G01', 'member = "SH-SEC"', 'code = "SH-SEC"'
)


def test_what_open_cases_stand_on_is_not_retired_unasked(desk: Type, dispatched: str) -> None:
    """The department that is called and the grid are named with the case; nothing has changed."""
    said = desk("org", "load", file(NO_UTILITIES), "--as", ADMIN, "--json")
    assert (said.status, said.error["code"]) == (1, "not_loaded")
    assert dispatched in said.error["message"]
    assert "Public Utilities Center (utilities_center)" in said.error["message"]
    assert "--retire" in said.error["message"]
    said = desk("org", "load", file(NO_GRID), "--as", ADMIN, "--json")
    problems = " ".join(said.error["problems"])
    assert f"Shuanghe Grid 1 ({GRID})" in problems
    assert PATROLLER in problems
    assert DEPARTMENT in {one["code"] for one in desk("org", "show", "--json").document["departments"]}


def test_a_retired_department_still_answers_its_case(desk: Type, dispatched: str) -> None:
    """Named, acknowledged, on site, done, checked, closed by the command line; but nothing new is sent to it."""
    loaded = desk("org", "load", file(NO_UTILITIES), "--retire", "--as", ADMIN)
    assert loaded.status == 0, loaded.err
    assert "Public Utilities Center" in loaded.out
    assert DEPARTMENT not in {one["code"] for one in desk("org", "show", "--json").document["departments"]}
    assert "Public Utilities Center" in desk("whistle", "show", dispatched).out
    for department in ("公共", "应急"):
        for step in (
            ("acknowledge",),
            ("report-in", "--person", "驻点员", "--said", "到了"),
            ("done", "--note", "好了"),
        ):
            said = desk("whistle", step[0], dispatched, "--department", department, *step[1:], *PHONE)
            assert said.status == 0, (step, said.err)
    by_grid = ("--on-behalf-of", PATROLLER, *PHONE)
    said = desk("whistle", "check", dispatched, "--passed", "--remark", "井盖已盖好", *by_grid)
    assert said.status == 0, said.err
    again = desk("whistle", "blow", "--line", "双河二 应急 双河特色街区井盖冲开", "--on-behalf-of", "SH-G02-A", *PHONE,
                 "--json")  # fmt: skip
    number = again.document["case"]["number"]
    assert desk("whistle", "level-up", number).status == 0
    refused = desk("whistle", "dispatch", number, "--lead", "公共", "--on-behalf-of", PLATFORM, *PHONE)
    assert refused.status == 2
    assert "utilities_center" in refused.err


def test_a_retired_grid_with_an_open_case_stays_in_sight(desk: Type, dispatched: str) -> None:
    """In alarm beside its community's grids, with its name; gone once nothing is open there."""
    assert desk("org", "load", file(NO_GRID), "--retire", "--as", ADMIN).status == 0
    grids = desk("status", "--json").document["grids"]
    first = next(one for one in grids if one["grid"] == GRID)
    assert (first["word"], first["name"]["zh"], len(grids)) == ("alarm", "双河社区一网格", 22)
    assert [one["grid"] for one in grids[:4]] == ["JF-SH-G02", "JF-SH-G03", "JF-SH-G04", GRID]
    assert "Shuanghe 1" in desk("status").out
    said = desk("whistle", "made-safe", dispatched, "--note", "已围挡", "--on-behalf-of", PATROLLER, *PHONE, "--json")
    assert said.status == 0, said.err
    listed = desk("whistle", "list", "--grid", GRID, "--json").document["cases"]
    assert [row["number"] for row in listed] == [dispatched]


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_takes_nothing_away(desk: Type, text: str) -> None:
    """A table that does not stand in the file stays as it is."""
    assert desk("org", "load", file(text), "--as", ADMIN).out == "Nothing has changed.\n"


def test_an_empty_template_takes_nothing_away(desk: Type) -> None:
    """An empty sheet says nothing of its table."""
    assert desk("org", "template", "empty.xlsx").status == 0
    assert desk("org", "load", "empty.xlsx", "--as", ADMIN).out == "Nothing has changed.\n"


def test_one_table_alone_is_read_against_what_stands(desk: Type) -> None:
    """A file of contacts alone changes contacts; one of members may name grids that stand, not others."""
    contact = 'contacts = [{ code = "new_one", zh = "新联系人" }]'
    said = desk("org", "load", file(contact), "--retire", "--as", ADMIN, "--json").document
    assert (said["added"], list(said["retired"])) == ({"contacts": ["new_one"]}, ["contacts"])
    member = '[[places]]\ncode = "x"\nzh = "某处"\ngrid = "{grid}"\n'
    assert desk("org", "load", file(member.format(grid="JF-NO")), "--retire", "--as", ADMIN).status == 2
    assert desk("org", "load", file(member.format(grid=GRID)), "--retire", "--as", ADMIN).status == 0


def test_the_street_itself_cannot_go_missing(desk: Type) -> None:
    """Units without the street are refused, however the file was meant."""
    text = without('level = "street"')
    for retire in ((), ("--retire",)):
        said = desk("org", "load", file(text), *retire, "--as", ADMIN)
        assert said.status == 2
        assert "the street itself is missing" in said.err


def test_much_of_a_table_is_not_retired_unasked(desk: Type) -> None:
    """More than a fifth and at least three rows: named, with how many more; told so, it goes through."""
    text = without(r'code = "(flood_hq|weather_office|power_repair|mask_supplier)"')
    said = desk("org", "load", file(text), "--as", ADMIN, "--json")
    assert said.error["code"] == "not_loaded"
    assert "4 of 17" in said.error["message"]
    assert "Power repair" in said.error["message"]
    assert desk("org", "load", file(text), "--retire", "--as", ADMIN).status == 0
    fewer = without(r'code = "(flood_hq|weather_office|power_repair|mask_supplier|gas_repair)"')
    said = desk("org", "load", file(fewer), "--as", ADMIN)
    assert said.status == 0
    assert "Gas repair" in said.out


def test_the_last_administrator_stays(desk: Type) -> None:
    """Without one nobody could load the next file: refused with their names."""
    said = desk("org", "load", file(without('role = "street_admin"')), "--as", ADMIN, "--json")
    assert said.error["code"] == "not_loaded"
    assert "administrator" in said.error["message"]


def test_what_has_ended_is_history(desk: Type) -> None:
    """The shift of the day is over: a file that says otherwise is refused and names it, even with --retire."""
    text = sample_text(STREET).replace(
        'leader = "JF-ZR", officers = ["JF-ZB3", "JF-ZB4"] },', 'leader = "JF-SJ", officers = ["JF-ZB3"] },', 1
    )
    said = desk("org", "load", file(text), "--retire", "--as", ADMIN)
    assert said.status == 1
    assert "D20200702" in said.err


def test_a_change_of_the_running_shift_and_of_posts_can_be_recovered(desk: Type, tmp_path: Path) -> None:
    """The load's event keeps the old and the new codes, and no typed word."""
    import sqlite3

    text = sample_text(STREET).replace('officers = ["JF-ZB1", "JF-ZB2"] },', 'officers = ["JF-ZB1"] },', 1)
    text = text.replace('{ member = "JF-DP", role = "viewer", at = "JF" }',
                        '{ member = "JF-DP", role = "duty_officer", at = "JF", title = "临时" }')  # fmt: skip
    assert desk("org", "load", file(text), "--as", ADMIN).status == 0
    with sqlite3.connect(tmp_path / "desk.db") as connection:
        loads = connection.execute("SELECT payload FROM event WHERE kind = 'org_loaded' ORDER BY seq DESC")
        (payload,) = loads.fetchone()
    assert json.loads(payload)["changed"] == {
        "posts": {"JF-DP": {"-": ["viewer@JF"], "+": ["duty_officer@JF"]}},
        "shifts": {"N20200702": {"officers": [["JF-ZB1", "JF-ZB2"], ["JF-ZB1"]]}},
    }
    assert "临时" not in payload


def test_members_alone_keep_their_posts_and_duties(desk: Type) -> None:
    """A file of members says nothing of posts and shifts; a new one may be rostered by a file of duties alone."""
    block = re.search(r"^members = \[.*?^\]", sample_text(STREET), re.DOTALL | re.MULTILINE)
    assert block is not None
    new = '    { code = "SH-G01-C", zh = "双河一网格·网格员丙", home_unit = "双河社区", grid = "JF-SH-G01" },\n]'
    said = desk("org", "load", file(block[0][:-1] + new), "--as", ADMIN, "--json").document
    assert (said["added"], said["updated"], said["retired"]) == ({"members": ["SH-G01-C"]}, {}, {})
    duty = 'grid_duty = [{ shift = "N20200702", grid = "JF-SH-G01", member = "SH-G01-C" }]'
    before = desk("shift", "show", "--json").document["shift"]
    assert {"grid": "JF-SH-G01", "member": PATROLLER} in before["grid_duty"]
    assert desk("org", "load", file(duty), "--as", ADMIN, "--json").document["updated"] == {"shifts": ["N20200702"]}
    again = desk("shift", "show", "--json").document["shift"]
    assert again == {**before, "grid_duty": [{"grid": "JF-SH-G01", "member": "SH-G01-C"}]}

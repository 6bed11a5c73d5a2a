"""Founding, organisation, policy, spot records, shifts, status and clock on the command line."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from app.samples import POLICY, STREET, sample_text
from app.settings import load_settings, remembered_member
from tests.cli.conftest import ADMIN, BEGIN, OFFICER, PATROLLER, Type


def test_a_street_is_founded_from_its_file(wangge: Type) -> None:
    """Private, a drill only when asked for, and --as remembered for it; never over another."""
    Path("street.toml").write_text(sample_text(STREET), encoding="utf-8")
    said = wangge("--db", "own.db", "init", "--org", "street.toml", "--as", "街道·值班员甲", "--json")
    assert said.document["drill"] is False
    assert said.document["units"] == 30
    assert stat.S_IMODE(Path("own.db").stat().st_mode) == 0o600
    assert remembered_member(load_settings("own.db")) == OFFICER
    assert (
        wangge("--db", "own.db", "spot", "add", "--kind", "service", "--grid", "双河一", "--title", "帮修电线").status
        == 0
    )
    again = wangge("--db", "own.db", "init", "--json")
    assert (again.status, again.error["code"]) == (1, "refused")


def test_an_unknown_member_founds_nothing(wangge: Type) -> None:
    """Checked before anything is made."""
    Path("street.toml").write_text(sample_text(STREET), encoding="utf-8")
    assert wangge("--db", "own.db", "init", "--org", "street.toml", "--as", "谁").status == 1
    assert not Path("own.db").exists()


def test_a_drill_begins_when_its_clock_says(desk: Type) -> None:
    """What was loaded at founding is not later than its clock; back before it is refused."""
    assert desk("clock", "--json").document == {"now": f"{BEGIN}:00+08:00", "drill": True, "speed": 0.0}
    assert desk("--clock", "2020-07-02T23:53x60", "clock", "--json").document["speed"] == 60.0
    back = desk("--clock", "2020-07-02T23:00", "clock", "--json")
    assert (back.status, back.error["code"]) == (1, "refused")
    assert "23:5" in desk("clock").out


def test_the_organisation_goes_round_by_workbook(desk: Type, wangge: Type) -> None:
    """Exported, loaded again: nothing changes; a workbook is never overwritten."""
    assert desk("org", "export", "street.xlsx", "--json").document == {"path": "street.xlsx"}
    loaded = desk("org", "load", "street.xlsx", "--as", ADMIN, "--json").document
    assert (loaded["added"], loaded["updated"]) == ({}, {})
    assert desk("org", "load", "street.xlsx", "--as", ADMIN).out == "Nothing has changed.\n"
    assert desk("org", "export", "street.xlsx").status == 1
    assert desk("org", "export", "street.ods").status == 2
    assert wangge("org", "template", "empty.xlsx").status == 0
    assert Path("empty.xlsx").exists()


def test_loading_says_what_it_changed(desk: Type) -> None:
    """New, changed and retired codes by table; the first organisation needs nobody to act."""
    text = sample_text(STREET).replace("000-0000-0101", "000-0000-0199")
    Path("changed.toml").write_text(text, encoding="utf-8")
    updated = desk("org", "load", "changed.toml", "--as", ADMIN, "--json").document["updated"]
    assert updated == {"departments": ["utilities_center"]}
    departments = desk("org", "show", "--json").document["departments"]
    assert departments[0]["duty_phone"] == "000-0000-0199"
    assert "000-0000-0199" in desk("org", "show").out


def test_the_first_organisation_needs_nobody_to_act(wangge: Type) -> None:
    """There is no member yet who could; the second load asks."""
    Path("street.toml").write_text(sample_text(STREET), encoding="utf-8")
    assert wangge("--db", "own.db", "init").status == 0
    assert wangge("--db", "own.db", "org", "load", "street.toml").status == 0
    assert wangge("--db", "own.db", "org", "load", "street.toml").status == 2


def test_a_policy_is_a_new_version_when_it_says_something_new(desk: Type) -> None:
    """The default again makes none; a changed limit makes version 2 and is shown."""
    Path("same.toml").write_text(sample_text(POLICY), encoding="utf-8")
    loaded = desk("policy", "load", "same.toml", "--as", ADMIN, "--json").document
    assert loaded == {"version": 1, "before": 1, "changed": False}
    text = sample_text(POLICY).replace('acknowledge = "5 min"', 'acknowledge = "7 min"')
    Path("new.toml").write_text(text, encoding="utf-8")
    loaded = desk("policy", "load", "new.toml", "--as", ADMIN, "--json").document
    assert loaded == {"version": 2, "before": 1, "changed": True}
    shown = desk("policy", "show", "--json").document
    assert shown["kinds"]["emergency"]["acknowledge"] == {"n": 7, "unit": "minute"}
    assert "7 minutes" in desk("policy", "show").out
    Path("wrong.toml").write_text("[kinds.emergency]\nacknowledge = 'soon'", encoding="utf-8")
    assert desk("policy", "load", "wrong.toml", "--as", ADMIN, "--json").error["code"] == "bad_file"


def test_what_was_solved_on_the_spot_is_recorded_and_listed(desk: Type) -> None:
    """The grid follows from the place; who did it may be another than who writes it down."""
    said = desk("spot", "add", "--kind", "service", "--place", "双河大桥", "--title", "帮修电线", "--note", "一户",
                "--by", PATROLLER, "--at", "17:30", "--channel", "phone", "--json")  # fmt: skip
    spot = said.document["spot"]
    assert (spot["kind"], spot["grid"], spot["place"], spot["by"]) == (
        "service", "JF-SH-G01", "shuanghe_bridge", PATROLLER,
    )  # fmt: skip
    assert spot["occurred_at"] == "2020-07-02T17:30:00+08:00"
    listed = desk("spot", "list", "--json").document["spots"]
    assert [one["id"] for one in listed] == [spot["id"]]
    assert desk("spot", "list", "--since", "17:45", "--json").document["spots"] == []
    assert "帮修电线" in desk("spot", "list").out


def test_the_running_shift_is_shown(desk: Type) -> None:
    """From the roster, with who is on duty in each grid."""
    shift = desk("shift", "show", "--json").document["shift"]
    assert (shift["kind"], shift["leader"], shift["officers"]) == ("night", "JF-DB", ["JF-ZB1", "JF-ZB2"])
    assert {"grid": "JF-SH-G01", "member": PATROLLER} in shift["grid_duty"]


def test_a_shift_is_opened_only_when_none_is_running(desk: Type) -> None:
    """Refused while the night shift runs; possible on a day the roster does not know."""
    words = (
        "shift",
        "open",
        "--kind",
        "night",
        "--until",
        "08:00",
        "--leader",
        "JF-DB",
        "--officer",
        "JF-ZB1,值班员乙",
    )
    assert desk(*words).status == 2
    said = desk("--clock", "2020-07-10T18:00x0", *words, "--json")
    assert said.document["shift"]["officers"] == ["JF-ZB1", "JF-ZB2"]
    assert said.document["shift"]["ends_at"] == "2020-07-11T08:00:00+08:00"
    assert desk("shift", "show", "--json").document["shift"]["code"] == said.document["shift"]["code"]


def test_status_is_one_consistent_page(desk: Type, dispatched: str) -> None:
    """Counters, grids in the street's order with word and reasons, open cases."""
    status = desk("status", "--json").document
    assert status["counts"]["open"] == status["counts"]["emergency"] == len(status["cases"]) == 1
    assert status["counts"]["reporting"] == 2
    assert len(status["grids"]) == 22
    first = status["grids"][0]
    assert (first["grid"], first["word"], first["figures"]["open"]["emergency"]) == ("JF-SH-G01", "alarm", 1)
    assert first["reasons"]
    assert status["cases"][0]["departments"] == ["utilities_center", "emergency_bureau"]
    page = desk("status").out
    assert dispatched in page
    assert "Night shift" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_columns_line_up_by_cells(desk: Type, dispatched: str, language: str) -> None:
    """Chinese counts two cells: every department's instant stands in the same column."""
    from rich.cells import cell_len

    page = desk("whistle", "show", dispatched, "--lang", language).out.splitlines()
    rows = [line for line in page if line.startswith(("公共事业中心", "应急局", "Public", "Emergency Bureau"))]
    assert len(rows) == 2
    assert len({cell_len(line[: line.index("18:00")]) for line in rows}) == 1


def test_what_has_a_sqlite_address_is_the_same_file(desk: Type, wangge: Type, tmp_path: Path) -> None:
    """``sqlite:///`` before a path changes nothing."""
    assert wangge("--db", f"sqlite:///{tmp_path / 'desk.db'}", "clock").status == 0


def test_the_whole_organisation_is_shown(desk: Type) -> None:
    """Every table with phones, committees, the chain, the four parties and the head-counts; or the one asked for."""
    page = desk("org", "show").out
    assert "heads on the street committee 2" in page
    assert "full-time grid members 50" in page
    for part in ("000-0000-0201", "Joint committees", "Four parties", "Five-level chain", "Vending zone", "N20200702"):
        assert part in page
    contacts = desk("org", "show", "contacts")
    assert "000-0000-0201" in contacts.out
    assert "Units" not in contacts.out
    assert list(desk("org", "show", "contacts,chain", "--json").document) == ["chain", "contacts"]
    assert desk("org", "show", "--json").document["staffing"] == {
        "committee_heads": 2, "branch_deputies": 6, "full_time": 50,
    }  # fmt: skip
    assert desk("org", "show", "nothing").status == 2


def test_own_initials_go_round_by_file_and_workbook(desk: Type) -> None:
    """Typed in a file they are searched by, come out of the workbook, and loading that changes nothing."""
    text = sample_text(STREET).replace(
        'code = "wanrong_river", zh = "万溶江",', 'code = "wanrong_river", zh = "万溶江", pinyin = "MRJ",'
    )
    Path("own.toml").write_text(text, encoding="utf-8")
    updated = desk("org", "load", "own.toml", "--as", ADMIN, "--json").document["updated"]
    assert updated == {"places": ["wanrong_river"]}
    assert desk("org", "load", "own.toml", "--as", ADMIN).out == "Nothing has changed.\n"
    assert desk("org", "export", "own.xlsx").status == 0
    assert desk("org", "load", "own.xlsx", "--as", ADMIN).out == "Nothing has changed.\n"
    said = desk(
        "whistle", "blow", "--line", "mrj 应急 井盖冲开", "--on-behalf-of", PATROLLER, "--channel", "phone", "--json"
    )
    assert said.document["case"]["place"] == "wanrong_river"


def test_a_policy_that_names_no_department_of_the_street_warns(desk: Type, wangge: Type) -> None:
    """Told by policy load, org load and init, on standard error and in JSON; loaded all the same."""
    text = sample_text(POLICY).replace('lead = "demolition_office"', 'lead = "no_such_office"')
    Path("odd.toml").write_text(text, encoding="utf-8")
    said = desk("policy", "load", "odd.toml", "--as", ADMIN)
    assert (said.status, said.out) == (0, "Version 2 is in force.\n")
    assert "no_such_office" in said.err
    assert "demolition" in said.err
    Path("street.toml").write_text(sample_text(STREET), encoding="utf-8")
    assert "no_such_office" in desk("org", "load", "street.toml", "--as", ADMIN, "--json").document["warnings"][0]
    founded = wangge("--db", "odd.db", "init", "--org", "street.toml", "--policy", "odd.toml", "--json")
    assert len(founded.document["warnings"]) == 1
    assert "warnings" not in wangge("--db", "bare.db", "init", "--json").document


def test_the_default_policy_is_written_to_be_changed(desk: Type) -> None:
    """Private, never over a file, and loading it says nothing new."""
    assert desk("policy", "template", "mine.toml", "--json").document == {"path": "mine.toml"}
    assert stat.S_IMODE(Path("mine.toml").stat().st_mode) == 0o600
    assert Path("mine.toml").read_text(encoding="utf-8") == sample_text(POLICY)
    assert desk("policy", "template", "mine.toml").status == 1
    assert not desk("policy", "load", "mine.toml", "--as", ADMIN, "--json").document["changed"]


def test_status_says_what_to_do_about_a_missing_plan_or_learns_it(desk: Type) -> None:
    """A plan the program knows is put into force by the look itself; for one it does not, the way is told."""
    assert desk("--clock", "2021-12-01T09:00", "status", "--json").document["plan_missing"] is None
    assert desk("policy", "show", "--json").document["version"] == 2
    page = desk("--clock", "2093-12-01T09:00", "status").out
    assert "wangge policy template" in page


@pytest.mark.parametrize("verb", ["org", "policy"])
def test_a_file_s_trouble_is_told_in_the_reader_s_language(desk: Type, verb: str) -> None:
    """Line and column of a slip, and why a file cannot be read, without the libraries' English."""
    Path("slip.toml").write_text("a = [1,\n", encoding="utf-8")
    Path("slip2.toml").write_text("\n[[units]\n", encoding="utf-8")
    for name in ("slip.toml", "slip2.toml", "nowhere.toml"):
        said = desk(verb, "load", name, "--as", ADMIN, "--lang", "zh")
        words = re.findall("[A-Za-z]+", said.err.replace(name, "").replace("TOML", ""))
        assert (said.status, words) == (2, [])
    assert "第 2 行" in desk(verb, "load", "slip2.toml", "--as", ADMIN, "--lang", "zh").err


def test_several_problems_are_each_told_once(desk: Type) -> None:
    """The head counts them, each then has its line; a column is named as its own, without the template's star."""
    Path("two.toml").write_text('[[contacts]]\ncode = "A"\n[[contacts]]\ncode = "B"\n', encoding="utf-8")
    said = desk("org", "load", "two.toml", "--as", ADMIN).err.splitlines()
    assert (said[0], len(said)) == ("two.toml was not loaded; 2 problems were found.", 3)
    Path("wrong.toml").write_text("[case]\nnope = 1\nno = 2\n", encoding="utf-8")
    assert desk("policy", "load", "wrong.toml", "--as", ADMIN).err.startswith("wrong.toml was not loaded; ")

"""What goes wrong: one sentence, the right exit status, JSON when asked for, never a traceback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from tests.cli.conftest import OFFICER, Type

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("nonsense", "nonsense"),
        ("whistle nonsense", "nonsense"),
        ("org nonsense", "nonsense"),
        ("policy nonsense", "nonsense"),
        ("spot nonsense", "nonsense"),
        ("shift nonsense", "nonsense"),
        ("whistle show", "NUMBER"),
        ("whistle show a b", "b"),
        ("status extra", "extra"),
        ("whistle acknowledge 0702-01 --channel pigeon", "pigeon"),
        ("whistle check 0702-01 --passed --failed", "--failed"),
        ("whistle note 0702-01 --note", "--note"),
        ("whistle note 0702-01 --not x", "--not"),
        ("spot add --grid x --title y", "--kind"),
        ("status --lang fr", "fr"),
        ("status --db postgresql://host/base", "postgresql"),
        ("demo --at noon", "noon"),
        ("--db", "--db"),
        ("--json", "JSON"),
    ],
)
def test_a_line_that_is_not_understood_exits_2(wangge: Type, line: str, part: str) -> None:
    """One sentence on standard error that names the word, and the same as JSON."""
    if line != "--json":
        said = wangge(*line.split())
        assert (said.status, said.out) == (2, "")
        assert part in said.err
        assert said.err.count("\n") == 1
    asked = wangge("--json", *line.split())
    assert asked.status == 2
    assert asked.error["code"] == "bad_input"
    assert part in asked.error["message"]


def test_a_missing_database_exits_3(wangge: Type) -> None:
    """Also for the desk, where nobody can be asked; nothing is made."""
    for words in (("status",), ("clock",), ("--as", "x", "whistle", "note", "0702-01", "--note", "x"), ()):
        said = wangge(*words, "--db", "none.db")
        assert said.status == 3, words
        assert "none.db" in said.err
    assert wangge("status", "--db", "none.db", "--json").error["trouble"] == "missing"
    assert not Path("none.db").exists()


def test_a_file_that_is_no_database_exits_3_and_is_left_alone(wangge: Type) -> None:
    """Somebody else's file is never written."""
    other = Path("letter.txt")
    other.write_text("not a database, only a letter that is long enough to have a header of sixteen bytes")
    before = other.read_bytes()
    said = wangge("status", "--db", "letter.txt", "--json")
    assert said.status == 3
    assert said.error["code"] == "store"
    assert other.read_bytes() == before


def test_a_write_asks_who_acts(desk: Type, wangge: Type, tmp_path: Path) -> None:
    """Without --as and without anybody remembered: exit 2 and how to say it. Reading needs nobody."""
    path = str(tmp_path / "desk.db")
    said = wangge("--db", path, "whistle", "blow", "--line", "双河一 应急 井盖冲开")
    assert said.status == 2
    assert "--as" in said.err
    assert wangge("--db", path, "status").status == 0


def test_a_state_that_does_not_allow_it_says_what_is_possible(desk: Type, blown: str) -> None:
    """Exit 1, the possible actions by name."""
    said = desk("whistle", "check", blown, "--passed", "--remark", "x", "--json")
    assert said.status == 1
    assert said.error["code"] == "illegal_move"
    assert "dispatch" in said.error["possible"]


def test_a_role_that_may_not_is_refused(desk: Type, blown: str) -> None:
    """A patroller does not dispatch departments."""
    said = desk("whistle", "dispatch", blown, "--lead", "公共", "--as", "SH-G01-A", "--json")
    assert (said.status, said.error["code"]) == (1, "not_permitted")


def test_who_was_faster_is_named(desk: Type, blown: str) -> None:
    """The version seen is checked; nothing is written on a conflict."""
    version = desk("whistle", "show", blown, "--json").document["version"]
    before = desk("status", "--json").document["seq"]
    said = desk("whistle", "revise", blown, "--exposed", "晨练居民", "--seen", str(version - 1), "--json")
    assert (said.status, said.error["code"]) == (1, "conflict")
    assert desk("status", "--json").document["seq"] == before
    assert desk("whistle", "revise", blown, "--exposed", "晨练居民", "--seen", str(version)).status == 0


INCOMPLETE = (
    (("whistle", "note", "NUMBER"), "note"),
    (("whistle", "note", "NUMBER", "--note", "x" * 30_000), "note"),
    (("whistle", "note", "NUMBER", "--note", "x", "--at", "never"), "occurred_at"),
    (("whistle", "note", "NUMBER", "--note", "x", "--seen", "first"), "seen"),
    (("whistle", "rate", "NUMBER", "--score", "five"), "score"),
    (("whistle", "dispatch", "NUMBER", "--lead", "nobody"), "lead"),
    (("whistle", "correct", "NUMBER", "--entry", "999", "--reason", "x"), "entry"),
    (("whistle", "blow", "--title", "x"), "kind"),
    (("whistle", "blow", "--kind", "routine", "--title", "x", "--why", "y"), "grid"),
    (("whistle", "blow", "--kind", "routine", "--grid", "nowhere", "--title", "x"), "grid"),
    (("whistle", "list", "--state", "lost"), "state"),
    (("whistle", "list", "--limit", "0"), "limit"),
    (("spot", "add", "--kind", "service", "--title", "x"), "grid"),
    (("status", "--clock", "now"), "clock"),
    (("status", "--clock", "2020-07-02T19:00x9999"), "clock"),
    (("whistle", "note", "NUMBER", "--note", "x", "--request-id", "1"), "request_id"),
)
"""Words of a command → the field that is wrong."""


def test_incomplete_or_wrong_values_name_their_field(desk: Type, blown: str) -> None:
    """Exit 2, the field by its identifier, nothing written."""
    before = desk("status", "--json").document["seq"]
    for words, field in INCOMPLETE:
        said = desk(*(blown if word == "NUMBER" else word for word in words), "--json")
        assert (said.status, said.error["code"], said.error["field"]) == (2, "bad_input", field), words
    assert desk("status", "--json").document["seq"] == before


def test_nothing_of_an_unknown_case_is_found(desk: Type) -> None:
    """Exit 1, and for a draft where there is none."""
    for number in ("0702-77", "W-20200702-77", "deadbeef", "draft", "'; drop", ""):
        said = desk("whistle", "show", number, "--json")
        assert (said.status, said.error["code"]) == (1, "not_found"), number


def test_a_faulty_organisation_names_every_fault_and_leaves_nothing(wangge: Type) -> None:
    """No half-made database; in words a line for each fault, in JSON a list."""
    Path("bad.toml").write_text('units = [{ code = "A b", level = "planet", zh = "" }]', encoding="utf-8")
    said = wangge("--db", "new.db", "init", "--org", "bad.toml", "--json")
    assert said.status == 2
    assert said.error["code"] == "bad_file"
    assert len(said.error["problems"]) == said.error["total"] > 1
    assert not Path("new.db").exists()
    assert wangge("--db", "new.db", "init", "--org", "bad.toml").err.count("\n") == said.error["total"] + 1


@pytest.mark.parametrize("name", ["none.toml", "folder.toml", "latin.toml", "street.csv", "broken.xlsx"])
def test_a_file_that_cannot_be_read_is_a_sentence(wangge: Type, name: str) -> None:
    """Missing, a folder, not UTF-8, of another kind, or no workbook at all."""
    Path("folder.toml").mkdir()
    Path("latin.toml").write_bytes(b"units = '\xff\xfe'")
    Path("street.csv").write_text("a,b")
    Path("broken.xlsx").write_text("not a workbook")
    said = wangge("--db", "new.db", "init", "--org", name)
    assert said.status == 2
    assert name in said.err
    assert not Path("new.db").exists()


def test_the_clock_of_a_real_street_is_never_set(wangge: Type, street_file: Path) -> None:
    """Refused outside a drill, at founding as later; nothing is made by it."""
    assert wangge("--db", "real.db", "--clock", "2020-07-02T18:00", "init").status == 1
    assert not Path("real.db").exists()
    assert wangge("--db", "real.db", "init").status == 0
    said = wangge("--db", "real.db", "--clock", "2030-07-02T18:00", "clock", "--json")
    assert (said.status, said.error["code"]) == (1, "refused")


def test_ctrl_c_exits_130(wangge: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word."""

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.door.verb_of", lambda name: interrupted)
    said = wangge("status")
    assert (said.status, said.out, said.err) == (130, "", "")


def test_a_reader_who_goes_away_is_no_error(street_file: Path) -> None:
    """`wangge org show | head -0`: exit 141, nothing on standard error."""
    read, write = os.pipe()
    os.close(read)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "app", "--db", str(street_file), "org", "show"],
            cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(write)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_a_terminal_without_chinese_shows_stand_ins(street_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text as question marks; JSON escaped, so that nothing is lost."""
    for words, expected in (
        (("shift", "show"), b"??"),
        (("shift", "show", "--json"), b"JF-ZB1"),
        (("--help",), b"wangge"),
    ):
        printed = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding="ascii", errors="strict"))
        assert main(["--db", str(street_file), "--lang", "zh", *words]) == 0
        sys.stdout.flush()
        assert expected in printed.getvalue()


def test_undecodable_arguments_are_no_traceback(wangge: Type, street_file: Path) -> None:
    """A byte that is no text arrives as a lone surrogate."""
    said = wangge("--db", str(street_file), "--as", OFFICER, "whistle", "show", "\udcff")
    assert said.status == 1

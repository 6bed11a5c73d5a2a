"""`wangge gauge` as it is typed: a reading, a file, the line over a day, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ADMIN, Type

GAUGE = "shuanghe_bridge"


@pytest.fixture
def marked(desk: Type, tmp_path: Path) -> Type:
    """The desk of a street that has entered levels, by a file that it wrote and changed."""
    path = tmp_path / "rules.toml"
    assert desk("round", "template", str(path)).status == 0
    text = path.read_text("utf-8").replace(f'id = "{GAUGE}"', f'id = "{GAUGE}"\nguard = 200.6\nguarantee = 202\n', 1)
    path.write_text(text, "utf-8")
    assert desk("round", "load", str(path), "--as", ADMIN).status == 0
    return desk


def test_a_reading_is_typed_and_its_news_told(marked: Type) -> None:
    """One document each; Chinese names and words do."""
    added = marked("gauge", "add", "双河大桥水尺", "200.41", "--at", "17:00", "--json").document
    assert (added["reading"]["metres"], added["reading"]["at"], added["crossings"]) == (
        200.41, "2020-07-02T17:00:00+08:00", [])  # fmt: skip
    said = marked("--lang", "zh", "gauge", "add", GAUGE, "200.7", "--trend", "涨")
    assert said.status == 0
    assert "↑ 涨" in said.out
    assert "达到设防水位（200.6 米）" in said.out
    (listed,) = marked("gauge", "list", "--json").document["gauges"]
    assert (listed["id"], listed["level"], listed["trend"], listed["age"], listed["fresh"]) == (
        GAUGE, "guard", "rising", 0, True)  # fmt: skip
    assert listed["levels"] == {"guard": 200.6, "warning": None, "guarantee": 202}
    assert "! guard level" in marked("gauge", "list").out


def test_the_line_over_a_day_is_drawn(marked: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the width of the terminal, with levels and the readings below; nothing yet says what to do."""
    monkeypatch.setenv("COLUMNS", "70")
    empty = marked("gauge", "show", GAUGE)
    assert f"gauge add {GAUGE} 199.42" in empty.out
    for hour, metres in ((9, "199.90"), (13, "200.35"), (17, "200.80")):
        marked("gauge", "add", GAUGE, metres, "--at", f"2020-07-02T{hour:02}:00")
    shown = marked("--lang", "zh", "gauge", "show", GAUGE)
    lines = shown.out.splitlines()
    assert any("设防水位 200.6" in line and "╌" in line for line in lines)
    assert any("●" in line for line in lines)
    assert "17:00  200.80 m  录入" in shown.out
    document = marked("gauge", "show", GAUGE, "--hours", "72", "--json").document
    assert [one["metres"] for one in document["readings"]] == [200.8, 200.35, 199.9]
    assert document["since"] == "2020-06-29T18:00:00+08:00"
    levels = marked("gauge", "levels").out
    assert "200.6 m" in levels
    assert "round load" in levels


def test_a_file_is_loaded_or_its_bad_lines_named(marked: Type, tmp_path: Path) -> None:
    """All or nothing, unless the bad ones are to be left out; the same file twice writes nothing new."""
    path = tmp_path / "站.csv"
    path.write_bytes(f"测站,时间,水位\n{GAUGE},2020-07-02 16:00,200.9\n{GAUGE},昨天,1\n".encode("gb18030"))
    refused = marked("gauge", "import", str(path))
    assert refused.status == 2
    assert "line 3: “昨天” is no time" in refused.err
    assert marked("gauge", "list", "--json").document["gauges"][0]["latest"] is None
    done = marked("gauge", "import", str(path), "--skip-bad", "--json").document
    assert (done["new"], done["bad"], len(done["problems"]), done["crossings"][0]["turn"]) == (1, 1, 1, "up")
    again = marked("gauge", "import", str(path), "--skip-bad")
    assert "0 new, 0 corrected, 1 known already." in again.out
    assert "1 line left out" in again.out


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("gauge", "add", "没有", "200"), 1, "no gauge 没有"),
        (("gauge", "add", GAUGE, "200,41"), 2, "with a point"),
        (("gauge", "add", GAUGE, "200", "--trend", "乱"), 2, "is none of"),
        (("gauge", "add", GAUGE, "200", "--at", "2020-07-02T19:00"), 2, "not come yet"),
        (("gauge", "import", "missing.csv"), 2, "missing.csv"),
        (("gauge", "import", "/dev/null"), 2, "empty"),
        (("gauge", "show", GAUGE, "--hours", "5"), 2, "24"),
        (("gauge", "nothing"), 2, "knows no nothing"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(
    desk: Type, words: tuple[str, ...], status: int, sentence: str
) -> None:
    """No traceback, nothing written."""
    said = desk(*words)
    assert (said.status, said.out) == (status, "")
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_levels_are_entered_and_taken_away_by_one_command(marked: Type) -> None:
    """The others stay; what does not rise is refused and nothing is changed; who may not is told who may."""
    entered = marked(
        "gauge", "levels", "双河大桥水尺", "--warning", "２０１", "--margin", "0.1", "--as", ADMIN, "--json"
    ).document
    (gauge,) = entered["gauges"]
    assert (gauge["levels"], gauge["margin"]) == ({"guard": 200.6, "warning": 201, "guarantee": 202}, 0.1)
    for wrong, status in ((("--guard", "203"), 2), (("--guard", "x"), 2), (("--warning", "200"), 2)):
        assert marked("gauge", "levels", GAUGE, *wrong, "--as", ADMIN).status == status
    assert marked("gauge", "levels", "--guard", "200", "--as", ADMIN).status == 2
    assert marked("gauge", "levels", GAUGE, "--guard", "200").status == 1
    (gauge,) = marked("gauge", "levels", GAUGE, "--guard", "-", "--as", ADMIN, "--json").document["gauges"]
    assert gauge["levels"] == {"guard": None, "warning": 201, "guarantee": 202}


def test_a_slip_is_struck_out_with_its_reason(marked: Type) -> None:
    """The last one without a time; what it was is said, and stays listed below the line."""
    marked("gauge", "add", GAUGE, "200.30", "--at", "17:00")
    asked = marked("gauge", "add", GAUGE, "1999.42", "--at", "17:40")
    assert (asked.status, "add --sure" in asked.err, "200.30 m at 07-02 17:00" in asked.err) == (2, True, True)
    assert marked("gauge", "add", GAUGE, "1999.42", "--at", "17:40", "--sure").status == 0
    assert marked("gauge", "drop", GAUGE).status == 2
    assert "no reading of" in marked("gauge", "drop", GAUGE, "--at", "16:59", "--reason", "错录").err
    done = marked("gauge", "drop", GAUGE, "--reason", "错录", "--json").document
    assert (done["dropped"]["reading"]["metres"], done["dropped"]["reason"], done["gauge"]["latest"]["metres"]) == (
        1999.42, "错录", 200.3)  # fmt: skip
    shown = marked("--lang", "zh", "gauge", "show", GAUGE).out
    assert "1999.42 m  已作废" in shown
    assert "错录" in shown
    (struck,) = marked("gauge", "show", GAUGE, "--json").document["dropped"]
    assert struck["by"] == "JF-ZB1"


def test_what_is_typed_again_in_the_same_minute_is_corrected(marked: Type) -> None:
    """And said so."""
    marked("gauge", "add", GAUGE, "201.30", "--at", "17:40")
    said = marked("gauge", "add", GAUGE, "200.30", "--at", "17:40")
    assert "It takes the place of 201.30 m, 17:40." in said.out


def test_a_line_of_a_file_that_looks_like_a_slip_is_named(marked: Type, tmp_path: Path) -> None:
    """Like a bad one; --skip-bad leaves it out, --sure loads it, and once it is stored nobody asks again."""
    path = tmp_path / "站.csv"
    lines = "".join(f"{GAUGE},2020-07-02 {hour}:00,{level}\n" for hour, level in
                    ((13, "199.4"), (14, "1999.5"), (15, "199.6"), (16, "203.9"), (17, "204.1")))  # fmt: skip
    path.write_text(f"gauge,time,level\n{lines}", "utf-8")
    refused = marked("gauge", "import", str(path))
    assert refused.status == 2
    assert "line 3: " in refused.err
    assert "1999.50 m, and 199.40 m at 07-02 13:00" in refused.err
    assert "line 6" not in refused.err
    done = marked("gauge", "import", str(path), "--skip-bad", "--json").document
    assert (done["new"], done["bad"]) == (4, 1)
    assert marked("gauge", "import", str(path), "--sure", "--json").document["new"] == 1
    assert marked("gauge", "import", str(path), "--json").document["known"] == 5

"""`wangge whistle form|file` as it is typed: filled from the case, counted down, late when late, printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import WallClock
from app.samples.build import build_sample
from app.samples.script import local
from tests.cli.conftest import PATROLLER, Type
from tests.terminal.desk import settings_at

BY_PHONE = ("--channel", "phone")


def test_a_form_before_and_after_each_report(desk: Type, dispatched: str) -> None:
    """First, follow-up one and two: limits, what is new, what is not known; late is said wherever it is told."""
    number = dispatched
    first = desk("whistle", "form", number, "--json").document["form"]
    assert (first["report"], first["nth_follow_up"], first["since"]) == ("first_report", 0, None)
    assert first["fields"]["received_at"] == "2020-07-02T18:00:00+08:00"
    assert first["fields"]["place"]["grid"] == "JF-SH-G01"
    assert first["fields"]["recorder"]["member"] == "JF-ZB1"
    assert first["fields"]["casualties"] is None
    assert first["unknown"] == ["scope", "casualties", "trend", "leaders"]
    assert [(one["due"], one["left_seconds"]) for one in first["limits"]] == [("report_written", 3600)]
    shown = desk("--lang", "zh", "whistle", "form", number).out
    for words in (
        "信息报送单（初报）", "书面初报 19:00 前报出，还剩 01:00", "伤亡和损失  待核", "公共事业中心（主办）：尚未签收",
        "18:00 开发区级", "街道·值班员甲 2020-07-02 18:00",
    ):  # fmt: skip
        assert words in shown, shown
    desk("--clock", "2020-07-02T19:05x0", "clock")
    sent = desk(
        "whistle", "report", number, "--said", "已派两家", "--casualties", "无人受伤", "--reported-to", "区值班室"
    )
    assert sent.status == 0, sent.err
    desk("--clock", "2020-07-02T19:20x0", "clock")
    desk("whistle", "note", number, "--note", "水退了")
    follow = desk("whistle", "form", number, "--json").document["form"]
    assert (follow["report"], follow["nth_follow_up"]) == ("follow_up_report", 1)
    assert follow["since"] == "2020-07-02T19:05:00+08:00"
    assert [one["text"] for one in follow["fields"]["measures"]] == ["19:20 水退了"]
    assert (follow["departments"], follow["unknown"]) == ([], ["scope", "trend", "leaders"])
    shown = desk("--lang", "zh", "whistle", "form", number).out
    assert "续报一 20:05 前报出，还剩 00:45" in shown
    assert "19:05 书面初报 → 区值班室 〔迟报，限 19:00〕" in shown
    assert "尚待核实    影响范围、发展趋势、到场负责人" in shown
    whole = desk("--lang", "zh", "whistle", "show", number).out
    assert "〔迟报，限 19:00〕 书面初报 已派两家 伤亡和损失：无人受伤 报给谁：区值班室" in whole
    reports = desk("whistle", "show", number, "--json").document["reports"]
    assert [(one["report"], one["late"]) for one in reports["sent"]] == [("first_report", True)]
    assert [(one["due"], one["at"]) for one in reports["due"]] == [("report_follow_up", "2020-07-02T20:05:00+08:00")]
    again = desk("whistle", "form", number, "--nth", "1", "--json").document["form"]
    assert (again["report"], again["late"], again["said"]) == ("first_report", True, "已派两家")
    assert again["fields"]["casualties"] == "无人受伤"


def test_numbers_of_callers_are_masked_and_text_stays_text(desk: Type) -> None:
    """In what goes up no number of a caller stands open, and no sign of a text becomes one of the paper."""
    facts = (
        "--caller", "张三 0743-8222333", "--callback", "13900001234", "--exposed", "李四 13811112222 被困",
        "--done-already", "**围挡** | <b>|", "--title", "井盖`没了` | \u202e倒写", "--kind", "emergency",
    )  # fmt: skip
    number = desk("whistle", "blow", "--grid", "双河一", *facts, "--json").document["case"]["number"]
    for words in (("whistle", "form", number), ("whistle", "form", number, "--json"),
                  ("whistle", "form", number, "--file", "-"), ("whistle", "file", number, "-")):  # fmt: skip
        said = desk(*words)
        assert said.status == 0, said.err
        shown = said.out.replace("\\", "")
        assert ("139****1234" in shown, "138****2222" in shown) == (True, True), shown
        for number_ in ("13900001234", "13811112222", "\u202e"):
            assert number_ not in said.out, (words, said.out)
    form = desk("whistle", "form", number, "--file", "-").out
    assert "0743-8222333" not in form
    assert r"井盖\`没了\` \|" in form


def test_papers_are_written_to_files(desk: Type, dispatched: str, tmp_path: Path) -> None:
    """Form and case file; the log's entries about the case stand in its timeline, put right ones marked."""
    desk("log", "add", f"电话 13800001111 {dispatched} 区里来电询问进展")
    wrong = desk("log", "add", f"{dispatched} 街道来电催问").status
    assert wrong == 0
    desk("log", "correct", "2", "社区来电询问", "--state", "open")
    assert desk("log", "close", "3", "已答复社区").status == 0
    form, file = tmp_path / "form.md", tmp_path / "file.md"
    assert desk("--lang", "zh", "whistle", "form", dispatched, "--file", str(form)).status == 0
    assert "# 信息报送单（初报）" in form.read_text("utf-8")
    assert "演练" in form.read_text("utf-8")
    headings = [line for line in form.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert [line[:5] for line in headings] == ["## 一、", "## 二、"], headings
    assert desk("--lang", "zh", "whistle", "file", dispatched, str(file)).status == 0
    paper = file.read_text("utf-8")
    assert f"# 案卷 {dispatched}" in paper
    for words in (
        "## 二、部门", "未到，限 18:05", "## 三、信息报送", "书面初报 19:00 前报出", "值班日志 #1 电话",
        "区里来电询问进展", "街道来电催问", "社区来电询问", "值班日志 #3 已答复社区",
    ):  # fmt: skip
        assert words in paper, words
    assert "13800001111" not in paper
    kinds = [one["kind"] for one in desk("whistle", "timeline", dispatched, "--json").document["timeline"]]
    assert (kinds.count("logged"), kinds.count("log_closed")) == (3, 1)


def test_what_is_refused(desk: Type, blown: str) -> None:
    """One sentence, nothing written."""
    for arguments, status, why in (
        (("form", "0999-01"), 1, "0999-01"),
        (("form", blown, "--nth", "1"), 1, "0 reports of this case went up"),
        (("form", blown, "--nth", "eins"), 2, "no whole number"),
        (("file", blown), 2, "FILE"),
        (("file", blown, "/nowhere/at/all.md"), 2, "cannot be written"),
        (("form", blown, "--file", "/nowhere/at/all.md"), 2, "cannot be written"),
    ):
        refused = desk("whistle", *arguments)
        assert refused.status == status, (arguments, refused.err)
        assert why.casefold() in refused.err.casefold(), (arguments, refused.err)
        assert refused.err.count("\n") == 1


def test_nobody_needs_to_say_who_reads_it(wangge: Type, desk: Type, blown: str, tmp_path: Path) -> None:
    """Without a member the place of the recorder is left to be filled in."""
    del desk
    shown = wangge("--db", str(tmp_path / "desk.db"), "--lang", "zh", "whistle", "form", blown)
    assert shown.status == 0, shown.err
    assert "待填 2020-07-02 18:00" in shown.out
    assert PATROLLER not in shown.out


@pytest.mark.slow
def test_the_night_of_the_sample_went_up_in_time(wangge: Type, tmp_path: Path) -> None:
    """First 00:20, five follow-ups, final 06:00, none late; afterwards another final one is not due (domain 6.5)."""
    path = tmp_path / "night.db"
    build_sample(settings_at(path), "night", local("2020-07-03 06:10"), WallClock()).close()
    sent = wangge("--db", str(path), "whistle", "show", "0702-01", "--json").document["reports"]["sent"]
    assert [(one["report"], one["nth_follow_up"], one["at"][11:16], one["late"]) for one in sent] == [
        ("first_report", 0, "00:20", False), ("follow_up_report", 1, "01:20", False),
        ("follow_up_report", 2, "02:20", False), ("follow_up_report", 3, "03:20", False),
        ("follow_up_report", 4, "04:20", False), ("follow_up_report", 5, "04:55", False),
        ("final_report", 0, "06:00", False),
    ]  # fmt: skip
    assert "终报已于 06:00 报出" in wangge("--db", str(path), "--lang", "zh", "whistle", "form", "0702-01").out

"""`wangge briefing` as it is typed: composed, spoken into, signed, written to paper; the night of 2 July as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as read_document

from app.bootstrap import WallClock
from app.samples.build import build_sample
from app.samples.script import local
from tests.cli.conftest import OFFICER, Type
from tests.terminal.desk import settings_at

LEADER = "JF-DB"
UNIT = "双河一"


def test_a_briefing_is_prepared_signed_and_added_to(desk: Type, tmp_path: Path) -> None:
    """Attendance, notes, an item; signed by who may; an addition stands apart; on paper as it was signed."""
    desk("--clock", "2020-07-03T07:50x0", "clock")
    shown = desk("briefing", "show", "--unit", UNIT, "--json").document["briefing"]
    assert (shown["since"], shown["until"], shown["signed"]) == (
        "2020-07-02T08:00:00+08:00", "2020-07-03T08:00:00+08:00", False)  # fmt: skip
    assert set(shown["sections"]) == {"night", "warnings", "open", "rounds", "six_roles", "today", "coordination",
                                      "review", "safety"}  # fmt: skip
    assert all(one["value"] == len(one["refs"]) for one in shown["figures"].values())
    desk("briefing", "attend", "--unit", UNIT, "--here", "SH-G01-A,SH-G01-B", "--away", "SH-G01-ZF=巡河未归",
         "--chair", LEADER, "--recorder", OFFICER)  # fmt: skip
    noted = desk("briefing", "note", "--unit", UNIT, "--role", "opinion_surveyor", "居民问步行道何时开放")
    assert noted.status == 0, noted.err
    desk("briefing", "note", "--unit", UNIT, "--section", "coordination", "沿江井盖普查，请街道牵头")
    due = ("--owner", "SH-G01-A", "--due", "2020-07-03 10:00")
    item = desk("briefing", "item", "复查同段其余井盖", "--unit", UNIT, *due, "--json").document["item"]
    assert (item["number"], item["state"], item["due_at"]) == (1, "open", "2020-07-03T10:00:00+08:00")
    text = desk("--lang", "zh", "briefing", "show", "--unit", UNIT).out
    for words in (
        "应到 3 实到 2",
        "主持 街道·带班领导",
        "居民问步行道何时开放",
        "沿江井盖普查",
        "#1 10:00 复查同段其余井盖",
    ):
        assert words in text, words
    refused = desk("briefing", "sign", "--unit", UNIT)
    assert (refused.status, "it is for" in refused.err) == (1, True)
    digest = desk("briefing", "show", "--unit", UNIT, "--json").document["briefing"]["digest"]
    desk("briefing", "note", "--unit", UNIT, "--section", "safety", "退水期堤脚易滑")
    changed = desk("briefing", "sign", "--unit", UNIT, "--seen", digest, "--as", LEADER)
    assert (changed.status, "changed since you looked" in changed.err) == (1, True)
    assert desk("briefing", "sign", "--unit", UNIT, "--as", LEADER).status == 0
    desk("briefing", "note", "--unit", UNIT, "--section", "night", "更正：盖板为临时", "--day", "07-03")
    path = tmp_path / "briefing.md"
    assert desk("--lang", "zh", "briefing", "export", str(path), "--unit", UNIT, "--day", "2020-07-03").status == 0
    paper = path.read_text("utf-8")
    assert paper.startswith("**演练，非真实事件**\n\n吉凤街道\n\n# 晨会纪要 2020年7月3日 周五 双河社区一网格\n")
    assert paper.count("\n## ") == 10
    assert "更正：盖板为临时" in paper.rpartition("签发后补记")[2]
    document = tmp_path / "briefing.DOCX"
    written = desk("--lang", "zh", "briefing", "export", str(document), "--unit", UNIT, "--day", "2020-07-03", "--json")
    assert (written.status, written.document["file"]) == (0, str(document))
    told = [one.text for one in read_document(str(document)).paragraphs]
    assert told.count("晨会纪要 2020年7月3日 周五\n双河社区一网格") == 1
    assert told[-2:] == ["签发：街道·带班领导", "2020年7月3日 07:50"]
    assert any("更正：盖板为临时" in line for line in told)
    assert sorted(one.name for one in tmp_path.glob("*briefing*")) == ["briefing.DOCX", "briefing.md"]
    assert [one["unit"] for one in desk("briefing", "list", "--unit", UNIT, "--json").document["briefings"]] == [
        "JF-SH-G01"
    ]
    done = desk("briefing", "done", "1", "全部复查完", "--json").document["item"]
    assert (done["state"], done["ending"]) == ("done", {"result": "全部复查完"})
    assert "Nothing is left to do." in desk("briefing", "items").out


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (("show", "--unit", "无此网格"), 1, "no unit"),
        (("show", "--day", "2020-01-01"), 1, "was signed"),
        (("note", "有事"), 2, "in which section"),
        (("note", "有事", "--section", "night", "--role", "service_helper"), 2, "in which section"),
        (("note", "--section", "night", "找 13900002222"), 2, "identity or phone number"),
        (("attend", "--here", "没有这个人"), 1, "没有这个人"),
        (("item", "复查", "--owner", "SH-G01-A", "--due", "2020-07-01 10:00"), 2, "has passed"),
        (("done", "9"), 1, "no action item"),
        (("export", "/nowhere/at/all.md"), 2, "cannot be written"),
        (("export", "/nowhere/at/all.docx"), 2, "cannot be written"),
        (("export", "."), 2, "it is a folder"),
    ],
)
def test_what_is_refused(desk: Type, arguments: tuple[str, ...], status: int, why: str) -> None:
    """One sentence on standard error, and nothing is written."""
    refused = desk("briefing", *arguments)
    assert refused.status == status, refused.err
    assert why in refused.err
    assert refused.err.count("\n") == 1


@pytest.mark.slow
def test_the_morning_after_the_night_composes_itself(wangge: Type, tmp_path: Path) -> None:
    """The facts of 2 July: times, counts, two late acknowledgements, the last on site after 29 minutes."""
    path = tmp_path / "night.db"
    build_sample(settings_at(path), "night", local("2020-07-03 07:50"), WallClock()).close()
    whole = wangge("--db", str(path), "--lang", "zh", "briefing", "show").out
    for words in (
        "接报 3 · 已办 2 · 移交 1 · 未了 0", "18:50 双河一 店外经营 1 户", "20:40 双河一 帮居民修好进户电线 1 户",
        "带班 街道·带班领导　值班 值班员甲、值班员乙",
        "23:52 万溶江双河大桥附近，吉凤家园背后绿化步行道发现，23:56 吹哨，00:08 派 6 部门",
        "00:09–00:15 签收 6/6（2 家超时），00:26–00:37 报到 6/6（最迟 29 分钟）",
        "00:42 脱险，05:25 各部门办结，05:30 现场核查通过", "暴雨黄色 07-02 17:40 州气象台",
        "防汛Ⅳ级 自 07-02 18:00", "未结 2 · 应急 0", "沿江护栏松动约 8 米", "路灯", "巡查 4 轮 · 漏巡 0",
        "井盖、雨水箅子:缺失、移位、冒水 特急 → 0702-01", "未经批准按应急吹出",
        "初报 00:20，续报 01:20、02:20、03:20、04:20、04:55，终报 06:00",
    ):  # fmt: skip
        assert words in whole, words
    elsewhere = wangge("--db", str(path), "--lang", "zh", "briefing", "show", "--unit", "牯牛坪二").out
    assert "接报 0 · 已办 0 · 移交 0 · 未了 0" in elsewhere
    assert "暴雨黄色" in elsewhere

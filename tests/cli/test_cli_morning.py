"""The morning after the night of 2 July on the command line: composed, noted, signed, on paper, handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from app.bootstrap import WallClock
from app.samples.build import build_sample
from app.samples.script import local
from tests import night
from tests.cli.conftest import Type
from tests.services.room import settings_at

UNIT = ("--unit", "双河一")
OFFICER, LEADER, RELIEF = "JF-ZB1", "JF-DB", "JF-ZB3"
FACTS = (
    "主持 双河·第一书记　记录 双河一网格·社区工作人员　应到 6 实到 6", "接报 3 · 已办 2 · 移交 1 · 未了 0",
    "带班 街道·带班领导　值班 值班员甲、值班员乙", "23:52 万溶江双河大桥附近", "23:56 吹哨，00:08 派 6 部门",
    "00:09–00:15 签收 6/6（2 家超时），00:26–00:37 报到 6/6（最迟 29 分钟）", "05:30 现场核查通过",
    "初报 00:20，续报 01:20、02:20、03:20、04:20、04:55，终报 06:00",
    "暴雨黄色 07-02 17:40 州气象台", "防汛Ⅳ级 自 07-02 18:00",
    "未结 1", "沿江护栏松动约 8 米", "巡查 4 轮", "完成率 100%（4/4）", "社情民意调查员：居民问步行道何时开放",
    "矛盾纠纷化解员：无", "09:00 复查同段其余井盖", "10:00 防坠网需求报公共事业中心", "沿江井盖普查，请街道牵头",
    "退水期堤脚易滑，两人同行",
)  # fmt: skip
"""Domain 6.5 as corrected: 3 July is a Friday, dispatch 00:08, response IV, four river rounds."""


@pytest.fixture
def at_eight(wangge: Type, tmp_path: Path) -> Any:
    """Types for the sample night at 07:55 of 3 July, in Chinese."""
    path = tmp_path / "night.db"
    build_sample(settings_at(path), "night", local("2020-07-03 07:55"), WallClock()).close()

    def typed(*words: str, who: str = OFFICER) -> Any:
        return wangge("--db", str(path), "--lang", "zh", "--as", who, *words)

    return typed


@pytest.mark.slow
def test_from_composing_to_handing_over(at_eight: Any, tmp_path: Path) -> None:
    """Every fact of the night; signed by the leader; both papers say the same; each open case goes with the desk."""
    shown = at_eight("briefing", "show", *UNIT).out
    for fact in FACTS:
        assert fact in shown, fact
    told = at_eight("briefing", "show", *UNIT, "--json").document["briefing"]
    for figure in told["figures"].values():
        assert figure["value"] == len(figure["refs"])
    assert told["figures"]["late_acknowledged"]["value"] == sum(one.late for one in night.DEPARTMENTS)
    assert at_eight("briefing", "note", "步行道七点半已开放", "--role", "opinion_surveyor", *UNIT).status == 0
    early = at_eight("briefing", "sign", *UNIT)
    assert (early.status, "带班领导" in early.err) == (1, True), "an officer does not sign"
    assert at_eight("briefing", "sign", *UNIT, who=LEADER).status == 0
    assert at_eight("briefing", "sign", who=LEADER).status == 0, "the street's own, rolled up"

    written = {name: tmp_path / f"briefing.{name}" for name in ("md", "docx")}
    for path in written.values():
        assert at_eight("briefing", "export", str(path), *UNIT, "--day", "07-03").status == 0
    document = Document(str(written["docx"]))
    paper = "\n".join(paragraph.text for paragraph in document.paragraphs)
    text = written["md"].read_text("utf-8")
    for fact in (*FACTS[1:], "步行道七点半已开放"):
        assert fact in text, fact
        assert fact in paper, fact

    hand_over(at_eight)
    for path in (tmp_path / "handover.docx", tmp_path / "handover.md"):
        assert at_eight("handover", "export", str(path), "--of", "last").status == 0
        assert path.stat().st_size > 500
    lines = at_eight("log", "show", "--since", "07:50", who=RELIEF)
    assert "签" in lines.out, lines.err


def hand_over(typed: Any) -> None:
    """The night's officer to the day's: a line on what is critical, the equipment, item by item with read-back."""
    open_ = {case["number"] for case in typed("status", "--json").document["cases"]}
    items = typed("handover", "show", "--json").document["handover"]["items"]
    assert {item["item"]["number"] for item in items if item["item"]["kind"] == "case"} == open_
    for item in items:
        if item["critical"]:
            assert typed("handover", "tell", item["key"], "等执法上午到场，绑扎每班看一次").status == 0
    assert typed("handover", "equipment", "all").status == 0
    assert typed("handover", "sign").status == 0
    refused = typed("handover", "sign", who=RELIEF)
    assert refused.status == 1, "not before each item is accepted"
    assert typed("status", "--json").document["holding"]["shift"]["code"] == "N20200702"
    typed("--clock", "2020-07-03T08:02x0", "clock")
    for item in typed("handover", "show", "--json").document["handover"]["items"]:
        said = ("执法上午到场，每班看绑扎",) if item["critical"] else ()
        assert typed("handover", "accept", item["key"], *said, who=RELIEF).status == 0
    assert typed("handover", "sign", who=RELIEF).status == 0
    after = typed("status", "--json").document
    assert after["holding"]["shift"]["code"] == "D20200703"
    assert {case["number"]: case["owner"] for case in after["cases"]} == dict.fromkeys(open_, RELIEF)

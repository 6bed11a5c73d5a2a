"""`wangge handover` as it is typed: the night hands over to the day, item by item; nothing is lost (behaviours 26)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import OFFICER, Type

RELIEF = ("--as", "JF-ZB3")


@pytest.mark.slow
def test_a_night_hands_over(desk: Type, blown: str, tmp_path: Path) -> None:
    """Lines, equipment, both signatures, the paper; each refusal says what is missing."""
    daily = desk(
        "whistle",
        "blow",
        "--line",
        "双河一 日常 桥头路灯不亮",
        "--place-text",
        "桥头",
        "--exposed",
        "行人",
        "--why",
        "要电工",
        "--on-behalf-of",
        "SH-G01-A",
        "--channel",
        "phone",
    )
    assert daily.status == 0, daily.err
    desk("log", "add", "居民来电问停水", "--state", "open")
    desk("--clock", "2020-07-03T07:50x0", "clock")
    shown = desk("handover", "show", "--json").document["handover"]
    assert (shown["state"], shown["step"], shown["outgoing"]["code"]) == ("draft", "lines", "N20200702")
    assert shown["incoming"]["code"] == "D20200703"
    assert shown["counts"]["case"] == 2
    assert shown["counts"]["log"] == 1
    early = desk("handover", "sign")
    assert (early.status, "is critical" in early.err) == (1, True)
    for item in shown["items"]:
        if item["critical"]:
            told = desk("handover", "tell", item["key"], "清淤队在路上，每半小时问一次")
            assert told.status == 0, told.err
    missing = desk("handover", "sign")
    assert (missing.status, "equipment" in missing.err) == (1, True)
    assert desk("handover", "equipment", "radio=缺一块电池", "all").status == 0
    assert desk("handover", "note", "大桥下护栏有人看").status == 0
    assert desk("handover", "sign", "--json").document["handover"]["state"] == "handed"
    by_night = desk("handover", "accept", "1", "知道了")
    assert (by_night.status, "not on duty" in by_night.err) == (1, True)
    late = desk("--clock", "2020-07-03T08:12x0", "status", "--json").document
    assert (late["shift"]["code"], late["holding"]["shift"]["code"]) == ("D20200703", "N20200702")
    assert late["holding"]["late_minutes"] == 12
    text = desk("--lang", "zh", "status").out
    assert "08:00 交班" in text
    assert "未接班 12" in text
    shown = desk("handover", "show", "--json").document["handover"]
    silent = desk("handover", "accept", shown["items"][0]["key"], *RELIEF)
    assert (silent.status, "read back" in silent.err) == (2, True)
    for item in shown["items"]:
        said = ("半小时问一次清淤队",) if item["critical"] else ()
        seen = ("--seen", item["item"]["mark"])
        accepted = desk("handover", "accept", item["key"], *said, *seen, *RELIEF)
        assert accepted.status == 0, accepted.err
    noted = desk("whistle", "note", blown, "--note", "新盖在路上")
    assert noted.status == 0, noted.err
    changed = desk("handover", "sign", *RELIEF)
    assert (changed.status, "changed since" in changed.err) == (1, True)
    again = desk("handover", "accept", blown, "等新盖", *RELIEF)
    assert again.status == 0, again.err
    signed = desk("handover", "sign", "--json", *RELIEF).document["handover"]
    assert (signed["state"], signed["taken_by"]) == ("taken", "JF-ZB3")
    cases = desk("status", "--json").document["cases"]
    assert len(cases) == 2
    assert desk("status", "--json").document["holding"]["shift"]["code"] == "D20200703"
    assert {one["owner"] for one in cases} == {"JF-ZB3"}
    assert desk("handover", "note", "仓库钥匙在二楼", "--of", "last").status == 0
    path = tmp_path / "handover.md"
    assert desk("--lang", "zh", "handover", "export", str(path), "--of", "N20200702").status == 0
    paper = path.read_text("utf-8")
    for words in ("# 交接班记录", "电台 缺一块电池", "复述：半小时问一次清淤队", "大桥下护栏有人看", "仓库钥匙在二楼",
                  "夜班 2020年7月2日 18:00–08:00 → 白班 2020年7月3日 08:00–18:00", "## 一、未结哨",
                  "交班 街道·值班员甲", "接班 街道·值班员丙"):  # fmt: skip
        assert words in paper, words
    assert not any(words in paper for words in ("带班 带班", "值班员 值班员")), paper
    log = desk("--lang", "zh", "log", "show").out
    assert "值班员丙接班签字，现在值班\n" in log
    assert '"sheet"' not in desk("log", "show", "--json").out
    (record,) = desk("handover", "list", "--json").document["handovers"]
    assert (record["outgoing"], record["incoming"], record["handed_by"]) == ("N20200702", "D20200703", OFFICER)


def test_what_is_not_there_is_said(desk: Type) -> None:
    """An item, a piece, a shift that do not exist; a remark without words."""
    desk("--clock", "2020-07-03T07:50x0", "clock")
    for words, status, part in (
        (("tell", "9", "什么"), 1, "not among what is open"),
        (("equipment", "ladder"), 1, "no equipment ladder"),
        (("equipment", "radio="), 2, "what is missing"),
        (("show", "--of", "N1"), 1, "handed over nothing"),
        (("sign", *RELIEF), 1, "hands over"),
    ):
        said = desk("handover", *words)
        assert (said.status, part in said.err) == (status, True), said.err
    assert "No shift has handed over yet." in desk("handover", "list").out

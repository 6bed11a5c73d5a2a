"""`wangge log` as it is typed: an entry in one line, put right, closed, and the night as its log tells it."""

from __future__ import annotations

from tests.cli.conftest import Type


def test_an_entry_is_typed_corrected_and_closed(desk: Type) -> None:
    """One line each; the number of whoever called is masked wherever it is shown."""
    added = desk(
        "log", "add", "17:40 电话 13800001111 双河一 居民问步行道何时开放 / 报 带班领导 17:42 / 未了", "--json"
    )
    entry = added.document["entry"]
    assert (entry["number"], entry["source"], entry["state"], entry["grid"]) == (1, "phone", "open", "JF-SH-G01")
    assert entry["at"] == "2020-07-02T17:40:00+08:00"
    assert entry["texts"] == {
        "content": "双河一 居民问步行道何时开放", "phone": "138****1111", "told": "带班领导 17:42",
    }  # fmt: skip
    corrected = desk("log", "correct", "#1", "居民问步行道几点开放", "--state", "open", "--json").document["entry"]
    assert (corrected["number"], corrected["at"], corrected["source"]) == (2, entry["at"], "phone")
    assert corrected["texts"] == {"content": "居民问步行道几点开放", "phone": "138****1111"}
    assert desk("log", "open", "--json").document["open"][0]["number"] == 2
    shown = desk("--lang", "zh", "log", "show", "--since", "17:00").out
    assert "#1 〔已更正〕 138****1111：双河一 居民问步行道何时开放；报 带班领导 17:42" in shown
    assert "未了：#2" in shown
    closed = desk("log", "close", "2", "已答复", "--json").document["entry"]
    assert (closed["state"], closed["closing"]) == ("closed", {"result": "已答复"})
    assert "Nothing in the log is open." in desk("log", "open").out
    lines = desk("log", "show", "--since", "17:00", "--json").document["log"]["lines"]
    assert [line["kind"] for line in lines if line["source"] in ("phone", "log")] == ["logged", "logged", "log_closed"]


def test_what_is_refused_changes_nothing(desk: Type) -> None:
    """A sentence on standard error, the exit status of what was wrong."""
    for arguments, status, why in (
        (("log", "add", "电话 / 未了"), 2, "missing"),
        (("log", "add", "停电 13900002222 和 13800001111"), 2, "identity or phone number"),
        (("log", "close", "7"), 1, "no entry 7"),
        (("log", "correct", "x", "停电"), 1, "no entry x"),
        (("log", "add", "停电", "--case", "0999-01"), 1, "0999-01"),
        (("log", "show", "--shift", "N1"), 1, "no shift N1"),
        (("log", "show", "--shift", "N1", "--since", "10:00"), 2, "exclude each other"),
        (("log", "show", "--until", "10:00"), 2, "missing"),
        (("log", "show", "--since", "17:00", "--until", "16:00"), 2, "later than the beginning"),
        (("log", "shout"), 2, "knows no shout"),
    ):
        refused = desk(*arguments)
        assert refused.status == status, (arguments, refused.err)
        assert why in refused.err, (arguments, refused.err)
        assert refused.err.count("\n") == 1
    assert desk("log", "show", "--since", "17:00", "--json").document["log"]["open"] == []


def test_a_case_is_linked_and_reminders_stand_apart(desk: Type) -> None:
    """Its events stand in the log by themselves; reminders only where they are asked for."""
    line = "双河一 应急 双河大桥旁井盖冲开"
    number = desk("whistle", "blow", "--line", line, "--json").document["case"]["number"]
    desk("log", "add", f"电话 {number} 州防指来电询问进展")
    assert desk("tick").status == 0
    shown = desk("log", "show", "--json").document["log"]["lines"]
    assert {line["kind"] for line in shown if line["number"] == number} == {"blown", "logged"}
    whole = desk("log", "show", "--all", "--json").document["log"]["lines"]
    assert any(line["reminder"] for line in whole)
    assert "reminder" in desk("log", "show").out.splitlines()[-1]

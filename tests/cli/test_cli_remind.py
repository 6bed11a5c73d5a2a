"""`wangge remind`, `tick` and `channel` on the command line: what a person types, what comes back, what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import ADMIN, OFFICER, Type


def test_a_reminder_is_set_comes_and_is_answered(desk: Type) -> None:
    """As typed in either language; due at its minute; answered once; what is over is listed on demand."""
    said = desk("--as", OFFICER, "remind", "add", "30分钟后", "给公共事业中心回电", "--json").document["reminder"]
    assert said["next_at"].endswith("18:30:00+08:00")
    assert "20:00" in desk("--as", OFFICER, "remind", "add", "every", "day", "20:00", "call", "the", "community").out
    assert desk("tick", "--json").document["rang"] == 0
    assert desk("--clock", "2020-07-02T18:31", "tick", "--json").document["rang"] == 1
    (due,) = [one for one in desk("remind", "list", "--json").document["due"] if one["message"] == "给公共事业中心回电"]
    assert (due["told"], due["state"], due["missed"]) == ([OFFICER], "waiting", False)
    done = desk("--as", OFFICER, "remind", "done", f"#{due['id'][:8]}", "--json").document["notice"]
    assert (done["state"], done["answered_by"]) == ("answered", OFFICER)
    again = desk("--as", OFFICER, "remind", "done", due["id"], "--json")
    assert (again.status, again.error["code"]) == (1, "conflict")
    assert "给公共事业中心回电" in desk("remind", "list", "--all").out


def test_an_urgent_one_is_snoozed_with_a_reason_passed_on_and_called_about(desk: Type) -> None:
    """Behaviours 22 and 23 from the command line."""
    desk("--as", OFFICER, "remind", "add", "1分钟后", "看水位", "--urgent")
    desk("--clock", "2020-07-02T18:02", "tick")
    (due,) = [one for one in desk("remind", "list", "--json").document["due"] if one["message"] == "看水位"]
    short = due["id"][:8]
    refused = desk("--as", OFFICER, "remind", "snooze", short, "10分钟后", "--json")
    assert (refused.status, refused.error["field"]) == (2, "reason")
    snoozed = desk("--as", OFFICER, "remind", "snooze", short, "10分钟后", "--reason", "在路上", "--json")
    assert snoozed.document["notice"]["state"] == "snoozed"
    passed = desk("--as", OFFICER, "remind", "pass", short, "JF-ZB2", "--json").document["notice"]
    assert passed["told"] == ["JF-ZB2"]
    called = desk("--as", OFFICER, "remind", "call", short, "JF-ZB2", "--no-answer", "--json").document["notice"]
    assert called["step"] > passed["step"]
    answered = desk("--as", OFFICER, "remind", "call", short, "JF-DB", "--answered", "--json").document["notice"]
    assert answered["answered_by"] == "JF-DB"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("remind", "add", "复查井盖"), 2),
        (("remind", "add", "明早8点"), 2),
        (("remind", "add", "昨天", "8点", "复查"), 2),
        (("remind", "add", "明早8点", "复查", "--for", "谁"), 1),
        (("remind", "add", "明早8点", "复查", "--for", "JF-ZB2", "--role", "duty_leader"), 2),
        (("remind", "add", "每小时", "直到结案", "看水位"), 2),
        (("remind", "add", "明早8点", "复查", "--case", "0702-99"), 1),
        (("remind", "done", "12345678"), 1),
        (("remind", "snooze", "12345678", "以后"), 2),
        (("remind", "remove", "12345678"), 1),
        (("remind", "call", "12345678", "JF-DB"), 2),
        (("remind", "nothing"), 2),
        (("channel", "nothing"), 2),
        (("channel", "test", "没有"), 1),
        (("channel", "route", "谁", "--by", "群"), 1),
        (("channel", "add", "群", "not an address"), 2),
        (("tick", "now"), 2),
    ],
)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(desk: Type, words: tuple[str, ...], status: int) -> None:
    """No traceback, nothing written, the exit status of its kind."""
    before = desk("remind", "list", "--json").document
    said = desk("--as", OFFICER, *words)
    assert said.status == status, said.err
    assert "Traceback" not in said.err
    assert desk("remind", "list", "--json").document == before


def test_a_channel_is_kept_masked_routed_and_forgotten(desk: Type) -> None:
    """The address lies in a file only its owner reads; lists and JSON show it masked."""
    said = desk("channel", "add", "群", "ntfys://ntfy.example.cn/secrettopic")
    assert said.status == 0
    assert "secrettopic" not in said.out
    file = next(Path().rglob("channels.toml"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    routed = desk("--as", ADMIN, "channel", "route", OFFICER, "--by", "群", "--json").document["routes"]
    assert routed == [{"member": OFFICER, "channel": "群", "position": 1, "urgent_only": False, "topics": ""}]
    listed = desk("channel", "list")
    assert "secrettopic" not in listed.out
    assert "群" in listed.out
    refused = desk("channel", "test", "群", "--json")
    assert (refused.status, refused.error["code"]) == (1, "refused")
    assert desk("channel", "remove", "群").status == 0
    assert "群" in desk("channel", "list").out
    assert desk("--as", "SH-G01-A", "channel", "route", OFFICER, "--by", "群").status == 1

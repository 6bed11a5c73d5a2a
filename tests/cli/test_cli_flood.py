"""`wangge warning` and `wangge flood`: what a person types, what comes back, what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import ADMIN, OFFICER, PATROLLER, Type
from tests.unit.cap_files import BAD, alert, info, utf8

LEADER = "JF-DB"
SENT = "2020-07-02T17:35:00+08:00"
ISSUER = ("--issuer", "永顺县气象台")
DOCUMENT = ("--issuer", "永顺县防指", "--number", "永汛〔2020〕12号")


def message(identifier: str = "one", severity: str = "Orange", **texts: str) -> bytes:
    return utf8(alert(info(severity=severity), identifier=identifier, sent=SENT, **texts))


def test_a_signal_and_a_level_raise_the_posture_and_stand_in_the_status(desk: Type) -> None:
    """Typed in either language; the status says it in its second line, and every grid has the colour."""
    said = desk("warning", "add", "黄色", "暴雨", *ISSUER, "--issued", "17:35", "--json").document
    assert (said["before"], said["flood"]["posture"]) == ("season", "yellow")
    assert (said["warning"]["hazard"], said["warning"]["in_force"]) == ("rainstorm", True)
    said = desk("flood", "level", "Ⅳ", *DOCUMENT, "--from", "17:50", "--json").document
    assert (said["response"]["level"], said["response"]["begins_at"]) == ("IV", "2020-07-02T17:50:00+08:00")
    assert desk("status", "--json").document["flood"]["posture"] == "yellow"
    chinese = desk("status", "--lang", "zh").out
    assert "防汛Ⅳ级 自17:50 · 暴雨黄色 17:35 永顺县气象台" in chinese
    assert "巡查每" not in chinese
    desk("round", "template", "rules.toml")
    desk("round", "load", "rules.toml", "--as", "JF-GL")
    assert "永顺县气象台 · 巡查每4小时一轮" in desk("status", "--lang", "zh").out
    english = desk("status").out
    assert "flood response Ⅳ from 17:50 · yellow rainstorm 17:35" in english
    assert desk("flood", "show").out.startswith("Flood posture: yellow")


def test_who_is_on_post_and_what_rounds_keep_to_follow_the_posture(desk: Type) -> None:
    """By name where the shift or the roster has them; from safe ground at red."""
    desk("round", "template", "rules.toml")
    desk("round", "load", "rules.toml", "--as", "JF-GL")
    assert "on_post" in desk("flood", "show", "--json").document
    assert "On post" not in desk("flood", "show").out
    desk("warning", "add", "yellow", "rainstorm", *ISSUER)
    document = desk("flood", "show", "--json").document
    assert [one["audience"] for one in document["on_post"]] == ["duty_officer", "duty_leader", "grid_leader"]
    assert LEADER in document["on_post"][1]["members"]
    chinese = desk("flood", "show", "--lang", "zh").out
    assert "到岗：值班员 " in chinese
    assert "两人同行" in chinese
    assert "退水时加巡" in chinese
    desk("warning", "add", "red", "rainstorm", *ISSUER, "--number", "9")
    english = desk("flood", "show").out
    assert "from safe ground" in english
    assert "zone platform" in english


def test_lowering_needs_the_leader_and_a_word(desk: Type) -> None:
    """--yes or the posture by name; the desk may not, and nothing is lowered while something holds it up."""
    number = desk("warning", "add", "red", "rainstorm", *ISSUER, "--json").document["warning"]["id"]
    held = desk("--as", LEADER, "flood", "lower", "blue", "--json")
    assert (held.status, held.error["code"]) == (1, "illegal_move")
    desk("warning", "cancel", number[:8], "--reason", "解除")
    assert "may be lowered to ordinary" in desk("flood", "show").out
    refused = desk("--as", OFFICER, "flood", "lower", "season", "--json")
    assert (refused.status, refused.error["code"]) == (1, "not_permitted")
    asked = desk("--as", LEADER, "flood", "lower", "--json")
    assert (asked.status, asked.error["field"]) == (2, "yes")
    assert desk("flood", "show", "--json").document["flood"]["posture"] == "red"
    done = desk("--as", LEADER, "flood", "lower", "--yes", "--json").document
    assert (done["before"], done["flood"]["posture"]) == ("red", "season")


def test_undo_takes_the_slip_back(desk: Type) -> None:
    """Red for orange: named before and after, taken back with the signal, and typed anew."""
    desk("warning", "add", "红", "暴雨", *ISSUER, "--number", "4")
    assert "录入的永顺县气象台暴雨红色预警" in desk("flood", "undo", "--preview", "--lang", "zh").out
    assert desk("flood", "show", "--json").document["flood"]["posture"] == "red"
    assert desk("flood", "undo", "--json").document["flood"]["posture"] == "season"
    assert desk("warning", "list").out.strip() == "No warning is in force."
    assert (
        desk("warning", "add", "橙", "暴雨", *ISSUER, "--number", "4", "--json").document["flood"]["posture"]
        == "orange"
    )


def test_a_folder_of_messages_is_imported_and_the_bad_ones_are_named(desk: Type, tmp_path: Path) -> None:
    """Exit 0 with one good file; each bad one with its reason, in the order of their names; again writes nothing."""
    folder = tmp_path / "预警"
    folder.mkdir()
    (folder / "b.xml").write_bytes(message())
    (folder / "a.xml").write_bytes(message("two", "Yellow", msgType="Update", references="one"))
    (folder / "bomb.xml").write_bytes(BAD["billion laughs"][0])
    (folder / "junk").write_bytes(BAD["10 MB of junk"][0])
    (folder / "sub").mkdir()
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "nowhere").symlink_to(folder / "missing")
    os.mkfifo(folder / "pipe")
    (folder / ".hidden.xml").write_bytes(message("hidden"))
    said = desk("warning", "import", str(folder), "--json").document
    names = {Path(one["file"]).name: one["reason"] for one in said["files"]}
    assert list(names) == ["a.xml", "b.xml", "bomb.xml", "junk", "loop", "nowhere", "pipe", "sub"]
    assert (names["a.xml"], names["b.xml"]) == (None, None)
    assert "DTD" in names["bomb.xml"]
    assert "1 MB" in names["junk"]
    assert "circle" in names["loop"]
    assert (names["pipe"], names["sub"]) == ("it is no plain file", "it is a folder")
    assert (said["recorded"], said["known"], said["skipped"], said["hidden"]) == (2, 0, 6, 1)
    listed = desk("warning", "list", "--json").document["warnings"]
    assert [one["identifier"] for one in listed if one["in_force"]] == ["two"]
    again = desk("warning", "import", str(folder), "--json").document
    assert (again["recorded"], again["known"]) == (0, 2)
    text = desk("warning", "import", str(folder), "--lang", "zh").out
    assert "已记录过" in text
    assert "隐藏文件 1 个" in text
    assert "bomb.xml：" in text or "bomb.xml: " in text


def test_a_feed_with_a_bad_message_is_read_but_for_it(desk: Type, tmp_path: Path) -> None:
    """The good ones are recorded and can be shown; the bad one is named with its reason."""
    feed = "".join(message(*texts).decode().partition("?>")[2] for texts in (("one", "Yellow"), ("two", "Blue")))
    bad = alert(identifier="odd", status="Perhaps")
    (tmp_path / "feed.xml").write_bytes(utf8(f"<feed>{bad}{feed}</feed>"))
    said = desk("warning", "import", "feed.xml", "--json").document
    (file,) = said["files"]
    assert ([one["identifier"] for one in file["messages"]], file["read"]) == (["one", "two"], True)
    assert len(file["bad"]) == said["skipped"] == 1
    assert "odd" in desk("warning", "import", "feed.xml", "--lang", "zh").out
    assert desk("warning", "show", "two", "--json").document["message"]["identifier"] == "two"


def test_a_message_is_shown_whole(desk: Type, tmp_path: Path) -> None:
    """Every language, what was odd, what it refers to."""
    both = info(language="en-GB", event="Rainstorm", severity="Orange", headline="Orange warning") + info(language="zh")
    (tmp_path / "x.xml").write_bytes(utf8(alert(both, identifier="whole", sent="2020-07-02T17:35:00")))
    desk("warning", "import", "x.xml")
    shown = desk("warning", "show", "whole").out
    assert "[en-GB] Orange warning" in shown
    assert "no offset" in shown
    document = desk("warning", "show", "whole", "--json").document
    assert [one["language"] for one in document["message"]["infos"]] == ["en-GB", "zh"]


@pytest.mark.parametrize(
    "name", ["nothing", "text", "half", "billion laughs", "200,000 deep", "no sender", "NUL bytes"]
)
def test_a_bad_file_is_one_sentence_and_changes_nothing(desk: Type, tmp_path: Path, name: str) -> None:
    """Exit 2, no traceback, in both languages."""
    (tmp_path / "x.xml").write_bytes(BAD[name][0])
    said = desk("warning", "import", "x.xml", "--json")
    assert (said.status, said.error["code"], said.error["total"]) == (2, "bad_file", 1)
    for language in ("zh", "en"):
        told = desk("warning", "import", "x.xml", "--lang", language)
        assert told.status == 2
        assert len(told.err.splitlines()) == 1
        assert "Traceback" not in told.err
    assert desk("warning", "list", "--all", "--json").document["warnings"] == []


def test_paths_that_cannot_be_read_are_refused(desk: Type, tmp_path: Path) -> None:
    """No such path, an empty folder, a folder of bad ones, a file nobody may read."""
    assert desk("warning", "import", "missing.xml").status == 2
    for nothing in ("", " "):
        said = desk("warning", "import", nothing, "--json")
        assert (said.status, said.error["field"]) == (2, "path")
    (tmp_path / "empty").mkdir()
    assert desk("warning", "import", "empty").status == 0
    (tmp_path / "bad").mkdir()
    for n in range(3):
        (tmp_path / "bad" / f"{n}.xml").write_bytes(b"no")
    said = desk("warning", "import", "bad", "--json")
    assert (said.status, said.error["total"], len(said.error["problems"])) == (2, 3, 3)
    locked = tmp_path / "locked.xml"
    locked.write_bytes(message())
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        assert desk("warning", "import", "locked.xml").status == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("warning", "add", "紫", "暴雨", *ISSUER), 2),
        (("warning", "add", "黄", "暴雨"), 2),
        (("warning", "add", "黄", "暴雨", *ISSUER, "--issued", "23:59"), 2),
        (("warning", "add", "黄", "暴雨", *ISSUER, "--until", "whenever"), 2),
        (("warning", "show", "12345678"), 1),
        (("warning", "cancel", "nothing"), 1),
        (("warning", "nothing"), 2),
        (("flood", "level", "Ⅴ", *DOCUMENT), 2),
        (("flood", "level", "3", "--issuer", "县防指"), 2),
        (("flood", "level", "3", "--issuer", "县防指", "--number", " "), 2),
        (("flood", "end-level"), 1),
        (("flood", "lower", "purple"), 2),
        (("flood", "undo"), 1),
        (("flood", "evacuate", "1号"), 2),
        (("flood", "evacuate", "1号", "--grid", "没有"), 2),
        (("flood", "evacuate", "1号", "--grid", "双河一", "--people", "many"), 2),
        (("flood", "evacuate", "--from-round", "0702-77"), 1),
        (("flood", "call", "9", "--answered"), 1),
        (("flood", "call", "9"), 2),
        (("flood", "left", "9"), 2),
        (("flood", "nothing"), 2),
        (("--as", PATROLLER, "flood", "level", "3", *DOCUMENT), 1),
    ],
)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(desk: Type, words: tuple[str, ...], status: int) -> None:
    """No traceback, nothing written, the exit status of its kind."""
    before = desk("status", "--json").document["seq"]
    said = desk(*words)
    assert said.status == status, said.err
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1
    assert desk("status", "--json").document["seq"] == before


def test_a_household_is_shown_with_every_call(desk: Type) -> None:
    """What was said, by whom, when; numbers in where they went and in what was said are masked like the others."""
    desk("flood", "evacuate", "码头巷2号", "--grid", "双河一")
    desk("flood", "call", "1", "--no-answer", "--said", "打了13911112222无人接")
    desk("flood", "call", "1", "--answered", "--by", PATROLLER)
    desk("flood", "left", "1", "--to", "女儿家 13900003333")
    for language in ("zh", "en"):
        said = desk("flood", "household", "户1", "--lang", language).out
        assert "1391111" not in said
        assert "139****2222" in said
        assert "139****3333" in said
        listed = desk("flood", "households", "--lang", language).out
        assert "139****3333" in listed
    whole = desk("flood", "household", "1", "--phones", "--lang", "zh").out
    assert "女儿家 13900003333" in whole
    assert "第 2 次" in whole
    assert "13900003333" not in str(desk("flood", "households", "--json").document)
    assert desk("flood", "household", "9").status == 1


def test_households_are_called_and_counted(desk: Type) -> None:
    """Listed, called, gone; a phone number in the words is masked on the shared screen."""
    said = desk("flood", "evacuate", "码头巷2号 13900002222", "--grid", "双河一", "--people", "4", "--json").document
    assert said["household"]["number"] == 1
    assert "13900002222" not in str(said)
    assert desk("flood", "call", "户1", "--no-answer", "--json").document["household"]["state"] == "no_answer"
    assert desk("flood", "call", "1", "--answered", "--by", PATROLLER, "--json").document["household"]["calls"] == 2
    left = desk("flood", "left", "H1", "--to", "学校", "--by", PATROLLER, "--json").document["household"]
    assert (left["to"], left["moved_by"]) == ("学校", PATROLLER)
    listed = desk("flood", "households", "--json").document
    assert listed["counts"] == [
        {"grid": "JF-SH-G01", "households": 1, "people": 4, "called": 1, "answered": 1, "left": 1, "unreachable": 0}
    ]
    assert "13900002222" in desk("flood", "households", "--phones").out
    assert "13900002222" not in desk("flood", "households", "--lang", "zh").out
    shown = desk("flood", "household", "1", "--json").document
    assert [one["kind"] for one in shown["history"]] == [
        "evacuation_listed", "evacuation_called", "evacuation_answered", "evacuated",
    ]  # fmt: skip
    assert [one["by"] for one in shown["history"]][2:] == [PATROLLER, PATROLLER]
    assert desk("flood", "returned", "1").status == 0
    assert desk("flood", "households", "--json").document["households"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("group", ["warning", "flood"])
def test_every_action_explains_itself(wangge: Type, desk: Type, language: str, group: str) -> None:
    """Help of the group and of each action, exit 0, in the language asked for."""
    said = desk(group, "--help", "--lang", language)
    assert said.status == 0
    assert ("用法" in said.out) == (language == "zh")
    assert desk("--as", ADMIN, group, "--lang", language).status == 2


def test_from_when_a_document_holds_may_have_passed_or_lie_ahead(desk: Type) -> None:
    """At 18:00 a level from 20:00 is tonight's and raises nothing yet; a signal from 17:55 holds."""
    said = desk("flood", "level", "Ⅲ", *DOCUMENT, "--from", "20:00", "--until", "08:00", "--json").document
    assert (said["response"]["begins_at"], said["response"]["until_at"]) == (
        "2020-07-02T20:00:00+08:00", "2020-07-03T08:00:00+08:00",
    )  # fmt: skip
    assert said["flood"]["posture"] == "season"
    said = desk("warning", "add", "yellow", "rainstorm", *ISSUER, "--from", "17:55", "--json").document
    assert (said["warning"]["begins_at"], said["flood"]["posture"]) == ("2020-07-02T17:55:00+08:00", "yellow")
    refused = desk("flood", "level", "Ⅱ", *DOCUMENT, "--from", "whenever", "--json")
    assert (refused.status, refused.error["field"]) == (2, "from")

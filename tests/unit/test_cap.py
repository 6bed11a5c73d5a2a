"""Warnings as files: every flavour read fully, every bad one refused with its reason, in time (Done when 4)."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.flood import Aside
from app.domain.hazard import Hazard
from app.domain.posture import Colour
from app.domain.warned_area import Here
from app.domain.warning import Alert, MsgType, Reference
from app.render.warning import whole_lines
from app.render.words import Words
from app.services.cap import read_alerts, read_messages, read_one
from app.services.flood_words import EVERYWHERE, alert_values
from tests.unit.cap_files import AREA, BAD, EDXL, GOOD, HEAD, SENT, alert, info, utf8
from tests.unit.test_flood_drawing import SIGNAL, sight

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2021, 6, 17, 19, 5, tzinfo=UTC)
LONGEST = 5.0
"""Seconds: five times the second that is promised (decisions 29)."""


def read(content: bytes) -> Alert:
    (found,) = read_alerts(content, ZONE)
    return found


@pytest.mark.parametrize("name", GOOD)
def test_every_good_file_is_read_fully(name: str) -> None:
    """Whoever issued it, however it is written."""
    content, wanted = GOOD[name]
    found = read_alerts(content, ZONE)
    one = found[0]
    assert (one.identifier, one.sender, one.sent) == ("43312741600000_20210618030500_1", "ys@example.test", AT)
    values = alert_values(one, drill=False)
    seen = {
        "colour": values.colour, "hazard": values.hazard, "code": values.type_code, "notes": len(one.notes),
        "status": one.status, "type": one.msg_type, "references": len(one.references), "infos": len(one.infos),
        "signed": one.signed, "count": len(found), "areas": len(one.infos[0].areas) if one.infos else 0,
        "lifted": any(info.lifted for info in one.infos),
    }  # fmt: skip
    assert {key: seen[key] for key in wanted} == wanted


@pytest.mark.parametrize("name", BAD)
def test_every_bad_file_is_refused_with_its_reason(name: str) -> None:
    """In a second, without eating memory, and in both languages; nothing outside is opened."""
    content, word = BAD[name]
    began = time.perf_counter()
    with pytest.raises(BadInput) as refused:
        read_alerts(content, ZONE)
    assert time.perf_counter() - began < LONGEST
    said = Words("en").say(refused.value.message)
    assert word in said
    assert Words("zh").say(refused.value.message) != said


@pytest.mark.parametrize("name", ["billion laughs", "quadratic blow-up", "200,000 deep", "300,000 elements"])
def test_a_bomb_takes_little_memory(name: str) -> None:
    """Less than 100 MB beside the file itself (reliability, "bombs")."""
    content, _ = BAD[name]
    tracemalloc.start()
    try:
        with pytest.raises(BadInput):
            read_alerts(content, ZONE)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_everything_in_a_message_comes_back() -> None:
    """Areas with their shapes and codes, parameters, instants, every text; the languages side by side."""
    english = info(
        language="en", event="Rainstorm", severity="Orange", headline="Orange rainstorm", senderName="An office"
    )
    chinese = info(
        language="zh-CN", severity="Orange", effective="2021-06-18T03:10:00+08:00", onset="2021-06-18T04:00:00+08:00",
        expires="2021-06-18T09:05:00+08:00", description="未来3小时降雨将达50毫米以上。\n请注意防范。",
        instruction="转移危险地带人员。",
        more=AREA + "<parameter><valueName>小时雨量</valueName><value>61.2</value></parameter>",
    )  # fmt: skip
    found = read(utf8(alert(english + chinese)))
    zh = found.info("zh")
    assert zh is not None
    assert (zh.event, zh.category, zh.urgency, zh.certainty) == ("暴雨", ("Met",), "Expected", "Likely")
    assert zh.description.splitlines() == ["未来3小时降雨将达50毫米以上。", "请注意防范。"]
    assert zh.instruction == "转移危险地带人员。"
    assert zh.parameters == (("小时雨量", "61.2"),)
    (area,) = zh.areas
    assert (area.desc, len(area.polygons[0]), area.circles) == ("灵溪镇", 4, ((29.0, 109.85, 12.5),))
    assert area.geocodes == (("行政区划", "433127"),)
    assert zh.effective == datetime(2021, 6, 17, 19, 10, tzinfo=UTC)
    assert zh.onset == datetime(2021, 6, 17, 20, 0, tzinfo=UTC)
    values = alert_values(found, drill=False)
    assert (values.colour, values.begins_at) == (Colour.ORANGE, zh.effective)
    assert values.expires_at == AT + timedelta(hours=24, minutes=5), "one of the infos names no end: a day is taken"
    texts = values.texts
    assert (texts["event"], texts["event_en"], texts["issuer"]) == ("暴雨", "Rainstorm", "永顺县气象台")
    assert texts["area"] == "灵溪镇"


def test_references_are_read_as_they_are_written() -> None:
    """Triplets, names with spaces, and numbers alone."""
    found = read(utf8(alert(msgType="Update", references=f"某 气象台,one,{SENT} a@b,two,{SENT} three")))
    assert found.msg_type is MsgType.UPDATE
    assert found.references == (Reference("one", "某 气象台", AT), Reference("two", "a@b", AT), Reference("three"))


def test_a_bad_message_costs_none_of_the_others() -> None:
    """Of a feed each good one is read, each bad one named by its place, its number and why; none good is refused."""
    bad = [alert(identifier="strange", status="Perhaps"), alert(sender="", identifier="nobody"), alert(identifier="")]
    feed = utf8(f"<feed>{alert(identifier='a')}{bad[0]}{bad[1]}{alert(identifier='b')}{bad[2]}</feed>")
    found = read_messages(feed, ZONE)
    assert [one.identifier for one in found.alerts] == ["a", "b"]
    said = [Words("en").say(reason) for reason in found.bad]
    assert said == [
        "message 2 (strange): its status “Perhaps” is not known",
        "message 3 (nobody): its message has no sender",
        "message 5: its message has no identifier",
    ]
    assert read_alerts(feed, ZONE) == found.alerts
    with pytest.raises(BadInput):
        read_alerts(utf8(f"<feed>{bad[0]}{bad[1]}</feed>"), ZONE)


def test_messages_that_lie_in_texts_are_all_read() -> None:
    """Each entry of a feed holds one as text; the one that is broken is named."""
    entries = "".join(f"<content><![CDATA[{text}]]></content>" for text in (
        alert(identifier="a"), alert(identifier="broken")[:-9], HEAD + alert(identifier="b")
    ))  # fmt: skip
    found = read_messages(utf8(f"<feed>{entries}</feed>"), ZONE)
    assert [one.identifier for one in found.alerts] == ["a", "b"]
    assert ["well-formed" in Words("en").say(reason) for reason in found.bad] == [True]


def test_prose_about_alerts_is_no_message() -> None:
    """HTML in the texts of a feed costs nothing; a feed with nothing else is said to hold no message."""
    prose = "<item><description><![CDATA[<p>An alert & more<br>]]></description></item>"
    wrapped = f"<item><description><![CDATA[{alert(identifier='a')}]]></description></item>"
    assert read_messages(utf8(f"<rss>{prose}{wrapped}</rss>"), ZONE).bad == ()
    with pytest.raises(BadInput, match="no CAP message"):
        read_messages(utf8(f"<rss>{prose}</rss>"), ZONE)


def test_one_message_of_a_feed_is_read_again_by_its_name() -> None:
    """Of its sender and time, and no other; what this release cannot read is none."""
    later = SENT.replace("03:05", "04:05")
    feed = utf8(f"<feed>{alert(identifier='a')}{alert(identifier='b')}{alert(identifier='a', sent=later)}</feed>")
    for one in read_alerts(feed, ZONE):
        assert read_one(feed, ZONE, one.identifier, one.sender, one.sent) == one
    assert read_one(feed, ZONE, "c", "ys@example.test", AT) is None
    assert read_one(b"junk", ZONE, "a", "ys@example.test", AT) is None
    hidden = utf8(alert(identifier="a\u200b"))
    assert read_one(hidden, ZONE, "a", "ys@example.test", AT) == read(hidden)


def test_a_signature_is_no_part_of_the_message() -> None:
    """What lies in it is not read, and that nobody verified it is said."""
    found = read(GOOD["signed"][0])
    assert found.identifier != "never this"
    assert any("not verified" in note.msgid for note in found.notes)


def parts(*infos: str, here: Here = EVERYWHERE) -> tuple[object, ...]:
    """What a message of several infos comes to: hazard, colour, what else, its event."""
    values = alert_values(read(utf8(alert("".join(infos)))), drill=False, here=here)
    return values.hazard, values.colour, [(one.hazard, one.colour) for one in values.also], values.texts["event"]


def test_each_hazard_of_a_message_keeps_its_own_colour() -> None:
    """What asks for the most stands first; a red gale makes no red rainstorm, in whatever order they come."""
    rain, gale = info(severity="Orange"), info(event="大风", severity="Blue", headline="大风蓝色预警")
    wanted = (Hazard.RAINSTORM, Colour.ORANGE, [(Hazard.GALE, Colour.BLUE)], "暴雨")
    assert parts(rain, gale) == parts(gale, rain) == wanted
    wild = info(event="大风", severity="Red", headline="大风红色预警")
    assert parts(wild, info(severity="Blue")) == (Hazard.RAINSTORM, Colour.BLUE, [(Hazard.GALE, Colour.RED)], "暴雨")
    hail = info(event="冰雹", severity="Orange", headline="冰雹橙色预警")
    assert parts(wild, hail)[:3] == (Hazard.GALE, Colour.RED, [(Hazard.HAIL, Colour.ORANGE)])


def test_languages_of_a_message_are_no_hazards_of_their_own() -> None:
    """The same in another tongue, also in one whose words name no kind, is the same part of it."""
    english = info(language="en", event="Rainstorm", severity="Orange", headline="")
    french = info(language="fr", event="Pluie", severity="Red", headline="") + info(
        language="fr", event="Vent", severity="Blue", headline="")  # fmt: skip
    chinese = info(language="zh", severity="Yellow") + info(language="zh", event="大风", headline="", severity="")
    assert parts(english, info(language="zh", severity="Yellow"))[:3] == (Hazard.RAINSTORM, Colour.ORANGE, [])
    assert parts(french, chinese)[:3] == (Hazard.RAINSTORM, Colour.RED, [(Hazard.GALE, Colour.BLUE)])


def test_a_message_holds_as_long_as_what_asks_for_rounds() -> None:
    """The gale may blow on; two that bring water hold until the later end."""
    rain = info(expires="2021-06-18T09:00:00+08:00")
    ends = {"大风": 9, "山洪": 18}
    for event, hour in ends.items():
        other = info(event=event, headline="", severity="Blue", expires="2021-06-18T18:00:00+08:00")
        found = alert_values(read(utf8(alert(rain + other))), drill=False)
        assert found.expires_at == datetime(2021, 6, 18, hour, tzinfo=ZONE)


def test_what_is_elsewhere_and_what_is_lifted_are_told_apart() -> None:
    """The colour of a lifted warning is none; one for another place keeps its own, and neither is in force."""
    here = Here(names=("吉首",))
    far = alert_values(read(utf8(alert(info(severity="Red", more=AREA)))), drill=False, here=here)
    assert (far.aside, far.colour, far.hazard, far.counts) == (Aside.ELSEWHERE, Colour.RED, Hazard.RAINSTORM, False)
    over = alert_values(read(GOOD["lifted"][0]), drill=False)
    assert (over.aside, over.colour, over.hazard, over.counts) == (Aside.LIFTED, None, Hazard.RAINSTORM, False)
    assert alert_values(read(utf8(alert())), drill=False, here=here).aside is None


def test_only_an_actual_message_counts_in_earnest() -> None:
    """Exercises count in a drill; tests, system messages, drafts and cancellations never."""

    def counts(drill: bool, **texts: str) -> bool:
        return alert_values(read(utf8(alert(**texts))), drill=drill).counts

    assert counts(False)
    assert counts(False, msgType="Update")
    assert not counts(False, status="Exercise")
    assert counts(True, status="Exercise")
    for drill in (False, True):
        for texts in ({"status": "Test"}, {"status": "System"}, {"status": "Draft"}, {"msgType": "Cancel"},
                      {"msgType": "Ack"}, {"msgType": "Error"}):  # fmt: skip
            assert not counts(drill, **texts)
    assert not alert_values(read(GOOD["lifted"][0]), drill=True).counts


SEEDS = [GOOD[name][0] for name in ("plain 1.2", "GB/T 35965.1", "signed", "update", "Canada", "UTF-16 with mark")]
SEEDS += [utf8(EDXL.format(alert=alert()))]
BITS = [b"<", b">", b"&", b"\0", b"]]>", b"<!DOCTYPE x>", b"&#0;", b"&#x10FFFF;", b"<!--", b"<![CDATA[", b"\xff\xfe",
        "黄色".encode(), b"</info>", b"<info>", b"xmlns=''", b"-99:99", b"9" * 40, b",", b"<alert>"]  # fmt: skip
MUTATION = st.tuples(st.integers(0, 4000), st.integers(0, 60), st.one_of(st.sampled_from(BITS), st.binary(max_size=12)))


@settings(max_examples=400, deadline=5000)
@given(seed=st.sampled_from(SEEDS), changes=st.lists(MUTATION, min_size=1, max_size=6))
def test_a_spoiled_file_is_a_message_or_a_refusal(seed: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    """Bytes cut out, put in, changed: never anything but an Alert or BadInput, and never a long time."""
    content = seed
    for at, cut, bit in changes:
        at %= len(content) + 1
        content = content[:at] + bit + content[at + cut :]
    began = time.perf_counter()
    with contextlib.suppress(BadInput):
        for one in read_alerts(content, ZONE):
            assert all(isinstance(text, str) for text in alert_values(one, drill=True).texts.values())
            assert all(isinstance(line, str) for line in whole_lines(sight(), SIGNAL, one))
    assert time.perf_counter() - began < LONGEST


@settings(max_examples=200, deadline=5000)
@given(st.binary(max_size=3000))
def test_any_bytes_are_a_message_or_a_refusal(content: bytes) -> None:
    """Nothing else comes out of any file."""
    with pytest.raises(BadInput):
        read_alerts(content, ZONE)

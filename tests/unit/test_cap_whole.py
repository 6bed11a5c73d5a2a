"""Every element of CAP 1.2 and what issuers add to it: read, kept, and shown in both languages (Done when 4)."""

from __future__ import annotations

from dataclasses import fields
from zoneinfo import ZoneInfo

import pytest

from app.domain.warning import Alert, Area, Info, Reference, Resource
from app.render.glyphs import Glyphs
from app.render.sight import Sight
from app.render.warning import whole_lines
from app.render.words import Language, Words
from app.services.cap import MOST_REFERENCES, read_alerts
from tests.unit.cap_files import AREA, CAP11, SENT, SIGNATURE, alert, code, info, utf8
from tests.unit.cases import policy, street
from tests.unit.test_flood_drawing import NOW, SIGNAL

RESOURCE = (
    "<resource><resourceDesc>雷达图</resourceDesc><mimeType>image/png</mimeType><size>20480</size>"
    "<uri>http://example.test/r.png</uri><derefUri>QUJD</derefUri><digest>ab12</digest></resource>"
)
HIGH = AREA.replace("</area>", "<altitude>900</altitude><ceiling>3000</ceiling><zone>7</zone></area>")
WHOLE = utf8(
    alert(
        info(
            language="zh-CN", responseType="Evacuate", audience="沿河居民", onset=SENT,
            expires="2021-06-18T09:00:00+08:00", description="雨大。", instruction="转移。",
            web="http://example.test/w", contact="值班室",
            more="<responseType>Monitor</responseType>" + code("OPC", "R7") + RESOURCE + HIGH
            + "<parameter><valueName>小时雨量</valueName><value>61.2</value></parameter>"
            + "<senderCode>433127</senderCode><method><methodName>SMS</methodName></method>",
        ),
        source="雷达站", scope="Restricted", restriction="仅限街道", addresses='a@b "某 街道" c', code="profile:1",
        note="更正一次", incidents="洪水一 洪水二",
        more="<code>profile:2</code><secClassification>None</secClassification>",
    )
)  # fmt: skip


def read(content: bytes) -> Alert:
    """The one message of a file."""
    (found,) = read_alerts(content, ZoneInfo("Asia/Shanghai"))
    return found


def shown(found: Alert, language: Language) -> str:
    """A message as `warning show` and the sheet show it."""
    sight = Sight(Words(language), Glyphs(), street(), policy().calendar.zone, NOW)
    return "\n".join(whole_lines(sight, SIGNAL, found))


def test_every_element_is_kept() -> None:
    """No field of a message, an info, an area or a resource stays empty where the message fills it."""
    found = read(WHOLE)
    assert (found.source, found.scope, found.restriction, found.note) == (
        "雷达站",
        "Restricted",
        "仅限街道",
        "更正一次",
    )
    assert (found.addresses, found.codes) == (("a@b", "某 街道", "c"), ("profile:1", "profile:2"))
    assert (found.incidents, found.more) == (("洪水一", "洪水二"), (("secClassification", "None"),))
    (one,) = found.infos
    assert (one.response_types, one.audience, one.event_codes) == (
        ("Evacuate", "Monitor"),
        "沿河居民",
        (("OPC", "R7"),),
    )
    assert (one.web, one.contact) == ("http://example.test/w", "值班室")
    assert one.more == (("senderCode", "433127"), ("method/methodName", "SMS"))
    assert one.resources == (Resource("雷达图", "image/png", "20480", "http://example.test/r.png", "ab12", 4),)
    (area,) = one.areas
    assert (area.altitude, area.ceiling, area.more) == ("900", "3000", (("zone", "7"),))
    empty = {"references", "signed", "notes", "effective", "lifted", "type_code"}
    for value, kind in ((found, Alert), (one, Info), (area, Area)):
        assert not [field.name for field in fields(kind) if field.name not in empty and not getattr(value, field.name)]


CHINESE = (
    "限定范围 · 仅限街道 · a@b、某 街道、c", "雷达站", "profile:2", "洪水一、洪水二", "更正一次",
    "转移撤离、关注后续消息", "暴雨 · 一小时内 · 较重 · 很可能", "气象", "沿河居民", "R7",
    "行政区划 · 433127", "高度 900–3000 英尺",
    "methodName", "雷达图 · image/png · http://example.test/r.png · 20480 字节", "转移。",
)  # fmt: skip
ENGLISH = (
    "restricted · 仅限街道", "evacuate, follow the news", "within the hour · moderate · likely", "20480 bytes",
    "height 900–3000 ft",
)  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("zh", CHINESE), ("en", ENGLISH)])
def test_every_element_is_shown(language: Language, words: tuple[str, ...]) -> None:
    """In the reader's language, code words too."""
    said = shown(read(WHOLE.replace(b"Yellow", b"Moderate")), language)
    assert [word for word in words if word not in said] == []


def test_nothing_of_a_long_message_is_left_out() -> None:
    """Thirty areas and thirty parameters are shown all."""
    areas = "".join(f"<area><areaDesc>第{n}片</areaDesc></area>" for n in range(30))
    values = "".join(f"<parameter><valueName>项{n}</valueName><value>值{n}</value></parameter>" for n in range(30))
    said = shown(read(utf8(alert(info(more=areas + values)))), "zh")
    assert all(f"第{n}片" in said and f"值{n}" in said for n in range(30))


def test_a_picture_within_the_message_is_named_and_not_kept() -> None:
    """However large: the file holds it, the list says so."""
    deep = RESOURCE.replace("QUJD", "QUJD" * 20_000).replace("<size>20480</size>", "")
    found = read(utf8(alert(info(more=deep), space=CAP11)))
    assert found.infos[0].resources[0].within == 80_000
    assert "随消息附带" in shown(found, "zh")


def test_hundreds_of_references_are_kept_and_more_are_said() -> None:
    """A forecaster's update of a whole season; beyond a thousand it says how many are kept."""
    named = [f"a@b,w{n},{SENT}" for n in range(MOST_REFERENCES + 5)]
    some = read(utf8(alert(msgType="Update", references="\n".join(named[:600]))))
    assert some.references[-1] == Reference("w599", "a@b", some.sent)
    assert some.notes == ()
    many = read(utf8(alert(msgType="Update", references=" ".join(named))))
    assert (len(many.references), len(many.notes)) == (MOST_REFERENCES, 1)


def around(message: str) -> str:
    """A signature with a message in it."""
    return SIGNATURE.replace("<identifier>never this</identifier>", f"<ds:Object>{message}</ds:Object>")


def test_what_lies_in_a_signature_is_no_message() -> None:
    """Neither as an element of its own nor as a warning beside the signed one, whatever namespace it claims."""
    within = SIGNATURE.replace(
        "<identifier>never this</identifier>", f"<ds:Object>{alert(identifier='never')}</ds:Object>"
    )
    for signature in (within, within.replace("ds:", "").replace(' xmlns:ds="http://www.w3.org/2000/09/xmldsig#"', "")):
        found = read(utf8(alert(more=signature)))
        assert (found.signed, found.more) == (True, ())
        assert found.identifier != "never"


def test_a_message_within_a_signature_is_one() -> None:
    """An enveloping signature is a wrapper like any other; that nobody verified it is said."""
    around = SIGNATURE.replace(
        "<identifier>never this</identifier>", f"<ds:Object>{alert(identifier='inner')}</ds:Object>"
    )
    found = read(utf8(around))
    assert (found.identifier, found.signed, len(found.notes)) == ("inner", True, 1)

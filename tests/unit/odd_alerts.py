"""Odd but good warnings as issuers write them whom nobody here ever saw: other wrappers, names, times, shapes, tongues.

Made by hand for the tests; places, offices and numbers are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from app.domain.hazard import Hazard
from app.domain.posture import Colour
from app.domain.warning import CapStatus, MsgType

Odd = tuple[bytes, Mapping[str, object]]
"""A file, and what must be read in it."""


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


RING = " ".join(f"{28.30 + (n % 40) / 1000:.4f},{109.70 + n / 5000:.4f}" for n in range(1_500))
NATIONAL = """<?xml version="1.0" encoding="UTF-8"?>
<alert>
  <identifier>43310041600000_20230705060100_1</identifier><sender>吉县预警中心</sender>
  <senderCode>43310041600000</senderCode><sendTime>2023-07-05T06:01:00+08:00</sendTime><status>Actual</status>
  <msgType>Alert</msgType><scope>Public</scope><code>None</code><secClassification>None</secClassification><note></note>
  <references></references>
  <method><methodName>SMS</methodName><message>请注意</message><audienceGrp>应急责任人</audienceGrp></method>
  <info><language>zh-CN</language><eventType>11A06</eventType><urgency>Unknown</urgency><severity>Orange</severity>
    <certainty>Unknown</certainty><effective>2023-07-05T06:01:00+08:00</effective><onset></onset>
    <expires>2023-07-06T06:01:00+08:00</expires><senderName>吉县水利局</senderName><headline></headline>
    <description>未来二十四小时有较大可能发生。</description><instruction/><web/><contact>0743-0000000</contact>
    <resource/><area><areaDesc>吉县</areaDesc><geocode>433100000000</geocode></area>
  </info>
</alert>"""
WRAPPED_DEFAULT = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Warnings</title><entry><id>1</id>
<content type="application/cap+xml"><n:alert xmlns:n="urn:oasis:names:tc:emergency:cap:1.2"><identifier>w-1</identifier>
<sender>w@example.test</sender><sent>2023-07-05T06:01:00Z</sent><status>Actual</status><msgType>Alert</msgType>
<scope>Public</scope><info><event>Flood</event><urgency>Immediate</urgency><severity>Extreme</severity>
<certainty>Observed</certainty><area><areaDesc>Lower valley</areaDesc></area></info></n:alert>
</content></entry></feed>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
<item><title>one</title><description><![CDATA[<?xml version="1.0" encoding="utf-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"><identifier>r-1</identifier><sender>r</sender>
<sent>2023-07-05T14:01:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><category>Met</category><event>大風及暴雨警告</event><urgency>Expected</urgency><severity>Severe</severity>
<certainty>Likely</certainty><headline>黃色暴雨警告信號</headline></info></alert>]]></description></item>
<item><title>two</title><description>&lt;alert&gt;&lt;identifier&gt;r-2&lt;/identifier&gt;&lt;sender&gt;r&lt;/sender&gt;
&lt;sent&gt;2023-07-05T06:01:00Z&lt;/sent&gt;&lt;info&gt;&lt;event&gt;颱風紅色警報&lt;/event&gt;&lt;/info&gt;&lt;/alert&gt;
</description></item></channel></rss>"""
DISTRIBUTION_2 = """<de:EDXLDistribution xmlns:de="urn:oasis:names:tc:emergency:EDXL:DE:2.0">
<de:distributionID>d</de:distributionID><de:senderID>d@example.test</de:senderID><de:content><de:contentObject>
<de:contentXML><de:embeddedXMLContent><ALERT xmlns="urn:oasis:names:tc:emergency:cap:1.2"><IDENTIFIER>d-1</IDENTIFIER>
<SENDER>d@example.test</SENDER><SENT>2023-07-05t06:01:00z</SENT><STATUS>ACTUAL</STATUS><MSGTYPE>UPDATE</MSGTYPE>
<SCOPE>PUBLIC</SCOPE><REFERENCES>d@example.test,d-0,2023-07-05T05:00:00-00:00</REFERENCES><INFO><LANGUAGE>en-US</LANGUAGE>
<EVENT>FLASH FLOOD WARNING</EVENT><URGENCY>IMMEDIATE</URGENCY><SEVERITY>SEVERE</SEVERITY><CERTAINTY>OBSERVED</CERTAINTY>
<AREA><AREADESC>RIVERSIDE</AREADESC><CIRCLE>28.31,109.73 4</CIRCLE></AREA></INFO></ALERT></de:embeddedXMLContent>
</de:contentXML></de:contentObject></de:content></de:EDXLDistribution>"""


def plain(
    info: str, *, space: str = "urn:oasis:names:tc:emergency:cap:1.2", sent: str = "2023-07-05T06:01:00Z",
    more: str = "<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>", head: str = "",
) -> bytes:  # fmt: skip
    """A message whose info is given."""
    text = (
        f"{head}<alert xmlns='{space}'><identifier>p-1</identifier><sender>p@example.test</sender><sent>{sent}</sent>"
    )
    return f"{text}{more}<info>{info}</info></alert>".encode()


RAIN = "<event>暴雨</event><severity>Severe</severity>"
SENT = at("2023-07-05T06:01:00")
ODD: Mapping[str, Odd] = {
    "the national platform, a code alone": (NATIONAL.encode(), {
        "sent": at("2023-07-04T22:01:00"), "colour": Colour.ORANGE, "hazard": Hazard.MOUNTAIN_FLOOD, "code": "11A06",
        "expires": at("2023-07-05T22:01:00"), "geocodes": 1, "contact": "0743-0000000", "notes": 0}),
    "a prefix on the root alone, in Atom": (WRAPPED_DEFAULT.encode(), {
        "colour": Colour.RED, "hazard": Hazard.FLOOD, "areas": 1, "sent": SENT}),
    "RSS with messages as text": (RSS.encode(), {
        "count": 2, "colour": Colour.YELLOW, "hazard": Hazard.RAINSTORM, "sent": SENT}),
    "EDXL-DE 2.0 in capitals": (DISTRIBUTION_2.encode(), {
        "sent": SENT, "type": MsgType.UPDATE, "status": CapStatus.ACTUAL, "references": 1, "colour": Colour.ORANGE,
        "hazard": Hazard.MOUNTAIN_FLOOD, "circles": 1, "scope": "PUBLIC"}),
    "a namespace with a document's address": (plain(RAIN, space="http://docs.oasis-open.org/emergency/cap/v1.2/"), {
        "colour": Colour.ORANGE, "hazard": Hazard.RAINSTORM}),
    "statuses in Chinese": (plain(RAIN, more="<status>演练</status><msgType>更新</msgType><scope>公开</scope>"), {
        "status": CapStatus.EXERCISE, "type": MsgType.UPDATE}),
    "nothing beside the three": (plain("", more=""), {"status": CapStatus.ACTUAL, "type": MsgType.ALERT, "notes": 2}),
    "time with an offset without a colon": (plain(RAIN, sent="2023-07-05T14:01:00+0800"), {"sent": SENT, "notes": 1}),
    "time without an offset": (plain(RAIN, sent="2023-07-05 14:01:00"), {"sent": SENT, "notes": 2}),
    "time with fractions": (plain(RAIN, sent="2023-07-05T06:01:00.123Z"), {"sent": SENT}),
    "time of half an hour's zone": (plain(RAIN, sent="2023-07-05T11:31:00+05:30"), {"sent": SENT}),
    "digits alone": (plain(RAIN, sent="20230705140100"), {"sent": SENT}),
    "a polygon of 1,500 points": (plain(RAIN + f"<area><areaDesc>片</areaDesc><polygon>{RING}</polygon></area>"), {
        "points": 1_500, "notes": 1}),
    "points line by line, blanks after the comma": (plain(
        RAIN + "<area><areaDesc>片</areaDesc><polygon>\n 28.1, 109.1\n 28.2, 109.2\n 28.3, 109.1\n 28.1, 109.1\n"
        "</polygon></area>"), {"points": 4, "notes": 1}),
    "points with semicolons, the longitude first": (plain(
        RAIN + "<area><areaDesc>片</areaDesc><polygon>109.1,28.1;109.2,28.2;109.1,28.3;109.1,28.1;</polygon></area>"),
        {"points": 4, "notes": 2, "first": (28.1, 109.1)}),
    "points without commas": (plain(
        RAIN + "<area><areaDesc>片</areaDesc><polygon>28.1 109.1 28.2 109.2 28.3 109.1 28.1 109.1</polygon></area>"),
        {"points": 4, "first": (28.1, 109.1)}),
    "circles as they come": (plain(RAIN + "<area><areaDesc>片</areaDesc><circle>28.1,109.1 5</circle><circle>28.1, "
                                   "109.1 0</circle><circle>28.1,109.1,2.5</circle></area>"), {"circles": 3}),
    "several areas, one of them empty": (plain(RAIN + "<area/><area><areaDesc>甲</areaDesc></area><area><areaDesc>乙"
                                               "</areaDesc><geocode><valueName>X</valueName><value>433101</value>"
                                               "</geocode><geocode>433102</geocode></area>"),
                                         {"areas": 3, "geocodes": 2}),
    "CDATA and references to characters": (plain(
        "<event><![CDATA[暴雨]]></event><severity>&#83;evere</severity><headline>&#26292;&#x96E8;</headline>"),
        {"colour": Colour.ORANGE, "hazard": Hazard.RAINSTORM}),
    "instructions and comments everywhere": (plain(
        "<!-- 一 --><event>暴<!-- 二 -->雨</event><?x y?><severity>Sev<!-- -->ere</severity>",
        head="<?xml version='1.0'?><?xml-stylesheet href='a'?><!-- 三 -->"), {"colour": Colour.ORANGE}),
    "a level for a severity": (plain("<event>洪水</event><severity>Ⅰ级/特别重大</severity>"), {
        "colour": Colour.RED, "hazard": Hazard.FLOOD}),
    "a colour in full-width letters": (plain("<event>暴雨</event><severity>ＹＥＬＬＯＷ</severity>"), {
        "colour": Colour.YELLOW}),
    "one signal in place of another": (plain(
        "<event>暴雨</event><headline>吉县气象台将暴雨黄色预警信号升级为橙色</headline>"), {"colour": Colour.ORANGE}),
    "a waterlogging code": (plain("<eventCode><valueName>类型</valueName><value>11A02</value></eventCode>"
                                  "<severity>Blue</severity>"), {"hazard": Hazard.WATERLOGGING, "code": "11A02"}),
    "a code of the water family nobody lists": (plain("<eventType>11A54</eventType><severity>Blue</severity>"), {
        "hazard": Hazard.FLOOD, "code": "11A54"}),
    "an accident": (plain("<eventType>12D03</eventType><event>储罐泄漏</event><severity>Red</severity>"), {
        "hazard": Hazard.ACCIDENT, "code": "12D03", "asks": False}),
    "an earthquake by its family": (plain("<eventType>11C01</eventType><severity>Red</severity>"), {
        "hazard": Hazard.EARTHQUAKE, "asks": False}),
    "traditional characters": (plain("<event>雷暴警告</event><severity>Minor</severity>"), {
        "hazard": Hazard.THUNDER_GALE, "colour": Colour.BLUE}),
    "a landslip in traditional characters": (plain("<event>山泥傾瀉警告</event><severity>Moderate</severity>"), {
        "hazard": Hazard.GEOLOGICAL}),
    "the kind in a parameter": (plain(
        "<language>pl</language><event>Ostrzeżenie</event><severity>Moderate</severity><parameter><valueName>"
        "awareness_type</valueName><value>1; Wind</value></parameter><parameter><valueName>awareness_level</valueName>"
        "<value>3; orange; Severe</value></parameter>"),
        {"hazard": Hazard.GALE, "colour": Colour.ORANGE, "asks": False}),
    "colours of a map that are none": (plain(
        "<language>de</language><event>STARKREGEN</event><severity>Moderate</severity><eventCode><valueName>AREA_COLOR"
        "</valueName><value>251 140 0</value></eventCode>"), {"colour": Colour.YELLOW, "event_codes": 1}),
    "an amber warning": (plain("<event>rain</event><severity>Severe</severity><parameter><valueName>colour</valueName>"
                               "<value>AMBER</value></parameter>"), {"colour": Colour.ORANGE}),
    "over in English": (plain("<event>Rainstorm</event><headline>Yellow rainstorm warning signal has been cancelled"
                              "</headline>"), {"lifted": True, "counts": False}),
    "over, and another in its place": (plain(
        "<event>暴雨</event><headline>解除暴雨黄色预警信号，同时发布暴雨橙色预警信号</headline><severity>Orange</severity>"),
        {"lifted": False, "counts": True, "colour": Colour.ORANGE}),
    "flights that are cancelled": (plain("<event>Rain</event><headline>Red rain warning: flights cancelled</headline>"),
        {"lifted": False, "colour": Colour.RED}),
    "a category that has nothing to do with water": (plain("<category>Health</category><event>通告</event>"
                                                           "<severity>Red</severity>"),
                                                     {"hazard": Hazard.HEALTH, "asks": False}),
    "categories of which one may": (plain("<category>Health</category><category>Env</category><event>通告</event>"
                                          "<severity>Red</severity>"), {"hazard": Hazard.OTHER, "asks": True}),
    "a category, and water in the description": (plain("<category>Transport</category><event>通告</event><severity>Red"
                                                       "</severity><description>受暴雨影响</description>"),
                                                 {"hazard": Hazard.RAINSTORM, "asks": True}),
    "UTF-16 without a declaration": (plain(RAIN).decode().encode("utf-16"), {"colour": Colour.ORANGE}),
    "UTF-8 that says gb2312": (plain(RAIN, head='<?xml version="1.0" encoding="gb2312"?>'), {
        "colour": Colour.ORANGE, "hazard": Hazard.RAINSTORM}),
    "empty elements for whatever is not said": (plain(
        RAIN + "<language/><category/><urgency/><certainty/><audience/><eventCode/><effective/><onset/><expires/>"
        "<senderName/><headline/><description/><instruction/><web/><contact/><parameter/><resource/><area/>"),
        {"colour": Colour.ORANGE, "areas": 1}),
    "a reference without a sender": (plain(
        RAIN, more="<status>Actual</status><msgType>Cancel</msgType><references>43310041600000_20230705060100_1"
        "</references>"), {"type": MsgType.CANCEL, "references": 1}),
}  # fmt: skip
"""Name → the file, and what must be read in it."""

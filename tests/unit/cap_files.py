"""Warning messages as issuers all over write them, made by code: good ones, odd ones, hostile ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

CAP12 = "urn:oasis:names:tc:emergency:cap:1.2"
CAP11 = "urn:oasis:names:tc:emergency:cap:1.1"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SENT = "2021-06-18T03:05:00+08:00"


def tag(name: str, text: str, prefix: str = "") -> str:
    return f"<{prefix}{name}>{text}</{prefix}{name}>"


def info(prefix: str = "", *, more: str = "", **texts: str) -> str:
    """An info; ``texts`` by element, in the order given."""
    fields = {"category": "Met", "event": "暴雨", "urgency": "Expected", "severity": "Yellow", "certainty": "Likely",
              "senderName": "永顺县气象台", "headline": "永顺县气象台发布暴雨预警"}  # fmt: skip
    body = "".join(tag(name, text, prefix) for name, text in {**fields, **texts}.items() if text)
    return tag("info", body + more, prefix)


def alert(infos: str | None = None, *, space: str = CAP12, prefix: str = "", more: str = "", **texts: str) -> str:
    """A message without a declaration; an empty text leaves the element out."""
    fields = {"identifier": "43312741600000_20210618030500_1", "sender": "ys@example.test", "sent": SENT,
              "status": "Actual", "msgType": "Alert", "scope": "Public"}  # fmt: skip
    body = "".join(tag(name, text, prefix) for name, text in {**fields, **texts}.items() if text)
    body += info(prefix) if infos is None else infos
    declared = f' xmlns{":" + prefix.rstrip(":") if prefix else ""}="{space}"' if space else ""
    return f"<{prefix}alert{declared}>{body}{more}</{prefix}alert>"


def code(name: str, value: str) -> str:
    return f"<eventCode><valueName>{name}</valueName><value>{value}</value></eventCode>"


SIGNATURE = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="">'
    "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>BBBB</ds:SignatureValue>"
    "<identifier>never this</identifier></ds:Signature>"
)
AREA = (
    "<area><areaDesc>灵溪镇</areaDesc><polygon>29.0,109.8 29.1,109.8 29.1,109.9 29.0,109.8</polygon>"
    "<circle>29.0,109.85 12.5</circle><geocode><valueName>行政区划</valueName><value>433127</value></geocode></area>"
)
EDXL = (
    '<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><distributionID>1</distributionID>'
    "<contentObject><xmlContent><embeddedXMLContent>{alert}</embeddedXMLContent></xmlContent></contentObject>"
    "</EDXLDistribution>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>1</id><content type="text/xml">{alert}'
    "</content></entry></feed>"
)
SOAP = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><push><![CDATA[{alert}]]></push></s:Body>'
    "</s:Envelope>"
)
METEOALARM = info(
    language="fr-FR", event="Vigilance jaune pluie", severity="Moderate", headline="", senderName="Un service",
    more="<parameter><valueName>awareness_level</valueName><value>2; yellow; Moderate</value></parameter>"
    "<parameter><valueName>awareness_type</valueName><value>10; Rain</value></parameter>",
)  # fmt: skip
NWS = info(language="en-US", event="Flash Flood Warning", severity="Severe", senderName="A weather office",
           headline="Flash Flood Warning issued June 18", effective=SENT, expires="2021-06-18T06:00:00-05:00",
           more="<eventCode><valueName>SAME</valueName><value>FFW</value></eventCode>")  # fmt: skip
NAAD = info(language="en-CA", event="rainfall", severity="Severe", headline="rainfall warning in effect",
            senderName="A country") + info(language="fr-CA", event="pluie", severity="Severe",
            headline="avertissement de pluie en vigueur", senderName="Un pays",
            more="<parameter><valueName>layer:1.0:Colour</valueName><value>orange</value></parameter>")  # fmt: skip
JMA = info(language="ja", event="大雨特別警報", severity="Extreme", headline="大雨特別警報", senderName="ある気象台")
BOM = info(language="en-AU", event="Flood", severity="Minor", headline="Minor Flood Warning for a river",
           senderName="A bureau", responseType="Monitor")  # fmt: skip
GB = info(language="zh-CN", severity="Red", headline="永顺县气象台发布暴雨红色预警[Ⅰ级/特别严重]",
          more="<eventType>11B03</eventType><senderCode>43312741600000</senderCode>" + AREA)  # fmt: skip

Case = tuple[bytes, dict[str, object]]


def utf8(text: str) -> bytes:
    return (HEAD + text).encode()


def declared(encoding: str, codec: str = "") -> Callable[[str], bytes]:
    return lambda text: f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode(codec or encoding)


GOOD: Mapping[str, Case] = {
    "plain 1.2": (utf8(alert()), {"colour": "yellow", "hazard": "rainstorm"}),
    "1.1": (utf8(alert(space=CAP11)), {"colour": "yellow"}),
    "1.0": (utf8(alert(space="http://www.incident.com/cap/1.0")), {"colour": "yellow"}),
    "no namespace": (utf8(alert(space="")), {"colour": "yellow"}),
    "a namespace of its own": (utf8(alert(space="http://www.example.test/warning")), {"colour": "yellow"}),
    "prefix cap": (utf8(alert(info("cap:"), prefix="cap:")), {"colour": "yellow"}),
    "prefix n1, children without": (utf8(alert(prefix="").replace("<alert xmlns=", "<n1:alert xmlns:n1=")
                                         .replace("</alert>", "</n1:alert>")), {"colour": "yellow"}),
    "no declaration": (alert().encode(), {"colour": "yellow"}),
    "blank lines before": (b"\n\n  " + utf8(alert()), {"colour": "yellow"}),
    "BOM": (b"\xef\xbb\xbf" + utf8(alert()), {"colour": "yellow"}),
    "UTF-16 with mark": (declared("UTF-16", "utf-16")(alert()), {"colour": "yellow"}),
    "UTF-16 without mark": (declared("UTF-16", "utf-16-be")(alert()), {"colour": "yellow"}),
    "UTF-16 declared, UTF-8 written": (declared("utf-16", "utf-8")(alert()), {"colour": "yellow", "notes": 1}),
    "UTF-32": (declared("UTF-32", "utf-32")(alert()), {"colour": "yellow"}),
    "GB18030": (declared("GB18030")(alert()), {"colour": "yellow"}),
    "GB2312": (declared("GB2312")(alert()), {"colour": "yellow"}),
    "GBK, nothing declared": (alert().encode("gbk"), {"colour": "yellow", "notes": 1}),
    "GB2312 declared, UTF-8 written": (declared("gb2312", "utf-8")(alert()),
                                       {"colour": "yellow", "hazard": "rainstorm", "notes": 1}),
    "GBK declared, UTF-8 written": (declared("GBK", "utf-8")(alert()), {"hazard": "rainstorm", "notes": 1}),
    "GB18030 declared, UTF-8 written": (declared("GB18030", "utf-8")(alert()), {"hazard": "rainstorm", "notes": 1}),
    "Latin declared, UTF-8 written": (declared("iso-8859-1", "utf-8")(alert()), {"hazard": "rainstorm", "notes": 1}),
    "GBK whose bytes might be UTF-8": (declared("GBK")(alert(info(event="联通", headline="", senderName="联通",
                                                                  severity="Yellow"))), {"notes": 0}),
    "ISO-8859-1": (declared("ISO-8859-1")(alert(METEOALARM.replace("jaune", "jaunâtre"))), {"colour": "yellow"}),
    "windows-1252": (declared("windows-1252")(alert(NWS)), {"colour": "orange"}),
    "XML 1.1": (utf8(alert()).replace(b'version="1.0"', b'version="1.1"'), {"colour": "yellow"}),
    "a stylesheet": (utf8("<?xml-stylesheet href='x.xsl' type='text/xsl'?>" + alert()), {"colour": "yellow"}),
    "a comment within": (utf8(alert(more="<!-- & < > -->")), {"colour": "yellow"}),
    "CDATA and white space": (utf8(alert(info(headline="<![CDATA[ 暴雨 <橙色> ]]>", severity=" \n Orange\t "))),
                              {"colour": "orange"}),
    "signed": (utf8(alert(more=SIGNATURE)), {"colour": "yellow", "signed": True, "notes": 1}),
    "unknown elements": (utf8(alert(more="<extra><deep>x</deep></extra><identifier>second</identifier>")),
                         {"colour": "yellow"}),
    "elements of others": (utf8(alert(more='<x:sender xmlns:x="urn:x">no</x:sender>')), {"colour": "yellow"}),
    "areas": (utf8(alert(info(more=AREA))), {"areas": 1}),
    "a polygon that is none": (utf8(alert(info(more=AREA.replace("29.1,109.8 ", "x ")))), {"areas": 1, "notes": 1}),
    "two languages": (utf8(alert(info(language="en-US", event="Rainstorm", headline="Orange Rainstorm Warning",
                                      severity="") + info(language="zh-CN"))), {"infos": 2}),
    "no info": (utf8(alert("")), {"colour": None, "infos": 0}),
    "nothing optional": (utf8(alert(tag("info", tag("event", "暴雨橙色预警")))), {"colour": "orange"}),
    "no status": (utf8(alert(status="")), {"status": "actual", "notes": 1}),
    "no type": (utf8(alert(msgType="")), {"type": "alert", "notes": 1}),
    "status in capitals": (utf8(alert(status="ACTUAL")), {"status": "actual"}),
    "a test": (utf8(alert(status="Test")), {"status": "test"}),
    "an exercise": (utf8(alert(status="Exercise")), {"status": "exercise"}),
    "time in the number alone": (utf8(alert(sent="")), {"notes": 1}),
    "time without offset": (utf8(alert(sent="2021-06-18T03:05:00")), {"notes": 1}),
    "time of UTC": (utf8(alert(sent="2021-06-17T19:05:00-00:00")), {"notes": 0}),
    "an expiry that is no time": (utf8(alert(info(expires="tomorrow"))), {"notes": 1}),
    "update": (utf8(alert(msgType="Update", references=f"a@b,one,{SENT} c@d,two,{SENT}")), {"references": 2}),
    "cancel": (utf8(alert(msgType="Cancel", references=f"a@b,one,{SENT}")), {"type": "cancel", "references": 1}),
    "sloppy references": (utf8(alert(msgType="Update", references=f"某 气象台, one , {SENT}\n two;three")),
                          {"references": 3}),
    "EDXL": (utf8(EDXL.format(alert=alert())), {"colour": "yellow"}),
    "Atom": (utf8(ATOM.format(alert=alert())), {"colour": "yellow"}),
    "text within SOAP": (utf8(SOAP.format(alert=alert())), {"colour": "yellow"}),
    "escaped within": (utf8(f"<m>{alert().replace('&', '&amp;').replace('<', '&lt;')}</m>"), {"colour": "yellow"}),
    "two in one": (utf8(f"<alerts>{alert()}{alert(identifier='other')}</alerts>"), {"count": 2}),
    "GB/T 35965.1": (utf8(alert(GB)), {"colour": "red", "code": "11B03"}),
    "GB code in eventCode": (utf8(alert(info(severity="", event="", headline="", more=code("type", "11B03")))),
                             {"hazard": "rainstorm", "code": "11B03"}),
    "GB colour in the headline": (utf8(alert(info(severity="Unknown", headline="发布暴雨黄色预警信号"))),
                                  {"colour": "yellow"}),
    "GB colour in eventCode": (utf8(alert(info(severity="", more=code("颜色", "橙色")))), {"colour": "orange"}),
    "lifted": (utf8(alert(info(headline="永顺县气象台解除暴雨黄色预警"))), {"lifted": True}),
    "Europe": (utf8(alert(METEOALARM)), {"colour": "yellow"}),
    "Europe, green": (utf8(alert(METEOALARM.replace("2; yellow; Moderate", "1; green; Minor"))), {"colour": None}),
    "North America": (utf8(alert(NWS)), {"colour": "orange", "hazard": "mountain_flood", "notes": 1}),
    "Canada": (utf8(alert(NAAD)), {"infos": 2, "colour": "orange"}),
    "Japan": (utf8(alert(JMA)), {"colour": "red", "hazard": "rainstorm"}),
    "Australia": (utf8(alert(BOM)), {"colour": "blue", "hazard": "flood"}),
}  # fmt: skip
"""Name → the file, and what must be read in it."""

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BAD: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n\t ", "empty"),
    "a mark alone": (b"\xef\xbb\xbf", "empty"),
    "a declaration alone": (HEAD.encode(), "empty"),
    "text": (b"heavy rain tonight", "XML"),
    "JSON": (b'{"alert": {}}', "XML"),
    "HTML": (b"<!DOCTYPE html><html><body>alert</body></html>", "DTD"),
    "half": (utf8(alert())[:-40], "XML"),
    "crossed": (b"<alert><info></alert></info>", "XML"),
    "two roots": (utf8(alert() + alert()), "XML"),
    "an unbound prefix": (b"<cap:alert><cap:identifier>x</cap:identifier></cap:alert>", "XML"),
    "an unknown entity": (utf8(alert(info(headline="&nbsp;"))), "XML"),
    "other XML": (utf8("<rss><channel><title>alert</title></channel></rss>"), "no CAP message"),
    "an index": (utf8('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Flood alert</title></entry></feed>'),
                 "no CAP message"),
    "no identifier": (utf8(alert(identifier="")), "identifier"),
    "no sender": (utf8(alert(sender="")), "sender"),
    "no time": (utf8(alert(identifier="x", sent="")), "sent"),
    "a time that is none": (utf8(alert(identifier="x", sent="yesterday")), "sent"),
    "a strange status": (utf8(alert(status="Perhaps")), "status"),
    "a strange type": (utf8(alert(msgType="Shout")), "msgType"),
    "an endless identifier": (utf8(alert(identifier="x" * 5000)), "longer"),
    "an endless headline": (utf8(alert(info(headline="长" * 30_000))), "longer"),
    "billion laughs": (f"<!DOCTYPE a [{_LAUGHS}]><alert>&l9;</alert>".encode(), "DTD"),
    "quadratic blow-up": (f'<!DOCTYPE a [<!ENTITY b "{"x" * 50_000}">]><alert>{"&b;" * 5_000}</alert>'.encode(), "DTD"),
    "an external entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>', "DTD"),
    "an external DTD": (b'<!DOCTYPE alert SYSTEM "http://127.0.0.1:9/a.dtd"><alert/>', "DTD"),
    "a parameter entity": (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><alert/>', "DTD"),
    "a bomb in UTF-16": (f"<!DOCTYPE a [{_LAUGHS}]><alert>&l9;</alert>".encode("utf-16"), "DTD"),
    "200,000 deep": (b"<a>" * 200_000, "deeper"),
    "deep below a message": (b"<alert><identifier>1</identifier>" + b"<x>" * 60, "deeper"),
    "300,000 elements": (b"<alert>" + b"<x/>" * 250_000 + b"</alert>", "elements"),
    "10 MB of junk": (b"\x93" * 10_000_000, "1 MB"),
    "10 MB of a message": (utf8(alert(info(description="长" * 3_500_000))), "1 MB"),
    "NUL bytes": (utf8(alert()).replace(b"Actual", b"Act\0ual"), "NUL"),
    "NUL bytes alone": (b"\0" * 5_000, "NUL"),
    "bytes of no encoding": (declared("UTF-8", "utf-8")("<alert>") + b"\xff\xfe\xff\x81\x00", "encoding"),
    "not in the encoding it names": (declared("ascii", "utf-8")(alert()), "encoding"),
    "an encoding nobody knows": (HEAD.replace("UTF-8", "rot13").encode() + alert().encode(), "encoding"),
    "UTF-7": (HEAD.replace("UTF-8", "utf-7").encode() + b"<alert/>", "encoding"),
    "an attribute of 1 MB": (b'<alert a="' + b"x" * 1_000_000 + b'"/>', "no CAP message"),
    "70,000 attributes": (b"<alert " + b" ".join(b"a%d=''" % n for n in range(70_000)) + b"/>", "no CAP message"),
    "20,000 namespaces": (b"<alert " + b" ".join(b"xmlns:a%d='%d'" % (n, n) for n in range(20_000)) + b"/>",
                          "no CAP message"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "encoding"),
    "a zip": (b"PK\x03\x04" + bytes(range(1, 256)) * 40, "encoding"),
}  # fmt: skip
"""Name → the file, and a word of the reason why it is not read."""

"""One ``info`` of a warning message with everything in it: kind, colour, times, areas, resources (CAP 1.2, 3.2.2-4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.hazard import Hazard, hazard_of, hazard_of_category
from app.domain.message import Message
from app.domain.posture import Colour
from app.domain.warning import Area, Info, Pairs, Resource
from app.domain.warning_words import colour_in, colour_of_severity, colour_of_value
from app.services.cap_fields import Fields
from app.services.xml_tree import Node

_TYPE_CODE = re.compile(r"(?<![0-9A-Za-z])1\d[A-Z]\d{2}(?![0-9A-Za-z])")
_COLOUR_NAMES = re.compile(r"colou?r|level|grade|颜色|级别|等级|信号", re.IGNORECASE)
_KIND_NAMES = re.compile(r"type|kind|hazard|类型|种类|类别", re.IGNORECASE)
_LIFTED = re.compile(
    r"解除(?!.{0,60}(?:发布|升级|变更|改发))|已取消|\ball[ -]clear\b|\b(?:cancellation|lifting) of\b"
    r"|\b(?:warnings?|alerts?|signals?|watch(?:es)?|advisor(?:y|ies))(?: (?:has|have|is|are|was|were|been|now))*"
    r" (?:lifted|cancell?ed|withdrawn|no longer in (?:effect|force))\b",
    re.IGNORECASE,
)
"""A headline that says the danger is over, and no other warning in its place."""
_GREEN = re.compile(r"绿色|\bgreen\b", re.IGNORECASE)
_STEPS = ("minor", "moderate", "severe", "extreme", "unknown")
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,15})?")
_RADIUS = re.compile(r"\d{1,5}(?:\.\d{1,15})?")
_INFO = (
    "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode",
    "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
    "parameter", "resource", "area", "eventType", "Signature",
)  # fmt: skip
_AREA = ("areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling", "Signature")


def read_info(fields: Fields, node: Node) -> Info:
    """An info whole; BadInput for a text that is too long to be kept."""
    parameters, codes = fields.pairs(node, "parameter"), fields.pairs(node, "eventCode")
    event, headline = fields.line(node, "event"), fields.line(node, "headline")
    description, severity = fields.text(node, "description"), fields.line(node, "severity")
    type_code = _type_code(fields.line(node, "eventType"), codes, parameters, event)
    urgency, response_types = fields.line(node, "urgency"), fields.lines(node, "responseType")
    categories = fields.lines(node, "category")
    over = {text.casefold() for text in (urgency, *response_types)}
    return Info(
        language=fields.line(node, "language"), event=event, category=categories, urgency=urgency,
        severity=severity, certainty=fields.line(node, "certainty"),
        colour=_colour(fields, severity, (*parameters, *codes), headline, event, description), type_code=type_code,
        hazard=_hazard(event, headline, description, type_code, (*codes, *parameters), categories),
        effective=fields.instant(node, "effective"), onset=fields.instant(node, "onset"),
        expires=fields.instant(node, "expires"), sender_name=fields.line(node, "senderName"), headline=headline,
        description=description, instruction=fields.text(node, "instruction"),
        lifted=bool(_LIFTED.search(headline) or over & {"allclear", "past"}),
        areas=tuple(_area(fields, child) for child in fields.children(node, "area")), parameters=parameters,
        response_types=response_types, audience=fields.line(node, "audience"), event_codes=codes,
        web=fields.line(node, "web"), contact=fields.line(node, "contact"),
        resources=tuple(_resource(fields, child) for child in fields.children(node, "resource")),
        more=fields.others(node, _INFO),
    )  # fmt: skip


def _type_code(event_type: str, codes: Pairs, parameters: Pairs, event: str) -> str:
    for text in (event_type, *(value for _, value in codes), *(value for _, value in parameters), event):
        found = _TYPE_CODE.search(text[:2000])
        if found:
            return found[0]
    return ""


def _hazard(
    event: str, headline: str, description: str, code: str, pairs: Pairs, categories: Sequence[str]
) -> Hazard:  # fmt: skip
    """By what it calls itself, its code, what a parameter says of its kind, its description, and last its category."""
    plain = hazard_of(event, headline, code=code)
    if plain is not Hazard.OTHER:
        return plain
    kinds = (value for name, value in pairs if _KIND_NAMES.search(name[:100]))
    told = hazard_of(*kinds, description[:200])
    return told if told is not Hazard.OTHER else hazard_of_category(categories)


def _colour(fields: Fields, severity: str, pairs: Pairs, headline: str, event: str, description: str) -> Colour | None:
    """The colour where the issuer says it: in a parameter, as severity, in words; else the step of its severity."""
    for name, value in pairs:
        if _COLOUR_NAMES.search(name[:100]):
            colour, green = colour_of_value(value)
            if colour is not None or green:
                return colour
    if severity and severity.isascii() and severity.casefold() not in _STEPS:
        colour = colour_of_severity(severity)
        if colour is not None or severity.casefold() == "green":
            return colour
    said = colour_in(headline) or colour_in(event) or colour_in(description[:400])
    if said is None and not _GREEN.search(headline + event):
        said = colour_of_severity(severity)
        if said is not None and severity.casefold() in _STEPS:
            fields.note(Message("it names no colour: taken from its severity, {severity}", {"severity": severity}))
    return said


def _area(fields: Fields, node: Node) -> Area:
    polygons = [_points(fields, child.text) for child in fields.children(node, "polygon")]
    circles = [_circle(fields, child.text) for child in fields.children(node, "circle")]
    return Area(
        fields.line(node, "areaDesc"), tuple(one for one in polygons if one), tuple(one for one in circles if one),
        fields.pairs(node, "geocode"), fields.line(node, "altitude"), fields.line(node, "ceiling"),
        fields.others(node, _AREA),
    )  # fmt: skip


def _resource(fields: Fields, node: Node) -> Resource:
    within = sum(len(child.text) for child in fields.children(node, "derefUri"))
    return Resource(
        fields.line(node, "resourceDesc"), fields.line(node, "mimeType"), fields.line(node, "size"),
        fields.line(node, "uri"), fields.line(node, "digest"), within,
    )  # fmt: skip


def _points(fields: Fields, text: str) -> tuple[tuple[float, float], ...]:
    """``latitude,longitude`` pairs with white space between; also semicolons, a blank after the comma, the longitude
    first (which is noted), or numbers alone."""
    flat = " ".join(text.replace(";", " ").split()).replace(" ,", ",").replace(", ", ",")
    pairs = flat.split(" ")
    if not any("," in pair for pair in pairs) and len(pairs) % 2 == 0:
        pairs = [f"{latitude},{longitude}" for latitude, longitude in zip(pairs[::2], pairs[1::2], strict=True)]
    read = [_pair(pair) for pair in pairs]
    numbers = [pair for pair in read if pair is not None]
    points = [(lat, lon) for lat, lon in numbers if _on_globe(lat, lon)]
    if len(points) < len(read) == len(numbers) and all(_on_globe(lat, lon) for lon, lat in numbers):
        fields.note(Message("a polygon of it has the longitude first"))
        points = [(lat, lon) for lon, lat in numbers]
    if len(points) < len(read) or len(points) < 3:
        fields.note(Message("a polygon of it cannot be read"))
        return ()
    return tuple(points)


def _circle(fields: Fields, text: str) -> tuple[float, float, float] | None:
    """``latitude,longitude radius``, the radius in kilometres."""
    parts = [part for part in re.split(r"[,;\s]+", text.strip()) if part]
    point = _pair(",".join(parts[:2]))
    if point is None or len(parts) != 3 or not _RADIUS.fullmatch(parts[2]) or not _on_globe(*point):
        fields.note(Message("a circle of it cannot be read"))
        return None
    return *point, float(parts[2])


def _pair(pair: str) -> tuple[float, float] | None:
    """Two numbers with a comma between."""
    one, comma, other = pair.partition(",")
    if not comma or not _NUMBER.fullmatch(one) or not _NUMBER.fullmatch(other):
        return None
    return float(one), float(other)


def _on_globe(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180

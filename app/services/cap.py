"""Reads warnings: CAP 1.1, 1.2 and the Chinese GB/T 35965.1 flavour, bytes to values (domain 4.5, reliability 11).

Any prefix or none, any wrapper (EDXL, Atom, SOAP, the message as text within another), signed or not. What is odd but
can be understood is read and said in the message's notes; what names no message is refused with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.domain.errors import BadInput
from app.domain.hazard import Hazard, hazard_of
from app.domain.message import Message
from app.domain.posture import Colour
from app.domain.text import NOTE_CAP, clean
from app.domain.warning import Alert, Area, CapStatus, Info, MsgType, Reference
from app.domain.warning_words import colour_in, colour_of_severity, colour_of_value, parse_instant
from app.services.xml_tree import Node, parsed, read_tree

E = TypeVar("E", bound=StrEnum)

_CAP = ("urn:oasis:names:tc:emergency:cap", "http://www.incident.com/cap")
_SIGNATURE = "http://www.w3.org/2000/09/xmldsig"
_GB_NUMBER = re.compile(r"[0-9A-Z]{14}_(\d{14})_\d{1,4}")
"""``ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N`` (GB/T 35965.1)."""
_TYPE_CODE = re.compile(r"(?<![0-9A-Za-z])1\d[A-Z]\d{2}(?![0-9A-Za-z])")
_COLOUR_NAMES = re.compile(r"colou?r|level|grade|颜色|级别|等级|信号", re.IGNORECASE)
_LIFTED = re.compile("解除|已取消")
_TRIPLET = re.compile(
    r"([^,\s][^,]{0,200}?)\s{0,9},\s{0,9}([^,\s]{1,300})\s{0,9},\s{0,9}"
    r"(\d{4}-\d\d-\d\dT[0-9:.]{4,20}(?:Z|[+-]\d\d:?\d\d)?)"
)
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,15})?")
_RADIUS = re.compile(r"\d{1,5}(?:\.\d{1,15})?")
LONGEST_KEY = 300
"""Characters of an identifier or a sender."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What lies in a file: its good messages in their order, and of each bad one which it is and why."""

    alerts: tuple[Alert, ...]
    bad: tuple[Message, ...] = ()


def read_alerts(content: bytes, zone: ZoneInfo) -> tuple[Alert, ...]:
    """Every good message of a file, in its order; an instant without an offset is that of ``zone``.

    BadInput says why nothing is read: no XML, too large or deep, a DTD, no ``alert`` in it, or none that has what
    names it.
    """
    found = read_messages(content, zone)
    if not found.alerts:
        raise BadInput(found.bad[0], "file")
    return found.alerts


def read_messages(content: bytes, zone: ZoneInfo) -> Contents:
    """The same with the bad ones named; BadInput only where the file holds no message at all."""
    root, odd = read_tree(content)
    bad: list[Message] = []
    found = list(_alerts(root)) or list(_within_text(root, bad))
    if not found and not bad:
        raise BadInput(Message("there is no CAP message (alert) in it"), "file")
    alone = len(found) + len(bad) == 1
    good: list[Alert] = []
    for nth, node in enumerate(found, 1):
        try:
            good.append(_alert(node, zone).saying(*odd))
        except BadInput as error:
            bad.append(error.message if alone else _which(node, nth, error.message))
    return Contents(tuple(good), tuple(bad))


def _which(node: Node, nth: int, reason: Message) -> Message:
    """A bad message among others, by its place and its identifier."""
    named = next((" ".join(child.text.split()) for child in node.children if child.name == "identifier"), "")
    if not named or len(named) > LONGEST_KEY:
        return Message("message {n}: {reason}", {"n": nth, "reason": reason})
    return Message("message {n} ({identifier}): {reason}", {"n": nth, "identifier": named, "reason": reason})


def _alerts(root: Node) -> Iterator[Node]:
    for node in root.walk():
        if node.name.casefold() == "alert" and any(
            child.name in ("identifier", "sender", "info", "msgType") for child in node.children
        ):
            yield node


def _within_text(root: Node, bad: list[Message]) -> Iterator[Node]:
    """Messages that lie in another as text, escaped or in CDATA; why one of them is no XML is added to ``bad``."""
    for node in root.walk():
        text = node.text
        if text.startswith("<") and "alert" in text[:2000]:
            try:
                yield from _alerts(parsed(text))
            except BadInput as error:
                bad.append(error.message)


def _alert(node: Node, zone: ZoneInfo) -> Alert:
    reader = _Reader(zone, node.space)
    identifier, sender = reader.key(node, "identifier"), reader.key(node, "sender")
    if not identifier:
        raise BadInput(Message("its message has no {element}", {"element": "identifier"}), "identifier")
    sent = reader.instant(node, "sent") or reader.of_number(identifier)
    if sent is None:
        raise BadInput(Message("its message has no {element}", {"element": "sent"}), "sent")
    if not sender:
        raise BadInput(Message("its message has no {element}", {"element": "sender"}), "sender")
    status = reader.code(node, "status", CapStatus.ACTUAL)
    msg_type = reader.code(node, "msgType", MsgType.ALERT)
    references = reader.references(reader.text(node, "references"))
    infos = tuple(reader.info(child) for child in reader.children(node, "info"))
    signed = any(child.space.startswith(_SIGNATURE) for child in node.children)
    if signed:
        reader.note(Message("it is signed; the signature is not verified"))
    return Alert(identifier, sender, sent, status, msg_type, references, infos, signed, tuple(reader.notes))


class _Reader:
    """Reads one message; ``notes`` collects what was odd, each once."""

    def __init__(self, zone: ZoneInfo, space: str) -> None:
        self._zone = zone
        self._space = space
        self.notes: list[Message] = []

    def note(self, message: Message) -> None:
        """Say something about the message."""
        if message not in self.notes and len(self.notes) < 20:
            self.notes.append(message)

    # -- elements ----------------------------------------------------------------------------
    def children(self, node: Node, *names: str) -> list[Node]:
        """The children of a name that belong to the message; elements of other namespaces are none."""
        return [
            child for child in node.children
            if child.name in names and (child.space in ("", self._space) or child.space.startswith(_CAP))
        ]  # fmt: skip

    def text(self, node: Node, *names: str) -> str:
        """The text of the first child of a name that has one, as written but for what nobody can see."""
        texts = (child.text for child in self.children(node, *names))
        text = clean(next((text for text in texts if text), ""), one_line=False)
        if len(text) > NOTE_CAP:
            raise BadInput(Message("its {element} is longer than {n} characters", {"element": names[0], "n": NOTE_CAP}),
                           "file")  # fmt: skip
        return text

    def line(self, node: Node, *names: str) -> str:
        """The same on one line."""
        return " ".join(self.text(node, *names).split())

    def key(self, node: Node, name: str) -> str:
        """What names a message."""
        text = self.line(node, name)
        if len(text) > LONGEST_KEY:
            raise BadInput(Message("its {element} is longer than {n} characters", {"element": name, "n": LONGEST_KEY}),
                           "file")  # fmt: skip
        return text

    def code(self, node: Node, name: str, usual: E) -> E:
        """A status or a type; the usual one where the message names none, BadInput for one that nobody knows."""
        given = self.line(node, name)
        if not given:
            self.note(Message("it has no {element}: taken for {usual}",
                              {"element": name, "usual": usual.value.title()}))  # fmt: skip
            return usual
        try:
            return type(usual)(given.casefold())
        except ValueError as error:
            raise BadInput(Message("its {element} “{given}” is not known", {"element": name, "given": given[:40]}),
                           name) from error  # fmt: skip

    def instant(self, node: Node, name: str) -> datetime | None:
        """An instant in UTC; None where there is none or it cannot be read, which is noted."""
        given = self.line(node, name)
        if not given:
            return None
        found = parse_instant(given, self._zone)
        if found is None:
            self.note(Message("its {element} “{given}” is no time", {"element": name, "given": given[:40]}))
            return None
        at, bare = found
        if bare:
            self.note(Message("its times have no offset: taken for the street's time"))
        return at

    def of_number(self, identifier: str) -> datetime | None:
        """The instant in a number of GB/T 35965.1, where nothing else says when it was sent."""
        number = _GB_NUMBER.fullmatch(identifier)
        found = parse_instant(number[1], self._zone) if number else None
        if found is not None:
            self.note(Message("the time it was sent is that of its number"))
        return found[0] if found else None

    def references(self, text: str) -> tuple[Reference, ...]:
        """``sender,identifier,sent`` triplets with white space between, or what sloppy senders make of them."""
        found: list[Reference] = []
        rest = text
        for match in _TRIPLET.finditer(text):
            at = parse_instant(match[3], self._zone)
            found.append(Reference(match[2], " ".join(match[1].split()), at[0] if at else None))
            rest = rest.replace(match[0], " ", 1)
        for token in rest.replace(";", " ").split():
            parts = [part for part in token.split(",") if part]
            if len(parts) >= 3:
                at = parse_instant(parts[-1], self._zone)
                found.append(Reference(",".join(parts[1:-1]), parts[0], at[0] if at else None))
            else:
                found += [Reference(part) for part in parts if parse_instant(part, self._zone) is None]
        return tuple(dict.fromkeys(one for one in found[:200] if len(one.identifier) <= LONGEST_KEY))

    # -- info --------------------------------------------------------------------------------
    def info(self, node: Node) -> Info:
        """One info with everything in it."""
        parameters = self._pairs(node, "parameter")
        codes = self._pairs(node, "eventCode")
        event, headline = self.line(node, "event"), self.line(node, "headline")
        description = self.text(node, "description")
        type_code = self._type_code(self.line(node, "eventType"), codes, parameters, event)
        severity = self.line(node, "severity")
        urgency = self.line(node, "urgency")
        over = {urgency.casefold(), *(child.text.casefold() for child in self.children(node, "responseType"))}
        return Info(
            language=self.line(node, "language"), event=event,
            category=tuple(child.text for child in self.children(node, "category") if child.text),
            urgency=urgency, severity=severity, certainty=self.line(node, "certainty"),
            colour=self._colour(severity, (*parameters, *codes), headline, event, description), type_code=type_code,
            hazard=self._hazard(event, headline, description, type_code), effective=self.instant(node, "effective"),
            onset=self.instant(node, "onset"), expires=self.instant(node, "expires"),
            sender_name=self.line(node, "senderName"), headline=headline, description=description,
            instruction=self.text(node, "instruction"),
            lifted=bool(_LIFTED.search(headline) or over & {"allclear", "past"}),
            areas=tuple(self._area(child) for child in self.children(node, "area")), parameters=parameters,
        )  # fmt: skip

    def _pairs(self, node: Node, *names: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (self.line(child, "valueName", "name"), self.line(child, "value") or ("" if child.children else child.text))
            for child in self.children(node, *names)
        )

    def _type_code(
        self, event_type: str, codes: tuple[tuple[str, str], ...], parameters: tuple[tuple[str, str], ...], event: str
    ) -> str:
        for text in (event_type, *(value for _, value in codes), *(value for _, value in parameters), event):
            found = _TYPE_CODE.search(text[:2000])
            if found:
                return found[0]
        return ""

    def _hazard(self, event: str, headline: str, description: str, code: str) -> Hazard:
        plain = hazard_of(event, headline, code=code)
        return plain if plain is not Hazard.OTHER else hazard_of(description[:200])

    def _colour(
        self, severity: str, pairs: tuple[tuple[str, str], ...], headline: str, event: str, description: str
    ) -> Colour | None:
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
                self.note(Message("it names no colour: taken from its severity, {severity}", {"severity": severity}))
        return said

    def _area(self, node: Node) -> Area:
        polygons = [self._points(child.text) for child in self.children(node, "polygon")]
        circles = [self._circle(child.text) for child in self.children(node, "circle")]
        return Area(
            self.line(node, "areaDesc"), tuple(one for one in polygons if one), tuple(one for one in circles if one),
            self._pairs(node, "geocode"),
        )  # fmt: skip

    def _points(self, text: str) -> tuple[tuple[float, float], ...]:
        points = [_point(pair) for pair in text.split()]
        read = tuple(point for point in points if point is not None)
        if len(read) < len(points) or len(read) < 3:
            self.note(Message("a polygon of it cannot be read"))
            return ()
        return read

    def _circle(self, text: str) -> tuple[float, float, float] | None:
        centre, _, radius = text.partition(" ")
        point = _point(centre)
        if point is None or not _RADIUS.fullmatch(radius.strip()):
            self.note(Message("a circle of it cannot be read"))
            return None
        return *point, float(radius)


_STEPS = ("minor", "moderate", "severe", "extreme", "unknown")
_GREEN = re.compile(r"绿色|\bgreen\b", re.IGNORECASE)


def _point(pair: str) -> tuple[float, float] | None:
    """``latitude,longitude`` in degrees, within the globe."""
    latitude, comma, longitude = pair.partition(",")
    if not comma or not _NUMBER.fullmatch(latitude) or not _NUMBER.fullmatch(longitude):
        return None
    point = float(latitude), float(longitude)
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None

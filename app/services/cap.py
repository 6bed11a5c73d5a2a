"""Reads warnings: CAP 1.1, 1.2 and the Chinese GB/T 35965.1 flavour, bytes to values (domain 4.5, reliability 11).

Any prefix or none, any wrapper (EDXL, Atom, SOAP, the message as text within another), signed or not. What is odd but
can be understood is read and said in the message's notes; what names no message is refused with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.warning import Alert, CapStatus, MsgType, Reference
from app.domain.warning_words import parse_instant
from app.services.cap_fields import LONGEST_KEY, Fields
from app.services.cap_info import read_info
from app.services.xml_tree import Node, parsed, read_tree

_SIGNATURE = "http://www.w3.org/2000/09/xmldsig"
_HOLDS = re.compile(r"<(?:[\w.-]{1,40}:)?alert[\s>]", re.IGNORECASE)
"""A text that is a message or wraps one, and no prose about alerts."""
_GB_NUMBER = re.compile(r"[0-9A-Z]{14}_(\d{14})_\d{1,4}")
"""``ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N`` (GB/T 35965.1)."""
_TRIPLET = re.compile(
    r"([^,\s][^,]{0,200}?)\s{0,9},\s{0,9}([^,\s]{1,300})\s{0,9},\s{0,9}"
    r"(\d{4}-\d\d-\d\dT[0-9:.]{4,20}(?:Z|[+-]\d\d:?\d\d)?)"
)
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
"""Addresses and incidents: white space between them, quotes around one that holds some (CAP 1.2, 3.2.1)."""
_ALERT = (
    "identifier", "sender", "sent", "sendTime", "status", "msgType", "source", "scope", "restriction", "addresses",
    "code", "note", "references", "incidents", "info", "Signature",
)  # fmt: skip
MOST_REFERENCES = 1_000
"""Messages that one message may end."""
_LONGEST_REFERENCES = 120_000


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
            good.append(_alert(node, zone, sealed=_seals(root)).saying(*odd))
        except BadInput as error:
            bad.append(error.message if alone else _which(node, nth, error.message))
    return Contents(tuple(good), tuple(bad))


def read_one(content: bytes, zone: ZoneInfo, identifier: str, sender: str, sent: datetime) -> Alert | None:
    """The message of this name in a file that was read before; None where this release does not read it.

    Of a feed no other message is made; its identifier may be written with what nobody can see, then all are.
    """
    try:
        root, odd = read_tree(content)
    except BadInput:
        return None
    found = list(_alerts(root)) or list(_within_text(root, []))
    for node in [node for node in found if _named(node) == identifier] or found:
        try:
            one = _alert(node, zone, sealed=_seals(root))
        except BadInput:
            continue
        if (one.identifier, one.sender, one.sent) == (identifier, sender, sent):
            return one.saying(*odd)
    return None


def _named(node: Node) -> str:
    return next((" ".join(child.text.split()) for child in node.children if child.name.casefold() == "identifier"), "")


def _which(node: Node, nth: int, reason: Message) -> Message:
    """A bad message among others, by its place and its identifier."""
    named = _named(node)
    if not named or len(named) > LONGEST_KEY:
        return Message("message {n}: {reason}", {"n": nth, "reason": reason})
    return Message("message {n} ({identifier}): {reason}", {"n": nth, "identifier": named, "reason": reason})


def _alerts(root: Node) -> Iterator[Node]:
    """The messages in a tree; what lies within one, such as in its signature, is none."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        names = {child.name.casefold() for child in node.children}
        if node.name.casefold() == "alert" and names & {"identifier", "sender", "info", "msgtype"}:
            yield node
        else:
            waiting += reversed(node.children)


def _within_text(root: Node, bad: list[Message]) -> Iterator[Node]:
    """Messages that lie in another as text, escaped or in CDATA; why one of them is no XML is added to ``bad``."""
    for node in root.walk():
        text = node.text
        if text.startswith("<") and _HOLDS.search(text[:2000]):
            try:
                yield from _alerts(parsed(text))
            except BadInput as error:
                bad.append(error.message)


def _seals(node: Node) -> bool:
    return node.name == "Signature" or node.space.startswith(_SIGNATURE)


def _alert(node: Node, zone: ZoneInfo, *, sealed: bool = False) -> Alert:
    """A message; ``sealed``: it lies within a signature."""
    fields = Fields(zone, node)
    identifier, sender = fields.key(node, "identifier"), fields.key(node, "sender")
    if not identifier:
        raise BadInput(Message("its message has no {element}", {"element": "identifier"}), "identifier")
    sent = fields.instant(node, "sent", "sendTime") or _of_number(fields, identifier)
    if sent is None:
        raise BadInput(Message("its message has no {element}", {"element": "sent"}), "sent")
    if not sender:
        raise BadInput(Message("its message has no {element}", {"element": "sender"}), "sender")
    status = fields.code(node, "status", CapStatus.ACTUAL)
    msg_type = fields.code(node, "msgType", MsgType.ALERT)
    references = _references(fields, " ".join(child.text for child in fields.children(node, "references")))
    infos = tuple(read_info(fields, child) for child in fields.children(node, "info"))
    signed = sealed or any(_seals(child) for child in node.children)
    if signed:
        fields.note(Message("it is signed; the signature is not verified"))
    return Alert(
        identifier, sender, sent, status, msg_type, references, infos, signed, source=fields.line(node, "source"),
        scope=fields.line(node, "scope"), restriction=fields.line(node, "restriction"),
        addresses=_quoted(fields.lines(node, "addresses")), codes=fields.lines(node, "code"),
        note=fields.text(node, "note"), incidents=_quoted(fields.lines(node, "incidents")),
        more=fields.others(node, _ALERT), notes=tuple(fields.notes),
    )  # fmt: skip


def _quoted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(match[1] or match[2] for text in texts for match in _QUOTED.finditer(text) if match[1] or match[2])


def _of_number(fields: Fields, identifier: str) -> datetime | None:
    """The instant in a number of GB/T 35965.1, where nothing else says when it was sent."""
    number = _GB_NUMBER.fullmatch(identifier)
    found = parse_instant(number[1], fields.zone) if number else None
    if found is not None:
        fields.note(Message("the time it was sent is that of its number"))
    return found[0] if found else None


def _references(fields: Fields, text: str) -> tuple[Reference, ...]:
    """``sender,identifier,sent`` triplets with white space between, or what sloppy senders make of them."""
    found: list[Reference] = []
    rest: list[str] = []
    done, cut = 0, len(text) > _LONGEST_REFERENCES
    text = text[:_LONGEST_REFERENCES]
    for match in _TRIPLET.finditer(text):
        at = parse_instant(match[3], fields.zone)
        found.append(Reference(match[2], " ".join(match[1].split()), at[0] if at else None))
        rest.append(text[done : match.start()])
        done = match.end()
    for token in " ".join([*rest, text[done:]]).replace(";", " ").split():
        parts = [part for part in token.split(",") if part]
        if len(parts) >= 3:
            at = parse_instant(parts[-1], fields.zone)
            found.append(Reference(",".join(parts[1:-1]), parts[0], at[0] if at else None))
        else:
            found += [Reference(part) for part in parts if parse_instant(part, fields.zone) is None]
    kept = tuple(dict.fromkeys(one for one in found if len(one.identifier) <= LONGEST_KEY))
    if cut or len(kept) > MOST_REFERENCES or any(len(one.identifier) > LONGEST_KEY for one in found):
        fields.note(Message("not all that it refers to can be kept: {n} are", {"n": min(len(kept), MOST_REFERENCES)}))
    return kept[:MOST_REFERENCES]

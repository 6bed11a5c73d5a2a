"""What is sent, what became of it, and how an answer of a server is judged: try again, or not until somebody acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from app.domain.message import Message, Param


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One reminder on its way. ``id`` stays the same however often it is tried, so that receivers can fold it."""

    id: UUID
    title: str
    body: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The server took it; whether somebody read it is not known."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not leave, or nobody knows. ``permanent``: the same try fails again until somebody changes something."""

    reason: Message
    permanent: bool
    uncertain: bool = False
    """The server may have taken it all the same: it was reached and did not say."""


Delivery: TypeAlias = Sent | Failed

_PASSING = frozenset({408, 409, 423, 425, 429})
"""HTTP answers below 500 that another try may change."""
_BUSY = frozenset({-1, 11232, 45009, 45033, 130101, 302033, 410100})
"""Codes of robots (WeCom, DingTalk, Feishu) that mean: too fast, or busy."""
_STATUS = re.compile(r"\berror=(\d{3})\d{0,3}\.|\bnotification failed: (\d{3}) - ")
_CODE = re.compile(r"rejected our notification: code=(-?\d+) msg=([^\n]*)")
_MAIL = re.compile(r"\((\d{3}), b['\"]|: \((\d{3}), b['\"]")
_MOST_WORDS = 120


def of_status(status: int) -> Delivery:
    """By the status of an HTTP answer."""
    if 200 <= status < 300:
        return Sent()
    if status in _PASSING or status >= 500:
        return Failed(Message("The server has trouble of its own (HTTP {status}).", {"status": status}), False)
    if 300 <= status < 400:
        return Failed(Message("The server points elsewhere (HTTP {status}).", {"status": status}), True)
    return Failed(Message("The server refuses it (HTTP {status}).", {"status": status}), True)


def of_code(code: int, words: str) -> Delivery:
    """By the code of a robot's answer; ``words`` are its own, without secrets."""
    if code == 0:
        return Sent()
    told: dict[str, Param] = {"code": code, "words": " ".join(words.split())[:_MOST_WORDS]}
    if code in _BUSY:
        return Failed(Message("The robot is busy (code {code}: {words}).", told), False)
    return Failed(Message("The robot refuses it (code {code}: {words}).", told), True)


def of_trouble(words: str) -> Failed:
    """By the words of the network's own error; none of them are repeated."""
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return Failed(Message("The server's certificate is not trusted."), True)
    if "timed out" in words:
        return Failed(Message("The server does not answer."), False, uncertain=True)
    if any(sign in words for sign in ("NameResolution", "getaddrinfo", "Name or service", "nodename nor servname")):
        return Failed(Message("The server's name is not found; is the network up?"), False)
    return Failed(Message("The server cannot be reached."), False)


def of_log(words: str) -> Failed:
    """By what apprise logged of a failed try."""
    if found := _STATUS.search(words):
        judged = of_status(int(found[1] or found[2]))
        return judged if isinstance(judged, Failed) else of_trouble(words)
    if found := _CODE.search(words):
        judged = of_code(int(found[1]), found[2])
        return judged if isinstance(judged, Failed) else of_trouble(words)
    if found := _MAIL.search(words):
        code = int(found[1] or found[2])
        return Failed(Message("The mail server refuses it (SMTP {code}).", {"code": code}), code >= 500)
    return of_trouble(words)

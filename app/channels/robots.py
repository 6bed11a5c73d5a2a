"""Group robots of WeCom and DingTalk, called directly: they say no in an answer of HTTP 200.

apprise reads their address; taking every 200 for a delivery, it cannot be asked to send there.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from app.channels.delivery import Delivery, Failed, of_code, of_status, of_trouble
from app.channels.library import CONNECT, READ
from app.domain.message import Message

MOST_ANSWER = 4_096
"""Bytes of an answer that are read."""


Call: TypeAlias = tuple[str, dict[str, str], dict[str, Any]]
"""Address, parameters and what is said."""


def _wecom(plugin: Any, text: str) -> Call:
    return plugin.api_url, {}, {"msgtype": "text", "text": {"content": text}}


def _dingtalk(plugin: Any, text: str) -> Call:
    said: dict[str, Any] = {
        "msgtype": "text",
        "text": {"content": text},
        "at": {"atMobiles": plugin.targets, "isAtAll": False},
    }
    return plugin.notify_url.format(token=plugin.token), _signed(plugin.secret, round(time.time() * 1000)), said


def _signed(secret: str | None, now: int) -> dict[str, str]:
    """The parameters of a signed call; ``now`` in milliseconds. Encoded once, by whoever makes the address."""
    if not secret:
        return {}
    digest = hmac.new(secret.encode(), f"{now}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": str(now), "sign": base64.b64encode(digest).decode()}


ROBOTS: Mapping[str, Callable[[Any, str], Call]] = {
    "wecombot": _wecom,
    "dingtalk": _dingtalk,
}
"""Scheme and what makes the call of a text."""


def call(scheme: str, plugin: Any, text: str) -> Delivery:
    """Send a text to a robot and read what it says; never raises for the network's trouble."""
    import requests

    url, parameters, said = ROBOTS[scheme](plugin, text)
    try:
        with requests.post(
            url, params=parameters, json=said, timeout=(CONNECT, READ), allow_redirects=False, stream=True,
            verify=plugin.verify_certificate,
        ) as answer:  # fmt: skip
            judged = of_status(answer.status_code)
            return judged if isinstance(judged, Failed) else _read(_beginning(answer.iter_content(1_024)))
    except requests.RequestException as error:
        return of_trouble(str(error))


def _beginning(pieces: Iterable[bytes]) -> bytes:
    read = b""
    for piece in pieces:
        read += piece
        if len(read) > MOST_ANSWER:
            break
    return read


def _read(answer: bytes) -> Delivery:
    try:
        told = json.loads(answer)
        return of_code(int(told["errcode"]), str(told.get("errmsg", "")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Failed(Message("The answer is not that of a robot."), False)

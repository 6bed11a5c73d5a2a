"""Sends a reminder through a channel, within ten seconds whatever the server does; it never raises for the network."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any, Protocol

from app.channels.delivery import Delivery, Failed, Outgoing, Sent, of_log
from app.channels.library import apprise, plugin_of, scheme_of
from app.channels.masking import SecretUrl, masked, scrub
from app.channels.robots import ROBOTS, call
from app.domain.message import Message
from app.domain.text import clean

__all__ = ["AppriseSender", "Delivery", "Failed", "Outgoing", "Sender", "Sent"]

LIMIT = 10.0
"""Seconds a call takes at the most."""
AT_ONCE = 4
"""Messages on their way through one sender, those given up but still waiting for the server counted."""
MOST_TITLE = 200
"""Characters."""
MOST_BODY = {"wecombot": 2_000, "ntfy": 3_500, "ntfys": 3_500, "bark": 3_000, "barks": 3_000}
"""Bytes that a service takes, or shows, of title and body together; others take ``MOST_ELSEWHERE``."""
MOST_ELSEWHERE = 15_000
WITH_HEADER = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
"""Webhooks: programs read them, and a header tells them the id."""
URGENT = {
    "ntfy": {"priority": "max"},
    "ntfys": {"priority": "max"},
    "bark": {"level": "critical"},
    "barks": {"level": "critical"},
    "mailto": {"+X-Priority": "1", "+Importance": "high"},
    "mailtos": {"+X-Priority": "1", "+Importance": "high"},
}
"""Parameters that make a service ring louder."""


class Sender(Protocol):
    """A way out of the building."""

    def send(self, message: Outgoing) -> Delivery:
        """Try once. Never raises for the network's trouble; the answer says whether to try again."""


class AppriseSender:
    """A channel by its address. May be used by several threads at once."""

    def __init__(self, url: str | SecretUrl, limit: float = LIMIT) -> None:
        """``limit`` are the seconds that a call takes at the most."""
        self._url = url if isinstance(url, SecretUrl) else SecretUrl(url)
        self._limit = limit
        self._places = BoundedSemaphore(AT_ONCE)

    def __repr__(self) -> str:
        return f"AppriseSender({masked(self._url)})"

    def send(self, message: Outgoing) -> Delivery:
        """Try once; at the end of the time limit the try is left alone and may still arrive: its id tells."""
        end = time.monotonic() + self._limit
        if not self._places.acquire(timeout=self._limit):
            return Failed(Message("Earlier messages still wait for this server."), permanent=False)
        told: SimpleQueue[Delivery] = SimpleQueue()
        try:
            Thread(target=self._work, args=(message, told), name="channel", daemon=True).start()
        except RuntimeError:
            self._places.release()
            return _inside("RuntimeError")
        try:
            return told.get(timeout=max(0.0, end - time.monotonic()))
        except Empty:
            waited = {"seconds": round(self._limit, 1)}
            said = Message("The server did not answer within {seconds} seconds.", waited)
            return Failed(said, permanent=False, uncertain=True)

    def _work(self, message: Outgoing, told: SimpleQueue[Delivery]) -> None:
        try:
            told.put(self._try(message))
        except BaseException as error:  # noqa: BLE001  whatever it is, whoever waits gets it, without its words
            told.put(_inside(type(error).__name__))
        finally:
            self._places.release()

    def _try(self, message: Outgoing) -> Delivery:
        scheme = scheme_of(self._url.text)
        plugin = plugin_of(self._url.text, _parameters(scheme, message))
        if plugin is None:
            return Failed(Message("The address of this channel is not understood."), permanent=True)
        title, body = _texts(scheme, message)
        if scheme in ROBOTS:
            return self._without_secrets(call(scheme, plugin, f"{title}\n{body}" if title else body))
        return self._without_secrets(_by_apprise(plugin, title, body, message.urgent))

    def _without_secrets(self, delivery: Delivery) -> Delivery:
        """A server may repeat the key in the words of its refusal."""
        if isinstance(delivery, Sent):
            return delivery
        params = {
            name: clean(scrub(value, [self._url]), one_line=True) if isinstance(value, str) else value
            for name, value in delivery.reason.params.items()
        }
        return replace(delivery, reason=Message(delivery.reason.msgid, params))


def _inside(kind: str) -> Failed:
    return Failed(Message("Sending failed inside the program ({kind}).", {"kind": kind}), permanent=False)


def _parameters(scheme: str, message: Outgoing) -> dict[str, str]:
    """What this message adds to the address."""
    wanted = dict(URGENT.get(scheme, {})) if message.urgent else {}
    if scheme in WITH_HEADER or scheme in ("mailto", "mailtos"):
        wanted["+X-Wangge-Id"] = str(message.id)
    if scheme in ("bark", "barks"):
        wanted["id"] = str(message.id)  # the phone shows one notification for one id
    return wanted


def _texts(scheme: str, message: Outgoing) -> tuple[str, str]:
    """Title and body as plain text that fits; the short id at the end of the body where people read it."""
    title, body = clean(message.title, one_line=True)[:MOST_TITLE], clean(message.body, one_line=False)
    if scheme in ("feishu", "lark"):  # their texts know <at …> and links: a person's words are to stay words
        title, body = (text.replace("<", "＜").replace("](", "] (") for text in (title, body))
    tail = "" if scheme in WITH_HEADER else f"#{message.id.hex[:8]}"
    room = MOST_BODY.get(scheme, MOST_ELSEWHERE) - len(title.encode()) - len(tail) - len("\n…")
    if len(body.encode()) > room:
        body = body.encode()[:room].decode("utf-8", "ignore").rstrip() + "…"
    return title, "\n".join(filter(None, (body, tail))) or title or "…"


def _by_apprise(plugin: Any, title: str, body: str, urgent: bool) -> Delivery:
    library = apprise()
    way = library.Apprise(asset=plugin.asset)
    way.add(plugin)
    result = way.notify(
        title=title,
        body=body,
        notify_type=library.NotifyType.WARNING if urgent else library.NotifyType.INFO,
        body_format=library.NotifyFormat.TEXT,
        log_level=logging.DEBUG,
    )
    return Sent() if result else of_log("\n".join(entry.message for entry in result.logs()))

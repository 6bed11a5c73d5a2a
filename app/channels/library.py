"""The one door to apprise: loaded when something is sent or an address is looked at, and silent ever after.

What apprise and the libraries below it log names keys; it stays inside this package.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from threading import Lock
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlencode

CONNECT, READ = 3.0, 6.0
"""Seconds for a connection, and for each wait on a server's answer."""

_QUIET = ("apprise", "charset_normalizer", "markdown", "oauthlib", "requests", "requests_oauthlib", "urllib3")
_WEBHOOKS = (
    (re.compile(r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send/?\?key=([\w-]+)", re.ASCII), "wecombot"),
    (re.compile(r"https://oapi\.dingtalk\.com/robot/send/?\?access_token=([0-9A-Za-z]+)", re.ASCII), "dingtalk"),
    (re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([\w-]+)/?", re.ASCII), "feishu"),
    (re.compile(r"https://open\.larksuite\.com/open-apis/bot/v2/hook/([\w-]+)/?", re.ASCII), "lark"),
)
"""Addresses as a group robot shows them, and the scheme that sends there."""
_OURS = frozenset({"format", "overflow", "optional", "retry", "wait", "rto", "cto"})
"""Parameters of apprise that are not left to an address: how texts are sent, and for how long."""
_one_at_a_time = Lock()


@cache
def apprise() -> ModuleType:
    """The library. It logs into nothing: every message of it is read here, or by nobody."""
    for name in _QUIET:
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    logging.getLogger("apprise").setLevel(logging.DEBUG)  # why a try failed is said at this level only
    import apprise as library

    return library


@cache
def _asset() -> Any:
    """What holds for every channel: our name, no pictures from elsewhere, no redirect taken for a delivery."""
    return apprise().AppriseAsset(
        app_id="wangge",
        app_desc="网格指挥台",
        async_mode=False,
        http_redirects=False,
        image_url_mask=None,
        interpret_emojis=False,
        service_timeout=0,
        storage_mode="memory",
    )


def scheme_of(url: str) -> str:
    """What stands before ``://``, in small letters; empty when nothing does."""
    return sent_as(url).partition("://")[0].lower() if "://" in url else ""


def sent_as(url: str) -> str:
    """The address itself, or that of the robot whose web address it is."""
    text = url.strip()
    for pattern, scheme in _WEBHOOKS:
        if found := pattern.fullmatch(text):
            return f"{scheme}://{found[1]}/"
    return text


def plugin_of(url: str, extra: dict[str, str] | None = None) -> Any | None:
    """What apprise sends with, made anew for each message; None when it does not understand the address.

    ``extra`` are parameters that win over those of the address.
    """
    text = sent_as(url)
    if scheme_of(url) not in ("http", "https"):
        text = _with(text, extra or {})
    with _one_at_a_time:  # the first call loads every service that apprise knows
        asset = _asset()
        plugin = apprise().Apprise.instantiate(text, asset=asset, suppress_exceptions=True)
    if plugin is None or not plugin.enabled or len(plugin) == 0 or getattr(plugin, "topics", None) == []:
        return None
    plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT, READ
    plugin.request_rate_per_sec = 0.0  # a pause would only use up the time limit
    plugin.optional, plugin.retry = False, 0
    return plugin


def _with(url: str, extra: dict[str, str]) -> str:
    address, _, query = url.partition("?")
    away = _OURS | {key.lower() for key in extra}
    kept = [pair for pair in query.split("&") if pair and unquote(pair.partition("=")[0]).lower() not in away]
    added = [urlencode({key: text}, safe="+") for key, text in extra.items()]
    return "?".join(filter(None, (address, "&".join(kept + added))))

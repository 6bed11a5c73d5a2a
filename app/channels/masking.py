"""What may be shown of a channel's address: the scheme and the host; everything else may be a key."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, unquote, unquote_plus

HIDDEN = "****"
SHORTEST = 4
"""Characters of the shortest part that ``scrub`` takes out; shorter ones are in too many ordinary words."""

_PARTS = re.compile(r"([a-z][a-z0-9+.-]{0,19})://([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
_ANY_URL = re.compile(r"[a-z][a-z0-9+.-]{0,19}://[^\s\"'<>，。；、）】”]+", re.IGNORECASE)
_APART = re.compile(r"[/?&=:@#,;\\]+")

_WEB = frozenset({"http", "https", "json", "jsons", "xml", "xmls", "form", "forms"})
_DOTTED = frozenset({"mailto", "mailtos", "ntfy", "ntfys", "bark", "barks"})
"""Here a name without a dot may be a topic, a key or an addressee. Of every other scheme the host is the key."""


@dataclass(frozen=True, slots=True, repr=False)
class SecretUrl:
    """An address that shows itself masked wherever it is printed, logged or part of a traceback."""

    text: str

    def __str__(self) -> str:
        return masked(self.text)

    def __repr__(self) -> str:
        return f"SecretUrl({masked(self.text)})"


def masked(url: str | SecretUrl) -> str:
    """The scheme and the host, the rest as ``****``: user, password, path and query; never raises.

    The host is hidden too where it is a key itself (``wecombot://KEY``) or where it is not certain which part it is.
    """
    text = url.text if isinstance(url, SecretUrl) else url
    found = _PARTS.fullmatch(text.strip())
    if not found:
        return HIDDEN
    scheme, authority, rest = found[1].lower(), found[2], found[3]
    user, at, host = authority.rpartition("@")
    secret_user = f"{HIDDEN}:{HIDDEN}@" if ":" in user else f"{HIDDEN}@" if at else ""
    place = host if _may_show(scheme, host, rest) else HIDDEN
    path, question, _ = rest.partition("?")
    shown = f"/{HIDDEN}" if path.strip("/") else path[:1]
    return f"{scheme}://{secret_user}{place}{shown}{f'?{HIDDEN}' if question else ''}"


def scrub(text: str, secrets: Iterable[str | SecretUrl]) -> str:
    """The text without these addresses or keys, their parts of four and more characters, and any other address."""
    parts = {form for secret in secrets for part in _parts(secret) for form in _forms(part) if len(form) >= SHORTEST}
    text = _ANY_URL.sub(lambda url: masked(url[0]), text)
    if parts:
        longest_first = sorted(parts, key=len, reverse=True)
        text = re.sub("|".join(map(re.escape, longest_first)), HIDDEN, text, flags=re.IGNORECASE)
    return text


def _may_show(scheme: str, host: str, rest: str) -> bool:
    if not _HOST.fullmatch(host) or _holds_an_end(rest):
        return False
    if scheme in _DOTTED:
        return "." in host or "[" in host or host.partition(":")[0] == "localhost"
    return scheme in _WEB


def _holds_an_end(rest: str) -> bool:
    """Whether an ``@`` stands where it may end a password that holds a slash: anywhere but in a parameter's value."""
    path, _, query = rest.partition("?")
    return "@" in path or any("@" in pair.partition("=")[0] for pair in query.split("&"))


def _parts(secret: str | SecretUrl) -> Iterator[str]:
    """Whatever of it could be a key by itself, the longest pieces and their pieces."""
    text = (secret.text if isinstance(secret, SecretUrl) else secret).strip()
    yield text
    found = _PARTS.fullmatch(text)
    if not found:
        return
    user, _, host = found[2].rpartition("@")
    if not _may_show(found[1].lower(), host, found[3]):
        yield host
        yield from _APART.split(host)
    path, _, query = found[3].partition("?")
    values = [value for pair in query.split("&") for value in pair.split("=", 1)]
    wholes = [user, *user.split(":", 1), found[3], path, path.strip("/"), *path.split("/"), query, *values]
    yield from wholes
    for whole in wholes:
        yield from _APART.split(whole)
    yield _basic(user)
    yield _basic(unquote(user))


def _basic(user: str) -> str:
    """User and password as HTTP sends them."""
    return base64.b64encode(user.encode("utf-8", "replace")).decode().rstrip("=")


def _forms(part: str) -> Iterator[str]:
    """How it may stand in a message of another program."""
    for plain in {part, unquote(part), unquote_plus(part)}:
        safe = plain.encode("utf-8", "replace").decode()
        yield from (plain, quote(safe, safe=""), quote_plus(safe), json.dumps(plain)[1:-1], repr(plain)[1:-1])

"""The file of channels, ``channels.toml`` beside the configuration: one table for each channel, with its address.

    [channel.night-desk]
    url = "ntfys://ntfy.example.cn/…"

It holds keys, so it belongs to its owner alone and is replaced whole or not at all.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.channels.library import plugin_of
from app.channels.masking import SecretUrl
from app.domain.errors import BadInput, NotFound, Refused
from app.domain.message import Message, Param
from app.domain.text import HAN
from app.files import os_reason, write_private

MOST = 1_000_000
"""Bytes of the file that are looked at."""
LONGEST_NAME = 40
LONGEST_URL = 2_000
"""Characters of a name and of an address."""

_NAME = re.compile(rf"(?:[A-Za-z0-9_-]|{HAN}){{1,{LONGEST_NAME}}}")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)\s*$")
_BARE_HAN = re.compile(r"(?m)^[ \t]*\[\s*channel\s*\.\s*([^\]\"'\n]*[^\x00-\x7f][^\]\"'\n]*?)\s*\]")
_HEADER = re.compile(
    r"[ \t]*\[[ \t]*channel[ \t]*\.[ \t]*(?:\"([^\"\\]*)\"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*\][ \t]*(?:#.*)?"
)
_URL = re.compile(r"([ \t]*(?:url|\"url\"|'url')[ \t]*=[ \t]*)(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')([ \t]*(?:#.*)?)")
_ESCAPES = {'"': '\\"', "\\": "\\\\"}


class ChannelFile:
    """The channels of one user of the machine. Every method raises BadInput when the file cannot be taken as it is."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, *, understood: bool = True) -> dict[str, SecretUrl]:
        """The channels by name in the order of the file; a missing file has none.

        Every address is shown to apprise (half a second the first time) unless ``understood`` is false. Raises
        BadInput for a file that others can read, that is no TOML, or that holds anything but channels.
        """
        return self._channels(self._text(), understood=understood)

    def put(self, name: str, url: str | SecretUrl) -> None:
        """Add a channel or give it another address; comments and the other channels stay as they are.

        Raises BadInput for a name or an address that cannot be one, Refused when the file cannot be written.
        """
        self.check_name(name)
        address = (url.text if isinstance(url, SecretUrl) else url).strip()
        self.check_url(address, name)
        text = self._text()
        wanted = {**_texts(self._channels(text, understood=False)), name: address}
        self._write(_with(text, name, address), wanted)

    def remove(self, name: str) -> None:
        """Take a channel away. Raises NotFound when there is none of this name."""
        text = self._text()
        wanted = _texts(self._channels(text, understood=False))
        if name not in wanted:
            raise NotFound(Message("There is no channel {name}.", {"name": name}))
        del wanted[name]
        self._write(_without(text, name), wanted)

    def check_name(self, name: str) -> None:
        """Raises BadInput when no channel can be called so."""
        if not _NAME.fullmatch(name):
            raise BadInput(
                Message(
                    "A channel's name is 1 to {most} letters, digits, hyphens, underscores or Chinese characters.",
                    {"most": LONGEST_NAME},
                ),
                "name",
            )

    def check_url(self, url: str, name: str) -> None:
        """Raises BadInput when nothing can be sent to the address; the sentence never repeats it."""
        field = f"channel.{name}.url"
        if not url or len(url) > LONGEST_URL or not url.isprintable() or plugin_of(url) is None:
            raise BadInput(
                Message(
                    "The address of channel {name} is not understood; examples are in docs/channels.md.",
                    {"name": name},
                ),
                field,
            )

    def _text(self) -> str:
        """The file's text; empty when it is missing."""
        try:
            if self._path.exists() and not self._path.is_file():  # opening what is no file may never end
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            with self._path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                if os.name != "nt" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                    raise BadInput(
                        Message(
                            "Others can read {file}, which holds keys. Call: chmod 600 {file}",
                            {"file": str(self._path)},
                        ),
                        str(self._path),
                    )
                raw = file.read(MOST + 1)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._unreadable(os_reason(error)) from error
        if len(raw) > MOST:
            raise self._unreadable(Message("it is too large"))
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._unreadable(Message("it is no text in UTF-8")) from None

    def _unreadable(self, reason: Message | str) -> BadInput:
        told: dict[str, Param] = {"file": str(self._path), "reason": reason}
        return BadInput(Message("{file} cannot be read: {reason}", told), str(self._path))

    def _channels(self, text: str, *, understood: bool = True) -> dict[str, SecretUrl]:
        document = self._document(text)
        for key in document:
            if key != "channel":
                raise self._unknown(key)
        tables = document.get("channel", {})
        if not isinstance(tables, dict):
            raise self._wrong("channel", Message("a table for each channel"))
        channels: dict[str, SecretUrl] = {}
        for name, table in tables.items():
            self.check_name(name)
            if not isinstance(table, dict):
                raise self._wrong(f"channel.{name}", Message("a table for each channel"))
            for key in table:
                if key != "url":
                    raise self._unknown(f"channel.{name}.{key}")
            url = table.get("url")
            if not isinstance(url, str):
                raise self._wrong(f"channel.{name}.url", Message("an address in quotes"))
            if understood:
                self.check_url(url.strip(), name)
            channels[name] = SecretUrl(url.strip())
        return channels

    def _document(self, text: str) -> dict[str, Any]:
        """As TOML. The parser's own error holds the whole text, keys and all, and goes no further than here."""
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            detail = str(error)
        file = str(self._path)
        if bare := _BARE_HAN.search(text):
            line = text.count("\n", 0, bare.start(1)) + 1
            told = {"file": file, "line": line, "name": bare[1].strip()}
            raise BadInput(
                Message('{file}, line {line}: put the name into quotes: [channel."{name}"]', told), f"line {line}"
            )
        place = _PLACE.search(detail)
        if place is None:
            raise BadInput(
                Message("{file} is no valid TOML: something is not closed at its end.", {"file": file}), file
            )
        raise BadInput(
            Message(
                "{file} is no valid TOML: look at line {line}, column {column}, or just before.",
                {"file": file, "line": int(place[1]), "column": int(place[2])},
            ),
            f"line {place[1]}",
        )

    def _unknown(self, key: str) -> BadInput:
        return BadInput(Message("{file}: {key} is not a setting.", {"file": str(self._path), "key": key}), key)

    def _wrong(self, key: str, wanted: Message) -> BadInput:
        told: dict[str, Param] = {"file": str(self._path), "key": key, "wanted": wanted}
        return BadInput(Message("{file}: {key} must be {wanted}.", told), key)

    def _write(self, text: str, wanted: Mapping[str, str]) -> None:
        """Replace the file by the text if it says exactly what is wanted, else by one written anew."""
        if not _says(text, wanted):
            text = "".join(_table(name, url) for name, url in wanted.items())
        try:
            write_private(Path(os.path.realpath(self._path)), text)
        except OSError as error:
            told: dict[str, Param] = {"path": str(self._path), "reason": os_reason(error)}
            raise Refused(Message("{path} cannot be written: {reason}", told)) from error


def _texts(channels: Mapping[str, SecretUrl]) -> dict[str, str]:
    return {name: url.text for name, url in channels.items()}


def _says(text: str, wanted: Mapping[str, str]) -> bool:
    try:
        tables = tomllib.loads(text).get("channel", {})
    except tomllib.TOMLDecodeError:
        return False
    return {name: table.get("url", "").strip() for name, table in tables.items()} == wanted


def _table(name: str, url: str) -> str:
    return f"[channel.{name if name.isascii() else f'{_quoted(name)}'}]\nurl = {_quoted(url)}\n"


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c, c) for c in text) + '"'


def _stretch(lines: list[str], name: str) -> tuple[int, int]:
    """Where a channel's table stands, as first line and the one after its last; -1 twice when it does not."""
    start = -1
    for number, line in enumerate(lines):
        if start >= 0 and line.lstrip().startswith("["):
            return start, number
        found = _HEADER.fullmatch(line.rstrip("\r\n"))
        if found and name in found.groups():
            start = number
    return (start, len(lines)) if start >= 0 else (-1, -1)


def _with(text: str, name: str, url: str) -> str:
    """The text with this address of the channel; what cannot be found in it is put at its end."""
    lines = text.splitlines(keepends=True)
    start, end = _stretch(lines, name)
    for number in range(start + 1, end):
        body = lines[number].rstrip("\r\n")
        if found := _URL.fullmatch(body):
            lines[number] = found[1] + _quoted(url) + found[2] + lines[number][len(body) :]
            return "".join(lines)
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return text + gap + _table(name, url)


def _without(text: str, name: str) -> str:
    """The text without the channel's table; comments at its end belong to the next one and stay."""
    lines = text.splitlines(keepends=True)
    start, end = _stretch(lines, name)
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "".join(lines[:start] + lines[end:]) if start >= 0 else text

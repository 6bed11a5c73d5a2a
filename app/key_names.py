"""How people write keys in the configuration, and how Textual names them."""

from __future__ import annotations

import re
import unicodedata

_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_FUNCTION = re.compile(r"f([1-9]|1[0-2])")
_CHORD = re.compile(r"ctrl\+[a-z]")
_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def _name(sign: str) -> str:
    name = unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_NAMES = {_name(sign): sign for sign in _SIGNS}
FIXED_NAMES = frozenset((
    "up", "down", "left", "right", "enter", "return", "escape", "esc", "tab", "shift+tab", "space", "pageup",
    "pagedown", "home", "end", "backspace", "delete",
))  # fmt: skip
"""Keys that mean the same in every list and form."""


def sign_of(key: str) -> str:
    """The sign that Textual's name stands for; empty when it is the name of none."""
    return _NAMES.get(key, "")


def read_key(written: str) -> str:
    """Textual's name of a key as people write it: ``F2``, ``b``, ``Ctrl+P``, ``?``; empty when there is no such key."""
    written = unicodedata.normalize("NFKC", written).strip()
    if len(written) == 1 and written.isascii():
        return written if written.isalnum() else _name(written) if written in _SIGNS else ""
    name = written.lower()
    if name in FIXED_NAMES:
        return {"return": "enter", "esc": "escape"}.get(name, name)
    return name if _FUNCTION.fullmatch(name) or _CHORD.fullmatch(name) or name in _NAMES else ""


def works_with_input_method(key: str) -> bool:
    """Whether a key arrives while a Chinese input method is on."""
    return _FUNCTION.fullmatch(key) is not None or key.isdigit() or key in FIXED_NAMES

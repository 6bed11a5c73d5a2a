"""Which keys ask for which command: the usual ones, or those that the configuration names instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "full_stop": ".",
    "space": "Space",
}


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys by command id, as Textual names them; the first of each is the one shown."""

    keys: Mapping[str, tuple[str, ...]]

    def of(self, command: str) -> tuple[str, ...]:
        """All keys of a command."""
        return self.keys.get(command, ())

    def key(self, command: str) -> str:
        """The key as people read it: F2, 1, u; empty when the command has none of its own."""
        keys = self.of(command)
        return shown_key(keys[0]) if keys else ""

    def way(self, command: str) -> str:
        """The key for a sentence: the command's own, else the one of a sheet that lists it."""
        return self.key(command) or self.key("palette") or self.key("help")


def shown_key(key: str) -> str:
    """A key as people read it: ``f2`` → F2, ``ctrl+p`` → Ctrl+P."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key[5:].upper()
    if "_" in key or len(key) > 3:
        from app.key_names import sign_of

        return sign_of(key) or key
    return key.upper() if len(key) > 1 else key

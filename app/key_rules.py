"""What ``[keys]`` of the configuration may say: every mistake is named at once, and then nothing of it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.called import called
from app.commands import BY_ID, DEFAULT_KEYS
from app.domain.errors import BadInput
from app.domain.message import Message
from app.key_names import FIXED_NAMES, read_key, works_with_input_method
from app.keymap import Keymap, shown_key

BOUND = ("desk", "whistles", "rounds", "mark")
"""Commands whose keys are the same on every desk: the digits of the modes, and Space."""
TAKEN_BY_LISTS = {"j": "down", "k": "up", "ctrl+q": "quit", "ctrl+l": "language", "ctrl+c": "quit"}
"""Keys with one meaning everywhere, and what that is."""
NOT_TOLD_APART = ("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s")
"""Chords that a terminal sends as another key, or keeps to itself or to forms."""
OF_FIELDS = tuple(f"ctrl+{letter}" for letter in "acdefkuvwxyz")
"""Chords that a field of text answers itself."""


OF_DIALOGS = ("f2", "f3", "f4", "f5", "f6", "f7", "f8", "f10")
"""F-keys that dialogs have a use of their own for: as the key of the help one of them would not reach it there."""


def keymap_of(table: object, file: Path) -> Keymap:
    """The keys of every command, those that the table names instead of the usual ones; BadInput lists all mistakes."""
    if not isinstance(table, Mapping):
        raise BadInput(Message("{file}: [keys] is a table of commands and keys.", {"file": str(file)}), "config")
    wrong: list[Message] = []
    keys = dict(DEFAULT_KEYS.keys)
    deaf: list[Message] = []
    for command, written in table.items():
        if command not in BY_ID:
            wrong.append(Message("no command is called {name}", {"name": str(command)}))
        elif command in BOUND:
            fixed = ", ".join(map(shown_key, DEFAULT_KEYS.of(command)))
            wrong.append(Message("{name} always has {key}", {"name": command, "key": fixed}))
        else:
            before = len(wrong)
            keys[command] = tuple(_read(command, written, wrong))
            if len(wrong) == before and _lost_its_last_way(command, keys[command]):
                deaf.append(Message("{name} needs an F-key: with an input method on, letters never arrive",
                                    {"name": command}))  # fmt: skip
    wrong += [*_clashes(keys), *deaf]
    if wrong:
        said = Message("{file}: [keys]: {mistakes}. `{wangge} keys` lists all commands.",
                       {"file": str(file), "mistakes": _joined(wrong), "wangge": called()})  # fmt: skip
        raise BadInput(said, "config")
    return Keymap(keys)


def _joined(mistakes: list[Message]) -> Message:
    said = mistakes[0]
    for mistake in mistakes[1:]:
        said = Message("{first}; {second}", {"first": said, "second": mistake})
    return said


def _read(command: str, written: object, wrong: list[Message]) -> Iterator[str]:
    """Textual's names of the keys of one command."""
    parts = written.split(",") if isinstance(written, str) else written
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        wrong.append(Message('the keys of {name} are a text like "f2, b"', {"name": command}))
        return
    for part in parts:
        key = read_key(part)
        if not part.strip():
            continue
        if not key:
            wrong.append(Message("{name}: there is no key {key}", {"name": command, "key": part.strip()}))
        elif key not in DEFAULT_KEYS.of(command) and _is_fixed(key):
            wrong.append(Message("{name}: {key} has a meaning of its own", {"name": command, "key": shown_key(key)}))
        elif command == "help" and key in OF_DIALOGS:
            wrong.append(Message("{name}: {key} has a meaning of its own in dialogs",
                                 {"name": command, "key": shown_key(key)}))  # fmt: skip
        else:
            yield key


def _is_fixed(key: str) -> bool:
    return key in FIXED_NAMES or key.isdigit() or key in (*TAKEN_BY_LISTS, *NOT_TOLD_APART, *OF_FIELDS)


def _lost_its_last_way(command: str, keys: tuple[str, ...]) -> bool:
    """Whether a command that could be asked for with an input method on no longer can."""
    return any(map(works_with_input_method, DEFAULT_KEYS.of(command))) and not any(map(works_with_input_method, keys))


def _clashes(keys: Mapping[str, tuple[str, ...]]) -> Iterator[Message]:
    owner: dict[str, str] = {}
    for command, its in keys.items():
        for key in dict.fromkeys(its):
            if key in owner:
                told = {"key": shown_key(key), "one": owner[key], "other": command}
                yield Message("{key} is asked for by {one} and {other}", told)
            owner[key] = command

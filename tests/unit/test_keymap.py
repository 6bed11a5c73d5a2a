"""Keys of one's own: what the configuration may say, how each mistake is named, and the table in the docs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.commands import COMMANDS, DEFAULT_KEYS, Situation, help_of, hints, refusal
from app.domain.actor import Actor
from app.domain.errors import BadInput
from app.key_names import FIXED_NAMES, read_key
from app.key_rules import keymap_of
from app.keymap import Keymap, shown_key
from app.render.words import words_for

CONFIG = Path("config.toml")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "keys.md"


def test_a_command_gets_other_keys_and_the_rest_keep_theirs() -> None:
    """As people write them, full-width too; the first is shown; an empty text takes all keys away."""
    keymap = keymap_of({"blow": "Ｆ2, n", "next": ["f4"], "copy": "", "undo": "Ctrl+B, ;"}, CONFIG)
    assert keymap.of("blow") == ("f2", "n")
    assert (keymap.key("blow"), keymap.key("copy"), keymap.way("copy")) == ("F2", "", "F9")
    assert [shown_key(key) for key in keymap.of("undo")] == ["Ctrl+B", ";"]
    assert keymap.of("help") == DEFAULT_KEYS.of("help")


def test_two_commands_may_change_places() -> None:
    """A key is free as soon as its owner has another."""
    keymap = keymap_of({"blow": "f5", "record": "f2, r"}, CONFIG)
    assert (keymap.of("blow"), keymap.of("record")) == (("f5",), ("f2", "r"))


@pytest.mark.parametrize(("table", "named"), [
    ("f2", "[keys]"),
    ({"bolw": "f2"}, "bolw"),
    ({"blow": "f2, f13"}, "f13"),
    ({"blow": "f2, ctrl+alt+b"}, "ctrl+alt+b"),
    ({"blow": 2}, "blow"),
    ({"blow": ["f2", 3]}, "blow"),
    ({"blow": "f2, f5"}, "F5 is asked for by blow and record"),
    ({"blow": "f2, j"}, "blow: j has"),
    ({"blow": "f2, enter"}, "blow: Enter has"),
    ({"blow": "f2, 3"}, "blow: 3 has"),
    ({"blow": "f2, ctrl+v"}, "blow: Ctrl+V has"),
    ({"blow": "f2, Ctrl+M"}, "blow: Ctrl+M has"),
    ({"blow": "b"}, "blow needs an F-key"),
    ({"palette": ""}, "palette needs an F-key"),
    ({"mark": "m"}, "mark always has Space"),
    ({"desk": "f2"}, "desk always has 1"),
    ({"copy": "［"}, ""),
])  # fmt: skip
def test_each_mistake_is_named(table: object, named: str) -> None:
    """With the file, the command and the key; what is no mistake is taken."""
    if not named:
        assert keymap_of(table, CONFIG).key("copy") == "["
        return
    with pytest.raises(BadInput) as refused:
        keymap_of(table, CONFIG)
    for language in ("zh", "en"):
        said = words_for(language).say(refused.value.message)
        assert "config.toml" in said
        assert named in said or language == "zh"


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody starts the desk five times to find five mistakes."""
    with pytest.raises(BadInput) as refused:
        keymap_of({"bolw": "f2", "record": "f99", "help": "h", "moves": "f6, ctrl+a, f1"}, CONFIG)
    said = words_for("en").say(refused.value.message)
    assert all(word in said for word in ("bolw", "f99", "help needs an F-key", "Ctrl+A"))


def test_every_usual_key_can_be_written() -> None:
    """What is shown of a key is what the configuration takes for it, and no two commands share one."""
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert [read_key(shown_key(key)) for key in keys] == keys
    assert not {key for key in keys if key in FIXED_NAMES and key != "space"}


def test_what_names_a_key_reads_it_from_the_keymap() -> None:
    """The refusal of a command, and the hint line, which shows only what works and has a key."""
    keymap = keymap_of({"duty": "f5, d", "record": "f8", "phones": ""}, CONFIG)
    nobody = Situation("desk", ready=True, keymap=keymap)
    said = refusal(next(command for command in COMMANDS if command.id == "blow"), nobody)
    assert said is not None
    assert "F5" in words_for("en").say(said)
    here = replace(nobody, actor=Actor("A"))
    for now in (nobody, here, replace(here, ready=False), replace(here, read_only="x")):
        shown = hints(now)
        assert shown
        assert [command.id for command in shown if refusal(command, now) or not keymap.key(command.id)] == []


def test_the_documentation_lists_every_command() -> None:
    """One row each, in order; when it differs, the right rows are in the failure."""
    words = words_for("en")
    rows = [f"| `{command.id}` | {', '.join(map(_written, command.keys))} | {words.t(command.title)}: "
            f"{words.say(help_of(command, DEFAULT_KEYS))} |" for command in COMMANDS]  # fmt: skip
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if re.match(r"\| `[a-z_]+` \|", line)]
    assert written == rows, "docs/keys.md should have:\n" + "\n".join(rows)


def _written(key: str) -> str:
    return f"`{shown_key(key)}`"


def test_a_keymap_without_a_key_points_to_the_sheet_that_lists_it() -> None:
    """A sentence never names a key that is not there."""
    assert Keymap({"palette": ("f9",)}).way("duty") == "F9"
    assert Keymap({"help": ("f1",)}).way("duty") == "F1"

"""Every full-width sign that an input method sends does what the key does on which it stands."""

from __future__ import annotations

import pytest
from textual import events
from textual.keys import _character_to_key

from app.commands import COMMANDS
from app.key_names import _SIGNS
from app.keymap import shown_key
from app.screens.signs import is_text, is_wide, plain_key

BOUND = frozenset(key for command in COMMANDS for key in command.keys)
SIGNS = {key: shown_key(key) for key in BOUND if len(shown_key(key)) == 1}
"""Keys of commands that are one character, and the character."""
CHINESE = {"、": "slash", "。": "full_stop", "．": "full_stop", "／": "slash", "？": "question_mark"}
"""Signs that a Chinese input method puts on a key of the desk's own."""


def pressed(character: str) -> events.Key:
    """As Textual names what arrives."""
    return events.Key(_character_to_key(character), character)


@pytest.mark.parametrize("key", sorted(SIGNS))
def test_the_full_width_form_of_a_command_key_is_that_key(key: str) -> None:
    """Letters, digits and signs alike."""
    wide = chr(ord(SIGNS[key]) + 0xFEE0)
    assert is_wide(pressed(wide))
    assert plain_key(pressed(wide), BOUND).key == key


@pytest.mark.parametrize(("sign", "key"), CHINESE.items())
def test_chinese_punctuation_is_the_command_of_its_key(sign: str, key: str) -> None:
    """。 repeats as . does; 、 and ／ open the search, ？ the help; unbound they are text."""
    assert key in BOUND
    assert plain_key(pressed(sign), BOUND).key == key
    if sign in "、。":
        assert plain_key(pressed(sign)).character == sign
        assert is_text(sign)


@pytest.mark.parametrize("sign", _SIGNS)
def test_any_sign_the_configuration_may_name_arrives_in_full_width_too(sign: str) -> None:
    """Whatever somebody gives a command in [keys]."""
    key = _character_to_key(sign)
    assert plain_key(pressed(chr(ord(sign) + 0xFEE0)), frozenset({key})).key == key

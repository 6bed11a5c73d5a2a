"""What a sign that an input method sends means where no field takes text: the key on which it stands."""

from __future__ import annotations

from collections.abc import Collection

from textual import events

WIDE = "fullwidth_"
"""How Textual's names of full-width signs begin."""
ON_THE_SAME_KEY = str.maketrans("、。【】「」《》“”‘’￥¥·…—", "/.[][]<>\"\"''$$`^_")
"""Chinese punctuation, and what its key types without the input method."""


def is_wide(event: events.Key) -> bool:
    """Whether the key may be the stand-in of an ASCII one; quick, because every key is asked."""
    return event.key.startswith(WIDE) or not (event.character or "a").isascii()


def plain_key(event: events.Key, bound: Collection[str] = ()) -> events.Key:
    """The key that a full-width letter, digit, sign or space stands for; the event itself when it stands for none.

    Chinese punctuation stands for its key only where that key is ``bound``; elsewhere it may begin a text.
    """
    import unicodedata

    from textual.keys import _character_to_key

    from app.domain.text import normalise_width

    character = event.character
    if not character and event.key.startswith(WIDE):
        character = unicodedata.lookup(event.key.replace("_", " "))
    plain = normalise_width(character or "")
    key = plain if len(plain) == 1 and plain.isascii() else plain.translate(ON_THE_SAME_KEY)
    if len(key) != 1 or not key.isascii() or (key != plain and _character_to_key(key) not in bound):
        return event
    return events.Key(_character_to_key(key), key)


def is_text(character: str | None) -> bool:
    """Whether a character is no key of any command: a Han character, an accented letter, a sign of another script."""
    return character is not None and not character.isascii() and character.isprintable()

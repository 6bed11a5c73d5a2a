"""How well a few typed letters fit a command: by its key, its title in either language, or the title's pinyin."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from app.domain.initials import readings


class Fit(IntEnum):
    """How a command was found, the best way first."""

    KEY = 0
    """The letters are one of its keys: ``f4``, ``u``."""
    BEGINNING = 1
    """A title begins with them."""
    WORD = 2
    """A word of a title begins with them."""
    INITIALS = 3
    """They are the pinyin initials from the title's beginning, in any reading of its characters."""
    INSIDE = 4
    """They stand somewhere in a title, or are initials from somewhere in it."""
    LETTERS = 5
    """A title has them in this order with others between them; three letters at least, or anything would do."""
    TOLD = 6
    """They stand in what is said about it: a Chinese word, or an English one's beginning."""


FEWEST = 3
"""Letters that ``Fit.LETTERS`` and ``Fit.TOLD`` ask for; two characters of Chinese are a word."""


def fit_of(needle: str, titles: Iterable[str], keys: Iterable[str], told: Iterable[str] = ()) -> Fit | None:
    """The best way in which the letters fit; None when they do not. ``needle`` is lower case and not empty.

    ``told`` = what is said about the command, in any language.
    """
    fits = [Fit.KEY for key in keys if key.casefold() == needle]
    fits += [fit for title in titles if (fit := _fit(needle, title.casefold())) is not None]
    fits += [Fit.TOLD for text in told if _says(needle, text.casefold())]
    return min(fits, default=None)


def _says(needle: str, text: str) -> bool:
    if not needle.isascii():
        return len(needle) > 1 and needle in text
    return len(needle) >= FEWEST and any(word.startswith(needle) for word in text.split())


def _fit(needle: str, title: str) -> Fit | None:
    if title.startswith(needle):
        return Fit.BEGINNING
    if any(word.startswith(needle) for word in title.split()):
        return Fit.WORD
    places = [readings(character) or character for character in title if character.isalnum()]
    if _spelled(needle, places, 0):
        return Fit.INITIALS
    if needle in title or any(_spelled(needle, places, start) for start in range(1, len(places))):
        return Fit.INSIDE
    if len(needle) >= FEWEST and _in_order(needle, title):
        return Fit.LETTERS
    return None


def _spelled(needle: str, places: list[str], start: int) -> bool:
    """Whether each letter is one of those that stand at its place."""
    here = places[start : start + len(needle)]
    return len(here) == len(needle) and all(letter in place for letter, place in zip(needle, here, strict=True))


def _in_order(needle: str, title: str) -> bool:
    rest = iter(title)
    return all(letter in rest for letter in needle)

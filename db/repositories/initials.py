"""Pinyin initials, computed when a name is written: ``shdq`` finds 双河大桥 (design 4)."""

from __future__ import annotations


def initials(*names: str) -> str:
    """The initials of each name's readings, lower case, names parted by a space; other letters and digits stay.

    The first reading of a character with several is taken.
    """
    from pypinyin import Style, lazy_pinyin  # its tables are large, and only writing needs them

    found = []
    for name in dict.fromkeys(name for name in names if name):
        letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=_plain)
        found.append("".join(letters).lower())
    return " ".join(dict.fromkeys(word for word in found if word))


def own_initials(typed: str) -> str:
    """Initials that somebody typed, as they are searched for: lower case, words parted by one space."""
    return " ".join(typed.casefold().split())


def _plain(run: str) -> str:
    """What has no pinyin: letters and digits are kept, marks and spaces left out."""
    return "".join(character for character in run if character.isascii() and character.isalnum())

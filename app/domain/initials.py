"""Pinyin initials of every reading: ``cq`` and ``zq`` both find 重庆, ``dq`` finds it in 双河大桥."""

from __future__ import annotations

from functools import cache

WINDOW = 3
"""Letters of one key. Longer initials are found by the keys that overlap in them."""

VARIANTS = 8
"""Spellings of one key at most; beyond that a character counts with its usual reading alone."""


def initials_key(text: str) -> str:
    """The keys under which initials find a text: one for each place in it where they may begin, parted by blanks.

    ``text`` is lower case. A run of Chinese characters, Latin letters and digits belongs together; each key has
    up to ``WINDOW`` letters, so any part of the run is the beginning of a key.
    """
    keys: dict[str, None] = {}
    for run in _runs(text):
        for start in range(len(run)):
            keys.update(dict.fromkeys(_spellings(run[start : start + WINDOW])))
    return " ".join(keys)


def windows(letters: str) -> list[str]:
    """The keys that overlap in initials that are at least as long as one key."""
    return [letters[start : start + WINDOW] for start in range(len(letters) - WINDOW + 1)]


def readings(character: str) -> str:
    """The first letters of a character's readings, the usual one first; empty for one without."""
    return _table().get(character, "")


def _runs(text: str) -> list[list[str]]:
    """Letters that stand at each place of a run of characters; a run without Chinese needs no initials."""
    runs: list[list[str]] = []
    run: list[str] = []
    chinese = False
    for character in f"{text} ":
        letters = readings(character)
        if letters or (character.isascii() and character.isalnum()):
            run.append(letters or character)
            chinese = chinese or bool(letters)
        elif run:
            runs += [run] if chinese else []
            run, chinese = [], False
    return runs


def _spellings(places: list[str]) -> list[str]:
    plain = "".join(places)
    if len(plain) == len(places):
        return [plain]
    found = [""]
    for letters in places:
        if len(found) * len(letters) > VARIANTS:
            letters = letters[:1]
        found = [key + letter for key in found for letter in letters]
    return found


@cache
def _table() -> dict[str, str]:
    from app.domain.initial_letters import FIRST, OTHERS  # 80 kB that only writing a title needs

    table = {character: letter for letter, characters in FIRST.items() for character in characters}
    for entry in " ".join(OTHERS).split():
        table[entry[0]] += entry[1:]
    return table

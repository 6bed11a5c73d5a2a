"""Proposes the id of something new from its name: ``water_depth``, ``jgqs``; small letters, digits and _."""

from __future__ import annotations

import re
from collections.abc import Container

from app.domain.initials import readings

LONGEST = 24
"""Characters of a proposal; an id itself may have 40."""
_NOT_OF_IDS = re.compile(r"[^a-z0-9]+")


def proposed_id(zh: str, en: str, taken: Container[str] = ()) -> str:
    """From the English name, else the pinyin initials of the Chinese one; empty while there is neither.

    One that is ``taken`` gets a number behind it.
    """
    plain = _NOT_OF_IDS.sub("_", en.casefold()).strip("_") or "".join(readings(one)[:1] or _latin(one) for one in zh)
    plain = plain.lstrip("0123456789_")
    while len(plain) > LONGEST and "_" in plain:
        plain = plain.rpartition("_")[0]
    plain = plain[:LONGEST]
    found, n = plain, 2
    while plain and found in taken:
        found, n = f"{plain}_{n}", n + 1
    return found


def _latin(character: str) -> str:
    return character.casefold() if character.isascii() and character.isalnum() else ""

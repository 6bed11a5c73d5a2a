"""A member named at the beginning of a line: 网格员甲 去看夜市摊位, 王组长: 查井盖 (domain 6.1, action items)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.domain.clock_words import plain
from app.domain.org import Member

_PARTS = re.compile(r"\s*[·•・]\s*")
_GAP = " \t,，、:：;；"
_GOES_ON = re.compile(r"去|来|到|负责|将|把")
"""What a Chinese line goes on with right after a name, without a gap."""
SHORTEST = 2
"""Characters of a name at least: one alone may be any word."""


def named_first(text: str, tiers: Sequence[Iterable[Member]]) -> tuple[Member, str] | None:
    """The member whose name, or its part after the dot, the text begins with, and the rest of the text.

    The first tier in which somebody is called so decides; None when nobody is, or several are.
    """
    line = text.lstrip()
    for tier in tiers:
        found: dict[str, tuple[int, Member]] = {}
        for member in tier:
            if length := max((_begins(line, name) for name in _names(member)), default=0):
                found[member.code] = length, member
        longest = max((length for length, _ in found.values()), default=0)
        best = [member for length, member in found.values() if length == longest]
        if len(best) == 1:
            return best[0], line[longest:].lstrip(_GAP).rstrip()
        if best:
            return None
    return None


def _names(member: Member) -> set[str]:
    """As a member is called: whole, without the dot, the part after it, by the code."""
    names = {member.code}
    for name in filter(None, (member.name.zh, member.name.en)):
        parts = _PARTS.split(name)
        names |= {name, "".join(parts), " ".join(parts), parts[-1]}
    return {name for name in names if len(name) >= SHORTEST}


def _begins(line: str, name: str) -> int:
    """How many characters of the line are the name; nought when it does not begin with it as a word."""
    if not plain(line).startswith(plain(name)):
        return 0
    after = line[len(name) :]
    whole = not after or after[0] in _GAP or (not after[0].isascii() and _GOES_ON.match(after) is not None)
    return len(name) if whole else 0

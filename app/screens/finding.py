"""Whether a row is what somebody searches for: any part of its text, or pinyin initials."""

from __future__ import annotations

from functools import lru_cache

from app.domain.text import normalise_width
from app.render.board import CaseRow, haystack
from app.render.sight import Sight


def matches(row: CaseRow, needle: str, sight: Sight) -> bool:
    """Every word of the search is somewhere in the row, as text or as initials (``shdq`` finds 双河大桥)."""
    text = haystack(row, sight)
    for word in normalise_width(needle).casefold().split():
        if word in normalise_width(text):
            continue
        if not (word.isascii() and word.isalpha() and word in initials(text)):
            return False
    return True


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """The pinyin initials of a text, its Latin letters and digits kept, blanks between words kept."""
    from pypinyin import Style, lazy_pinyin  # its tables are large, and only a search needs them

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="default")).casefold()

"""The pinyin initials of short names, for lists that are narrowed as somebody types."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """The pinyin initials of a text, its Latin letters and digits kept, blanks between words kept."""
    from pypinyin import Style, lazy_pinyin  # its tables are large, and only a search needs them

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="default")).casefold()

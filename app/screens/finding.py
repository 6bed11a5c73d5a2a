"""The pinyin initials of short names, for lists that are narrowed as somebody types."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """The pinyin initials of a text, its Latin letters and digits kept, blanks between words kept."""
    from pypinyin import Style, lazy_pinyin  # its tables are large, and only a search needs them

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="default")).casefold()


@lru_cache(maxsize=1024)
def spelled(text: str) -> str:
    """The pinyin of a text in full, without tones and blanks: 吹哨 → ``chuishao``."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text, errors="default")).casefold()

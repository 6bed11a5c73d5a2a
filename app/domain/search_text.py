"""The words of a search and the text they are looked for in: folded alike, so that what was typed is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from app.domain.text import HAN, visible

LONGEST = 200
"""Characters of a search that are looked at: as many as a title may have."""

MOST_WORDS = 12
"""Words of a search that are looked at."""

TEXTS_CAP = 8_000
"""Characters of a case's words that are searched: its facts first, then its newest notes."""

_NUMBER = re.compile(r"(?:w-?)?(\d{8}|\d{4})-(\d{1,4})")
_PARTS = re.compile(r"[^\W_]+")
_CHARACTERS = re.compile(r"[^ -~](?: [^ -~](?= |$))+(?= |$)|[^ ]+")
"""Single characters in a row, or one word."""

_SORTS = {"unit": "u", "place": "p", "department": "d", "member": "m", "kind": "k", "matter": "t", "state": "s"}


def folded(text: str) -> str:
    """Text without case, width and marks: words parted by one blank, a blank around each Chinese character."""
    return " ".join(_pieces().findall(plain(text)))


@cache
def _pieces() -> re.Pattern[str]:
    """A Chinese character, or letters and digits in a row without one; compiled by its first use."""
    return re.compile(rf"{HAN}|(?:(?!{HAN})[^\W_])+")


def plain(text: str) -> str:
    """Text without case and width."""
    return unicodedata.normalize("NFKC", visible(text)).casefold()


def search_words(text: str) -> tuple[str, ...]:
    """What somebody typed as words that must all be found; empty when there is nothing to look for.

    Blanks part words; of an endless text the first ``LONGEST`` characters and ``MOST_WORDS`` words count.
    """
    typed = plain(text[: 4 * LONGEST])[:LONGEST]
    words = dict.fromkeys(word for word in typed.split() if _PARTS.search(word))
    return tuple(words)[:MOST_WORDS]


def parts(word: str) -> tuple[str, ...]:
    """A word's pieces as the folded text has them: runs of spaced Chinese characters, Latin words, numbers.

    ``双河dq`` → ``双 河``, ``dq``; ``0702-01`` is one piece, ``0702 01``.
    """
    number = _NUMBER.fullmatch(word)
    if number:
        return (f"{number[1]} {number[2]}",)
    return tuple(_CHARACTERS.findall(folded(word)))


def number_words(number: str) -> str:
    """Every form in which a case's number is looked for: year, month, day, both numbers (decisions 6)."""
    if not number:
        return ""
    day, nth = number[2:10], number[11:]
    return f"{day[:4]} {day[:6]} {day} {nth} {day[4:]} {nth}"


def case_texts(number: str, facts: Iterable[str], notes: Iterable[str]) -> str:
    """What is searched beside the title: number, facts and notes, the newest note first, up to ``TEXTS_CAP``."""
    kept = [number_words(number)]
    room = TEXTS_CAP
    for text in (*facts, *notes):
        if room <= 0:
            break
        kept.append(folded(text[:room]))
        room -= len(text)
    return " ".join(text for text in kept if text)


def code_word(sort: str, code: str) -> str:
    """The word that stands for a code in the index, e.g. ``qxu4a46`` for the unit ``JF``.

    Codes, not names: a department or grid that gets another name is found by it at once, with nothing written anew.
    """
    return f"qx{_SORTS[sort]}{code.encode().hex()}"

"""How wide the columns of a printed table are, and how large its type, so that words stay whole where there is room."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from app.render.paper import Table

SIZES = (12.0, 10.5, 9.0, 7.5)
"""Type sizes that are tried, in points: 小四, 五号, 小五, 六号."""
MARGINS = 10.0
"""Points at both sides of a cell together."""
LETTER = 0.58
"""Width of a letter that is no Chinese character, in type sizes."""
SHORT = 4.0
"""Chinese characters that have room in a line at least: a name, a head."""
MOST = 1 / 3
"""Of the width, for one word: a longer one is torn apart."""

_FIGURE = re.compile(r"[0-9][0-9:./% ]*")
_BREAKS = re.compile(r"\s+|(?<=[-/])")


def width_of(text: str) -> float:
    """A text in Chinese characters; anything else is about half of one."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else LETTER for sign in text)


def columns(table: Table, whole: float) -> tuple[list[float], float]:
    """Widths of the columns and the type size, all in points; together the widths are ``whole``.

    As the table shares them, but wide enough for the longest word of each where all of them have room.
    """
    asked = table.widths or (1,) * len(table.head)
    shares = [whole * part / sum(asked) for part in asked]
    words = [_longest((head, *(row[n] for row in table.rows))) for n, head in enumerate(table.head)]
    for size in SIZES:
        least = [min(word * size + MARGINS, whole * MOST) for word in words]
        if sum(least) <= whole:
            return _at_least(shares, least, whole), size
    return [whole * one / sum(least) for one in least], SIZES[-1]


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, a share or a time alone, which stands in the middle."""
    return bool(_FIGURE.fullmatch(text))


def _longest(cells: Sequence[str]) -> float:
    """The widest word of a column, in type sizes; a few Chinese characters stay together too."""
    return max(
        (
            *(min(SHORT, width_of(cell)) for cell in cells),
            *(_widest(word) for cell in cells for word in _BREAKS.split(cell)),
        ),
        default=0.0,
    )


def _widest(word: str) -> float:
    """Of a word without blanks: a line may end before and after a Chinese character."""
    most = here = 0.0
    for sign in word:
        wide = unicodedata.east_asian_width(sign) in "WF"
        here = 1.0 if wide else here + LETTER
        most = max(most, here)
        if wide:
            here = 0.0
    return most


def _at_least(shares: list[float], least: list[float], whole: float) -> list[float]:
    """The shares, none below its least; those that have more give it in proportion to what they can spare."""
    short = sum(max(0.0, need - share) for share, need in zip(shares, least, strict=True))
    spare = sum(max(0.0, share - need) for share, need in zip(shares, least, strict=True))
    given = short / spare if spare else 0.0
    widths = [need if share < need else share - (share - need) * given
              for share, need in zip(shares, least, strict=True)]  # fmt: skip
    return [width * whole / sum(widths) for width in widths]

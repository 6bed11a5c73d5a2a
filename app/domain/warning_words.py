"""Colours, levels and instants in the words issuers use, in Chinese and English (domain 4.1, 4.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from app.domain.posture import Colour, Posture, ResponseLevel
from app.domain.text import normalise_width
from app.domain.traditional import simplified

_COLOURS: Mapping[str, Colour] = {
    "蓝": Colour.BLUE, "blue": Colour.BLUE, "黄": Colour.YELLOW, "yellow": Colour.YELLOW, "橙": Colour.ORANGE,
    "orange": Colour.ORANGE, "amber": Colour.ORANGE, "红": Colour.RED, "red": Colour.RED,
}  # fmt: skip
_SEVERITIES: Mapping[str, Colour] = {
    "minor": Colour.BLUE, "moderate": Colour.YELLOW, "severe": Colour.ORANGE, "extreme": Colour.RED,
    "一般": Colour.BLUE, "较重": Colour.YELLOW, "较大": Colour.YELLOW, "严重": Colour.ORANGE, "重大": Colour.ORANGE,
    "特别严重": Colour.RED, "特别重大": Colour.RED,
}  # fmt: skip
"""CAP's four severities beside the Chinese four; both scales have the same four steps (domain 4.1)."""

_GREEN = re.compile(r"\bgreen\b|\bwhite\b|\bgrey\b|绿色|白色")
_ZH = re.compile("(蓝|黄|橙|红)色")
_BECOMES = re.compile("(?:变更|升级|降级|调整|更新|提升|改)[^。；]{0,16}?为[^。；为]{0,8}?(蓝|黄|橙|红)色")
"""A signal that gives way to another: the colour that holds now."""
_WORD = "(?P<colour>blue|yellow|orange|amber|red)"
_NOT = r"(?! +(?:river|sea|lake|flag|county|creek|city|beach|bay|bank|deer|rock|hill|mountain))"
_EN = re.compile(
    rf"\b{_WORD}\b{_NOT}(?:[ -]+\w+){{0,3}}?[ -]+(?:warning|alert|signal|level)\b"
    rf"|\b(?:warning|alert|signal|level|colou?r)\b[ :=(,-]*(?:is |of )?(?P<after>blue|yellow|orange|amber|red)\b"
)
"""A colour that is said of the warning, and no river, county or red-flag day."""

_DIGITS = "4 四 iv ⅳ|3 三 iii ⅲ|2 二 ii ⅱ|1 一 i ⅰ"
_LEVELS: Mapping[str, ResponseLevel] = {
    word: level for level, words in zip(ResponseLevel, _DIGITS.split("|"), strict=True) for word in words.split()
}
_INSTANT = re.compile(
    r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?[T ]*"
    r"(?:(\d{1,2})[:时点]?(\d{2})?分?(?::?(\d{2})秒?)?(?:[.,]\d{1,9})?)?"
    r" *(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_FIRST, _LAST = 1990, 2200
"""Years a message may be of."""
_DAY = timedelta(days=1)


def colour_named(text: str) -> Colour | None:
    """A colour that is all of a text: 黄, 黄色, yellow."""
    return _COLOURS.get(_folded(text).removesuffix("色"))


def posture_named(text: str) -> Posture | None:
    """A posture as it is typed: a colour, or season, 汛期, none."""
    folded = _folded(text)
    if folded in ("season", "ordinary", "none", "日常", "汛期", "汛期值守", "平时", "无"):
        return Posture.SEASON
    colour = colour_named(folded)
    return Posture(colour.value) if colour else None


def level_named(text: str) -> ResponseLevel | None:
    """A response level as it is typed: Ⅳ, IV, 4, 四级, Ⅳ级响应."""
    folded = _folded(text).removeprefix("level").strip()
    return _LEVELS.get(re.sub("级?(?:应急)?响应$|级$", "", folded))


def colour_of_severity(text: str) -> Colour | None:
    """What a severity comes to: its colour, or the step of the scale."""
    found = (_step(part) for part in re.split(r"[/|,;、()\[\]（）]+", _folded(text)))
    return next((colour for colour in found if colour is not None), None)


def _step(word: str) -> Colour | None:
    """A colour, a step of CAP's scale or the Chinese one, or a level: Ⅰ级 is the highest."""
    word = word.strip()
    level = _LEVELS.get(word.removesuffix("级")) if word.endswith("级") else None
    return (
        colour_named(word)
        or _SEVERITIES.get(word)
        or (tuple(Colour)[tuple(ResponseLevel).index(level)] if level else None)
    )


def colour_in(text: str) -> Colour | None:
    """A colour that a sentence says of a warning: 暴雨黄色预警信号, Yellow Rainstorm Warning."""
    folded = _folded(text[:2000])
    found = _BECOMES.search(folded) or _ZH.search(folded)
    if found:
        return _COLOURS[found[1]]
    match = _EN.search(folded)
    return _COLOURS[match["colour"] or match["after"]] if match else None


def colour_of_value(text: str) -> tuple[Colour | None, bool]:
    """What the value of a parameter comes to, ``2; yellow; Moderate``, and whether it says green, which is none."""
    folded = _folded(text[:200])
    for part in re.split(r"[;,/| ]+", folded):
        colour = colour_named(part) or (None if part.isascii() else colour_of_severity(part))
        if colour is not None:
            return colour, False
    found = _ZH.search(folded)
    return (_COLOURS[found[1]] if found else None), bool(_GREEN.search(folded))


def parse_instant(text: str, zone: ZoneInfo) -> tuple[datetime, bool] | None:
    """An instant in UTC as messages write it, and whether its offset was missing (then it is the street's time).

    ``2020-07-02T17:40:00+08:00``, ``…-00:00``, ``2020-07-02 17:40``, ``20200702174000``; None for what is none.
    """
    match = _INSTANT.fullmatch(normalise_width(text).strip()[:60])
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if not _FIRST <= year <= _LAST:
        return None
    midnight = (hour, minute, second) == (24, 0, 0)
    try:
        local = datetime(year, month, day, 0 if midnight else hour, minute, min(second, 59))  # noqa: DTZ001 - below
        at = (local + _DAY if midnight else local).replace(tzinfo=_offset(match[7], zone))
    except ValueError:
        return None
    return at.astimezone(UTC), match[7] is None


def _offset(text: str | None, zone: ZoneInfo) -> ZoneInfo | timezone:
    if text is None:
        return zone
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    if int(minutes) > 59:
        raise ValueError(text)
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(span if text[0] == "+" else -span)


def _folded(text: str) -> str:
    return simplified(" ".join(normalise_width(text).split())).casefold()

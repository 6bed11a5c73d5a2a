"""Numbers and lengths as they are spoken: 一百二十, 一九九点四二, 半米, 一米二, 三十公分."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "幺": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_D = "[一二两三四五六七八九]"
_COUNTED = re.compile(
    rf"(?:(?P<k>{_D})千)?(?P<z1>零)?(?:(?P<h>{_D})百)?(?P<z2>零)?(?:(?P<t>{_D})?(?P<ten>十))?(?P<o>[零〇一二两三四五六七八九])?"
)
_SPELT = re.compile("[零〇一幺二三四五六七八九]{3,6}")
"""Digit by digit, as over the radio; of two it may be 三四 = three or four."""
_NUMBER = r"[零〇一幺二两三四五六七八九十百千]+(?:点[零〇一幺二三四五六七八九]+)?"
_SPOKEN = re.compile(rf"(?P<number>{_NUMBER})(?P<rest>.*)")
_METRES = re.compile(
    rf"(?P<metres>半|\d{{1,4}}(?:\.\d+)?|{_NUMBER})米(?:(?P<half>半)|(?P<more>\d{{1,3}}|[零〇一幺二三四五六七八九十]{{1,3}})"
    r"(?P<cm>公分|厘米)?)?(?P<rest>(?!多|来)\D.*|)"
)


def spoken_whole(text: str) -> int | None:
    """A whole number below ten thousand in Chinese words, ``一百二`` as people say it too; None when it is none."""
    found = _COUNTED.fullmatch(text)
    if not text or found is None:
        return None
    kilo, hundred, ten, one = (_DIGITS[found[name]] if found[name] else 0 for name in ("k", "h", "t", "o"))
    ten = ten or (1 if found["ten"] else 0)
    if found["o"] and not found["ten"] and not found["z1"] and not found["z2"]:
        if found["h"]:  # 一百二 is a hundred and twenty
            ten, one = one, 0
        elif found["k"]:
            hundred, one = one, 0
    return kilo * 1000 + hundred * 100 + ten * 10 + one


def spoken_number(text: str) -> Decimal | None:
    """The same with decimals, and spelt digit by digit: 一九九点四二."""
    whole, point, decimals = text.partition("点")
    spelt = "".join(str(_DIGITS[one]) for one in whole) if _SPELT.fullmatch(whole) else None
    number = spelt if spelt is not None else spoken_whole(whole)
    if number is None:
        return None
    return Decimal(f"{number}.{''.join(str(_DIGITS[one]) for one in decimals)}" if point else str(number))


def in_digits(said: str) -> str:
    """A measured answer with its number in digits: ``一米二`` → ``1.2米``; what begins with none is as it was."""
    if found := _METRES.fullmatch(said):
        metres = Decimal("0.5") if found["metres"] == "半" else _number(found["metres"])
        more = _part_of_metre(found["more"], bool(found["cm"])) if found["more"] else Decimal(0)
        if metres is not None and more is not None:
            more = Decimal("0.5") if found["half"] else more
            return f"{metres + more}米{found['rest']}"
    if found := _SPOKEN.fullmatch(said):
        number = spoken_number(found["number"])
        return said if number is None else f"{number}{found['rest']}"
    return said


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text[0].isdigit() and text.isascii() else spoken_number(text)


def _part_of_metre(text: str, centimetres: bool) -> Decimal | None:
    """What follows the metres: 一米二 = 1.2, 一米零五 = 1.05, 一米二五 = 1.25, 一米二十五公分 = 1.25."""
    digits = text if text.isascii() else None
    if digits is None and "十" not in text:
        digits = "".join(str(_DIGITS[one]) for one in text)
    if digits is not None and not centimetres:
        return Decimal(f"0.{digits}")
    whole = int(digits) if digits is not None else spoken_whole(text)
    return Decimal(whole) / 100 if whole is not None and whole < 100 else None

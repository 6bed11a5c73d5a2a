"""A limit as people write it: ``30 min``, ``2 work hours``, ``1 work day``, ``same day`` (decisions 18)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.policy import Limit, LimitUnit
from app.domain.text import clean, normalise_width

LARGEST = 10_000

_WRITTEN: Mapping[LimitUnit, tuple[str, ...]] = {
    LimitUnit.MINUTE: ("min", "mins", "minute", "minutes", "分", "分钟"),
    LimitUnit.HOUR: ("h", "hour", "hours", "时", "小时"),
    LimitUnit.DAY: ("d", "day", "days", "天", "日"),
    LimitUnit.WORK_MINUTE: ("work min", "work mins", "work minute", "work minutes", "工作分钟"),
    LimitUnit.WORK_HOUR: ("work h", "work hour", "work hours", "工作时", "工作小时"),
    LimitUnit.WORK_DAY: ("work d", "work day", "work days", "工作日"),
}
_UNITS: Mapping[str, LimitUnit] = {word: unit for unit, words in _WRITTEN.items() for word in words}
_SAME_DAY = frozenset({"same day", "当日", "当天"})
_SHAPE = re.compile(r"([0-9]{1,6})\s*(\D+)")


_LENGTHS: Mapping[LimitUnit, tuple[str, int]] = {
    LimitUnit.MINUTE: ("round the clock", 1),
    LimitUnit.HOUR: ("round the clock", 60),
    LimitUnit.DAY: ("round the clock", 1_440),
    LimitUnit.WORK_MINUTE: ("working hours", 1),
    LimitUnit.WORK_HOUR: ("working hours", 60),
    LimitUnit.WORK_DAY: ("working days", 1),
}
"""How a limit counts, and its length there; limits that count in different ways are not compared."""


def longer(one: Limit | None, other: Limit | None) -> bool:
    """Whether one limit is certainly longer than another; False where they cannot be compared."""
    if one is None or other is None or one.unit not in _LENGTHS or other.unit not in _LENGTHS:
        return False
    (way, length), (other_way, other_length) = _LENGTHS[one.unit], _LENGTHS[other.unit]
    return way == other_way and one.n * length > other.n * other_length


def parse_limit(text: str) -> Limit:
    """The limit a text means, in English or Chinese; ValueError when it means none (n from 1 to ``LARGEST``)."""
    wanted = normalise_width(clean(text, one_line=True)).casefold().replace("working ", "work ")
    if wanted in _SAME_DAY:
        return Limit(0, LimitUnit.SAME_DAY)
    found = _SHAPE.fullmatch(wanted)
    unit = _UNITS.get(found.group(2)) if found else None
    if found is None or unit is None or not 1 <= int(found.group(1)) <= LARGEST:
        raise ValueError(text)
    return Limit(int(found.group(1)), unit)

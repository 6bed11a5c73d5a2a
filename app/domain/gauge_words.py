"""Reads levels, trends and instants of gauge readings as people and stations write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.domain.checklist import Trend
from app.domain.errors import BadInput
from app.domain.gauge import tidy
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.text import normalise_width

_TRENDS: Mapping[str, Trend | None] = {
    "": None, "-": None,
    **dict.fromkeys(("涨", "上涨", "升", "rising", "up"), Trend.RISING),
    **dict.fromkeys(("落", "跌", "降", "退", "回落", "falling", "down"), Trend.FALLING),
    **dict.fromkeys(("平", "稳", "持平", "steady", "level"), Trend.STEADY),
}  # fmt: skip
"""Words only: a code of one digit would be what a decimal comma leaves of 200,5."""
_LEVEL = re.compile(r"([+-]?\d{1,5}(?:\.\d{1,3}0*)?)\s*(?:m|米)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+\s*(?:m|米)?", re.ASCII)
_TIME = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?[T\s]*"
    r"(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?\s*"
    r"(?P<offset>Z|[+-]\d{2}:?\d{2})?", re.ASCII
)  # fmt: skip
_SHOWN = 40
"""Characters of a text that a sentence repeats."""


def read_level(text: str) -> Decimal:
    """Metres with at most three decimals, ``200.35``; BadInput, also for a decimal comma, which is never guessed."""
    plain = normalise_width(text).strip().lower()
    found = _LEVEL.fullmatch(plain)
    if found:
        return tidy(Decimal(found[1]))
    if _COMMA.fullmatch(plain):
        raise BadInput(Message("“{text}”: write the level with a point, 200.35", {"text": text[:_SHOWN]}), "level")
    raise BadInput(Message("“{text}” is no level in metres such as 200.35", {"text": text[:_SHOWN]}), "level")


def read_trend(text: str) -> Trend | None:
    """What the water does, None for nothing said; BadInput."""
    plain = normalise_width(text).strip().casefold()
    if plain not in _TRENDS:
        raise BadInput(
            Message("“{text}” is none of 涨, 落, 平 (rising, falling, steady)", {"text": text[:_SHOWN]}), "trend"
        )
    return _TRENDS[plain]


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """A whole date and time, to the second, in UTC; without an offset it is the street's. BadInput.

    24:00 is the next day's 00:00, as stations write it.
    """
    told = _TIME.fullmatch(normalise_width(text).strip())
    try:
        if told is None:
            raise ValueError(text)
        hour, rest = int(told["hour"]), (int(told["minute"]), int(told["second"] or 0))
        midnight = hour == 24 and rest == (0, 0)
        local = datetime(int(told["year"]), int(told["month"]), int(told["day"]), 0 if midnight else hour, *rest)  # noqa: DTZ001 - the offset follows
        local += timedelta(days=midnight)
        if told["offset"]:
            return datetime.fromisoformat(local.isoformat() + told["offset"]).astimezone(UTC)
        return at_local(local.date(), local.time(), zone)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            Message("“{text}” is no time such as 2020-07-02 23:50", {"text": text[:_SHOWN]}), "at"
        ) from error

"""A day or an hour to come as people type it: 7天后, +7d, 10-09 9:00, 明天 9点, 周五, 18:00."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.text import normalise_width

OFFICE_OPENS = time(9, 0)
"""The hour meant when only a day is named."""
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS = {
    "d": timedelta(days=1), "w": timedelta(weeks=1), "h": timedelta(hours=1), "m": timedelta(minutes=1),
}  # fmt: skip
_LATER = re.compile(
    r"\+?\s*(?P<n>[0-9]{1,3}|[一二两三四五六七八九十])\s*个?\s*"
    r"(?:(?P<d>days?|d|天|日)|(?P<w>weeks?|w|周|星期)|(?P<h>hours?|h|小时|钟头)|(?P<m>minutes?|min|m|分钟?))"
    r"\s*(?P<later>后|later|以后|之后)?"
)
_DAY = re.compile(
    r"(?:(?P<year>[0-9]{4})\s*[-/年.]\s*)?(?P<month>[0-9]{1,2})\s*[-/月.]\s*(?P<day>[0-9]{1,2})\s*[日号]?"
)
_WORDS = {"今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3}
_WORD = re.compile("大后天|今天|今日|today|明天|明日|tomorrow|后天")
_WEEKDAY = re.compile(r"(?P<next>下)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})\s*(?:[:点时]\s*(?P<minute>[0-9]{1,2}|半)?\s*分?)")
_PART = re.compile("凌晨|早上|上午|中午|下午|傍晚|晚上|am|pm")
_LATE = {"下午", "傍晚", "晚上", "pm"}


def parse_ahead(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant to come that the whole text names, UTC; None when it names none.

    A bare time is the next such instant; a day without a time means nine o'clock; a date without a year
    is the next such date. The result may lie in the past only when a full date says so.
    """
    line = normalise_width(text).strip().casefold()
    if not line:
        return None
    if later := _LATER.fullmatch(line):
        if not (line.startswith("+") or later["later"]):
            return None
        unit = next(key for key in "dwhm" if later[key])
        n = _DIGITS.get(later["n"]) or int(later["n"])
        return (now + n * _UNITS[unit]).astimezone(UTC)
    today = now.astimezone(zone).date()
    day, rest, sure = _day(line, today)
    clock = _clock(rest.strip())
    if clock is None or (day is None and not rest.strip()):
        return None
    if day is None:
        first = _at(today, clock, zone)
        return first if first > now else _at(today + timedelta(days=1), clock, zone)
    at = _at(day, clock, zone)
    if at <= now and not sure:
        at = _at(_next_year(day), clock, zone)
    return at


def _day(line: str, today: date) -> tuple[date | None, str, bool]:
    """The day named at the start of the line, the rest, and whether it cannot mean another year."""
    if word := _WORD.match(line):
        return today + timedelta(days=_WORDS[word.group()]), line[word.end() :], True
    if weekday := _WEEKDAY.match(line):
        wanted = "一二三四五六日".index("日" if weekday["day"] == "天" else weekday["day"])
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=wanted)
        if weekday["next"] or day < today:
            day += timedelta(days=7)
        return day, line[weekday.end() :], True
    named = _DAY.match(line)
    if named is None or line[named.end() : named.end() + 1] == ":":
        return None, line, False
    try:
        day = date(int(named["year"] or today.year), int(named["month"]), int(named["day"]))
    except ValueError:
        return None, line, False
    return day, line[named.end() :], bool(named["year"])


def _clock(rest: str) -> time | None:
    """The time of day; nine o'clock when nothing is said, None when it cannot be read."""
    if not rest:
        return OFFICE_OPENS
    part = _PART.match(rest) or _PART.search(rest)
    figures = (rest[: part.start()] + rest[part.end() :]).strip() if part else rest
    clock = _CLOCK.fullmatch(figures)
    if clock is None:
        return None
    hour = int(clock["hour"])
    minute = 30 if clock["minute"] == "半" else int(clock["minute"] or 0)
    if part and part.group() in _LATE and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)

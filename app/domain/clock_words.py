"""The grammar of typed times: which words and digits make a clock, a day, a part of the day, or 10分钟前."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.text import normalise_width

_NUMBER = "[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3}"
_MINUTES = "[0-5][0-9]|[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?"
_COUNTED = "[0-9号栋幢户人名个米楼室路家辆处条单]"
_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz:./_#-")
"""What may not stand before a number that starts a time."""
_AFTER_A_QUANTITY = frozenset("有差第了早晚快慢大小高低多少")
"""有一点, 早一点 …: before a bare Chinese number these make 点 a little, not an hour."""
TOKEN_EDGE = frozenset(" \t\n,;:。、!?()")

_PARTS: dict[str, str] = {
    **dict.fromkeys(("凌晨", "清晨", "早晨", "早上", "早", "上午", "this morning"), "morning"),
    **dict.fromkeys(("中午", "正午"), "noon"),
    **dict.fromkeys(("下午", "傍晚", "this afternoon"), "afternoon"),
    **dict.fromkeys(("晚上", "晚间", "晚", "tonight", "this evening", "last night"), "evening"),
    **dict.fromkeys(("夜里", "夜间", "夜", "半夜", "深夜", "午夜", "midnight"), "night"),
}
_MIDNIGHT = ("午夜", "midnight")
_PAST = {"": 0, "整": 0, "钟": 0, "一刻": 15, "半": 30, "三刻": 45}
_DAYS_BACK = {"今": 0, "昨": 1, "前": 2, "明": -1, "today": 0, "yesterday": 1, "tomorrow": -1}
"""Days ahead are read too, so that they are refused in a sentence instead of being taken for the past."""
_DAYS_BACK_IN_PART = {
    "last night": 1,
    **dict.fromkeys(("tonight", "this morning", "this afternoon", "this evening"), 0),
}
_TWELVE_LATER = {"noon": range(4), "afternoon": range(12), "evening": range(5, 13), "night": range(7, 13)}
_EARLY_ENDS = {"evening": 5, "night": 7}
"""晚上4点 and 夜里6点 are after midnight, 晚上5点 and 夜里7点 before it."""

ABOUT = re.compile("(?:大约|大概|约|~|(?:about|around) ) {0,3}")
DATE = re.compile(
    "(?:(?P<year>[0-9]{4})(?:[-/.]|年 ?))?(?P<month>1[0-2]|0?[1-9])(?:[-/]|月 ?)"
    "(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])[日号]?(?:t| {0,3})"
)
_WORD = re.compile(
    "(?:(?P<word>[今昨前明])(?:[天日]|(?=[早晚夜]))|(?P<en>today|yesterday|tomorrow)(?![a-z])(?: at)?) {0,3}"
)
_PART = re.compile("(?P<part>" + "|".join(sorted(_PARTS, key=len, reverse=True)) + ")(?: at)? {0,3}")
_CLOCKS = (
    re.compile(
        "(?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?![0-9]|:[0-9])"
        "(?: ?(?P<half>[ap]m)(?![a-z]))?"
    ),
    re.compile(
        f"(?P<hour>{_NUMBER})(?P<unit>[点时])(?P<past>半(?!夜)|整|钟|[一三]刻|(?:{_NUMBER})分(?!钟)|"
        f"(?:{_MINUTES})(?!{_COUNTED})|)(?!建议|意见|要求|问题|原因|[位心])"
    ),
    re.compile("(?P<hour>[01][0-9]|2[0-4])(?P<minute>[0-5][0-9])(?P<solid>)(?=$|[\\s,;。、!?)]|左右|前后|上下|许)"),
    re.compile("(?P<hour>1[0-2]|0?[1-9]) ?(?P<half>[ap]m)(?![a-z])"),
)
OR_SO = re.compile(" {0,3}(?:左右|前后|上下|许|多)")
ISO = re.compile(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,6})?)?(?:z|[+-][0-9]{2}:?[0-9]{2})"
)
_AGO = re.compile(
    f"(?P<n>[0-9]{{1,3}}|{_NUMBER}|半)个?(?P<more>多?)(?P<and_half>半?)(?P<unit>小时|钟头|刻钟|分钟?)"
    f"(?:(?P<minutes>{_NUMBER})分钟?)?(?:以前|之前|前(?![后台方面往]))"
)
_AGO_ENGLISH = re.compile("(?P<n>[0-9]{1,3}|half an?|an?) ?(?P<unit>m|mins?|minutes?|h|hrs?|hours?) ago(?![a-z])")
_AGO_MINUTES = {"小": 60, "钟": 60, "刻": 15, "分": 1, "h": 60, "m": 1}
NOW = re.compile("(?P<vague>刚才|刚刚|just now)|现在|此刻|now(?![a-z])")
STARTS = re.compile("[0-9零〇一二两三四五六七八九十半大约~今昨前明凌清早上中正下傍晚深午夜刚现此]|(?<![a-z])[ahjlmnty]")

_LOWER = {upper: upper + 32 for upper in range(0x41, 0x5B)}
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Reading:
    """A time of day with what was said about its day; ``days_back`` and ``month`` are None when nothing was."""

    hour: int
    minute: int
    second: int = 0
    days_back: int | None = None
    year: int | None = None
    month: int | None = None
    day: int = 0
    into_next_day: bool = False
    night: bool = False


def plain(text: str) -> str:
    """Half-width and lower-case, character for character, so that positions fit the original."""
    return normalise_width(text).translate(_LOWER)


def free_left(line: str, start: int) -> bool:
    """Whether a time may begin here: not inside a code, a longer number or a word."""
    return start == 0 or line[start] not in _LETTERS or line[start - 1] not in _LETTERS


def read_ago(line: str, start: int) -> tuple[timedelta, int, bool] | None:
    """``10分钟前``, ``half an hour ago``: how long ago, where the words end, whether they were vague."""
    if match := _AGO.match(line, start):
        count = 0.5 if match["n"] == "半" else whole_number(match["n"])
        more = whole_number(match["minutes"] or "0")
        if count is None or more is None:
            return None
        minutes = (count + (0.5 if match["and_half"] else 0)) * _AGO_MINUTES[match["unit"][0]] + more
        return timedelta(minutes=minutes), match.end(), bool(match["more"])
    if match := _AGO_ENGLISH.match(line, start):
        count = 0.5 if match["n"].startswith("half") else 1 if match["n"][0] == "a" else int(match["n"])
        return timedelta(minutes=count * _AGO_MINUTES[match["unit"][0]]), match.end(), False
    return None


def read_clock(line: str, start: int, *, sure: bool) -> tuple[Reading, int, bool] | None:
    """Day, part of the day and time of day from ``start`` on; where they end; whether they were vague.

    ``sure`` when a word before has said already that a time follows.
    """
    position = start
    date_said = DATE.match(line, position)
    word = None if date_said else _WORD.match(line, position)
    if said := date_said or word:
        position = said.end()
    part = _PART.match(line, position)
    if part:
        position = part.end()
    for pattern in _CLOCKS:
        clock = pattern.match(line, position)
        if clock and (sure or said or part or _surely_a_clock(line, clock)):
            reading = _time_of_day(clock, _PARTS[part["part"]] if part else "")
            return (_with_day(reading, date_said, word, part), clock.end(), False) if reading else None
    if part and part["part"] in _MIDNIGHT:
        midnight = Reading(0, 0, into_next_day=True, night=True)
        return _with_day(midnight, date_said, word, part), part.end("part"), True
    return None


def _surely_a_clock(line: str, clock: re.Match[str]) -> bool:
    """Whether a time with no word of day before it is one, and no room number, no 有一点, no 第3点."""
    before = line[clock.start() - 1 : clock.start()]
    groups = clock.groupdict()
    if "solid" in groups:
        return not before or before in TOKEN_EDGE
    if "unit" not in groups:
        return True
    if before and before in _AFTER_A_QUANTITY:
        return False
    hour: str = clock["hour"]
    return hour.isascii() or len(hour) > 1 or hour in "零〇" or bool(clock["past"])


def _time_of_day(clock: re.Match[str], part: str) -> Reading | None:
    """Hour and minute on the 24-hour clock, as the part of the day says."""
    said = clock.groupdict()
    hour, minute = whole_number(clock["hour"]), _minute(said)
    if hour is None or minute is None or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    early_ends = _EARLY_ENDS.get(part, 0)
    if said.get("half"):
        hour = hour % 12 + (12 if said["half"] == "pm" else 0)
    elif part == "morning" and hour == 12 and "unit" in said:
        hour = 0
    elif hour in _TWELVE_LATER.get(part, ()):
        hour += 12
    next_day = hour == 24 or hour < early_ends
    return Reading(hour % 24, minute, int(said.get("second") or 0), into_next_day=next_day, night=bool(early_ends))


def _minute(said: dict[str, str | None]) -> int | None:
    """Minutes past the hour as digits or words; none said = 0."""
    past = said.get("past")
    if past is None:
        return int(said.get("minute") or 0)
    return _PAST[past] if past in _PAST else whole_number(past.rstrip("分"))


def _with_day(
    reading: Reading, date_said: re.Match[str] | None, word: re.Match[str] | None, part: re.Match[str] | None
) -> Reading:
    """The reading with the day that was named before it."""
    if date_said:
        year = int(date_said["year"]) if date_said["year"] else None
        return replace(reading, year=year, month=int(date_said["month"]), day=int(date_said["day"]))
    if word:
        return replace(reading, days_back=_DAYS_BACK[word["word"] or word["en"]])
    return replace(reading, days_back=_DAYS_BACK_IN_PART.get(part["part"])) if part else reading


def whole_number(text: str) -> int | None:
    """The number below a hundred (Arabic: below a thousand), Arabic or Chinese; None when it is no number."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(ones) == 2 and ones[0] in "零〇":
        ones = ones[1]
    if (tens and tens not in _DIGIT) or (ones and ones not in _DIGIT):
        return None
    return (_DIGIT[tens or "一"] * 10 if ten else 0) + _DIGIT[ones or "零"]

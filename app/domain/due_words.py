"""The grammar of times to come: 明早8点, 30分钟后, 下周一 9:00, 每天 07:00-07:40 工作日, every Monday 9:00."""

from __future__ import annotations

import re
from datetime import timedelta

from app.domain.clock_words import whole_number
from app.domain.recurrence import LAST_DAY, Days

NUMBER = "[0-9]{1,3}|[零〇一二两三四五六七八九十]{1,3}"
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_DAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?(?![a-z])"
_GAP = "[ ,，、]{0,3}"
_JOIN = "(?: ?, ?(?:and )?| and | & )"
_UPTO = "(?:至|到|-|—|~| to | until | ?through )"

AFTER = re.compile(
    f"(?P<n>{NUMBER}|半)个?(?P<half>半?)(?P<unit>小时|钟头|刻钟|分钟?|天|日|周|星期)"
    f"(?:(?P<minutes>{NUMBER})分钟?)?(?:以后|之后|过后|后)"
)
AFTER_ENGLISH = re.compile(
    "(?:in|after) (?P<n>[0-9]{1,3}|half an?|an?|one|two|three) ?"
    "(?P<unit>m|h|d|w|mins?|minutes?|hrs?|hours?|days?|weeks?)(?![a-z])(?: from now)?"
)
UNIT_LENGTH = {
    "小": timedelta(hours=1),
    "钟": timedelta(hours=1),
    "刻": timedelta(minutes=15),
    "分": timedelta(minutes=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "周": timedelta(days=7),
    "星": timedelta(days=7),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(days=7),
}
"""By the first letter of the unit."""

DAY = re.compile(
    "(?P<word>大后|后|明|今)(?:[天日]|(?=[早晚夜]))|(?P<en>today|tomorrow|the day after tomorrow)(?![a-z])"
)
DAYS_ON = {"今": 0, "明": 1, "后": 2, "大后": 3, "today": 0, "tomorrow": 1, "the day after tomorrow": 2}
WEEKDAY = re.compile(
    f"(?P<week>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<day>[{_WEEKDAYS}天])"
    f"|(?:(?P<week_en>next|this|on) )?(?P<day_en>{_ENGLISH_DAY})"
)
WEEKS_ON = {"下下": 2, "下": 1, "这": 0, "本": 0, "next": 1, "this": 0}
TODAY_PART = re.compile("(?:tonight|this (?:morning|afternoon|evening))(?![a-z])")

EACH_DAY = re.compile("每天|每日|天天|(?:every day|daily|each day)(?![a-z])")
EACH_WORKDAY = re.compile("(?:每个?|逢)?(?:工作日|上班日)|(?:(?:on |every )?(?:working|work|week) ?days?)(?![a-z])")
EACH_DAY_OFF = re.compile("(?:每个?|每?逢)?(?:周末和?节假日|节假日|休息日)|(?:on |every )?days? off(?![a-z])")
EACH_WEEK = re.compile(
    f"每个?(?:周|星期|礼拜)(?P<from>[{_WEEKDAYS}天])(?:{_UPTO}(?:周|星期|礼拜)?(?P<to>[{_WEEKDAYS}天])"
    f"|(?P<more>(?:[、,和及]?(?:周|星期|礼拜)?[{_WEEKDAYS}天](?![点时0-9]))*))"
    f"|every (?P<from_en>{_ENGLISH_DAY})(?:{_UPTO}(?P<to_en>{_ENGLISH_DAY})|(?P<more_en>(?:{_JOIN}{_ENGLISH_DAY})*))"
)
EACH_WEEKEND = re.compile("每个?周末|(?:every weekend|weekends)(?![a-z])")
EACH_MONTH = re.compile(
    f"每个?月(?P<day>{NUMBER})[日号]|(?P<last>每个?月(?:最后一天|末|底))"
    "|(?:every month|monthly)(?: on)? the (?:(?P<day_en>[0-9]{1,2})(?:st|nd|rd|th)?|(?P<last_en>last day))(?![a-z])"
)
EACH_STEP = re.compile(
    f"每隔?(?P<n>{NUMBER}|半)?个?(?P<unit>小时|钟头|刻钟|分钟)(?:一次)?"
    "|every (?:(?P<n_en>[0-9]{1,3}|half an|an) )?(?P<unit_en>hours?|h|minutes?|mins?|m)(?![a-z])"
    "|(?P<hourly>hourly)(?![a-z])"
)
BETWEEN = re.compile("从|自|(?:from|between)(?![a-z]) ?")
TO = re.compile(f" ?(?:{_UPTO}|and) ?")
ALSO = re.compile("[、,和] ?|(?: and | & )")
LEAD_IN = re.compile("(?:在|于|at(?![a-z])) ?")
UNTIL_CLOSED = re.compile(
    "(?:直到|直至|至|到)(?:本?[案哨]件?)?(?:结案|办结)(?:为止)?"
    "|until (?:it is |the case (?:is )?)?(?:closed|closes)(?![a-z])"
)
UNTIL = re.compile("直到|直至|截至|截止到?|until(?![a-z]) ?")
GAP = re.compile(_GAP)

_COUNT = {"one": 1, "two": 2, "three": 3, "a": 1, "an": 1}


def number(text: str) -> float | None:
    """A number as typed: Arabic, Chinese below a hundred, 半, an, half an; None when it is none."""
    if text == "半" or text.startswith("half"):
        return 0.5
    if text in _COUNT:
        return _COUNT[text]
    return whole_number(text)


def weekday(text: str) -> int:
    """Monday 0 … Sunday 6, of one Chinese character or an English name however shortened."""
    if text in "天日":
        return 6
    if text in _WEEKDAYS:
        return _WEEKDAYS.index(text)
    return next(n for n, name in enumerate(_ENGLISH_DAYS) if name.startswith(text[:3]))


def weekdays(match: re.Match[str]) -> frozenset[int]:
    """The days that ``EACH_WEEK`` names: one, a list, or from one to another (round the week's end too)."""
    first = weekday(match["from"] or match["from_en"])
    if last := match["to"] or match["to_en"]:
        span = (weekday(last) - first) % 7
        return frozenset((first + n) % 7 for n in range(span + 1))
    named = re.findall(f"[{_WEEKDAYS}天]", match["more"] or "") or re.findall(_ENGLISH_DAY, match["more_en"] or "")
    return frozenset({first, *(weekday(name) for name in named)})


def month_day(match: re.Match[str]) -> int | None:
    """The day that ``EACH_MONTH`` names: 1–31, or ``LAST_DAY``; None when there is no such day."""
    if match["last"] or match["last_en"]:
        return LAST_DAY
    day = number(match["day"] or match["day_en"])
    return int(day) if day is not None and 1 <= day <= 31 else None


def step(match: re.Match[str]) -> timedelta | None:
    """The step that ``EACH_STEP`` names; None when it names none."""
    if match["hourly"]:
        return timedelta(hours=1)
    count = number(match["n"] or match["n_en"] or "an")
    return None if count is None else count * UNIT_LENGTH[(match["unit"] or match["unit_en"])[0]]


DAYS_OF = ((EACH_WORKDAY, Days.WORKING), (EACH_DAY_OFF, Days.OFF), (EACH_DAY, Days.ANY))
"""Words for which days of the calendar count."""

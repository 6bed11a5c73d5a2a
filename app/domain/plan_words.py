"""Windows and days of the week as they are typed: 07:00-07:40, 15:50-16:25; 周一至周五; mon, wed (domain 4.2)."""

from __future__ import annotations

import re
from datetime import time

from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.round_plan import Window
from app.domain.text import normalise_width

_WINDOW = re.compile(r"(\d{1,2}:\d{2})\s*[-–—~至到]\s*(\d{1,2}:\d{2})")
_PARTS = re.compile(r"[\s,，、;；/]+")
_BETWEEN = re.compile(r"\s*[-–—~至到]\s*")
_SHOWN = 40
"""Characters of what was typed that a sentence repeats."""
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
             "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}  # fmt: skip


def window_of(text: str) -> Window | None:
    """The window that a text means; None when it means none."""
    match = _WINDOW.fullmatch(text.strip())
    try:
        opens, closes = (time.fromisoformat(part.zfill(5)) for part in match.groups()) if match else (None, None)
    except ValueError:
        return None
    return Window(opens, closes) if opens is not None and closes is not None and opens != closes else None


def read_windows(text: str, field: str) -> tuple[Window, ...]:
    """Every window of a line, each once, in the order of the day; BadInput names the part that is none."""
    line = _BETWEEN.sub("-", normalise_width(text))
    found = [_window(part, field) for part in _PARTS.split(line) if part]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.opens, one.closes)))


def _window(text: str, field: str) -> Window:
    window = window_of(text)
    if window is None:
        raise BadInput(Message("“{text}” is no window: write it like 07:00-07:40.", {"text": text[:_SHOWN]}), field)
    return window


def weekday_of(text: str, field: str) -> int:
    """The day of the week that a word means, Monday 0; BadInput when it means none. A digit counts from 1."""
    wanted = normalise_width(text).strip().casefold().removeprefix("星期").removeprefix("周")
    if wanted.isascii() and wanted.isdigit() and len(wanted) == 1 and "1" <= wanted <= "7":
        return int(wanted) - 1
    found = _WEEKDAYS.get(wanted, _WEEKDAYS.get(wanted[:3]))
    if found is None:
        raise BadInput(Message("“{text}” is no day of the week.", {"text": text[:_SHOWN]}), field)
    return found


def read_weekdays(text: str, field: str) -> frozenset[int]:
    """Days of a line: single ones, spans (一至五, 1-5, fri-sun), or characters run together (一三五)."""
    days: set[int] = set()
    for part in _PARTS.split(_BETWEEN.sub("-", normalise_width(text)).strip()):
        first, between, last = part.partition("-")
        if between:
            start, end = weekday_of(first, field), weekday_of(last, field)
            days |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
        elif run := part.removeprefix("星期").removeprefix("周"):
            run_together = len(run) > 1 and all(one in _WEEKDAYS or one.isdigit() for one in run)
            days |= {weekday_of(one, field) for one in (run if run_together else (part,))}
    return frozenset(days)

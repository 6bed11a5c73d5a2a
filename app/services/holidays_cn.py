"""China's holidays and make-up working days (调休) for the street's calendar, year by year as they were published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain.policy import WorkCalendar


def with_chinese_holidays(calendar: WorkCalendar, years: Iterable[int]) -> WorkCalendar:
    """The calendar with the State Council's plan of each year filled in; the street's own days win.

    A year counts as published only when the ``holidays`` package carries its swaps of working days; for any other
    year nothing is filled in: statutory days alone, without the swaps, would be half a plan and look like a whole.
    """
    from holidays import country_holidays

    swaps: dict[int, tuple[object, ...]] = country_holidays("CN").special_public_holidays
    published = {year for year in years if _has_swap(swaps.get(year, ()))}
    # A swap in early January may name a working day of the December before, so the year after is read as well.
    plan = country_holidays("CN", years=[year + extra for year in published for extra in (0, 1)])
    off = {day for day in plan if day.year in published}
    on = {day for day in plan.weekend_workdays if day.year in published}
    return replace(
        calendar,
        off=frozenset(off - calendar.on) | calendar.off,
        on=frozenset(on - calendar.off) | calendar.on,
        published=calendar.published | published,
    )


def _has_swap(entries: tuple[object, ...]) -> bool:
    """Whether a year's entries hold a swap: (month, day off, month, day worked), not a holiday with a name.

    A year with a single entry may stand there without a tuple around it.
    """
    if entries and not isinstance(entries[0], tuple):
        entries = (entries,)
    return any(isinstance(one, tuple) and len(one) >= 4 and all(isinstance(n, int) for n in one) for one in entries)

"""How often a reminder comes, in words that could be typed again: 每个工作日 07:00–07:40, every Monday 08:30."""

from __future__ import annotations

from datetime import timedelta

from app.domain.message import N_
from app.domain.recurrence import LAST_DAY, Days, Recurrence
from app.render.sight import Sight

DAYS = {Days.ANY: N_("every day"), Days.WORKING: N_("every working day"), Days.OFF: N_("every day off")}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def recurrence_words(rule: Recurrence, sight: Sight) -> str:
    """One short phrase: days, times or window, step, and until when."""
    parts = [_days(rule, sight), _times(rule)]
    if rule.step is not None:
        parts.append(_step(rule.step, sight))
    if rule.until is not None:
        parts.append(sight.t("until {at}", at=sight.stamp(rule.until)))
    return " ".join(part for part in parts if part)


def _days(rule: Recurrence, sight: Sight) -> str:
    if rule.weekdays:
        named = sight.words.listed(tuple(sight.t(WEEKDAYS[day]) for day in sorted(rule.weekdays)))
        said = sight.t("every week {days}", days=named)
        return said if rule.days is Days.ANY else f"{said} {sight.t(DAYS[rule.days])}"
    if rule.month_days:
        numbers = tuple(
            sight.t("the last day") if day == LAST_DAY else sight.t("day {n}", n=day) for day in sorted(rule.month_days)
        )
        return sight.t("every month {days}", days=sight.words.listed(numbers))
    return sight.t(DAYS[rule.days])


def _times(rule: Recurrence) -> str:
    if rule.ends is not None:
        return f"{rule.starts[0]:%H:%M}–{rule.ends:%H:%M}"
    return " ".join(f"{start:%H:%M}" for start in rule.starts)


def _step(step: timedelta, sight: Sight) -> str:
    minutes = int(step.total_seconds() // 60)
    if minutes % 60 == 0:
        return sight.t("each {n} h", n=minutes // 60)
    return sight.t("each {n} min", n=minutes)

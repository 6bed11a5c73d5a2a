"""When a reminder is due, as a person types it in either language, once or again and again (domain 6.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from app.domain import due_words as words
from app.domain.clock_words import DATE, Reading, plain, read_clock
from app.domain.clocks import HORIZON
from app.domain.errors import BadInput
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.policy import WorkCalendar
from app.domain.recurrence import Days, Recurrence, next_occurrence

_DAY = timedelta(days=1)
_NIGHT_ENDS = 5
"""Local hour until which 明早 and 今晚 are still said from the evening before."""


@dataclass(frozen=True, slots=True)
class DuePhrase:
    """What was understood: the first instant in UTC, and what comes after it."""

    at: datetime
    recurrence: Recurrence | None = None
    """None = once."""
    until_closed: bool = False
    """It ends when its case closes."""


def parse_due(text: str, now: datetime, calendar: WorkCalendar) -> DuePhrase | None:
    """The time the whole text names; None when it names none. BadInput when it has passed or never comes."""
    found = find_due(text, now, calendar)
    return found[0] if found is not None and not found[1] else None


def find_due(line: str, now: datetime, calendar: WorkCalendar) -> tuple[DuePhrase, str] | None:
    """The time a line begins with, and the rest of the line; None when it begins with none.

    A day without a time means the opening of working hours; a time without a day the next such time; a weekday the
    next such day, with 下周 or next that of the week after this one. BadInput as for ``parse_due``.
    """
    reader = _Reader(plain(line), now, calendar)
    phrase = reader.read()
    return None if phrase is None else (phrase, line[reader.at :].strip(" ,，、:：。\t"))


class _Reader:
    """Reads one line from the left; ``at`` is how far it has been understood."""

    def __init__(self, line: str, now: datetime, calendar: WorkCalendar) -> None:
        self.line = line
        self.now = now.astimezone(UTC)
        self.calendar = calendar
        self.local = now.astimezone(calendar.zone)
        self.at = len(line) - len(line.lstrip())

    def read(self) -> DuePhrase | None:
        """What the line begins with; None when it is no time."""
        return self._again_and_again() or self._after() or self._once()

    # -- again and again ---------------------------------------------------------------------
    def _again_and_again(self) -> DuePhrase | None:
        """每天 07:00-07:40 工作日, every 2 hours 22:00-06:00: parts in any order, one of them says that it repeats."""
        rule = _Rule()
        start = self.at
        while self._part(rule):
            end = self.at
            self._skip(words.GAP)
        if not rule.repeats:
            self.at = start
            return None
        self.at = end
        recurrence = self._recurrence(rule)
        first = next_occurrence(recurrence, self.now, self.calendar)
        if first is None:
            raise BadInput(Message("That day never comes."), field="due")
        return DuePhrase(first.at, recurrence, rule.until_closed)

    def _part(self, rule: _Rule) -> bool:
        """One more part of a rule; False when what follows is none."""
        if self._skip(words.UNTIL_CLOSED):
            rule.until_closed = True
        elif match := self._match(words.UNTIL):
            return rule.repeats and self._limit(rule, match.end())
        elif match := self._match(words.EACH_WEEK) or self._match(words.EACH_WEEKEND):
            rule.weekdays = words.weekdays(match) if match.re is words.EACH_WEEK else frozenset({5, 6})
            rule.repeats = True
            self.at = match.end()
        elif match := self._match(words.EACH_MONTH):
            day = words.month_day(match)
            if day is None:
                return False
            rule.month_days = frozenset({day})
            rule.repeats = True
            self.at = match.end()
        elif match := self._match(words.EACH_STEP):
            rule.step = words.step(match)
            rule.repeats = rule.step is not None
            self.at = match.end()
            return rule.repeats
        else:
            return self._days(rule) or (rule.repeats and not rule.starts and self._times(rule))
        return True

    def _days(self, rule: _Rule) -> bool:
        for pattern, days in words.DAYS_OF:
            if self._skip(pattern):
                rule.days = days if days is not Days.ANY else rule.days
                rule.repeats = True
                return True
        return False

    def _times(self, rule: _Rule) -> bool:
        """One time, a list of them, or a window from one to another."""
        before = self.at
        self._skip(words.BETWEEN)
        first = self._clock()
        if first is None:
            self.at = before
            return False
        rule.starts = [first]
        if match := self._match(words.TO):
            stop = self.at
            self.at = match.end()
            rule.ends = self._clock()
            self.at = stop if rule.ends is None else self.at
            return True
        while match := self._match(words.ALSO):
            stop = self.at
            self.at = match.end()
            more = self._clock()
            if more is None:
                self.at = stop
                return True
            rule.starts.append(more)
        return True

    def _limit(self, rule: _Rule, start: int) -> bool:
        """The last day of a rule: 直到12月31日, until Friday."""
        inner = _Reader(self.line, self.now, self.calendar)
        inner.at = start
        inner._skip(words.GAP)
        once = inner._once(at_end_of_day=True)
        if once is None:
            return False
        rule.until = once.at
        self.at = inner.at
        return True

    def _recurrence(self, rule: _Rule) -> Recurrence:
        starts = tuple(sorted(set(rule.starts)))
        if not starts:
            starts = (self._anchor(rule.step),) if rule.step is not None else (self.calendar.opens,)
        return Recurrence(starts, rule.ends, rule.step, rule.days, rule.weekdays, rule.month_days, rule.until)

    def _anchor(self, step: timedelta | None) -> time:
        """A step without a time counts from this minute."""
        local = (self.now + (step or timedelta(0))).astimezone(self.calendar.zone)
        return time(local.hour, local.minute)

    # -- once --------------------------------------------------------------------------------
    def _after(self) -> DuePhrase | None:
        """30分钟后, in two hours, 三天后 9:00."""
        match = self._match(words.AFTER) or self._match(words.AFTER_ENGLISH)
        if match is None:
            return None
        count = words.number(match["n"])
        if count is None:
            return None
        parts = match.groupdict()
        unit = words.UNIT_LENGTH[match["unit"][0]]
        length = (count + (0.5 if parts.get("half") else 0)) * unit
        length += timedelta(minutes=words.number(parts.get("minutes") or "0") or 0)
        self.at = match.end()
        if unit < _DAY:
            return DuePhrase(self._within_reach(self.now + length))
        day = self.local.date() + length
        self._skip(words.GAP)
        clock = self._clock() or self.local.time().replace(second=0, microsecond=0)
        return DuePhrase(self._within_reach(at_local(day, clock, self.calendar.zone)))

    def _once(self, *, at_end_of_day: bool = False) -> DuePhrase | None:
        """A day with or without a time, or a time alone."""
        start = self.at
        day, sure = self._day()
        if day is None:
            self.at = start
            return self._dated(at_end_of_day)
        end = self.at
        self._skip(words.GAP)
        self._skip(words.LEAD_IN)
        reading = self._reading(sure=True)
        if reading is None:
            self.at = end
            clock = time(23, 59, 59) if at_end_of_day else self.calendar.opens
            return DuePhrase(self._ahead(at_local(day, clock, self.calendar.zone)))
        return DuePhrase(self._ahead(self._on(day, reading, spoken_at_night=sure)))

    def _day(self) -> tuple[date | None, bool]:
        """The day that is named, and whether by a word that people say before midnight for what follows it."""
        today = self.local.date()
        if match := self._match(words.DAY):
            self.at = match.end()
            return today + words.DAYS_ON[match["word"] or match["en"]] * _DAY, True
        if self._match(words.TODAY_PART):
            return today, True  # the part of the day is read with the time
        if match := self._match(words.WEEKDAY):
            self.at = match.end()
            return self._weekday(match), False
        return None, False

    def _weekday(self, match: re.Match[str]) -> date:
        """周五: the next one, today's included; 本周五: this week's; 下周五: next week's."""
        today = self.local.date()
        wanted = words.weekday(match["day"] or match["day_en"])
        week = (match["week"] or match["week_en"] or "").removesuffix("个")
        if week in words.WEEKS_ON:
            monday = today - today.weekday() * _DAY
            return monday + (7 * words.WEEKS_ON[week] + wanted) * _DAY
        return today + (wanted - today.weekday()) % 7 * _DAY

    def _dated(self, at_end_of_day: bool) -> DuePhrase | None:
        """12月1日 9:00, 2026-12-01 09:00, 9:00, or a date alone."""
        self._skip(words.LEAD_IN)
        if match := self._match(DATE):
            day = self._date(match)
            if day is None:
                return None
            self.at = match.end()
            self._skip(words.GAP)
            self._skip(words.LEAD_IN)
            reading = self._reading(sure=True)
            if reading is None:
                self.at = match.end()
                clock = time(23, 59, 59) if at_end_of_day else self.calendar.opens
                return DuePhrase(self._ahead(at_local(day, clock, self.calendar.zone)))
            return DuePhrase(self._ahead(self._on(day, reading, spoken_at_night=False)))
        reading = self._reading(sure=False)
        if reading is None:
            return None
        today = self.local.date()
        bare = time(reading.hour, reading.minute, reading.second)
        choices = (at_local(today + n * _DAY, bare, self.calendar.zone) for n in range(3))
        return DuePhrase(next(at for at in choices if at > self.now))

    def _date(self, match: re.Match[str]) -> date | None:
        """The date that is named; without a year the next such date. None when there is no such day."""
        today = self.local.date()
        years = (int(match["year"]),) if match["year"] else range(today.year, today.year + 5)
        for year in years:
            try:
                day = date(year, int(match["month"]), int(match["day"]))
            except ValueError:
                continue
            if match["year"] or day >= today:
                return day
        return None

    def _on(self, day: date, reading: Reading, *, spoken_at_night: bool) -> datetime:
        """The instant of a time on a day; after midnight the evening's words still mean the night that is going on."""
        clock = time(reading.hour, reading.minute, reading.second)
        if reading.into_next_day:
            day += _DAY
        at = at_local(day, clock, self.calendar.zone)
        if spoken_at_night and self.local.hour < _NIGHT_ENDS and (reading.into_next_day or self._tomorrow_morning):
            sooner = at_local(day - _DAY, clock, self.calendar.zone)
            return sooner if sooner > self.now else at
        return at

    @property
    def _tomorrow_morning(self) -> bool:
        """明早, said by somebody who has not slept yet."""
        return "明早" in self.line[: self.at]

    # -- parts -------------------------------------------------------------------------------
    def _reading(self, *, sure: bool) -> Reading | None:
        """The time of day that follows, without a day of its own."""
        read = read_clock(self.line, self.at, sure=sure)
        if read is None or read[0].month is not None:
            return None
        if read[0].days_back:
            gone = self.local.date() - read[0].days_back * _DAY
            clock = time(read[0].hour, read[0].minute)
            raise BadInput(
                Message("{when} has passed already.", {"when": at_local(gone, clock, self.calendar.zone)}), "due"
            )
        self.at = read[1]
        return replace(read[0], days_back=None)

    def _clock(self) -> time | None:
        self._skip(words.LEAD_IN)
        reading = self._reading(sure=True)
        return None if reading is None else time(reading.hour, reading.minute)

    def _ahead(self, at: datetime) -> datetime:
        if at <= self.now:
            raise BadInput(Message("{when} has passed already.", {"when": at}), field="due")
        return self._within_reach(at)

    def _within_reach(self, at: datetime) -> datetime:
        if at > self.now + HORIZON:
            raise BadInput(Message("That is more than three years away."), field="due")
        return at.astimezone(UTC).replace(microsecond=0)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.line, self.at)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        match = self._match(pattern)
        if match is not None:
            self.at = match.end()
        return match is not None


@dataclass(slots=True)
class _Rule:
    """What has been said so far of something that repeats."""

    repeats: bool = False
    starts: list[time] = field(default_factory=list)
    ends: time | None = None
    step: timedelta | None = None
    days: Days = Days.ANY
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    until: datetime | None = None
    until_closed: bool = False

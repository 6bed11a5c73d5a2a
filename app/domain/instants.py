"""Time as a duty officer types it: 23:52, 2352, 昨晚十一点半, 7月2日 23:52, 10分钟前, yesterday 8:00."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.clock_words import (
    ABOUT,
    ISO,
    NOW,
    OR_SO,
    STARTS,
    TOKEN_EDGE,
    Reading,
    free_left,
    plain,
    read_ago,
    read_clock,
)
from app.domain.errors import BadInput
from app.domain.local_time import AHEAD, at_local
from app.domain.message import Message

_DAY = timedelta(days=1)
_SOON = timedelta(hours=6)
"""A bare time that comes within these is taken for what it says and not for yesterday's."""
_NIGHT_ENDS = 6
"""Local hour until which 今晚 still means the night that began yesterday."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC and whether the person said it was only about then."""

    at: datetime
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class FoundMoment:
    """A moment recognised at ``start:end`` of a line; ``ahead`` when more than five minutes in the future."""

    start: int
    end: int
    moment: Moment
    ahead: bool = False


def parse_clock(text: str, now: datetime, zone: ZoneInfo) -> Moment | None:
    """The moment the whole text names, in the street's ``zone``; None when it names none.

    A bare time is the most recent such instant not later than ``now`` plus five minutes, so 23:52 typed at
    00:10 is yesterday evening; but 09:00 typed at 08:32 has not come yet, and is not taken for yesterday's.
    BadInput when the text names an instant further in the future.
    """
    line = plain(text).strip()
    found = _found_at(line, 0, now, zone)
    if found is None or found.end != len(line):
        return None
    if found.ahead:
        raise BadInput(ahead_message(found.moment), field="occurred_at")
    return found.moment


def find_moment(line: str, now: datetime, zone: ZoneInfo) -> FoundMoment | None:
    """The first time named anywhere in a line; words for *now* count only when no clock time is there."""
    line = plain(line)
    just_now: FoundMoment | None = None
    for start in (match.start() for match in STARTS.finditer(line)):
        found = _found_at(line, start, now, zone)
        if found is None:
            continue
        if not NOW.match(line, start):
            return found
        just_now = just_now or (found if _stands_alone(line, found) else None)
    return just_now


def ahead_message(moment: Moment) -> Message:
    """The sentence for a moment that is still to come."""
    return Message(
        "{when} has not come yet; type when it was noticed, with its day if that was not today.", {"when": moment.at}
    )


def _found_at(line: str, start: int, now: datetime, zone: ZoneInfo) -> FoundMoment | None:
    """The moment that starts exactly at ``start``, however it is spelt."""
    if match := NOW.match(line, start):
        return FoundMoment(start, match.end(), Moment(now.astimezone(UTC), bool(match["vague"])))
    if not free_left(line, start):
        return None
    if match := ISO.match(line, start):
        return _found(start, match.end(), _from_iso(match.group()), False, now)
    about = ABOUT.match(line, start)
    begin = about.end() if about else start
    if ago := read_ago(line, begin):
        span, end, vague = ago
        return _found(start, end, now - span, vague or about is not None, now)
    read = read_clock(line, begin, sure=about is not None)
    if read is None:
        return None
    reading, end, vague = read
    or_so = OR_SO.match(line, end)
    at = _resolve(reading, now, zone)
    return _found(start, or_so.end() if or_so else end, at, vague or bool(about or or_so), now)


def _found(start: int, end: int, at: datetime | None, approximate: bool, now: datetime) -> FoundMoment | None:
    if at is None:
        return None
    at = at.astimezone(UTC)
    return FoundMoment(start, end, Moment(at, approximate), ahead=at > now + AHEAD)


def _stands_alone(line: str, found: FoundMoment) -> bool:
    """现在 inside a sentence says how things are, not when they were noticed; 刚才 always does."""
    if found.moment.approximate:
        return True
    before, after = line[found.start - 1 : found.start], line[found.end : found.end + 1]
    return (not before or before in TOKEN_EDGE) and (not after or after in TOKEN_EDGE)


def _from_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _resolve(reading: Reading, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant that is meant; one in the future only when a named day leaves no other; None for no such day."""
    latest = now + AHEAD
    if reading.month is None and reading.days_back is None:
        return _nearby(list(_around(reading, now, zone)), now)
    choices = list(_on_named_day(reading, now, zone))
    return next((at for at in choices if at <= latest), choices[0] if choices else None)


def _nearby(choices: list[datetime], now: datetime) -> datetime | None:
    """The last one that has come; the next one when that comes sooner than the last one lies back, and soon."""
    past = max((at for at in choices if at <= now + AHEAD), default=None)
    soon = min((at for at in choices if now + AHEAD < at <= now + _SOON), default=None)
    return soon if soon is not None and (past is None or soon - now < now - past) else past


def _around(reading: Reading, now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Every instant with this local time from two days ago to tomorrow, both of a repeated hour."""
    today = now.astimezone(zone).date()
    clock = time(reading.hour, reading.minute, reading.second)
    for back in (-1, 0, 1, 2):
        for fold in (0, 1):
            yield at_local(today - back * _DAY, clock, zone, fold)


def _on_named_day(reading: Reading, now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """What the named day can mean, likeliest first: 昨晚1点 is after midnight, 今晚 may have begun yesterday."""
    local_now = now.astimezone(zone)
    clock = time(reading.hour, reading.minute, reading.second)
    if reading.days_back is not None:
        day: date | None = local_now.date() - reading.days_back * _DAY
    else:
        day = _nearest_date(reading, local_now.date())
    if day is None:
        return
    if reading.into_next_day:
        yield at_local(day + _DAY, clock, zone)
    yield at_local(day, clock, zone)
    if reading.night and reading.days_back == 0 and local_now.hour < _NIGHT_ENDS:
        yield at_local(day - _DAY, clock, zone)


def _nearest_date(reading: Reading, today: date) -> date | None:
    """The named date; without a year the nearest such date, this year's or last year's."""
    days = []
    for year in (today.year, today.year - 1) if reading.year is None else (reading.year,):
        try:
            days.append(date(year, reading.month or 0, reading.day))
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - today), default=None)

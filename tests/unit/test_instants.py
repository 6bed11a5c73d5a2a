"""Times as typed at the desk."""

from __future__ import annotations

import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.instants import Moment, find_moment, parse_clock
from app.domain.local_time import AHEAD, at_local

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2020, 7, 3, 0, 10, tzinfo=ZONE)
"""Ten minutes after midnight of the night of 2 July 2020."""


def local(text: str) -> datetime:
    """``07-02 23:52`` of 2020, local."""
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("23:52", "07-02 23:52"),
        ("23：52", "07-02 23:52"),
        ("２３：５２", "07-02 23:52"),
        ("23:52:30", "07-02 23:52:30"),
        ("2352", "07-02 23:52"),
        ("0005", "07-03 00:05"),
        ("0:14", "07-03 00:14"),
        ("24:00", "07-03 00:00"),
        ("23点52", "07-02 23:52"),
        ("23点52分", "07-02 23:52"),
        ("23时52分", "07-02 23:52"),
        ("23点半", "07-02 23:30"),
        ("8点", "07-02 08:00"),
        ("8点一刻", "07-02 08:15"),
        ("8点整", "07-02 08:00"),
        ("零点", "07-03 00:00"),
        ("十一点半", "07-02 11:30"),
        ("二十三点五十二分", "07-02 23:52"),
        ("十点零五", "07-02 10:05"),
        ("昨晚23:52", "07-02 23:52"),
        ("昨晚2352", "07-02 23:52"),
        ("昨晚十一点五十二", "07-02 23:52"),
        ("昨夜十二点", "07-03 00:00"),
        ("昨晚 0:05", "07-03 00:05"),
        ("今晚23:52", "07-02 23:52"),
        ("昨天 8:00", "07-02 08:00"),
        ("昨天下午3点", "07-02 15:00"),
        ("昨日中午12点半", "07-02 12:30"),
        ("前天傍晚六点", "07-01 18:00"),
        ("今早0点5分", "07-03 00:05"),
        ("晚上12点", "07-03 00:00"),
        ("晚上7点", "07-02 19:00"),
        ("7月2日 23:52", "07-02 23:52"),
        ("7月2号23点52", "07-02 23:52"),
        ("７月２日２３：５２", "07-02 23:52"),
        ("07-02 23:52", "07-02 23:52"),
        ("7/2 23:52", "07-02 23:52"),
        ("2020-07-02 23:52", "07-02 23:52"),
        ("2020年7月2日晚上11点52分", "07-02 23:52"),
        ("2020-07-02T23:52", "07-02 23:52"),
        ("2020-07-02T23:52:00+08:00", "07-02 23:52"),
        ("2020-07-02T15:52Z", "07-02 23:52"),
        ("2020-07-02T15:52:10.5Z", "07-02 23:52:10.500"),
        ("10分钟前", "07-03 00:00"),
        ("三分钟前", "07-03 00:07"),
        ("半小时前", "07-02 23:40"),
        ("半个小时以前", "07-02 23:40"),
        ("一个半小时前", "07-02 22:40"),
        ("1小时20分钟前", "07-02 22:50"),
        ("两刻钟之前", "07-02 23:40"),
        ("现在", "07-03 00:10"),
        ("now", "07-03 00:10"),
        ("10m ago", "07-03 00:00"),
        ("2 hours ago", "07-02 22:10"),
        ("half an hour ago", "07-02 23:40"),
        ("an hour ago", "07-02 23:10"),
        ("yesterday 8:00", "07-02 08:00"),
        ("Yesterday at 8:00", "07-02 08:00"),
        ("last night 11:30pm", "07-02 23:30"),
        ("11:30 PM", "07-02 23:30"),
        ("12am", "07-03 00:00"),
        ("  23:52  ", "07-02 23:52"),
    ],
)
def test_every_spelling_of_the_desk_is_understood(typed: str, meant: str) -> None:
    """Typed ten minutes after midnight; a bare time is the most recent such instant."""
    assert parse_clock(typed, NOW, ZONE) == Moment(local(meant).astimezone(UTC))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("约23:52", "07-02 23:52"),
        ("大约 23:52", "07-02 23:52"),
        ("约2352", "07-02 23:52"),
        ("23:52左右", "07-02 23:52"),
        ("昨晚11点前后", "07-02 23:00"),
        ("8点多", "07-02 08:00"),
        ("around 23:52", "07-02 23:52"),
        ("午夜", "07-03 00:00"),
        ("7月2日午夜", "07-03 00:00"),
        ("7月3日午夜", "07-03 00:00"),
        ("刚才", "07-03 00:10"),
        ("just now", "07-03 00:10"),
        ("约10分钟前", "07-03 00:00"),
        ("半个多小时前", "07-02 23:40"),
    ],
)
def test_about_is_kept_as_about(typed: str, meant: str) -> None:
    """What was said to be only about then is marked approximate."""
    assert parse_clock(typed, NOW, ZONE) == Moment(local(meant).astimezone(UTC), approximate=True)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "双河大桥", "25:10", "12:60", "24:01", "2460", "123:45", "有一点", "一点", "3点建议", "第3点", "昨天",
        "晚上",
        "2月30日 8:00", "13-40 8:00", "23:52 x", "W-20200702-01", "十十点半", "23:5",
        "1:2:3", "前后", "前8:00",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(typed: str) -> None:
    """Nothing is guessed from what is no time."""
    assert parse_clock(typed, NOW, ZONE) is None


@pytest.mark.parametrize(
    "typed", ["今天23:52", "7月5日 8:00", "2020-07-03 00:16", "2021-01-01 08:00", "2020-07-03T00:16+08:00"]
)
def test_the_future_is_refused_with_a_sentence(typed: str) -> None:
    """More than five minutes ahead is a slip of the fingers and said so."""
    with pytest.raises(BadInput) as refused:
        parse_clock(typed, NOW, ZONE)
    assert refused.value.field == "occurred_at"
    assert isinstance(refused.value.message.params["when"], datetime)


def test_a_date_without_a_year_is_the_nearest() -> None:
    """On New Year's day 31 December is yesterday, not in twelve months."""
    now = datetime(2021, 1, 1, 0, 10, tzinfo=ZONE)
    assert parse_clock("12-31 23:52", now, ZONE) == Moment(datetime(2020, 12, 31, 15, 52, tzinfo=UTC))
    assert parse_clock("2月29日 8:00", datetime(2020, 3, 1, tzinfo=ZONE), ZONE) == Moment(
        datetime(2020, 2, 29, 0, 0, tzinfo=UTC)
    )


def test_a_bare_time_in_the_repeated_hour_is_the_latest_that_has_passed() -> None:
    """01:30 comes twice on the night the clocks go back; the last one gone by is meant."""
    zone = ZoneInfo("America/New_York")
    first, second = datetime(2020, 11, 1, 5, 30, tzinfo=UTC), datetime(2020, 11, 1, 6, 30, tzinfo=UTC)
    assert parse_clock("1:30", first + timedelta(minutes=20), zone) == Moment(first)
    assert parse_clock("1:30", second + timedelta(minutes=20), zone) == Moment(second)


def test_a_skipped_local_time_is_the_instant_of_the_change() -> None:
    """02:30 on the night the clocks go forward does not exist."""
    zone = ZoneInfo("America/New_York")
    assert at_local(date(2020, 3, 8), time(2, 30), zone) == datetime(2020, 3, 8, 7, tzinfo=UTC)
    assert at_local(date(2020, 3, 8), time(3, 30), zone) == datetime(2020, 3, 8, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("双河一 应急 双河大桥旁井盖冲开 23:52", "23:52"),
        ("双河一 昨晚 23:52左右 井盖冲开", "昨晚 23:52左右"),
        ("约23点50双河大桥井盖冲开", "约23点50"),
        ("井盖冲开，７月２日２３：５２", "７月２日２３：５２"),
        ("井盖 2352 冲开", "2352"),
        ("刚才双河大桥井盖冲开", "刚才"),
        ("23:52发现,现在水还在涨", "23:52"),
        ("10分钟前有人报井盖", "10分钟前"),
        ("8点3号楼漏水", "8点"),
        ("8点12号楼漏水", "8点"),
        ("现在水还在涨", None),
        ("吉凤家园3栋1203室漏水", None),
        ("1203室漏水", None),
        ("有一点积水", None),
        ("提2点建议", None),
        ("同W-20200702-01", None),
        ("12345-202007021830", None),
        ("电话13823521234", None),
        ("水位138.12米", None),
        ("snow on the road", None),
        ("小学门前后门都堵", None),
    ],
)
def test_a_time_is_found_anywhere_in_a_line(line: str, found: str | None) -> None:
    """The span covers all words of the time, and numbers that are no time stay what they are."""
    seen = find_moment(line, NOW, ZONE)
    assert (line[seen.start : seen.end] if seen else None) == found


def test_a_future_time_in_a_line_is_marked_and_raises_nothing() -> None:
    """A preview must not fail while somebody is typing."""
    seen = find_moment("双河一 今天23:52 井盖", NOW, ZONE)
    assert seen is not None
    assert seen.ahead


PIECES = st.lists(
    st.sampled_from(
        [*"0123456789:：-点时分半刻前昨今晚早夜午约十一二天日月年 a", "小时", "左右", "凌晨", "2020", "pm", " ago", "T"]
    ),
    max_size=14,
).map("".join)


NOWS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=300, deadline=None)
@given(st.one_of(PIECES, st.text(max_size=20)), NOWS)
@example("2月29日 0:00", datetime(2021, 3, 1, tzinfo=UTC))
def test_anything_typed_is_a_moment_not_ahead_or_none_or_refused(typed: str, now: datetime) -> None:
    """No text breaks the reader; what it returns is UTC, not in the future, within the line."""
    seen = find_moment(typed, now, ZONE)
    if seen is not None:
        assert 0 <= seen.start < seen.end <= len(typed)
        assert seen.moment.at.tzinfo is UTC
        assert seen.ahead is (seen.moment.at > now + AHEAD)
    try:
        moment = parse_clock(typed, now, ZONE)
    except BadInput:
        return
    assert moment is None or moment.at <= now + AHEAD


@pytest.mark.parametrize("typed", ["0:16", "凌晨十二点半", "半夜两点", "夜里6点", "06:10"])
def test_a_bare_time_that_comes_soon_is_not_taken_for_yesterdays(typed: str) -> None:
    """At 00:10 nobody means nearly a whole day ago without saying so; 06:11 is nearer to that than to now."""
    with pytest.raises(BadInput):
        parse_clock(typed, NOW, ZONE)
    assert parse_clock("昨天 0:16", NOW, ZONE) == Moment(local("07-02 00:16"))
    assert parse_clock("06:11", NOW, ZONE) == Moment(local("07-02 06:11"))


@given(st.times(), NOWS)
def test_a_bare_time_lies_within_the_last_day(clock: time, now: datetime) -> None:
    """Never more than a day back, never more than five minutes ahead; one that comes soon is refused."""
    try:
        moment = parse_clock(f"{clock:%H:%M}", now, ZONE)
    except BadInput:
        return
    assert moment is not None
    assert now + AHEAD - timedelta(days=1) < moment.at <= now + AHEAD


@pytest.mark.parametrize(
    "line", ["1" * 20_000, "今晚" * 10_000, "一点" * 10_000, "8: " * 7_000, " " * 20_000, "约 约 " * 5_000]
)
def test_twenty_thousand_characters_take_linear_time(line: str) -> None:
    """A pasted wall of text holds nothing up."""
    start = stopwatch.perf_counter()
    find_moment(line, NOW, ZONE)
    assert stopwatch.perf_counter() - start < 2

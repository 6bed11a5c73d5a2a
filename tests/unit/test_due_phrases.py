"""Times to come as a person types them, once and again and again (domain 6.4)."""

from __future__ import annotations

import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.clocks import HORIZON
from app.domain.due_phrases import DuePhrase, find_due, parse_due
from app.domain.errors import BadInput
from app.domain.policy import WorkCalendar
from app.domain.recurrence import LAST_DAY, Days, Recurrence

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE)
NOW = datetime(2020, 7, 2, 14, 30, tzinfo=ZONE)
"""The Thursday afternoon before the night."""
NIGHT = datetime(2020, 7, 3, 0, 40, tzinfo=ZONE)


def local(text: str) -> datetime:
    """``07-02 23:52`` of 2020, or with its year, local."""
    return datetime.fromisoformat(text if text[4:5] == "-" else f"2020-{text}").replace(tzinfo=ZONE)


def understood(text: str, now: datetime = NOW) -> DuePhrase:
    """What the whole text is understood as."""
    phrase = parse_due(text, now, CALENDAR)
    assert phrase is not None, text
    return phrase


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("明早8点", "07-03 08:00"),
        ("明天", "07-03 08:00"),
        ("明天下午3点半", "07-03 15:30"),
        ("明晚十一点", "07-03 23:00"),
        ("后天 9:00", "07-04 09:00"),
        ("大后天", "07-05 08:00"),
        ("今晚10点", "07-02 22:00"),
        ("今晚12点", "07-03 00:00"),
        ("16:00", "07-02 16:00"),
        ("１６：００", "07-02 16:00"),
        ("9:00", "07-03 09:00"),
        ("下午4点", "07-02 16:00"),
        ("30分钟后", "07-02 15:00"),
        ("半小时后", "07-02 15:00"),
        ("一个半小时后", "07-02 16:00"),
        ("1小时20分钟后", "07-02 15:50"),
        ("两刻钟后", "07-02 15:00"),
        ("三天后", "07-05 14:30"),
        ("三天后 9:00", "07-05 09:00"),
        ("两周后 9:00", "07-16 09:00"),
        ("下周一 9:00", "07-06 09:00"),
        ("下下周三 10:00", "07-15 10:00"),
        ("周五", "07-03 08:00"),
        ("周四 16:00", "07-02 16:00"),
        ("本周五上午九点半", "07-03 09:30"),
        ("礼拜天 8点", "07-05 08:00"),
        ("12月1日 9:00", "12-01 09:00"),
        ("12-01 09:00", "12-01 09:00"),
        ("2021年1月5日 9点", "2021-01-05 09:00"),
        ("1月5日", "2021-01-05 08:00"),
        ("in 30 minutes", "07-02 15:00"),
        ("in half an hour", "07-02 15:00"),
        ("in 2h", "07-02 16:30"),
        ("in 3 days 9:00", "07-05 09:00"),
        ("tomorrow 8am", "07-03 08:00"),
        ("tomorrow at 8:00", "07-03 08:00"),
        ("the day after tomorrow", "07-04 08:00"),
        ("tonight 22:00", "07-02 22:00"),
        ("this afternoon 5pm", "07-02 17:00"),
        ("friday", "07-03 08:00"),
        ("on Friday at 9:00", "07-03 09:00"),
        ("next Monday 9:00", "07-06 09:00"),
        ("this Friday 9:30", "07-03 09:30"),
    ],
)
def test_once_in_either_language(typed: str, meant: str) -> None:
    assert understood(typed) == DuePhrase(local(meant).astimezone(UTC))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("明早8点", "07-03 08:00"), ("明天8点", "07-04 08:00"), ("今晚2点", "07-03 02:00"), ("2点", "07-03 02:00")],
)
def test_after_midnight_the_evening_s_words_mean_the_night_that_is_going_on(typed: str, meant: str) -> None:
    assert understood(typed, NIGHT).at == local(meant)


@pytest.mark.parametrize(
    ("typed", "rule", "first"),
    [
        ("每天 8:00", Recurrence((time(8),)), "07-03 08:00"),
        ("每天", Recurrence((time(8),)), "07-03 08:00"),
        (
            "每天 07:00-07:40 工作日",
            Recurrence((time(7),), time(7, 40), days=Days.WORKING),
            "07-03 07:00",
        ),
        ("工作日每天 7点到7点40", Recurrence((time(7),), time(7, 40), days=Days.WORKING), "07-03 07:00"),
        ("工作日 16:00", Recurrence((time(16),), days=Days.WORKING), "07-02 16:00"),
        ("节假日 9:00", Recurrence((time(9),), days=Days.OFF), "07-04 09:00"),
        ("每天 8:00、16:00、20:00", Recurrence((time(8), time(16), time(20))), "07-02 16:00"),
        ("每周一三五 9:00", Recurrence((time(9),), weekdays=frozenset({0, 2, 4})), "07-03 09:00"),
        ("每周一、周四 9:00", Recurrence((time(9),), weekdays=frozenset({0, 3})), "07-06 09:00"),
        ("每周一至周五 8点半", Recurrence((time(8, 30),), weekdays=frozenset(range(5))), "07-03 08:30"),
        ("每周六至周一 9:00", Recurrence((time(9),), weekdays=frozenset({5, 6, 0})), "07-04 09:00"),
        ("每周末 9:00", Recurrence((time(9),), weekdays=frozenset({5, 6})), "07-04 09:00"),
        ("每周一9点", Recurrence((time(9),), weekdays=frozenset({0})), "07-06 09:00"),
        ("每月1日 9:00", Recurrence((time(9),), month_days=frozenset({1})), "08-01 09:00"),
        ("每月31号", Recurrence((time(8),), month_days=frozenset({31})), "07-31 08:00"),
        ("每月最后一天 17:00", Recurrence((time(17),), month_days=frozenset({LAST_DAY})), "07-31 17:00"),
        ("每30分钟", Recurrence((time(15),), step=timedelta(minutes=30)), "07-02 15:00"),
        (
            "每2小时 22:00-06:00",
            Recurrence((time(22),), time(6), step=timedelta(hours=2)),
            "07-02 22:00",
        ),
        ("every day at 7:50", Recurrence((time(7, 50),)), "07-03 07:50"),
        ("daily 07:00-07:40 weekdays", Recurrence((time(7),), time(7, 40), days=Days.WORKING), "07-03 07:00"),
        ("every Monday and Friday 9:00", Recurrence((time(9),), weekdays=frozenset({0, 4})), "07-03 09:00"),
        ("every Mon to Fri 8:30", Recurrence((time(8, 30),), weekdays=frozenset(range(5))), "07-03 08:30"),
        ("monthly on the 1st 9:00", Recurrence((time(9),), month_days=frozenset({1})), "08-01 09:00"),
        (
            "every 2 hours from 22:00 to 06:00",
            Recurrence((time(22),), time(6), step=timedelta(hours=2)),
            "07-02 22:00",
        ),
        (
            "每天 9:00 直到7月5日",
            Recurrence((time(9),), until=datetime(2020, 7, 5, 23, 59, 59, tzinfo=ZONE)),
            "07-03 09:00",
        ),
    ],
)
def test_again_and_again_in_either_language(typed: str, rule: Recurrence, first: str) -> None:
    phrase = understood(typed)
    assert phrase.recurrence == rule
    assert phrase.at == local(first)
    assert not phrase.until_closed


@pytest.mark.parametrize("typed", ["每2小时 直到结案", "every 2 hours until closed", "每2小时 至结案"])
def test_until_the_case_closes(typed: str) -> None:
    phrase = understood(typed)
    assert phrase.until_closed
    assert phrase.at == local("07-02 16:30")


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("明早8点 给利民医院回电话", "给利民医院回电话"),
        ("明早8点，回电话", "回电话"),
        ("每周一9点 例会", "例会"),
        ("半小时后回电", "回电"),
        ("tomorrow 8:00 Call Back", "Call Back"),
        ("on friday at 9:00 meeting", "meeting"),
    ],
)
def test_the_rest_of_the_line_is_left_as_typed(typed: str, rest: str) -> None:
    found = find_due(typed, NOW, CALENDAR)
    assert found is not None
    assert found[1] == rest
    assert parse_due(typed, NOW, CALENDAR) is None


@pytest.mark.parametrize(
    "typed", ["", " ", "回电话", "2月30日", "每周", "直到周五", "每月32日", "8", "后", "at", "every"]
)
def test_what_names_no_time_is_none(typed: str) -> None:
    assert parse_due(typed, NOW, CALENDAR) is None


@pytest.mark.parametrize("typed", ["今天 9:00", "本周三", "2020-07-01 9:00", "today 8:00", "昨天8点", "昨晚九点"])
def test_what_has_passed_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="passed already"):
        parse_due(typed, NOW, CALENDAR)


@pytest.mark.parametrize("typed", ["2029-01-01 9:00", "200周后"])
def test_what_is_too_far_away_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="three years"):
        parse_due(typed, NOW, CALENDAR)


@pytest.mark.parametrize("typed", ["每分钟", "every 2 minutes", "每90小时"])
def test_steps_that_nobody_can_live_with_are_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="repeats"):
        parse_due(typed, NOW, CALENDAR)


def test_a_rule_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInput, match="never comes"):
        parse_due("每周一 9:00 直到周五", NOW, CALENDAR)


_PIECES = st.sampled_from(
    [
        *"每明后今天周一三五日月点半分小时直到结案工作节假下本早晚上午 0123456789:-、,",
        "every ",
        "until ",
        "next ",
        "in ",
        "monday",
    ]
)


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=40), st.integers(0, 36_000_000))
@example("每" * 2000, 0)
def test_whatever_is_typed_is_a_time_to_come_a_refusal_or_nothing(text: str, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    try:
        found = find_due(text, now, CALENDAR)
    except BadInput:
        return
    if found is not None:
        assert now < found[0].at <= now + HORIZON + timedelta(days=2)
        assert text.rstrip(" ,，、:：。\t").endswith(found[1])


def test_a_long_line_is_read_at_once() -> None:
    start = stopwatch.perf_counter()
    for piece in ("每周一", "一", "1", "明天", " ", "every monday and "):
        find_due(piece * 20_000, NOW, CALENDAR)
    assert stopwatch.perf_counter() - start < 2.0


def test_the_day_is_the_street_s_and_not_the_machine_s() -> None:
    late = datetime(2020, 7, 2, 23, 0, tzinfo=ZONE)
    assert understood("明天 9:00", late).at.astimezone(ZONE).date() == date(2020, 7, 3)

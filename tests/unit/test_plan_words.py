"""Windows and days of the week as typed, proposed ids, and what is next of a plan."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.ids import LONGEST, proposed_id
from app.domain.message import Name
from app.domain.org import Role
from app.domain.patrol_night import NightRule
from app.domain.plan_line import with_next
from app.domain.plan_words import read_weekdays, read_windows
from app.domain.planned_round import PlannedRound, PlannedState, planned_id
from app.domain.policy import WorkCalendar
from app.domain.posture import Posture
from app.domain.round_plan import Guard, RoundPlan, Window


@pytest.mark.parametrize("text", [
    "07:00-07:40, 15:50-16:25", "15:50至16:25 7:00–7:40",
    "０７：００－０７：４０、１５：５０－１６：２５",
    "07:00 - 07:40；15:50 ~ 16:25,",
])  # fmt: skip
def test_windows_are_read_however_they_are_typed(text: str) -> None:
    """In the order of the day, each once."""
    assert read_windows(text, "windows") == (Window(time(7), time(7, 40)), Window(time(15, 50), time(16, 25)))


@pytest.mark.parametrize("text", ["07:00", "07:00-07:00", "24:00-25:00", "7-8", "x"])
def test_what_is_no_window_is_named(text: str) -> None:
    """With its field."""
    with pytest.raises(BadInput) as refused:
        read_windows(f"08:00-09:00, {text}", "windows")
    assert refused.value.field == "windows"


@pytest.mark.parametrize(("text", "days"), [
    ("一三五", {0, 2, 4}), ("周一至周五", {0, 1, 2, 3, 4}), ("6-1", {5, 6, 0}), ("mon, Wednesday", {0, 2}),
    ("135", {0, 2, 4}), ("周六、星期天", {5, 6}), ("", set()), ("fri-sun", {4, 5, 6}), ("周二", {1}),
])  # fmt: skip
def test_days_of_the_week_are_read(text: str, days: set[int]) -> None:
    """Single ones, spans, and characters run together."""
    assert read_weekdays(text, "weekdays") == days


@pytest.mark.parametrize("text", ["八", "0", "8", "mo", "一八", "1-9"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(BadInput):
        read_weekdays(text, "weekdays")


@given(st.frozensets(st.integers(0, 6)))
def test_days_written_as_digits_come_back(days: frozenset[int]) -> None:
    """As the form writes them."""
    assert read_weekdays(",".join(str(day + 1) for day in sorted(days)), "weekdays") == days


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_proposed_id_is_one(zh: str, en: str) -> None:
    """Small letters, digits and _, beginning with a letter, never one that is taken; or nothing."""
    found = proposed_id(zh, en)
    assert not found or (found[0].isalpha() and found.isascii() and found.replace("_", "").isalnum())
    assert len(found) <= LONGEST
    if found:
        assert proposed_id(zh, en, {found}) == f"{found}_2"


def test_ids_are_proposed_from_the_english_name_first() -> None:
    """Else the initials of the Chinese one."""
    assert proposed_id("路面水深", "Depth of water (cm)") == "depth_of_water_cm"
    assert proposed_id("路面水深", "") == "lmss"


CALENDAR = WorkCalendar(zone=ZoneInfo("Asia/Shanghai"))
NOW = datetime(2020, 9, 14, 1, 0, tzinfo=UTC)
PLAN = RoundPlan(
    "P-1", Name("护学"), "school_hours", "G", windows=(Window(time(7), time(7, 40)), Window(time(16), time(17)))
)


def slot_of(key: str, opens: datetime, state: PlannedState) -> PlannedRound:
    """A round of the plan as it is stored."""
    return PlannedRound(
        planned_id(PLAN.id, key), PLAN.id, key, PLAN.template, PLAN.grid, "", Role.GRID_MEMBER, 1, Posture.SEASON,
        opens, opens + timedelta(hours=1), opens + timedelta(minutes=15), opens - timedelta(minutes=15), state,
    )  # fmt: skip


def test_what_is_next_is_the_first_that_nobody_has_begun() -> None:
    """One that is walked or done is passed over; one that waits is told with its row."""
    opens = datetime(2020, 9, 14, 8, 0, tzinfo=UTC)
    today = slot_of("2020-09-14T1600-1700", opens, PlannedState.PLANNED)
    line = with_next(PLAN, Guard(), {today.id: today}, NOW, CALENDAR, NightRule())
    assert (line.opens, line.planned) == (opens, today)
    done = slot_of("2020-09-14T1600-1700", opens, PlannedState.DONE)
    line = with_next(PLAN, Guard(), {done.id: done}, NOW, CALENDAR, NightRule())
    assert (line.opens, line.planned) == (datetime(2020, 9, 14, 23, 0, tzinfo=UTC), None)


def test_nothing_is_next_after_the_end_of_a_plan() -> None:
    """Its last day is over."""
    over = RoundPlan("P-2", Name("护学"), "school_hours", "G", windows=PLAN.windows, until=NOW)
    assert with_next(over, Guard(), {}, NOW, CALENDAR, NightRule()).opens is None

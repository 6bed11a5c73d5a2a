"""China's working days: the State Council's plans of 2020 and 2021, years without a plan, the street's own days."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from app.domain.clocks import is_working_day, plan_known
from app.domain.policy import WorkCalendar
from app.services.holidays_cn import with_chinese_holidays


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    """The years of the samples, filled in."""
    return with_chinese_holidays(WorkCalendar(), (2020, 2021))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2020, 1, 1), date(2020, 1, 1)),
        (date(2020, 1, 24), date(2020, 2, 2)),
        (date(2020, 4, 4), date(2020, 4, 6)),
        (date(2020, 5, 1), date(2020, 5, 5)),
        (date(2020, 6, 25), date(2020, 6, 27)),
        (date(2020, 10, 1), date(2020, 10, 8)),
        (date(2021, 2, 11), date(2021, 2, 17)),
        (date(2021, 6, 12), date(2021, 6, 14)),
        (date(2021, 10, 1), date(2021, 10, 7)),
    ],
)
def test_holidays_are_off(calendar: WorkCalendar, first: date, last: date) -> None:
    """No day of a published holiday is a working day."""
    assert not [day for day in days(first, last) if is_working_day(day, calendar)]


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 1, 19), date(2020, 4, 26), date(2020, 5, 9), date(2020, 6, 28), date(2020, 9, 27),
        date(2020, 10, 10), date(2021, 2, 7), date(2021, 2, 20), date(2021, 9, 18), date(2021, 10, 9),
    ],
)  # fmt: skip
def test_weekend_days_worked_instead_are_working_days(calendar: WorkCalendar, day: date) -> None:
    """调休: a Saturday or Sunday that is worked."""
    assert day.weekday() >= 5
    assert is_working_day(day, calendar)


def test_the_night_of_the_demo_is_an_ordinary_thursday(calendar: WorkCalendar) -> None:
    """2 and 3 July 2020 are working days, the weekend after is not."""
    assert [is_working_day(day, calendar) for day in days(date(2020, 7, 2), date(2020, 7, 5))] == [
        True,
        True,
        False,
        False,
    ]


def test_a_year_has_as_many_working_days_as_its_plan_says(calendar: WorkCalendar) -> None:
    """Swaps move days, they make none: 2021 had 250 working days."""
    assert sum(is_working_day(day, calendar) for day in days(date(2021, 1, 1), date(2021, 12, 31))) == 250


def test_a_year_without_a_published_plan_is_left_to_the_weekday_rule() -> None:
    """Statutory days without their swaps would look like a plan; the year stays unknown and the screen says so."""
    far = with_chinese_holidays(WorkCalendar(), (2020, 2099))
    assert plan_known(2020, far)
    assert not plan_known(2099, far)
    assert not [day for day in far.off | far.on if day.year != 2020]


def test_a_plan_may_reach_into_the_december_before() -> None:
    """The swap of New Year 2012 was worked on 31 December 2011."""
    assert is_working_day(date(2011, 12, 31), with_chinese_holidays(WorkCalendar(), (2011,)))


def test_the_streets_own_days_win() -> None:
    """A local day off or worked is kept against the plan, and years typed in by hand stay known."""
    own = WorkCalendar(
        off=frozenset({date(2020, 9, 27)}), on=frozenset({date(2020, 10, 8)}), published=frozenset({2031})
    )
    filled = with_chinese_holidays(own, (2020,))
    assert not is_working_day(date(2020, 9, 27), filled)
    assert is_working_day(date(2020, 10, 8), filled)
    assert filled.published == {2020, 2031}
    assert not filled.off & filled.on


def test_the_library_is_imported_only_when_used() -> None:
    """Import cost is a feature: the module alone does not load the holidays package."""
    code = "import sys, app.services.holidays_cn; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

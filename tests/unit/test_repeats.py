"""The same problem again: how often within thirty days, and what counts as the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.repeats import FoundProblem, nth_times
from app.domain.whistle import Severity

WITHIN = timedelta(days=30)
AT = datetime(2021, 8, 14, 21, 3, tzinfo=UTC)
ONE = FoundProblem(
    UUID(int=1), "R-20210814-03", 2, "covers", "manhole", "东门桥头", "G-07", "east", AT, Severity.URGENT, False
)


def other(n: int, **how: object) -> FoundProblem:
    """A problem of another round."""
    return replace(ONE, round_id=UUID(int=10 + n), at=AT - timedelta(days=n), **how)  # type: ignore[arg-type]


def test_the_first_time_is_not_counted() -> None:
    """Nothing known, or only itself."""
    assert nth_times([ONE], [], WITHIN) == {}
    assert nth_times([ONE], [ONE], WITHIN) == {}


def test_rounds_of_thirty_days_are_counted_once_each() -> None:
    """A round that asked twice about it counts once; what came later does not count."""
    known = [other(3), other(3, question="grates"), other(30), other(31), replace(other(1), at=AT + timedelta(hours=1))]
    assert nth_times([ONE], known, WITHIN) == {ONE.item: 3}


def test_how_long_a_problem_is_a_repeat_is_given() -> None:
    """The policy says how long; a day more or less counts otherwise."""
    known = [other(6), other(7), other(8)]
    assert nth_times([ONE], known, timedelta(days=7)) == {ONE.item: 3}
    assert nth_times([ONE], known, timedelta(days=5)) == {}


def test_another_grid_place_or_matter_is_another_trouble() -> None:
    """All three must be the same; the route and the severity need not be."""
    for how in ({"grid": "G-08"}, {"place": "西门"}, {"kind": "flood"}):
        assert nth_times([ONE], [other(2, **how)], WITHIN) == {}
    assert nth_times([ONE], [other(2, route="", severity=Severity.NORMAL, point=9)], WITHIN) == {ONE.item: 2}


@given(st.lists(st.integers(1, 60), max_size=20))
def test_the_count_is_that_of_the_days_within_the_span(days: list[int]) -> None:
    """Whatever rounds there were."""
    known = [replace(other(n), round_id=UUID(int=100 + place)) for place, n in enumerate(days)]
    inside = sum(timedelta(days=n) <= WITHIN for n in days)
    assert nth_times([ONE], known, WITHIN).get(ONE.item, 1) == inside + 1

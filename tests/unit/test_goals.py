"""Where a typed word leads: numbers in every writing, names, codes and initials."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.goals import goals_found, number_fits, numbers_meant, places_and_people
from tests.unit import cases

TODAY = date(2020, 7, 2)


@pytest.mark.parametrize(("typed", "meant"), [
    ("0702-01", ("0702-01",)),
    ("W-20200702-01", ("W-20200702-01",)),
    ("w20200702-1", ("W-20200702-01",)),
    ("１", ("W-20200702-01",)),
    ("０７０２－０１", ("0702-01",)),
    ("123", ("W-20200702-123",)),
    ("双河", ()),
    ("", ()),
    ("0702-", ()),
])  # fmt: skip
def test_a_number_is_understood_however_it_is_written(typed: str, meant: tuple[str, ...]) -> None:
    """Full, short, only the count of today; full-width as an input method gives it."""
    assert numbers_meant(typed, TODAY) == meant


@pytest.mark.parametrize(("typed", "fits"), [
    ("1", True), ("01", True), ("0702", True), ("0702-0", True), ("w-2020", True), ("2", False), ("07", False),
    ("0703", False), ("", False),
])  # fmt: skip
def test_an_open_case_fits_what_is_typed_so_far(typed: str, fits: bool) -> None:
    """By its count or from the beginning of its number."""
    assert number_fits("W-20200702-01", typed) is fits


@pytest.mark.parametrize(("typed", "sort", "code"), [
    ("双河一", "grid", "JF-SH-G01"),
    ("shy", "grid", "JF-SH-G01"),
    ("公共事业", "department", "utilities_center"),
    ("ggsy", "department", "utilities_center"),
    ("sh-sec", "member", "SH-SEC"),
    ("双河社区", "community", "JF-SH"),
])  # fmt: skip
def test_a_name_its_initials_or_a_code_lead_there(typed: str, sort: str, code: str) -> None:
    """Grids, communities, departments and members alike."""
    found = goals_found(typed, places_and_people(cases.street()))
    assert (sort, code) in [(goal.sort, goal.code) for goal in found[:4]]


def test_nothing_leads_nowhere() -> None:
    """A word that nobody bears finds nothing; an empty field shows what there is."""
    goals = tuple(places_and_people(cases.street()))
    assert not goals_found("火星", goals)
    assert goals_found("", goals)

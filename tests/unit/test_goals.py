"""Where a typed word leads: numbers in every writing, names, codes and initials."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.goals import beginnings_meant, goals_found, number_fits, numbers_meant, places_and_people
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


@pytest.mark.parametrize(("typed", "newest", "count"), [
    ("0702", "W-20210702", 30),
    ("０７０２－", "W-20210702-", 30),
    ("0702-0", "W-20210702-0", 30),
    ("w-2020", "W-2020", 1),
    ("20200702-1", "W-20200702-1", 1),
    ("07", "", 0),
    ("13800138000", "", 0),
    ("702-", "", 0),
    ("井盖", "", 0),
])  # fmt: skip
def test_the_beginning_of_a_number_is_looked_for_in_every_year(typed: str, newest: str, count: int) -> None:
    """A day without its year means that of every year, the newest first; other text means no number."""
    found = beginnings_meant(typed, TODAY)
    assert (found[0] if found else "", len(found)) == (newest, count)
    assert list(found) == sorted(found, reverse=True)


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

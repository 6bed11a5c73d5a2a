"""What changed between two looks at a briefing: nothing between equal ones, something whenever the text differs."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.briefing import NO_SHIFT, Count, Figure, Section, Sheet
from app.domain.briefing_changes import Change, Moved, compare
from app.domain.compose import compose
from app.services.sheet_json import sheet_text
from tests.unit.test_compose import UNTIL, History


def sheet(seed: int) -> Sheet:
    """A briefing of a random history."""
    return compose(History(seed).facts())


@pytest.mark.parametrize("seed", range(20))
def test_equal_briefings_have_no_changes_and_others_have_some(seed: int) -> None:
    """Against itself nothing, against another one something: just when the text that is signed differs."""
    one, other = sheet(seed), sheet(seed + 1)
    assert not compare(one, one)
    assert len(compare(one, one)) == 0
    assert bool(compare(one, other)) is (sheet_text(one) != sheet_text(other))


@pytest.mark.parametrize("seed", range(20))
def test_a_line_that_is_taken_out_of_any_part_is_named(seed: int) -> None:
    """Whatever part of a briefing loses a line, the change says so; the other way round it came."""
    whole = sheet(seed)
    any_ = random.Random(seed)
    for field in fields(Sheet):
        value: Any = getattr(whole, field.name)
        if not isinstance(value, tuple) or not value or field.name == "figures":
            continue
        lost = any_.choice(value)
        left: Any = {field.name: tuple(one for one in value if one is not lost)}
        rest = replace(whole, **left)
        assert lost in [one.before for one in compare(whole, rest).lines if one.after is None], field.name
        assert lost in [one.after for one in compare(rest, whole).lines if one.before is None], field.name


def test_a_case_that_runs_out_of_time_changes_its_line_and_the_number() -> None:
    """Old and new of both; the line is the same case."""
    history = next(made for made in map(History, range(100)) if compose(made.facts()).figure(Count.DUE_TODAY).value)
    before = compose(history.facts())
    after = compose(replace(history.facts(), now=UNTIL + timedelta(hours=20)))
    changes = compare(before, after)
    moved = changes.number(Count.DUE_TODAY)
    assert moved == Moved(Count.DUE_TODAY, before.figure(Count.DUE_TODAY).value, 0)
    turned = [one for one in changes.of(Section.OPEN) if one.before is not None and one.after is not None]
    assert turned
    assert all(getattr(one.before, "id", 0) == getattr(one.after, "id", 1) for one in turned)
    assert 0 < len(changes) <= len(changes.lines)


def test_what_is_not_known_and_who_is_there_stand_apart() -> None:
    """They belong to no section."""
    one = sheet(1)
    other = replace(one, unknown=(*one.unknown, "?"))
    assert compare(one, other).of(None) == (Change(None, None, "?"),)
    assert NO_SHIFT in one.unknown


def test_a_number_that_counts_other_things_changed_even_if_it_is_as_large() -> None:
    """The list is another one: whoever signs must see it."""
    one = next(made for made in map(sheet, range(100)) if made.figure(Count.OPEN).value > 1)
    figure = one.figure(Count.OPEN)
    other = replace(one, figures=(Figure(Count.OPEN, figure.refs[:1]),))
    assert compare(replace(one, figures=(figure,)), other).numbers == (Moved(Count.OPEN, figure.value, 1),)

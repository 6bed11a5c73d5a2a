"""Numbers shared among the units below: over random histories nothing is lost, nothing stands twice, sums agree."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from app.domain.briefing import Part, RefKind, Sheet
from app.domain.briefing_changes import SHARED, compare
from app.domain.briefing_parts import Below
from app.domain.compose import Facts, compose
from app.services.sheet_json import sheet_from, sheet_text
from tests.unit.test_compose import History

BELOW = (Below("A", frozenset({"A1", "A2"})), Below("B", frozenset({"B1"})), Below("C", frozenset({"C1"})))
GRIDS = ("A1", "A2", "B1", "C1", "")


def spread(seed: int) -> Facts:
    """A random history over several grids; some of it belongs to none."""
    facts, any_ = History(seed).facts(), random.Random(seed)

    def grid() -> str:
        return any_.choice(GRIDS)

    cases = {
        id_: replace(one, case=replace(one.case, whistle=replace(one.case.whistle, grid=grid() or "A1")))
        for id_, one in facts.cases.items()
    }
    lines = [
        replace(line, entry=replace(line.entry, grid=grid())) if line.entry is not None else line
        for line in facts.lines
    ]  # fmt: skip
    return replace(
        facts, below=BELOW, cases=cases, lines=lines,
        walks=[replace(one, grid=grid() or "B1") for one in facts.walks],
        problems=[replace(one, grid=grid() or "B1") for one in facts.problems],
        spots=[replace(one, grid=grid() or "C1") for one in facts.spots],
        tasks=[replace(one, grid=grid()) for one in facts.tasks],
    )  # fmt: skip


def units(sheet: Sheet) -> list[str]:
    """Whose shares there are."""
    return [part.unit for part in sheet.parts]


@pytest.mark.parametrize("seed", range(0, 1000, 100))
def test_every_number_is_the_sum_of_its_shares(seed: int) -> None:
    """A hundred histories each: each thing in exactly one share; a case in the one of its grid."""
    for one in range(seed, seed + 100):
        facts = spread(one)
        sheet = compose(facts)
        assert units(sheet)[:3] == ["A", "B", "C"]
        home = {grid: below.unit for below in BELOW for grid in below.grids}
        of_case = {str(id_): home[fact.case.whistle.grid] for id_, fact in facts.cases.items()}
        for figure in sheet.figures:
            shares = [part.figure(figure.count) for part in sheet.parts]
            assert sum(share.value for share in shares) == figure.value
            assert Counter(ref for share in shares for ref in share.refs) == Counter(figure.refs)
            for part, share in zip(sheet.parts, shares, strict=True):
                cases = [ref.id for ref in share.refs if ref.kind in (RefKind.CASE, RefKind.ASSIGNMENT)]
                assert all(of_case[id_] == part.unit for id_ in cases)
        assert sheet_from(sheet_text(sheet)) == sheet


def test_a_grid_has_no_shares_and_what_is_nobodys_stands_last() -> None:
    """Without units below there is nothing to share; the rest has an empty unit, only where there is any."""
    assert compose(History(3).facts()).parts == ()
    many = [compose(spread(seed)) for seed in range(30)]
    assert any(units(sheet)[-1] == "" for sheet in many)
    assert any(units(sheet)[-1] == "C" for sheet in many)


def test_a_grid_that_went_to_another_community_is_named() -> None:
    """Nothing else changed, but what is signed did."""
    sheet = compose(spread(5))
    moved = replace(sheet, parts=tuple(Part(f"{part.unit}2", part.figures) for part in sheet.parts))
    (change,) = compare(sheet, moved).lines
    assert change.after == SHARED

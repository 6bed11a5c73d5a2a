"""The rows of the rounds mode: one kind for what is walked, over or due; their order and their time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.due_round import DueRound
from app.domain.message import Name
from app.domain.org import Role
from app.domain.patrol_row import PatrolRow, PatrolWord, in_list_order, row_of_due
from app.domain.planned_round import PlannedRound, PlannedState, Timing
from app.domain.posture import Posture
from app.domain.round_file import Progress
from app.render.glyphs import Glyphs
from app.render.patrol_list import patrol_row, patrol_title
from app.render.rows import plain
from app.render.sight import Sight
from app.render.words import Words
from app.samples.script import ZONE
from tests.unit.cases import street

NOW = datetime(2022, 6, 9, 13, 20, tzinfo=UTC)
NAME = Name("东堤巡查", "Round on the east dike")
PLANNED = PlannedRound(
    UUID(int=5), "P-1", "2022-06-09/0", "river_daily", "G-03", "east", Role.GRID_MEMBER, 2, Posture.BLUE,
    opens=NOW, closes=NOW + timedelta(minutes=50), start_by=NOW + timedelta(minutes=12), soon_at=NOW,
)  # fmt: skip


def due(**how: object) -> DueRound:
    """A planned round as lists have it."""
    return DueRound(replace(PLANNED, **how), NAME)  # type: ignore[arg-type]


def test_what_is_due_says_where_it_stands() -> None:
    """To come, late once somebody should have begun, missed after its window; one that was begun is another row."""
    row = row_of_due(due(), None, NOW)
    assert row is not None
    assert (row.word, row.round_id, row.left(NOW + timedelta(minutes=20))) == (
        PatrolWord.PLANNED, None, timedelta(minutes=30))  # fmt: skip
    late = row_of_due(due(), None, NOW + timedelta(minutes=13))
    assert late is not None
    assert late.word is PatrolWord.LATE
    missed = row_of_due(due(state=PlannedState.MISSED), None, NOW + timedelta(hours=2))
    assert missed is not None
    assert (missed.word, missed.ended_at, missed.left(NOW)) == (PatrolWord.MISSED, PLANNED.closes, None)
    for state in (PlannedState.UNDER_WAY, PlannedState.DONE, PlannedState.DROPPED):
        assert row_of_due(due(state=state), None, NOW) is None


@given(st.lists(st.tuples(st.sampled_from(list(PatrolWord)), st.integers(0, 600)), max_size=12))
def test_what_is_walked_stands_before_what_is_late_and_what_is_over(made: list[tuple[PatrolWord, int]]) -> None:
    """Whatever rounds there are: nothing is lost, and those that are over come last, the latest first."""
    over = {PatrolWord.FINISHED, PatrolWord.INCOMPLETE, PatrolWord.MISSED}
    rows = [
        PatrolRow(UUID(int=n), word, NAME, "G-03", None, NOW + timedelta(minutes=minutes),
                  ended_at=NOW + timedelta(minutes=minutes) if word in over else None)
        for n, (word, minutes) in enumerate(made)
    ]  # fmt: skip
    order = in_list_order(rows)
    assert sorted(row.key.int for row in order) == list(range(len(rows)))
    ranks = [list(PatrolWord).index(row.word) if row.ended_at is None else 9 for row in order]
    assert ranks == sorted(ranks)
    ends = [row.ended_at for row in order if row.ended_at is not None]
    assert ends == sorted(ends, reverse=True)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"voluntary": True}, "自发"),
        ({"until": NOW + timedelta(minutes=5)}, "+00:05"),
        ({"until": NOW - timedelta(minutes=5)}, "-00:05"),
        ({"until": NOW, "ended_at": NOW, "timing": Timing.EARLY}, "提前"),
        ({"until": NOW, "ended_at": NOW, "timing": Timing.ON_TIME}, "按时"),
        ({"until": NOW, "ended_at": NOW, "timing": Timing.LATE}, "迟"),
    ],
)
def test_early_late_and_voluntary_are_told_apart(how: dict[str, object], said: str) -> None:
    """In the list and on the duty desk; what is still walked says how long it has."""
    row = PatrolRow(UUID(int=1), PatrolWord.UNDER_WAY, NAME, "G-03", None, NOW, UUID(int=1), **how)  # type: ignore[arg-type]
    sight = Sight(Words("zh"), Glyphs(), street(), ZONE, NOW)
    assert plain(patrol_row(row, sight).cells["left"]) == said


@pytest.mark.parametrize(
    ("problems", "handled", "cell", "title"),
    [(0, 0, "", "巡查 0 · 待巡 1"), (3, 0, "3", "3 处问题"), (3, 2, "1", "1 处问题 · 当场解决 2"),
     (2, 2, "✓2", "待巡 1 · 当场解决 2")],
)  # fmt: skip
def test_what_was_solved_on_the_spot_is_counted_apart(problems: int, handled: int, cell: str, title: str) -> None:
    """A number in red is what somebody still has to see to."""
    made = row_of_due(due(), None, NOW)
    assert made is not None
    row = replace(made, progress=Progress(9, 9, problems, handled))
    sight = Sight(Words("zh"), Glyphs(), street(), ZONE, NOW)
    assert plain(patrol_row(row, sight).cells["problems"]) == cell
    assert title in plain(patrol_title((row,), sight))

"""What a list is narrowed to, and the views that keep it under a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain.case_filter import CaseFilter, View
from app.domain.errors import BadInput
from app.domain.policy import WhistleKind
from app.render.words import words_for
from app.services.views import add_view, read_views, views_of

NOW = datetime(2020, 7, 3, tzinfo=UTC)
EMERGENCY, ROUTINE = WhistleKind.EMERGENCY, WhistleKind.ROUTINE


def _whistle(kind: WhistleKind = EMERGENCY, grid: str = "JF-SH-G01", left: int | None = 5) -> Any:
    deadline = None if left is None else NOW + timedelta(minutes=left)
    return SimpleNamespace(kind=kind, grid=grid, community="JF-SH", deadline_at=deadline)


@pytest.mark.parametrize(("narrowed", "whistle", "waiting", "holds"), [
    (CaseFilter(), _whistle(), (), True),
    (CaseFilter(kinds=frozenset({ROUTINE})), _whistle(), (), False),
    (CaseFilter(kinds=frozenset({ROUTINE, EMERGENCY})), _whistle(), (), True),
    (CaseFilter(units=frozenset({"JF-SH"})), _whistle(), (), True),
    (CaseFilter(units=frozenset({"JF-SH-G02"})), _whistle(), (), False),
    (CaseFilter(departments=frozenset({"a", "b"})), _whistle(), ("b", "c"), True),
    (CaseFilter(departments=frozenset({"a"})), _whistle(), (), False),
    (CaseFilter(overdue=True), _whistle(left=-1), (), True),
    (CaseFilter(overdue=True), _whistle(left=1), (), False),
    (CaseFilter(overdue=True), _whistle(left=None), (), False),
    (CaseFilter(kinds=frozenset({EMERGENCY}), overdue=True), _whistle(ROUTINE, left=-1), (), False),
])  # fmt: skip
def test_a_case_stays_when_every_set_has_something_of_it(
    narrowed: CaseFilter, whistle: Any, waiting: tuple[str, ...], holds: bool
) -> None:
    """Within a set any member will do, between the sets all must hold."""
    assert narrowed.holds(whistle, waiting, NOW) is holds


def test_a_condition_is_added_and_taken_away_by_the_same_word() -> None:
    """Toggling twice leaves what was there; the conditions come in a fixed order."""
    narrowed = CaseFilter().toggled("units", "JF-SH").toggled("kinds", "emergency").toggled("overdue", "")
    assert narrowed.conditions() == (("kinds", "emergency"), ("units", "JF-SH"), ("overdue", ""))
    for sort, code in narrowed.conditions():
        narrowed = narrowed.toggled(sort, code)
    assert not narrowed
    assert narrowed == CaseFilter()


def test_a_view_is_written_below_what_stands_in_the_file_and_read_again(tmp_path: Path) -> None:
    """Comments and settings stay to the letter; any name and search survive."""
    file = tmp_path / "config.toml"
    file.write_text("# ours\nlanguage = 'zh'", encoding="utf-8")
    views = (
        View("夜里的应急", CaseFilter(kinds=frozenset({EMERGENCY}), units=frozenset({"JF-SH", "JF-WX-G03"}))),
        View('a "quoted" \\ name', CaseFilter(departments=frozenset({"utilities_center"}), overdue=True), "井盖 \x7f"),
    )
    for view in views:
        add_view(file, view)
    assert file.read_text(encoding="utf-8").startswith("# ours\nlanguage = 'zh'\n")
    assert views_of({"views": read_views(file)}, file) == views
    with pytest.raises(BadInput):
        add_view(file, views[0])
    assert views_of({"views": read_views(file)}, file) == views


@pytest.mark.parametrize(("table", "named"), [
    ({}, "1 to 20"), ({"name": "x" * 21}, "1 to 20"), ({"name": "a", "grids": []}, "grids"),
    ({"name": "a", "kinds": ["urgent"]}, "urgent"), ({"name": "a", "units": "JF"}, "units"),
    ({"name": "a", "overdue": 1}, "overdue"), ({"name": "a", "search": 1}, "search"), ("x", "[[views]]"),
])  # fmt: skip
def test_a_wrong_view_is_refused_by_name(table: object, named: str) -> None:
    """File, view and mistake stand in the sentence."""
    with pytest.raises(BadInput) as refused:
        views_of({"views": [table]}, Path("config.toml"))
    said = words_for("en").say(refused.value.message)
    assert "config.toml" in said
    assert named in said

"""The evening of 2 July 2020 by the command lines of docs/cli.md: signal, level, rounds, the whistle they find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from tests.cli.conftest import Type
from tests.cli.night_commands import night_commands

FILE = "evening.db"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which the whole evening was typed."""
    folder = tmp_path_factory.mktemp("evening")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WANGGE_HOME", str(folder / "home"))
        patch.setenv("WANGGE_LANG", "zh")
        patch.chdir(folder)
        for words in night_commands("The evening"):
            assert main(words) == 0, words
        yield folder


@pytest.fixture
def evening(played: Path, wangge: Type) -> Any:
    """Reads of what came of it."""

    def asked(*words: str) -> Any:
        return wangge("--db", str(played / FILE), *words, "--json").document

    return asked


def test_the_rounds_follow_from_the_signal(evening: Any) -> None:
    """Yellow: every four hours from 18:00, two together; the first is done in time, the second under way."""
    due = [one for one in evening("round", "due")["due"] if one["plan"] == "river" and one["opens"] >= "2020-07-02T18"]
    assert [one["opens"][8:16] for one in due][:4] == ["02T18:00", "02T22:00", "03T02:00", "03T06:00"]
    assert [(one["state"], one["timing"]) for one in due][:3] == [
        ("done", "on_time"), ("under_way", None), ("planned", None)]  # fmt: skip
    assert {one["team"] for one in due} == {2}
    flood = evening("status")["flood"]
    assert flood["posture"] == "yellow"


def test_the_missing_cover_is_an_emergency_that_carries_everything(evening: Any) -> None:
    """Of the patrol, at the registered place, found at 23:52 and blown at 23:56; both know each other."""
    case = evening("whistle", "show", "0702-01")
    told = {name: case[name] for name in (
        "kind", "severity", "grid", "place", "matter", "source", "source_number", "blower", "title")}  # fmt: skip
    assert told == {
        "kind": "emergency", "severity": "critical", "grid": "JF-SH-G01", "place": "jifeng_walkway",
        "matter": "manhole", "source": "patrol", "source_number": "R-20200702-03/4/covers", "blower": "SH-G01-A",
        "title": "井盖 缺失，洞口翻水",
    }  # fmt: skip
    assert case["occurred_at"].startswith("2020-07-02T23:52")
    assert case["submitted_at"].startswith("2020-07-02T23:56")
    items = {(one["point"], one["question"]): one for one in evening("round", "show", "0702-03")["round"]["items"]}
    assert items[4, "covers"]["whistle"] == "W-20200702-01"


def test_the_water_stands_in_the_gauge_s_line(evening: Any) -> None:
    """What the rounds read is a reading; it rises."""
    (gauge,) = evening("gauge", "list")["gauges"]
    assert (float(gauge["latest"]["metres"]), gauge["trend"]) == (199.42, "rising")


@pytest.mark.parametrize(
    ("raised", "due"),
    [("III", ["18:30", "22:30", "02:30", "06:30"]), ("II", ["18:30", "20:30", "21:30", "22:30"])],
    ids=["four hours", "two by day, one by night"],
)
def test_raising_the_level_re_times_the_rounds(desk: Type, raised: str, due: list[str]) -> None:
    """Outside the recorded night: every six hours under Ⅳ; from the next half hour on as the higher level asks."""
    desk("round", "template", "rules.toml")
    assert desk("round", "load", "rules.toml", "--as", "JF-GL").status == 0
    document = ("--issuer", "州防汛抗旱指挥部", "--number")
    assert desk("flood", "level", "IV", *document, "1号").status == 0
    assert _planned(desk)[:2] == ["18:00", "00:00"]
    assert desk("flood", "level", raised, *document, "2号", "--clock", "2020-07-02T18:20").status == 0
    assert _planned(desk)[:4] == due


def _planned(desk: Type) -> list[str]:
    """Local times at which the rounds that nobody has begun are due."""
    due = desk("round", "due", "--json").document["due"]
    return [one["opens"][11:16] for one in due if one["state"] == "planned"]

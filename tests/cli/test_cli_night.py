"""The night of 2 July 2020 played from the command lines of docs/cli.md: all that came of it, to the minute."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from tests import night
from tests.cli.conftest import Type
from tests.cli.night_commands import night_commands

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which the whole night was typed; the first two lines in a process of their own."""
    folder = tmp_path_factory.mktemp("night")
    first, *commands = night_commands()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WANGGE_HOME", str(folder / "home"))
        patch.setenv("WANGGE_LANG", "zh")
        patch.chdir(folder)
        subprocess.run(
            [sys.executable, "-m", "app", *first], check=True, timeout=120, stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        for words in commands:
            assert main(words) == 0, words
        yield folder


@pytest.fixture
def case(played: Path, wangge: Type) -> Any:
    """The case as `whistle show --json` tells it in the end."""
    return wangge("--db", str(played / "night.db"), "whistle", "show", night.NUMBER, "--json").document


def at(text: str) -> datetime:
    """The minute of an instant in JSON."""
    return night.minute(datetime.fromisoformat(text))


def test_the_case_is_what_the_report_tells(case: Any) -> None:
    """An emergency at the bridge, found about 23:52 by the patrol, told to the desk by phone."""
    assert (case["kind"], case["severity"], case["grid"]) == (night.KIND, night.SEVERITY, night.GRID)
    assert (case["blower"], case["owner"]) == (night.BLOWER, night.OFFICER)
    assert (at(case["occurred_at"]), case["occurred_precision"]) == (night.FOUND_AT, "approx")


def test_each_step_has_its_minute(case: Any) -> None:
    """Blown, raised, dispatched, made safe, checked, rated; after midnight it is 3 July."""
    assert at(case["submitted_at"]) == at(case["opened_at"]) == night.BLOWN_AT
    assert at(case["dispatched_at"]) == night.DISPATCHED_AT
    assert at(case["made_safe_at"]) == night.MADE_SAFE_AT
    assert at(case["closed_at"]) == night.CHECKED_AT
    assert case["closed_at"].startswith("2020-07-03T05:30")
    assert (at(case["rated_at"]), case["score"], case["state"]) == (night.RATED_AT, night.SCORE, night.STATE)
    by_kind = {entry["kind"]: entry for entry in case["timeline"]}
    assert at(by_kind["levelled_up"]["occurred_at"]) == night.LEVELLED_UP_AT
    assert by_kind["dispatched"]["on_behalf_of"] == night.PLATFORM
    assert by_kind["checked"]["payload"]["passed"] is True
    assert by_kind["checked"]["on_behalf_of"] == night.BLOWER


def test_six_departments_report_in_between_0026_and_0037(case: Any) -> None:
    """Each with its four times; utilities first, all within the thirty minutes."""
    told = [
        (one["department"], one["role"], at(one["acknowledged_at"]), at(one["reported_in_at"]), at(one["done_at"]))
        for one in sorted(case["assignments"], key=lambda one: one["reported_in_at"])
    ]
    assert told == [
        (one.department, one.role, one.acknowledged_at, one.reported_in_at, one.done_at) for one in night.DEPARTMENTS
    ]
    assert told[0][0] == night.LEAD
    first, last = told[0][3], told[-1][3]
    assert (first, last) == (night.local("07-03 00:26"), night.local("07-03 00:37"))
    assert (last - night.DISPATCHED_AT).total_seconds() == night.LATEST_REPORT_IN_MINUTES * 60
    assert not any(one["no_show"] for one in case["assignments"])
    assert all(one["person"] for one in case["assignments"])


def test_exactly_two_acknowledged_late(case: Any) -> None:
    """Later than five minutes: those at 00:14 and 00:15."""
    late = {one["department"] for one in case["assignments"] if one["late_acknowledge"]}
    assert late == {one.department for one in night.DEPARTMENTS if one.late}
    assert len(late) == 2


def test_notes_stand_at_their_time(case: Any) -> None:
    """First report, the tape at 00:30, follow-ups every hour, the cover fitted before dawn."""
    noted = [at(entry["occurred_at"]) for entry in case["timeline"] if entry["kind"] == "noted"]
    assert noted == [night.TAPED_AT]
    reported = [at(entry["occurred_at"]) for entry in case["timeline"] if entry["kind"] == "reported_up"]
    assert tuple(reported) == night.REPORTS_AT
    covers = [entry for entry in case["timeline"] if entry["kind"] == "work_noted"]
    assert [(at(one["occurred_at"]), one["department"]) for one in covers] == [(night.COVER_FITTED_AT, night.LEAD)]


def test_what_was_written_down_later_keeps_both_times(case: Any) -> None:
    """Two acknowledgements were recorded at 00:12 and happened before."""
    later = [entry for entry in case["timeline"] if at(entry["occurred_at"]) < at(entry["recorded_at"])]
    assert {entry["department"]: at(entry["recorded_at"]) for entry in later} == night.WRITTEN_LATER
    assert {entry["kind"] for entry in later} == {"acknowledged"}


def test_the_timeline_is_that_of_the_night(case: Any) -> None:
    """Entry by entry: what happened when, for which department, on whose behalf, told by which channel."""
    told = [
        night.Entry(at(e["occurred_at"]), e["kind"], e["department"] or "", e["on_behalf_of"] or "", e["channel"])
        for e in case["timeline"] if e["kind"] != "drafted"
    ]  # fmt: skip
    assert sorted(told) == night.timeline()


def test_nobody_had_to_be_named_twice(case: Any) -> None:
    """`demo --as` is remembered for its file: all but the draft is the officer's, at one desk."""
    typed = [entry for entry in case["timeline"] if entry["kind"] != "drafted"]
    assert {entry["actor"] for entry in typed} == {night.OFFICER}
    assert len({entry["station"] for entry in typed}) == 1


@pytest.mark.slow
def test_the_sample_can_begin_at_any_minute(wangge: Type) -> None:
    """`demo --at 00:40` is of 3 July: all six have come; nothing later is in it; the file is never overwritten."""
    made = wangge("demo", "--make", "--db", "late.db", "--at", "00:40", "--json").document
    assert (made["sample"], made["drill"], made["database"]) == ("night", True, str(Path("late.db")))
    assert made["now"].startswith("2020-07-03T00:40:")
    case = wangge("--db", "late.db", "whistle", "show", night.NUMBER, "--json").document
    assert (case["reported_in"], case["done"]) == (6, 0)
    again = wangge("demo", "--make", "--db", "late.db")
    assert again.status == 1
    assert "late.db" in again.err


@pytest.mark.slow
def test_a_sample_without_a_path_is_a_file_of_its_own(wangge: Type, tmp_path: Path) -> None:
    """Under the program's own folder, and printed, so that it can be opened again."""
    path = Path(wangge("demo", "--make").out.strip())
    assert path.is_relative_to(tmp_path / "home")
    assert wangge("--db", str(path), "whistle", "list", "--state", "draft", "--json").document["cases"]

"""The harness of the benchmarks: what is measured in a terminal, and when a promise counts as broken."""

from __future__ import annotations

import importlib
import math
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import harness
from benchmarks.harness import Figure

bench = importlib.import_module("benchmarks.run")
SHOW = r"""
import sys, time
time.sleep(0.1)
sys.stdout.write("\x1b[1m网格\x1b[31m指挥台\x1b[0m")
sys.stdout.flush()
input()
"""


@pytest.mark.parametrize(
    ("value", "promise", "higher_is_worse", "kept"),
    [
        (1.2, 1.3, True, True),
        (1.4, 1.3, True, False),
        (9, 10, False, False),
        (math.nan, 1.3, True, False),
        (9, None, True, True),
    ],
)
def test_a_promise_is_kept_or_not(value: float, promise: float | None, higher_is_worse: bool, kept: bool) -> None:
    """The promise is a limit on the bad side; what could not be measured keeps none."""
    assert Figure("f", value, "×", promise, higher_is_worse).is_kept is kept


def test_the_ratio_is_the_median_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """One slow moment of the machine does not move it, and the first, cold pair does not count."""
    ours, theirs = iter([100.0, 2, 2, 200, 4, 4]), iter([1.0, 1, 1, 1, 2, 2])
    assert harness.paired_ratio(lambda: next(ours), lambda: next(theirs), 5) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_text_is_seen_on_the_terminal_through_its_colours() -> None:
    """The time runs from the start to the text, whatever escapes stand inside it."""
    assert 0.1 <= harness.seconds_to_text([sys.executable, "-c", SHOW], "网格指挥台", limit=10) < 10


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_program_that_ends_without_the_text_is_told() -> None:
    """It fails at once, not after the limit, and shows what stood on the terminal."""
    with pytest.raises(harness.NeverSeen, match="nothing to see"):
        harness.seconds_to_text([sys.executable, "-c", "print('nothing to see')"], "网格", limit=60)


def test_a_broken_promise_fails_the_bench(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every benchmark runs, the table says which figure is over, and the exit code is 1."""
    found = {
        "slow": SimpleNamespace(run=lambda quick: [Figure("start", 2.0 if quick else 9.0, "×", 1.1)]),
        "fast": SimpleNamespace(run=lambda quick: [Figure("search", 1.0, "×", 1.1)]),
    }
    monkeypatch.setattr(bench, "find", lambda: found)
    assert bench.main(["--quick"]) == 1
    said = capsys.readouterr().out
    assert "start" in said
    assert "2 ×" in said
    assert "over" in said
    assert "search" in said
    assert bench.main(["fast"]) == 0
    assert bench.main(["unknown"]) == 2


def test_every_benchmark_file_is_found() -> None:
    """A file bench_*.py is run by its NAME without being listed anywhere."""
    files = list(Path(harness.ROOT, "benchmarks").glob("bench_*.py"))
    found = bench.find()
    assert "start" in found
    assert len(found) == len(files)

"""How long from the key to the desk: first frame, live rows, `--help`, and a second start through run.py."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.harness import ROOT, Figure, paired_ratio, program, seconds_to_end, seconds_to_text

NAME = "start"
FIRST_FRAME = "网格指挥台"
LIVE_ROWS = "0702-01"
EMPTY_FRAME = "nothing-but-a-frame"
OFFICER = "JF-ZB1"
MAKE_NIGHT = ("demo", "--make", "--at", "00:40")
"""Makes the demo night with all six departments on site; the desk then opens the same file."""


def run(quick: bool) -> list[Figure]:
    """The four promises about starting, each against a program that does nothing (performance.md, table 1)."""
    pairs = 3 if quick else 9
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        environ = {"WANGGE_HOME": folder}
        night = Path(folder) / "night.db"
        seconds_to_end(program("--db", night, *MAKE_NIGHT), environ)
        desk = ("--db", night, "--lang", "zh", "--as", OFFICER)

        def empty() -> float:
            return seconds_to_text([sys.executable, ROOT / "benchmarks" / "empty_app.py"], EMPTY_FRAME)

        def frame() -> float:
            return seconds_to_text(program(*desk), FIRST_FRAME, environ=environ)

        def rows() -> float:
            return seconds_to_text(program(*desk), LIVE_ROWS, environ=environ)

        def frame_through_door() -> float:
            return seconds_to_text([*door(), *desk], FIRST_FRAME, environ=environ)

        return [
            Figure("first frame ÷ empty Textual app", paired_ratio(frame, empty, pairs), "×", 1.3),
            Figure("live rows ÷ empty Textual app", paired_ratio(rows, empty, pairs), "×", 3.5),
            Figure("wangge --help ÷ python -c pass", paired_ratio(show_help, do_nothing, 3 * pairs), "×", 4.0),
            Figure("start through run.py ÷ direct", paired_ratio(frame_through_door, frame, pairs), "×", 1.1),
        ]


def show_help() -> float:
    """Seconds of `wangge --help`."""
    return seconds_to_end(program("--help"))


def do_nothing() -> float:
    """Seconds of the same Python doing nothing."""
    return seconds_to_end([sys.executable, "-c", "pass"])


def door() -> list[str | Path]:
    """`python3 run.py` with the Python that .venv was made from.

    -S leaves out what that Python's own site-packages load before every program: it is not ours, and on some
    machines it costs more than all of run.py.
    """
    base = Path(sys.base_prefix) / ("python.exe" if os.name == "nt" else f"bin/python3.{sys.version_info[1]}")
    return [base, "-S", ROOT / "run.py"]

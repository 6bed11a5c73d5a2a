"""Runs the benchmarks and holds the figures against their promises: `python3 run.py bench [--quick] [NAME ...]`."""

from __future__ import annotations

import argparse
import importlib
import math
import sys
from pathlib import Path
from typing import Protocol, cast

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.harness import Figure, NeverSeen  # noqa: E402 - the folder above must be on the path first


class Benchmark(Protocol):
    """A file bench_*.py: its name on the command line, and what it measures."""

    NAME: str

    def run(self, quick: bool) -> list[Figure]:
        """Measure; `quick` takes fewer rounds and smaller loads. Raises NeverSeen."""


def find() -> dict[str, Benchmark]:
    """Every benchmark beside this file, by name."""
    modules = [importlib.import_module(f"benchmarks.{path.stem}") for path in sorted(HERE.glob("bench_*.py"))]
    return {module.NAME: cast(Benchmark, module) for module in modules}


def show(figure: Figure) -> str:
    """One line of the table."""
    sign = "≤" if figure.higher_is_worse else "≥"
    promise = "" if figure.promise is None else f"{sign} {figure.promise:g} {figure.unit}"
    verdict = (
        "" if figure.promise is None else "ok" if figure.is_kept else "over" if figure.higher_is_worse else "under"
    )
    return f"  {figure.name:<44}{figure.value:>10.3g} {figure.unit:<8}{promise:<14}{verdict}"


def main(arguments: list[str]) -> int:
    """Run what was asked for; 1 when a promise is broken or could not be measured, 2 for an unknown name."""
    parser = argparse.ArgumentParser(prog="run.py bench", description="Hold the figures against their promises.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller loads")
    parser.add_argument("names", nargs="*", help="which benchmarks; all of them when none is named")
    asked = parser.parse_args(arguments)
    found = find()
    if unknown := [name for name in asked.names if name not in found]:
        print(f"no benchmark named {', '.join(unknown)}; there are: {', '.join(found)}", file=sys.stderr)
        return 2
    broken = 0
    for name in asked.names or found:
        print(name, flush=True)
        try:
            figures = found[name].run(asked.quick)
        except NeverSeen as trouble:
            print(f"  {trouble}", file=sys.stderr)
            figures = [Figure("could not be measured", math.nan, "", 0)]
        broken += sum(not figure.is_kept for figure in figures)
        print(*map(show, figures), sep="\n", flush=True)
    print(f"{broken} promises broken" if broken else "every promise kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

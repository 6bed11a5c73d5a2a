"""The chart of a gauge with its levels and a hundred thousand readings against a hundred; and how long a file takes."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from app.bootstrap import found_house
from app.domain.actor import SYSTEM_ACTOR
from app.domain.gauge import CSV, Reading
from app.domain.route import Gauge
from app.render.chart import draw
from app.render.gauges import plot_of
from app.render.glyphs import Glyphs
from app.render.sight import Sight
from app.render.words import Words
from app.samples import STREET, sample_text
from app.services.house import House
from app.services.org_file import read_org_toml
from app.settings import Settings
from benchmarks.harness import Figure, paired_ratio
from benchmarks.year_of_rounds import rules_with_levels

NAME = "gauge"
GAUGE = "shuanghe_bridge"
FEW, MANY, QUICK = 100, 100_000, 20_000
YEAR, WINDOWS = timedelta(days=365), (timedelta(hours=24), timedelta(hours=72))
WIDTH, HEIGHT = 100, 20
UNTIL = datetime(2020, 7, 2, 16, 40, tzinfo=UTC)


def run(quick: bool) -> list[Figure]:
    """Read and drawn, as a screen does it; `quick` takes fewer readings and rounds."""
    many, pairs = (QUICK, 11) if quick else (MANY, 41)
    promise = None if quick else 1.5
    with tempfile.TemporaryDirectory() as folder:
        few = _street(Path(folder) / "few", FEW, WINDOWS[-1])
        year = _street(Path(folder) / "year", many, YEAR)
        dense = _street(Path(folder) / "dense", many, WINDOWS[-1])
        empty = _street(Path(folder) / "empty", 0, YEAR)
        try:
            figures = [
                Figure(f"chart of {window // timedelta(hours=1)} h, {name}",
                       paired_ratio(_chart(house, window), _chart(few, window), pairs), "×", promise)
                for name, house in (("a year of readings", year), ("all readings within it", dense))
                for window in WINDOWS
            ]  # fmt: skip
            seconds = _seconds(lambda: _load(empty, many))
        finally:
            for house in (few, year, dense, empty):
                house.close()
    return [*figures, Figure(f"load a file of {many:,} readings", seconds, "s", None if quick else 10.0)]


def _level(at: datetime) -> Decimal:
    """The same water for everybody, however often it is read."""
    return Decimal(str(round(200 + 1.5 * math.sin(at.timestamp() / 30_000), 3)))


def _instants(count: int, span: timedelta) -> list[datetime]:
    return [(UNTIL - span * n / count).replace(microsecond=0) for n in range(count)]


def _street(home: Path, count: int, span: timedelta) -> House:
    settings = Settings(home=home, config=home, state=home, database=home / "gauge.db")
    street = read_org_toml(sample_text(STREET), STREET)
    house = found_house(settings, drill=True, street=street)
    house.patrol_rules.load(rules_with_levels(house), house.duty.actor("JF-GL"), uuid4())
    held = [Reading(GAUGE, at, _level(at), None, CSV, UNTIL) for at in _instants(count, span)]
    house.store.write(lambda writes: writes.gauges.add(held))
    return house


def _chart(house: House, window: timedelta) -> Callable[[], float]:
    gauge: Gauge = house.gauges.find(GAUGE)
    zone = house.policies.current().calendar.zone
    sight = Sight(Words("zh").in_zone(zone), Glyphs(), house.streets.current(), zone, UNTIL)

    def look() -> None:
        spots = house.gauges.curve(gauge, UNTIL - window, UNTIL)
        draw(plot_of(gauge, spots, UNTIL - window, UNTIL, sight), WIDTH, HEIGHT)

    return lambda: _seconds(look)


def _load(house: House, count: int) -> None:
    lines = [f"{GAUGE},{at.isoformat()},{_level(at)}" for at in _instants(count, YEAR)]
    raw = "\n".join(["gauge,time,level", *lines]).encode()
    house.gauges.load(SYSTEM_ACTOR, raw, uuid4(), name="year.csv")


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

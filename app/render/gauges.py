"""Gauges as lines of text: how high, whether it rises, which level holds, and what of it is news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from app.called import called
from app.domain.checklist import Trend
from app.domain.events import Event, EventKind
from app.domain.gauge import CSV, TYPED, GaugeNow, Reading, Spot, levels_of
from app.domain.gauge_turns import Crossing, Matter, Turn
from app.domain.message import N_, Message, Name
from app.domain.posture import WaterLevel
from app.domain.route import Gauge
from app.render.chart import Level, Plot
from app.render.rows import Tone
from app.render.sight import Sight

LEVEL_TONES: Mapping[WaterLevel, Tone] = {
    WaterLevel.GUARD: Tone.SOON, WaterLevel.WARNING: Tone.SOON, WaterLevel.GUARANTEE: Tone.DANGER,
}  # fmt: skip
CROSSED: Mapping[Turn, str] = {
    Turn.UP: N_("{gauge}: {metres} m, at or above the {level} ({limit} m)"),
    Turn.DOWN: N_("{gauge}: {metres} m, below the {level} again"),
    Turn.FALLING: N_("{gauge}: the water falls, {metres} m, from {peak} m at {at}: walk the banks, they may slump"),
}
"""What each turn of the water says."""
_NEWS: Mapping[Turn, str] = {
    Turn.UP: N_("{gauge}: {metres} m, at or above the {level}"),
    Turn.DOWN: N_("{gauge}: {metres} m, below the {level} again"),
    Turn.FALLING: N_("{gauge}: the water falls, {metres} m, from {peak} m: walk the banks, they may slump"),
}
READ = N_("{who} recorded {metres} m at {gauge}")
DROPPED = N_("{who} struck out {metres} m of {at} at {gauge}")


def crossing_message(crossing: Crossing, gauge: Gauge, level: str) -> Message:
    """What is news, as a sentence; ``level`` is the level's name in the language of the reader."""
    limit = dict(levels_of(gauge)).get(crossing.level) if crossing.level else None
    peak = crossing.peak or crossing.spot
    return Message(CROSSED[crossing.turn], {
        "gauge": gauge.name, "metres": str(crossing.spot.metres), "level": level,
        "limit": str(limit) if limit is not None else "", "peak": str(peak.metres), "at": peak.at,
    })  # fmt: skip


def crossing_sentence(crossing: Crossing, gauge: Gauge, sight: Sight) -> str:
    """The same for this desk."""
    return sight.say(crossing_message(crossing, gauge, sight.words.enum(crossing.level) if crossing.level else ""))


def gauge_news(event: Event, sight: Sight, who: str) -> str:
    """A reading or a turn of the water as its entry says it."""
    told = event.payload
    gauge, metres = sight.name(str(told.get("gauge", ""))), str(told.get("metres", ""))
    if event.kind is EventKind.GAUGE_READ:
        return sight.t(READ, who=who, gauge=gauge, metres=metres)
    if event.kind is EventKind.GAUGE_DROPPED:
        at = datetime.fromisoformat(str(told["at"]))
        return sight.t(DROPPED, who=who, gauge=gauge, metres=metres, at=sight.stamp(at))
    matter, peak = Matter(str(told["matter"])), told.get("peak")
    level = "" if matter is Matter.FALLING else sight.words.enum(WaterLevel(matter.value))
    return sight.t(_NEWS[Turn(str(told["turn"]))], gauge=gauge, metres=metres, level=level,
                   peak=str(peak[1]) if isinstance(peak, list) else "")  # fmt: skip


def trend_words(trend: Trend | None, sight: Sight) -> str:
    """Arrow and word."""
    if trend is None:
        return ""
    glyphs = sight.glyphs
    arrow = {Trend.RISING: glyphs.up, Trend.FALLING: glyphs.down, Trend.STEADY: glyphs.steady}[trend]
    return f"{arrow} {sight.words.enum(trend)}"


def rate_words(rate: Decimal | None, sight: Sight) -> str:
    """``+0.35 m/h``."""
    return "" if rate is None else sight.t("{rate} m/h", rate=f"{rate:+.2f}" if rate else "0.00")


def standing_words(now: GaugeNow, sight: Sight) -> str:
    """Which level holds; below all of them; or that none is entered."""
    if now.level is not None:
        return f"{sight.glyphs.alarm} {sight.words.enum(now.level)}"
    levels = levels_of(now.gauge)
    if not levels:
        return sight.t("no levels entered")
    return sight.t("below the {level}", level=sight.words.enum(levels[0][0])) if now.fresh else ""


def now_cells(now: GaugeNow, sight: Sight) -> tuple[str, ...]:
    """A gauge of a list: name, level, trend, rate, standing, when it was read."""
    name = sight.words.name(now.gauge.name)
    if now.latest is None:
        return name, sight.t("no reading yet")
    age = sight.t("{span} ago", span=_span(now.latest.at, sight))
    old = "" if now.fresh else sight.t("too old to go by")
    return (
        name, f"{now.latest.metres} m", trend_words(now.trend, sight), rate_words(now.rate, sight),
        standing_words(now, sight), sight.stamp(now.latest.at), age, old,
    )  # fmt: skip


def level_cells(gauge: Gauge, sight: Sight) -> tuple[str, ...]:
    """A gauge's levels and what makes news of them."""
    levels = dict(levels_of(gauge))
    return (
        gauge.id, sight.words.name(gauge.name),
        *(f"{levels[one]} m" if one in levels else sight.glyphs.dash for one in WaterLevel),
        *(f"{metres} m" for metres in (gauge.margin, gauge.fall, gauge.rise, gauge.jump)),
        sight.t("{n} h", n=gauge.stale // timedelta(hours=1)),
    )  # fmt: skip


def reading_cells(one: Reading, sight: Sight) -> tuple[str, ...]:
    """A reading of a list."""
    sources = {CSV: sight.t("from a file"), TYPED: sight.t("typed")}
    return sight.stamp(one.at), f"{one.metres} m", trend_words(one.trend, sight), sources.get(one.source, one.source)


def dropped_cells(one: Reading, at: datetime, by: str, reason: str, sight: Sight) -> tuple[str, ...]:
    """A reading that was struck out: when and how high, by whom, when, why."""
    told = sight.t("struck out by {who}, {at}", who=sight.person(by), at=sight.stamp(at))
    return sight.stamp(one.at), f"{one.metres} m", told, reason


def plot_of(gauge: Gauge, spots: Sequence[Spot], since: datetime, until: datetime, sight: Sight) -> Plot:
    """What the chart of a gauge shows."""
    levels = [Level(sight.words.enum(level), metres, LEVEL_TONES[level]) for level, metres in levels_of(gauge)]
    return Plot(spots, since, until, sight.zone, levels, sight.glyphs)


def teaching(gauge: Gauge, latest: Reading | None, hours: int, sight: Sight) -> str:
    """What stands where no line can be drawn."""
    if latest is not None:
        return sight.t("No reading in the last {n} hours. The last one: {metres} m, {at}.", n=hours,
                       metres=str(latest.metres), at=sight.stamp(latest.at))  # fmt: skip
    return sight.t(
        "No reading of {gauge} yet. What a round says of the gauge is drawn here; {wangge} gauge add {id} 199.42 "
        "types one, {wangge} gauge import FILE loads a file.",
        gauge=gauge.name, wangge=called(), id=gauge.id,
    )  # fmt: skip


def crossing_lines(crossings: Sequence[Crossing], gauges: Mapping[str, Gauge], sight: Sight) -> Iterator[str]:
    """What a reading made news, a line each."""
    for one in crossings:
        yield crossing_sentence(one, gauges.get(one.gauge, Gauge(one.gauge, Name(one.gauge))), sight)


def _span(at: datetime, sight: Sight) -> str:
    return sight.words.left(max(sight.now - at, timedelta(0))).lstrip("+-")

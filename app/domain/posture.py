"""How high the street's guard is: the strictest of the signals, the response level and the gauges (behaviours 19).

Signals and response levels are parallel scales, issued by different bodies; neither is converted into the other. What
they share is how often somebody walks the river: one row of domain 4.2 for each ``Posture``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Posture(StrEnum):
    """Rows of the table of patrol intervals, the laxest first (domain 4.2)."""

    SEASON = "season"
    """Nothing is in force."""
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for the laxest."""
        return _ORDER.index(self)


class Colour(StrEnum):
    """Colour of a warning signal (domain 4.1)."""

    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


class ResponseLevel(StrEnum):
    """Response level of the flood headquarters, Ⅳ the lowest; recorded from its document, never computed."""

    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741 - the level's name


class WaterLevel(StrEnum):
    """Levels of a gauge: 设防, 警戒, 保证 (domain 4.1)."""

    GUARD = "guard"
    WARNING = "warning"
    GUARANTEE = "guarantee"


_ORDER = tuple(Posture)
PRESSING = Posture.ORANGE
"""From here on a round that nobody walks is an alarm (domain 2.9)."""

OF_COLOUR: Mapping[Colour, Posture] = {colour: Posture(colour.value) for colour in Colour}
OF_RESPONSE: Mapping[ResponseLevel, Posture] = {
    ResponseLevel.IV: Posture.BLUE, ResponseLevel.III: Posture.YELLOW, ResponseLevel.II: Posture.ORANGE,
    ResponseLevel.I: Posture.RED,
}  # fmt: skip
OF_WATER: Mapping[WaterLevel, Posture] = {
    WaterLevel.GUARD: Posture.YELLOW, WaterLevel.WARNING: Posture.ORANGE, WaterLevel.GUARANTEE: Posture.RED,
}  # fmt: skip


def strictest(postures: Iterable[Posture]) -> Posture:
    """The strictest row that applies; SEASON when nothing does."""
    return max(postures, key=lambda one: one.rank, default=Posture.SEASON)

"""Whether a warning is for this street: by names, codes, or its place on the map (CAP 1.2, 3.2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from app.domain.warning import Area, Info

EARTH = 6371.0
"""Kilometres."""


@dataclass(frozen=True, slots=True)
class Here:
    """How the street is found in a warning's areas. With nothing entered every warning is for it."""

    names: tuple[str, ...] = ()
    """Part of an area's description: 吉首, 湘西."""
    codes: tuple[str, ...] = ()
    """Region codes such as 433101; a code of the level above, 433100, is for it too."""
    at: tuple[float, float] | None = None
    """Latitude and longitude in degrees, for polygons and circles."""

    @property
    def anywhere(self) -> bool:
        """Whether nothing is entered."""
        return not self.names and not self.codes and self.at is None


def concerns(info: Info, here: Here) -> bool:
    """Whether a part of a warning is for the street; one that names no area is for everybody."""
    return here.anywhere or not info.areas or any(_holds(area, here) for area in info.areas)


def _holds(area: Area, here: Here) -> bool:
    if any(name in area.desc for name in here.names):
        return True
    if any(_covers(value, code) for _, value in area.geocodes for code in here.codes):
        return True
    if here.at is None:
        return False
    return any(_inside(ring, here.at) for ring in area.polygons) or any(
        _distance((lat, lon), here.at) <= radius for lat, lon, radius in area.circles
    )


def _covers(theirs: str, ours: str) -> bool:
    """Whether a region code is ours or that of a region ours lies in: two digits a level, zeros where none is named."""
    plain = theirs.strip()
    if not plain.isdigit() or len(plain) < 2:
        return plain == ours
    while len(plain) > 2 and plain.endswith("00"):
        plain = plain[:-2]
    return ours.startswith(plain)


def _inside(ring: Sequence[tuple[float, float]], at: tuple[float, float]) -> bool:
    """By how often a ray from the point crosses the ring."""
    lat, lon = at
    crossed = False
    for (lat1, lon1), (lat2, lon2) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        if (lat1 > lat) is not (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            crossed = not crossed
    return crossed


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along the ground."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))

"""Kinds of weather and water that warnings are about, and which of them raise the flood posture (domain 4.1, 4.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Hazard(StrEnum):
    """What a warning is about. ``OTHER`` = the words name none of these."""

    RAINSTORM = "rainstorm"
    TYPHOON = "typhoon"
    FLOOD = "flood"
    MOUNTAIN_FLOOD = "mountain_flood"
    WATERLOGGING = "waterlogging"
    GEOLOGICAL = "geological"
    THUNDER_GALE = "thunder_gale"
    """Thunderstorm with gale or rain: 雷雨大风, 强对流."""
    LIGHTNING = "lightning"
    GALE = "gale"
    HAIL = "hail"
    TORNADO = "tornado"
    SNOW = "snow"
    COLD = "cold"
    HEAT = "heat"
    FOG = "fog"
    SAND = "sand"
    DROUGHT = "drought"
    ROAD_ICE = "road_ice"
    FIRE = "fire"
    OTHER = "other"


RAISES = frozenset(
    {
        Hazard.RAINSTORM, Hazard.TYPHOON, Hazard.FLOOD, Hazard.MOUNTAIN_FLOOD, Hazard.WATERLOGGING, Hazard.GEOLOGICAL,
        Hazard.THUNDER_GALE, Hazard.OTHER,
    }
)  # fmt: skip
"""Warnings that bring water, or whose kind nobody can tell: on the strict side. Heat or fog makes no river round."""

_CODES: Mapping[str, Hazard] = {
    "11B01": Hazard.TYPHOON, "11B02": Hazard.TORNADO, "11B03": Hazard.RAINSTORM, "11B04": Hazard.SNOW,
    "11B05": Hazard.COLD, "11B06": Hazard.GALE, "11B07": Hazard.SAND, "11B08": Hazard.COLD, "11B09": Hazard.HEAT,
    "11B14": Hazard.LIGHTNING, "11B15": Hazard.HAIL, "11B16": Hazard.COLD, "11B17": Hazard.FOG, "11B19": Hazard.FOG,
    "11B20": Hazard.THUNDER_GALE, "11B21": Hazard.ROAD_ICE, "11B22": Hazard.DROUGHT, "11A06": Hazard.MOUNTAIN_FLOOD,
}  # fmt: skip
"""Type codes as they are widely used in code (domain 4.5); not from the standard's own text."""

_WORDS: tuple[tuple[Hazard, str], ...] = (
    (Hazard.MOUNTAIN_FLOOD, "山洪|mountain (?:torrent|flood)|flash flood"),
    (Hazard.WATERLOGGING, "内涝|积涝|渍涝|waterlogging|urban flood"),
    (Hazard.GEOLOGICAL, "地质|滑坡|泥石流|山体崩塌|geological|landslide|mudslide|debris flow"),
    (Hazard.THUNDER_GALE, "雷雨大风|强对流|雷暴大风|thunderstorm|severe convecti"),
    (Hazard.TYPHOON, "台风|热带风暴|热带气旋|typhoon|hurricane|tropical (?:storm|cyclone)|storm surge|风暴潮"),
    (Hazard.RAINSTORM, "暴雨|大雨|强降雨|强降水|rain"),
    (Hazard.FLOOD, "洪水|洪涝|水情|汛|江河|水库|堤防|溃坝|flood|dam "),
    (Hazard.SNOW, "暴雪|雪|snow|blizzard|avalanche"),
    (Hazard.ROAD_ICE, "道路结冰|路面结冰|road ic|black ice"),
    (Hazard.HAIL, "冰雹|hail"),
    (Hazard.LIGHTNING, "雷电|lightning"),
    (Hazard.TORNADO, "龙卷|tornado"),
    (Hazard.SAND, "沙尘|沙暴|sand|dust"),
    (Hazard.HEAT, "高温|中暑|热浪|heat|high.temperature"),
    (Hazard.COLD, "寒潮|低温|霜冻|寒冷|降温|cold|frost|freez|low.temperature"),
    (Hazard.FOG, "雾|霾|fog|haze"),
    (Hazard.DROUGHT, "干旱|drought"),
    (Hazard.FIRE, "火险|火灾|森林火|fire"),
    (Hazard.GALE, "大风|海上大风|gale|wind"),
)
"""The first that fits; what is longer or more to the point stands first."""


def hazard_of(*texts: str, code: str = "") -> Hazard:
    """What a warning is about: by the first text that names it, else by its type code."""
    for text in texts:
        folded = text.casefold()[:2000]
        for hazard, words in _WORDS:
            if re.search(words, folded):
                return hazard
    known = _CODES.get(code)
    if known is None and code.startswith("11A"):
        known = Hazard.FLOOD
    return known or Hazard.OTHER

"""Kinds of weather and water that warnings are about, and which of them raise the flood posture (domain 4.1, 4.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from app.domain.traditional import simplified


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
    AIR = "air"
    """Polluted air: 重污染天气, 臭氧."""
    EARTHQUAKE = "earthquake"
    SEA = "sea"
    """Waves, sea ice; a tsunami is a flood."""
    SPACE = "space"
    """Geomagnetic storms."""
    PEST = "pest"
    HEALTH = "health"
    """Diseases, food, poisoning."""
    ACCIDENT = "accident"
    """Accidents, chemicals, supplies that fail."""
    SECURITY = "security"
    OTHER = "other"


RAISES = frozenset(
    {
        Hazard.RAINSTORM, Hazard.TYPHOON, Hazard.FLOOD, Hazard.MOUNTAIN_FLOOD, Hazard.WATERLOGGING, Hazard.GEOLOGICAL,
        Hazard.THUNDER_GALE, Hazard.OTHER,
    }
)  # fmt: skip
"""Warnings that bring water, or whose kind nobody can tell: on the strict side. Heat or fog makes no river round."""

BROAD = frozenset({Hazard.OTHER, Hazard.PEST, Hazard.HEALTH, Hazard.ACCIDENT, Hazard.SECURITY})
"""Kinds that gather different things: two warnings of one are not the same matter."""

_CATEGORIES: Mapping[str, Hazard] = {
    "fire": Hazard.FIRE, "health": Hazard.HEALTH, "security": Hazard.SECURITY, "transport": Hazard.ACCIDENT,
    "cbrne": Hazard.ACCIDENT,
}  # fmt: skip
"""CAP's categories that have nothing to do with water; the others may be about anything."""

_CODES: Mapping[str, Hazard] = {
    "11A02": Hazard.WATERLOGGING, "11A06": Hazard.MOUNTAIN_FLOOD, "11A07": Hazard.DROUGHT, "11A08": Hazard.DROUGHT,
    "11A09": Hazard.DROUGHT, "11A10": Hazard.DROUGHT, "11B01": Hazard.TYPHOON, "11B02": Hazard.TORNADO,
    "11B03": Hazard.RAINSTORM, "11B04": Hazard.SNOW, "11B05": Hazard.COLD, "11B06": Hazard.GALE, "11B07": Hazard.SAND,
    "11B08": Hazard.COLD, "11B09": Hazard.HEAT, "11B10": Hazard.HEAT, "11B11": Hazard.HEAT, "11B13": Hazard.SNOW,
    "11B14": Hazard.LIGHTNING, "11B15": Hazard.HAIL, "11B16": Hazard.COLD, "11B17": Hazard.FOG, "11B18": Hazard.GALE,
    "11B19": Hazard.FOG, "11B20": Hazard.THUNDER_GALE, "11B21": Hazard.ROAD_ICE, "11B22": Hazard.DROUGHT,
    "11B23": Hazard.GALE, "11B24": Hazard.HEAT, "11B25": Hazard.FIRE, "11B26": Hazard.FIRE, "11B27": Hazard.COLD,
    "11B28": Hazard.SPACE, "11B29": Hazard.AIR, "11B31": Hazard.THUNDER_GALE, "11B33": Hazard.SNOW, "12G": Hazard.FIRE,
    "11A": Hazard.FLOOD, "11C": Hazard.EARTHQUAKE, "11D": Hazard.GEOLOGICAL, "11E": Hazard.SEA, "11F": Hazard.PEST,
    "11G": Hazard.FIRE, "12": Hazard.ACCIDENT, "13": Hazard.HEALTH, "14": Hazard.SECURITY,
}  # fmt: skip
"""Type codes as they are widely used in code (domain 4.5), and the families they belong to; not from the standard's
own text. Of 11B, the weather, a number that is not listed may be about anything and stays on the strict side."""

_WORDS: tuple[tuple[Hazard, str, str], ...] = (
    (Hazard.MOUNTAIN_FLOOD, "山洪", "mountain (?:torrents?|floods?)|flash[ -]?floods?"),
    (Hazard.WATERLOGGING, "内涝|积涝|渍涝|积水|淹水|水浸", r"waterlogging|urban flood\w*"),
    (Hazard.GEOLOGICAL, "地质|滑坡|泥石流|山体崩塌|地面塌陷|土石流|土砂|山泥倾泻",
     "geological|(?:land|mud|rock)[ -]?slides?|debris flows?"),
    (Hazard.THUNDER_GALE, "雷雨大风|强对流|雷暴", r"thunder[ -]?storms?|severe convecti\w+"),
    (Hazard.TYPHOON, "台风|热带风暴|热带气旋|风暴潮",
     "typhoons?|hurricanes?|tropical (?:storms?|cyclones?|depressions?)|storm surges?"),
    (Hazard.RAINSTORM, "暴雨|大雨|豪雨|强降雨|强降水|降雨|连阴雨",
     "rain(?:s|y|falls?|[ -]?storms?)?|downpours?|heavy precipitation"),
    (Hazard.FLOOD, "洪水|洪涝|水情|汛|江河|水库|堤防|溃坝|海啸",
     "flood(?:s|ing|ed|water)?|(?:dam|levee|dike)s?|tsunamis?"),
    (Hazard.SNOW, "雪", "snow(?:fall|s|y|[ -]?storms?|drifts?)?|blizzards?|avalanches?"),
    (Hazard.ROAD_ICE, "道路结冰|路面结冰", "road ic(?:e|ing)|icy roads?|black ice|ice storms?"),
    (Hazard.HAIL, "冰雹", "hail(?:s|[ -]?storms?)?"),
    (Hazard.LIGHTNING, "雷电", "lightning"),
    (Hazard.TORNADO, "龙卷", "tornado(?:e?s)?|waterspouts?"),
    (Hazard.SAND, "沙尘|沙暴|扬沙|浮尘", "sand(?:[ -]?storms?)?|dust(?:[ -]?storms?)?"),
    (Hazard.HEAT, "高温|中暑|热浪|干热风", "heat(?:[ -]?waves?)?|high[ -]temperatures?"),
    (Hazard.COLD, "寒潮|低温|霜冻|寒冷|降温|冰冻",
     "cold(?:[ -]?waves?)?|frosts?|freez(?:e|es|ing)|wind ?chill|low[ -]temperatures?"),
    (Hazard.AIR, "重污染|空气污染|大气污染|空气质量|臭氧", "air (?:quality|pollution|stagnation)|smog|ozone|smoke"),
    (Hazard.FOG, "雾|霾", "fog(?:gy)?|haz[ey]|mist"),
    (Hazard.DROUGHT, "干旱|旱情|旱灾|缺水", "droughts?"),
    (Hazard.FIRE, "火险|火灾|森林火|草原火", "(?:wild|bush)?fires?|red flag"),
    (Hazard.SEA, "海浪|巨浪|海冰|赤潮|离岸流",
     "rip currents?|(?:high|heavy|dangerous) (?:surf|seas?)|sea ice|(?:rough|high) waves"),
    (Hazard.GALE, "大风|强风|暴风|阵风|风力|低空风切变", "gales?|winds?|windstorms?"),
    (Hazard.SPACE, "空间天气|磁暴|太阳风暴", r"space weather|geomagnetic|solar (?:storm|flare|radiation)\w*"),
    (Hazard.EARTHQUAKE, "地震|余震", "earthquakes?|seismic|aftershocks?"),
    (Hazard.PEST, "病虫|虫害|蝗|草地贪夜蛾", "locusts?|pests?"),
    (Hazard.HEALTH, "传染病|疫情|疫病|流感|登革热|食品安全|食物中毒|中毒|公共卫生",
     "epidemics?|pandemic|diseases?|influenza|health|food safety|boil water|poisoning"),
    (Hazard.ACCIDENT, "事故|爆炸|泄漏|泄露|危化品|危险化学品|安全生产|停电|停水|停气|断水|踩踏",
     "accidents?|explosions?|chemicals?|hazardous materials?|(?:gas|oil) (?:leak|spill)s?|power outages?|nuclear"),
    (Hazard.SECURITY, "社会安全|恐怖|反恐|治安|诈骗|群体性|走失|失踪|防空|空袭",
     r"terror\w*|abduction|missing persons?|shoot(?:er|ing)|air raid|civil (?:danger|emergency)|scams?|fraud|security"),
)  # fmt: skip
"""Chinese and English words; English ones are whole words. The first that fits: what brings water, is longer or more
to the point stands first."""


def hazard_of_category(categories: Sequence[str]) -> Hazard:
    """What a warning is about whose words say nothing: by its categories, where none of them may bring water."""
    found = [_CATEGORIES.get(one.casefold(), Hazard.OTHER) for one in categories]
    return found[0] if found and Hazard.OTHER not in found else Hazard.OTHER


@cache
def _patterns() -> tuple[tuple[Hazard, re.Pattern[str]], ...]:
    """Made by the first warning that is read: no start waits for them."""
    return tuple((hazard, re.compile(rf"{chinese}|\b(?:{english})\b")) for hazard, chinese, english in _WORDS)


def hazard_of(*texts: str, code: str = "") -> Hazard:
    """What a warning is about: by the first text that names it, else by its type code, else by the code's family."""
    for text in texts:
        folded = simplified(text[:2000]).casefold().replace("_", " ")
        for hazard, chinese, english in _WORDS:
            if re.search(rf"{chinese}|\b(?:{english})\b", folded):
                return hazard
    families = (code, code[:3], code[:2])
    return next((_CODES[one] for one in families if one in _CODES), Hazard.OTHER)

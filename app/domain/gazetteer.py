"""The words a street's desk types for its grids, places, kinds and matters, indexed for one-line entry."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.clock_words import plain
from app.domain.line_fields import LineField
from app.domain.message import Name
from app.domain.org import Place, Street, Unit, UnitLevel
from app.domain.policy import MatterType, Policy, WhistleKind

CRITICAL_WORDS = (
    "伤人", "受伤", "伤亡", "被困", "落水", "溺水", "触电", "漏电", "燃气", "煤气", "起火", "着火", "火灾", "冒烟",
    "爆炸", "坍塌", "倒塌", "塌陷", "injured", "trapped", "drowning", "electric shock", "gas leak", "fire", "explosion",
)  # fmt: skip
"""What says that people are exposed now (domain 2.8, 1), for a policy that names no words."""

KIND_WORDS: dict[WhistleKind, tuple[str, ...]] = {
    WhistleKind.EMERGENCY: ("应急哨", "应急", "紧急哨", "紧急", "急哨", "急", "emergency"),
    WhistleKind.ROUTINE: ("日常哨", "日常", "常规哨", "routine"),
    WhistleKind.TOUGH: ("攻坚哨", "攻坚", "疑难哨", "tough"),
    WhistleKind.JOINT_ENFORCEMENT: ("综合执法哨", "综合执法", "联合执法", "联合哨", "执法哨", "执法", "joint"),
}
"""What each kind is called, the longest first."""
NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百")
_COUNTED = frozenset("带楼号栋幢单期组路街巷桥个户名位处段条周米点时分些直下起家样般度年月日人件口中环横")
"""After 双河一 these make it 双河一带, 双河一楼 …: no grid."""
_LONGEST_KEY = 40


class Sense(StrEnum):
    """What a phrase stands for; a community only narrows down which grid is meant."""

    GRID = "grid"
    COMMUNITY = "community"
    PLACE = "place"
    KIND = "kind"
    MATTER = "matter"
    CRITICAL = "critical"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a phrase: unit, place or matter code, or kind."""

    sense: Sense
    code: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at ``start:end`` with every meaning it has in the street."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def codes(self, sense: Sense) -> tuple[str, ...]:
        """The codes it has in one sense."""
        return tuple(entry.code for entry in self.entries if entry.sense is sense)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A grid or place that completes what is being typed: put ``text`` for the last ``replaces`` characters."""

    field: LineField
    code: str
    name: Name
    text: str
    replaces: int


class Phrases:
    """Phrases with their meanings; finds the longest at each position in time linear in the line."""

    def __init__(self, pairs: Iterable[tuple[str, Entry]]) -> None:
        self._entries: dict[str, tuple[Entry, ...]] = {}
        for phrase, entry in pairs:
            key = plain(phrase.strip())
            known = self._entries.get(key, ())
            if key and entry not in known:
                self._entries[key] = (*known, entry)
        lengths: dict[str, set[int]] = {}
        for key in self._entries:
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(each, reverse=True) for first, each in lengths.items()}

    def find(self, line: str) -> Iterator[Hit]:
        """Every longest phrase from left to right; ``line`` must be ``plain``."""
        position = 0
        while position < len(line):
            hit = self._longest_at(line, position)
            if hit:
                yield hit
            position = hit.end if hit else position + 1

    def _longest_at(self, line: str, start: int) -> Hit | None:
        for length in self._lengths.get(line[start], ()):
            end = start + length
            entries = self._entries.get(line[start:end])
            if entries and end <= len(line) and _is_whole(line, start, end, entries):
                return Hit(start, end, entries)
        return None


def _is_whole(line: str, start: int, end: int, entries: tuple[Entry, ...]) -> bool:
    """Whether the phrase is no part of a longer word, code or number, and 双河一 not of 双河一带."""
    before, first = line[start - 1 : start], line[start]
    after, last = line[end : end + 1], line[end - 1]
    if before and first.isascii() and before.isascii() and (before.isalnum() or before == "-"):
        return False
    if after and last.isascii() and after.isascii() and after.isalnum():
        return False
    if not any(entry.sense is Sense.GRID for entry in entries):
        return True
    if first in NUMERALS and before and before in NUMERALS:
        return False
    return not (last in NUMERALS and after and (after in NUMERALS or after in _COUNTED))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything one-line entry knows of a street and its policy; built once per load."""

    units: Mapping[str, Unit]
    places: Mapping[str, Place]
    matters: Mapping[str, MatterType]
    names: Phrases
    """Grids, communities, places and kinds."""
    matter_words: Phrases
    severity_words: Phrases
    """Apart, because 井盖冲开 is a danger and holds the matter 井盖; either may lie inside the name of a place."""
    keys: tuple[tuple[str, LineField, str], ...]
    """Sorted keys for completion: key, field, code."""

    @classmethod
    def of(cls, street: Street, policy: Policy, initials: Mapping[str, str] | None = None) -> Gazetteer:
        """Index a street and its policy. ``initials``: unit code → pinyin initials, e.g. ``shy`` for 双河一."""
        units = {unit.code: unit for unit in street.units}
        grids = [unit for unit in street.units if unit.level is UnitLevel.GRID]
        spellings = {
            grid.code: tuple(_grid_spellings(grid, units, (initials or {}).get(grid.code, ""))) for grid in grids
        }
        return cls(
            units=units,
            places={place.code: place for place in street.places},
            matters={matter.code: matter for matter in policy.types},
            names=Phrases(_names(street, grids, spellings)),
            matter_words=Phrases(
                (word, Entry(Sense.MATTER, matter.code)) for matter in policy.types for word in matter.words
            ),
            severity_words=Phrases(_severity_words(policy)),
            keys=tuple(sorted(set(_keys(street, grids, spellings)))),
        )

    def grids_of(self, community: str) -> tuple[str, ...]:
        """Codes of the grids of a community."""
        return tuple(unit.code for unit in self.units.values() if unit.parent == community)

    def name_of(self, field: LineField, code: str) -> Name:
        """The name to show for a grid (its short one) or a place."""
        if field is LineField.PLACE:
            return self.places[code].name
        unit = self.units[code]
        return unit.short if unit.short.zh else unit.name


def complete(before_cursor: str, gazetteer: Gazetteer, limit: int = 8) -> tuple[Suggestion, ...]:
    """Grids and places whose name, alias, code or pinyin initials begin with the end of what was typed.

    The longest end that begins anything wins; what is typed in full already is not suggested.
    """
    typed = plain(before_cursor[-_LONGEST_KEY - 1 :])
    for start in range(max(0, len(typed) - _LONGEST_KEY), len(typed)):
        end = typed[start:]
        if end[0].isspace() or (
            start and end[0].isascii() and typed[start - 1].isascii() and typed[start - 1].isalnum()
        ):
            continue
        if found := tuple(_beginning_with(end, gazetteer)):
            return found[:limit]
    return ()


def _beginning_with(end: str, gazetteer: Gazetteer) -> list[Suggestion]:
    """Suggestions for one typed end, closest keys first, each grid or place once."""
    matches = []
    for key, field, code in gazetteer.keys[bisect_left(gazetteer.keys, (end,)) :]:
        if not key.startswith(end):
            break
        matches.append((len(key), key, field, code))
    found: dict[tuple[LineField, str], Suggestion] = {}
    for _, _, field, code in sorted(matches):
        name = gazetteer.name_of(field, code)
        if plain(name.zh) != end:
            found.setdefault((field, code), Suggestion(field, code, name, name.zh, len(end)))
    return list(found.values())


def _names(street: Street, grids: list[Unit], spellings: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Entry]]:
    """Phrases for grids, communities, places and kinds."""
    for kind, words in KIND_WORDS.items():
        yield from ((word, Entry(Sense.KIND, kind)) for word in words)
    for grid in grids:
        for spelling in (*spellings[grid.code], *_ordinal_spellings(grid)):
            yield spelling, Entry(Sense.GRID, grid.code)
    for unit in street.units:
        if unit.level is UnitLevel.COMMUNITY:
            yield from ((stem, Entry(Sense.COMMUNITY, unit.code)) for stem in _stems(unit))
    for place in street.places:
        for spelling in (*_place_spellings(place), place.code):
            if len(spelling) > 1:
                yield spelling, Entry(Sense.PLACE, place.code)


def _severity_words(policy: Policy) -> Iterator[tuple[str, Entry]]:
    """The policy's words for severity."""
    yield from ((word, Entry(Sense.CRITICAL, word)) for word in policy.critical_words or CRITICAL_WORDS)
    yield from ((word, Entry(Sense.URGENT, word)) for word in policy.urgent_words)


def _keys(
    street: Street, grids: list[Unit], spellings: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, LineField, str]]:
    """Completion keys of grids and places."""
    for grid in grids:
        yield from ((plain(each), LineField.GRID, grid.code) for each in spellings[grid.code])
    for place in street.places:
        yield from ((plain(each), LineField.PLACE, place.code) for each in _place_spellings(place) if each)


def _place_spellings(place: Place) -> tuple[str, ...]:
    return (place.name.zh, place.name.en, *place.aliases, *place.pinyin.split())


def _stems(community: Unit) -> set[str]:
    """双河社区 and 双河."""
    names = {community.name.zh, community.short.zh, community.name.zh.removesuffix("社区")}
    return {name for name in names if len(name) > 1}


def _grid_spellings(grid: Unit, units: Mapping[str, Unit], initials: str) -> Iterator[str]:
    """Every spelling that names the grid alone: 双河一, 双河1网格, JF-SH-G01, SH-G01, sh1, shy."""
    yield from (name for name in (grid.short.zh, grid.name.zh, grid.short.en, grid.name.en, grid.code) if name)
    yield from initials.split()
    parts = grid.code.split("-")
    number = _number(grid)
    if len(parts) > 2:
        yield "-".join(parts[1:])
        if number:
            yield f"{parts[-2]}{number}"
            yield f"{parts[-2]}{number:02}"
    community = units.get(grid.parent)
    if not number or community is None or community.level is not UnitLevel.COMMUNITY:
        return
    for stem in sorted(_stems(community)):
        for ordinal in (str(number), _chinese(number)):
            yield from (f"{stem}{ordinal}", f"{stem}{ordinal}网格", f"{stem}第{ordinal}网格", f"{stem}{ordinal}号网格")


def _ordinal_spellings(grid: Unit) -> Iterator[str]:
    """Spellings that several grids share: 一网格, G01. They name a grid only together with a community or place."""
    if number := _number(grid):
        yield from (f"G{number:02}", f"G{number}")
        for ordinal in (str(number), _chinese(number)):
            yield from (f"{ordinal}网格", f"第{ordinal}网格", f"{ordinal}号网格")


def _number(grid: Unit) -> int:
    """The number of a grid in its community by its code, ``…-G01`` = 1; 0 when the code carries none."""
    tail = re.search(r"([0-9]{1,2})$", grid.code)
    return int(tail[1]) if tail else 0


def _chinese(number: int) -> str:
    """1–99 in Chinese numerals."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")

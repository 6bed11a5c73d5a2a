"""What the numbers, times and names of a one-line whistle can mean; ambiguity is kept, never guessed away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.clock_words import TOKEN_EDGE
from app.domain.gazetteer import Gazetteer, Hit, Sense
from app.domain.instants import FoundMoment, find_moment
from app.domain.text import find_phone

_SOURCE_NUMBER = re.compile(
    "(?<![0-9a-z-])(?:12345|12319|12350|12369|110|119|120|122)-[0-9a-z][0-9a-z-]{3,30}(?![0-9a-z])"
)
_NOBODY = re.compile(
    "(?:无|没|没有|未|未见|未发现|未造成|暂无|尚无|并无)(?:人员?|任何人)?$|(?<![a-z])(?:no|not|nobody) $"
)
_HIDDEN = "\n"
"""Stands for what has been recognised already; an edge for words on both sides."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is recognised by its form: numbers and times, and the line with them hidden."""

    source: tuple[int, int] | None
    phone: tuple[int, int] | None
    time: FoundMoment | None
    rest: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """What each name and word of the line can mean; one candidate = understood."""

    hits: tuple[Hit, ...]
    grids: tuple[str, ...]
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    matters: tuple[str, ...]
    place_hit: Hit | None
    matter_hit: Hit | None
    severity_hit: Hit | None

    @property
    def grid(self) -> str:
        return _only(self.grids)

    @property
    def place(self) -> str:
        both = self.place_hit is not None and bool(self.place_hit.codes(Sense.GRID))
        return "" if both else _only(self.places)

    @property
    def matter(self) -> str:
        return _only(self.matter_hit.codes(Sense.MATTER)) if self.matter_hit else ""


def read_figures(flat: str, now: datetime, zone: ZoneInfo) -> Figures:
    """Numbers first, so that no part of them is taken for a time; then the time."""
    source = _SOURCE_NUMBER.search(flat)
    rest = _hide(flat, source.span() if source else None)
    phone = find_phone(rest)
    rest = _hide(rest, phone)
    found = find_moment(rest, now, zone)
    rest = _hide(rest, (found.start, found.end) if found else None)
    return Figures(source.span() if source else None, phone, found, rest)


def read_names(flat: str, figures: Figures, gazetteer: Gazetteer) -> Candidates:
    """Names and words with the candidates each leaves."""
    matter_hits = tuple(gazetteer.matter_words.find(flat))
    severity_hits = tuple(gazetteer.severity_words.find(flat))
    hits = _without_parts_of_words(
        figures.rest, tuple(gazetteer.names.find(figures.rest)), (*matter_hits, *severity_hits)
    )
    grids = _grids(hits, gazetteer)
    place_hit, places = _places(hits, grids, gazetteer)
    best = max(matter_hits, key=lambda hit: (hit.end - hit.start, -hit.start), default=None)
    matters = _in_order(code for hit in (best, *matter_hits) if hit for code in hit.codes(Sense.MATTER))
    kinds = _in_order(code for hit in hits for code in hit.codes(Sense.KIND))
    return Candidates(hits, grids, places, kinds, matters, place_hit, best, _gravest(flat, severity_hits))


def _without_parts_of_words(rest: str, hits: Sequence[Hit], words: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits without kinds that are part of a longer word: 应急局 and 着急 name no kind, 双河一应急井盖 does."""
    named = [hit for hit in hits if not hit.codes(Sense.KIND)]
    ends = {hit.end for hit in named}
    starts = {hit.start for hit in named}
    word_starts = {word.start for word in words if word.end - word.start > 1}

    def stands(hit: Hit) -> bool:
        word = rest[hit.start : hit.end]
        if not hit.codes(Sense.KIND) or word.isascii() or (word.endswith("哨") and len(word) > 2):
            return True
        after_name = len(word) > 1 and hit.start in ends
        before_name = len(word) > 1 and hit.end in starts
        left = hit.start == 0 or rest[hit.start - 1] in TOKEN_EDGE or after_name
        right = hit.end == len(rest) or rest[hit.end] in TOKEN_EDGE or before_name
        return left and (right or (after_name and hit.end in word_starts))

    return tuple(hit for hit in hits if stands(hit))


def _grids(hits: Sequence[Hit], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Grids that fit everything said: named ones, else those of the places, else those of the community."""
    of_places = [_in_order(gazetteer.places[code].grid for code in hit.codes(Sense.PLACE)) for hit in hits]
    of_places = [grids for grids in of_places if grids]
    of_communities = _in_order(
        grid for hit in hits for code in hit.codes(Sense.COMMUNITY) for grid in gazetteer.grids_of(code)
    )
    named = [hit.codes(Sense.GRID) for hit in hits if hit.codes(Sense.GRID)]
    if named:
        found = _common(named)
        for context in (of_communities, _common(of_places)):
            found = _narrowed(found, context)
        return found
    if of_places:
        return _narrowed(_common(of_places), of_communities)
    return of_communities


def _places(hits: Sequence[Hit], grids: Sequence[str], gazetteer: Gazetteer) -> tuple[Hit | None, tuple[str, ...]]:
    """The first place named that lies in the grids, else the first named at all, with what it can mean."""
    first: tuple[Hit | None, tuple[str, ...]] = (None, ())
    for hit in hits:
        codes = hit.codes(Sense.PLACE)
        fitting = tuple(code for code in codes if gazetteer.places[code].grid in grids)
        if fitting:
            return hit, fitting
        if codes and first[0] is None:
            first = hit, codes
    return first


def _gravest(flat: str, hits: Sequence[Hit]) -> Hit | None:
    """The first word of danger that is not denied (无人受伤), else the first of urgency."""
    for sense in (Sense.CRITICAL, Sense.URGENT):
        for hit in hits:
            if hit.codes(sense) and not _NOBODY.search(flat[max(0, hit.start - 8) : hit.start]):
                return hit
    return None


def _common(sets: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What all name, or all that any names when they agree on nothing."""
    if not sets:
        return ()
    rest = [set(each) for each in sets[1:]]
    agreed = tuple(code for code in sets[0] if all(code in each for each in rest))
    return agreed or _in_order(code for each in sets for code in each)


def _narrowed(found: Sequence[str], context: Sequence[str]) -> tuple[str, ...]:
    """What fits the context too, if anything does."""
    return tuple(code for code in found if code in context) or tuple(found)


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once, in the order of its first appearance."""
    return tuple(dict.fromkeys(codes))


def _only(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else ""


def _hide(flat: str, span: tuple[int, int] | None) -> str:
    """The line with a span blanked out, at the same length."""
    return flat if span is None else flat[: span[0]] + _HIDDEN * (span[1] - span[0]) + flat[span[1] :]

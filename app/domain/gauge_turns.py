"""When the water is news: a level crossed, once each way, and falling water, once a wave (domain 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from app.domain.gauge import Spot, is_fresh, levels_of
from app.domain.posture import WaterLevel
from app.domain.route import Gauge

TAIL = timedelta(days=7)
"""So far back before the last reading news is looked for."""


class Matter(StrEnum):
    """What can be news at a gauge: each of its levels, and that the water falls (退水: banks slump then)."""

    GUARD = "guard"
    WARNING = "warning"
    GUARANTEE = "guarantee"
    FALLING = "falling"


class Turn(StrEnum):
    """Which way."""

    UP = "up"
    DOWN = "down"
    FALLING = "falling"
    """The water falls from a peak: banks that it carried slump."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told last of a matter: the level is exceeded or not, the fall is that one; ``at`` of its reading."""

    up: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Crossing:
    """One piece of news. ``level`` is None for falling water, ``peak`` is what it falls from and None for a level."""

    gauge: str
    matter: Matter
    turn: Turn
    level: WaterLevel | None
    spot: Spot
    """The reading that made it so; of falling water the last one."""
    peak: Spot | None = None


def news_of(
    gauge: Gauge, tail: Sequence[Spot], known_until: datetime | None, told: Mapping[Matter, Told], now: datetime
) -> tuple[Crossing, ...]:
    """What the readings say that was not told yet, the lowest level first, falling water last.

    ``tail`` holds every reading of the last ``TAIL`` by time, fresh ones and late ones alike; ``known_until`` is the
    last that was there before them. Only how it stands at the end is news: what a late reading tells of an hour that
    is overtaken is not, and nothing is when the last reading is too old to act upon.
    """
    if not tail or not is_fresh(gauge, tail[-1].at, now):
        return ()
    found = [_crossed(gauge, level, metres, tail, known_until, told) for level, metres in levels_of(gauge)]
    found.append(_falling(gauge, tail, told, now))
    return tuple(one for one in found if one is not None)


def groundless(
    gauge: Gauge, tail: Sequence[Spot], known_until: datetime | None, told: Mapping[Matter, Told]
) -> tuple[Matter, ...]:  # fmt: skip
    """What was told of and rests on no reading any more, after one was struck out or corrected.

    ``tail`` and ``known_until`` as for ``news_of``, which goes first: what it has told anew has its ground.
    """
    levels = {Matter(level.value): metres for level, metres in levels_of(gauge)}
    found: list[Matter] = []
    for matter, mark in told.items():
        if matter is Matter.FALLING:
            falls = list(_falls(gauge, [spot for spot in tail if spot.at <= mark.at]))
            if not falls or falls[-1].over:
                found.append(matter)
        elif mark.up and matter in levels:
            state = _standing(gauge, levels[matter], tail, known_until) if tail else None
            if state is None or not state.up:
                found.append(matter)
    return tuple(found)


def _crossed(
    gauge: Gauge, level: WaterLevel, metres: Decimal, tail: Sequence[Spot], known_until: datetime | None,
    told: Mapping[Matter, Told],
) -> Crossing | None:  # fmt: skip
    matter = Matter(level.value)
    before = told.get(matter)
    was_up = before is not None and before.up
    state = _standing(gauge, metres, tail, known_until)
    if state is None or (not state.up and not was_up):
        return None
    if state.up == was_up and not (state.up and state.was_back and _is_later(state.since.at, known_until)):
        return None
    corrected = before is not None and state.since.at <= before.at  # what was told of is no reading any more
    return Crossing(gauge.id, matter, Turn.UP if state.up else Turn.DOWN, level, tail[-1] if corrected else state.since)


def _is_later(at: datetime, known_until: datetime | None) -> bool:
    """Whether it happened after all that was known: not learned late about a time since overtaken."""
    return known_until is None or at > known_until


@dataclass(frozen=True, slots=True)
class _Standing:
    up: bool
    since: Spot
    was_back: bool
    """Before, it was seen to be below by the margin, or nobody looked for long."""


def _standing(
    gauge: Gauge, metres: Decimal, tail: Sequence[Spot], known_until: datetime | None
) -> _Standing | None:  # fmt: skip
    """How the water stands to a level after the last reading; None while it was only within the margin below it."""
    state: _Standing | None = None
    silent = False
    before = min(known_until or tail[0].at, tail[0].at)
    for spot in tail:
        if spot.at - before > gauge.stale:
            state, silent = None, True
        before = spot.at
        if spot.metres >= metres:
            if state is None or not state.up:
                state = _Standing(True, spot, silent or state is not None)
        elif spot.metres < metres - gauge.margin and (state is None or state.up):
            state = _Standing(False, spot, True)
    return state


def _falling(
    gauge: Gauge, tail: Sequence[Spot], told: Mapping[Matter, Told], now: datetime
) -> Crossing | None:  # fmt: skip
    """The fall that is going on, unless it was told of; one from a peak before the last that was told is the same."""
    falls = list(_falls(gauge, tail))
    if not falls or falls[-1].over or not is_fresh(gauge, falls[-1].spot.at, now):
        return None
    last = falls[-1]
    before = told.get(Matter.FALLING)
    if before is not None and last.peak.at <= before.at:
        return None
    return Crossing(gauge.id, Matter.FALLING, Turn.FALLING, None, tail[-1], last.peak)


@dataclass(frozen=True, slots=True)
class _Fall:
    peak: Spot
    spot: Spot
    over: bool = False
    """The next wave has come since."""


def _falls(gauge: Gauge, tail: Sequence[Spot]) -> Iterator[_Fall]:
    """Every fall from a wave: by ``fall`` below its peak, which stood at the lowest level or had risen by ``rise``.

    After a fall the next wave begins where the water has risen again by ``rise``. A long silence begins anew.
    """
    if not tail:
        return
    levels = levels_of(gauge)
    low = peak = tail[0]
    fallen: _Fall | None = None
    before = tail[0].at
    for spot in tail:
        silent, before = spot.at - before > gauge.stale, spot.at
        low, peak = (spot, spot) if silent else (low, max(peak, spot, key=_metres))
        if fallen is not None and (silent or peak.metres - low.metres >= gauge.rise):
            yield replace(fallen, over=True)
            fallen = None
        is_wave = peak.metres >= levels[0][1] if levels else peak.metres - low.metres >= gauge.rise
        if fallen is None and is_wave and peak.metres - spot.metres >= gauge.fall:
            fallen = _Fall(peak, spot)
            low = peak = spot
            yield fallen
        elif spot.metres < low.metres:
            low = spot
            peak = peak if is_wave and fallen is None else spot


def _metres(spot: Spot) -> Decimal:
    return spot.metres

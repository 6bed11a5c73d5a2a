"""The line that always stands on top: street, time, shift, who is here, and what must never be overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.org import Shift
from app.render.clock import day, hm
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight
from app.render.words import Words
from rich.cells import cell_len

GAP = "  "
FRESH = 5.0
"""Seconds after which the age of what is shown is told; beyond, it is amber."""


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the header says beside the time."""

    street: str
    shift: Shift | None
    acting: str
    """Member code of who sits here, or empty."""
    age: float
    """Seconds since the database was last heard of."""
    drill: bool = False
    speed: float = 1.0
    read_only: bool = False
    plan_missing: int | None = None


def opening_line(words: Words) -> Cell:
    """The header before the database is open."""
    return (Piece(" " + words.t("Grid command center"), Tone.STRONG), Piece(GAP + words.t("opening the database…"), Tone.QUIET))


def header_line(facts: HeaderFacts, sight: Sight, width: int) -> Cell:
    """As many parts as fit, the least needed left out first; drill, read-only and an old picture never."""
    parts = [part for part in _parts(facts, sight) if part[1]]
    while len(parts) > 1 and _cells(parts) > width - 1:
        least = min(parts, key=lambda part: part[0])
        if least[0] >= _ALWAYS:
            break
        parts.remove(least)
    pieces: list[Piece] = [Piece(" ")]
    for number, (_, cell) in enumerate(parts):
        if number:
            pieces.append(Piece(GAP))
        pieces += cell
    return tuple(pieces)


_ALWAYS = 90
_Part = tuple[int, Cell]


def _parts(facts: HeaderFacts, sight: Sight) -> list[_Part]:
    now = sight.now
    return [
        (_ALWAYS, (Piece(f" {sight.t('DRILL')} ", Tone.CHIP),) if facts.drill else ()),
        (_ALWAYS, (Piece(f" {sight.t('READ ONLY')} ", Tone.CHIP),) if facts.read_only else ()),
        (20, (Piece(sight.t("Grid command center"), Tone.STRONG),)),
        (60, (Piece(facts.street, Tone.STRONG),)),
        (_ALWAYS, (Piece(_time(now, sight)),)),
        (10, (Piece(f"×{facts.speed:g}", Tone.QUIET),) if facts.drill and facts.speed != 1 else ()),
        (40, _shift(facts.shift, sight)),
        (70, _acting(facts.acting, sight)),
        (_ALWAYS, _pulse(facts.age, sight)),
        (50, _plan(facts.plan_missing, sight)),
    ]


def _cells(parts: list[_Part]) -> int:
    return sum(cell_len(piece.text) for _, cell in parts for piece in cell) + len(GAP) * (len(parts) - 1)


def _time(now: datetime, sight: Sight) -> str:
    return f"{day(now, sight.zone)} {sight.words.weekday(now.astimezone(sight.zone))} {hm(now, sight.zone)}"


def _shift(shift: Shift | None, sight: Sight) -> Cell:
    if shift is None:
        return (Piece(sight.t("no shift open"), Tone.SOON),)
    people = "/".join(dict.fromkeys(sight.person(code) for code in (shift.leader, *shift.officers)))
    return (Piece(sight.words.enum(shift.kind) + " ", Tone.QUIET), Piece(people))


def _acting(code: str, sight: Sight) -> Cell:
    if not code:
        return (Piece(sight.t("nobody at this desk"), Tone.SOON),)
    return (Piece(sight.t("at this desk") + " ", Tone.QUIET), Piece(sight.person(code)))


def _pulse(age: float, sight: Sight) -> Cell:
    if age < FRESH:
        return (Piece(sight.glyphs.pulse, Tone.GOOD),)
    return (Piece(f"{sight.glyphs.pulse} " + sight.t("as of {n}s ago", n=int(age)), Tone.SOON),)


def _plan(year: int | None, sight: Sight) -> Cell:
    return (Piece(sight.t("no work-day plan for {year}", year=str(year)), Tone.SOON),) if year else ()

"""The line that always stands on top: street, time, shift, who is here, and what must never be overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rich.cells import cell_len

from app.domain.org import Shift
from app.render.clock import day, hm
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight

GAP = "  "
ENGINE_FRESH = 45.0
"""Seconds after which a duty clock that did not go round is told; it goes round at least every 15."""
FRESH = 5.0
"""Seconds after which the age of what is shown is told; beyond, it is amber."""


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the header says beside the time."""

    street: str
    shift: Shift | None
    """The one that holds the desk: its end may have passed."""
    acting: str
    """Member code of who sits here, or empty."""
    age: float
    """Seconds since the database was last heard of."""
    drill: bool = False
    speed: float = 1.0
    read_only: bool = False
    plan_missing: int | None = None
    late: timedelta | None = None
    """How long the end of that shift has passed without relief."""
    engine_age: float | None = None
    """Seconds since the duty clock of this program last went round; None where it runs none."""


def header_line(facts: HeaderFacts, sight: Sight, width: int) -> Cell:
    """As many parts as fit, the least needed left out first; drill, read-only and an old picture never."""
    return _joined([cell for _, cell in _fitting(facts, sight, width)])


def header_part(facts: HeaderFacts, sight: Sight, width: int, piece: int) -> str:
    """The name of the part to which a piece of the line belongs: ``shift``, ``who``, ``time`` …; empty for a gap."""
    place = 1
    for name, cell in _fitting(facts, sight, width):
        if place <= piece < place + len(cell):
            return name
        place += len(cell) + 1
    return ""


def _fitting(facts: HeaderFacts, sight: Sight, width: int) -> list[tuple[str, Cell]]:
    parts: list[tuple[str, Cell]] = []
    for left_out in _LEFT_OUT:
        parts = _parts(facts, sight, left_out)
        if sum(cell_len(piece.text) for piece in _joined([cell for _, cell in parts])) < width:
            break
    return parts


_LEFT_OUT: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"program"}),
    frozenset({"program", "street"}),
    frozenset({"program", "crew"}),
    frozenset({"program", "crew", "street"}),
    frozenset({"program", "crew", "street", "label"}),
    frozenset({"program", "crew", "street", "label", "day"}),
    frozenset({"program", "crew", "street", "label", "day", "plan"}),
    frozenset({"program", "crew", "street", "label", "day", "plan", "who"}),
)
"""What is left out as the line gets narrower; the acting member stands within the shift where there is room.

Who holds the desk is always said: without the ``crew`` by one name of the shift and how many more there are.

The street's name, and the words before who sits here, go before the missing plan: everybody in the room knows the
street, and nobody would miss the plan in time.
"""


def _parts(facts: HeaderFacts, sight: Sight, left_out: frozenset[str]) -> list[tuple[str, Cell]]:
    inside = facts.shift is not None and facts.acting in facts.shift.people
    parts: list[tuple[str, Cell]] = [
        ("drill", (Piece(f" {sight.t('DRILL')} ", Tone.CHIP),) if facts.drill else ()),
        ("read_only", (Piece(f" {sight.t('READ ONLY')} ", Tone.CHIP),) if facts.read_only else ()),
        ("program", (Piece(sight.t("Grid command center"), Tone.STRONG),)),
        ("street", (Piece(facts.street, Tone.STRONG),)),
        ("time", _time(facts, sight, whole="day" not in left_out)),
        ("shift", _shift(facts, sight, whole="crew" not in left_out)),
        ("relief", _late(facts.late, sight)),
        (
            "acting" if inside else "who",
            () if inside else _acting(facts.acting, sight, labelled="label" not in left_out),
        ),
        ("pulse", _pulse(facts.age, sight)),
        ("engine", _engine(facts.engine_age, sight)),
        ("plan", _plan(facts.plan_missing, sight)),
    ]
    return [(name, cell) for name, cell in parts if cell and name not in left_out]


def _joined(parts: list[Cell]) -> Cell:
    pieces: list[Piece] = [Piece(" ")]
    for number, cell in enumerate(parts):
        if number:
            pieces.append(Piece(GAP))
        pieces += cell
    return tuple(pieces)


def _time(facts: HeaderFacts, sight: Sight, *, whole: bool) -> Cell:
    now = sight.now
    text = hm(now, sight.zone)
    if whole:
        text = f"{day(now, sight.zone)} {sight.words.weekday(now)} {text}"
    speed = (Piece(f" ×{facts.speed:g}", Tone.QUIET),) if facts.drill and facts.speed != 1 else ()
    return (Piece(text), *speed)


def _shift(facts: HeaderFacts, sight: Sight, *, whole: bool) -> Cell:
    """Shift, leader and officers; who sits at this desk is pointed at. Else one of them and how many more."""
    if facts.shift is None:
        return (Piece(sight.t("no shift open"), Tone.SOON),)
    people = facts.shift.people
    more = "" if whole else f"+{len(people) - 1}"
    if not whole:
        first = facts.acting if facts.acting in people else next(iter(facts.shift.officers), facts.shift.leader)
        people = (first,)
    pieces = [Piece(sight.words.enum(facts.shift.kind) + " ", Tone.QUIET)]
    for number, code in enumerate(people):
        if number:
            pieces.append(Piece("/", Tone.QUIET))
        here = code == facts.acting
        name = f"{sight.glyphs.pointer}{sight.person(code)}" if here else sight.person(code)
        pieces.append(Piece(name, Tone.ACCENT if here else Tone.PLAIN))
    if more and more != "+0":
        pieces.append(Piece(more, Tone.QUIET))
    return tuple(pieces)


def _late(late: timedelta | None, sight: Sight) -> Cell:
    """Nothing while the shift runs; that nobody has relieved it, and for how long."""
    if late is None:
        return ()
    return (Piece(f" {late_words(late, sight)} ", Tone.CHIP),)


def late_words(late: timedelta, sight: Sight) -> str:
    """``未接班 12分``: how long nobody has relieved the shift."""
    minutes = int(late.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    since = sight.t("{n} min", n=rest) if not hours else sight.t("{h} h {m} min", h=hours, m=rest)
    return sight.t("not relieved, {since}", since=since)


def _acting(code: str, sight: Sight, *, labelled: bool) -> Cell:
    if not code:
        return (Piece(sight.t("nobody at this desk"), Tone.SOON),)
    label = (Piece(sight.t("at this desk") + " ", Tone.QUIET),) if labelled else ()
    return (*label, Piece(sight.person(code), Tone.ACCENT))


def _pulse(age: float, sight: Sight) -> Cell:
    if age < FRESH:
        return (Piece(sight.glyphs.pulse, Tone.GOOD),)
    return (Piece(f"{sight.glyphs.pulse} " + sight.t("as of {n}s ago", n=int(age)), Tone.SOON),)


def is_stale(facts: HeaderFacts) -> bool:
    """Whether what is shown, or what would remind, is older than it may be: the frame turns amber."""
    return facts.age >= FRESH or (facts.engine_age is not None and facts.engine_age >= ENGINE_FRESH)


def _engine(age: float | None, sight: Sight) -> Cell:
    """Nothing while the duty clock runs; that it stands, when it does, so that nobody relies on it."""
    if age is None or age < ENGINE_FRESH:
        return ()
    return (Piece(f" {sight.t('duty clock stands, {n}s', n=int(age))} ", Tone.CHIP),)


def _plan(year: int | None, sight: Sight) -> Cell:
    return (Piece(sight.t("no work-day plan for {year}", year=str(year)), Tone.SOON),) if year else ()

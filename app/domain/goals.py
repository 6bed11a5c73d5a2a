"""Where one field can lead: grids, communities, departments, members by name or initials, cases by number or words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.initials import initials_key
from app.domain.message import N_, Name
from app.domain.org import UnitLevel
from app.domain.search_text import plain
from app.domain.street_index import StreetIndex

SORT_NAMES = {
    "case": N_("Case"), "grid": N_("Grid"), "community": N_("Community"), "department": N_("Department"),
    "member": N_("Member"),
}  # fmt: skip
"""What each sort of goal is called; msgids."""

MOST = 200
"""Goals listed at once."""

_NUMBER = re.compile(r"(?:w-?)?(?:(\d{8}|\d{4})-)?(\d{1,4})")


_BEGINNING = re.compile(r"(?:w-?)?(?:(\d{3,8})|(\d{4}|\d{8})-(\d{0,4}))")

YEARS = 30
"""How far back the beginning of a number without its year is looked for."""

NAMELESS = Name("")


@dataclass(frozen=True, slots=True)
class Goal:
    """Somewhere to go: a case by its id, or a list narrowed to a code."""

    sort: str
    code: str
    name: Name
    about: str = ""
    """A word beside the name: a case's title, a member's phone."""
    short: Name = NAMELESS


@dataclass(frozen=True, slots=True)
class CaseGoals:
    """Cases that a text may mean: those of that number, and those that have its words."""

    numbered: tuple[Goal, ...] = ()
    worded: tuple[Goal, ...] = ()


def numbers_meant(typed: str, today: date) -> tuple[str, ...]:
    """The full or short numbers that what was typed may stand for; a bare count is one of today's."""
    found = _NUMBER.fullmatch(plain(typed).strip().replace(" ", ""))
    if not found:
        return ()
    day, count = found[1], f"{int(found[2]):02}"
    if day is None:
        return (f"W-{today:%Y%m%d}-{count}",)
    return (f"W-{day}-{count}",) if len(day) == 8 else (f"{day}-{count}",)


def beginnings_meant(typed: str, today: date) -> tuple[str, ...]:
    """What full numbers begin with that are written as typed so far, the newest year first; empty for other text.

    ``0702-`` is the second of July of every year, ``202007`` a month; three digits are the least.
    """
    found = _BEGINNING.fullmatch(plain(typed).strip().replace(" ", ""))
    if not found:
        return ()
    day = found[1] or found[2]
    rest = day if found[1] else f"{day}-{found[3]}"
    if day[:2] in ("19", "20"):  # no month is
        return (f"W-{rest}",)
    return tuple(f"W-{today.year + 1 - n}{rest}" for n in range(YEARS)) if len(day) <= 4 else ()


def number_fits(number: str, typed: str) -> bool:
    """Whether a case's number begins or ends as typed: ``W-2020…``, ``0702-0…``, ``1`` for …-01."""
    wanted = plain(typed).strip().replace(" ", "")
    if not wanted or not number:
        return False
    low = number.casefold()
    count = low.rsplit("-", 1)[-1]
    counted = wanted.isdigit() and len(wanted) <= len(count) and int(wanted) == int(count)
    return counted or (len(wanted) > 2 and (low.startswith(wanted) or low[6:].startswith(wanted)))


def places_and_people(street: StreetIndex) -> Iterator[Goal]:
    """Everything of the street that a list can be narrowed to."""
    for unit in street.street.units:
        if unit.level in (UnitLevel.GRID, UnitLevel.COMMUNITY):
            sort = "grid" if unit.level is UnitLevel.GRID else "community"
            yield Goal(sort, unit.code, unit.name, unit.short.zh, unit.short)
    yield from (Goal("department", one.code, one.name, one.duty_phone, one.short) for one in street.street.departments)
    for member in street.street.members:
        if member.active:
            yield Goal("member", member.code, member.name, member.phone)


def goals_found(typed: str, goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals whose name in either language, code or initials have every word, best ones first."""
    words = plain(typed).split()
    ranked: list[tuple[int, int, Goal]] = []
    for place, goal in enumerate(goals):
        ranks = [_rank(word, goal) for word in words]
        if all(rank is not None for rank in ranks):
            ranked.append((max((rank for rank in ranks if rank is not None), default=0), place, goal))
    ranked.sort(key=lambda one: one[:2])
    return tuple(goal for _, _, goal in ranked[:MOST])


def _rank(word: str, goal: Goal) -> int | None:
    """0 begins so, 1 has it, 2 by initials; None = not meant."""
    names = [plain(name) for name in (goal.name.zh, goal.short.zh, goal.name.en, goal.short.en) if name]
    names.append(goal.code.casefold())
    if any(name.startswith(word) for name in names):
        return 0
    if any(word in name for name in names):
        return 1
    return 2 if any(_by_initials(word, plain(name.zh)) for name in (goal.name, goal.short)) else None


def _by_initials(word: str, name: str) -> bool:
    from app.domain.initials import WINDOW, windows

    if not word.isascii() or not word.isalnum():
        return False
    keys = initials_key(name).split()
    wanted: Sequence[str] = [word] if len(word) < WINDOW else windows(word)
    return all(any(key.startswith(one) for key in keys) for one in wanted)

"""The numbers of a briefing shared among the units below: each thing counted is in exactly one of them (domain 6.1).

The street's numbers are the sums of its communities' and of what belongs to none of them, a community's those of its
grids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.briefing import Figure, Part, Ref

GridOf = Callable[[Ref], str]
"""The grid of one thing that is counted; empty for what belongs to no grid."""


@dataclass(frozen=True, slots=True)
class Below:
    """A unit below the one whose briefing it is, with its grids."""

    unit: str
    grids: frozenset[str]


def shared(figures: Sequence[Figure], below: Sequence[Below], grid_of: GridOf) -> tuple[Part, ...]:
    """Every figure shared among the units, in their order; last what belongs to none, under an empty unit.

    None where there are no units below. The last one is left out when everything belongs to a unit.
    """
    if not below:
        return ()
    home = {grid: one.unit for one in below for grid in one.grids}
    found: dict[str, list[Figure]] = {one.unit: [] for one in below}
    found[""] = []
    for figure in figures:
        refs: dict[str, list[Ref]] = {unit: [] for unit in found}
        for ref in figure.refs:
            refs[home.get(grid_of(ref), "")].append(ref)
        for unit, mine in refs.items():
            found[unit].append(Figure(figure.count, tuple(mine)))
    rest = found.pop("")
    parts = [Part(unit, tuple(mine)) for unit, mine in found.items()]
    return (*parts, *([Part("", tuple(rest))] if any(one.refs for one in rest) else []))


def grid_finder(grids: Iterable[tuple[Ref, str]], cases: Mapping[str, str]) -> GridOf:
    """The grid of anything that is counted: ``cases`` by id, for departments and cases alike, else what is listed."""
    known = dict(grids)
    return lambda ref: known.get(ref) or cases.get(ref.id, "")

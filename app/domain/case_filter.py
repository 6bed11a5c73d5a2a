"""What a list of cases is narrowed to and keeps being narrowed to: kinds, grids, departments, people, overdue only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.policy import WhistleKind
from app.domain.whistle import Whistle

SORTS = ("kinds", "units", "departments", "people")
"""The sets of a filter, by the name of their field."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Within a set any of its members will do; the sets, and ``overdue``, must all hold. Empty = every case."""

    kinds: frozenset[WhistleKind] = frozenset()
    units: frozenset[str] = frozenset()
    """Codes of grids and communities."""
    departments: frozenset[str] = frozenset()
    """Codes of departments that are still waited for, or, of an ended case, were whistled for."""
    people: frozenset[str] = frozenset()
    """Codes of members who blew the case or own it."""
    overdue: bool = False
    """Only cases past their limit; no ended case is."""

    def __bool__(self) -> bool:
        return bool(self.kinds or self.units or self.departments or self.people or self.overdue)

    def holds(self, whistle: Whistle, departments: Collection[str], now: datetime) -> bool:
        """Whether an open case stays in the list. ``departments`` = those it still waits for."""
        return (
            (not self.kinds or whistle.kind in self.kinds)
            and (not self.units or whistle.grid in self.units or whistle.community in self.units)
            and (not self.departments or not self.departments.isdisjoint(departments))
            and (not self.people or whistle.blower in self.people or whistle.owner in self.people)
            and (not self.overdue or (whistle.deadline_at is not None and whistle.deadline_at < now))
        )

    def toggled(self, sort: str, code: str) -> CaseFilter:
        """With this member of a set if it was not there, else without; ``overdue`` has no code."""
        if sort == "overdue":
            return replace(self, overdue=not self.overdue)
        member = WhistleKind(code) if sort == "kinds" else code
        there: frozenset[str] = getattr(self, sort)
        changes = {sort: there ^ {member}}
        return replace(self, **changes)  # type: ignore[arg-type]  # the field of that name has that type

    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Every condition as (sort, code), in a fixed order: what the chips show and take away."""
        found = [(sort, str(code)) for sort in SORTS for code in sorted(getattr(self, sort))]
        return (*found, ("overdue", "")) if self.overdue else tuple(found)


EVERY_CASE = CaseFilter()


@dataclass(frozen=True, slots=True)
class View:
    """A filter and a search that somebody gave a name, kept in the configuration."""

    name: str
    filter: CaseFilter = EVERY_CASE
    search: str = ""

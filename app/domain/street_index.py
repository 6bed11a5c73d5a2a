"""Look-ups over the organisation: who stands where, which community a grid belongs to, who covers what."""

from __future__ import annotations

from functools import cached_property

from app.domain.message import Name
from app.domain.org import Department, Member, Place, Post, Role, Street, Unit, UnitLevel

UNIT_ROLES = {
    UnitLevel.ZONE: Role.ZONE_PLATFORM,
    UnitLevel.STREET: Role.DUTY_LEADER,
    UnitLevel.COMMUNITY: Role.GRID_LEADER,
    UnitLevel.GRID: Role.GRID_MEMBER,
}
"""The role in whose name a unit speaks when only the unit is named on the phone."""

NOTHING = Street()


class StreetIndex:
    """A street with its look-ups; built once per load, never changed.

    What is offered and newly chosen comes from ``units``, ``departments``, ``members``, ``places`` and ``grids``:
    the organisation as it stands. Names, posts and reach are known of retired rows too, since cases stand on them.
    """

    def __init__(self, street: Street, retired: Street = NOTHING) -> None:
        self.street = street
        self.retired = retired
        """Units, departments, members and places that no file names any more; history and open cases still do."""

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by code."""
        return {unit.code: unit for unit in self.street.units}

    @cached_property
    def departments(self) -> dict[str, Department]:
        """Departments by code."""
        return {department.code: department for department in self.street.departments}

    @cached_property
    def members(self) -> dict[str, Member]:
        """Members by code."""
        return {member.code: member for member in self.street.members}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places by code."""
        return {place.code: place for place in self.street.places}

    @cached_property
    def known_units(self) -> dict[str, Unit]:
        """Units by code, retired ones too."""
        return {unit.code: unit for unit in self.retired.units} | self.units

    @cached_property
    def known_departments(self) -> dict[str, Department]:
        """Departments by code, retired ones too."""
        return {department.code: department for department in self.retired.departments} | self.departments

    @cached_property
    def known_members(self) -> dict[str, Member]:
        """Members by code, retired ones too."""
        return {member.code: member for member in self.retired.members} | self.members

    @cached_property
    def known_places(self) -> dict[str, Place]:
        """Places by code, retired ones too."""
        return {place.code: place for place in self.retired.places} | self.places

    @cached_property
    def grids(self) -> tuple[Unit, ...]:
        """The grids in the street's order."""
        return tuple(unit for unit in self.street.units if unit.level is UnitLevel.GRID)

    @cached_property
    def retired_grids(self) -> tuple[Unit, ...]:
        """Grids that are no longer in the organisation."""
        return tuple(unit for unit in self.retired.units if unit.level is UnitLevel.GRID)

    def unit_at(self, level: UnitLevel) -> Unit | None:
        """The first unit of a level: the zone, the street."""
        return next((unit for unit in self.street.units if unit.level is level), None)

    def community_of(self, grid: str) -> str:
        """Code of the community a grid belongs to; empty when the grid is unknown."""
        unit = self.known_units.get(grid)
        return unit.parent if unit else ""

    def covers(self, at: str, grid: str) -> bool:
        """Whether a post held at unit ``at`` reaches down to ``grid``."""
        code = grid
        while code:
            if code == at:
                return True
            unit = self.known_units.get(code)
            code = unit.parent if unit else ""
        return False

    def speaks_as(self, code: str) -> tuple[Post, ...]:
        """The posts behind a code named as ``on behalf of``: a member's, a unit's or a department's."""
        if code in self.known_members:
            return self.known_members[code].posts
        if code in self.known_departments:
            return (Post(Role.DEPT_LIAISON, at=code),)
        if code in self.known_units:
            return (Post(UNIT_ROLES[self.known_units[code].level], at=code),)
        return ()

    def label(self, code: str) -> Name:
        """A name to show for any code: member, department, unit or place; the code itself when unknown."""
        for table in (self.known_members, self.known_departments, self.known_units, self.known_places):
            if code in table:
                return table[code].name
        return Name(code)

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


class StreetIndex:
    """A street with its look-ups; built once per load, never changed."""

    def __init__(self, street: Street) -> None:
        self.street = street

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
    def grids(self) -> tuple[Unit, ...]:
        """The grids in the street's order."""
        return tuple(unit for unit in self.street.units if unit.level is UnitLevel.GRID)

    def unit_at(self, level: UnitLevel) -> Unit | None:
        """The first unit of a level: the zone, the street."""
        return next((unit for unit in self.street.units if unit.level is level), None)

    def community_of(self, grid: str) -> str:
        """Code of the community a grid belongs to; empty when the grid is unknown."""
        unit = self.units.get(grid)
        return unit.parent if unit else ""

    def covers(self, at: str, grid: str) -> bool:
        """Whether a post held at unit ``at`` reaches down to ``grid``."""
        code = grid
        while code:
            if code == at:
                return True
            unit = self.units.get(code)
            code = unit.parent if unit else ""
        return False

    def speaks_as(self, code: str) -> tuple[Post, ...]:
        """The posts behind a code named as ``on behalf of``: a member's, a unit's or a department's."""
        if code in self.members:
            return self.members[code].posts
        if code in self.departments:
            return (Post(Role.DEPT_LIAISON, at=code),)
        if code in self.units:
            return (Post(UNIT_ROLES[self.units[code].level], at=code),)
        return ()

    def label(self, code: str) -> Name:
        """A name to show for any code: member, department, unit or place; the code itself when unknown."""
        for table in (self.members, self.departments, self.units, self.places):
            if code in table:
                return table[code].name
        return Name(code)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places by code."""
        return {place.code: place for place in self.street.places}

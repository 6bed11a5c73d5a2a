"""Head-counts of the network, counted from the organisation as it stands (domain 1, rows 22, 23, 28, 29)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.org import Employment, Street, UnitLevel


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many there are; in the report 2, 6 and 50."""

    committee_heads: int
    """Heads of departments on the street's joint committee."""
    branch_deputies: int
    """Officers of departments (the police) who are deputy secretaries in communities: of none of the four parties."""
    full_time: int
    """Full-time members of grids."""


def staffing(street: Street) -> Staffing:
    """Count the street's committee, the communities' deputies and the full-time members."""
    level = {unit.code: unit.level for unit in street.units}
    of_departments = [level.get(one.unit) for one in street.committee if one.party is None]
    full = [m for m in street.members if m.active and m.grid and m.employment is Employment.FULL]
    return Staffing(
        committee_heads=of_departments.count(UnitLevel.STREET),
        branch_deputies=of_departments.count(UnitLevel.COMMUNITY),
        full_time=len(full),
    )

"""Which units hold briefings: the street, its communities, its grids (domain 6.1)."""

from __future__ import annotations

from app.domain.errors import NotFound
from app.domain.message import Message
from app.services.streets import Streets


class BriefingUnits:
    """Asked for a unit by its code."""

    def __init__(self, streets: Streets) -> None:
        self._streets = streets

    def all(self) -> tuple[str, ...]:
        """Codes of all that do, in the street's order: those with a grid under them, and the grids."""
        street = self._streets.current()
        grids = [grid.code for grid in street.grids]
        return tuple(unit.code for unit in street.street.units if any(street.covers(unit.code, grid) for grid in grids))

    def unit(self, code: str) -> str:
        """The code itself; NotFound for what holds none."""
        if code not in self.all():
            told = {"code": code}
            raise NotFound(Message("{code} holds no briefings: name the street, a community or a grid.", told))
        return code

    def below(self, unit: str) -> tuple[str, ...]:
        """The unit and every one under it."""
        street = self._streets.current()
        return tuple(one.code for one in street.street.units if street.covers(unit, one.code))

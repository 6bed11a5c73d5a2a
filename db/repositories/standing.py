"""What open cases stand on: before a unit, department, member or place is retired, they are asked (domain 1)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import bindparam, select, text

from app.domain.whistle import AssignmentState
from db.repositories.cases import ASSIGNMENT, WHISTLE
from db.repositories.rows import Rows, portions
from db.tables.cases import ON_BOARD

_W = WHISTLE.c
_A = ASSIGNMENT.c
_ON_BOARD = text(f"whistle.{ON_BOARD}")

_CASES = select(_W.number, _W.id, _W.grid, _W.community, _W.place, _W.blower, _W.owner).where(_ON_BOARD)
_CALLED = select(_A.whistle_id, _A.department).where(
    _A.whistle_id.in_(bindparam("ids", expanding=True)), _A.state != AssignmentState.RELEASED
)


class StandingReading(Rows):
    """Reads of what cannot be taken away without asking."""

    def open_cases_on(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Table → code → numbers of the open cases that stand on it, each once."""
        found: dict[str, dict[str, dict[str, None]]] = {}

        def note(table: str, code: str | None, number: str) -> None:
            if code:
                found.setdefault(table, {}).setdefault(code, {})[number] = None

        names: dict[UUID, str] = {}
        for number, id_, grid, community, place, *people in self._all(_CASES, tuple):
            names[id_] = name = number or id_.hex[:8]
            note("units", grid, name)
            note("units", community, name)
            note("places", place, name)
            for member in people:
                note("members", member, name)
        for ids in portions(names):
            for id_, department in self._all(_CALLED, tuple, {"ids": ids}):
                note("departments", department, names[id_])
        return {table: {code: tuple(numbers) for code, numbers in codes.items()} for table, codes in found.items()}

"""Errands of triage: the next case that needs me, going anywhere, the last move again, a case as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.case_filter import CaseFilter
from app.domain.goals import CaseGoals, Goal, number_fits, numbers_meant, places_and_people
from app.domain.message import Message, Name, Param, Said
from app.domain.whistle import BOARD_STATES
from app.render.board import named
from app.render.rows import Tone
from app.screens.narrowing import mode_of
from app.screens.seat import Seat

if TYPE_CHECKING:
    from app.screens.command_app import CommandApp
    from app.services.ports import BoardRow

MOST_OPEN = 12
"""Open cases shown for one number."""


class Triage:
    """What gets a duty officer through a full board without the mouse."""

    def __init__(self, app: CommandApp, seat: Seat, say: Callable[[Said, Tone], None]) -> None:
        self._app = app
        self._seat = seat
        self._say = say

    # -- needs me ----------------------------------------------------------------------------
    async def needs(self) -> None:
        """The cursor to the next case that needs the acting member, with the reason."""
        from app.domain.needs import after, needs

        seat, view = self._seat, self._seat.view
        if view is None or seat.actor is None or seat.lanes is None:
            return
        mode, here = mode_of(self._app), mode_of(self._app).selected
        rows, house = view.board.rows, seat.open_house()
        requests = await seat.lanes.run(house.desk.pending_requests, rows)
        if mode_of(self._app) is not mode:
            return
        found = await seat.lanes.run(needs, rows, requests, seat.actor, view.street, view.policy, seat.now())
        need = after(found, here)
        if need is None:
            self._say(Message("No case needs {who} now.", {"who": view.street.label(seat.actor.member)}), Tone.GOOD)
            return
        row = next(row for row in rows if row.whistle.id == need.whistle_id)
        place = 1 + [one.whistle_id for one in found].index(need.whistle_id)
        told: dict[str, Param] = {"case": named(row.whistle), "why": need.why, "n": place, "of": len(found)}
        mode.go(row, Message("{case} {why} ({n}/{of})", told))

    # -- going -------------------------------------------------------------------------------
    async def go(self) -> None:
        """Ask where to, and go there."""
        from app.screens.go_sheet import GoSheet

        seat, sight = self._seat, self._seat.sight()
        if seat.view is None or sight is None:
            return
        goals = tuple(places_and_people(seat.view.street))
        goal = await self._app.push_screen_wait(GoSheet(sight, goals, self._cases))
        if goal is not None and goal.sort == "case":
            await self.to_case(UUID(hex=goal.code))
        elif goal is not None:
            mode_of(self._app).go_to_list(filter_of(goal))

    async def _cases(self, typed: str) -> CaseGoals:
        """Open cases of that number, then whatever case the number means, however long ago; and those of the words."""
        seat = self._seat
        if seat.view is None or seat.lanes is None:
            return CaseGoals()
        fitting = [row for row in seat.view.board.rows if number_fits(row.whistle.number, typed)][:MOST_OPEN]
        today = seat.now().astimezone(seat.view.policy.calendar.zone).date()
        numbered, worded = await seat.lanes.run(seat.open_house().finding.meant, typed, today)
        exact = numbered[:1] if numbers_meant(typed, today) else ()
        by_number = {row.whistle.id: row for row in (*exact, *fitting, *numbered)}
        by_words = [row for row in worded if row.whistle.id not in by_number]
        return CaseGoals(tuple(map(self._goal, by_number.values())), tuple(map(self._goal, by_words)))

    def _goal(self, row: BoardRow) -> Goal:
        return Goal("case", row.whistle.id.hex, Name(row.whistle.number), row.title.replace("\n", " "))

    async def to_case(self, whistle_id: UUID) -> None:
        """To the case where it is: on the board of this mode, or in the archive of mode 2."""
        seat = self._seat
        if seat.lanes is None:
            return
        row = await seat.lanes.run(seat.open_house().finding.row, whistle_id)
        if row is None:
            self._say(Message("There is no such case."), Tone.SOON)
            return
        if row.whistle.state not in BOARD_STATES:
            await self._app.to_mode("whistles")
        mode_of(self._app).go(row)


def filter_of(goal: Goal) -> CaseFilter:
    """The list that a goal means."""
    only = frozenset({goal.code})
    if goal.sort == "department":
        return CaseFilter(departments=only)
    return CaseFilter(people=only) if goal.sort == "member" else CaseFilter(units=only)

"""F4, F5, F6 for all marked cases: reads them, asks once, and tells case by case what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual.app import App

from app.domain.errors import NotFound
from app.domain.many import MOST, next_steps, why_not_this
from app.domain.message import Message
from app.domain.moves import BY_ACTION, Action
from app.render.rows import Tone
from app.screens.dialogs.marked import MarkedDialog, MarkedResult, Refusal
from app.screens.marked_menu import MarkedMenu
from app.screens.narrowing import mode_of
from app.screens.repeating import remembered
from app.screens.seat import Seat

if TYPE_CHECKING:
    from app.services.house import House
    from app.services.whistles import CaseFile

RECORDS = (Action.ACKNOWLEDGE, Action.EN_ROUTE, Action.REPORT_IN, Action.WORK_NOTE, Action.DONE)
"""What F5 offers."""


class MarkedMoves:
    """Acts on the ids that were marked when the key went down."""

    def __init__(self, app: App[Any], seat: Seat, say: Callable[[str, Tone], None], reload: Callable[[], None]) -> None:
        self._app = app
        self._seat = seat
        self._say = say
        self._reload = reload

    async def next(self, marks: Sequence[UUID]) -> None:
        """The next step when it is the same for all, else the moves to choose from."""
        files = await self._files(marks)
        steps = next_steps([file.case for file in files])
        if len(steps) == 1:
            await self.move(files, next(iter(steps)))
        elif files:
            await self._choose(files)

    async def record(self, marks: Sequence[UUID]) -> None:
        """What departments did: which of the records first."""
        files = await self._files(marks)
        if files:
            await self._choose(files, RECORDS)

    async def moves(self, marks: Sequence[UUID]) -> None:
        """Every move, with how many of the cases it can be made to."""
        files = await self._files(marks)
        if files:
            await self._choose(files)

    async def again(self, marks: Sequence[UUID], action: Action, answers: Mapping[str, str]) -> None:
        """The last move offered for all of them."""
        files = await self._files(marks)
        if files:
            await self.move(files, action, answers)

    async def _choose(self, files: Sequence[CaseFile], only: Sequence[Action] = ()) -> None:
        action = await self._app.push_screen_wait(MarkedMenu(self._seat, files, only))
        if action is not None:
            await self.move(files, action)

    async def _files(self, marks: Sequence[UUID]) -> list[CaseFile]:
        """The marked cases as they stand now; none, with a sentence, when they are too many."""
        seat = self._seat
        if len(marks) > MOST:
            self._say(seat.words.t("{n} cases are marked; at most {most} go at once. Esc takes the marks away.",
                                   n=len(marks), most=MOST), Tone.SOON)  # fmt: skip
            return []
        if seat.lanes is None:
            return []
        return await seat.lanes.run(_read, seat.open_house(), marks)

    async def move(self, files: Sequence[CaseFile], action: Action, answers: Mapping[str, str] | None = None) -> None:
        """Ask for one move, make it to all that can take it, and tell."""
        seat, move = self._seat, BY_ACTION[action]
        if seat.actor is None or seat.view is None:
            return
        able, refused = [], []
        for file in files:
            reason = why_not_this(file.case, move, seat.actor, seat.view.policy)
            able += [file] if reason is None else []
            refused += [Refusal(file.case.whistle.id, reason)] if reason is not None else []
        if action is Action.JOIN:
            able, refused = list(files), []
        if not able or (action is Action.JOIN and len(able) < 2):
            few = Message("Mark at least two cases: one stays, the others are merged into it.")
            self._say(seat.words.say(few if action is Action.JOIN else refused[0].reason), Tone.SOON)
            return
        dialog = MarkedDialog(seat.context(), able, move, refused)
        dialog.offered = answers or {}
        result = await self._app.push_screen_wait(dialog)
        if result is not None:
            seat.last = remembered(action, dialog.answers, many=True) or seat.last
            await self._told(result, files)

    async def _told(self, result: MarkedResult, files: Sequence[CaseFile]) -> None:
        """Done ones lose their marks; the refused are shown with their reasons and stay marked."""
        from app.screens.marked_sheet import MarkedSheet

        seat, sight = self._seat, self._seat.sight()
        mode_of(self._app).marks_done(set(result.done))
        self._reload()
        label = Message(result.move.label)
        refused = {refusal.whistle_id for refusal in result.refused}
        if not result.refused or sight is None:
            self._say(seat.words.t("{move}: {n} done.", move=label, n=len(result.done)), Tone.GOOD)
            return
        told = seat.words.t("{move}: {n} done, {m} refused; those stay marked.", move=label, n=len(result.done),
                            m=len(refused))  # fmt: skip
        self._say(told, Tone.SOON)
        await self._app.push_screen_wait(MarkedSheet(told, result.refused, files, sight))


def _read(house: House, marks: Sequence[UUID]) -> list[CaseFile]:
    """On a lane; a case that is gone is left out."""
    found = []
    for mark in marks:
        try:
            found.append(house.whistles.file(mark))
        except NotFound:
            continue
    return found

"""F4, F5, F6 for all marked cases: reads them, asks once, and tells case by case what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from textual.app import App

from app.domain.errors import NotFound
from app.domain.intent import Intent
from app.domain.many import MOST, next_steps, why_not_this
from app.domain.message import Message, Said
from app.domain.moves import BY_ACTION, Action, Move
from app.render.rows import Tone
from app.screens.dialogs.marked import MarkedDialog, MarkedResult, Refusal, form_of
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

    def __init__(
        self, app: App[Any], seat: Seat, say: Callable[[Said, Tone], None], reload: Callable[[], None]
    ) -> None:
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

    async def again(
        self, marks: Sequence[UUID], action: Action, answers: Mapping[str, str], *, once_more: bool = False
    ) -> None:
        """The last move offered for all of them; ``once_more`` = for those that were refused just now."""
        files = await self._files(marks)
        if files:
            await self.move(files, action, answers, once_more=once_more)

    async def _choose(self, files: Sequence[CaseFile], only: Sequence[Action] = ()) -> None:
        action = await self._app.push_screen_wait(MarkedMenu(self._seat, files, only))
        if action is not None:
            await self.move(files, Action(action))

    async def _files(self, marks: Sequence[UUID]) -> list[CaseFile]:
        """The marked cases as they stand now; none, with a sentence, when they are too many."""
        seat = self._seat
        if len(marks) > MOST:
            self._say(Message("{n} cases are marked; at most {most} go at once. Esc takes the marks away.",
                              {"n": len(marks), "most": MOST}), Tone.SOON)  # fmt: skip
            return []
        if seat.lanes is None:
            return []
        return await seat.lanes.run(_read, seat.open_house(), marks)

    async def move(
        self, files: Sequence[CaseFile], action: Action, answers: Mapping[str, str] | None = None, *,
        once_more: bool = False,
    ) -> None:  # fmt: skip
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
            self._say(few if action is Action.JOIN else refused[0].reason, Tone.SOON)
            return
        dialog = MarkedDialog(seat.context(), able, move, refused)
        dialog.offered, dialog.once_more = answers or {}, once_more
        result = await self._app.push_screen_wait(dialog)
        if result is not None:
            seat.last = remembered(action, dialog.answers, many=True) or seat.last
            await self._told(result, files, dialog.answers)

    async def _told(self, result: MarkedResult, files: Sequence[CaseFile], answers: Mapping[str, str]) -> None:
        """Done ones lose their marks; the refused are shown with their reasons and stay marked."""
        from app.screens.marked_sheet import AGAIN, NOTE, MarkedSheet

        sight = self._seat.sight()
        mode_of(self._app).marks_done(set(result.done))
        self._reload()
        label = Message(result.move.label)
        refused = {refusal.whistle_id for refusal in result.refused}
        if not result.refused or sight is None:
            self._say(Message("{move}: {n} done.", {"move": label, "n": len(result.done)}), Tone.GOOD)
            return
        told = Message("{move}: {n} done, {m} refused; those stay marked.",
                       {"move": label, "n": len(result.done), "m": len(refused)})  # fmt: skip
        self._say(told, Tone.SOON)
        left = list(dict.fromkeys(refusal.whistle_id for refusal in result.refused))
        again = self._any_can(await self._files(left), result.move)
        sheet = MarkedSheet(told, result.refused, files, sight, again=again, words=result.words)
        answer = await self._app.push_screen_wait(sheet)
        if answer == AGAIN:
            await self.again(left, result.move.action, answers, once_more=True)
        elif answer == NOTE:
            await self._note(result)

    def _any_can(self, files: Sequence[CaseFile], move: Move) -> bool:
        """Whether the move can still go to one of them; merging is about two and is begun anew."""
        actor, view = self._seat.actor, self._seat.view
        if actor is None or view is None or move.action is Action.JOIN:
            return False
        return any(why_not_this(file.case, move, actor, view.policy) is None for file in files)

    async def _note(self, result: MarkedResult) -> None:
        """The words that could not be sent, as a note in each of these cases; then the draft has served."""
        seat, house = self._seat, self._seat.open_house()
        if seat.actor is None or seat.lanes is None:
            return
        for case in result.owed:
            intent = Intent(Action.NOTE, seat.actor, uuid4(), {"note": result.words})
            await seat.lanes.run(house.whistles.act, case, intent)
        if seat.drafts is not None:
            await seat.lanes.run(seat.drafts.drop, form_of(result.move.action))
        mode_of(self._app).marks_done(set(result.owed))
        self._reload()
        self._say(seat.words.tn("Your words are a note in one case.", "Your words are a note in {n} cases.",
                                len(result.owed)), Tone.GOOD)  # fmt: skip


def _read(house: House, marks: Sequence[UUID]) -> list[CaseFile]:
    """On a lane; a case that is gone is left out."""
    found = []
    for mark in marks:
        try:
            found.append(house.whistles.file(mark))
        except NotFound:
            continue
    return found

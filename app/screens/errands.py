"""What each command does: opens the dialog for the case as it stood at the key, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from textual.screen import ModalScreen

from app.commands import Situation
from app.domain.message import N_, Message, Param, Said
from app.render.rows import Tone
from app.screens.briefing_errands import BriefingErrands
from app.screens.duty_errands import DutyErrands
from app.screens.flood_errands import FloodErrands
from app.screens.handover_errands import HandoverErrands
from app.screens.log_errands import LogErrands
from app.screens.report_errands import ReportErrands
from app.screens.round_errands import RoundErrands
from app.screens.rule_errands import RuleErrands
from app.screens.seat import Seat

if TYPE_CHECKING:
    from app.domain.moves import Action, Move
    from app.render.words import Words
    from app.screens.command_app import CommandApp
    from app.screens.marked_moves import MarkedMoves
    from app.screens.triage import Triage
    from app.services.whistles import CaseFile


class Errands(
    DutyErrands, RoundErrands, RuleErrands, FloodErrands, LogErrands, BriefingErrands, ReportErrands, HandoverErrands,
):  # fmt: skip
    """One method a command, ``do_<id>``. Refusals of services are raised to the one worker-error handler."""

    def __init__(
        self, app: CommandApp, seat: Seat, say: Callable[[Said, Tone], None], reload: Callable[[], None]
    ) -> None:
        self._app = app
        self._seat = seat
        self._say = say
        self._reload = reload

    # -- cases -------------------------------------------------------------------------------
    async def do_blow(self, now: Situation) -> None:
        """One line, understood as it is typed; on a problem of a checklist the whistle for it, filled in."""
        from app.screens.dialogs.blow import BlowLine

        if now.round is not None and now.item in now.round.round.problems and now.item not in now.round.whistles:
            await self.blow_finding(now.round, now.item)
            return
        await self._ask(BlowLine(self._seat.context()))

    async def do_call(self, _now: Situation) -> None:
        """The questions to a caller."""
        from app.screens.dialogs.call_form import CallForm

        await self._ask(CallForm(self._seat.context()))

    async def do_next(self, now: Situation) -> None:
        """The step the case waits for."""
        if now.marks:
            await self._many().next(now.marks)
        elif now.file is not None and now.step is not None:
            asked = now.step.departments if len(now.step.departments) == 1 else now.departments
            await self.move(now.file, now.step.action, asked)

    async def do_record(self, now: Situation) -> None:
        """What departments did."""
        from app.screens.dialogs.record import RecordDialog

        if now.marks:
            await self._many().record(now.marks)
        elif now.file is not None:
            if not now.file.case.episode_assignments():
                self._tell(Message("No department was whistled for yet."))
                return
            await self._ask(RecordDialog(self._seat.context(), now.file, None, now.departments))

    async def do_moves(self, now: Situation) -> None:
        """Everything that can be done to the case, from a menu."""
        from app.domain.moves import Action
        from app.screens.moves_menu import MovesMenu

        if now.marks:
            await self._many().moves(now.marks)
        elif now.file is not None:
            action = await self._app.push_screen_wait(MovesMenu(self._seat, now.file))
            beside = {"plan_case": self.do_plan_case, "report_form": self.do_report_form,
                      "case_print": self.do_case_print}  # fmt: skip
            if action is not None and action in beside:
                await beside[action](now)
            elif action is not None:
                await self.move(now.file, Action(action))

    def _many(self) -> MarkedMoves:
        from app.screens.marked_moves import MarkedMoves

        return MarkedMoves(self._app, self._seat, self._say, self._reload)

    async def move(self, file: CaseFile, action: Action, departments: tuple[str, ...] = ()) -> None:
        """Open the dialog of one move."""
        from app.domain.moves import BY_ACTION

        await self._ask(self._dialog(file, BY_ACTION[action], departments))

    def _dialog(self, file: CaseFile, move: Move, departments: tuple[str, ...]) -> ModalScreen[Any]:
        from app.domain.moves import Action

        context = self._seat.context()
        if move.action is Action.BLOW:
            from app.screens.dialogs.blow import BlowLine

            return BlowLine(context, file)
        if move.action is Action.REVISE:
            from app.screens.dialogs.call_form import CallForm

            return CallForm(context, None, file)
        if move.action is Action.DISPATCH:
            from app.screens.dialogs.dispatch import DispatchDialog

            return DispatchDialog(context, file)
        if move.action in (Action.ACKNOWLEDGE, Action.EN_ROUTE, Action.REPORT_IN, Action.WORK_NOTE, Action.DONE):
            from app.screens.dialogs.record import RecordDialog

            return RecordDialog(context, file, move.action, departments)
        if move.action is Action.CHECK:
            from app.screens.dialogs.check import CheckDialog

            return CheckDialog(context, file)
        if move.action is Action.RATE:
            from app.screens.dialogs.rate import RateDialog

            return RateDialog(context, file)
        if move.action is Action.REPORT:
            from app.screens.dialogs.report import ReportDialog

            return ReportDialog(context, file)
        from app.screens.dialogs.move import MoveDialog

        return MoveDialog(context, file, move)

    async def do_correct(self, now: Situation) -> None:
        """Correct the entry under the cursor."""
        from app.domain.moves import BY_ACTION, Action
        from app.screens.dialogs.move import MoveDialog

        if now.file is None:
            return
        logged = next((event for event in now.file.logged if event.id == now.entry), None)
        if logged is not None:
            await self._correct_logged(str(logged.payload.get("number", "")))
            return
        await self._ask(MoveDialog(self._seat.context(), now.file, BY_ACTION[Action.CORRECT], now.entry))

    async def _correct_logged(self, number: str) -> None:
        """An entry of the shift log that stands in the timeline: it is put right by another entry, as in the log."""
        seat = self._seat
        if seat.lanes is not None:
            entry = await seat.lanes.run(seat.open_house().log.find, number)
            if entry.counts:
                await self.put_right(entry)
            else:
                self._tell(Message("It was put right by a later entry."))

    async def do_undo(self, now: Situation) -> None:
        """Take back this desk's last entry, after asking; why not is said before anything is asked."""
        from app.domain.errors import IllegalMove
        from app.domain.intent import Intent
        from app.domain.moves import Action
        from app.domain.payload_history import to_undo
        from app.render.board import case_number
        from app.render.news import what_it_was
        from app.screens.confirm import Confirm

        seat, sight = self._seat, self._seat.sight()
        if now.file is None or now.actor is None or sight is None or seat.lanes is None or seat.view is None:
            return
        try:
            last = to_undo(now.file.events, now.actor, sight.street, sight.now, seat.view.policy.undo_within)
        except IllegalMove as error:
            self._tell(error.message)
            return
        whistle = now.file.case.whistle

        def question(words: Words) -> str:
            said = replace(sight, words=words)
            return words.t("Undo in {case}: “{what}” of {at}?", case=case_number(whistle, words),
                           what=what_it_was(last, said), at=said.stamp(last.occurred_at))  # fmt: skip

        if not await self._app.push_screen_wait(Confirm(question, sight.words)):
            return
        intent = Intent(Action.UNDO, now.actor, uuid4(), {"entry": last.id}, seen=whistle.version)
        try:
            await seat.lanes.run(seat.open_house().whistles.act, whistle.id, intent)
        finally:
            self._reload()  # done or overtaken: the case is not as it was
        said = replace(sight, words=seat.words.in_zone(sight.zone))
        self._say(said.t("{case}: “{what}” of {at} is taken back.", case=case_number(whistle, said.words),
                         what=what_it_was(last, said), at=said.stamp(last.occurred_at)), Tone.GOOD)  # fmt: skip

    # -- desk --------------------------------------------------------------------------------
    async def do_spot(self, _now: Situation) -> None:
        """Solved on the spot."""
        from app.screens.dialogs.spot import SpotDialog

        await self._ask(SpotDialog(self._seat.context()))

    async def do_duty(self, _now: Situation) -> None:
        """Who is on duty."""
        await self.ask_who()

    async def ask_who(self, first: tuple[str, ...] = ()) -> None:
        """Who is on duty; ``first`` = members who are offered before all others."""
        from app.screens.dialogs.duty import DutyDialog
        from app.settings import remember_member

        seat = self._seat
        member = await self._app.push_screen_wait(DutyDialog(seat.context(), first))
        if member is None or seat.lanes is None:
            return
        seat.actor = await seat.lanes.run(seat.open_house().duty.actor, member.code)
        await seat.lanes.run(remember_member, seat.settings, member.code)
        self._tell(Message("At this desk now: {who}.", {"who": member.name}))
        self._reload()

    async def do_entry(self, now: Situation) -> None:
        """All words of the entry under the cursor."""
        from app.screens.entry import EntryScreen

        sight = self._seat.sight()
        if sight is not None and now.file is not None:
            for event in now.file.timeline:
                if event.id == now.entry:
                    await self._app.push_screen_wait(EntryScreen(event, sight, now.file.reports))

    async def do_narrow(self, _now: Situation) -> None:
        """What the lists show."""
        from app.screens.narrowing import choose_filter

        await choose_filter(self._app, self._seat, self._say)

    async def do_widen(self, _now: Situation) -> None:
        """Every case again."""
        from app.screens.narrowing import mode_of

        mode_of(self._app).widen()

    # -- triage ------------------------------------------------------------------------------
    async def do_needs(self, _now: Situation) -> None:
        """The next case that needs the acting member."""
        await self._triage().needs()

    async def do_go(self, _now: Situation) -> None:
        """Anywhere."""
        await self._triage().go()

    async def go_to_case(self, whistle_id: UUID) -> None:
        """To a case where it stands."""
        await self._triage().to_case(whistle_id)

    async def do_copy(self, now: Situation) -> None:
        """The case as text."""
        from app.screens.copying import copy_case

        sight = self._seat.sight()
        if now.file is not None and sight is not None:
            await copy_case(self._app, self._seat, now.file, sight, self._say)

    async def do_repeat(self, now: Situation) -> None:
        """The last move once more, or why it cannot be made to this case."""
        from app.screens.dialogs.form import FormDialog
        from app.screens.repeating import for_many, for_one

        seat, last = self._seat, self._seat.last
        if last is None or now.actor is None or seat.view is None:
            self._tell(Message("Nothing was done here yet that could be done again."))
        elif now.marks:
            await self._many().again(now.marks, last.action, for_many(last))
        elif now.file is not None:
            from app.domain.many import why_not_this
            from app.domain.moves import BY_ACTION

            move = BY_ACTION[last.action]
            reason = why_not_this(now.file.case, move, now.actor, seat.view.policy)
            if reason is not None:
                self._tell(Message("{move}: {why}", {"move": Message(move.label), "why": reason}))
                return
            dialog = self._dialog(now.file, move, ())
            if isinstance(dialog, FormDialog):
                dialog.offered = for_one(last, now.file.case)
            await self._ask(dialog)

    def _triage(self) -> Triage:
        from app.screens.triage import Triage

        return Triage(self._app, self._seat, self._say)

    # -- how ---------------------------------------------------------------------------------
    async def _ask(self, dialog: ModalScreen[Any]) -> None:
        outcome = await self._app.push_screen_wait(dialog)
        if outcome is not None:
            self._remember(dialog, outcome)
            self._done(outcome)

    def _remember(self, dialog: ModalScreen[Any], outcome: object) -> None:
        """What was done and with which answers, for doing it again."""
        from app.domain.moves import BY_EVENT
        from app.screens.dialogs.form import FormDialog
        from app.screens.repeating import remembered
        from app.services.whistles import Outcome

        first = outcome[0] if isinstance(outcome, tuple) and outcome else outcome
        if isinstance(dialog, FormDialog) and isinstance(first, Outcome) and first.event.kind in BY_EVENT:
            last = remembered(BY_EVENT[first.event.kind].action, dialog.answers, many=False)
            self._seat.last = last or self._seat.last

    def _done(self, outcome: object) -> None:
        """Say what was written and read it at once; the watcher hears only other processes."""
        from app.domain.events import EventKind
        from app.domain.whistle import WhistleState
        from app.services.whistles import Outcome

        done = outcome if isinstance(outcome, tuple) else (outcome,)
        if done and all(isinstance(one, Outcome) for one in done):
            from app.render.board import named

            first, view = done[0], self._seat.view
            if first.event.kind in (EventKind.BLOWN, EventKind.DRAFTED):
                self._seat.go_to = first.case.whistle.id
            what: Param = first.event.kind
            departments = [str(one.event.payload["department"]) for one in done if "department" in one.event.payload]
            if view is not None and departments:
                what = Message("{said} · {more}", {"said": what, "more": tuple(map(view.street.label, departments))})
            closed = (
                len(done) == 1
                and first.case.whistle.state is WhistleState.CLOSED
                and first.event.kind is EventKind.CHECKED
            )
            said = N_("{case}: {what}, recorded; the case is closed.") if closed else N_("{case}: {what}, recorded.")
            self._say(Message(said, {"case": named(first.case.whistle), "what": what}), Tone.GOOD)
        else:
            self._say(Message("Recorded."), Tone.GOOD)
        self._reload()

    def _tell(self, message: Message) -> None:
        self._say(message, Tone.PLAIN)

"""What the commands about papers of a case do: the report up the line, and the case file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.commands import Situation
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.report_form import ReportForm
    from app.screens.seat import Seat
    from app.services.whistles import CaseFile


class ReportErrands(ErrandPart):
    """Part of ``Errands``."""

    async def do_report_form(self, now: Situation) -> None:
        """The next report of the case as it would go up now; from there it is sent, or printed."""
        from app.screens.report_sheet import Chosen, ReportSheet

        seat, sight = self._seat, self._seat.sight()
        if now.file is None or sight is None or seat.lanes is None:
            return
        lanes, house, file = seat.lanes, seat.open_house(), now.file

        async def again() -> ReportForm:
            nonlocal file
            file = await lanes.run(house.whistles.file, file.case.whistle.id)
            return filled(seat, file)

        chosen = await self._app.push_screen_wait(ReportSheet(filled(seat, file), sight, seat.now, again))
        now = replace(now, file=file)  # as it was last seen in the form
        if chosen is Chosen.SEND:
            await self._report(now, file)
        elif chosen is Chosen.PRINT:
            await self._print_form(filled(seat, file))
        elif chosen is Chosen.PRINT_CASE:
            await self.do_case_print(now)

    async def _report(self, now: Situation, file: CaseFile) -> None:
        """The form of the report, or why none can go up now."""
        from app.commands import BY_ID, refusal
        from app.domain.moves import BY_ACTION, Action
        from app.domain.next_step import out_of_reach, why_not
        from app.screens.dialogs.report import ReportDialog

        move = BY_ACTION[Action.REPORT]
        reason = refusal(BY_ID["remind"], now) or why_not(file.case, move)
        if reason is None and now.actor is not None:
            reason = out_of_reach(move, now.actor)
        if reason is not None:
            self._tell(reason)
            return
        await self._ask(ReportDialog(self._seat.context(), file))

    async def _print_form(self, form: ReportForm) -> None:
        from app.render.case_page import case_name
        from app.render.report_paper import report_paper
        from app.screens.printing import print_out

        seat, sight = self._seat, self._seat.sight()
        if sight is not None and seat.view is not None:
            paper = report_paper(form, sight, issuer=await self._issuer(), drill=seat.view.station.drill)
            await print_out(self._app, seat, paper, case_name(form.whistle))

    async def do_case_print(self, now: Situation) -> None:
        """Everything that was written down about the case, as a paper."""
        from app.render.case_paper import case_paper
        from app.screens.printing import print_out

        seat, sight = self._seat, self._seat.sight()
        if now.file is not None and sight is not None and seat.view is not None:
            paper = case_paper(now.file, sight, issuer=await self._issuer(), drill=seat.view.station.drill)
            await print_out(self._app, seat, paper)

    async def _issuer(self) -> str:
        """The street's name."""
        seat, sight = self._seat, self._seat.sight()
        if seat.lanes is None or sight is None:
            return ""
        return sight.name(await seat.lanes.run(seat.open_house().briefings.street))


def filled(seat: Seat, file: CaseFile) -> ReportForm:
    """The next report of a case as it is known on the screen."""
    from app.domain.report_form import Filling, report_form

    matter = seat.view.policy.matter(file.case.whistle.matter) if seat.view else None
    return report_form(Filling(
        file.case, file.events, file.reports, seat.now(), seat.actor.member if seat.actor else "", file.logged,
        matter.name if matter else None,
    ))  # fmt: skip

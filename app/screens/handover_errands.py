"""What the commands about the handover do: the sheet, and its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands import BY_ID, Situation, refusal
from app.domain.errors import NotFound
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.handover import HandoverFile


class HandoverErrands(ErrandPart):
    """Part of ``Errands``."""

    async def do_handover(self, now: Situation) -> None:
        """The sheet. It opens for reading too; out of it one goes to the case of an item."""
        from app.screens.handover_doings import HandoverDoings
        from app.screens.handover_sheet import HandoverSheet

        context = self._seat.context()
        try:
            file = await context.submit(context.house.handovers.current)
        except NotFound as error:
            self._tell(error.message)
            return

        async def who(first: tuple[str, ...]) -> None:
            await self.ask_who(first)

        doings = HandoverDoings(self._app, self._seat.context, who, self._print_handover)
        reason = refusal(BY_ID["log_entry"], now)
        sheet = HandoverSheet(context, file, doings, refusal=reason, changed=self._reload)
        case = await self._app.push_screen_wait(sheet)
        if case is not None:
            await self.go_to_case(case)

    async def do_handover_print(self, _now: Situation) -> None:
        """The handover under way, or the last one where none is."""
        context = self._seat.context()
        handovers = context.house.handovers
        try:
            file = await context.submit(handovers.current)
            if file.record is None and (last := await context.submit(handovers.taken, 1)):
                file = await context.submit(handovers.file, last[0].id)
        except NotFound as error:
            self._tell(error.message)
            return
        await self._print_handover(file)

    async def _print_handover(self, file: HandoverFile) -> None:
        from app.render.handover_paper import handover_mark, handover_paper
        from app.screens.printing import print_out

        seat, sight = self._seat, self._seat.sight()
        if sight is None or seat.view is None or seat.lanes is None:
            return
        issuer = sight.name(await seat.lanes.run(seat.open_house().briefings.street))
        paper = handover_paper(file, sight, issuer=issuer, drill=seat.view.station.drill)
        await print_out(self._app, seat, paper, handover_mark(file, sight))

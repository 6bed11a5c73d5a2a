"""What the commands about the briefing do: note, who is there, action items, signing, and of which unit it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from app.commands import Situation
from app.domain.message import Message
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.briefing_file import BriefingFile
    from app.render.words import Words
    from app.screens.briefing import BriefingMode


class BriefingErrands(ErrandPart):
    """Part of ``Errands``."""

    @property
    def _briefing(self) -> BriefingMode | None:
        from app.screens.briefing import BriefingMode

        mode = self._app.mode_screen
        return mode if isinstance(mode, BriefingMode) else None

    async def _shown(self) -> BriefingFile | None:
        """The briefing on the screen, or as it is read now from another mode."""
        mode, seat = self._briefing, self._seat
        if mode is not None and mode.briefing is not None:
            return mode.briefing
        if seat.lanes is None:
            return None
        briefings = seat.open_house().briefings
        return await seat.lanes.run(lambda: briefings.draft(seat.briefing_unit or briefings.street()))

    async def do_briefing_note(self, _now: Situation) -> None:
        """What was said, in the section under the cursor."""
        from app.screens.dialogs.briefing import BriefingNoteDialog

        file, mode = await self._shown(), self._briefing
        if file is None:
            return
        section = mode.section if mode is not None else None
        note = await self._app.push_screen_wait(BriefingNoteDialog(self._seat.context(), file, section))
        if note is not None:
            self._tell(Message("Noted."))
            self._reload()

    async def do_briefing_attend(self, _now: Situation) -> None:
        """Who is there."""
        from app.screens.dialogs.briefing import AttendDialog

        file = await self._shown()
        if file is None:
            return
        after = await self._app.push_screen_wait(AttendDialog(self._seat.context(), file))
        if after is not None:
            here = sum(one.here for one in after.sheet.present)
            self._tell(Message("Recorded: {n} of {of} are here.", {"n": here, "of": len(after.sheet.present)}))
            self._reload()

    async def do_briefing_item(self, _now: Situation) -> None:
        """Who does what by when."""
        from app.screens.dialogs.briefing import ItemDialog

        file = await self._shown()
        if file is None:
            return
        item = await self._app.push_screen_wait(ItemDialog(self._seat.context(), file))
        if item is not None:
            self._tell(Message("Set: #{n}, due {at}.", {"n": item.number, "at": item.due_at}))
            self._reload()

    async def do_briefing_sign(self, _now: Situation) -> None:
        """Freeze what is shown, after asking."""
        from app.screens.confirm import Confirm

        file, seat, sight = await self._shown(), self._seat, self._seat.sight()
        if file is None or sight is None or seat.actor is None or seat.lanes is None:
            return
        if self._briefing is None:
            self._tell(Message("Look at it first: {key}.", {"key": seat.keymap.way("briefing")}))
            return
        unit, at, unknown = seat.view.street.label(file.unit) if seat.view else "", file.until, len(file.sheet.unknown)

        def question(words: Words) -> str:
            said = words.t("Sign the briefing of {unit}, {at}?", unit=unit, at=at)
            return f"{said} {words.t('Not known: {n}.', n=unknown)}" if unknown else said

        if not await self._app.push_screen_wait(Confirm(question, sight.words)):
            return
        briefings, actor, request = seat.open_house().briefings, seat.actor, uuid4()
        try:
            signed = await seat.lanes.run(lambda: briefings.sign(actor, request, file.unit, file.digest))
        finally:
            self._reload()
        self._tell(Message("Signed: the briefing of {at}. The next one stands here now.", {"at": signed.until}))

    async def do_briefing_print(self, _now: Situation) -> None:
        """The briefing that is shown, or the next one, as a paper."""
        from app.render.briefing_paper import briefing_paper
        from app.screens.printing import print_out

        file, seat, sight = await self._shown(), self._seat, self._seat.sight()
        if file is None or sight is None or seat.view is None or seat.lanes is None:
            return
        issuer = sight.name(await seat.lanes.run(seat.open_house().briefings.street))
        paper = briefing_paper(file, sight, issuer=issuer, drill=seat.view.station.drill)
        await print_out(self._app, seat, paper, "" if file.signed else sight.t("draft"))

    async def do_briefing_unit(self, _now: Situation) -> None:
        """Of which unit."""
        from app.screens.briefing_units import BriefingUnitSheet

        seat, sight = self._seat, self._seat.sight()
        if sight is None or seat.view is None or seat.lanes is None:
            return
        codes = await seat.lanes.run(seat.open_house().briefings.units)
        units = [unit for unit in seat.view.street.street.units if unit.code in codes]
        chosen = await self._app.push_screen_wait(BriefingUnitSheet(units, sight))
        if chosen is not None:
            seat.briefing_unit = chosen
            await self._app.to_mode("briefing")
            self._reload()

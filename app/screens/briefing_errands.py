"""What the commands about the briefing do: hold it, note, who is there, action items, sign, and of which unit it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands import BY_ID, Situation, refusal
from app.domain.errors import Conflict
from app.domain.message import N_, Message
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.briefing_file import BriefingFile
    from app.screens.briefing import BriefingMode
    from app.screens.briefing_doings import BriefingDoings
    from app.screens.told import Told


SIGNED = N_(
    "Signed: the briefing of {at}. Until closing time it stays here; Enter on the first line leads to the next."
)


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
        show = briefings.draft if seat.briefing_next else briefings.of_today
        return await seat.lanes.run(lambda: show(seat.briefing_unit or briefings.street()))

    @property
    def _briefing_doings(self) -> BriefingDoings:
        from app.screens.briefing_doings import BriefingDoings

        return BriefingDoings(self._app, self._seat.context, self._seat.wrote)

    async def do_briefing_note(self, _now: Situation) -> None:
        """What was said, in the section under the cursor."""
        file, mode = await self._shown(), self._briefing
        if file is not None:
            self._told(await self._briefing_doings.note(file, mode.section if mode is not None else None))

    async def do_briefing_attend(self, _now: Situation) -> None:
        """Who is there."""
        file = await self._shown()
        if file is not None and file.signed:
            self._tell(Message("It is signed: note what was missing, it is added."))
        elif file is not None:
            self._told(await self._briefing_doings.attend(file))

    async def do_briefing_item(self, _now: Situation) -> None:
        """Who does what by when."""
        file = await self._shown()
        if file is not None:
            self._told(await self._briefing_doings.item(file))

    def _told(self, said: Told) -> None:
        if said is not None:
            self._tell(said)
            self._reload()

    async def do_briefing_present(self, now: Situation) -> None:
        """In front of everybody; where it was left it goes on."""
        from app.screens.presenter import Presenter

        file, seat = await self._shown(), self._seat
        if file is None:
            return
        await self._app.to_mode("briefing")
        reason = refusal(BY_ID["briefing_note"], now)
        await self._app.push_screen_wait(Presenter(
            seat.context, file, seat.meeting_of(file), self._briefing_doings, refusal=reason, changed=self._reload
        ))  # fmt: skip
        self._reload()

    async def do_briefing_sign(self, _now: Situation) -> None:
        """Freeze what is shown, after asking."""
        file, seat = await self._shown(), self._seat
        if file is None or seat.actor is None:
            return
        mode = self._briefing
        if file.signed:
            self._tell(Message("It is signed already."))
            return
        if mode is None:
            self._tell(Message("Look at it first: {key}.", {"key": seat.keymap.way("briefing")}))
            return
        try:
            signed = await self._briefing_doings.sign(file, mode.since)
        except Conflict:
            seat.look_again(file)
            mode.point_at = "changed/"
            raise
        finally:
            self._reload()
        if signed is not None:
            self._tell(Message(SIGNED, {"at": signed.until}))

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
            seat.briefing_unit, seat.briefing_next = chosen, False
            await self._app.to_mode("briefing")
            self._reload()

"""What the commands about rounds do: begin and end one, several answers in one line, what becomes of a finding."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from app.commands import Situation
from app.domain.actor import Channel
from app.domain.message import Message, Param
from app.domain.whistle import Severity
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.round import Item
    from app.domain.round_file import RoundFile
    from app.screens.dialogs.settle import Teller
    from app.screens.walking import Walking


class RoundErrands(ErrandPart):
    """Part of ``Errands``."""

    @property
    def _walking(self) -> Walking | None:
        from app.screens.rounds import RoundsMode

        mode = self._app.mode_screen
        return mode.walking if isinstance(mode, RoundsMode) else None

    # -- findings ----------------------------------------------------------------------------
    async def do_finding(self, now: Situation) -> None:
        """A problem: solved on the spot, or a whistle."""
        if now.round is not None and now.item is not None:
            await self._settle(now.round, now.item)

    async def _settle(self, file: RoundFile, item: Item, nth: tuple[int, int] = (1, 1)) -> None:
        from app.screens.dialogs.settle import SettleDialog

        dialog = SettleDialog(self._seat.context(), file, item, self._teller(file), self._saved, nth)
        settled = await self._app.push_screen_wait(dialog)
        if settled is None:
            return
        self._reload()
        if settled.blows and item not in settled.file.whistles:
            await self.blow_finding(settled.file, item)
        else:
            self._tell(Message("Recorded."))

    async def _settle_each(self, file: RoundFile, told: Collection[Item]) -> None:
        """What becomes of each problem just told, the gravest first; Esc leaves one and goes on to the next."""
        open_ones = [item for item in file.undecided if item in told]
        asked = sorted(open_ones, key=lambda item: -list(Severity).index(file.severity(item)))
        for n, item in enumerate(asked, 1):
            await self._settle(file, item, (n, len(asked)))

    async def blow_finding(self, file: RoundFile, item: Item) -> None:
        """The whistle for a problem, with everything filled in."""
        from app.screens.dialogs.blow_finding import BlowFinding

        await self._saved()
        await self._ask(BlowFinding(self._seat.context(), file, item, self._teller(file)))

    def _teller(self, file: RoundFile) -> Teller:
        from app.screens.dialogs.settle import Teller

        walking = self._walking
        by, channel = walking.speaker(file) if walking is not None else (file.round.team[0], Channel.RADIO)
        return Teller(by, channel)

    async def _saved(self) -> None:
        """The answers given so far are on the disk."""
        if self._walking is not None:
            await self._walking.queue.empty()

    # -- rounds ------------------------------------------------------------------------------
    async def do_start_round(self, _now: Situation) -> None:
        """Begin one, and go to it."""
        from app.screens.dialogs.start_round import StartRound
        from app.screens.rounds import RoundsMode

        mode = self._app.mode_screen
        due = mode.due if isinstance(mode, RoundsMode) else None
        file = await self._app.push_screen_wait(StartRound(self._seat.context(), due))
        if file is not None:
            await self._show(file.round.id)

    async def _show(self, round_id: UUID) -> None:
        self._seat.round_to = round_id
        await self._app.to_mode("rounds")
        self._reload()

    async def do_say_round(self, now: Situation) -> None:
        """Several answers in one line."""
        from app.screens.dialogs.say_round import SayRound

        if now.round is None:
            return
        await self._saved()
        dialog = SayRound(self._seat.context(), now.round, self._teller(now.round))
        file = await self._app.push_screen_wait(dialog)
        if file is not None:
            self._after(file)
            await self._settle_each(file, dialog.told)

    async def do_end_round(self, now: Situation) -> None:
        """Finished, or incomplete with a reason."""
        from app.screens.dialogs.end_round import EndRound

        if now.round is None:
            return
        await self._saved()
        file = await self._app.push_screen_wait(EndRound(self._seat.context(), now.round, self._teller(now.round)))
        if file is not None:
            self._after(file)

    async def do_round_ok(self, now: Situation) -> None:
        """Somebody heard from the team."""
        from app.domain.errors import WanggeError
        from app.services.rounds import Told

        seat = self._seat
        if now.round is None or now.actor is None or seat.lanes is None:
            return
        teller = self._teller(now.round)
        told = Told(now.actor, uuid4(), teller.by, teller.channel)
        try:
            file = await seat.lanes.run(seat.open_house().rounds.check_in, told, now.round.round.id)
        except WanggeError as error:
            self._tell(error.message)
            return
        self._tell(Message("{who}: the team is well, heard at {at}.", {
            "who": seat.context().street.label(teller.by), "at": file.round.heard_at}))  # fmt: skip
        self._reload()

    async def do_drop_reading(self, _now: Situation) -> None:
        """A gauge's reading was a slip."""
        from app.screens.dialogs.drop_reading import DropReading
        from app.screens.flood_doings import posture_message

        context = self._seat.context()
        done = await self._app.push_screen_wait(DropReading(context))
        if done is None:
            return
        gauge, dropped, recorded = done
        reading = dropped.reading
        told: dict[str, Param] = {
            "gauge": gauge.name, "metres": str(reading.metres), "at": reading.at,
            "posture": posture_message(recorded, context.house.clock.now()),
        }  # fmt: skip
        self._tell(Message("{gauge}: {metres} m of {at} is struck out. {posture}", told))
        self._reload()

    def _after(self, file: RoundFile) -> None:
        from app.render.rounds import NUMBER

        number = Message(NUMBER, {"number": file.round.number[6:]})
        told: dict[str, Param] = {"round": number, "state": file.round.state, "n": file.progress.answered,
                                  "all": file.progress.asked}  # fmt: skip
        self._tell(Message("{round}: {state}, {n} of {all} answered.", told))
        self._reload()

    async def do_said_by(self, now: Situation) -> None:
        """Who says the answers from now on."""
        from app.screens.dialogs.said_by import SaidBy

        walking = self._walking
        if now.round is None or walking is None:
            return
        teller = await self._app.push_screen_wait(SaidBy(self._seat.context(), now.round, self._teller(now.round)))
        if teller is not None:
            walking.speaks(now.round.round.id, teller.by, teller.channel)

"""What the commands about the flood do: the sheet, and each of its doings from the palette without it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from app.commands import BY_ID, Situation, refusal
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.screens.flood_doings import FloodDoings
    from app.screens.told import Told


class FloodErrands(ErrandPart):
    """Part of ``Errands``."""

    @property
    def _doings(self) -> FloodDoings:
        from app.screens.flood_doings import FloodDoings

        return FloodDoings(self._app, self._seat.context)

    async def _finish(self, doing: Awaitable[Told]) -> None:
        said = await doing
        if said is not None:
            self._tell(said)
            self._reload()

    async def do_flood(self, now: Situation) -> None:
        """The sheet. It opens for reading too."""
        from app.screens.flood_sheet import FloodSheet
        from app.services.flood_board import flood_board

        context = self._seat.context()
        board = await context.lanes.run(flood_board, context.house)
        reason = refusal(BY_ID["signal"], now)
        sheet = FloodSheet(context, board, self._doings, refusal=reason, changed=self._reload)
        await self._app.push_screen_wait(sheet)

    async def do_signal(self, _now: Situation) -> None:
        """Record a signal."""
        await self._finish(self._doings.signal())

    async def do_level(self, _now: Situation) -> None:
        """Record a response level."""
        await self._finish(self._doings.level())

    async def do_import_warnings(self, _now: Situation) -> None:
        """Import a file or a folder."""
        await self._finish(self._doings.import_warnings())

    async def do_lower(self, _now: Situation) -> None:
        """Lower the posture."""
        await self._finish(self._doings.lower())

    async def do_undo_posture(self, _now: Situation) -> None:
        """Take back what changed it last."""
        await self._finish(self._doings.undo())

    async def do_household(self, _now: Situation) -> None:
        """List one that is to leave."""
        await self._finish(self._doings.household())

    async def do_take_over(self, _now: Situation) -> None:
        """List those that a round named."""
        await self._finish(self._doings.take_over())

"""What the commands about checklists and plans of rounds do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.commands import Situation
from app.screens.seat import Seat

if TYPE_CHECKING:
    from app.screens.command_app import CommandApp


class RuleErrands:
    """Part of ``Errands``."""

    _app: CommandApp
    _seat: Seat
    _reload: Callable[[], None]

    async def do_checklists(self, _now: Situation) -> None:
        """Look at them; whoever may, changes them there."""
        from app.screens.checklists import ChecklistSheet, why_no_change

        context = self._seat.context()
        book = await context.submit(context.house.patrol_rules.current)
        await self._app.push_screen_wait(ChecklistSheet(context, book, why_no_change(context, self._seat.read_only)))
        self._reload()

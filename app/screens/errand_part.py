"""What every part of the errands shares: the app, the seat, a sentence on the screen, reading again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.screens.seat import Seat

if TYPE_CHECKING:
    from uuid import UUID

    from textual.screen import ModalScreen

    from app.commands import Situation
    from app.domain.message import Message
    from app.screens.command_app import CommandApp


class ErrandPart:
    """Part of ``Errands``, which gives what stands here."""

    _app: CommandApp
    _seat: Seat
    _reload: Callable[[], None]
    """Read again what is on the screen."""

    def _tell(self, message: Message) -> None:
        """A sentence in the status line."""
        raise NotImplementedError

    async def ask_who(self, first: tuple[str, ...] = ()) -> None:
        """Who is at this desk; ``first`` = whom to offer first."""
        raise NotImplementedError

    async def do_handover(self, now: Situation) -> None:
        """The sheet of the handover."""
        raise NotImplementedError

    async def go_to_case(self, whistle_id: UUID) -> None:
        """To a case where it stands."""
        raise NotImplementedError

    async def _ask(self, dialog: ModalScreen[Any]) -> None:
        """Open a dialog about a case and say what came of it."""
        raise NotImplementedError

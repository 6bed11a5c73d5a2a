"""What is done at a handover from its sheet: dialogs and questions, and the sentence afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

from textual.app import App

from app.domain.errors import BadInput
from app.domain.handover import HandoverFile, HandoverState, ItemKind, ItemLine
from app.domain.message import Message
from app.render.handover import item_number, named
from app.render.words import Words
from app.screens.confirm import Confirm
from app.screens.context import DialogContext
from app.screens.dialogs.sights import sight_of
from app.screens.told import Told


class HandoverDoings:
    """Each runs in a worker. Refusals are raised."""

    def __init__(
        self, app: App[Any], context: Callable[[], DialogContext], who: Callable[[tuple[str, ...]], Awaitable[None]],
        print_out: Callable[[HandoverFile], Awaitable[None]],
    ) -> None:  # fmt: skip
        """``who`` asks who is at this desk now, those given first; ``print_out`` writes the paper and says where."""
        self._app = app
        self._context = context
        self._who = who
        self._print = print_out
        self.signed: UUID | None = None
        """The handover that was signed by both here: it stays on the screen."""

    @property
    def member(self) -> str:
        """Who is at this desk; empty while nobody is."""
        return self._context().actor.member

    async def line(self, line: ItemLine) -> Told:
        """The outgoing officer's line on an item."""
        from app.screens.dialogs.handover import HandoverLine

        done = await self._app.push_screen_wait(HandoverLine(self._context(), line))
        return Message("Noted.") if done is not None else None

    async def accept(self, line: ItemLine) -> Told:
        """Accept an item: a critical one is read back, any other at once."""
        context = self._context()
        said = item_number(line.item, sight_of(context)) or named(line.item, sight_of(context))
        if line.item.critical and not line.silent:
            from app.screens.dialogs.handover import HandoverAccept

            done = await self._app.push_screen_wait(HandoverAccept(context, line))
            return Message("Accepted: {item}", {"item": said}) if done is not None else None
        handovers = context.house.handovers
        await context.submit(handovers.accept, context.actor, uuid4(), line.item.key, "", line.item.mark)
        return Message("Accepted: {item}", {"item": said})

    async def equipment(self, file: HandoverFile) -> Told:
        """Go through the equipment."""
        from app.screens.dialogs.handover import EquipmentDialog

        done = await self._app.push_screen_wait(EquipmentDialog(self._context(), file))
        return Message("Recorded.") if done is not None else None

    async def note(self, file: HandoverFile) -> Told:
        """A note for the relief, or an addition."""
        from app.screens.dialogs.handover import ReliefNoteDialog

        done = await self._app.push_screen_wait(ReliefNoteDialog(self._context(), file))
        return Message("Noted.") if done is not None else None

    async def sign(self, file: HandoverFile) -> Told:
        """Sign, after asking: first the outgoing shift, then the incoming one."""
        context = self._context()
        if file.state is HandoverState.TAKEN:
            raise BadInput(Message("Both have signed already."))
        if file.state is HandoverState.HANDED and file.sheet.incoming is None:
            raise BadInput(Message("The roster has no next shift: whoever relieves opens it first (F8)."))
        coming = file.state is HandoverState.HANDED
        cases = len(file.sheet.of(ItemKind.CASE))

        def question(words: Words) -> str:
            if coming:
                return words.t("Take over now? The desk and {n} open whistles are yours.", n=cases)
            return words.t("Sign out? You hold the desk until the relief signs.")

        if not await self._app.push_screen_wait(Confirm(question, context.words)):
            return None
        handovers = context.house.handovers
        step = handovers.sign_in if coming else handovers.sign_out
        after = await context.submit(step, context.actor, uuid4(), file.digest)
        if coming:
            self.signed = after.record.id if after.record is not None else None
            return Message("Taken over at {at}: you hold the desk.", {"at": after.sheet.taken_at})
        holder = context.street.label(context.actor.member)
        return Message("Signed out. The relief accepts item by item and signs; until then {who} holds the desk.",
                       {"who": holder})  # fmt: skip

    async def who(self, file: HandoverFile) -> Told:
        """Who is at this desk now: two people hand over at one desk; once the outgoing signed, the relief is first."""
        sheet = file.sheet
        relief = sheet.incoming if file.state is HandoverState.HANDED else None
        await self._who((*relief.officers, relief.leader) if relief is not None else ())
        return None

    async def print_out(self, file: HandoverFile) -> Told:
        """The paper."""
        await self._print(file)
        return None

"""What can be done to a briefing, from its mode, from the palette and in front of everybody alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from textual.app import App

from app.domain.message import Message
from app.screens.context import DialogContext
from app.screens.told import Told

if TYPE_CHECKING:
    from app.domain.briefing import Section, Sheet
    from app.domain.briefing_file import BriefingFile
    from app.domain.org import SixRole
    from app.render.briefing_changes import Since
    from app.render.words import Words

Wrote = Callable[["BriefingFile", Callable[["Sheet"], "Sheet"]], None]
"""Something was written in a briefing; the second puts it into a look at it."""


class BriefingDoings:
    """Each opens its dialog and waits for it; run in a worker. Refusals of services are raised."""

    def __init__(
        self, app: App[Any], context: Callable[[], DialogContext], wrote: Wrote = lambda _file, _more: None
    ) -> None:
        """``wrote`` is told what was written, so that it is no news to who wrote it."""
        self._app = app
        self._context = context
        self._wrote = wrote

    async def note(
        self, file: BriefingFile, section: Section | None, typed: str = "", role: SixRole | None = None
    ) -> Told:
        """What was said; ``typed`` = how it begins, ``role`` = whose turn it is."""
        from app.domain.briefing_seen import with_note
        from app.screens.dialogs.briefing import BriefingNoteDialog

        note = await self._app.push_screen_wait(BriefingNoteDialog(self._context(), file, section, typed, role))
        if note is None:
            return None
        self._wrote(file, lambda look: with_note(look, note))
        return Message("Noted.")

    async def attend(self, file: BriefingFile) -> Told:
        """Who is there."""
        from app.domain.briefing_seen import with_present
        from app.screens.dialogs.briefing import AttendDialog

        after = await self._app.push_screen_wait(AttendDialog(self._context(), file))
        if after is None:
            return None
        self._wrote(file, lambda look: with_present(look, after.sheet.present))
        here = sum(one.here for one in after.sheet.present)
        return Message("Recorded: {n} of {of} are here.", {"n": here, "of": len(after.sheet.present)})

    async def item(self, file: BriefingFile) -> Told:
        """Who does what by when."""
        from app.domain.briefing_seen import with_task
        from app.screens.dialogs.briefing import ItemDialog
        from app.services.briefing_facts import item_task

        context = self._context()
        item = await self._app.push_screen_wait(ItemDialog(context, file))
        if item is None:
            return None
        self._wrote(file, lambda look: with_task(look, item_task(item, context.house.clock.now())))
        return Message("Set: #{n}, due {at}.", {"n": item.number, "at": item.due_at})

    async def sign(self, file: BriefingFile, since: Since | None = None) -> BriefingFile | None:
        """Freeze what is shown, after asking; Conflict when something in it changed meanwhile.

        Who may not sign it, or not yet, is told so and not asked.
        ``since`` = what changed in it since it was looked at: the question says how much.
        """
        from app.screens.confirm import Confirm
        from app.services.briefing_entries import may_sign

        context = self._context()
        may_sign(context.actor, context.street, file.sheet, file.until, context.house.clock.now())
        unit, at, unknown = context.street.label(file.unit), file.until, len(file.sheet.unknown)

        def question(words: Words) -> str:
            parts = [words.t("Sign the briefing of {unit}, {at}?", unit=unit, at=at)]
            if since is not None:
                told = words.t("Changed since {at}: {n}", at=since.at, n=len(since.changes))
                parts.append(words.t("{said}.", said=told))
            if unknown:
                parts.append(words.t("Not known: {n}.", n=unknown))
            return " ".join(parts)

        if not await self._app.push_screen_wait(Confirm(question, context.words)):
            return None
        briefings, actor, request = context.house.briefings, context.actor, uuid4()
        return await context.submit(lambda: briefings.sign(actor, request, file.unit, file.digest))

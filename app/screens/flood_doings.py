"""What can be done about the flood, from the sheet and from the palette alike: dialogs, and the sentence afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from textual.app import App

from app.domain.flood import Household, Response, Signal, spoken
from app.domain.message import Message, Param
from app.screens.context import DialogContext
from app.screens.dialogs.sights import sight_of
from app.screens.told import Told

if TYPE_CHECKING:
    from app.render.sight import Sight
    from app.render.words import Words
    from app.screens.dialogs.household_call import Came
    from app.screens.dialogs.import_warnings import CameIn
    from app.services.flood_entries import Recorded


class FloodDoings:
    """Each opens its dialog and waits for it; run in a worker. Refusals before a dialog opens are raised."""

    def __init__(self, app: App[Any], context: Callable[[], DialogContext]) -> None:
        self._app = app
        self._context = context
        self.made: UUID | None = None
        """What was recorded last, for the cursor to go there once."""

    # -- signals and levels ----------------------------------------------------------------------
    async def signal(self) -> Told:
        """Record a signal."""
        from app.screens.dialogs.signal import SignalDialog

        done = await self._app.push_screen_wait(SignalDialog(self._context()))
        self.made = done.signal.id if done is not None and done.signal is not None else None
        return self._said(done)

    async def level(self) -> Told:
        """Record a response level."""
        from app.screens.dialogs.level import LevelDialog

        done = await self._app.push_screen_wait(LevelDialog(self._context()))
        self.made = done.response.id if done is not None and done.response is not None else None
        return self._said(done)

    async def over(self, what: Signal | Response) -> Told:
        """A signal was lifted, or the response is over."""
        from app.screens.dialogs.flood_over import FloodOver

        return self._said(await self._app.push_screen_wait(FloodOver(self._context(), what)))

    async def import_warnings(self) -> Told:
        """Import a file or a folder, then what came of each."""
        from app.screens.dialogs.import_warnings import ImportWarnings

        came = await self._app.push_screen_wait(ImportWarnings(self._context()))
        if came is None:
            return None
        await self._list_files(came)
        new = sum(not made.known for one in came.files for _, made in one.alerts)
        bad = sum(len(one.troubles) for one in came.files)
        posture = recorded_message(came.after, self._now)
        return Message("Imported {n}, skipped {bad}. {posture}", {"n": new, "bad": bad, "posture": posture})

    async def _list_files(self, came: CameIn) -> None:
        from app.render.warning import file_lines, hidden_lines
        from app.screens.dialogs.import_warnings import came_of
        from app.screens.text_sheet import TextSheet

        def lines(sight: Sight) -> Iterator[str]:
            for one in came.files:
                yield from file_lines(sight, Path(one.file).name, came_of(one), one.troubles)
            yield from hidden_lines(sight, came.hidden)

        title = Message("What came of {n} files", {"n": len(came.files)})
        await self._app.push_screen_wait(TextSheet(title, lines, sight_of(self._context())))

    async def whole(self, signal: Signal) -> None:
        """All of a warning."""
        from app.render.flood import signal_words
        from app.render.warning import whole_lines
        from app.screens.text_sheet import TextSheet

        context = self._context()
        alert = await context.submit(context.house.flood.warnings.message, signal.id)
        title = Message("Warning: {what}", {"what": signal_words(signal, sight_of(context))})
        await self._app.push_screen_wait(
            TextSheet(title, lambda sight: whole_lines(sight, signal, alert), sight_of(context))
        )

    # -- the posture -----------------------------------------------------------------------------
    async def lower(self) -> Told:
        """Lower it; why not is said before anything is asked."""
        from app.screens.dialogs.lower import LowerDialog
        from app.services.flood import why_not_lowered

        context = self._context()
        view = await context.submit(context.house.flood.show)
        reason = why_not_lowered(view, self._now)
        if reason is not None:
            return reason
        rhythms = await context.submit(context.house.flood.rhythms)
        return self._said(await self._app.push_screen_wait(LowerDialog(context, view, rhythms)))

    async def undo(self) -> Told:
        """Take back what changed the posture last, after asking."""
        from app.screens.confirm import Confirm

        context = self._context()
        found = await context.submit(context.house.flood.to_undo, context.actor)
        view = await context.submit(context.house.flood.show)
        back = found.returns_to

        def question(words: Words) -> str:
            told: dict[str, Param] = {"what": found.what, "posture": spoken(view.posture)}
            if back is None:
                return words.t("Take back {what}? Posture: {posture}.", **told)
            return words.t("Take back {what}: {posture} → {before} again?", **told, before=spoken(back))

        if not await self._app.push_screen_wait(Confirm(question, context.words)):
            return None
        flood, event = context.house.flood, found.event.id
        done = await context.submit(lambda: flood.undo(context.actor, uuid4(), seen=event))
        said = posture_message(done, self._now)
        return Message("Taken back: {what}. {posture}", {"what": found.what, "posture": said})

    # -- households ------------------------------------------------------------------------------
    async def household(self, grid: str = "") -> Told:
        """List one that is to leave."""
        from app.screens.dialogs.household import HouseholdDialog

        one = await self._app.push_screen_wait(HouseholdDialog(self._context(), grid))
        self.made = one.id if one is not None else None
        return None if one is None else Message("H{number} is listed.", {"number": one.number})

    async def history(self, one: Household, *, phones: bool) -> None:
        """All that was recorded of a household."""
        from app.render.household import household_lines
        from app.screens.text_sheet import TextSheet

        context = self._context()
        found, events = await context.submit(context.house.evacuation.history, one.id)
        title = Message("H{number}: every entry", {"number": one.number})
        await self._app.push_screen_wait(TextSheet(
            title, lambda sight: household_lines(sight, found, events, phones=phones), sight_of(context)
        ))  # fmt: skip

    async def take_over(self) -> Told:
        """List those that a round named."""
        from app.screens.dialogs.household import TakeOver

        new = await self._app.push_screen_wait(TakeOver(self._context()))
        self.made = new[0].id if new else None
        return None if new is None else Message("Listed: {n}", {"n": len(new)})

    async def household_form(self, one: Household, came: Came) -> Told:
        """What became of a household, with everything that can be said of it."""
        from app.screens.dialogs.household_call import HouseholdCall, recorded_household

        done = await self._app.push_screen_wait(HouseholdCall(self._context(), one, came))
        return None if done is None else recorded_household(done)

    async def household_key(self, one: Household, came: Came) -> Told:
        """The same by one key, now and in one's own name; Conflict when somebody was faster."""
        from app.screens.dialogs.household_call import Came, recorded_household

        context = self._context()
        evacuation, actor = context.house.evacuation, context.actor
        if came is Came.RETURNED:
            done = await context.submit(evacuation.returned, actor, uuid4(), one.id, seen=one.version)
        else:
            answered = came is Came.ANSWERED
            done = await context.submit(evacuation.call, actor, uuid4(), one.id, answered=answered, seen=one.version)
        return recorded_household(done)

    @property
    def _now(self) -> datetime:
        return self._context().house.clock.now()

    def _said(self, done: Recorded | None) -> Told:
        return None if done is None else recorded_message(done, self._now)


def recorded_message(done: Recorded, now: datetime) -> Message:
    """What an entry came to: what became of the posture."""
    after, lower = done.flood.posture, done.flood.lower_to(now)
    if done.known:
        return Message("It is recorded already; nothing was written.")
    if after is not done.before:
        return Message("Posture: {before} → {after}.", {"before": spoken(done.before), "after": spoken(after)})
    if lower is not None:
        told = {"posture": spoken(after), "to": spoken(lower)}
        return Message("Recorded. Posture: {posture} stays; it may be lowered to {to}.", told)
    return Message("Recorded. Posture: {posture}, unchanged.", {"posture": spoken(after)})


def posture_message(done: Recorded, now: datetime) -> Message:
    """The same where something was taken away: what became of the posture alone."""
    after, lower = done.flood.posture, done.flood.lower_to(now)
    if after is not done.before:
        return recorded_message(done, now)
    if lower is not None:
        told = {"posture": spoken(after), "to": spoken(lower)}
        return Message("Posture: {posture} stays; it may be lowered to {to}.", told)
    return Message("Posture: {posture}, unchanged.", {"posture": spoken(after)})

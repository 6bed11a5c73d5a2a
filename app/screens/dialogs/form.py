"""A dialog that sends once, keeps every word that was typed, and stays open with all of it when it is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from textual.binding import Binding
from textual.timer import Timer

from app.domain.errors import BadInput, Conflict, WanggeError
from app.domain.intent import Intent
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.screens.dialogs.keeping import DraftKeeper, Requests
from app.services.whistles import CaseFile, Outcome

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

SAVE_AFTER = 1.5
"""Seconds from a key to the disk; decisions 9 allows two."""
SAY_SAVING = 0.3
"""Seconds before a send is worth a word: shorter ones only flicker."""
SAY_BUSY = 1.0
"""Seconds after which the database is said to be busy."""
REREAD = 0.6
"""Seconds after a refusal in which Enter does nothing: the second Enter of a pair must not answer it unread."""


class FormDialog(Box[R]):
    """Subclasses give the rows and ``act``. Result: what ``act`` returned, or None when it was left."""

    BINDINGS = [
        Binding("escape", "leave", show=False),
        Binding("f10,ctrl+s,enter", "send", show=False),
        Binding("f8", "clear", show=False),
    ]

    enter_sends = True
    """Enter sends from every field; else it goes on to the next one and sends from the last."""
    keeps_draft = True
    """Whether what is typed outlives the dialog."""
    file: CaseFile | None = None
    """The case the dialog is about, as the person saw it."""

    def __init__(self, context: DialogContext, form: str) -> None:
        super().__init__(context)
        self.requests = Requests()
        self._keeper = DraftKeeper(context.drafts, form)
        self._loaded = not self.keeps_draft
        self._kept = True
        self._saving: Timer | None = None
        self._sending = False
        self._deaf = False
        self._over = False
        self._result: tuple[R] | None = None
        self._ready = asyncio.Event()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Keys and what they do, at most six."""
        return [("Enter", self.words.t("send")), ("↑↓", self.words.t("field")), ("Esc", self.words.t("leave"))]

    async def look_up(self) -> None:
        """Read what the form needs from the store; the form shows before and sends only after."""

    async def act(self) -> R | None:
        """Do it. A ``WanggeError`` is shown and the form stays; None = it stays without a word."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The form is there at once; what was left of an earlier time comes as soon as the disk gives it."""
        self.begin()
        self._background(self._restore(), "draft")
        self._background(self._look_up(), "look up")

    def edited(self, field: str) -> None:
        """What is typed goes to the disk soon."""
        super().edited(field)
        self._dirty()

    def entered(self, field: str) -> None:
        """Enter sends, or goes on."""
        if self.enter_sends or field == self.last_field():
            self.action_send()
        else:
            self.focus_next()

    def _background(self, work: Coroutine[Any, Any, object], group: str) -> None:
        """Work beside the screen; a fault in it goes to the program's one worker-error handler."""
        self.run_worker(work, group=group, name=group, exit_on_error=False)

    # -- sending -------------------------------------------------------------------------------
    def request(self, action: str) -> UUID:
        """The request number of an action, the same until it succeeds."""
        self._kept = not self.keeps_draft
        return self.requests.number(action, self.typed())

    async def submit(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service call on a lane, once the draft with its request number is safe on disk."""
        await self._save()
        t = self.words.t
        saying = [
            self.set_timer(SAY_SAVING, lambda: self.status(t("Saving…"))),
            self.set_timer(SAY_BUSY, lambda: self.status(t("The database is busy; still trying. Nothing is lost."))),
        ]
        try:
            return await self.context.submit(call, *args, **kwargs)
        finally:
            for timer in saying:
                timer.stop()
            self.status("")

    async def act_on(self, whistle_id: UUID, intent: Intent) -> Outcome:
        """Do one action to a case; after a conflict it is read again, so that the next Enter is about it as it is."""
        try:
            return await self.submit(self.context.house.whistles.act, whistle_id, intent)
        except Conflict:
            await self.look_again(await self.submit(self.context.house.whistles.file, whistle_id))
            raise

    async def look_again(self, file: CaseFile) -> None:
        """The case as somebody else left it."""
        self.file = file
        self.show_head()

    def action_send(self) -> None:
        """Send, once: while it is under way, or just after a refusal, nothing happens."""
        if self._sending or self._deaf or self._over:
            return
        self._sending = True
        self._background(self._send(), "send")

    async def _send(self) -> None:
        try:
            await self._ready.wait()
            result = await self.act()
        except WanggeError as error:
            await self.refused(error)
        else:
            if result is not None:
                await self.finish(result)
        finally:
            self._sending = False

    async def refused(self, error: WanggeError) -> None:
        """Show why, beside the field when it is known; nothing typed is touched."""
        self.hold_enter()
        self.notice = ""
        self.complain(error.field if isinstance(error, BadInput) else "", error.message)
        await self._save()

    def hold_enter(self) -> None:
        """What is said now must be read before Enter answers it."""
        self._deaf = True
        self.set_timer(REREAD, self._listen)

    def _listen(self) -> None:
        self._deaf = False

    async def finish(self, result: R) -> None:
        """It is done: forget the draft and close with the result."""
        self._over = True
        self._stop_saving()
        await self.context.lanes.run(self._keeper.drop, self._keeper.turn())
        self._kept = True
        self._result = (result,)
        self._close()

    def on_screen_resume(self) -> None:
        """Something lay over the dialog while it finished."""
        self._close()

    def _close(self) -> None:
        if self._result is not None and self.is_current:
            (result,) = self._result
            self._result = None
            self.dismiss(result)

    # -- leaving and keeping -------------------------------------------------------------------
    def action_leave(self) -> None:
        """Leave; what was typed waits for the next time."""
        if self._sending:
            self.status(self.words.t("Still saving; the dialog closes by itself."))
        elif not self._over:
            self._over = True
            self._background(self._leave(), "draft")

    async def _leave(self) -> None:
        if self.typed() and self.keeps_draft:
            self._kept = False
            kept = await self._save()
            said = self.words.t("Kept as typed; open it again to go on.") if kept else self._not_kept()
            self.app.notify(said, severity="information" if kept else "error", markup=False)
        self.dismiss(None)

    def action_clear(self) -> None:
        """Throw away what was typed and begin again with an empty form."""
        if not self._sending and not self._over:
            self._background(self._clear(), "draft")

    async def _clear(self) -> None:
        self._stop_saving()
        self._kept = True
        await self.context.lanes.run(self._keeper.drop, self._keeper.turn())
        self.requests = Requests()
        self.notice = ""
        await self.recompose()
        self.begin()

    async def _look_up(self) -> None:
        try:
            await self.look_up()
        except WanggeError as error:
            self.complain("", error.message)
        finally:
            self._ready.set()

    async def _restore(self) -> None:
        if self._loaded:
            return
        kept = self.requests.restore(await self.context.lanes.run(self._keeper.load))
        self._loaded = True
        fields = {name: text for name, text in kept.items() if name in self.rows}
        if fields and not self._over:
            for name, text in fields.items():
                self.rows[name].content_field.restore(text)
            self.notice = self.words.t("What you had typed is back. F8 clears it.")
            self.status("")
        self._save_soon()

    def _dirty(self) -> None:
        if not self._over and self.keeps_draft:
            self._kept = False
            self._save_soon()

    def _save_soon(self) -> None:
        if self._loaded and not self._kept and self._saving is None:
            self._saving = self.set_timer(SAVE_AFTER, self._save_now)

    def _save_now(self) -> None:
        self._saving = None
        self._background(self._save(), "draft")

    def _stop_saving(self) -> None:
        if self._saving is not None:
            self._saving.stop()
            self._saving = None

    async def _save(self) -> bool:
        """Keep it; False when the disk refuses. Before the old draft was read nothing may be written over it."""
        self._stop_saving()
        if self._kept or not self._loaded:
            return True
        self._kept = True
        kept = await self.context.lanes.run(self._keeper.save, self._keeper.turn(), self._draft())
        if not kept and self.is_attached:
            self.notice = self._not_kept()
            self.status("")
        return kept

    def _not_kept(self) -> str:
        return self.words.t("What you type cannot be kept on this disk.")

    def _draft(self) -> dict[str, str]:
        typed = self.typed()
        return {**typed, **self.requests.stored(typed)} if typed else {}

    def keep_now(self) -> None:
        """Keep what is typed before the program goes down; the only call here that waits for the disk."""
        if not self._kept and self._loaded:
            self._kept = True
            self._keeper.save(self._keeper.turn(), self._draft())

    def on_unmount(self) -> None:
        """The program ends under the dialog."""
        self.keep_now()

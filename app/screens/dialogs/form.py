"""A dialog that sends once, says what is under way, and stays open with everything typed when it is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from textual.binding import Binding

from app.domain.errors import BadInput, Conflict, IllegalMove, WanggeError
from app.domain.intent import Intent
from app.domain.message import N_, Message
from app.domain.moves import Action
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.kept import KeptBox
from app.services.whistles import CaseFile, LookAlike, Outcome
from app.widgets.fields.pick import PickField
from app.widgets.fields.said import Said

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

SAY_SAVING = 0.3
"""Seconds before a send is worth a word: shorter ones only flicker."""
SAY_BUSY = 1.0
"""Seconds after which the database is said to be busy."""
REREAD = 0.6
"""Seconds after a refusal in which Enter does nothing: the second Enter of a pair must not answer it unread."""


CLOSES = N_("Still saving; the dialog closes by itself.")
"""Said to who leaves while it is being sent."""


class FormDialog(KeptBox[R]):
    """Subclasses give the rows and ``act``. Result: what ``act`` returned, or None when it was left."""

    BINDINGS = [
        Binding("escape,f10", "leave", show=False),
        Binding("ctrl+s,enter", "send", show=False),
        Binding("f7", "keep_words", show=False, priority=True),
        Binding("f7", "take_all", show=False),
    ]

    enter_sends = True
    """Enter sends from every field; else it goes on to the next one and sends from the last."""
    sending_key = "Enter"
    """The key that sends from every field."""
    file: CaseFile | None = None
    """The case the dialog is about, as the person saw it."""

    def __init__(self, context: DialogContext, form: str) -> None:
        super().__init__(context, form)
        self._under_way = False
        self._deaf = False
        self.stranded = False
        """The move cannot be made any more, and there are words that would be lost with it."""
        self.answers: dict[str, str] = {}
        """What stood in its fields when it was sent, untouched ones left out."""
        self._ready = asyncio.Event()

    def ways(self) -> Sequence[Way]:
        """Its own keys, and those of every form as far as they do something now."""
        stranded = (keys.KEEP_WORDS,) if self.stranded and not self.over else ()
        clear = (keys.CLEAR,) if self.keeps_draft else ()
        return (*stranded, *self.own_ways(), *clear, keys.SCROLL)

    def own_ways(self) -> Sequence[Way]:
        """What the keys do in this form; the edge has room for the first five that are for it."""
        return (keys.SEND, keys.FIELD, keys.LEAVE)

    async def look_up(self) -> None:
        """Read what the form needs from the store; the form shows before and sends only after."""

    async def act(self) -> R | None:
        """Do it. A ``WanggeError`` is shown and the form stays; None = it stays without a word."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The form is there at once; what was left of an earlier time comes as soon as the disk gives it."""
        self.begin()
        self.background(self.restore_draft, "draft")
        self.background(self._look_up, "look up")

    async def _look_up(self) -> None:
        try:
            await self.look_up()
        except WanggeError as error:
            self.complain("", error.message)
        finally:
            self._ready.set()

    def entered(self, field: str) -> None:
        """Enter sends, or goes on."""
        if self.enter_sends or field == self.last_field():
            self.action_send()
        else:
            self.focus_next()

    # -- sending -------------------------------------------------------------------------------
    @property
    def busy(self) -> bool:
        """Whether something is being sent."""
        return self._under_way

    def request(self, action: str) -> UUID:
        """The request number of an action, the same until it succeeds."""
        self.outdate_draft()
        return self.requests.number(action, self.typed())

    async def submit(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service call on a lane, once the draft with its request number is safe on disk."""
        await self.save_draft()
        saying = [
            self.set_timer(SAY_SAVING, lambda: self.status(self.words.t("Saving…"))),
            self.set_timer(SAY_BUSY, self._say_busy),
        ]
        try:
            return await self.context.submit(call, *args, **kwargs)
        finally:
            for timer in saying:
                timer.stop()
            self.slow = False
            self.status("")

    def _say_busy(self) -> None:
        self.slow = True
        self.status(self.words.t("The database is busy; still trying. Nothing is lost."))

    async def act_on(self, whistle_id: UUID, intent: Intent, look_alike: LookAlike | None = None) -> Outcome:
        """Do one action to a case; after a conflict it is read again, so that the next Enter is about it as it is."""
        try:
            return await self.submit(self.context.house.whistles.act, whistle_id, intent, look_alike)
        except (Conflict, IllegalMove) as error:
            before = self.file
            after = await self.submit(self.context.house.whistles.file, whistle_id)
            await self.look_again(after)
            raise self._overtaken(error, before, after, intent.action) from error

    def _overtaken(self, error: Conflict | IllegalMove, before: CaseFile | None, after: CaseFile,
                   action: Action) -> Conflict | IllegalMove:  # fmt: skip
        """The same refusal with who did what meanwhile, and what can be done with what was typed."""
        from app.screens.dialogs.overtaken import by_whom, newer, typed_words

        events = newer(before, after) if before is not None else ()
        if not events:
            return error
        meanwhile = by_whom(events, self.context)
        if isinstance(error, Conflict) and action in {move.action for move in after.possible}:
            return Conflict(Message("{meanwhile} Nothing of yours is written yet; {key} sends it now.",
                                    {"meanwhile": meanwhile, "key": self.sending_key}))  # fmt: skip
        self.stranded = bool(typed_words(self))
        said = Message("{said} {more}", {"said": meanwhile, "more": error.message})
        return IllegalMove(self._with_note(said), error.possible if isinstance(error, IllegalMove) else ())

    def _with_note(self, said: Message) -> Message:
        """What cannot be sent any more can still be kept as a note."""
        return Message("{said} F7 keeps your words as a note.", {"said": said}) if self.stranded else said

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F7 is the form's own only while its words have no other place."""
        if action == "keep_words":
            return self.stranded and not self.over
        if action == "take_all":
            return PickField.ALL in self.own_ways()
        return super().check_action(action, parameters)

    def action_take_all(self) -> None:
        """All of the list, from any field of a form that names the key at its edge."""
        for row in self.rows.values():
            if isinstance(row.widget, PickField):
                row.widget.action_all()

    def action_keep_words(self) -> None:
        """Write what was typed into the case as a note."""
        if self.file is not None and not self._under_way:
            self._under_way = True
            self.background(partial(self._send, self._note), "send")

    async def _note(self) -> Outcome:
        from app.screens.dialogs.overtaken import typed_words

        assert self.file is not None
        intent = Intent(Action.NOTE, self.context.actor, self.request("note"), {"note": typed_words(self)})
        return await self.submit(self.context.house.whistles.act, self.file.case.whistle.id, intent)

    async def look_again(self, file: CaseFile) -> None:
        """The case as somebody else left it."""
        self.file = file
        self.show_head()

    def action_send(self) -> None:
        """Send, once: while it is under way, or just after a refusal, nothing happens."""
        if not (self._under_way or self._deaf or self.over):
            self._under_way = True
            self.complaint = None
            self.background(self._send, "send")

    async def _send(self, act: Callable[[], Awaitable[Any]] | None = None) -> None:
        refusal: WanggeError | None = None
        try:
            await self._ready.wait()
            result = await (act or self.act)()
        except WanggeError as error:
            refusal = error
        else:
            if result is not None:
                await self.finish(result)
        finally:
            self._under_way = False
        if not self.over:
            self._not_saving()
        if refusal is not None:  # not under way any more: who reads why may leave at once
            await self.refused(refusal)

    def _not_saving(self) -> None:
        """The form stays: that it closes by itself, said to who wanted to leave meanwhile, is no longer so."""
        if self.stands and self.query_one("#status", Said).said.endswith(self.words.t(CLOSES)):
            self.status("")

    async def refused(self, error: WanggeError) -> None:
        """Show why, beside the field when it is known; nothing typed is touched."""
        self.hold_enter()
        self.notice = ""
        self.complain(error.field if isinstance(error, BadInput) else "", error.message)
        await self.save_draft()

    def hold_enter(self) -> None:
        """What is said now must be read before Enter answers it."""
        self._deaf = True
        self.set_timer(REREAD, self._listen)

    def _listen(self) -> None:
        self._deaf = False

    def edited(self, field: str) -> None:
        """Who types what a complaint asks for has read it: the next Enter counts."""
        if self.rows[field].wrong:
            self._listen()
        super().edited(field)

    # -- closing -------------------------------------------------------------------------------
    async def finish(self, result: R) -> None:
        """It is done: forget the draft and close with the result."""
        self.over = True
        self.answers = self.typed()
        await self.drop_draft()
        self.dismiss(result)

    def action_leave(self) -> None:
        """Leave; what was typed waits for the next time."""
        if self._under_way:
            self.status(self.words.t(CLOSES))
        elif not self.over:
            self.over = True
            self.background(self._leave, "draft")

    async def _leave(self) -> None:
        typed = self.typed()
        if typed and self.keeps_draft and typed != self.offered:
            self.outdate_draft()
            kept = await self.save_draft()
            said = self.words.t("Kept as typed; open it again to go on.")
            if not kept:
                waits = self.words.t("It waits here until this desk is left.")
                said = self.words.t("{said} {more}", said=self.not_kept(), more=waits)
            self.app.notify(said, severity="information" if kept else "error", markup=False)
        self.dismiss(None)

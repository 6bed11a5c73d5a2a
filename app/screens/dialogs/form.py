"""What all dialogs of the desk share: one box of fields that sends once, keeps every word and says what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Generic, ParamSpec, TypeVar
from uuid import UUID

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from app.domain.errors import BadInput, Conflict, WanggeError
from app.domain.intent import Intent
from app.domain.message import Message
from app.render.paint import paint
from app.screens.context import DialogContext
from app.screens.dialogs.keeping import DraftKeeper, Requests
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.messages import FieldEdited, FieldEntered, FieldRemarked
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Shown

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


class Body(VerticalScroll, inherit_bindings=False, can_focus=False):
    """Scrolls with the field that has the focus; takes no key itself."""


class FormDialog(ModalScreen[R | None], Generic[R]):
    """A form over the desk. Subclasses give its rows and what sending does; a refusal leaves everything as typed."""

    AUTO_FOCUS = ""
    CSS_PATH = "form.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-very-wide")]
    BINDINGS = [
        Binding("escape", "leave", show=False),
        Binding("f10,ctrl+s", "send", show=False),
        Binding("f8", "clear", show=False),
        Binding("up", "previous", show=False),
        Binding("down", "next", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    enter_sends = True
    """Enter sends from every field; else it goes on to the next one and sends from the last."""
    keeps_draft = True
    """Whether what is typed outlives the dialog."""
    aliases: Mapping[str, str] = {}
    """Fields the rules name that this form shows under another name."""
    file: CaseFile | None = None
    """The case the dialog is about, as the person saw it."""
    first_field = ""
    """Where the cursor stands at first; empty = the first row."""

    def __init__(self, context: DialogContext, form: str) -> None:
        super().__init__()
        self.context = context
        self.words = context.words
        self.requests = Requests()
        self.rows: dict[str, FieldRow] = {}
        self._keeper = DraftKeeper(context.drafts, form)
        self._kept = True
        self._saving: Timer | None = None
        self._sending = False
        self._deaf = False
        self._over = False
        self._result: tuple[R] | None = None
        self._ready = asyncio.Event()

    @property
    def now(self) -> datetime:
        """The street's instant."""
        return self.context.house.clock.now()

    # -- what a dialog says of itself ----------------------------------------------------------
    def title_text(self) -> str:
        """The words in the border."""
        raise NotImplementedError

    def head(self) -> Content:
        """A line above the fields: which case. Empty = none."""
        return Content("")

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The rows of the form, top to bottom."""
        raise NotImplementedError

    def hints(self) -> Sequence[tuple[str, str]]:
        """Keys and what they do, at most six."""
        return [("Enter", self.words.t("send")), ("↑↓", self.words.t("field")), ("Esc", self.words.t("leave"))]

    async def look_up(self) -> None:
        """Read what the form needs from the store; the form shows before and sends only after."""

    async def act(self) -> R | None:
        """Do it. A ``WanggeError`` is shown and the form stays; None = it stays without a word."""
        raise NotImplementedError

    def understood(self) -> None:
        """Called after every change: say beside the fields what was understood."""

    # -- layout --------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """One box: head, fields, status."""
        rows = list(self.form_rows())
        widest = max((row.label_width for row in rows), default=0)
        self.rows.clear()
        for row in rows:
            row.label_width = widest
            if isinstance(row, FieldRow):
                self.rows[row.content_field.field] = row
        box = Vertical(id="box")
        box.border_title = paint(self.title_text())
        box.border_subtitle = self._hint_line()
        with box:
            head = Static(self.head(), id="head")
            head.display = bool(self.head())
            yield head
            with Body(id="body"):
                yield from rows
            yield Static(Content(""), id="status")

    def _hint_line(self) -> Content:
        parts = []
        for key, label in self.hints():
            parts.append(Content.assemble((key, "bold"), " ", paint(label)))
        return Content("  ").join(parts)

    async def on_mount(self) -> None:
        """Focus at once; what was left of an earlier time comes as soon as the disk gives it."""
        self._fit()
        self.focus_field(self.first_field or next(iter(self.rows), ""))
        self.understood()
        self.run_worker(self._restore(), group="draft", exit_on_error=False, name="restore draft")
        self.run_worker(self._look_up(), group="look up", exit_on_error=False, name="look up")

    def on_resize(self) -> None:
        """Keep the box inside the screen: the fields scroll, title and status do not."""
        self._fit()

    def _fit(self) -> None:
        """The top stays where it is while the form grows downwards; past the last line the fields scroll."""
        height = self.app.size.height
        above = max(0, (height - 24) // 3)
        head = self.query_one("#head", Static)
        around = 4 + (2 if head.display else 0)
        self.query_one("#box", Vertical).styles.margin = (above, 0, 0, 0)
        self.query_one("#body", Body).styles.max_height = max(3, height - above - around)

    # -- fields --------------------------------------------------------------------------------
    def typed(self) -> dict[str, str]:
        """What the person typed or chose, by field; untouched fields are left out."""
        fields = [row.content_field for row in self.rows.values()]
        return {field.field: field.typed for field in fields if not field.untouched}

    def text(self, field: str) -> str:
        """What stands in a field, without blanks around it; empty when the form has no such field."""
        row = self.rows.get(field)
        return row.content_field.typed.strip() if row and not row.hidden else ""

    def focus_field(self, field: str) -> bool:
        """Put the cursor into a field; False when there is none of that name on the screen."""
        row = self.rows.get(field)
        if row is None or row.hidden:
            return False
        row.widget.focus()
        return True

    def action_next(self) -> None:
        """The next field."""
        self.focus_next()

    def action_previous(self) -> None:
        """The field before."""
        self.focus_previous()

    def action_page(self, by: int) -> None:
        """Scroll the fields by a page."""
        body = self.query_one("#body", Body)
        body.scroll_page_down(animate=False) if by > 0 else body.scroll_page_up(animate=False)

    def on_field_edited(self, event: FieldEdited) -> None:
        """Something was typed: it goes to the disk soon, and complaints about it go away."""
        row = self.rows.get(event.field)
        if row is not None and row.wrong:
            row.say_note("")
        if self.is_mounted:
            self._dirty()
            self.understood()

    def on_field_entered(self, event: FieldEntered) -> None:
        """Enter in a field."""
        if self.enter_sends or event.field == self._last_field():
            self.action_send()
        else:
            self.focus_next()

    def on_field_remarked(self, event: FieldRemarked) -> None:
        """A field says something about what was done in it."""
        row = self.rows.get(event.field)
        if row is not None:
            row.say_note(self.words.say(event.remark) if event.remark else "")

    def _last_field(self) -> str:
        shown = [name for name, row in self.rows.items() if not row.hidden]
        return shown[-1] if shown else ""

    # -- status --------------------------------------------------------------------------------
    def status(self, text: str, tone: str = "") -> None:
        """One line under the fields; ``tone`` is ``wrong``, ``good`` or nothing."""
        line = self.query_one("#status", Static)
        line.update(paint(text))
        line.set_class(tone == "wrong", "-wrong")
        line.set_class(tone == "good", "-good")

    # -- sending -------------------------------------------------------------------------------
    def request(self, action: str) -> UUID:
        """The request number of an action, the same until it succeeds."""
        self._kept = not self.keeps_draft
        return self.requests.number(action, self.typed())

    async def submit(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service call on a lane, once the draft with its request number is safe on disk."""
        await self._save()
        words = self.words
        saving = self.set_timer(SAY_SAVING, lambda: self.status(words.t("Saving…")))
        busy = self.set_timer(
            SAY_BUSY, lambda: self.status(words.t("The database is busy; still trying. Nothing is lost."))
        )
        try:
            return await self.context.submit(call, *args, **kwargs)
        finally:
            saving.stop()
            busy.stop()

    def action_send(self) -> None:
        """Send, once: while it is under way, or just after a refusal, nothing happens."""
        if self._sending or self._deaf or self._over:
            return
        self._sending = True
        self.run_worker(self._send(), group="send", exit_on_error=False, name="send")

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

    def show_head(self) -> None:
        """Paint the line above the fields again."""
        self.query_one("#head", Static).update(self.head())

    async def refused(self, error: WanggeError) -> None:
        """Show why, beside the field when it is known; nothing typed is touched."""
        self._hold_enter()
        field = error.field if isinstance(error, BadInput) else ""
        self.complain(field, error.message)
        await self._save()

    def complain(self, field: str, sentence: Message) -> None:
        """A sentence beside a field, with the cursor in it; in the status line when the form has no such field."""
        said = self.words.say(sentence, self.now)
        field = self.aliases.get(field, field)
        if field and self.focus_field(field):
            self.rows[field].say_note(said, wrong=True)
            self.status("")
        else:
            self.status(said, "wrong")

    def _hold_enter(self) -> None:
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
        self._go()

    def on_screen_resume(self) -> None:
        """Something lay over the dialog while it finished."""
        if self._result is not None:
            self._go()

    def _go(self) -> None:
        if self._result is not None and self.is_current:
            (result,) = self._result
            self._result = None
            self.dismiss(result)

    # -- leaving and keeping -------------------------------------------------------------------
    async def action_leave(self) -> None:
        """Leave; what was typed waits for the next time."""
        if self._over:
            return
        if self._sending:
            self.status(self.words.t("Still saving; the dialog closes by itself."))
            return
        self._over = True
        if self.typed() and self.keeps_draft:
            self._kept = False
            kept = await self._save()
            self.app.notify(
                self.words.t("Kept as typed; open it again to go on.")
                if kept
                else self.words.t("Could not be kept on this disk."),
                severity="information" if kept else "error", markup=False,
            )  # fmt: skip
        self.dismiss(None)

    def action_clear(self) -> None:
        """Throw away what was typed and begin again with an empty form."""
        self.run_worker(self._clear(), group="draft", exit_on_error=False, name="clear draft")

    async def _clear(self) -> None:
        self._stop_saving()
        self._kept = True
        await self.context.lanes.run(self._keeper.drop, self._keeper.turn())
        self.requests = Requests()
        await self.recompose()
        self._fit()
        self.focus_field(self.first_field or next(iter(self.rows), ""))
        self.understood()

    async def _look_up(self) -> None:
        try:
            await self.look_up()
        except WanggeError as error:
            self.complain("", error.message)
        finally:
            self._ready.set()

    async def _restore(self) -> None:
        kept = self.requests.restore(await self.context.lanes.run(self._keeper.load))
        fields = {name: text for name, text in kept.items() if name in self.rows}
        if not fields:
            return
        for name, text in fields.items():
            self.rows[name].content_field.restore(text)
        self.restored()
        self.status(self.words.t("What you had typed is back. F8 clears it."), "good")

    def restored(self) -> None:
        """Called when a draft has come back."""

    def _dirty(self) -> None:
        if self._over or not self.keeps_draft:
            return
        self._kept = False
        if self._saving is None:
            self._saving = self.set_timer(SAVE_AFTER, self._save_in_time)

    def _save_in_time(self) -> None:
        self._saving = None
        self.run_worker(self._save(), group="draft", exit_on_error=False, name="save draft")

    def _stop_saving(self) -> None:
        if self._saving is not None:
            self._saving.stop()
            self._saving = None

    async def _save(self) -> bool:
        self._stop_saving()
        if self._kept:
            return True
        self._kept = True
        kept = await self.context.lanes.run(self._keeper.save, self._keeper.turn(), self._draft())
        if not kept and self.is_mounted:
            self.status(self.words.t("What you type cannot be kept on this disk."), "wrong")
        return kept

    def _draft(self) -> dict[str, str]:
        typed = self.typed()
        return {**typed, **self.requests.stored(typed)} if typed else {}

    def keep_now(self) -> None:
        """Keep what is typed before the program goes down; the only call here that waits for the disk."""
        if not self._kept:
            self._kept = True
            self._keeper.save(self._keeper.turn(), self._draft())

    def on_unmount(self) -> None:
        """The program ends under the dialog."""
        self.keep_now()

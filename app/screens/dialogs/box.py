"""The one box every dialog is: title and keys in the border, a case, fields that scroll, one line for what is said."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from app.domain.message import N_, Message
from app.render.paint import paint
from app.render.ways import Way
from app.render.words import Words
from app.screens.answering import Answering
from app.screens.context import DialogContext
from app.widgets.fields.messages import FieldEdited, FieldEntered, FieldRemarked
from app.widgets.fields.row import FieldRow
from app.widgets.fields.said import Said
from app.widgets.fields.shown import Shown

R = TypeVar("R")

FILLED = N_("Filled from the case: change what is not so, leave empty what nobody knows.")
NOTICES = (
    FILLED,
    N_("What you had typed is back. F8 clears it."),
    N_("As last time; Enter sends it, F8 clears it."),
)
"""What a form may say as long as it stands; msgids."""
PATIENCE = 0.5
"""Seconds that a field may take over the keys on their way to it."""
SHORT = 24
"""Lines of the smallest terminal: there the box begins at the top, on taller ones a third of the rest lies above it."""


class Body(VerticalScroll, inherit_bindings=False, can_focus=False):
    """Scrolls with the field that has the focus; takes no key itself."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As the fields need it beside the room kept for the bar, which Textual forgets: choices may wrap there."""
        return super().get_content_height(container, viewport, max(1, width - self.styles.scrollbar_size_vertical))


class Box(Answering[R | None], Generic[R]):
    """Rows of fields over the desk, walked with the arrows, Tab and Enter. The top never moves while it is open."""

    AUTO_FOCUS = ""
    CSS_PATH = "form.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-very-wide")]
    BINDINGS = [
        Binding("up,shift+tab", "previous", show=False),
        Binding("down,tab", "next", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    aliases: Mapping[str, str] = {}
    """Fields the rules name that this form shows under another name."""
    first_field = ""
    """Where the cursor stands at first; empty = the first row."""

    def __init__(self, context: DialogContext) -> None:
        super().__init__()
        self.context = context
        self.words = context.words
        self.rows: dict[str, FieldRow] = {}
        self.notice = ""
        """Said until the form is sent, refused or cleared."""
        self.complaint: tuple[str, Message] | None = None
        """Field and sentence of the last complaint, as long as it stands."""

    @property
    def now(self) -> datetime:
        """The street's instant."""
        return self.context.house.clock.now()

    @property
    def stands(self) -> bool:
        """Whether its widgets are there: not yet while they are built, not any more while it closes."""
        return self.is_attached and not (self.torn or self._pruning or self._closing)

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

    def spoken(self) -> Words:
        """The language it speaks at the moment."""
        return self.words

    def field_ways(self) -> tuple[str, Sequence[Way]]:
        """The label of the field with the cursor, and its own keys as far as the form has no other use for them."""
        row = next((row for row in self.rows.values() if row.widget.has_focus_within), None)
        if row is None:
            return "", ()
        bound = self.active_bindings
        taken = {key for key, active in bound.items() if active.binding.priority}
        return row.label, [way for way in row.content_field.ways if way.press not in taken]

    def why_not_here(self, way: Way) -> Message | None:
        """A key of another field: where the cursor must be for it."""
        if way.press in self.active_bindings:
            return None
        owners = [row for row in self.rows.values() if not row.hidden
                  and way.key in [own.key for own in row.content_field.ways]]  # fmt: skip
        if not owners or any(row.widget.has_focus_within for row in owners):
            return None
        return Message("Put the cursor into “{field}” first.", {"field": owners[0].label})

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
        box.border_subtitle = self.edge()
        with box:
            head = Said(self.head(), id="head")
            head.display = bool(self.head())
            yield head
            with Body(id="body"):
                yield from rows
            yield Said(id="status")

    def begin(self) -> None:
        """Fit the box, put the cursor into the first field, show what is understood of an empty form."""
        if not self.stands:  # left again before it stood
            return
        self._fit()
        self.understood()
        first = next((name for name, row in self.rows.items() if not row.hidden), "")
        self.focus_field(self.first_field or first)

    def on_resize(self) -> None:
        """Keep the box inside the screen: the fields scroll, title and status do not."""
        if self.is_mounted and self.stands:
            self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        above = max(0, (height - SHORT) // 3)
        head = self.query_one("#head", Said)
        around = 4 + (2 if head.display else 0)
        self.query_one("#box", Vertical).styles.margin = (above, 0, 0, 0)
        self.query_one("#body", Body).styles.max_height = max(3, height - above - around)

    # -- the other language --------------------------------------------------------------------
    async def retell(self, words: Words) -> None:
        """Everything again in another language; what is typed, chosen and complained about stays."""
        from app.screens.dialogs.retelling import stand_again, stand_of, swap

        await self._typed_out()
        if not self.stands:
            return
        stand, complaint, before, typed = stand_of(self), self.complaint, self.words, self.typed()
        words = words.in_zone(before.zone)
        swap(self, self.context, replace(self.context, words=words))
        swap(self, before, words)
        self.notice = next((words.t(msgid) for msgid in NOTICES if before.t(msgid) == self.notice), self.notice)
        self.torn = True
        try:
            await self.recompose()
        finally:
            self.torn = False
        self.status("")  # the notice; what is understood of the fields may say more
        self.begin()
        stand_again(self, stand)
        self.retold(typed)
        if complaint is not None:
            self.complain(*complaint)
            self.focus_field(stand.focus)
        self._focus_at_once(stand.focus)

    def retold(self, typed: Mapping[str, str]) -> None:
        """Called when the fields stand again with what was typed before in the other language."""

    async def _typed_out(self) -> None:
        """Let the field take the keys that are on their way to it."""
        taken = asyncio.Event()
        if self.focused is not None and self.focused.call_later(taken.set):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(taken.wait(), PATIENCE)

    def _focus_at_once(self, field: str) -> None:
        """As ``focus_field``, but before the next key: Textual would let the next ones go to a field that is gone."""
        row = self.rows.get(field)
        inside = (row.widget, *row.widget.query("*")) if row is not None and not row.hidden else ()
        self.set_focus(next((widget for widget in inside if widget.focusable), self.focused))

    def show_head(self) -> None:
        """Paint the line above the fields again."""
        self.query_one("#head", Said).say(self.head())

    # -- fields --------------------------------------------------------------------------------
    def typed(self) -> dict[str, str]:
        """What the person typed or chose, by field; untouched fields are left out."""
        fields = [row.content_field for row in self.rows.values()]
        return {field.field: field.typed for field in fields if not field.untouched}

    def text(self, field: str) -> str:
        """What stands in a field, without blanks around it; empty when the form does not show such a field."""
        row = self.rows.get(field)
        return row.content_field.typed.strip() if row and not row.hidden else ""

    def focus_field(self, field: str) -> bool:
        """Put the cursor into a field; False when there is none of that name on the screen."""
        row = self.rows.get(field)
        if row is None or row.hidden:
            return False
        row.widget.focus()
        return True

    def home(self) -> Widget | None:
        """The first field on the screen."""
        return next((row.widget for row in self.rows.values() if not row.hidden), None)

    def last_field(self) -> str:
        """The name of the last field on the screen."""
        return next((name for name, row in reversed(self.rows.items()) if not row.hidden), "")

    def action_next(self) -> None:
        """The next field."""
        self._step(1)

    def action_previous(self) -> None:
        """The field before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        """Along the rows as the form stands with what was typed.

        Typed in one breath, the word of an edit may still be on its way, and a line that has just appeared has no
        place on the screen yet, by which Textual would go.
        """
        if not self.stands:
            return
        self.understood()
        shown = [row.widget for row in self.rows.values() if not row.hidden]
        here = next((n for n, widget in enumerate(shown) if widget.has_focus_within or widget.has_focus), None)
        if here is None:
            self.focus_next() if by > 0 else self.focus_previous()
        else:
            shown[(here + by) % len(shown)].focus()

    def action_page(self, by: int) -> None:
        """Scroll the fields by a page."""
        if not self.stands:
            return
        body = self.query_one("#body", Body)
        body.scroll_page_down(animate=False) if by > 0 else body.scroll_page_up(animate=False)

    def on_field_edited(self, event: FieldEdited) -> None:
        """Something was typed."""
        if self.is_mounted and self.stands and event.field in self.rows:
            self.edited(event.field)

    def edited(self, field: str) -> None:
        """A field was changed: a complaint about it goes away, and it is read anew."""
        if self.rows[field].wrong:
            self.rows[field].say_note("")
            self.complaint = None
        self.understood()

    def on_field_entered(self, event: FieldEntered) -> None:
        """Enter was pressed in a field."""
        self.undecided = None
        self.entered(event.field)

    def entered(self, field: str) -> None:
        """What Enter does there."""
        raise NotImplementedError

    def on_field_remarked(self, event: FieldRemarked) -> None:
        """A field says something about what was done in it."""
        row = self.rows.get(event.field)
        if row is not None:
            row.say_note(self.words.say(event.remark) if event.remark else "")

    # -- saying --------------------------------------------------------------------------------
    def status(self, text: str, tone: str = "") -> None:
        """What is said under the fields, the standing notice above it; ``tone`` is ``wrong`` or nothing."""
        if not self.stands:
            return
        lines = [paint(self.notice, "$text-success")] if self.notice else []
        lines += [paint(text, "$text-error" if tone == "wrong" else "")] if text else []
        self.query_one("#status", Said).say(Content("\n").join(lines))

    def calm(self) -> None:
        """Nothing to say of the fields: a complaint about the whole form stands until it is sent again."""
        if self.complaint is not None and not self.complaint[0]:
            self.status(self.words.say(self.complaint[1], self.now), "wrong")
        else:
            self.status("")

    def complain(self, field: str, sentence: Message) -> None:
        """A sentence beside a field, with the cursor in it; in the status line when the form has no such field."""
        self.complaint = field, sentence
        said = self.words.say(sentence, self.now)
        field = self.aliases.get(field, field)
        if field and self.focus_field(field):
            self.rows[field].say_note(said, wrong=True)
            self.status("")
        else:
            self.status(said, "wrong")

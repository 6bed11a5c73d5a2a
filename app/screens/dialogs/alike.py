"""Asks whether a report that looks like an open case is the same matter: one key joins, another says it is new."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from uuid import UUID

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Static

from app.domain.errors import DuplicateFound
from app.domain.facts import Facts
from app.domain.intent import Intent
from app.domain.message import N_
from app.domain.moves import Action
from app.domain.text import normalise_width
from app.render.paint import paint
from app.render.ways import MOVE, Way
from app.render.words import Words
from app.screens.answering import Answering
from app.screens.context import DialogContext
from app.screens.dialogs.case_line import case_line
from app.screens.dialogs.form import FormDialog
from app.services.ports import BoardRow
from app.services.whistles import LookAlike, Outcome
from app.widgets.fields.hits import Hit, HitList

WAYS = (
    Way("J/F6", N_("join it"), N_("The report becomes part of the case pointed at; 1–9 joins the case of that digit.")),
    Way("N/F7", N_("a new matter"), N_("It is blown as a whistle of its own; 0 does the same.")),
    Way("Esc", N_("back to the line"), N_("Nothing is sent; what was typed is still there.")),
    MOVE,
)


class LookAlikes(Answering[LookAlike | None]):
    """The open cases it may be. None = go back and look at what was typed.

    Enter does nothing here: the second Enter of a pair that blew the whistle must not join it.
    """

    CSS_PATH = "form.tcss"
    BINDINGS = [
        Binding("j,J,f6", "join", show=False),
        Binding("n,N,f7", "new", show=False),
        Binding("escape", "back", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, context: DialogContext, rows: Sequence[BoardRow]) -> None:
        super().__init__(classes="dialog")
        self.context = context
        self._rows = tuple(rows)

    def spoken(self) -> Words:
        """As the form."""
        return self.context.words

    def title_text(self) -> str:
        """The question."""
        return self.context.words.t("Is it the same matter?")

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return WAYS

    def compose(self) -> ComposeResult:
        """The question, the candidates, the keys."""
        with Vertical(id="box"):
            yield Static(id="head", markup=False)
            yield HitList(rows=9, digits=True)

    def on_mount(self) -> None:
        """Say and show them."""
        words = self.context.words
        box = self.query_one("#box", Vertical)
        box.border_title = paint(self.title_text())
        box.border_subtitle = self.edge()
        asked = words.t("Open cases of the same grid and kind of matter within a day:")
        self.query_one("#head", Static).update(paint(asked))
        hits = [Hit(row.whistle.id.hex, case_line(self.context, row)) for row in self._rows]
        self.query_one(HitList).show(hits)

    async def retell(self, words: Words) -> None:
        """The question again; the one pointed at stays."""
        self.context = replace(self.context, words=words.in_zone(self.context.words.zone))
        if self.is_mounted:
            hits = self.query_one(HitList)
            pointed = hits.cursor
            self.on_mount()
            hits.cursor = pointed

    def on_key(self, event: Key) -> None:
        """A digit, half or full width, joins that one; 0 says that it is new."""
        digit = normalise_width(event.character or "")
        if digit == "0":
            self.action_new()
        elif len(digit) == 1 and digit in "123456789" and int(digit) <= len(self._rows):
            self._join(int(digit) - 1)

    def action_move(self, by: int) -> None:
        """Point at another one."""
        self.query_one(HitList).move(by)

    def on_hit_list_taken(self, event: HitList.Taken) -> None:
        """The mouse joins."""
        self._join(next(n for n, row in enumerate(self._rows) if row.whistle.id.hex == event.hit.code))

    def action_join(self) -> None:
        """It is the one pointed at."""
        self._join(self.query_one(HitList).cursor)

    def action_new(self) -> None:
        """It is a new matter."""
        self.dismiss(LookAlike(is_new=True))

    def action_back(self) -> None:
        """Back to the line; nothing was sent."""
        self.dismiss(None)

    def _join(self, place: int) -> None:
        self.dismiss(LookAlike(into=self._rows[place].whistle.id))


async def create(form: FormDialog[Outcome], intent: Intent, facts: Facts) -> Outcome | None:
    """Blow or save a new case; ask when it looks like an open one. None = the person went back to the form."""
    saves = intent.action is Action.DRAFT

    async def send(choice: LookAlike) -> Outcome:
        return await form.submit(form.context.house.whistles.blow, intent, choice)

    return await send(LookAlike(is_new=True)) if saves else await asking(form, facts, send)


async def asking(
    form: FormDialog[Outcome], facts: Facts, send: Callable[[LookAlike], Awaitable[Outcome]], but: UUID | None = None
) -> Outcome | None:
    """Send; when it looks like an open case other than ``but``, ask and send again with the answer."""
    try:
        return await send(LookAlike())
    except DuplicateFound:
        rows = await form.submit(form.context.house.whistles.look_alikes, facts)
    others = [row for row in rows if row.whistle.id != but]
    choice = await form.app.push_screen_wait(LookAlikes(form.context, others))
    return await send(choice) if choice else None

"""The report up the line as it would go up now, with what is left until it must; from here it is sent and printed."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from rich.cells import cell_len
from textual.binding import Binding

from app.domain.errors import StoreTrouble
from app.domain.message import N_
from app.domain.report_form import ReportForm
from app.render.paint import pad, paint_text
from app.render.report_form import form_head, form_limit, form_parts, form_title
from app.render.rows import Cell, Piece, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, Way
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.beside import beside
from app.screens.text_sheet import SCROLL, ReadingSheet
from app.widgets.titles import painted

SEND = Way("Enter", N_("report it"), N_("Opens the form of the report, filled from the case; Enter there sends it."))
PRINT = Way("F2", N_("print"), N_("Writes this form as a document and as Markdown into your folder of papers."))
PRINT_CASE = Way("F6", N_("case file"), N_("Prints the whole case the same way: everything that happened."))
GAP = 2
TICK = 1.0
"""Seconds until the countdown is looked at again."""


class Chosen(StrEnum):
    """What a form was left for."""

    SEND = "send"
    PRINT = "print"
    PRINT_CASE = "print_case"


class ReportSheet(ReadingSheet[Chosen | None]):
    """Scrolls; nothing is written here. ``now`` is the street's clock, for the countdown.

    ``again`` fills the form anew: what others write while it is read stands in it at once.
    """

    BINDINGS = [
        Binding("escape,f10", "leave", show=False),
        Binding("enter", "choose('send')", show=False),
        Binding("f2", "choose('print')", show=False),
        Binding("f6", "choose('print_case')", show=False),
    ]

    def __init__(
        self,
        form: ReportForm,
        sight: Sight,
        now: Callable[[], datetime],
        again: Callable[[], Awaitable[ReportForm]] | None = None,
    ) -> None:
        super().__init__()
        self._again = again
        self._form = form
        self._sight = sight
        self._now = now
        self._limit = ""
        self._runs = False

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """Which report."""
        return form_title(self._form, self._sight)

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (SEND, PRINT, PRINT_CASE, BACK, SCROLL)

    def on_mount(self) -> None:
        """The countdown runs while it is read."""
        super().on_mount()
        if not self._runs:  # a sheet is told again in another language by this too
            self._runs = True
            self.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        self._sight = replace(self._sight, now=self._now())
        if form_limit(self._form, self._sight) != self._limit:
            self.write()

    def hear(self) -> None:
        """Somebody wrote something."""
        if self._again is not None:
            beside(self, self._fill_again, "form", exclusive=True)

    async def _fill_again(self) -> None:
        if self._again is None:
            return
        with contextlib.suppress(StoreTrouble):  # the desk behind it says so
            self._form = await self._again()
            self._sight = replace(self._sight, now=self._now())
            for box in self.query("#box"):
                box.border_title = painted(one(self.title_text()))
            self.write()

    def written(self, width: int) -> Sequence[Cell]:
        """Which case, until when, then each column with its label at the left."""
        form, sight = self._form, self._sight
        self._limit = form_limit(form, sight)
        tone = sight.urgency(form.duties[0].at) if form.duties else Tone.QUIET
        lines: list[Cell] = [one(part, Tone.STRONG) for part in wrap(form_head(form, sight), width)]
        lines += [one(part, Tone.STRONG if tone is Tone.PLAIN else tone) for part in wrap(self._limit, width)]
        return [*lines, (), *self._parts(width)]

    def _parts(self, width: int) -> Iterator[Cell]:
        parts = list(form_parts(self._form, self._sight))
        beside = min(max(cell_len(part.label) for part in parts), width // 3) + GAP
        for part in parts:
            label = part.label
            for line in part.lines:
                for text in wrap(paint_text(line), width - beside) or [""]:
                    yield (Piece(pad(label, beside), Tone.QUIET), Piece(text, Tone.PLAIN if part.known else Tone.SOON))
                    label = ""

    def action_choose(self, what: str) -> None:
        """Leave it for what comes next."""
        self.dismiss(Chosen(what))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

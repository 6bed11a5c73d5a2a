"""Checklists, gauges and routes side by side with what they hold; questions are changed, moved, added, taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from app.domain.checklist import Question, Template
from app.domain.errors import WanggeError
from app.domain.message import N_, Message
from app.domain.patrol_book import PatrolBook
from app.render.rows import Tone, one
from app.render.rule_book import (
    Line,
    Part,
    Sheet,
    about_line,
    book_title,
    line_columns,
    line_key,
    line_row,
    line_title,
    lines_of,
    nothing_asked,
    sheet_columns,
    sheet_row,
    sheets_of,
)
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.screens.beside import beside
from app.screens.confirm import Confirm
from app.screens.context import DialogContext
from app.screens.dialogs.sights import sight_of
from app.services.patrol_changes import Change, at_its_field
from app.services.patrol_edit import moved_question, without_question
from app.services.patrol_file import PatrolProblems
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.titles import painted

OPEN = Way("Enter", N_("opens"), N_("Left: goes to what it holds. On a question or a gauge: changes it in a form."))
ADD = Way("F2", N_("add a question"), N_("A new one below the one under the cursor."))
LIKE = Way("F4", N_("new checklist"), N_("A new one with the questions of the one under the cursor."))
UP = Way("F5", N_("up"), N_("The question one place further up; rounds ask in this order."))
DOWN = Way("F6", N_("down"), N_("The question one place further down."))
AWAY = Way("F7", N_("take away"), N_("Takes the question out, after asking; rounds under way keep it."))
ACROSS = Way("Tab", N_("other list"), N_("Between the two lists; ← → too."))
OF_QUESTIONS = (UP, DOWN, AWAY)
ABOUT = 3
"""Lines below the lists."""


class ChecklistSheet(Answering[None]):
    """Shows to everybody; ``refusal`` says why nothing can be changed here, and by whom it can."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,f10", "leave", show=False),
        Binding("tab,shift+tab", "across", show=False),
        Binding("left", "to('sheets')", show=False),
        Binding("right", "to('held')", show=False),
        Binding("f2", "add", show=False),
        Binding("f4", "like", show=False),
        Binding("f5", "shift(-1)", show=False),
        Binding("f6", "shift(1)", show=False),
        Binding("f7", "away", show=False),
    ]
    AUTO_FOCUS = "#sheets"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-roomy")]
    opened_by: ClassVar[tuple[str, ...]] = ("checklists",)

    def __init__(self, context: DialogContext, book: PatrolBook, refusal: Message | None) -> None:
        super().__init__(classes="sheet -list -reasons -rules")
        self._given = context
        self._sight = sight_of(context)
        self._book = book
        self._refusal = refusal
        self._sheets: RowList[Sheet] = RowList(id="sheets", titles=False)
        self._held: RowList[Line] = RowList(id="held")
        self._about = Lines(id="about")
        self._shown: Sheet | None = None
        """What the list at the right belongs to."""
        self._sending = False

    # -- what it says of itself ----------------------------------------------------------------
    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What it is, and which version."""
        return book_title(self._book, self._sight)

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (OPEN, ADD, LIKE, BACK, AWAY, UP, DOWN, ACROSS, MOVE)

    def why_not_here(self, way: Way) -> Message | None:
        """Nobody but the street administrator changes the rules; some keys are for questions alone."""
        if way in (BACK, MOVE, ACROSS) or (way is OPEN and self._sheets.has_focus):
            return None
        if self._refusal is not None:
            return self._refusal
        if way is OPEN:
            return None if self._sheet_in(Part.ROUTE) is None else Message("Routes are changed in the file.")
        if self.template is None:
            return Message("Put the cursor on a checklist first.")
        return Message("Put the cursor on a question first.") if way in OF_QUESTIONS and not self.question else None

    @property
    def busy(self) -> bool:
        """Whether a change is being written: keys wait for it."""
        return self._sending

    @property
    def template(self) -> Template | None:
        """The checklist under the cursor of the left list."""
        sheet = self._sheet_in(Part.TEMPLATE)
        return self._book.templates.get(sheet.id) if sheet is not None else None

    @property
    def question(self) -> Question | None:
        """The question under the cursor, while the right list has the keys."""
        line = self._held.chosen if self._held.has_focus else None
        return line if isinstance(line, Question) else None

    def _sheet_in(self, part: Part) -> Sheet | None:
        sheet = self._sheets.chosen
        return sheet if sheet is not None and sheet.part is part else None

    # -- layout --------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """Two lists, and a word about the line under the cursor."""
        box = Vertical(id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        with box:
            with Horizontal(id="two"):
                yield self._sheets
                yield self._held
            yield self._about

    def on_mount(self) -> None:
        """Both lists."""
        self._sheets.set_columns(sheet_columns())
        self._shown = None
        self._fill()

    def on_resize(self) -> None:
        """The words below wrap at another width."""
        self.call_after_refresh(self._tell_about)

    def _fill(self) -> None:
        """Both lists from the rules as they are now."""
        book, sight = self._book, self._sight
        self._sheets.sync(sheets_of(book), lambda sheet: sheet_row(sheet, book, sight), lambda sheet: sheet)
        self._show_held()

    def _show_held(self) -> None:
        """What the one under the cursor at the left holds."""
        sheet, book, sight = self._sheets.chosen, self._book, self._sight
        if sheet != self._shown:
            self._held.forget()
            if sheet is not None:
                self._held.set_columns(line_columns(sheet.part, sight.words), nothing_asked(sight))
        self._shown = sheet
        lines = list(lines_of(sheet, book, sight))
        places = {line_key(line): place for place, line in enumerate(lines, start=1)}
        self._held.set_title(one(line_title(sheet, book, sight)))
        self._held.sync(lines, lambda line: line_row(line, places[line_key(line)], book, sight), line_key)
        self._tell_about()

    def _tell_about(self) -> None:
        """All of the line under the cursor; below it why nothing can be changed."""
        room = max(20, self._about.content_size.width)
        line = self._held.chosen if self._held.has_focus else None
        said = about_line(self._sheets.chosen, line, self._given.policy, self._sight)
        reason = self._sight.say(self._refusal) if self._refusal else ""
        why = [one(text, Tone.SOON) for text in wrap(reason, room, most=1)] if reason else []
        told = [one(text, Tone.QUIET) for text in wrap(said, room, most=ABOUT - len(why))] if said else []
        self._about.show([*told, *[()] * (ABOUT - len(told) - len(why)), *why])

    def _warn(self, message: Message) -> None:
        lines = wrap(self._sight.say(message), max(20, self._about.content_size.width), most=ABOUT)
        self._about.show([*(one(line, Tone.SOON) for line in lines), *[()] * ABOUT][:ABOUT])

    # -- moving --------------------------------------------------------------------------------
    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another checklist, or another line of it."""
        if event.rows is self._sheets:
            self._show_held()
        else:
            self._tell_about()

    def on_descendant_focus(self) -> None:
        """Another list has the keys."""
        self._tell_about()

    def action_across(self) -> None:
        """The other list."""
        self.action_to("held" if self._sheets.has_focus else "sheets")

    def action_to(self, name: str) -> None:
        """One of the lists."""
        self.set_focus(self._held if name == "held" else self._sheets)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter goes into a checklist; on a question or a gauge it opens the form."""
        event.stop()
        self.undecided = None
        if event.rows is self._sheets:
            self.set_focus(self._held)
        elif self._may(OPEN):
            self._open()

    def _may(self, way: Way) -> bool:
        """Whether a key does what it is for now; if not, why is said."""
        reason = self.why_not_here(way)
        if reason is not None:
            self._warn(reason)
        return reason is None and not self._sending

    # -- forms ---------------------------------------------------------------------------------
    @property
    def _for_forms(self) -> DialogContext:
        """In the language of the moment."""
        return replace(self._given, words=self._sight.words)

    def _open(self) -> None:
        from app.screens.dialogs.gauge_levels import LevelsDialog
        from app.screens.dialogs.question import QuestionDialog

        gauge, template, question = self._sheet_in(Part.GAUGE), self.template, self.question
        if gauge is not None:
            form = LevelsDialog(self._for_forms, self._book.gauges[gauge.id])
            self.app.push_screen(form, self._took)
        elif template is not None and question is not None:
            self.app.push_screen(QuestionDialog(self._for_forms, template, question), self._took)

    def action_add(self) -> None:
        """A question below the one under the cursor; from the left list at the end."""
        from app.screens.dialogs.question import QuestionDialog

        template, question = self.template, self.question
        if not self._may(ADD) or template is None:
            return
        after = question or template.questions[-1]
        form = QuestionDialog(self._for_forms, template, None, after=after)

        def added(book: PatrolBook | None) -> None:
            self._took(book)
            if book is not None:
                self.set_focus(self._held)
                self._held.move_to(form.id_given)

        self.app.push_screen(form, added)

    def action_like(self) -> None:
        """A new checklist."""
        from app.screens.dialogs.new_checklist import NewChecklist

        template = self.template
        if not self._may(LIKE) or template is None:
            return
        form = NewChecklist(self._for_forms, template)

        def made(book: PatrolBook | None) -> None:
            self._took(book)
            if book is not None:
                self.set_focus(self._sheets)
                self._sheets.move_to(Sheet(Part.TEMPLATE, form.id_given))

        self.app.push_screen(form, made)

    def _took(self, book: PatrolBook | None) -> None:
        """The rules as they are after a change; the cursor stays on what it was on."""
        if book is None:
            return
        self._book = book
        self.query_one("#box").border_title = painted(one(self.title_text()))
        self._fill()

    # -- at once -------------------------------------------------------------------------------
    def action_shift(self, step: int) -> None:
        """The question one place up or down."""
        template, question = self.template, self.question
        if self._may(UP if step < 0 else DOWN) and template is not None and question is not None:
            at, asked = template.id, question.id
            self._send(lambda text: moved_question(text, at, asked, step))

    def action_away(self) -> None:
        """The question out of its checklist, after asking."""
        template, question = self.template, self.question
        if not self._may(AWAY) or template is None or question is None:
            return
        ids = [one.id for one in template.questions]
        place = ids.index(question.id)
        beside = ids[place + 1] if place + 1 < len(ids) else ids[place - 1]

        def asked(words: Words) -> str:
            return words.t("Take “{question}” out of {checklist}? Rounds under way keep it.",
                           question=question.short, checklist=template.name)  # fmt: skip

        def answered(yes: bool | None) -> None:
            if yes:
                self._send(lambda text: without_question(text, template.id, question.id), lambda: beside)

        self.app.push_screen(Confirm(asked, self._sight.words), answered)

    def _send(self, change: Change, then: Callable[[], str] | None = None) -> None:
        self._sending = True
        beside(self, partial(self._change, change, then), "change")

    async def _change(self, change: Change, then: Callable[[], str] | None) -> None:
        context = self._given
        try:
            book = await context.submit(context.house.patrol_rules.change, change, context.actor, uuid4())
        except PatrolProblems as error:
            self._warn(at_its_field(error).message)
        except WanggeError as error:
            self._warn(error.message)
        else:
            self._took(book)
            if then is not None:
                self._held.move_to(then())
            self._held.show_cursor()
        finally:
            self._sending = False

    def action_leave(self) -> None:
        """Back; from the right list too: nothing is unsaved here."""
        self.dismiss(None)


def why_no_change(context: DialogContext, read_only: str) -> Message | None:
    """Why the rules cannot be changed at this desk; None when they can."""
    from app.domain.errors import NotPermitted
    from app.domain.permissions import administers

    if read_only:
        return Message("Read only: {why}", {"why": Message(read_only)})
    try:
        administers(context.actor, context.street)
    except NotPermitted as error:
        return error.message
    return None

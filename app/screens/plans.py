"""Plans of rounds: how often each is due as things stand, and what is next; one is set here, or ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from uuid import uuid4

from textual.binding import Binding

from app.called import called
from app.domain.errors import WanggeError
from app.domain.message import N_, Message
from app.domain.patrol_book import PatrolBook
from app.domain.plan_line import PlanBoard, PlanLine
from app.domain.round_plan import RoundPlan
from app.domain.text import normalise_width
from app.render.plan_rows import board_title, plan_about, plan_columns, plan_row, plan_text
from app.render.rows import Cell, Column, Row, Tone, one
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.beside import beside
from app.screens.confirm import Confirm
from app.screens.context import DialogContext
from app.screens.dialogs.plan import PlanDialog
from app.screens.dialogs.sights import sight_of
from app.screens.finding import initials
from app.screens.list_sheet import ListSheet
from app.widgets.row_list import RowList
from app.widgets.titles import painted

LIKE = Way("Enter", N_("one like it"), N_("A new plan with the answers of the one under the cursor, to be changed."))
NEW = Way("F2", N_("new plan"), N_("Checklist, way, windows, days, how many; until a case is closed or a day."))
END = Way("F7", N_("end it"), N_("The plan under the cursor is due no more, after asking; what was walked stays."))

Form = Callable[[DialogContext, RoundPlan | None], PlanDialog]
"""Makes the form, with what the desk knows of open cases."""


class PlanSheet(ListSheet[None, PlanLine]):
    """Typing narrows by name, grid, case or initials. ``refusal`` says why nothing can be set here."""

    BINDINGS = [Binding("f2", "new", show=False), Binding("f7", "end", show=False)]
    opened_by = ("plans",)

    def __init__(
        self, context: DialogContext, board: PlanBoard, book: PatrolBook, refusal: Message | None, form: Form
    ) -> None:
        super().__init__()
        self.add_class("-rules")
        self.list = RowList(id="list", lit=True)  # with the names of its columns
        self.list.can_focus = False
        self._given = context
        self._sight = sight_of(context)
        self._plans = board
        self._book = book
        self._refusal = refusal
        self._form = form
        self._sending = False

    # -- what it says of itself ----------------------------------------------------------------
    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """How many, and the posture."""
        return board_title(self._plans, self._sight)

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (NEW, LIKE, END, BACK, MOVE)

    def why_not_here(self, way: Way) -> Message | None:
        """Who may not record sets no plan; one of the rules is ended in the rules."""
        if way in (BACK, MOVE):
            return None
        if self._refusal is not None:
            return self._refusal
        line: PlanLine | None = self.list.chosen
        if way is END and line is not None and not line.plan.set_by:
            return Message("It stands in the rules: {wangge} round template FILE writes them, take [[plans]] {id} out, "
                           "{wangge} round load FILE.", {"wangge": called(), "id": line.plan.id})  # fmt: skip
        return Message("Put the cursor on a plan first.") if way is not NEW and line is None else None

    @property
    def busy(self) -> bool:
        """Whether a plan is being ended: keys wait for it."""
        return self._sending

    def asks(self) -> str:
        """The empty line."""
        return self._sight.t("type a name, a grid, a case or initials")

    def columns(self) -> Sequence[Column]:
        """What, where, how often, when next."""
        return plan_columns(self._sight.words)

    def nothing(self) -> Cell:
        """No plan, or none that fits."""
        if self._plans.lines:
            return one(self._sight.t("No plan is called that."), Tone.QUIET)
        return one(self._sight.t("No round is planned. {key} sets a plan.", key="F2"), Tone.QUIET)

    def items(self, typed: str) -> Iterable[PlanLine]:
        """Those whom every word fits."""
        wanted = normalise_width(typed).casefold().split()
        return [line for line in self._plans.lines if self._fits(line, wanted)]

    def _fits(self, line: PlanLine, wanted: Sequence[str]) -> bool:
        text = plan_text(line, self._book, self._sight) if wanted else ""
        return all(word in text or (word.isascii() and word.isalpha() and word in initials(text)) for word in wanted)

    def row(self, item: PlanLine) -> Row:
        """One plan."""
        return plan_row(item, self._plans.guard, self._sight)

    def key_of(self, item: PlanLine) -> str:
        """Its id."""
        return item.plan.id

    def about(self, item: PlanLine | None) -> Sequence[Cell]:
        """All of it; why nothing can be changed here."""
        if self._refusal is not None:
            why = [one(line, Tone.SOON) for line in wrap(self._sight.say(self._refusal), self.room, most=1)]
        else:
            why = []
        told = plan_about(item, self._book, self._plans.guard.posture, self._sight) if item is not None else ""
        lines = wrap(told, self.room, most=2 - len(why)) if told else []
        return [*(one(line, Tone.QUIET) for line in lines), *why]

    # -- keys ----------------------------------------------------------------------------------
    def _may(self, way: Way) -> bool:
        reason = self.why_not_here(way)
        if reason is not None:
            self._warn(reason)
        return reason is None and not self._sending

    def _warn(self, message: Message) -> None:
        self.say([one(line, Tone.SOON) for line in wrap(self._sight.say(message), self.room, most=2)])

    async def choose(self, item: PlanLine) -> None:
        """Enter: a new one like it."""
        if self._may(LIKE):
            self._ask(item.plan)

    def action_new(self) -> None:
        """A plan from nothing."""
        if self._may(NEW):
            self._ask(None)

    def _ask(self, like: RoundPlan | None) -> None:
        context = replace(self._given, words=self._sight.words)
        self.app.push_screen(self._form(context, like), self._set)

    def _set(self, plan: RoundPlan | None) -> None:
        if plan is not None:
            self._begin(None, plan.id)

    def action_end(self) -> None:
        """The plan under the cursor is due no more, after asking."""
        line: PlanLine | None = self.list.chosen
        if not self._may(END) or line is None:
            return
        plan, request = line.plan, uuid4()
        grid = self._sight.street.label(plan.grid)

        def asked(words: Words) -> str:
            return words.t("End the plan “{name}” in {grid}? Nothing more of it is due.", name=plan.name, grid=grid)

        def answered(yes: bool | None) -> None:
            if yes:
                plans, actor = self._given.house.round_plans, self._given.actor
                self._begin(lambda: plans.end(actor, request, plan.id), "")

        self.app.push_screen(Confirm(asked, self._sight.words), answered)

    def _begin(self, change: Callable[[], object] | None, to: str) -> None:
        self._sending = True
        beside(self, partial(self._again, change, to), "change")

    async def _again(self, change: Callable[[], object] | None, to: str) -> None:
        """Change something, read the plans again, and put the cursor on one of them."""
        try:
            if change is not None:
                await self._given.submit(change)
            self._plans = await self._given.submit(self._given.house.round_plans.board)
            self._book = await self._given.submit(self._given.house.patrol_rules.current)
        except WanggeError as error:
            self._warn(error.message)
        else:
            self._sight = replace(self._sight, now=self._given.house.clock.now())
            self.query_one("#box").border_title = painted(one(self.title_text()))
            self.list.set_empty(self.nothing())
            self.fill(stay=bool(to))
            self.list.move_to(to)
            self.show_about()
        finally:
            self._sending = False


def why_no_plan(context: DialogContext, read_only: str) -> Message | None:
    """Why no plan can be set at this desk; None when one can in some grid."""
    from app.domain.errors import NotPermitted
    from app.domain.permissions import records_in

    if read_only:
        return Message("Read only: {why}", {"why": Message(read_only)})
    if not context.actor.member:
        return Message("Say first who is on duty.")
    refused: Message | None = None
    for grid in context.street.grids:
        try:
            records_in(context.actor, grid.code, context.street)
        except NotPermitted as error:
            refused = error.message
        else:
            return None
    return refused

"""One field that leads anywhere: a case by its number, or the list of a grid, a community, a department, a member."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from app.domain.goals import SORT_NAMES, Goal, goals_found
from app.render.paint import paint
from app.render.rows import Column, Row, Tone, one
from app.render.sight import Sight
from app.screens.answering import Answering
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.search import FindLine
from app.widgets.titles import painted

Cases = Callable[[str], Awaitable[Sequence[Goal]]]
"""The cases that a number as typed may mean, those that ended long ago too."""


class GoSheet(Answering[Goal | None]):
    """Hits show as they are typed for; Enter goes to the one under the cursor."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,f10,f12", "leave", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("enter", "go", show=False, priority=True),
    ]
    AUTO_FOCUS = "#find"

    def __init__(self, sight: Sight, goals: Sequence[Goal], cases: Cases) -> None:
        super().__init__(classes="sheet -list")
        self._sight = sight
        self._goals = goals
        self._cases = cases
        self._known: tuple[str, tuple[Goal, ...]] = ("", ())
        """The cases that were found, and for what."""
        self._list: RowList[Goal] = RowList(id="list", titles=False, lit=True)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The field, the hits, a word."""
        t = self._sight.t
        box = Vertical(id="box")
        box.border_title = painted(one(t("Go to")))
        box.border_subtitle = painted(one(t("Enter goes there · Esc back")))
        with box:
            told = t("a case number, a grid, a department, a member; initials too")
            yield FindLine(id="find", placeholder=paint(told).plain)
            yield self._list
            yield Lines(id="about")

    def on_mount(self) -> None:
        """Columns once, hits as they are typed for."""
        nothing = one(self._sight.t("Nothing is called that."), Tone.QUIET)
        self._list.set_columns((Column("sort", "", 12, 9), Column("name", "", 26, 10, most=40),
                                Column("about", "", 16, 8, most=999)), nothing)  # fmt: skip
        self._fill()

    @property
    def _typed(self) -> str:
        return self.query_one("#find", FindLine).value.strip()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """What fits now, and the cases of that number once they are looked up."""
        self._fill()
        if self._typed:
            self.run_worker(partial(self._look, self._typed), group="cases", exclusive=True, exit_on_error=False)  # type: ignore[arg-type]

    async def _look(self, typed: str) -> None:
        found = tuple(await self._cases(typed))
        if self.is_attached:
            self._known = (typed, found)
            self._fill()

    def _fill(self) -> None:
        typed = self._typed
        cases = self._known[1] if typed and self._known[0] == typed else ()
        self._list.forget()
        self._list.sync([*cases, *goals_found(typed, self._goals)], self._row, lambda goal: (goal.sort, goal.code))

    def _row(self, goal: Goal) -> Row:
        t, words = self._sight.t, self._sight.words
        return Row((goal.sort, goal.code), {
            "sort": one(t(SORT_NAMES[goal.sort]), Tone.QUIET),
            "name": one(words.name(goal.name), Tone.STRONG if goal.sort == "case" else Tone.PLAIN),
            "about": one(goal.about, Tone.QUIET),
        })  # fmt: skip

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click."""
        event.stop()
        self.dismiss(self._list.chosen)

    async def action_go(self) -> None:
        """Go there; who types fast waits for the number to be looked up."""
        if self._typed and self._known[0] != self._typed:
            await self._look(self._typed)
        if self._list.chosen is not None:
            self.dismiss(self._list.chosen)

    def action_step(self, step: int) -> None:
        """Up and down while the field has the keys."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A screenful up or down."""
        self._list.action_page(step)

    def action_leave(self) -> None:
        """Stay where one is."""
        self.dismiss(None)

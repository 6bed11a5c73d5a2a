"""One field that leads anywhere: a case by its number or words, or the list of a grid, a department, a member."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial

from textual.widgets import Input

from app.domain.goals import SORT_NAMES, CaseGoals, Goal, goals_found
from app.domain.message import N_
from app.render.rows import Cell, Column, Row, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.screens.beside import beside
from app.screens.list_sheet import ListSheet

Cases = Callable[[str], Awaitable[CaseGoals]]
"""The cases that what is typed may mean, those that ended long ago too."""


class GoSheet(ListSheet[Goal, Goal]):
    """Hits show as they are typed for; Enter goes to the one under the cursor."""

    opened_by = ("go",)

    def __init__(self, sight: Sight, goals: Sequence[Goal], cases: Cases) -> None:
        super().__init__()
        self._sight = sight
        self._goals = goals
        self._cases = cases
        self._known = ("", CaseGoals())
        """The cases that were found, and for what."""

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What it is for."""
        return self._sight.t("Go to")

    def ways(self) -> Sequence[Way]:
        """Its own keys."""
        return (Way("Enter", N_("goes there")), BACK, MOVE)

    def asks(self) -> str:
        """The empty line."""
        return self._sight.t("a case by number or words; a grid, department, member by name or initials")

    def columns(self) -> Sequence[Column]:
        """What it is, its name, a word about it."""
        return (Column("sort", "", 12, 9), Column("name", "", 26, 10, most=40), Column("about", "", 16, 8, most=999))

    def nothing(self) -> Cell:
        """Nothing fits."""
        return one(self._sight.t("Nothing is called that."), Tone.QUIET)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """The cases of that number and those words too, once they are looked up."""
        if self.typed:
            beside(self, partial(self._look, self.typed), "cases", exclusive=True)

    async def _look(self, typed: str) -> None:
        found = await self._cases(typed)
        if self.is_attached:
            self._known = (typed, found)
            self.fill(stay=not found.numbered)

    def items(self, typed: str) -> Iterable[Goal]:
        """Cases of that number first, those of the words last, as far as they are known."""
        cases = self._known[1] if typed and self._known[0] == typed else CaseGoals()
        return [*cases.numbered, *goals_found(typed, self._goals), *cases.worded]

    def key_of(self, item: Goal) -> tuple[str, str]:
        """Sort and code."""
        return item.sort, item.code

    def row(self, item: Goal) -> Row:
        """A goal."""
        t, words = self._sight.t, self._sight.words
        return Row(self.key_of(item), {
            "sort": one(t(SORT_NAMES[item.sort]), Tone.QUIET),
            "name": one(words.name(item.name), Tone.STRONG if item.sort == "case" else Tone.PLAIN),
            "about": one(item.about, Tone.QUIET),
        })  # fmt: skip

    async def action_choose(self) -> None:
        """Go there; who types fast waits for the number to be looked up."""
        if self.typed and self._known[0] != self.typed:
            await self._look(self.typed)
        await super().action_choose()

    async def choose(self, item: Goal) -> None:
        """There."""
        self.dismiss(item)

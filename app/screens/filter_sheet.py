"""What the lists are narrowed to: views, kinds, grids, departments; each choice shows at once behind the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from textual.binding import Binding

from app.domain.case_filter import EVERY_CASE, CaseFilter, View
from app.domain.initials import initials_key
from app.domain.message import N_
from app.domain.org import Unit, UnitLevel
from app.domain.policy import WhistleKind
from app.domain.search_text import plain
from app.render.chips import condition_words
from app.render.rows import Cell, Column, Row, Tone, one
from app.render.sight import Sight
from app.render.ways import MOVE, Way
from app.render.words import Words
from app.screens.list_sheet import ListSheet

Choice = tuple[str, str]
"""Sort and code of one condition, or ``view`` and the name of one."""

WAYS = (
    Way("Enter", N_("chooses or takes away"), N_("The list behind follows at once.")),
    Way("F2", N_("keeps it as a view"), N_("What is shown now, under the name typed above; then it is in this list.")),
    Way("Esc", N_("close"), N_("Back to the list; what was chosen stays.")),
    MOVE,
)


class FilterSheet(ListSheet[View, Choice]):
    """Enter chooses or takes away, Esc leaves. Result: a view to be kept under the name typed, or None."""

    BINDINGS = [Binding("f2", "keep", show=False)]
    opened_by = ("narrow",)

    def __init__(
        self, sight: Sight, views: tuple[View, ...], now: View, show: Callable[[CaseFilter, str], None]
    ) -> None:
        super().__init__()
        self._sight = sight
        self._views = views
        self._now = now
        """The filter and the search in force."""
        self._show = show

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What it is for."""
        return self._sight.t("Show only…")

    def ways(self) -> Sequence[Way]:
        """Its own keys."""
        return WAYS

    def asks(self) -> str:
        """The empty line."""
        return self._sight.t("type to find a condition, or a name for a view")

    def columns(self) -> Sequence[Column]:
        """Whether it holds, its sort, its name."""
        return (Column("on", "", 2, 10), Column("sort", "", 12, 9), Column("name", "", 20, 8, most=60))

    def nothing(self) -> Cell:
        """No condition fits: a name for a view, maybe."""
        told = self._sight.t("Nothing is called that. F2 keeps what is shown now as a view of this name.")
        return one(told, Tone.QUIET)

    def items(self, typed: str) -> Iterable[Choice]:
        """Views first, then what can be asked of a case."""
        needle = plain(typed)
        return [choice for choice in self._choices() if self._fits(choice, needle)]

    def key_of(self, item: Choice) -> Choice:
        """Itself."""
        return item

    def about(self, item: Choice | None) -> Sequence[Cell]:  # noqa: ARG002
        """What holds, whichever row the cursor is on."""
        narrowed = self._now.filter.conditions()
        said = " · ".join(condition_words(sort, code, self._sight) for sort, code in narrowed)
        return [one(said or self._sight.t("Every case is shown."), Tone.QUIET)]

    def _choices(self) -> Iterator[Choice]:
        street = self._sight.street.street
        yield from (("view", view.name) for view in self._views)
        yield "overdue", ""
        yield from (("kinds", kind.value) for kind in WhistleKind)
        yield from (("units", unit.code) for unit in _places_of_cases(street.units))
        yield from (("departments", department.code) for department in street.departments)

    def _fits(self, choice: Choice, needle: str) -> bool:
        words = plain(" ".join((self._sort_word(choice[0]), self._label(choice))))
        return not needle or needle in words or any(key.startswith(needle) for key in initials_key(words).split())

    def row(self, item: Choice) -> Row:
        """A condition, with a sign when it holds."""
        choice = item
        on = self._is_on(choice)
        return Row(choice, {
            "on": one(self._sight.glyphs.done if on else "", Tone.ACCENT),
            "sort": one(self._sort_word(choice[0]), Tone.QUIET),
            "name": one(self._label(choice), Tone.STRONG if on else Tone.PLAIN),
        })  # fmt: skip

    def _is_on(self, choice: Choice) -> bool:
        if choice[0] == "view":
            view = self._view(choice[1])
            return view is not None and (view.filter, view.search) == (self._now.filter, self._now.search)
        return choice in self._now.filter.conditions()

    def _view(self, name: str) -> View | None:
        return next((view for view in self._views if view.name == name), None)

    def _sort_word(self, sort: str) -> str:
        t = self._sight.t
        return {"view": t("View"), "overdue": t("Limit"), "kinds": t("Kind"), "units": t("Grid"),
                "departments": t("Waits for"), "people": t("Member")}[sort]  # fmt: skip

    def _label(self, choice: Choice) -> str:
        sort, code = choice
        if sort == "units":
            return self._sight.name(code)
        return code if sort == "view" else condition_words(sort, code, self._sight)

    # -- keys --------------------------------------------------------------------------------
    async def choose(self, item: Choice) -> None:
        """Choose the condition or the view under the cursor, or take it away; the list behind follows at once."""
        if item[0] == "view":
            view = self._view(item[1])
            kept = View("") if view is None or self._is_on(item) else view
        else:
            kept = View("", self._now.filter.toggled(*item), self._now.search)
        self._now = View("", kept.filter or EVERY_CASE, kept.search)
        self._show(self._now.filter, self._now.search)
        self.fill(stay=True)

    def action_keep(self) -> None:
        """What is shown now becomes a view of the name that was typed."""
        if self.typed:
            self.dismiss(View(self.typed, self._now.filter, self._now.search))
        else:
            self.say([one(self._sight.t("Type a name first, then F2."), Tone.SOON)])


def _places_of_cases(units: Sequence[Unit]) -> Iterator[Unit]:
    """Each community with its grids below it."""
    for community in units:
        if community.level is UnitLevel.COMMUNITY:
            yield community
            yield from (unit for unit in units if unit.parent == community.code)

"""What the lists are narrowed to: views, kinds, grids, departments; each choice shows at once behind the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from app.domain.case_filter import EVERY_CASE, CaseFilter, View
from app.domain.initials import initials_key
from app.domain.org import Unit, UnitLevel
from app.domain.policy import WhistleKind
from app.domain.search_text import plain
from app.render.chips import condition_words
from app.render.paint import paint
from app.render.rows import Column, Row, Tone, one
from app.render.sight import Sight
from app.screens.answering import Answering
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.search import FindLine
from app.widgets.titles import painted

Choice = tuple[str, str]
"""Sort and code of one condition, or ``view`` and the name of one."""


class FilterSheet(Answering[View | None]):
    """Enter chooses or takes away, Esc leaves. Result: a view to be kept under the name typed, or None."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,f10", "leave", show=False),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
        Binding("f2", "keep", show=False, priority=True),
    ]
    AUTO_FOCUS = "#find"

    def __init__(
        self, sight: Sight, views: tuple[View, ...], now: View, show: Callable[[CaseFilter, str], None]
    ) -> None:
        super().__init__(classes="sheet -list")
        self._sight = sight
        self._views = views
        self._now = now
        """The filter and the search in force."""
        self._show = show
        self._list: RowList[Choice] = RowList(id="list", titles=False, lit=True)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The field, the conditions, and what the typed name is good for."""
        t = self._sight.t
        box = Vertical(id="box")
        box.border_title = painted(one(t("Show only…")))
        box.border_subtitle = painted(one(t("Enter chooses or takes away · F2 keeps it as a view · Esc done")))
        with box:
            yield FindLine(id="find", placeholder=paint(t("type to find a condition, or a name for a view")).plain)
            yield self._list
            yield Lines(id="about")

    def on_mount(self) -> None:
        """Columns once, rows as they are typed for."""
        t = self._sight.t
        self._list.set_columns(
            (Column("on", "", 2, 10), Column("sort", "", 12, 9), Column("name", "", 20, 8, most=60)),
            one(t("Nothing is called that. F2 keeps what is shown now as a view of this name."), Tone.QUIET),
        )
        self._fill()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow the list."""
        self._list.forget()
        self._fill()

    @property
    def _typed(self) -> str:
        return self.query_one("#find", FindLine).value.strip()

    def _fill(self) -> None:
        needle = plain(self._typed)
        choices = [choice for choice in self._choices() if self._fits(choice, needle)]
        self._list.sync(choices, self._row, lambda choice: choice)
        narrowed = self._now.filter.conditions()
        said = " · ".join(condition_words(sort, code, self._sight) for sort, code in narrowed)
        self.query_one("#about", Lines).show([one(said or self._sight.t("Every case is shown."), Tone.QUIET), ()])

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

    def _row(self, choice: Choice) -> Row:
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
    def on_row_list_chosen(self, _event: RowList.Chosen) -> None:
        """A double click."""
        self.action_choose()

    def action_choose(self) -> None:
        """Choose the condition or the view under the cursor, or take it away; the list behind follows at once."""
        choice = self._list.chosen
        if choice is None:
            return
        if choice[0] == "view":
            view = self._view(choice[1])
            kept = View("") if view is None or self._is_on(choice) else view
        else:
            kept = View("", self._now.filter.toggled(*choice), self._now.search)
        self._now = View("", kept.filter or EVERY_CASE, kept.search)
        self._show(self._now.filter, self._now.search)
        self._fill()

    def action_keep(self) -> None:
        """What is shown now becomes a view of the name that was typed."""
        if self._typed:
            self.dismiss(View(self._typed, self._now.filter, self._now.search))
        else:
            told = self._sight.t("Type a name first, then F2.")
            self.query_one("#about", Lines).show([one(told, Tone.SOON), ()])

    def action_step(self, step: int) -> None:
        """Up and down while the field has the keys."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A screenful up or down."""
        self._list.action_page(step)

    def action_leave(self) -> None:
        """Done; what was chosen stays."""
        self.dismiss(None)


def _places_of_cases(units: Sequence[Unit]) -> Iterator[Unit]:
    """Each community with its grids below it."""
    for community in units:
        if community.level is UnitLevel.COMMUNITY:
            yield community
            yield from (unit for unit in units if unit.parent == community.code)

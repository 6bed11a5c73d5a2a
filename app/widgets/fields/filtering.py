"""A list that is always open, narrowed by what is typed above it; the one pointed at is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from app.domain.message import N_
from app.render.ways import Way
from app.widgets.fields.hits import Hit, HitList
from app.widgets.fields.line import LineField
from app.widgets.fields.messages import FieldEdited, enter

Find = Callable[[str], Sequence[Hit]]
"""What fits the text typed so far; everything for an empty one."""


class FilteringList(Vertical):
    """Typing narrows, the arrows point, Enter chooses. ``code`` is the one pointed at."""

    POINT = Way("↑↓", N_("move"), N_("Points at another one; letters in the line make the list shorter."))
    DEFAULT_CSS = """
    FilteringList { height: auto; width: 1fr; }
    FilteringList > HitList { background: transparent; }
    """

    def __init__(
        self, field: str, find: Callable[[str], Sequence[Hit]], *, placeholder: str = "", rows: int = 10
    ) -> None:
        super().__init__()
        self.field = field
        self.line = LineField(field, placeholder=placeholder)
        self.list = HitList(rows=rows)
        self._find = find
        self._owed = 0
        """Steps of the arrows pressed before there was anything to point at."""

    def compose(self) -> ComposeResult:
        """The line above, the list below."""
        yield self.line
        yield self.list

    @property
    def code(self) -> str:
        """Code of the one pointed at; empty when nothing fits."""
        hit = self.list.current
        return hit.code if hit else ""

    @property
    def ways(self) -> tuple[Way, ...]:
        """The arrows, and the keys of a text."""
        return (self.POINT, *self.line.ways)

    @property
    def typed(self) -> str:
        """What narrows the list."""
        return self.line.typed

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed."""
        return self.line.untouched

    def restore(self, typed: str) -> None:
        """Narrow it again."""
        self.line.restore(typed)

    def focus(self, scroll_visible: bool = True) -> FilteringList:
        """The line takes the focus."""
        self.line.focus(scroll_visible)
        return self

    @on(FieldEdited)
    def narrow(self) -> None:
        """Show what fits; arrows pressed while the list was still being read point now."""
        self.list.show(self._find(self.line.value.strip()))
        if self.list.is_open or not self.untouched:
            self.list.move(self._owed)
            self._owed = 0

    def on_key(self, event: events.Key) -> None:
        """The arrows are the list's."""
        steps = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
        if event.key in steps:
            if self.list.is_open:
                self.list.move(steps[event.key])
            elif self.untouched:
                self._owed += steps[event.key]
            event.stop()
            event.prevent_default()

    def on_hit_list_taken(self, event: HitList.Taken) -> None:
        """The mouse chooses."""
        event.stop()
        self.list.point_at(event.hit)
        enter(self, self.field)

"""A line whose words are completed at the cursor: the proposals stand side by side on the line below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from app.domain.message import N_
from app.render.ways import Way
from app.widgets.fields.hits import Hit, HitList
from app.widgets.fields.line import LineField
from app.widgets.fields.messages import FieldEdited

Complete = Callable[[str], Sequence[Hit]]
"""What could complete the text before the cursor."""


class CompletingLine(Vertical):
    """Tab, or Right at the end, takes the proposal in brackets; Up and Down point at another; Esc puts them away."""

    COMPLETE = Way("Tab", N_("complete"), N_("Takes the proposal in brackets; ↑↓ points at another one."))
    DEFAULT_CSS = """
    CompletingLine { height: auto; width: 1fr; }
    """

    def __init__(self, field: str, complete: Complete, *, placeholder: str = "", cap: int = 200) -> None:
        super().__init__()
        self.field = field
        self.line = LineField(field, placeholder=placeholder, cap=cap)
        self.list = HitList(flat=True)
        self._complete = complete

    def compose(self) -> ComposeResult:
        """The line, and one line for the proposals that is always there."""
        yield self.line
        yield self.list

    @property
    def ways(self) -> tuple[Way, ...]:
        """The completion, and the keys of a text."""
        return (self.COMPLETE, *self.line.ways)

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.line.typed

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed yet."""
        return self.line.untouched

    def restore(self, typed: str) -> None:
        """Put back what was typed before; what was typed meanwhile stays behind it."""
        self.line.restore(typed)
        self.list.show(())

    def focus(self, scroll_visible: bool = True) -> CompletingLine:
        """The line takes the focus."""
        self.line.focus(scroll_visible)
        return self

    @on(FieldEdited)
    def _typing(self) -> None:
        """Typing changes what is proposed."""
        before = self.line.value[: self.line.cursor_position]
        self.list.show(self._complete(before) if self.line.has_focus else ())

    async def on_key(self, event: events.Key) -> None:
        """While something is proposed, these keys are for it."""
        hit = self.list.current
        if hit is None:
            return
        key = event.key
        if key == "tab" or (key == "right" and self.line.cursor_at_end):
            end = self.line.cursor_position
            self.line.put(hit.text, max(0, end - hit.replaces), end)
            self.list.show(())
        elif key in ("up", "down"):
            self.list.move(1 if key == "down" else -1)
        elif key == "escape":
            self.list.show(())
        else:
            return
        event.stop()
        event.prevent_default()

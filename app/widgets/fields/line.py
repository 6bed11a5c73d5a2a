"""A one-line text field that is safe with a Chinese input method on, with pastes of any size and with hostile text."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets.input import Selection

from app.domain.message import N_, Message
from app.domain.text import TITLE_CAP, normalise_width
from app.render.paint import paint_cells
from app.render.ways import Way
from app.widgets.fields.messages import FieldEdited, FieldRemarked, enter
from app.widgets.tame_input import TameInput, tame

NOTE_LINE_CAP = 2_000
"""Characters of a note typed on one line: more cannot be read over before it is sent."""


class LineField(TameInput):
    """Text on one line. Never holds a line break or a control character, never cuts what is typed.

    Over ``cap`` characters nothing more is taken and the field says so. ``half_width`` fields (times,
    numbers) turn what an input method types in full width into ASCII as it arrives.
    """

    BINDINGS = [
        Binding("ctrl+f", "delete_right_word", show=False),
    ]
    EMPTY = Way("Ctrl+U", N_("empty"), N_("Takes away what stands before the cursor; Ctrl+W only the last word."))

    def __init__(
        self,
        field: str,
        *,
        value: str = "",
        placeholder: str = "",
        cap: int = TITLE_CAP,
        half_width: bool = False,
        classes: str = "",
    ) -> None:
        self.field = field
        self.cap = cap
        self.half_width = half_width
        self._first = tame(value)
        self._remarked = False
        super().__init__(
            self._first, tame(placeholder), id=f"field-{field}", classes=f"line {classes}".strip(), compact=True,
            select_on_focus=False, max_length=cap,
        )  # fmt: skip

    @property
    def ways(self) -> tuple[Way, ...]:
        """The keys of a text."""
        return (self.EMPTY,)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.value

    @property
    def untouched(self) -> bool:
        """Whether the field still holds what it was opened with."""
        return self.value == self._first

    def restore(self, typed: str) -> None:
        """Put back what was typed before; what was typed meanwhile stays behind it."""
        self.value = tame(typed) if self.untouched else f"{tame(typed)} {self.value}"
        self.cursor_position = len(self.value)

    def suggest(self, value: str) -> None:
        """Offer another text as long as the person has changed nothing."""
        if self.untouched:
            self._first = tame(value)
            self.value = self._first
            self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> str:
        """Whatever sets the text, what nobody can see stays out of it."""
        return tame(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Every change passes here: typed, pasted or deleted."""
        self._say(None)
        super().replace(normalise_width(text) if self.half_width else text, start, end)

    def restricted(self) -> None:
        """Too long: say so instead of ringing."""
        self._say(too_long(self.cap))

    def take(self, text: str) -> None:
        """Put a paste in as one line, or refuse it whole; megabytes are refused before they are looked at."""
        if not text:
            return
        start, end = sorted(self.selection)
        room = self.cap - (len(self.value) - (end - start))
        if len(text) > 4 * self.cap + 1_000:
            self._say(paste_refused(len(text), self.cap))
            return
        lines = [line.strip() for line in text.splitlines()]
        joined = tame(" ".join(line for line in lines if line))
        if len(joined) > room:
            self._say(paste_refused(len(joined), self.cap))
            return
        self.replace(joined, start, end)
        if sum(bool(line) for line in lines) > 1:
            self._say(Message("{lines} pasted lines were joined into one.", {"lines": len(lines)}))

    def _say(self, remark: Message | None) -> None:
        if remark is not None or self._remarked:
            self._remarked = remark is not None
            self.post_message(FieldRemarked(self.field, remark))

    def _on_focus(self, event: events.Focus) -> None:  # noqa: ARG002
        # The input method opens its window at the terminal's cursor, known only after the layout.
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def _watch_value(self, value: str) -> None:
        # What Input does here too, less the layout of the whole screen at every key: the size of the text
        # decides only how far the line can scroll, never how large the field is.
        self.set_reactive(LineField.virtual_size, Size(self.content_width, 1))
        self.refresh()
        if self._initial_value:
            self.cursor_position = len(value)
            self._initial_value = False
        else:
            self.selection = self.selection
        self.post_message(FieldEdited(self.field))

    def render_line(self, y: int) -> Strip:
        """What an empty line says ends in … where it is cut."""
        room = self.scrollable_content_region.width
        if self.value or y or cell_len(self.placeholder) <= room:
            return super().render_line(y)
        whole = self.placeholder
        self.set_reactive(TameInput.placeholder, paint_cells(whole, room))
        try:
            return super().render_line(y)
        finally:
            self.set_reactive(TameInput.placeholder, whole)

    async def action_submit(self) -> None:
        """Enter: the form decides whether it sends or goes on."""
        enter(self, self.field)

    def put(self, text: str, start: int, end: int) -> None:
        """Replace a part of the line, as accepting a completion does."""
        self.selection = Selection(start, end)
        self.replace(text, start, end)


def too_long(cap: int) -> Message:
    """What a full field says."""
    return Message("At most {cap} characters fit here.", {"cap": cap})


def paste_refused(count: int, cap: int) -> Message:
    """What a field says to a paste that is too long; nothing of it was taken."""
    return Message("Not pasted: {count} characters, at most {cap} fit here.", {"count": count, "cap": cap})

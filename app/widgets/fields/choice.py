"""A row of choices, one of which holds: taken by its digit, by the arrows or by Space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content, Span
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from app.domain.message import N_, Message
from app.domain.text import normalise_width
from app.render.ways import Way
from app.widgets.fields.messages import FieldEdited, FieldRemarked, enter, no_digit
from app.widgets.tame_input import tame
from app.widgets.tones import part_style


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices: the value behind it and the words on the screen."""

    value: str
    label: str


class ChoiceField(Widget, can_focus=True):
    """Choices side by side, the chosen one in brackets; they wrap between choices, never inside one."""

    BINDINGS = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("enter", "enter", show=False),
    ]
    COMPONENT_CLASSES = {"choice--chosen", "choice--digit"}
    DEFAULT_CSS = """
    ChoiceField { height: auto; width: 1fr; }
    ChoiceField > .choice--chosen { color: $text-accent; text-style: bold; }
    ChoiceField:focus > .choice--chosen { background: $block-cursor-background; color: $block-cursor-foreground; }
    ChoiceField > .choice--digit { color: $text-muted; }
    ChoiceField:focus > .choice--digit { color: $text-accent; text-style: bold; }
    """

    value: reactive[str] = reactive("", init=False)
    """The chosen value; empty when nothing is chosen yet."""

    def __init__(self, field: str, choices: Sequence[Choice], *, value: str = "", first_digit: int = 1) -> None:
        super().__init__(id=f"field-{field}")
        self.field = field
        self._remarked = False
        self.choices = tuple(choices)
        self._first_digit = first_digit
        self._first = value
        self.set_reactive(ChoiceField.value, value)

    @property
    def ways(self) -> tuple[Way, ...]:
        """A digit for each choice."""
        first, last = self._first_digit, min(9, self._first_digit + len(self.choices) - 1)
        about = N_("The digit of a choice; ← → and Space go from one to the next.")
        return (Way(f"{first}–{last}", N_("choose"), about),)

    @property
    def typed(self) -> str:
        """The chosen value."""
        return self.value

    @property
    def untouched(self) -> bool:
        """Whether the choice is still the one the field was opened with."""
        return self.value == self._first

    def restore(self, typed: str) -> None:
        """Choose again what was chosen before, if it can still be chosen and nothing else was meanwhile."""
        if self.untouched and any(choice.value == typed for choice in self.choices):
            self.value = typed

    def suggest(self, value: str) -> None:
        """Offer another choice as long as the person has not chosen."""
        if self.untouched:
            self._first = value
            self.value = value

    def offer(self, choices: Sequence[Choice], value: str) -> None:
        """Replace the choices; what is chosen stays when it is still among them."""
        self.choices = tuple(choices)
        kept = any(choice.value == self.value for choice in self.choices)
        self._first = value
        self.value = self.value if kept and self.value else value
        self.refresh(layout=True)

    def watch_value(self) -> None:
        """Show it and tell the form."""
        self._say(None)
        self.refresh(layout=True)
        self.post_message(FieldEdited(self.field))

    def on_key(self, event: events.Key) -> None:
        """A digit, half or full width, chooses at once."""
        character = normalise_width(event.character or "")
        if len(character) == 1 and character.isascii() and character.isdigit():
            place = int(character) - self._first_digit
            if 0 <= place < len(self.choices):
                self.value = self.choices[place].value
            else:
                last = min(9, self._first_digit + len(self.choices) - 1)
                self._say(no_digit(character, "".join(map(str, range(self._first_digit, last + 1)))))
            event.stop()
        elif event.character == "\u3000":
            self.action_step(1)
            event.stop()
        elif not character.isascii() and character.isprintable():
            self._say(Message("Digits, arrows and Space choose here."))
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Nothing to paste into."""
        event.stop()
        self._say(Message("Not pasted: no text is taken here."))

    def _say(self, remark: Message | None) -> None:
        if remark is not None or self._remarked:
            self._remarked = remark is not None
            self.post_message(FieldRemarked(self.field, remark))

    def on_blur(self) -> None:
        """What was said of a stray key is over."""
        self._say(None)

    def on_click(self, event: events.Click) -> None:
        """The mouse chooses what it points at."""
        for line, row in enumerate(self._lines(self.content_size.width)):
            left = 0
            for choice, text in row:
                if line == event.y and left <= event.x < left + cell_len(text):
                    self.value = choice.value
                left += cell_len(text) + 1

    def action_step(self, by: int) -> None:
        """The next choice or the one before, around the end."""
        if not self.choices:
            return
        values = [choice.value for choice in self.choices]
        now = values.index(self.value) if self.value in values else (-1 if by > 0 else 0)
        self.value = values[(now + by) % len(values)]

    def action_enter(self) -> None:
        """Enter: the form decides whether it sends or goes on."""
        enter(self, self.field)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """All choices side by side."""
        return sum(cell_len(self._text(n)) + 1 for n in range(len(self.choices))) - 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the choices need."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """The choices, the chosen one in brackets so that it shows without colour too."""
        chosen_style = (part_style if self.has_focus else Widget.get_visual_style)(self, "choice--chosen")
        digit_style = self.get_visual_style("choice--digit")
        lines = []
        for row in self._lines(self.content_size.width):
            parts = []
            for choice, text in row:
                if choice.value == self.value:
                    parts.append(Content(text, [Span(0, len(text), chosen_style)]))
                else:
                    parts.append(Content(text, [Span(1, 2, digit_style)]))
            lines.append(Content(" ").join(parts))
        return Content("\n").join(lines)

    def _text(self, place: int) -> str:
        choice = self.choices[place]
        digit = place + self._first_digit
        label = f"{digit} {tame(choice.label)}" if digit <= 9 else tame(choice.label)
        return f"[{label}]" if choice.value == self.value else f" {label} "

    def _lines(self, width: int) -> list[list[tuple[Choice, str]]]:
        lines: list[list[tuple[Choice, str]]] = []
        used = width
        for place, choice in enumerate(self.choices):
            text = self._text(place)
            if not lines or used + 1 + cell_len(text) > width:
                lines.append([])
                used = -1
            lines[-1].append((choice, text))
            used += 1 + cell_len(text)
        return lines

"""A list of departments or people of which several are taken: Space or the digit takes, a second key names the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from app.domain.message import N_, Message
from app.domain.text import normalise_width
from app.render.paint import paint_cells
from app.render.ways import Way
from app.widgets.fields.messages import FieldEdited, FieldRemarked, enter, no_digit
from app.widgets.tame_input import tame
from app.widgets.tones import part_style

DIGITS = "1234567890"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. A ``closed`` one is dim and cannot be taken; ``note`` says why, or why it is proposed."""

    value: str
    label: str
    note: str = ""
    closed: bool = False


class PickField(Widget, can_focus=True):
    """Several of many. The arrows move, and leave the list at its ends; at most ``rows`` lines are shown at a time."""

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-5)", show=False),
        Binding("pagedown", "move(5)", show=False),
        Binding("home", "move(-999)", show=False),
        Binding("end", "move(999)", show=False),
        Binding("space", "take", show=False),
        Binding("enter", "enter", show=False),
        Binding("l,L,f6", "lead", show=False),
        Binding("a,A,f7", "all", show=False),
    ]
    TAKE = Way("1–0", N_("take"), N_("The digit takes its line or lets it go, Space the line of the cursor."))
    LEAD = Way("L/F6", N_("lead"), N_("The line of the cursor leads the others."))
    ALL = Way("A/F7", N_("all"), N_("Takes all, or none when all are taken."))
    COMPONENT_CLASSES = {"pick--cursor", "pick--taken", "pick--note", "pick--closed", "pick--lead", "pick--digit"}
    DEFAULT_CSS = """
    PickField { height: auto; width: 1fr; }
    PickField > .pick--taken { text-style: bold; }
    PickField > .pick--lead { color: $text-accent; text-style: bold; }
    PickField > .pick--note { color: $text-muted; }
    PickField > .pick--digit { color: $text-muted; }
    PickField:focus > .pick--digit { color: $text-accent; text-style: bold; }
    PickField > .pick--closed { color: $text-muted; }
    PickField:focus > .pick--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    cursor: reactive[int] = reactive(0, init=False)
    taken: reactive[tuple[str, ...]] = reactive((), init=False)
    """Values taken, in the order of the list."""
    lead: reactive[str] = reactive("", init=False)
    """The one that leads; always among the taken ones, empty when none does."""

    def __init__(
        self,
        field: str,
        items: Sequence[Item],
        *,
        taken: Sequence[str] = (),
        lead: str = "",
        lead_word: str = "",
        assist_word: str = "",
        first_leads: bool = False,
        rows: int = 10,
    ) -> None:
        super().__init__(id=f"field-{field}")
        self.field = field
        self._remarked = False
        self.items = tuple(items)
        self.lead_word = tame(lead_word)
        self.assist_word = tame(assist_word)
        self._first_leads = first_leads
        self._rows = rows
        self._top = 0
        self.set_reactive(PickField.taken, self._sorted(taken))
        self.set_reactive(PickField.lead, lead)
        self.set_reactive(PickField.cursor, self._first_of_use())
        self._first = self.typed
        self._proposed = set(self.taken)

    # -- what the form asks --------------------------------------------------------------------
    @property
    def ways(self) -> tuple[Way, ...]:
        """Taking, leading where somebody must, and all at once."""
        return (self.TAKE, *((self.LEAD,) if self.lead_word else ()), self.ALL)

    @property
    def typed(self) -> str:
        """The values taken, the lead first with a mark: ``*utilities_center,emergency_bureau``."""
        rest = [value for value in self.taken if value != self.lead]
        return ",".join(([f"*{self.lead}"] if self.lead else []) + rest)

    @property
    def untouched(self) -> bool:
        """Whether the same ones are taken as when the field was opened."""
        return self.typed == self._first

    @property
    def assists(self) -> tuple[str, ...]:
        """The values taken without the lead."""
        return tuple(value for value in self.taken if value != self.lead)

    def restore(self, typed: str) -> None:
        """Take again what was taken before, as far as it can still be taken."""
        if not self.untouched:
            return
        open_now = {item.value for item in self.items if not item.closed}
        marked = [part for part in typed.split(",") if part.lstrip("*") in open_now]
        self.taken = self._sorted([part.lstrip("*") for part in marked])
        self.lead = next((part[1:] for part in marked if part.startswith("*")), "")

    def offer(self, items: Sequence[Item], proposed: Sequence[str], taken: Sequence[str] | None = None) -> None:
        """Replace the list, for another action; the cursor stays on its line when that is still there.

        ``taken`` = what the person has taken, where that is not just what is proposed: it counts as touched.
        """
        here = self.items[self.cursor].value if self.items else ""
        self.items = tuple(items)
        self.lead = ""
        self._first = ",".join(self._sorted(proposed))
        self.taken = self._sorted(proposed if taken is None else taken)
        self._proposed = set(self._sorted(proposed))
        same = (n for n, item in enumerate(self.items) if item.value == here and not item.closed)
        self.cursor = next(same, self._first_of_use())
        self.refresh(layout=True)

    # -- keys ----------------------------------------------------------------------------------
    def on_key(self, event: events.Key) -> None:
        """A digit, half or full width, takes its line or lets it go."""
        character = normalise_width(event.character or "")
        if event.character == "\u3000":
            self.action_take()
            event.stop()
        elif len(character) == 1 and character in DIGITS:
            self._digit(character)
            event.stop()
        elif not character.isascii() and character.isprintable():
            self._find(character)
            event.stop()

    def _digit(self, digit: str) -> None:
        """Take the line of a digit, or say why that is not done."""
        place = DIGITS.index(digit)
        if place >= len(self.items):
            self._say(no_digit(digit, DIGITS[: len(self.items)]))
            return
        self.cursor = place
        if self.items[place].closed:
            self._say(Message("{digit} cannot be taken now.", {"digit": digit}))
        elif not self._only_confirms():
            self.action_take()

    def on_paste(self, event: events.Paste) -> None:
        """Nothing to paste into."""
        event.stop()
        self._say(Message("Not pasted: no text is taken here."))

    def _find(self, character: str) -> None:
        """To the next line with this character in its name; a name typed in full stays on its line."""
        count = len(self.items)
        around = [(self.cursor + step) % count for step in range(count)]
        found = next((place for place in around if character in self.items[place].label), None)
        if found is None:
            self._say(Message("Digits, arrows and Space choose here."))
        else:
            self.cursor = found

    def _only_confirms(self) -> bool:
        """Whoever presses the digit of a line that was proposed means to take it, not to let it go."""
        value = self.items[self.cursor].value
        proposed = value in self._proposed and value in self.taken
        self._proposed.discard(value)
        return proposed

    def _say(self, remark: Message | None) -> None:
        if remark is not None or self._remarked:
            self._remarked = remark is not None
            self.post_message(FieldRemarked(self.field, remark))

    def on_blur(self) -> None:
        """What was said of a stray key is over."""
        self._say(None)

    def on_click(self, event: events.Click) -> None:
        """The mouse takes the line it points at."""
        place = self._top + event.y
        if 0 <= place < len(self.items):
            self.cursor = place
            self.action_take()

    def action_move(self, by: int) -> None:
        """Move the cursor; past an end, go on to the next field."""
        wanted = self.cursor + by
        if by in (-1, 1) and not 0 <= wanted < len(self.items):
            self.screen.focus_next() if by > 0 else self.screen.focus_previous()
            return
        self.cursor = max(0, min(wanted, len(self.items) - 1))

    def action_take(self) -> None:
        """Take the line of the cursor or let it go; the first one taken leads where somebody must."""
        if not self.items or self.items[self.cursor].closed:
            return
        value = self.items[self.cursor].value
        if value in self.taken:
            self.taken = tuple(one for one in self.taken if one != value)
            if self.lead == value:
                self.lead = ""
        else:
            self.taken = self._sorted((*self.taken, value))
            if self._first_leads and len(self.taken) == 1:
                self.lead = value

    def action_lead(self) -> None:
        """The line of the cursor leads, and is taken."""
        if not self.lead_word or not self.items or self.items[self.cursor].closed:
            return
        value = self.items[self.cursor].value
        self.taken = self._sorted({*self.taken, value})
        self.lead = "" if self.lead == value else value

    def action_all(self) -> None:
        """Take all, or none when all are taken."""
        every = tuple(item.value for item in self.items if not item.closed)
        self.taken = () if self.taken == every else every
        if self.lead not in self.taken:
            self.lead = ""

    def action_enter(self) -> None:
        """Enter: the form decides whether it sends or goes on."""
        enter(self, self.field)

    # -- showing -------------------------------------------------------------------------------
    def watch_taken(self) -> None:
        """Show it and tell the form."""
        self._changed()

    def watch_lead(self) -> None:
        """Show it and tell the form."""
        self._changed()

    def _changed(self) -> None:
        self._say(None)
        self.refresh()
        self.post_message(FieldEdited(self.field))

    def watch_cursor(self) -> None:
        """Keep the line of the cursor in sight."""
        self._say(None)
        shown = self._shown
        self._top = max(0, min(max(self._top, self.cursor - shown + 1), self.cursor, len(self.items) - shown))
        self.refresh()

    @property
    def _shown(self) -> int:
        return max(1, min(self._rows, len(self.items)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line each, at most ``rows``."""
        return self._shown

    def render(self) -> Content:
        """Box, digit, name, part and note of each line in sight."""
        width = self.content_size.width
        names = max((cell_len(tame(item.label)) for item in self.items), default=0)
        parts = max(cell_len(self.lead_word), cell_len(self.assist_word))
        last = self._top + self._shown
        lines = [self._line(n, names, parts, width) for n in range(self._top, min(last, len(self.items)))]
        return Content("\n").join(lines)

    def _line(self, place: int, names: int, parts: int, width: int) -> Content:
        item = self.items[place]
        digit = DIGITS[place] if place < len(DIGITS) else " "
        box = "   " if item.closed else "[x]" if item.value in self.taken else "[ ]"
        label = tame(item.label)
        part = ""
        if self.lead_word and item.value in self.taken:
            part = self.lead_word if item.value == self.lead else self.assist_word
        padded = part + " " * (parts - cell_len(part) + 2) if parts else ""
        start = f"{box} {digit} {label}{' ' * (names - cell_len(label) + 2)}"
        note = paint_cells(item.note, max(0, width - cell_len(start) - cell_len(padded)))
        style = "pick--closed" if item.closed else "pick--taken" if item.value in self.taken else ""
        line = Content.assemble(
            (start, self.get_visual_style(style) if style else ""),
            (padded, self.get_visual_style("pick--lead") if item.value == self.lead else ""),
            (note, self.get_visual_style("pick--note")),
        ).truncate(width, ellipsis=True, pad=True)
        if place == self.cursor and self.has_focus:
            return line.stylize(part_style(self, "pick--cursor"))
        return line.stylize(self.get_visual_style("pick--closed" if item.closed else "pick--digit"), 4, 5)

    def _first_of_use(self) -> int:
        """Where the cursor starts: the first line taken, else the first that can be."""
        places = [n for n, item in enumerate(self.items) if item.value in self.taken]
        return next(iter(places or [n for n, item in enumerate(self.items) if not item.closed]), 0)

    def _sorted(self, values: Sequence[str] | set[str]) -> tuple[str, ...]:
        return tuple(item.value for item in self.items if item.value in values and not item.closed)

"""A short list under a line: what could be meant, with one of them pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from app.render.paint import paint_cells
from app.widgets.tame_input import tame
from app.widgets.tones import part_style


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that could be meant: its code, its name, a word about it, and what typing it would put in the line."""

    code: str
    label: str
    note: str = ""
    text: str = ""
    replaces: int = -1
    """How many characters before the cursor it stands for; -1 = the whole line."""


class HitList(Widget):
    """At most ``rows`` hits, the one under the cursor marked. Never takes the focus: the line above it keeps it.

    A ``flat`` list is one line that is always there, so that nothing moves when it fills.
    """

    COMPONENT_CLASSES = {"hits--cursor", "hits--note", "hits--digit"}
    DEFAULT_CSS = """
    HitList { height: auto; width: 1fr; background: $foreground 4%; display: none; }
    HitList.-open { display: block; }
    HitList.-flat { display: block; height: 1; background: transparent; }
    HitList > .hits--cursor {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
        text-style: bold;
    }
    HitList > .hits--note { color: $text-muted; }
    HitList > .hits--digit { color: $text-accent; }
    """

    cursor: reactive[int] = reactive(0, init=False)

    class Taken(Message):
        """The mouse took a hit."""

        def __init__(self, hit: Hit) -> None:
            super().__init__()
            self.hit = hit

    def __init__(self, *, rows: int = 6, digits: bool = False, flat: bool = False) -> None:
        super().__init__(classes="-flat" if flat else "")
        self.hits: tuple[Hit, ...] = ()
        self._flat = flat
        self._rows = rows
        self._digits = digits

    @property
    def is_open(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.hits)

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor."""
        return self.hits[self.cursor] if self.hits else None

    def show(self, hits: Sequence[Hit]) -> None:
        """Show these hits, the cursor on the first; none = close the list."""
        if tuple(hits) == self.hits:
            return
        self.hits = tuple(hits)
        self.set_reactive(HitList.cursor, 0)
        self.set_class(bool(self.hits), "-open")
        self.refresh(layout=not self._flat)

    def move(self, by: int) -> None:
        """Move the cursor, around the ends."""
        if self.hits:
            self.cursor = (self.cursor + by) % len(self.hits)

    def point_at(self, hit: Hit) -> None:
        """Put the cursor on one of the hits."""
        if hit in self.hits:
            self.cursor = self.hits.index(hit)

    def on_click(self, event: events.Click) -> None:
        """The mouse takes what it points at."""
        place = self._top + event.y
        if 0 <= place < len(self.hits):
            event.stop()
            self.post_message(self.Taken(self.hits[place]))

    @property
    def _top(self) -> int:
        return max(0, self.cursor - self._rows + 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line each, at most ``rows``."""
        return 1 if self._flat else min(self._rows, len(self.hits))

    def render(self) -> Content:
        """Pointer, digit when the hits are taken by digits, name and note."""
        width = self.content_size.width
        if self._flat:
            return self._one_line(width)
        names = max((cell_len(tame(hit.label)) for hit in self.hits), default=0)
        notes = max((cell_len(hit.note) for hit in self.hits), default=0)
        names = min(names, max(width - 4 - notes, width // 2))  # a long name gives way, not every note
        shown = range(self._top, min(self._top + self._rows, len(self.hits)))
        return Content("\n").join([self._line(place, names, width) for place in shown])

    def _one_line(self, width: int) -> Content:
        """All hits side by side; the first ones leave when the cursor would not fit."""
        parts = []
        for place in range(self._top, len(self.hits)):
            label = tame(self.hits[place].label)
            here = place == self.cursor
            part = Content(f"[{label}]" if here else f" {label} ")
            parts.append(
                part.stylize(part_style(self, "hits--cursor") if here else self.get_visual_style("hits--note"))
            )
        return Content(" ").join(parts).truncate(width, ellipsis=True)

    def _line(self, place: int, names: int, width: int) -> Content:
        hit = self.hits[place]
        here = place == self.cursor
        label = tame(hit.label)
        digit = f"{place + 1} " if self._digits and place < 9 else ""
        note = paint_cells(hit.note, max(0, width - names - 4 - len(digit)))
        line = Content.assemble(
            (">" if here else " ") + " ",
            (digit, self.get_visual_style("hits--digit")),
            paint_cells(label, names, pad=True) + "  ",
            (note, self.get_visual_style("hits--note")),
        ).truncate(width, ellipsis=True, pad=True)
        return line.stylize(part_style(self, "hits--cursor")) if here else line

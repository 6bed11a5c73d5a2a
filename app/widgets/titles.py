"""Titles in border lines: pieces with tones, painted, never a bare string; what is clicked of them, and key hints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from app.render.paint import paint
from app.render.rows import Cell, Tone, whole_parts
from app.render.ways import pressed_by
from app.widgets.framed_lines import TitledEdge

EDGES = 3
"""Cells of a border line that its title does not get: one before, two behind."""

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "$quiet",
    Tone.ACCENT: "$accent",
    Tone.GOOD: "$success",
    Tone.SOON: "$warning",
    Tone.DANGER: "bold $error",
    Tone.LINE: "$line",
    Tone.WATER: "$accent",
    Tone.CHIP: "reverse",
}


def painted(cell: Cell) -> Content:
    """Pieces as content, in the colours of the theme."""
    return Content("").join(paint(text, _STYLES[tone]) for text, tone in cell)


def key_line(named: Iterable[tuple[str, str]]) -> Content:
    """Keys and what they do, side by side; a click on one presses it, as far as it names a single key."""
    return Content("  ").join(_keyed(key, Content.assemble((key, "bold"), " ", paint(word))) for key, word in named)


def _keyed(key: str, content: Content) -> Content:
    pressed = pressed_by(key)
    return content.stylize(Style.from_meta({"key": pressed})) if pressed else content


class Titled(Widget):
    """A widget whose border line is a title; it is painted again only when it says something else."""

    class TitleHit(Message):
        """A piece of the title was clicked: all of it that is to be seen, and the place of the piece."""

        def __init__(self, titled: Titled, shown: Cell, place: int) -> None:
            super().__init__()
            self.titled = titled
            self.shown = shown
            self.place = place

        @property
        def control(self) -> Titled:
            """The widget whose title it is."""
            return self.titled

    _title: Cell = ()
    _titled: Cell = ()
    """What of the title finds room and is painted."""
    _titling = False

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._styles_cache = TitledEdge()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Of a new title only the border line is painted; Textual would paint the whole widget."""
        if self._titling and not regions and self.outer_size:
            x, y = self.content_offset
            regions = (Region(-x, -y, self.outer_size.width, 1),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def set_title(self, cell: Cell) -> None:
        """Put pieces into the border line."""
        if cell != self._title:
            self._title = cell
            self._fit_title()

    def on_resize(self) -> None:
        """Parts of the title come and go with the room."""
        self._fit_title()

    def _fit_title(self) -> None:
        room = self.outer_size.width - EDGES
        shown = whole_parts(self._title, room) if room > 0 else self._title
        if shown != self._titled:
            self._titled = shown
            pieces = [painted((piece,)).stylize(Style.from_meta({"piece": n})) for n, piece in enumerate(shown)]
            self._titling = True
            self.border_title = Content("").join((*pieces, paint(" "))) if shown else ""
            self._titling = False

    def on_click(self, event: events.Click) -> None:
        """A click in the border line."""
        place = event.style.meta.get("piece")
        if isinstance(place, int) and place < len(self._titled):
            self.post_message(self.TitleHit(self, self._titled, place))

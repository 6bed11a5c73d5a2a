"""Lines of text over the desk, for reading: a warning whole, what came of an import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from app.domain.message import N_, Message
from app.render.rows import Cell, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, Way
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.widgets.lines import Lines
from app.widgets.titles import painted

SCROLL = Way("↑↓", N_("scroll"), N_("A text that is longer than the box."), edge=False)
MOST_LINES = 2_000


R = TypeVar("R")


class ReadingSheet(Answering[R]):
    """One box with lines of text, wrapped to its width. Subclasses say what stands in it."""

    CSS_PATH = "sheet.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]

    def __init__(self) -> None:
        super().__init__(classes="sheet -reading")

    def written(self, width: int) -> Sequence[Cell]:
        """Its lines, each wrapped to the width."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """One box with the text."""
        box = VerticalScroll(Lines(id="text"), id="box")
        box.border_title = painted(one(self.title_text()))
        box.border_subtitle = self.edge()
        yield box

    def on_mount(self) -> None:
        """Wrap to the width of the box."""
        self.call_after_refresh(self.write)

    def on_resize(self) -> None:
        """Wrap again."""
        super().on_resize()
        self.call_after_refresh(self.write)

    def write(self) -> None:
        """Show the lines as they read now."""
        for lines in self.query("#text").results(Lines):
            lines.show(self.written(max(10, lines.size.width)))


class TextSheet(ReadingSheet[None]):
    """Scrolls when it is long; Esc or Enter goes back. ``text`` says its lines in whatever language it is read."""

    BINDINGS = [Binding("escape,enter,f10", "leave", show=False)]

    def __init__(self, title: Message, text: Callable[[Sight], Iterable[str]], sight: Sight) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._sight = sight

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What it is."""
        return self._sight.say(self._title)

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (BACK, SCROLL)

    def written(self, width: int) -> Sequence[Cell]:
        """Its lines, each wrapped to the width; of a text without end the first ``MOST_LINES``."""
        wrapped = (part for line in self._text(self._sight) for part in wrap(line, width) or [""])
        shown = [one(part) for part in islice(wrapped, MOST_LINES)]
        if next(wrapped, None) is not None:
            shown.append(one(self._sight.t("Only the first {n} lines are shown here.", n=MOST_LINES), Tone.SOON))
        return shown

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

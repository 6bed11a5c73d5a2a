"""A yes-or-no question in the header line; the screen below stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding

from app.domain.message import N_
from app.render.rows import Cell, Piece, Tone
from app.render.ways import Way
from app.render.words import Words
from app.screens.answering import Answering
from app.widgets.lines import Lines

WAYS = (Way("Enter", N_("yes"), N_("What the question names is done.")), Way("Esc", N_("no"), N_("Nothing is done.")))
YES_UP_TO = 3
"""The first piece of the line that belongs to the other answer."""


class Confirm(Answering[bool]):
    """Enter is yes, Esc is no; everything else waits."""

    DEFAULT_CSS = """
    Confirm {
        background: transparent;
        #question { dock: top; height: 1; background: $cursor; }
    }
    """
    BINDINGS = [
        Binding("enter", "answer(True)", show=False),
        Binding("escape", "answer(False)", show=False),
    ]

    def __init__(self, question: Callable[[Words], str], words: Words) -> None:
        """``question`` says it in whatever language it is asked in."""
        super().__init__()
        self._question = question
        self._words = words

    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    def title_text(self) -> str:
        """The question."""
        return self._question(self._words)

    def ways(self) -> Sequence[Way]:
        """Its two keys."""
        return WAYS

    def compose(self) -> ComposeResult:
        """One line."""
        yield Lines([self._line()], id="question")

    def _line(self) -> Cell:
        """The question and its two keys."""
        named = [(way.key, self._words.t(way.word)) for way in WAYS]
        answers = [piece for key, word in named for piece in (Piece(f"   {key}", Tone.ACCENT), Piece(f" {word}"))]
        return (Piece(f" {self.title_text()}", Tone.STRONG), *answers)

    def on_lines_hit(self, event: Lines.Hit) -> None:
        """A click on one of the two answers."""
        if event.piece:
            self.action_answer(event.piece < YES_UP_TO)

    async def retell(self, words: Words) -> None:
        """The same question in another language."""
        self._words = words.in_zone(self._words.zone)
        if self.is_mounted:
            self.query_one("#question", Lines).show([self._line()])

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)

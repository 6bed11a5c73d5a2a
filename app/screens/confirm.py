"""A yes-or-no question in the header line; the screen below stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding

from app.domain.message import N_
from app.render.rows import Piece, Tone
from app.render.ways import Way
from app.render.words import Words
from app.screens.answering import Answering
from app.widgets.lines import Lines

WAYS = (Way("Enter", N_("yes")), Way("Esc", N_("no"), N_("Nothing is done.")))


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

    def __init__(self, question: str, words: Words) -> None:
        super().__init__()
        self._question = question
        self._words = words

    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    def title_text(self) -> str:
        """The question."""
        return self._question

    def ways(self) -> Sequence[Way]:
        """Its two keys."""
        return WAYS

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        named = [(way.key, self._words.t(way.word)) for way in WAYS]
        answers = [piece for key, word in named for piece in (Piece(f"   {key}", Tone.ACCENT), Piece(f" {word}"))]
        yield Lines([(Piece(f" {self._question}", Tone.STRONG), *answers)], id="question")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)

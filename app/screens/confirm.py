"""A yes-or-no question in the header line; the screen below stays as it is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from app.render.rows import Piece, Tone
from app.render.words import Words
from app.screens.answering import Answering
from app.widgets.lines import Lines


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

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        keys = (("Enter", self._words.t("yes")), ("Esc", self._words.t("no")))
        answers = [piece for key, word in keys for piece in (Piece(f"   {key}", Tone.ACCENT), Piece(f" {word}"))]
        yield Lines([(Piece(f" {self._question}", Tone.STRONG), *answers)], id="question")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)

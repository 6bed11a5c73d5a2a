"""Lines of a form that only show: labels aligned with the fields' labels, what was understood beside them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from app.widgets.fields.said import Said
from app.widgets.tame_input import tame

MUTED = "$foreground-muted"
"""Style of what is secondary, for text made in code; the themes give it its colour."""

Line = tuple[str, Content]
"""Label and what stands beside it."""


class Shown(Said):
    """A block of labelled lines; as many as ever shown are kept, so that nothing below it moves."""

    DEFAULT_CSS = """
    Shown { height: auto; color: $text; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, labels: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.label_width = max((cell_len(tame(label)) for label in labels), default=0)
        self._most = 0

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; each stays on one line, cut at the edge."""
        self._most = max(self._most, len(lines))
        painted = [self._line(label, content) for label, content in lines]
        painted += [Content(" ")] * (self._most - len(painted))
        self.say(Content("\n").join(painted), fixed_width=True)

    def _line(self, label: str, content: Content) -> Content:
        label = tame(label)
        space = " " * max(0, self.label_width - cell_len(label))
        return Content.assemble(space, (label, MUTED), "  ", content)

"""One line of a form: label, field, what was understood of it, and below it the sentence when something is wrong."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from app.widgets.fields.messages import Field
from app.widgets.fields.said import Said
from app.widgets.tame_input import tame


class FieldRow(Vertical):
    """A label right-aligned by terminal cells, and a field beside it. All its words are painted as they are."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        .row--line { height: auto; }
        .row--label { height: 1; text-align: right; color: $text-muted; margin-right: 2; }
        .row--aside { height: auto; width: auto; max-width: 60%; margin-left: 2; color: $text-muted; display: none; }
        &.-told .row--aside { display: block; }
        .row--note { height: auto; color: $text-muted; display: none; }
        &.-noted .row--note { display: block; }
        &:focus-within .row--label { color: $text-accent; text-style: bold; }
        &.-wrong .row--label, &.-wrong .row--note { color: $text-error; }
        &.-hidden { display: none; }
    }
    """

    def __init__(self, label: str, field: Widget, *, aside: str = "", hidden: bool = False) -> None:
        super().__init__(classes=" ".join(name for name, on in (("-hidden", hidden), ("-told", bool(aside))) if on))
        self.label = tame(label)
        self.label_width = cell_len(self.label)
        self._widget = field
        # Held and not looked up: a form under load may be left before all of it stands.
        self._aside = Said(Content(tame(aside)), classes="row--aside")
        self._note = Said(classes="row--note")

    @property
    def widget(self) -> Widget:
        """The field as a widget."""
        return self._widget

    @property
    def content_field(self) -> Field:
        """The field as the form knows it."""
        assert isinstance(self._widget, Field)
        return self._widget

    @property
    def hidden(self) -> bool:
        """Whether the line is not asked for at present."""
        return self.has_class("-hidden")

    @hidden.setter
    def hidden(self, hidden: bool) -> None:
        self.set_class(hidden, "-hidden")
        self.display = not hidden  # at once: a class waits for the next idle moment, and Tab may come before that

    def compose(self) -> ComposeResult:
        """Label, field, aside; the note below."""
        with Horizontal(classes="row--line"):
            label = Said(Content(self.label), classes="row--label")
            label.styles.width = self.label_width
            yield label
            yield self._widget
            yield self._aside
        self._note.styles.margin = (0, 0, 0, self.label_width + 2)
        yield self._note

    def say_aside(self, text: str | Content) -> None:
        """What was understood, to the right of the field."""
        self._aside.say(text if isinstance(text, Content) else Content(tame(text)))
        self.set_class(bool(text), "-told")

    def say_note(self, text: str | Content, *, wrong: bool = False) -> None:
        """A sentence below the field; an empty one takes it away."""
        content = text if isinstance(text, Content) else Content(tame(text))
        self._note.say(content)
        self.set_class(bool(content), "-noted")
        self.set_class(wrong and bool(content), "-wrong")

    @property
    def wrong(self) -> bool:
        """Whether the note says that something is wrong."""
        return self.has_class("-wrong")

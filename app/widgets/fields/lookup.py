"""A field that holds one of many names: grid, place, member, case; typed in part, taken from the list under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from app.domain.message import N_
from app.domain.text import normalise_width
from app.render.ways import Way
from app.widgets.fields.hits import Hit, HitList
from app.widgets.fields.line import LineField
from app.widgets.fields.messages import FieldEdited
from app.widgets.tame_input import tame

Find = Callable[[str], Sequence[Hit]]
"""What could be meant by the text typed so far; with an empty text, what is proposed."""


class LookupField(Vertical):
    """Shows a name, holds its code. Typing opens the list; arrows move in it; Enter, Tab or Right takes.

    A text that is exactly one name or code needs no taking. ``free`` fields keep any text beside the code.
    """

    LIST = Way("F4", N_("list"), N_("Everything that can be named in the field; ↑↓ points, Enter takes."))
    TAKE = Way("Enter", N_("take"), N_("Takes the one pointed at in the list; ↑↓ points at another."))
    SHUT = Way("Esc", N_("close the list"))
    DEFAULT_CSS = """
    LookupField { height: auto; width: 1fr; }
    """

    def __init__(
        self, field: str, find: Find, *, code: str = "", label: str = "", placeholder: str = "", free: bool = False
    ) -> None:
        super().__init__(id=f"lookup-{field}")
        self.field = field
        self.free = free
        self.line = LineField(field, value=label, placeholder=placeholder)
        self.list = HitList()
        self._find = find
        self._code = code
        self._label = tame(label)
        self._first = (code, self._label)
        self._heard = self.line.value
        """The text that the list belongs to."""

    def compose(self) -> ComposeResult:
        """The line, and the list under it."""
        yield self.line
        yield self.list

    # -- what the form asks --------------------------------------------------------------------
    @property
    def code(self) -> str:
        """The code that is meant; empty when the text names nothing."""
        text = self.line.value.strip()
        if text == self._label:
            return self._code
        exact = [hit for hit in self._find(text) if _plain(text) in (_plain(hit.code), _plain(hit.label))]
        return exact[0].code if len(exact) == 1 else ""

    @property
    def ways(self) -> tuple[Way, ...]:
        """The list, and while it is open what takes from it."""
        return (self.TAKE, self.SHUT) if self.list.is_open else (self.LIST, *self.line.ways)

    @property
    def typed(self) -> str:
        """Code and text, so that both come back from a draft."""
        return f"{self.code}\t{self.line.value}"

    @property
    def untouched(self) -> bool:
        """Whether it still names what it was opened with."""
        return (self._code, self.line.value) == self._first

    def restore(self, typed: str) -> None:
        """Name again what was named before."""
        if self.untouched:
            code, _, text = typed.partition("\t")
            self._put(code, text)

    def suggest(self, code: str, label: str) -> None:
        """Offer another one as long as the person has named nobody."""
        if self.untouched:
            self._put(code, label)
            self._first = (code, self._label)

    def call_again(self) -> None:
        """The one named, by the name it has now in the list: the language may be another one."""
        if not self._code or self.line.value != self._label:
            return
        named = next((hit for hit in self._find(self._code) if hit.code == self._code), None)
        if named is not None and not named.text:
            untouched = self.untouched
            self._put(named.code, named.label)
            self._first = (self._code, self._label) if untouched else self._first

    def take(self, hit: Hit) -> None:
        """This one is meant."""
        self._put(hit.code, hit.text or hit.label)
        self.list.show(())

    def _put(self, code: str, label: str) -> None:
        self._code, self._label = code, tame(label)
        self.line.value = self._label
        self.line.cursor_position = len(self._label)

    def focus(self, scroll_visible: bool = True) -> LookupField:
        """The line takes the focus."""
        self.line.focus(scroll_visible)
        return self

    # -- keys ----------------------------------------------------------------------------------
    @on(FieldEdited)
    def typing(self) -> None:
        """Typing opens the list; a name that is taken closes it."""
        self._heard = self.line.value
        text = self._heard.strip()
        named = bool(self.code) or (self.free and not text)
        self.list.show(() if named or not self.line.has_focus else self._find(text))

    async def on_key(self, event: events.Key) -> None:
        """While the list is open its keys are the list's; Down on an empty line opens what is proposed."""
        if self.line.value != self._heard:  # who types fast is ahead of the word that something was typed
            self.typing()
        if not self.list.is_open:
            if event.key == "down" and not self.line.value:
                self.list.show(self._find(""))
                if self.list.is_open:
                    event.stop()
            elif event.key == "f4":
                event.stop()
                self.list.show(self._find(""))
            return
        key = event.key
        if key in ("up", "down"):
            self.list.move(1 if key == "down" else -1)
        elif key in ("tab", "enter") or (key == "right" and self.line.cursor_at_end):
            hit = self.list.current
            if hit is not None:
                self.take(hit)
        elif key == "escape":
            self.list.show(())
        else:
            return
        event.stop()
        event.prevent_default()

    def on_hit_list_taken(self, event: HitList.Taken) -> None:
        """The mouse took one."""
        event.stop()
        self.take(event.hit)

    def on_descendant_blur(self) -> None:
        """Leaving the line closes the list."""
        self.list.show(())


def _plain(text: str) -> str:
    return normalise_width(text).strip().casefold()

"""Screens that keep exactly one focus, and dialogs that answer exactly once, when they are on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from app.commands import DEFAULT_KEYS
from app.domain import message as domain
from app.key_names import works_with_input_method
from app.keymap import Keymap, shown_key
from app.render.ways import Way
from app.render.words import Words
from app.screens.signs import is_text
from app.widgets.lean_compositor import WholeCompositor
from app.widgets.row_list import RowList

R = TypeVar("R")

AROUND_EDGE = 8
"""Cells that the edge of a box and what stands beside it take."""
MOST_HINTS = 6
"""Keys that an edge names at most, the one of the help among them."""


class FocusKept(Screen[R]):
    """Whatever is hidden, removed or resized: the keys always belong to something that is seen."""

    def watch_focused(self, focused: Widget | None) -> None:
        """What had the keys is gone: somebody else takes them, once the screen is laid out again."""
        if focused is None and self.is_mounted:
            self.call_after_refresh(self.refocus)

    def refocus(self) -> None:
        """Give the keys to where they belong when nothing has them."""
        if self.focused is not None or not self.is_attached:
            return
        home = self.home()
        chain = self.focus_chain
        if home is not None and home in chain:
            self.set_focus(home)
        elif chain:
            self.set_focus(chain[0])

    def home(self) -> Widget | None:
        """Where the keys belong at first; None = the first that takes them."""
        return None


class Answering(ModalScreen[R], FocusKept[R]):
    """A second Enter of the same instant answers nothing, and an answer waits while something lies over the dialog.

    The key of the help shows what can be done in the dialog; the key that opened a sheet closes it, as far as the
    dialog has no use of its own for it and no field took it as text.
    """

    opened_by: ClassVar[tuple[str, ...]] = ()
    """Ids of the commands whose keys close it again."""
    _edge_width = 0
    """Width of the screen that the keys at the edge were chosen for."""

    class Unused(Message):
        """Text was typed or pasted that nothing in the dialog takes; for the app, because the dialog may close."""

        def __init__(self, remark: domain.Message) -> None:
            super().__init__()
            self.remark = remark

    torn = False
    """Its widgets are being built anew: keys wait."""
    over = False
    """It was sent or left and only has to close: the next key is meant for what comes after it."""
    slow = False
    """It was said that sending takes long: what is typed now is for the dialog, in which it is seen."""
    undecided: Widget | None = None
    """The field or list in which Enter was pressed, until it is decided what that does: keys wait."""
    _answered = False
    _answer: tuple[R | None] | None = None

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._compositor = WholeCompositor()

    # -- what a dialog says of itself ----------------------------------------------------------
    def spoken(self) -> Words:
        """The language it speaks at the moment."""
        raise NotImplementedError

    def title_text(self) -> str:
        """The words in its border."""
        return ""

    def ways(self) -> Sequence[Way]:
        """What its keys do now, the most wanted first; none = it needs no help."""
        return ()

    def field_ways(self) -> tuple[str, Sequence[Way]]:
        """The name of the field with the cursor, and what keys do just there."""
        return "", ()

    def why_not_here(self, way: Way) -> domain.Message | None:  # noqa: ARG002
        """Why a way does nothing while the cursor is where it is."""
        return None

    @property
    def busy(self) -> bool:
        """Whether something is being sent: unless it is slow, what is typed now is meant for what stands afterwards."""
        return False

    @property
    def settled(self) -> bool:
        """Whether it is known what has the keys: nothing is built anew, closes, or waits for a decision."""
        waits = self.undecided is not None and self.undecided.is_attached
        return not (self.torn or self.over or waits)

    @property
    def soon_over(self) -> bool:
        """Whether something is being sent and nobody was told that it takes long."""
        return self.busy and not self.slow

    # -- keys ----------------------------------------------------------------------------------
    @property
    def desk_keys(self) -> Keymap:
        """The keys of the commands on this desk."""
        return getattr(getattr(self.app, "seat", None), "keymap", DEFAULT_KEYS)

    def helps(self, key: str) -> bool:
        """Whether a key that no field takes shows the help of this dialog."""
        return key in self.desk_keys.of("help") and bool(self.ways()) and not self._is_own(key)

    def may_open(self, key: str) -> bool:
        """Whether after this printable key another dialog may have the keys: what is typed next waits for it."""
        return self.helps(key)

    def hear(self) -> None:
        """Something was written, here or elsewhere: a sheet that shows what changes reads it again."""

    def _is_own(self, key: str) -> bool:
        return key in self.active_bindings

    def edge(self) -> Content:
        """The keys for its edge, the one of the help last."""
        from app.widgets.titles import key_line

        t = self.spoken().t
        named = [(way.key, t(way.word)) for way in self.ways() if way.edge]
        keys = self.desk_keys.of("help")
        key = next((key for key in keys if works_with_input_method(key)), keys[0] if keys else "")
        if key and "help" not in self.opened_by:
            named.append((shown_key(key), t("help")))
        self._edge_width = self.app.size.width
        line, room = key_line(named), self._edge_width - AROUND_EDGE
        while (line.cell_length > room or len(named) > MOST_HINTS) and len(named) > 2:
            others = [n for n, (key, _) in enumerate(named[1:-1], 1) if not key.startswith("Esc")]
            del named[others[-1] if others else -2]  # the first, the way out and the help stay longest
            line = key_line(named)
        return line

    def on_resize(self) -> None:
        """As many keys at the edge as have room now; at the width that it was made for, a remark there stays."""
        for box in self.query("#box") if self._edge_width != self.app.size.width else ():
            if self.ways():
                box.border_subtitle = self.edge()

    def show_help(self) -> None:
        """What can be done here and with which key; what is chosen there is done as if its key were pressed here."""
        from app.screens.key_sheet import KeySheet

        def chosen(key: str | None) -> None:
            if key is not None:
                self._press(key)

        self.app.push_screen(KeySheet(self), chosen)

    def _press(self, key: str) -> None:
        """As if the key had been pressed here."""
        pressed = events.Key(key, "\r" if key == "enter" else None)
        pressed.set_sender(self.app)  # sent by the dialog it would go no higher than the dialog
        self.app.post_message(pressed)

    async def retell(self, words: Words) -> None:
        """Everything again in another language; cursor, what is typed and what is chosen stay."""
        from app.screens.retelling import retell_sheet

        if self.is_mounted:
            retell_sheet(self, words)

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Close with a result, the first one given; not before the dialog is on top."""
        if self._answered or self._answer is not None:
            return AwaitComplete()
        if not self.is_active:
            self._answer = (result,)
            return AwaitComplete()
        self._answered = self.over = True
        return super().dismiss(result)

    def on_key(self, event: events.Key) -> None:
        """A key that came up to here was taken by nobody."""
        if any(event.key in self.desk_keys.of(command) for command in self.opened_by) and not self._is_own(event.key):
            event.stop()
            self.dismiss(None)
        elif self.helps(event.key):
            event.stop()
            self.show_help()
        elif is_text(event.character):
            event.stop()
            self.app.post_message(self.Unused(domain.Message(
                "No text is taken here: use digits, arrows, Enter or Esc."
            )))  # fmt: skip

    @on(RowList.Chosen)
    def _has_decided(self) -> None:
        """After the handler of the dialog itself: it is decided what Enter in a list does."""
        self.undecided = None

    def on_paste(self, event: events.Paste) -> None:
        """A paste that came up to here was taken by nobody."""
        event.stop()
        self.app.post_message(self.Unused(domain.Message("Not pasted: no text is taken here.")))

    def on_click(self, event: events.Click) -> None:
        """A click on a hint presses its key; beside a sheet it puts the sheet away, of which nothing can be lost."""
        key = event.style.meta.get("key")
        if isinstance(key, str):
            event.stop()
            self._press(key)
        elif event.widget is self and self.has_class("sheet"):
            self._press("escape")

    def on_screen_resume(self) -> None:
        """Nothing lies over it any more."""
        if self._answer is not None:
            (result,), self._answer = self._answer, None
            self.dismiss(result)
